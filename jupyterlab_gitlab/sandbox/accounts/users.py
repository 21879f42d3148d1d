"""Users: who is signed in, search, what is shown of them."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from ..instance import Instance
from ..rest.errors import ApiError, forbidden, not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row, Store
from ..store.times import now, today
from . import avatars

routes = Routes()

USERNAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\Z")


def basic(instance: Instance, user: Row) -> dict[str, Any]:
    """GitLab's UserBasic."""
    digest = hashlib.sha256(user["email"].encode()).hexdigest()
    picture = f"https://www.gravatar.com/avatar/{digest}?s=80&d=identicon"
    if user["avatar"]:
        picture = avatars.address(instance, "user", user["id"], user["avatar"])
    return {
        "id": user["id"],
        "username": user["username"],
        "public_email": "",
        "name": user["name"],
        "state": "blocked" if user["state"] == "deleted" else user["state"],
        "locked": False,
        "avatar_url": picture,
        "web_url": f"{instance.url}/{user['username']}",
    }


def basic_by_id(instance: Instance, user_id: int | None) -> dict[str, Any] | None:
    """UserBasic of the user with this id; None for None."""
    return None if user_id is None else basic(instance, instance.store.get("users", user_id))


def public(instance: Instance, user: Row) -> dict[str, Any]:
    """GitLab's User, what ``/users/:id`` shows to anyone."""
    return {
        **basic(instance, user),
        "created_at": user["created_at"],
        "bio": user["bio"],
        "location": "",
        "linkedin": "",
        "twitter": "",
        "discord": "",
        "github": "",
        "website_url": "",
        "organization": "",
        "job_title": "",
        "pronouns": None,
        "bot": bool(user["bot"]),
        "work_information": None,
        "followers": 0,
        "following": 0,
        "is_followed": False,
        "local_time": None,
    }


def own(instance: Instance, user: Row) -> dict[str, Any]:
    """GitLab's UserPublic, what ``/user`` shows to its owner; administrators also learn that they are."""
    shown = {
        **public(instance, user),
        "last_sign_in_at": None,
        "confirmed_at": user["created_at"],
        "last_activity_on": today(),
        "email": user["email"],
        "theme_id": 3,
        "color_scheme_id": 1,
        "projects_limit": 100000,
        "current_sign_in_at": None,
        "identities": [],
        "can_create_group": True,
        "can_create_project": True,
        "two_factor_enabled": False,
        "external": False,
        "private_profile": False,
        "commit_email": user["email"],
        "preferred_language": "en",
        "shared_runners_minutes_limit": None,
        "extra_shared_runners_minutes_limit": None,
        "scim_identities": [],
    }
    for name in ("followers", "following", "is_followed"):
        del shown[name]
    if user["admin"]:
        shown |= {"is_admin": True, "note": None, "namespace_id": personal_namespace(instance.store, user)["id"]}
    return shown


def personal_namespace(store: Store, user: Row) -> Row:
    """The namespace that holds the user's own projects."""
    found = store.row("SELECT * FROM namespaces WHERE kind = 'user' AND owner_id = ?", user["id"])
    assert found is not None, "every user is made with a namespace"
    return found


def create(store: Store, username: str, name: str, email: str, *, admin: bool = False) -> Row:
    """Add a user and the personal namespace.

    Raises:
        ApiError: 409 when the name or address is taken, 400 when the name is not one GitLab allows.
    """
    if not USERNAME.match(username):
        raise ApiError(400, {"username": ["can contain only letters, digits, '_', '-' and '.'"]})
    with store.transaction():
        if store.row("SELECT 1 FROM users WHERE email = ?", email):
            raise ApiError(409, "Email has already been taken")
        if store.row("SELECT 1 FROM namespaces WHERE full_path = ?", username):
            raise ApiError(409, "Username has already been taken")
        stamp = now()
        user_id = store.insert("users", username=username, name=name, email=email, admin=int(admin), created_at=stamp)
        store.insert(
            "namespaces",
            kind="user",
            name=name,
            path=username,
            full_path=username,
            owner_id=user_id,
            visibility="public",
            created_at=stamp,
        )
        return store.get("users", user_id)


def by_username(store: Store, username: str) -> Row | None:
    """The user of this name, in any case."""
    return store.row("SELECT * FROM users WHERE username = ?", username)


def like(text: str) -> str:
    """A LIKE pattern (``ESCAPE '\\'``) that finds ``text`` anywhere."""
    return "%" + re.sub(r"([%_\\])", r"\\\1", text) + "%"


@routes("GET", "/user", sign_in=True, scopes=("read_user",))
def current_user(request: Request) -> Any:
    return own(request.instance, request.me)


@routes(
    "GET",
    "/users",
    Param("username"),
    Param("search"),
    Param("active", "boolean", default=False),
    Param("blocked", "boolean", default=False),
    Param("external", "boolean", default=False),
    Param("skip_ldap", "boolean", default=False),
    Param("with_custom_attributes", "boolean", default=False),
    *PAGING,
    scopes=("read_user",),
)
def list_users(request: Request) -> Reply:
    if request.user is None and not request.get("username"):
        raise forbidden("Not authorized to access /api/v4/users")
    where, values = ["state != 'deleted'"], []
    if username := request.get("username"):
        where.append("username = ?")
        values.append(username)
    if search := request.get("search"):
        where.append("(name LIKE ? ESCAPE '\\' OR username LIKE ? ESCAPE '\\' OR email = ?)")
        values += [like(search), like(search), search]
    if request.get("active"):
        where.append("state = 'active'")
    if request.get("blocked"):
        where.append("state IN ('blocked', 'banned')")
    found = Query(request, "*", f"users WHERE {' AND '.join(where)}", *values, order="id DESC")
    show = own if request.user is not None and request.user["admin"] else basic
    return paginate(request, found, lambda user: show(request.instance, user), limited="User")


@routes("GET", "/users/:id", Param("id", "integer"), sign_in=True, scopes=("read_user",))
def get_user(request: Request) -> Any:
    user = request.store.row("SELECT * FROM users WHERE id = ? AND state != 'deleted'", request.params["id"])
    if user is None:
        raise not_found("User")
    return (own if request.me["admin"] else public)(request.instance, user)
