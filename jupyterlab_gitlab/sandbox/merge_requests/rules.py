"""What GitLab's models object to in a merge request that is made or changed."""

from __future__ import annotations

from ..instance import Instance
from ..rest.errors import ApiError
from ..rest.routing import Request
from ..store.sqlite import Row


def refuse_same_branch(source_id: int | None, target_id: int, source_branch: str, target_branch: str) -> None:
    """Raises:
    ApiError: 422 when a branch would be merged into itself.
    """
    if source_id == target_id and source_branch == target_branch:
        raise ApiError(422, ["You can't use same project/branch for source and target"])


def refuse_bad_fields(instance: Instance, project: Row, title: str, **branches: str) -> None:
    """Check the title (blank is refused only together with a ``source_branch``) and names of branches.

    A branch need only have a possible name: it may be pushed later.

    Raises:
        ApiError: 400 with all complaints by field.
    """
    errors: dict[str, list[str]] = {}
    git = instance.repository(project)
    for field, name in branches.items():
        if not name:
            errors[field] = ["can't be blank"]
        elif git.branch(name) is None and not git.valid_branch(name):
            errors[field] = ["is invalid"]
    if "source_branch" in branches and not title.strip():
        errors["title"] = ["can't be blank"]
    elif len(title) > 255:
        errors["title"] = ["is too long (maximum is 255 characters)"]
    if errors:
        raise ApiError(400, errors)


def refuse_twin(
    request: Request,
    source_id: int | None,
    target_id: int,
    source_branch: str,
    target_branch: str,
    itself: Row | None = None,
) -> None:
    """Raises:
    ApiError: 409 when another open merge request has the same branches.
    """
    twin = request.store.value(
        "SELECT iid FROM merge_requests WHERE project_id = ? AND source_project_id = ? AND source_branch = ?"
        " AND target_branch = ? AND state = 'opened' AND id != ?",
        target_id,
        source_id,
        source_branch,
        target_branch,
        itself["id"] if itself else 0,
    )
    if twin is not None:
        raise ApiError(409, [f"Another open merge request already exists for this source branch: !{twin}"])
