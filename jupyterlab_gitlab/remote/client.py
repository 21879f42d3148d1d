"""python-gitlab for one host and token: a few verbs that return typed answers or raise translated faults."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import gitlab
import msgspec

from ..contract.decoders import decoder
from ..contract.errors import ErrorCode, GitLabWorkflowError
from .faults import RefusedError, translated, unreadable
from .flights import Flights
from .keeping import Kept
from .listing import Page, every
from .transport import GitLabSession

if TYPE_CHECKING:
    from .addresses import BaseUrl
    from .hosts import Host
    from .secret import Secret
    from .settings import RemoteSettings

Answer = TypeVar("Answer")

MOST_PER_PAGE = 100


class Client:
    """Thread-safe. Paths are below ``/api/v4``, their parts already percent-encoded (:func:`.scope.part`).

    Every method raises :class:`~..contract.errors.GitLabWorkflowError`; for an error that GitLab answered it is a
    :class:`.faults.RefusedError`.
    """

    def __init__(self, host: Host, token: Secret, settings: RemoteSettings) -> None:
        if not is_sendable(token):
            raise GitLabWorkflowError(
                ErrorCode.TOKEN_INVALID,
                f"The access token for {host.base.name} holds characters that no token has.",
                "Check that it was copied whole, without spaces or line ends.",
            )
        self.base: BaseUrl = host.base
        self.kept = Kept()
        self.session = GitLabSession(host.base, settings)
        self._flights = Flights()
        self._numbers = itertools.count()
        self._changes = next(self._numbers)  # another number before and after each request that may change GitLab
        self._gitlab = gitlab.Gitlab(
            host.base.url,
            # GitLab takes personal, group, project and OAuth tokens as bearers.
            oauth_token=token.reveal(),
            ssl_verify=host.ca_file if host.verify and host.ca_file else host.verify,
            session=self.session,
            user_agent="jupyterlab-gitlab-workflow",
            keep_base_url=True,
        )

    def get(self, path: str, answer: type[Answer], query: Mapping[str, Any] | None = None) -> Answer:
        return self._call("get", path, answer, query=query)

    def post(self, path: str, answer: type[Answer], body: Mapping[str, Any] | None = None) -> Answer:
        return self._call("post", path, answer, body=body or {})

    def put(self, path: str, answer: type[Answer], body: Mapping[str, Any]) -> Answer:
        return self._call("put", path, answer, body=body)

    def upload(self, path: str, answer: type[Answer], name: str, file: BinaryIO) -> Answer:
        """Sends *file* as a form's, chunk by chunk."""
        response = self._request("post", path, files={"file": (name, file, "application/octet-stream")})
        return self.decode(response.content, answer)

    def head(self, path: str, query: Mapping[str, Any] | None = None) -> Mapping[str, str]:
        """The headers of an answer."""
        headers: Mapping[str, str] = self._request("head", path, query=query).headers
        return headers

    def download(self, path: str) -> bytes:
        """A file's bytes."""
        content: bytes = self._request("get", path).content
        return content

    def delete(self, path: str) -> None:
        self._call("delete", path, type(None))

    def page(
        self,
        path: str,
        answer: type[Answer],
        query: Mapping[str, Any] | None = None,
        *,
        page: int = 1,
        per_page: int = 20,
    ) -> Page[Answer]:
        """One page of a list; *per_page* is at most :data:`MOST_PER_PAGE`."""
        asked = {**(query or {}), "page": page, "per_page": min(per_page, MOST_PER_PAGE)}
        response = self._request("get", path, query=asked)
        items = self.decode(response.content, list[answer])  # type: ignore[valid-type]
        return Page(items, _number(response.headers.get("X-Next-Page")), _number(response.headers.get("X-Total")))

    def every(
        self, path: str, answer: type[Answer], query: Mapping[str, Any] | None = None, *, most: int
    ) -> list[Answer]:
        """The items of a list, all its pages, but not more than *most*; whoever asks for the same meanwhile gets them.

        An answer from before a change of this client's is never given to somebody who asks after it.
        """

        def ask(number: int) -> Page[Answer]:
            return self.page(path, answer, query, page=number, per_page=MOST_PER_PAGE)

        key = (path, answer, tuple(sorted((query or {}).items())), most, self._changes)
        return self._flights.share(key, lambda: every(ask, most))

    def _call(
        self,
        verb: str,
        path: str,
        answer: type[Answer],
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        return self.decode(self._request(verb, path, query=query, body=body).content, answer)

    def _request(
        self,
        verb: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> Any:
        reading = verb in ("get", "head")
        if not reading:
            self._changes = next(self._numbers)
        try:
            return translated(
                self.base,
                lambda: self._gitlab.http_request(
                    verb,
                    path,
                    query_data=dict(query or {}),
                    post_data=None if body is None else dict(body),
                    files=None if files is None else dict(files),
                    # Waiting and repeating is the adapter's: it knows which calls may be repeated and for how long.
                    obey_rate_limit=False,
                    retry_transient_errors=False,
                ),
            )
        except RefusedError as refused:
            if refused.http_status == 401:
                self.kept.drop("token")  # what was known about the token may no longer be true
                self.kept.drop("user")
            raise
        finally:
            if not reading:
                self._changes = next(self._numbers)

    def decode(self, content: bytes, answer: type[Answer]) -> Answer:
        """JSON as *answer*; ``NoneType`` for a body that is not looked at."""
        if answer is type(None):
            return None
        try:
            return decoder(answer, strict=False).decode(content)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            fault = unreadable(self.base)
        raise fault


def is_sendable(token: Secret) -> bool:
    """Whether *token* can stand in an HTTP header: requests would show any other in its exception."""
    text = token.reveal()
    return 0 < len(text) <= 4_096 and text.isascii() and text.isprintable() and " " not in text


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
