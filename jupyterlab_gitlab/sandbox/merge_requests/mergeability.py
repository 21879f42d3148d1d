"""Whether a merge request can be merged, and the first reason why not, in GitLab's order of decision.

The order is that of GitLab's ``detailed_merge_status_service.rb`` and its list of checks. GitLab works the answer out
in the background and shows ``checking`` meanwhile; the sandbox settles it within the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone

from ..git.merge import merge_trees
from ..git.repository import GitError
from ..instance import Instance
from ..projects.settings import settings
from ..repositories import pipeline_records
from ..store.sqlite import Row
from ..store.times import parse
from . import versions

_DRAFT = re.compile(r"(?:\s*(?:\[draft\]|\(draft\)|draft:))+\s*", re.IGNORECASE)

# what waiting does not settle, so that an automatic merge is not even armed
_FINAL = frozenset({"not_open", "commits_status", "conflict", "need_rebase"})


@dataclass(frozen=True)
class Mergeability:
    """``failed`` are the checks that fail, GitLab's first one first; ``conflict`` is what ``has_conflicts`` shows.

    ``pipeline`` is the status of the head's pipeline, None when there is none; ``blocked`` whether it keeps the merge.
    """

    failed: tuple[str, ...]
    conflict: bool
    pipeline: str | None = None
    blocked: bool = False

    @property
    def detailed(self) -> str:
        """GitLab's ``detailed_merge_status``."""
        if self.failed:
            return self.failed[0]
        if self.blocked:
            return "ci_still_running" if self.pipeline in pipeline_records.IN_PROGRESS else "ci_must_pass"
        return "mergeable"

    @property
    def merge_status(self) -> str:
        """The deprecated field, which looks at git only."""
        return "cannot_be_merged" if self.conflict else "can_be_merged"

    @property
    def can_wait(self) -> bool:
        """Whether an automatic merge can be armed: something is missing that may yet come."""
        if _FINAL & set(self.failed):
            return False
        return self.detailed != "mergeable" or self.pipeline in pipeline_records.IN_PROGRESS


def is_draft(title: str) -> bool:
    """Whether a title says draft: ``Draft:``, ``[Draft]`` or ``(Draft)`` at its start, in any case."""
    return _DRAFT.match(title) is not None


def without_draft(title: str) -> str:
    """A title without the words that make it a draft."""
    return _DRAFT.sub("", title, count=1)


def check(instance: Instance, merge_request: Row, version: Row, heads: versions.Heads) -> Mergeability:
    """Judge a merge request as its branches are."""
    if merge_request["state"] == "merged":
        return Mergeability(("not_open",), conflict=False)
    source, target = heads.source(merge_request), heads.target(merge_request)
    broken = source is None or target is None or version["state"] == "empty"
    conflict = broken or merged_tree(instance, merge_request, target, source) is None
    project = instance.store.get("projects", merge_request["project_id"])
    pipeline = head_pipeline(instance, merge_request, version)
    status = None if pipeline is None else pipeline_records.status_of(instance, pipeline)

    def failures() -> Iterator[str]:
        if merge_request["state"] != "opened":
            yield "not_open"
        after = merge_request["merge_after"]
        if after is not None and parse(after) > datetime.now(timezone.utc):
            yield "merge_time"
        if is_draft(merge_request["title"]):
            yield "draft_status"
        if broken:
            yield "commits_status"
        if not discussions_settled(instance, merge_request):
            yield "discussions_not_resolved"
        if conflict:
            yield "conflict"
        if not conflict and settings(project)["merge_method"] != "merge" and version["base_commit_sha"] != target:
            known = versions.comparisons(instance, project["id"])
            if target and source and known.merge_base(target, source) != target:
                yield "need_rebase"

    return Mergeability(tuple(failures()), conflict, status, _pipeline_blocks(project, status))


def _pipeline_blocks(project: Row, status: str | None) -> bool:
    chosen = settings(project)
    if not chosen["only_allow_merge_if_pipeline_succeeds"]:
        return False
    return status != "success" and not (status == "skipped" and chosen["allow_merge_on_skipped_pipeline"])


def head_pipeline(instance: Instance, merge_request: Row, version: Row) -> Row | None:
    """The newest pipeline of the merge request's head."""
    return pipeline_records.latest(
        instance, merge_request["source_project_id"], merge_request["source_branch"], version["head_commit_sha"]
    )


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
