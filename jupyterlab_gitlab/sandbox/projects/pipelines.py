"""Pipelines: the sandbox runs none, and says so with empty lists."""

from __future__ import annotations

from ..accounts.access import find_code
from ..rest.paging import paginate
from ..rest.parameters import PAGING
from ..rest.routing import Reply, Request, Routes

routes = Routes()


@routes("GET", "/projects/:id/pipelines", *PAGING)
def list_pipelines(request: Request) -> Reply:
    find_code(request)
    return paginate(request, [])


@routes("GET", "/projects/:id/pipeline_schedules", *PAGING)
def list_schedules(request: Request) -> Reply:
    find_code(request)
    return paginate(request, [])
