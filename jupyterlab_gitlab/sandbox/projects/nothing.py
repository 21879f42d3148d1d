"""Lists of what the sandbox never has, so that clients that ask for them go on."""

from __future__ import annotations

from ..accounts.access import Level, find_group, find_project
from ..rest.errors import forbidden
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes

routes = Routes()


@routes("GET", "/topics", *PAGING)
@routes("GET", "/events", *PAGING, sign_in=True)
@routes("GET", "/users/:id/events", Param("id", "integer"), *PAGING)
def list_nothing(request: Request) -> Reply:
    return paginate(request, [])


@routes("GET", "/admin/ci/variables", *PAGING, sign_in=True)
def list_for_administrators(request: Request) -> Reply:
    if not request.me["admin"]:
        raise forbidden()
    return paginate(request, [])


@routes("GET", "/projects/:id/events", *PAGING)
def list_events(request: Request) -> Reply:
    find_project(request)
    return paginate(request, [])


@routes("GET", "/projects/:id/deploy_tokens", *PAGING, sign_in=True)
def list_project_tokens(request: Request) -> Reply:
    find_project(request, Level.MAINTAINER)
    return paginate(request, [])


@routes("GET", "/groups/:id/deploy_tokens", *PAGING, sign_in=True)
def list_group_tokens(request: Request) -> Reply:
    find_group(request, Level.MAINTAINER)
    return paginate(request, [])
