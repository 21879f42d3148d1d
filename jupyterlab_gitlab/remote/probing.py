"""Whether a GitLab answers at an address, found out without a token."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import requests

from .faults import refusal, translated
from .transport import ForeignUrlError, GitLabSession, RateLimitedError

if TYPE_CHECKING:
    from .addresses import BaseUrl
    from .settings import RemoteSettings


def first_gitlab(candidates: Sequence[BaseUrl], settings: RemoteSettings) -> BaseUrl | None:
    """The first of *candidates* that is a GitLab; raises what :func:`is_gitlab` raises."""
    return next((base for base in candidates if is_gitlab(base, settings)), None)


def is_gitlab(base: BaseUrl, settings: RemoteSettings) -> bool:
    """Whether ``GET /api/v4/version`` answers as GitLab does to somebody who is not signed in: 401 with its JSON.

    Raises
    ------
    GitLabWorkflowError: ``gitlab_unreachable``, ``gitlab_timeout``, ``gitlab_error``.
    """
    response = translated(base, lambda: _ask(base, settings))
    if response is None:
        return False
    body = _json(response)
    if response.status_code >= 500 and isinstance(body, dict) and str(body.get("message", "")).startswith("5"):
        raise refusal(response.status_code, response.content, base)  # a GitLab with a fault of its own
    if response.status_code == 401:
        return isinstance(body, dict) and body.get("message") == "401 Unauthorized"
    return response.status_code == 200 and isinstance(body, dict) and {"version", "revision"} <= body.keys()


def _ask(base: BaseUrl, settings: RemoteSettings) -> requests.Response | None:
    """The answer, null for one that no GitLab gives."""
    with GitLabSession(base, settings) as session:
        try:
            response = session.get(f"{base.url}/api/v4/version", headers={"Accept": "application/json"})
        except (ForeignUrlError, RateLimitedError, requests.TooManyRedirects):
            return None
    if response.status_code in (502, 503, 504) and not base.path:
        # It may well be a GitLab that is being restarted: that must not be remembered as none.
        raise requests.ConnectionError(f"HTTP {response.status_code}")
    return response


def _json(response: requests.Response) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        return None
