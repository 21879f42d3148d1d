"""What administrators do with users: make, change, block, ban, delete; and tokens to act in their name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..rest.authentication import SCOPES, is_active
from ..rest.errors import forbidden, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from . import avatars, tokens
from .users import create, own

routes = Routes()

_ID = Param("id", "integer")


def _administer(request: Request, name: str = "id") -> Row:
    """The user that the route names, for administrators.

    Raises:
        ApiError: 403 for others, 404 when there is none.
    """
    if not request.me["admin"]:
        raise forbidden()
    user = request.store.row("SELECT * FROM users WHERE id = ? AND state != 'deleted'", request.params[name])
    if user is None:
        raise not_found("User")
    return user


@routes(
    "POST",
    "/users",
    Param("email", required=True, blank=False),
    Param("name", required=True, blank=False),
    Param("username", required=True, blank=False),
    Param("admin", "boolean"),
    Param("bio"),
    Param("avatar", "any"),
)
def create_user(request: Request) -> Any:
    if not request.me["admin"]:
        raise forbidden()
    params = request.params
    user = create(request.store, params["username"], params["name"], params["email"], admin=bool(request.get("admin")))
    return own(request.instance, _change(request, user))


@routes(
    "PUT",
    "/users/:id",
    _ID,
    Param("name", blank=False),
    Param("email", blank=False),
    Param("admin", "boolean"),
    Param("bio"),
    Param("avatar", "any"),
)
def update_user(request: Request) -> Any:
    return own(request.instance, _change(request, _administer(request)))


def _change(request: Request, user: Row) -> Row:
    changes: dict[str, Any] = {
        name: request.params[name] or "" for name in ("name", "email", "bio") if name in request.params
    }
    if request.get("admin") is not None:
        changes["admin"] = int(request.params["admin"])
    if "avatar" in request.params:
        changes["avatar"] = avatars.save(request.instance, "user", user["id"], request.params["avatar"])
    request.store.update("users", user["id"], **changes)
    return request.store.get("users", user["id"])


@routes("DELETE", "/users/:id", _ID, Param("hard_delete", "boolean"))
def delete_user(request: Request) -> None:
    """Not found any more; what the user wrote stays, as GitLab's ghost user keeps it."""
    user = _administer(request)
    with request.store.transaction():
        for table in ("personal_access_tokens", "members"):
            request.store.execute(f"DELETE FROM {table} WHERE user_id = ?", user["id"])
        request.store.update("users", user["id"], state="deleted")


def _state_route(verb: str, before: str, after: str, otherwise: bool | None) -> None:
    """``POST /users/:id/verb``: true when it changed something, else what GitLab says then."""

    def handler(request: Request) -> Any:
        user = _administer(request)
        if user["id"] == request.me["id"]:
            raise forbidden()
        if user["state"] != before:
            return Reply(201, b"null" if otherwise is None else otherwise)
        request.store.update("users", user["id"], state=after)
        return True

    add: Callable[[Callable[[Request], Any]], Any] = routes("POST", f"/users/:id/{verb}", _ID)
    add(handler)


_state_route("block", "active", "blocked", None)
_state_route("unblock", "blocked", "active", False)
_state_route("ban", "active", "banned", False)
_state_route("unban", "banned", "active", False)


# -- impersonation

_TOKENS = "/users/:user_id/impersonation_tokens"
_USER_ID = Param("user_id", "integer")


def _present(token: Row) -> dict[str, Any]:
    return {**tokens.present(token), "impersonation": True}


@routes("GET", _TOKENS, _USER_ID, Param("state", values=("all", "active", "inactive"), default="all"), *PAGING)
def list_tokens(request: Request) -> Reply:
    user = _administer(request, "user_id")
    rows = tokens.of_user(request.store, user, impersonation=True)
    state = request.get("state")
    wanted = [row for row in rows if state == "all" or is_active(row) == (state == "active")]
    return paginate(request, wanted, _present)


@routes(
    "POST",
    _TOKENS,
    _USER_ID,
    Param("name", required=True, blank=False),
    Param("scopes", "strings", required=True, blank=False, values=SCOPES),
    Param("expires_at", "date"),
)
def create_token(request: Request) -> Any:
    user = _administer(request, "user_id")
    token = tokens.create(
        request.store,
        user,
        request.params["name"],
        request.params["scopes"],
        expires_at=request.get("expires_at"),
        impersonation=True,
    )
    return {**_present(token), "token": token["token"]}


def _find(request: Request) -> Row:
    rows = tokens.of_user(request.store, _administer(request, "user_id"), impersonation=True)
    found = next((row for row in rows if row["id"] == request.params["token_id"]), None)
    if found is None:
        raise not_found("Impersonation Token")
    return found


@routes("GET", f"{_TOKENS}/:token_id", _USER_ID, Param("token_id", "integer"), sign_in=True)
def get_token(request: Request) -> Any:
    return _present(_find(request))


@routes("DELETE", f"{_TOKENS}/:token_id", _USER_ID, Param("token_id", "integer"))
def revoke_token(request: Request) -> None:
    request.store.update("personal_access_tokens", _find(request)["id"], revoked=1)
