"""Who calls: a personal access token from any of the places where GitLab looks for one, and what it may open."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from ..store.sqlite import Row, Store
from ..store.times import now, today
from .errors import AnswerError, ApiError, unauthorized

SCOPES = (
    "api",
    "read_user",
    "read_api",
    "read_repository",
    "write_repository",
    "read_registry",
    "write_registry",
    "sudo",
    "admin_mode",
    "create_runner",
    "manage_runner",
    "ai_features",
    "k8s_proxy",
    "self_rotate",
    "read_service_ping",
)

BASIC_CHALLENGE = 'Basic realm="GitLab"'


def presented_token(headers: Mapping[str, str], params: Mapping[str, Any]) -> tuple[str, bool]:
    """The token a request carries (empty when none) and whether it came as a Bearer."""
    for value in (headers.get("Private-Token"), params.get("private_token"), params.get("access_token")):
        if value:
            return str(value), False
    scheme, _, rest = headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip(), True
    if scheme.lower() == "basic":
        return basic_password(rest), False
    return "", False


def basic_password(encoded: str) -> str:
    """The password in the credentials of an ``Authorization: Basic`` header; empty when they are broken."""
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def find_token(store: Store, text: str) -> Row | None:
    """The token record with this secret, or None."""
    return store.row("SELECT * FROM personal_access_tokens WHERE token = ?", text) if text else None


def is_expired(token: Row) -> bool:
    """Whether the token's last day has begun: GitLab tokens end at the start of ``expires_at`` (UTC)."""
    return token["expires_at"] is not None and token["expires_at"] <= today()


def is_active(token: Row) -> bool:
    """Neither revoked nor expired."""
    return not token["revoked"] and not is_expired(token)


def identify(
    store: Store, headers: Mapping[str, str], params: Mapping[str, Any], scopes: tuple[str, ...] | None
) -> tuple[Row | None, Row | None]:
    """The user and token of an API call; (None, None) when it carries no token. ``scopes``: None accepts any.

    Raises:
        AnswerError: 401 for an unknown, expired or revoked token; 403 when its scopes don't open the route.
    """
    text, bearer = presented_token(headers, params)
    if not text:
        return None, None
    token = find_token(store, text)
    if token is None:
        raise _invalid("Bad Access Token.") if bearer else unauthorized()
    if is_expired(token):
        raise _invalid("Token is expired. You can either do re-authorization or token refresh.")
    if token["revoked"]:
        raise _invalid("Token was revoked. You have to re-authorize from the user.")
    if scopes is not None and not set(scopes) & set(token["scopes"].split()):
        raise _too_little(scopes)
    user = store.get("users", token["user_id"])
    if user["state"] != "active":
        raise ApiError(403, "403 Forbidden - Your account has been blocked.")
    note_use(store, token)
    return user, token


def impersonate(store: Store, wanted: str, user: Row | None, token: Row | None) -> Row | None:
    """The user in whose name an administrator acts (``sudo``, by id or name), or ``user`` when nobody is ``wanted``.

    Raises:
        AnswerError: 401 without sign-in; 403 for others and without the scope; 404 for an unknown user.
    """
    if not wanted:
        return user
    if user is None or token is None:
        raise unauthorized()
    if not user["admin"]:
        raise ApiError(403, "403 Forbidden - Must be admin to use sudo")
    if "sudo" not in token["scopes"].split():
        raise _too_little(("sudo",))
    found = store.row("SELECT * FROM users WHERE username = ? OR id = ?", wanted, wanted)
    if found is None:
        raise ApiError(404, f"404 User with ID or username '{wanted}' Not Found")
    return found


def note_use(store: Store, token: Row) -> None:
    """Write down that the token was used; at most once a minute, since every call would be a write."""
    stamp = now()
    if token["last_used_at"] is None or token["last_used_at"][:16] != stamp[:16]:
        store.update("personal_access_tokens", token["id"], last_used_at=stamp)


def _too_little(scopes: tuple[str, ...]) -> AnswerError:
    body = {
        "error": "insufficient_scope",
        "error_description": "The request requires higher privileges than provided by the access token.",
        "scope": " ".join(scopes),
    }
    return AnswerError(403, body)


def _invalid(description: str) -> AnswerError:
    challenge = f'Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="{description}"'
    return AnswerError(
        401, {"error": "invalid_token", "error_description": description}, {"WWW-Authenticate": challenge}
    )
