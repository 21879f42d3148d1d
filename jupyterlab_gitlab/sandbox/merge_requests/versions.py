"""The versions of a merge request: which three commits it compared, when; and the refs that keep them alive."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import Any

from ..diffs.positions import DiffRefs
from ..diffs.raw import Comparisons, FileDiff
from ..instance import Instance
from ..store.sqlite import Row
from ..store.times import now

_comparisons: weakref.WeakKeyDictionary[Instance, dict[int, Comparisons]] = weakref.WeakKeyDictionary()


def comparisons(instance: Instance, project_id: int) -> Comparisons:
    """What is remembered of a project's diffs, one object for each project of a running sandbox."""
    known = _comparisons.setdefault(instance, {})
    if project_id not in known:
        known[project_id] = Comparisons(instance.repository(instance.store.get("projects", project_id)))
    return known[project_id]


def latest(instance: Instance, merge_request: Row) -> Row:
    """The newest version; every merge request has one, if only an empty one."""
    found = instance.store.row(
        "SELECT * FROM merge_request_diffs WHERE merge_request_id = ? ORDER BY id DESC LIMIT 1", merge_request["id"]
    )
    assert found is not None, "a merge request is made with its first version"
    return found


def diff_refs(version: Row) -> DiffRefs | None:
    """A version's three commits; None when one is missing."""
    shas = (version["base_commit_sha"], version["start_commit_sha"], version["head_commit_sha"])
    return DiffRefs(*shas) if all(shas) else None


def files(instance: Instance, merge_request: Row, version: Row) -> tuple[FileDiff, ...]:
    """The changed files of a version."""
    refs = diff_refs(version)
    if refs is None or version["state"] == "empty":
        return ()
    return comparisons(instance, merge_request["project_id"]).files(refs.base_sha, refs.head_sha)


class Heads:
    """Where branches stand, each project's read from git once: for the length of one request."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._projects: dict[int, dict[str, str]] = {}

    def _branches(self, project_id: int) -> dict[str, str]:
        if project_id not in self._projects:
            project = self._instance.store.get("projects", project_id)
            self._projects[project_id] = self._instance.repository(project).refs("refs/heads/")
        return self._projects[project_id]

    def source(self, merge_request: Mapping[str, Any]) -> str | None:
        """The head of the source branch; None when it or its project is gone."""
        project = merge_request["source_project_id"]
        return None if project is None else self._branches(project).get(merge_request["source_branch"])

    def target(self, merge_request: Mapping[str, Any]) -> str | None:
        """The head of the target branch; None when it is gone."""
        return self._branches(merge_request["project_id"]).get(merge_request["target_branch"])


def measure(instance: Instance, merge_request: Mapping[str, Any]) -> dict[str, Any]:
    """What the merge request compares now: the columns of a version, the three commits kept from pruning.

    Of ``merge_request`` only projects and branches are read, so it need not be saved yet. A head in a fork is fetched.
    """
    git = instance.repository(instance.store.get("projects", merge_request["project_id"]))
    heads = Heads(instance)
    start, head = heads.target(merge_request), heads.source(merge_request)
    base, shas, size, state = None, "", None, "empty"
    if head is not None and merge_request["source_project_id"] != merge_request["project_id"]:
        source = instance.repository(instance.store.get("projects", merge_request["source_project_id"]))
        kept = f"+refs/heads/{merge_request['source_branch']}:refs/keep-around/{head}"
        git.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", str(source.path), kept)
    if start is not None and head is not None:
        known = comparisons(instance, merge_request["project_id"])
        base = known.merge_base(start, head)
        if base is not None:
            shas = " ".join(git.text("rev-list", f"{start}..{head}").split())
            if shas:
                changed = known.files(base, head)
                size, state = str(len(changed)), "collected" if changed else "without_files"
    git.keep_around(*(sha for sha in (base, start, head) if sha))
    return {
        "base_commit_sha": base,
        "start_commit_sha": start,
        "head_commit_sha": head,
        "state": state,
        "real_size": size,
        "commits": shas,
    }


def save(instance: Instance, merge_request: Row, measured: Mapping[str, Any]) -> Row:
    """Make what was measured the newest version of a saved merge request."""
    store = instance.store
    made = store.insert("merge_request_diffs", merge_request_id=merge_request["id"], created_at=now(), **measured)
    if measured["head_commit_sha"]:
        git = instance.repository(store.get("projects", merge_request["project_id"]))
        git.update_ref(head_ref(merge_request), measured["head_commit_sha"])
    return store.get("merge_request_diffs", made)


def head_ref(merge_request: Row) -> str:
    """The ref under which anyone may fetch the merge request's head."""
    return f"refs/merge-requests/{merge_request['iid']}/head"


def forget_refs(instance: Instance, merge_request: Row) -> None:
    """Take away the refs of a merge request that is deleted."""
    git = instance.repository(instance.store.get("projects", merge_request["project_id"]))
    for ref in (head_ref(merge_request), head_ref(merge_request).replace("/head", "/merge")):
        git.delete_ref(ref)


def present(merge_request: Row, version: Row) -> dict[str, Any]:
    """GitLab's MergeRequestDiff."""
    return {
        "id": version["id"],
        "head_commit_sha": version["head_commit_sha"],
        "base_commit_sha": version["base_commit_sha"],
        "start_commit_sha": version["start_commit_sha"],
        "created_at": version["created_at"],
        "merge_request_id": merge_request["id"],
        "state": version["state"],
        "real_size": version["real_size"],
        "patch_id_sha": None,
    }
