"""Forks: a project copied into another namespace."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level, find_code, group_level
from ..accounts.namespaces import lookup
from ..accounts.users import personal_namespace
from ..git.repository import ZERO_SHA
from ..instance import RefChange
from ..rest.errors import ApiError, not_found
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from .entity import present
from .projects import create

routes = Routes()


@routes(
    "POST",
    "/projects/:id/fork",
    Param("namespace_id", "integer"),
    Param("namespace_path"),
    Param("namespace"),
    Param("name"),
    Param("path"),
    Param("visibility", values=("private", "internal", "public")),
)
def fork_project(request: Request) -> Any:
    """Copies at once, where GitLab does it in the background."""
    origin, store, instance = find_code(request), request.store, request.instance
    key = request.get("namespace_id") or request.get("namespace_path") or request.get("namespace")
    namespace = personal_namespace(store, request.me) if key is None else lookup(store, str(key))
    if namespace is None or group_level(store, request.user, namespace["id"]) < Level.DEVELOPER:
        raise not_found("Target Namespace")
    try:
        project = create(
            instance,
            request.me,
            namespace,
            request.get("name", origin["name"]),
            request.get("path", origin["path"]),
            description=origin["description"],
            visibility=request.get("visibility", origin["visibility"]),
            forked_from=origin["id"],
        )
    except ApiError as error:
        raise ApiError(409, error.body["message"]) from None
    git, source = instance.repository(project), instance.repository(origin)
    if origin["default_branch"] is not None:
        git.run("symbolic-ref", "HEAD", f"refs/heads/{origin['default_branch']}")
        git.run(
            "fetch", "--quiet", "--no-tags", str(source.path), "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*"
        )
        heads = git.refs("refs/heads/").items()
        changes = [RefChange(f"refs/heads/{name}", ZERO_SHA, sha) for name, sha in heads]
        instance.post_receive(project, changes, request.me)
    return present(request, store.get("projects", project["id"]))
