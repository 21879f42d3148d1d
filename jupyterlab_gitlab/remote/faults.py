"""Every fault of the way to GitLab and every refusal of GitLab's, in words, with a code of the contract.

The shapes of GitLab's refusals are those of its ``lib/api/helpers.rb`` and ``lib/api/api_guard.rb``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..contract.errors import ErrorCode, GitLabWorkflowError

if TYPE_CHECKING:
    from .addresses import BaseUrl

Result = TypeVar("Result")

_LONGEST_WORDS = 500
_NOT_GITLAB = "Something else than GitLab answers at this address: perhaps a proxy or a sign-in page."


class RefusedError(GitLabWorkflowError):
    """GitLab answered with an error. *http_status* is its status, *said* its own words (may be empty)."""

    def __init__(
        self, code: ErrorCode, message: str, hint: str = "", *, http_status: int, said: str, **details: Any
    ) -> None:
        super().__init__(code, message, hint, **details)
        self.http_status = http_status
        self.said = said


def translated(base: BaseUrl, call: Callable[[], Result]) -> Result:
    """What *call* returns; what requests and python-gitlab raise in it becomes a :class:`GitLabWorkflowError`.

    Their exceptions can hold the request and with it the token. So the new one is raised when the old one is gone, and
    does not refer to it.
    """
    import gitlab.exceptions
    import requests

    try:
        return call()
    except gitlab.exceptions.GitlabError as error:
        fault = _of_python_gitlab(error, base)
    except requests.RequestException as error:
        fault = _of_requests(error, base)
    except OSError as error:  # what requests says of a file of authorities that is not there
        fault = GitLabWorkflowError(
            ErrorCode.GITLAB_UNREACHABLE,
            f"{base.name} can't be asked: {error}",
            'Check "ca_file" in GitLabConfig.hosts, and REQUESTS_CA_BUNDLE.',
        )
    raise fault


def _of_python_gitlab(error: Any, base: BaseUrl) -> GitLabWorkflowError:
    if error.response_code is None:  # an answer that python-gitlab could not read, or a redirect of a POST
        return unreadable(base)
    return refusal(error.response_code, error.response_body or b"", base)


def unreadable(base: BaseUrl) -> GitLabWorkflowError:
    """For an answer that is not what GitLab's API sends."""
    return GitLabWorkflowError(
        ErrorCode.GITLAB_ERROR,
        f"{base.name} sent an answer that is not of GitLab's API.",
        _NOT_GITLAB + " Open it in a browser to see.",
        url=base.url,
    )


def refusal(status: int, body: bytes, base: BaseUrl) -> GitLabWorkflowError:
    """What an HTTP error of GitLab's means."""
    answer = _object(body)
    said = words(answer)
    name = base.name
    if status == 413:  # of GitLab, or in HTML of the server before it
        return RefusedError(
            ErrorCode.TOO_LARGE,
            f"{name} does not take anything so large.",
            "Make it smaller, or put it into the repository.",
            http_status=413,
            said=said,
        )
    if body and not answer and status < 500:  # GitLab's API says everything in JSON
        return unreadable(base)
    if status == 401:
        return _unauthorized(answer, said, name)
    if status == 403:
        return _forbidden(answer, said, name)
    if status == 404:
        if said.startswith("404 Project Not Found"):
            return project_not_found(name, None, said)
        return RefusedError(
            ErrorCode.NOT_FOUND,
            f"{name} answers: {said or '404 Not Found'}",
            "It may be gone, or you may not see it. Refresh, or ask for access.",
            http_status=404,
            said=said,
        )
    if status >= 500:
        return RefusedError(
            ErrorCode.GITLAB_ERROR,
            f"{name} failed to answer (HTTP {status}{f': {said}' if said else ''}).",
            "This is a fault of the GitLab server. Try again later; if it stays, tell its administrator.",
            http_status=status,
            said=said,
        )
    return RefusedError(
        ErrorCode.GITLAB_REFUSED,
        f"{name} refused: {said or f'HTTP {status}'}",
        "Change what it names and try again; if it names nothing, look at it on GitLab.",
        http_status=status,
        said=said,
    )


def _unauthorized(answer: dict[str, Any], said: str, name: str) -> RefusedError:
    described = str(answer.get("error_description", "")).lower()
    hint = "Make a new access token and sign in with it."
    if "expired" in described:
        code, message = ErrorCode.TOKEN_EXPIRED, f"The access token for {name} has expired."
    elif "revoked" in described:
        code, message = ErrorCode.TOKEN_REVOKED, f"The access token for {name} was revoked."
    else:
        code, message = ErrorCode.TOKEN_INVALID, f"{name} does not know this access token."
        hint = "Check that it was copied whole and belongs to this host, or make a new one."
    return RefusedError(code, message, hint, http_status=401, said=said)


def _forbidden(answer: dict[str, Any], said: str, name: str) -> RefusedError:
    if answer.get("error") == "insufficient_scope":
        allowed = str(answer.get("scope", "")).split()
        scope = "api" if "api" in allowed or not allowed else allowed[0]
        return scope_missing(name, scope, said)
    own_words = said.removeprefix("403 Forbidden").lstrip(" -")
    return RefusedError(
        ErrorCode.GITLAB_FORBIDDEN,
        f"{name} does not allow this: {own_words}" if own_words else f"You may not do this on {name}.",
        "Ask a maintainer of the project for the rights.",
        http_status=403,
        said=said,
    )


def scope_missing(name: str, scope: str, said: str = "") -> RefusedError:
    """For a token that lacks *scope*."""
    return RefusedError(
        ErrorCode.TOKEN_SCOPE_MISSING,
        f"The access token for {name} lacks the scope “{scope}”.",
        f"A token's scopes can't be changed: make a new one with the scope “{scope}” and sign in with it.",
        http_status=403,
        said=said,
        scope=scope,
    )


def project_not_found(name: str, path: str | None, said: str = "") -> RefusedError:
    """For a project that is not there or not to be seen."""
    return RefusedError(
        ErrorCode.PROJECT_NOT_FOUND,
        f"There is no project {path} on {name}, or you may not see it." if path else f"{name} has no such project.",
        "GitLab answers 404 also for projects you may not see: check the remote's address, or ask for access.",
        http_status=404,
        said=said,
    )


def _of_requests(error: Any, base: BaseUrl) -> GitLabWorkflowError:
    import requests

    from .transport import ForeignUrlError, RateLimitedError, TooLargeError

    name = base.name
    if isinstance(error, RateLimitedError):
        later = f"Try again in {error.retry_after:.0f} seconds." if error.retry_after else "Try again in a minute."
        known = {} if error.retry_after is None else {"retry_after": error.retry_after}
        return GitLabWorkflowError(ErrorCode.RATE_LIMITED, f"{name} received too many requests.", later, **known)
    if isinstance(error, ForeignUrlError):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_ERROR,
            f"{name} leads to another address ({error.target}), where the token is not sent.",
            "If GitLab has moved there, change the remote or GitLabConfig.hosts. " + _NOT_GITLAB,
        )
    if isinstance(error, TooLargeError):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_ERROR, f"{name} sent an answer too large to read.", "Look at it on GitLab."
        )
    if isinstance(error, requests.exceptions.Timeout):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_TIMEOUT,
            f"{name} did not answer in time.",
            "Try again. If it stays slow, ask its administrator or raise GitLabConfig.api_timeout.",
        )
    if isinstance(error, requests.exceptions.SSLError):
        return _insecure(error, name)
    if isinstance(error, requests.exceptions.ProxyError):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_UNREACHABLE,
            f"The proxy on the way to {name} does not work.",
            "Check HTTPS_PROXY and NO_PROXY in the environment of the Jupyter server.",
        )
    if isinstance(error, requests.ConnectionError):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_UNREACHABLE,
            f"{name} can't be reached.",
            "Check the network of the machine that Jupyter runs on. Local work goes on meanwhile.",
            reason=_reason(error),
        )
    return unreadable(base)


def _insecure(error: Exception, name: str) -> GitLabWorkflowError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_UNREACHABLE,
            f"The certificate of {name} could not be verified.",
            "If your organisation has its own certificate authority, an administrator can name its file as "
            '"ca_file" in GitLabConfig.hosts, or set REQUESTS_CA_BUNDLE.',
            reason=_reason(error),
        )
    return GitLabWorkflowError(
        ErrorCode.GITLAB_UNREACHABLE,
        f"No encrypted connection to {name} came about.",
        "Check that the remote's address has the right scheme and port.",
        reason=_reason(error),
    )


def _reason(error: BaseException) -> str:
    """The innermost cause, without object addresses."""
    inner = error.args[0] if error.args else error
    inner = getattr(inner, "reason", inner)
    text = str(inner)
    return text.rsplit(": ", 1)[-1] if "object at 0x" in text else text


def words(answer: Any) -> str:
    """GitLab's own words in an error body: a text, a list of texts, or texts by field.

    Shapes: ``{"message": text | [text…] | {field: [text…]}}``, ``{"error": text}``, and OAuth's with
    ``error_description``.
    """
    if not isinstance(answer, dict):
        return ""
    for key in ("message", "error_description", "error"):
        if answer.get(key):
            return _flat(answer[key])[:_LONGEST_WORDS]
    return ""


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(
            _flat(part) if key in ("base", "error") else f"{key} {_flat(part)}" for key, part in value.items()
        )
    if isinstance(value, list):
        return ", ".join(_flat(part) for part in value)
    return str(value)


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
