"""The one tornado handler of the extension, light enough to be imported at server start."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
import threading
from collections.abc import Callable
from http.client import responses
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError, authenticated, stream_request_body

if TYPE_CHECKING:
    from ..config import GitLabConfig
    from .base import Api

PREFIX = "/gitlab/api/v1"  # repeated from the contract, which is not imported here

# code, message and hint of the refusals that come from Jupyter or tornado, before any of our own code runs
_REFUSALS: dict[int, tuple[str, str, str]] = {
    401: ("unauthorized", "Jupyter does not know who you are.", "Reload the page and sign in to Jupyter again."),
    403: ("unauthorized", "Jupyter refused this request.", "Reload the page and sign in to Jupyter again."),
    404: ("not_found", "There is nothing at this address.", ""),
    405: ("method_not_allowed", "This address does not answer to this verb.", ""),
    413: ("too_large", "The request is larger than this server takes.", ""),
}


class Rooms:
    """What stands behind the door, furnished on the first request.

    Parameters
    ----------
    config: the administrator's settings.
    contents_manager: Jupyter's, which knows the server root.
    log: the extension's logger.
    """

    def __init__(self, config: GitLabConfig, contents_manager: Any, log: logging.Logger) -> None:
        self._config = config
        self._contents_manager = contents_manager
        self._log = log
        self.max_upload_size = config.max_upload_size
        self._lock = threading.Lock()
        self._api: Api | None = None

    async def open(self) -> Api:
        """The API; its first opening imports for a good part of a second, hence in a thread."""
        if self._api is not None:
            return self._api
        return await asyncio.get_running_loop().run_in_executor(None, self._furnish)

    def _furnish(self) -> Api:
        from .base import Api

        with self._lock:
            if self._api is None:
                self._api = Api(self._config, self._contents_manager, self._log)
            return self._api

    def close(self) -> None:
        """Ends worker threads and processes, if there are any."""
        with self._lock:
            if self._api is not None:
                self._api.close()


class Door(APIHandler):
    """Lets a request in when Jupyter knows its sender and its authorizer allows ``read``/``write`` on ``gitlab``."""

    auth_resource = "gitlab"

    def initialize(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._on_close: list[Callable[[], object]] = []

    @authenticated
    @authorized
    async def get(self, path: str | None) -> None:
        await self._serve(path)

    @authenticated
    @authorized
    async def post(self, path: str | None) -> None:
        await self._serve(path)

    @authenticated
    @authorized
    async def put(self, path: str | None) -> None:
        await self._serve(path)

    @authenticated
    @authorized
    async def delete(self, path: str | None) -> None:
        await self._serve(path)

    async def _serve(self, path: str | None, body: bytes | BinaryIO | None = None) -> None:
        api = await self._rooms.open()
        # the raw path: segments are decoded one by one, so that an encoded slash stays inside its segment
        raw = self.request.path
        below = raw[raw.index(PREFIX, len(self.base_url) - 1) + len(PREFIX) :]
        answer = await api.answer(
            method=self.request.method or "",
            path=below,
            query=self.request.query_arguments,
            body=self.request.body if body is None else body,
            on_close=self._on_close.append,
        )
        self.set_status(answer.status)
        for name, value in answer.headers.items():
            self.set_header(name, value)
        self.finish(answer.body, set_content_type=answer.content_type)

    def on_connection_close(self) -> None:
        """The client went away: nobody waits for the work any more."""
        super().on_connection_close()
        for tell in self._on_close:
            tell()

    def set_default_headers(self) -> None:
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> str | None:
        """None: hashing every reply would cost more than it saves."""
        return None

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Failures outside of the services, in the contract's shape (see ``ErrorReply``)."""
        code, message, hint = _REFUSALS.get(
            status_code,
            ("bad_request", responses.get(status_code, "Bad request"), "")
            if status_code < 500
            else ("internal", "Something went wrong inside the GitLab extension.", "The server's log says more."),
        )
        error = kwargs.get("exc_info", (None, None, None))[1]
        details: dict[str, Any] = {}
        if isinstance(error, HTTPError) and error.log_message and status_code < 500:
            details["reason"] = str(error.log_message)
        self.set_header("Cache-Control", "no-store")
        body = json.dumps({"code": code, "message": message, "hint": hint, "details": details})
        self.finish(body)


_IN_MEMORY = 1_000_000


@stream_request_body
class UploadDoor(Door):
    """Takes a file as it comes in, without holding all of it in memory: beyond a megabyte it lies on the disk."""

    def initialize(self, rooms: Rooms) -> None:
        super().initialize(rooms)
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed in on_finish
        self._taken = 0
        self._most = rooms.max_upload_size

    async def prepare(self, *args: Any, **kwargs: Any) -> None:
        """Whoever may not come in is turned away before the body is read, and so is too large a body."""
        await super().prepare(*args, **kwargs)
        if self._finished:
            return
        if self.current_user is None:
            raise HTTPError(403)
        length = self.request.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > self._most:
            raise HTTPError(413)

    async def data_received(self, chunk: bytes) -> None:
        """Keeps no more than is allowed, whatever a client without ``Content-Length`` sends."""
        self._taken += len(chunk)
        if self._taken <= self._most:
            await asyncio.get_running_loop().run_in_executor(None, self._file.write, chunk)

    @authenticated
    @authorized
    async def post(self, path: str | None = None) -> None:
        if self._taken > self._most:
            raise HTTPError(413)
        self._file.seek(0)
        await self._serve(path, cast("BinaryIO", self._file))

    def on_finish(self) -> None:
        super().on_finish()
        self._file.close()
