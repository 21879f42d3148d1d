"""Rendering Markdown, plainly: without GitLab's references, emoji, diagrams and syntax colours."""

from __future__ import annotations

from functools import cache
from typing import Any

import mistune

from ..accounts.access import can_read_project, lookup_project
from ..rest.errors import not_found
from ..rest.parameters import Param
from ..rest.routing import Request, Routes

routes = Routes()


@cache
def _renderer() -> Any:
    return mistune.create_markdown(escape=True, plugins=["strikethrough", "table", "url", "task_lists"])


@routes(
    "POST",
    "/markdown",
    Param("text", required=True),
    Param("gfm", "boolean"),
    Param("project"),
    scopes=("read_api",),
)
def render(request: Request) -> Any:
    """HTML in the text is shown, not used; addresses that could run something are taken out."""
    key = request.get("project")
    if key is not None:
        project = lookup_project(request.store, key)
        if project is None or not can_read_project(request.store, request.user, project):
            raise not_found("Project")
    return {"html": _renderer()(request.get("text", ""))}
