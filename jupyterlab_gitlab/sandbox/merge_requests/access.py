"""Finding the merge request a route names, and who may do what with it."""

from __future__ import annotations

from ..accounts.access import Level, can_read_code, find_project, project_level
from ..instance import Instance
from ..rest.errors import forbidden, not_found
from ..rest.parameters import Param
from ..rest.routing import Request
from ..store.sqlite import Row

IID = Param("merge_request_iid", "integer")
NOTEABLE = Param("noteable_id", "integer")


def find_merge_request(request: Request, *, writing: bool = False) -> Row:
    """The merge request that ``:id`` and ``:merge_request_iid`` (or ``:noteable_id``) name.

    Raises:
        ApiError: 404 when there is none, 403 when the caller may not see code here or (``writing``) change it.
    """
    project = find_project(request)
    iid = request.params.get("merge_request_iid", request.params.get("noteable_id"))
    found = request.store.row("SELECT * FROM merge_requests WHERE project_id = ? AND iid = ?", project["id"], iid)
    if found is None:
        raise not_found()
    if not can_read_code(request.store, request.user, project):
        raise forbidden()
    if writing and not may_update(request.instance, found, request.user):
        raise forbidden()
    return found


def may_update(instance: Instance, merge_request: Row, user: Row | None) -> bool:
    """Author, assignees and Developers may."""
    if user is None:
        return False
    if user["id"] == merge_request["author_id"] or is_developer(instance, merge_request, user):
        return True
    return bool(
        instance.store.value(
            "SELECT 1 FROM merge_request_assignees WHERE merge_request_id = ? AND user_id = ?",
            merge_request["id"],
            user["id"],
        )
    )


def is_developer(instance: Instance, merge_request: Row, user: Row | None, level: Level = Level.DEVELOPER) -> bool:
    """Whether ``user`` is at least Developer (or ``level``) in the target project."""
    project = instance.store.get("projects", merge_request["project_id"])
    return project_level(instance.store, user, project) >= level
