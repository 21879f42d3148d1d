"""A merge request as GitLab gives it, and the parts that several modules read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import DiffRefs, MergeRequestState
from . import entities
from .faults import RefusedError
from .scope import ProjectScope


def read(scope: ProjectScope, iid: int, query: Mapping[str, str] | None = None) -> entities.MergeRequest:
    """As GitLab gives it; *query* may ask for more. Raises ``not_found``."""
    try:
        return scope.client.get(scope.merge_request_url(iid), entities.MergeRequest, query)
    except RefusedError as refused:
        if refused.code is not ErrorCode.NOT_FOUND:
            raise
    raise GitLabWorkflowError(
        ErrorCode.NOT_FOUND,
        f"There is no merge request !{iid} in {scope.target.path_with_namespace}.",
        "It may have been deleted. Refresh the list.",
    )


@dataclass(frozen=True)
class MergeRequestSource:
    """Where a merge request comes from. *fork*: from another project than the clone's own. *sha* is its head."""

    branch: str
    fork: bool
    sha: str | None


def source(scope: ProjectScope, iid: int) -> MergeRequestSource:
    """Raises ``not_found``."""
    found = read(scope, iid)
    fork = found.source_project_id != scope.source.id
    return MergeRequestSource(branch=found.source_branch, fork=fork, sha=found.sha)


def diff_refs(found: entities.DiffRefs | None) -> DiffRefs | None:
    """Null until GitLab knows all three."""
    if found is None or not (found.base_sha and found.start_sha and found.head_sha):
        return None
    return DiffRefs(base_sha=found.base_sha, start_sha=found.start_sha, head_sha=found.head_sha)


def newest(scope: ProjectScope, iid: int) -> DiffRefs | None:
    """The newest version's commits, null while GitLab prepares it. Raises ``not_found``."""
    return diff_refs(read(scope, iid).diff_refs)


def state(found: entities.MergeRequest) -> MergeRequestState:
    return cast("MergeRequestState", found.state)
