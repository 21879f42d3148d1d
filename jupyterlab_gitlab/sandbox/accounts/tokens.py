"""Personal access tokens: about oneself, listing, an administrator's making of them, revoking."""

from __future__ import annotations

import secrets
import string
from datetime import date, timedelta
from typing import Any

from ..rest.authentication import SCOPES, is_active, is_expired
from ..rest.errors import ApiError, bad_request, forbidden, not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row, Store
from ..store.times import now

routes = Routes()

_ALPHABET = string.ascii_letters + string.digits


def present(token: Row) -> dict[str, Any]:
    """GitLab's PersonalAccessToken."""
    return {
        "id": token["id"],
        "name": token["name"],
        "revoked": bool(token["revoked"]),
        "expired": is_expired(token),
        "granular": False,
        "created_at": token["created_at"],
        "description": token["description"],
        "scopes": token["scopes"].split(),
        "user_id": token["user_id"],
        "last_used_at": token["last_used_at"],
        "active": is_active(token),
        "expires_at": token["expires_at"],
    }


def create(
    store: Store,
    user: Row,
    name: str,
    scopes: list[str],
    *,
    expires_at: str | None = None,
    description: str | None = None,
    token: str = "",
    announced: bool = False,
    impersonation: bool = False,
) -> Row:
    """Give ``user`` a token; ``announced`` ones are printed each time the sandbox starts.

    ``impersonation`` tokens are administrators' to give, and not in the user's own list.
    """
    text = token or "glpat-" + "".join(secrets.choice(_ALPHABET) for _ in range(20))
    key = store.insert(
        "personal_access_tokens",
        user_id=user["id"],
        name=name,
        description=description,
        token=text,
        scopes=" ".join(scopes),
        expires_at=expires_at,
        announced=int(announced),
        impersonation=int(impersonation),
        created_at=now(),
    )
    return store.get("personal_access_tokens", key)


def of_user(store: Store, user: Row, *, impersonation: bool) -> list[Row]:
    """A user's tokens of one sort, oldest first."""
    sql = "SELECT * FROM personal_access_tokens WHERE user_id = ? AND impersonation = ? ORDER BY id"
    return store.rows(sql, user["id"], int(impersonation))


def announced(store: Store, user: Row, token: str = "") -> Row:
    """The token of ``user`` that is printed at start: the one stored, or a new one, or ``token`` when it is given."""
    scopes = ["api", *(("sudo",) if user["admin"] else ())]
    if token:
        holder = store.row("SELECT * FROM personal_access_tokens WHERE token = ?", token)
        with store.transaction():
            store.execute("UPDATE personal_access_tokens SET announced = 0 WHERE user_id = ?", user["id"])
            if holder is None:
                return create(store, user, "sandbox", scopes, token=token, announced=True)
            store.update("personal_access_tokens", holder["id"], announced=1, revoked=0)
            return store.get("personal_access_tokens", holder["id"])
    found = store.row("SELECT * FROM personal_access_tokens WHERE user_id = ? AND announced = 1", user["id"])
    return found or create(store, user, "sandbox", scopes, announced=True)


def _own_token(request: Request) -> Row:
    if request.token is None:
        raise bad_request("This endpoint requires token type to be a personal access token")
    return request.token


@routes("GET", "/personal_access_tokens/self", sign_in=True, scopes=None)
def get_self(request: Request) -> Any:
    token = request.store.get("personal_access_tokens", _own_token(request)["id"])
    return {**present(token), "last_used_ips": ["127.0.0.1"]}


@routes("DELETE", "/personal_access_tokens/self", scopes=None)
def revoke_self(request: Request) -> None:
    request.store.update("personal_access_tokens", _own_token(request)["id"], revoked=1)


@routes(
    "GET",
    "/personal_access_tokens",
    Param("user_id", "integer"),
    Param("state", values=("active", "inactive")),
    Param("revoked", "boolean"),
    Param("search"),
    *PAGING,
    sign_in=True,
)
def list_tokens(request: Request) -> Reply:
    user_id = request.get("user_id")
    if not request.me["admin"]:
        if user_id not in (None, request.me["id"]):
            raise ApiError(401, "401 Unauthorized")
        user_id = request.me["id"]
    where, values = ["NOT impersonation"], []
    if user_id is not None:
        where.append("user_id = ?")
        values.append(user_id)
    if request.get("revoked") is not None:
        where.append("revoked = ?")
        values.append(int(request.params["revoked"]))
    if search := request.get("search"):
        where.append("instr(lower(name), lower(?))")
        values.append(search)
    if state := request.get("state"):
        active = "(NOT revoked AND (expires_at IS NULL OR expires_at > date('now')))"
        where.append(active if state == "active" else f"NOT {active}")
    found = Query(request, "*", f"personal_access_tokens WHERE {' AND '.join(where)}", *values, order="id")
    return paginate(request, found, present)


def _find(request: Request) -> Row:
    token = request.store.row("SELECT * FROM personal_access_tokens WHERE id = ?", request.params["id"])
    if token is None or (token["user_id"] != request.me["id"] and not request.me["admin"]):
        raise not_found() if request.me["admin"] else ApiError(401, "401 Unauthorized")
    return token


@routes("GET", "/personal_access_tokens/:id", Param("id", "integer"), sign_in=True)
def get_token(request: Request) -> Any:
    return present(_find(request))


@routes("DELETE", "/personal_access_tokens/:id", Param("id", "integer"))
def revoke_token(request: Request) -> None:
    request.store.update("personal_access_tokens", _find(request)["id"], revoked=1)


@routes(
    "POST",
    "/users/:user_id/personal_access_tokens",
    Param("user_id", "integer"),
    Param("name", required=True, blank=False),
    Param("description"),
    Param("scopes", "strings", required=True, blank=False, values=SCOPES),
    Param("expires_at", "date"),
)
def create_for_user(request: Request) -> Any:
    """An administrator makes a token for someone. Without ``expires_at`` it lasts 365 days, as in GitLab.

    Dates in the past are accepted, unlike GitLab, so that an expired token can be tried.
    """
    if not request.me["admin"]:
        raise forbidden()
    user = request.store.row("SELECT * FROM users WHERE id = ?", request.params["user_id"])
    if user is None:
        raise not_found("User")
    token = create(
        request.store,
        user,
        request.params["name"],
        request.params["scopes"],
        expires_at=request.get("expires_at") or (date.today() + timedelta(days=365)).isoformat(),
        description=request.get("description"),
    )
    return {**present(token), "token": token["token"]}
