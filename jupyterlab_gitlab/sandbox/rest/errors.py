"""The two shapes of failure of GitLab's API: ``{"message": …}`` from GitLab and ``{"error": …}`` from Grape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AnswerError(Exception):
    """A request ends here with ``status``, ``body`` (JSON) and extra ``headers``."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


class ApiError(AnswerError):
    """GitLab's own ``render_api_error!``: ``{"message": message}``; ``message`` is a string, a hash or an array."""

    def __init__(self, status: int, message: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, {"message": message}, headers)


class GrapeError(AnswerError):
    """A parameter error found before the endpoint runs: ``{"error": "title is missing, …"}``, 400 unless told."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(status, {"error": error})


def not_found(what: str = "") -> ApiError:
    """``404 X Not Found``; without ``what`` the lower-case text GitLab gives for a record that is not there."""
    return ApiError(404, f"404 {what} Not Found" if what else "404 Not found")


def forbidden(reason: str = "") -> ApiError:
    """``403 Forbidden`` or ``403 Forbidden - reason``."""
    return ApiError(403, f"403 Forbidden - {reason}" if reason else "403 Forbidden")


def bad_request(reason: str) -> ApiError:
    """``400 Bad request - reason``."""
    return ApiError(400, f"400 Bad request - {reason}")


def unauthorized() -> ApiError:
    """``401 Unauthorized``."""
    return ApiError(401, "401 Unauthorized")
