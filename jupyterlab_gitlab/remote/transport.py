"""The HTTP session: one host only, bounded in time and size, patient with calls that may be repeated."""

from __future__ import annotations

import io
import time
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from .conditional import KnownAnswers

if TYPE_CHECKING:
    from .addresses import BaseUrl
    from .settings import RemoteSettings

MOST_BYTES = 200_000_000
_REPEATABLE = ("GET", "HEAD")
_PASSING = (502, 503, 504)
_WAITS = (0.2, 0.8)
_LONGEST_WAIT = 3.0


class ForeignUrlError(requests.RequestException):
    """GitLab pointed to an address that is not its own; nothing was sent there. *target* is its host."""

    def __init__(self, target: str) -> None:
        super().__init__(f"refused to go to {target}")
        self.target = target


class RateLimitedError(requests.RequestException):
    """GitLab wants to be asked later: in *retry_after* seconds, if it said when."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__("rate limited")
        self.retry_after = retry_after


class TooLargeError(requests.RequestException):
    """An answer longer than :data:`MOST_BYTES`."""


class GitLabSession(requests.Session):
    """A session that talks to one base URL, keeps no cookies and takes no credentials from ``~/.netrc``."""

    def __init__(self, base: BaseUrl, settings: RemoteSettings) -> None:
        super().__init__()
        self._base = base
        self.max_redirects = 3
        self.auth = _unchanged
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = GitLabAdapter(base, settings)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        """A redirect keeps the token at home and loses it elsewhere (where the adapter does not go anyway)."""
        if not self._base.contains(prepared_request.url or ""):
            for header in ("Authorization", "PRIVATE-TOKEN", "JOB-TOKEN"):
                prepared_request.headers.pop(header, None)

    def merge_environment_settings(self, *args: Any, **kwargs: Any) -> Any:
        """The environment's proxies and authorities; a proxy never sees what goes to this machine itself."""
        settings = super().merge_environment_settings(*args, **kwargs)
        if self._base.loopback:
            settings["proxies"] = {}
        return settings


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class GitLabAdapter(HTTPAdapter):
    """Reads every answer whole, within the time and size that are allowed; what has not changed is not sent again.

    Raises
    ------
    ForeignUrlError, RateLimitedError, TooLargeError, and requests' own exceptions.
    """

    def __init__(self, base: BaseUrl, settings: RemoteSettings) -> None:
        super().__init__(pool_connections=2, pool_maxsize=16)
        self._base = base
        self._timeout = (settings.connect_timeout, settings.read_timeout)
        self._total = settings.total_timeout
        self._known = KnownAnswers()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: dict[str, str] | None = None,
    ) -> requests.Response:
        url = request.url or ""
        if not self._base.contains(url):
            raise ForeignUrlError(urllib3.util.parse_url(url).netloc or "another address")
        deadline = time.monotonic() + self._total
        waits = list(_WAITS) if request.method in _REPEATABLE else []
        known = self._known.ask_for_news(request)
        while True:
            try:
                response = super().send(
                    request, stream=True, timeout=timeout or self._timeout, verify=verify, cert=cert, proxies=proxies
                )
                _read_whole(response, deadline)
            except requests.ConnectionError as error:
                if not waits or not _was_cut(error) or time.monotonic() + waits[0] > deadline:
                    raise
                time.sleep(waits.pop(0))
                continue
            if response.status_code != 429 and response.status_code not in _PASSING:
                return self._known.settle(request, response, known)
            pause = _pause(response, waits)
            if pause is not None and time.monotonic() + pause < deadline:
                waits.pop(0)
                time.sleep(pause)
                continue
            if response.status_code == 429:
                raise RateLimitedError(_retry_after(response))
            return response


def _read_whole(response: requests.Response, deadline: float) -> None:
    """Replaces the body on the wire by one in memory. requests' own reading would follow a slow sender for ever."""
    raw = response.raw
    body = io.BytesIO()
    try:
        while chunk := raw.read1(65_536, decode_content=True):
            body.write(chunk)
            if body.tell() > MOST_BYTES:
                raise TooLargeError(f"more than {MOST_BYTES} bytes")
            if time.monotonic() > deadline:
                raise requests.exceptions.ReadTimeout("the answer took too long")
    except BaseException as error:
        raw.close()
        raise _as_requests(error) from None
    raw.release_conn()
    body.seek(0)
    response.raw = body


def _as_requests(error: BaseException) -> BaseException:
    """What requests raises for a fault of urllib3's."""
    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return requests.exceptions.ReadTimeout(str(error))
    if isinstance(error, urllib3.exceptions.SSLError):
        return requests.exceptions.SSLError(str(error))
    if isinstance(error, urllib3.exceptions.DecodeError):
        return requests.exceptions.ContentDecodingError(str(error))
    if isinstance(error, urllib3.exceptions.ProtocolError):
        return requests.ConnectionError(error)
    return error


def _was_cut(error: requests.ConnectionError) -> bool:
    """Whether a connection broke, in contrast to one that never came about."""
    return bool(error.args) and isinstance(error.args[0], urllib3.exceptions.ProtocolError)


def _pause(response: requests.Response, waits: list[float]) -> float | None:
    """How long to wait before asking again, null for not at all."""
    if not waits:
        return None
    asked_for = _retry_after(response)
    if asked_for is None:
        return None if response.status_code == 429 else waits[0]
    return asked_for if asked_for <= _LONGEST_WAIT else None


def _retry_after(response: requests.Response) -> float | None:
    """Seconds; GitLab never writes a date here."""
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None
