"""Whether a merge request can be merged, and the first reason why not, in GitLab's order of decision.

The order is that of GitLab's ``detailed_merge_status_service.rb`` and its list of checks. GitLab works the answer out
in the background and shows ``checking`` meanwhile; the sandbox settles it within the request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..git.merge import merge_trees
from ..git.repository import GitError
from ..instance import Instance
from ..projects.settings import settings
from ..store.sqlite import Row
from . import versions

_DRAFT = re.compile(r"(?:\s*(?:\[draft\]|\(draft\)|draft:))+\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Mergeability:
    """``detailed`` is GitLab's detailed_merge_status; ``conflict`` what ``has_conflicts`` shows."""

    detailed: str
    conflict: bool

    @property
    def merge_status(self) -> str:
        """The deprecated field, which looks at git only."""
        return "cannot_be_merged" if self.conflict else "can_be_merged"


def is_draft(title: str) -> bool:
    """Whether a title says draft: ``Draft:``, ``[Draft]`` or ``(Draft)`` at its start, in any case."""
    return _DRAFT.match(title) is not None


def check(instance: Instance, merge_request: Row, version: Row, heads: versions.Heads) -> Mergeability:
    """Judge a merge request as its branches are."""
    if merge_request["state"] == "merged":
        return Mergeability("not_open", conflict=False)
    source, target = heads.source(merge_request), heads.target(merge_request)
    broken = source is None or target is None or version["state"] == "empty"
    conflict = broken or merged_tree(instance, merge_request, target, source) is None
    if merge_request["state"] != "opened":
        return Mergeability("not_open", conflict)
    if is_draft(merge_request["title"]):
        return Mergeability("draft_status", conflict)
    if broken:
        return Mergeability("commits_status", conflict)
    if not discussions_settled(instance, merge_request):
        return Mergeability("discussions_not_resolved", conflict)
    if conflict:
        return Mergeability("conflict", conflict)
    project = instance.store.get("projects", merge_request["project_id"])
    if settings(project)["merge_method"] != "merge" and version["base_commit_sha"] != target:
        known = versions.comparisons(instance, project["id"])
        if target and source and known.merge_base(target, source) != target:
            return Mergeability("need_rebase", conflict)
    return Mergeability("mergeable", conflict)


def merged_tree(instance: Instance, merge_request: Row, target: str | None, source: str | None) -> str | None:
    """The tree that merging ``source`` into ``target`` gives; None when they conflict or have nothing in common."""
    if target is None or source is None:
        return None
    git = instance.repository(instance.store.get("projects", merge_request["project_id"]))
    known = versions.comparisons(instance, merge_request["project_id"])

    def ask() -> str:
        try:
            return merge_trees(git, target, source) or ""
        except GitError:
            return ""

    return str(known.remember(("merge", target, source), ask)) or None


def discussions_settled(instance: Instance, merge_request: Row) -> bool:
    """False only where the project wants all threads resolved and one is not."""
    project = instance.store.get("projects", merge_request["project_id"])
    if not settings(project)["only_allow_merge_if_all_discussions_are_resolved"]:
        return True
    return unresolved_notes(instance, merge_request) == 0


def unresolved_notes(instance: Instance, merge_request: Row) -> int:
    """How many notes wait to be resolved."""
    return int(
        instance.store.value(
            "SELECT COUNT(*) FROM notes WHERE merge_request_id = ? AND type IS NOT NULL AND NOT system"
            " AND resolved_at IS NULL",
            merge_request["id"],
        )
    )
