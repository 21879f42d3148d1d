"""Files by the API, for a clone into which a merge request's commits can't be fetched."""

from __future__ import annotations

import base64
import binascii
from typing import Literal
from urllib.parse import quote_from_bytes

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import MergeRequestFile, MergeRequestFiles
from ..contract.paths import file_path
from . import entities, versions
from .faults import RefusedError, unreadable
from .scope import ProjectScope

_FILE_TYPE = 3  # digits of a git mode that tell a file (100…) from a link (120…) and a submodule (160…)


def of_version(scope: ProjectScope, iid: int, version_id: int | None) -> MergeRequestFiles:
    """The newest version's, or that of *version_id*.

    Raises
    ------
    GitLabWorkflowError: ``not_found`` if there is no such version (yet).
    """
    if version_id is None:
        known = versions.listed(scope, iid).versions
        if not known:
            raise _no_version(iid)
        version_id = known[0].id
    url = scope.merge_request_url(iid, "versions", version_id)
    found = scope.client.get(url, entities.VersionWithDiffs)
    refs = versions.diff_refs(found)
    if refs is None:
        raise _no_version(iid)
    return MergeRequestFiles(diff_refs=refs, files=[_file(each) for each in found.diffs], from_git=False)


def content(scope: ProjectScope, sha: str, path: bytes) -> bytes | None:
    """The file's bytes, null if *sha* has none of this name.

    Raises
    ------
    GitLabWorkflowError: ``not_found`` if GitLab does not know *sha*.
    """
    url = f"{scope.url('repository', 'files')}/{quote_from_bytes(path, safe='')}"
    try:
        found = scope.client.get(url, entities.RepositoryFile, {"ref": sha})
    except RefusedError as refused:
        if refused.http_status == 404 and "File Not Found" in refused.said:
            return None
        raise
    try:
        return base64.b64decode(found.content) if found.encoding == "base64" else found.content.encode()
    except binascii.Error:
        raise unreadable(scope.client.base) from None


def _no_version(iid: int) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.NOT_FOUND, f"GitLab has not prepared a diff of !{iid} yet.", "Try again in a moment."
    )


def _file(diff: entities.Diff) -> MergeRequestFile:
    added, removed = _counts(diff)
    renamed = diff.renamed_file and diff.old_path != diff.new_path
    return MergeRequestFile(
        path=file_path(diff.new_path.encode("utf-8", "replace")),
        old_path=file_path(diff.old_path.encode("utf-8", "replace")) if renamed else None,
        status=_status(diff),
        notebook=diff.new_path.endswith(".ipynb"),
        additions=added,
        deletions=removed,
        old_blob=None,
        new_blob=None,
    )


def _status(diff: entities.Diff) -> Literal["added", "modified", "deleted", "renamed", "type_changed"]:
    if diff.new_file:
        return "added"
    if diff.deleted_file:
        return "deleted"
    if (diff.a_mode or "")[:_FILE_TYPE] != (diff.b_mode or "")[:_FILE_TYPE]:
        return "type_changed"
    return "renamed" if diff.renamed_file else "modified"


def _counts(diff: entities.Diff) -> tuple[int | None, int | None]:
    """Added and removed lines; null for a binary file and for a diff that GitLab holds back for its size."""
    if diff.collapsed or diff.too_large or diff.diff.startswith("Binary files "):
        return None, None
    lines = diff.diff.split("\n")
    return sum(line.startswith("+") for line in lines), sum(line.startswith("-") for line in lines)
