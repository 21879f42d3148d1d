"""Access tokens of projects, each with a bot of its own (``lib/api/resource_access_tokens.rb``)."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from ..rest.authentication import SCOPES, is_active
from ..rest.errors import not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from . import members, tokens
from .access import VALID_LEVELS, Level, find_project
from .users import create as create_user

routes = Routes()

_LIST = "/projects/:id/access_tokens"
_ONE = f"{_LIST}/:token_id"
_TOKEN_ID = Param("token_id", "integer")


def _present(token: Row) -> dict[str, Any]:
    """GitLab's ResourceAccessToken; ``token`` is the record with the level of its bot."""
    return {
        **tokens.present(token),
        "access_level": token["access_level"],
        "resource_type": "project",
        "resource_id": token["project_id"],
    }


def _rows(request: Request, project: Row) -> list[Row]:
    return request.store.rows(
        "SELECT t.*, access_level, project_id FROM personal_access_tokens t JOIN users ON users.id = t.user_id"
        " JOIN members ON members.user_id = users.id WHERE bot AND project_id = ? ORDER BY t.id",
        project["id"],
    )


def _find(request: Request) -> Row:
    project = find_project(request, Level.MAINTAINER)
    found = next((row for row in _rows(request, project) if row["id"] == request.params["token_id"]), None)
    if found is None:
        raise not_found()
    return found


@routes("GET", _LIST, Param("state", values=("active", "inactive")), *PAGING, sign_in=True)
def list_tokens(request: Request) -> Reply:
    project, state = find_project(request, Level.MAINTAINER), request.get("state")
    wanted = [row for row in _rows(request, project) if state is None or is_active(row) == (state == "active")]
    return paginate(request, wanted, _present)


@routes("GET", _ONE, _TOKEN_ID, sign_in=True)
def get_token(request: Request) -> Any:
    return _present(_find(request))


@routes(
    "POST",
    _LIST,
    Param("name", required=True, blank=False),
    Param("scopes", "strings", required=True, blank=False, values=SCOPES),
    Param("expires_at", "date"),
    Param("access_level", "integer", values=VALID_LEVELS, default=int(Level.MAINTAINER)),
    Param("description"),
)
def create_token(request: Request) -> Any:
    project, store = find_project(request, Level.MAINTAINER), request.store
    username = f"project_{project['id']}_bot_{secrets.token_hex(8)}"
    with store.transaction():
        bot = create_user(store, username, request.params["name"], f"{username}@noreply.example.com")
        store.update("users", bot["id"], bot=1)
        members.add(request.instance, "project_id", project, bot, request.get("access_level"), request.me)
        token = tokens.create(
            store,
            bot,
            request.params["name"],
            request.params["scopes"],
            expires_at=request.get("expires_at") or (date.today() + timedelta(days=365)).isoformat(),
            description=request.get("description"),
        )
    request.params["token_id"] = token["id"]
    return {**_present(_find(request)), "token": token["token"]}


@routes("DELETE", _ONE, _TOKEN_ID)
def revoke_token(request: Request) -> None:
    """The bot goes with its token."""
    token = _find(request)
    request.store.update("personal_access_tokens", token["id"], revoked=1)
    request.store.update("users", token["user_id"], state="blocked")
