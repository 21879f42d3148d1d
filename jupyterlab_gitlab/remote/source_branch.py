"""Commits on the source branch of a merge request, made by GitLab itself.

Neither the user's clone nor its work tree plays a part, so it does not matter which branch is checked out or whether
there are unsaved changes.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

import msgspec

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import entities, merge_request_data
from .doubt import in_doubt
from .faults import RefusedError
from .merging import head_moved
from .scope import ProjectScope, project_url


def commit(scope: ProjectScope, iid: int, sha: str, message: str, files: Mapping[str, bytes]) -> tuple[str, str]:
    """The id of a new commit and its branch: *files*, by path, get new contents.

    The branch must still be at *sha*. If no answer comes, GitLab is asked whether the commit is there.

    Raises
    ------
    GitLabWorkflowError: ``head_moved``, ``gitlab_forbidden``, ``gitlab_refused`` if the branch is gone.
    """
    merge_request = merge_request_data.read(scope, iid)
    project, branch = merge_request.source_project_id, merge_request.source_branch
    if project is None:
        raise GitLabWorkflowError(
            ErrorCode.GITLAB_REFUSED,
            "The project of the source branch is gone, or you may not see it.",
            "Make the change in a branch of your own.",
        )
    actions = [
        {
            "action": "update",
            "file_path": path,
            "content": base64.b64encode(content).decode("ascii"),
            "encoding": "base64",
            "last_commit_id": _last_commit(scope, project, branch, sha, path),
        }
        for path, content in files.items()
    ]
    body = {"branch": branch, "commit_message": message, "actions": actions}
    try:
        made = scope.client.post(project_url(project, "repository", "commits"), entities.CommitWithParents, body).id
    except GitLabWorkflowError as error:
        if isinstance(error, RefusedError) and error.http_status == 400 and "changed" in error.said:
            fault = head_moved()
        else:
            found = _made_perhaps(scope, project, branch, sha, message) if in_doubt(error) else None
            if found is None:
                raise
            return found, branch
    else:
        return made, branch
    raise fault


def made_before(scope: ProjectScope, iid: int, sha: str, message: str) -> tuple[str, str] | None:
    """The commit on *sha* that an earlier :func:`commit` made, whose answer got lost, and its branch; null for none."""
    merge_request = merge_request_data.read(scope, iid)
    project, branch = merge_request.source_project_id, merge_request.source_branch
    found = None if project is None else _made(scope, project, branch, sha, message)
    return None if found is None else (found, branch)


def apply_suggestions(scope: ProjectScope, iid: int, ids: Sequence[int], message: str) -> tuple[str, str]:
    """Has GitLab apply suggestions itself, which it does for all files but notebooks; the commit's id and its branch.

    Applying what is applied already is refused (``gitlab_refused``), so a second try after a lost answer does no harm.
    """
    body = {"ids": list(ids), **({"commit_message": message} if message else {})}
    scope.client.put("/suggestions/batch_apply", msgspec.Raw, body)
    merge_request = merge_request_data.read(scope, iid)
    assert merge_request.source_project_id is not None, "GitLab has just written to it"
    url = project_url(merge_request.source_project_id, "repository", "branches", merge_request.source_branch)
    return scope.client.get(url, entities.Branch).commit.id, merge_request.source_branch


def _last_commit(scope: ProjectScope, project: int, branch: str, sha: str, path: str) -> str:
    """The last commit that changed the file, while the branch is at *sha*."""
    headers = scope.client.head(project_url(project, "repository", "files", path), {"ref": branch})
    if headers.get("X-Gitlab-Commit-Id") != sha:
        raise head_moved()
    return headers.get("X-Gitlab-Last-Commit-Id", "")


def _made_perhaps(scope: ProjectScope, project: int, branch: str, sha: str, message: str) -> str | None:
    """As :func:`_made`; null also if GitLab can't be asked."""
    try:
        return _made(scope, project, branch, sha, message)
    except GitLabWorkflowError:
        return None


def _made(scope: ProjectScope, project: int, branch: str, sha: str, message: str) -> str | None:
    """The commit that was asked for, if it is the head of the branch now."""
    url = project_url(project, "repository", "branches", branch)
    head = scope.client.get(url, entities.Branch).commit
    return head.id if head.parent_ids == [sha] and head.message.strip() == message.strip() else None
