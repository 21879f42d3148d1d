"""Versions and commits of a merge request."""

from __future__ import annotations

from ..contract.merge_requests import DiffRefs, MergeRequestCommit, MergeRequestCommits, Version, Versions
from . import entities
from .scope import ProjectScope
from .times import utc

_MOST_VERSIONS = 500
_MOST_COMMITS = 1_000


def listed(scope: ProjectScope, iid: int) -> Versions:
    """Newest first; one that GitLab is still preparing (without its commits) is left out."""
    found = scope.client.every(scope.merge_request_url(iid, "versions"), entities.Version, most=_MOST_VERSIONS)
    made = ((each, diff_refs(each)) for each in found)
    return Versions(
        versions=[
            Version(id=each.id, created_at=utc(each.created_at), diff_refs=refs)
            for each, refs in made
            if refs is not None
        ]
    )


def diff_refs(found: entities.Version) -> DiffRefs | None:
    """The three commits under the names that the rest of GitLab's API gives them."""
    if not (found.base_commit_sha and found.start_commit_sha and found.head_commit_sha):
        return None
    return DiffRefs(base_sha=found.base_commit_sha, start_sha=found.start_commit_sha, head_sha=found.head_commit_sha)


def commits(scope: ProjectScope, iid: int) -> MergeRequestCommits:
    """Newest first."""
    found = scope.client.every(scope.merge_request_url(iid, "commits"), entities.Commit, most=_MOST_COMMITS)
    return MergeRequestCommits(
        commits=[
            MergeRequestCommit(
                sha=each.id,
                short_sha=each.short_id,
                title=each.title,
                author_name=each.author_name,
                authored_at=utc(each.authored_date),
                web_url=each.web_url,
            )
            for each in found
        ]
    )
