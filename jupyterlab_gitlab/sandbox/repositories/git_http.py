"""git over HTTP: GitLab's sign-in and push rules in front of ``git http-backend``, everything streamed."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler, stream_request_body

from ..accounts.access import Level, can_read_code, can_read_project, lookup_project, project_level
from ..instance import Instance, RefChange
from ..projects.settings import settings
from ..rest.authentication import BASIC_CHALLENGE, basic_password, find_token, is_active, note_use
from ..store.sqlite import Row
from .push_rules import invitation, may_collaborate, refusal, without_force
from .receive_pack import CommandReader, MalformedPushError, declined, moved

DENIED = (
    "HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you're"
    " required to use a token instead of a password. If a token was provided, it was either incorrect, expired, or"
    " improperly scoped."
)
NOT_FOUND = "The project you were looking for could not be found or you don't have permission to view it."
NO_DOWNLOAD = "You are not allowed to download code from this project."
NO_PUSH = "You are not allowed to push code to this project."
ARCHIVED = "You can't push code to this project. It is archived."

READ_SCOPES = {"api", "read_api", "read_repository", "write_repository"}
WRITE_SCOPES = {"api", "write_repository"}
CHUNK = 256 * 1024
BUFFER = 4 * 1024 * 1024  # what git may say while it still reads: its acknowledgements of a long negotiation


class DeniedError(Exception):
    """git's client gets ``status`` and a line of text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


@dataclass
class GitService:
    """What the handlers share: the instance, its worker threads, and the git processes now running."""

    instance: Instance
    executor: Executor
    children: set[asyncio.subprocess.Process] = field(default_factory=set)

    def enter(self, path: str, authorization: str, writing: bool) -> tuple[Row, Row | None]:
        """The project at ``path`` (no ``.git``) and the user, if that user may read or write its code.

        Raises:
            DeniedError: 401, 403 or 404.
        """
        store = self.instance.store
        user, scopes = self._sign_in(authorization)
        project = lookup_project(store, path) if "/" in path else None
        if user is None and (writing or project is None or project["visibility"] != "public"):
            raise DeniedError(401, DENIED)
        if project is None or not can_read_project(store, user, project):
            raise DeniedError(404, NOT_FOUND)
        if not can_read_code(store, user, project):
            raise DeniedError(403, NO_DOWNLOAD)
        if writing:
            member = project_level(store, user, project) >= Level.DEVELOPER
            if not scopes & WRITE_SCOPES or not (member or may_collaborate(self.instance, project, user)):
                raise DeniedError(403, NO_PUSH)
            if settings(project)["archived"]:
                raise DeniedError(403, ARCHIVED)
        return project, user

    def _sign_in(self, authorization: str) -> tuple[Row | None, set[str]]:
        scheme, _, rest = authorization.partition(" ")
        if not authorization:
            return None, set()
        token = find_token(self.instance.store, basic_password(rest)) if scheme.lower() == "basic" else None
        if token is None or not is_active(token) or not set(token["scopes"].split()) & READ_SCOPES:
            raise DeniedError(401, DENIED)
        user = self.instance.store.get("users", token["user_id"])
        if user["state"] != "active":
            raise DeniedError(401, DENIED)
        note_use(self.instance.store, token)
        return user, set(token["scopes"].split())

    async def end_children(self) -> None:
        """Stop every git that still runs."""
        for child in list(self.children):
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        for child in list(self.children):
            await child.wait()


@stream_request_body
class GitHandler(RequestHandler):
    """The three addresses of the smart protocol."""

    PATTERN = r"/(?P<repository>[^?]+?)(?P<suffix>\.git)?/(?P<action>info/refs|git-upload-pack|git-receive-pack)"

    def initialize(self, service: GitService) -> None:
        self._service = service
        self._child: asyncio.subprocess.Process | None = None
        self._reader: CommandReader | None = None
        self._held = b""  # the start of a push, until its commands are judged
        self._refused: bytes | None = None
        self._project: Row = {}
        self._user: Row | None = None
        self._in_time: list[RefChange] = []

    async def prepare(self) -> None:
        # before the first await, since the body's length is checked right after
        self.request.connection.set_max_body_size(1 << 62)  # type: ignore[union-attr]
        action = self.path_kwargs["action"]
        service = self.get_query_argument("service", "") if action == "info/refs" else action
        if service not in ("git-upload-pack", "git-receive-pack"):
            return self._end(403, "Only git's smart protocol is served here.")
        if (self.request.method == "GET") != (action == "info/refs"):
            return self._end(405, "Method Not Allowed")
        if self.path_kwargs["suffix"] is None:
            if action == "info/refs":
                self.redirect(f"/{self.path_kwargs['repository']}.git/info/refs?service={service}", permanent=True)
                return None
            return self._end(404, NOT_FOUND)
        authorization = self.request.headers.get("Authorization", "")
        try:
            self._project, self._user = await self._work(
                self._service.enter,
                unquote(self.path_kwargs["repository"]),
                authorization,
                service == "git-receive-pack",
            )
        except DeniedError as denied:
            return self._end(denied.status, denied.text)
        if action == "git-receive-pack":
            self._reader = CommandReader("gzip" in self.request.headers.get("Content-Encoding", ""))
        else:
            await self._start()
        return None

    def _end(self, status: int, text: str) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        if status == 401:
            self.set_header("WWW-Authenticate", BASIC_CHALLENGE)
        self.finish(text)

    async def _work(self, function: Any, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._service.executor, function, *args)

    # -- from the client to git

    async def data_received(self, chunk: bytes) -> None:
        if self._refused is not None or self._finished:
            return  # read to the end, so that the client gets to read the answer
        if self._child is not None:
            await self._feed(chunk)
            return
        assert self._reader is not None
        self._held += chunk
        try:
            self._reader.feed(chunk)
        except MalformedPushError as error:
            self._refused = declined(self._reader, str(error))
            return
        if self._reader.complete:
            await self._judge()

    async def _judge(self) -> None:
        assert self._reader is not None and self._user is not None
        instance, changes = self._service.instance, self._reader.changes
        reason = await self._work(refusal, instance, self._project, self._user, changes)
        if reason:
            self._refused = declined(self._reader, reason)
            return
        self._in_time = await self._work(self._judge_time, changes)
        kept = await self._work(without_force, instance, self._project, changes)
        message = await self._work(invitation, instance, self._project, changes)
        await self._start({"SANDBOX_NO_FORCE": f" {' '.join(kept)} " if kept else "", "SANDBOX_MESSAGE": message})
        await self._feed(self._held)
        self._held = b""

    async def _start(self, extra: dict[str, str] | None = None) -> None:
        request, instance = self.request, self._service.instance
        repository = instance.repository(self._project).path
        environment = {
            **instance.git_environment,
            "GIT_PROJECT_ROOT": str(repository.parent),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{repository.name}/{self.path_kwargs['action']}",
            "REQUEST_METHOD": request.method or "GET",
            "QUERY_STRING": request.query,
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": request.headers.get("Content-Length", ""),
            "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": request.remote_ip or "",
            **(extra or {}),
        }
        if self._user is not None:
            environment["REMOTE_USER"] = self._user["username"]
            environment["GIT_COMMITTER_NAME"] = self._user["name"]
            environment["GIT_COMMITTER_EMAIL"] = self._user["email"]
        self._child = await asyncio.create_subprocess_exec(
            "git",
            "http-backend",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=BUFFER,
            env=environment,
        )
        self._service.children.add(self._child)

    async def _feed(self, data: bytes) -> None:
        assert self._child is not None and self._child.stdin is not None
        try:
            self._child.stdin.write(data)
            await self._child.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            pass  # git has ended already; its answer says why

    # -- from git to the client

    async def get(self, **_: str | None) -> None:
        await self._answer()

    async def post(self, **_: str | None) -> None:
        if self._refused is None and self._child is None:
            self._refused = b"0000"  # an empty body, or one that ended within its commands
        if self._refused is not None:
            self.set_header("Content-Type", "application/x-git-receive-pack-result")
            self.set_header("Cache-Control", "no-cache")
            self.finish(self._refused)
            return
        await self._answer()

    async def _answer(self) -> None:
        child = self._child
        assert child is not None and child.stdin is not None and child.stdout is not None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            child.stdin.close()
        try:
            self.clear_header("Content-Type")
            while line := (await child.stdout.readline()).strip():
                name, _, value = line.decode("latin-1").partition(":")
                if name.lower() == "status":
                    self.set_status(int(value.split()[0]))
                else:
                    self.set_header(name, value.strip())
            while piece := await child.stdout.read(CHUNK):
                self.write(piece)
                await self.flush()
            await child.wait()
            if self._in_time:
                await self._work(self._after_push, self._in_time)
            self.finish()
        except StreamClosedError:
            pass  # the client went away; on_connection_close ends git
        finally:
            self._service.children.discard(child)

    def _judge_time(self, changes: list[RefChange]) -> list[RefChange]:
        """Those that begin where their refs are now; git refuses the others: a push that was sent twice, say."""
        refs = self._refs()
        return [change for change in changes if refs.get(change.ref, "0" * len(change.old)) == change.old]

    def _after_push(self, changes: list[RefChange]) -> None:
        assert self._user is not None
        self._service.instance.post_receive(self._project, moved(changes, self._refs()), self._user)

    def _refs(self) -> dict[str, str]:
        """By full name."""
        found = self._service.instance.repository(self._project).refs("refs/")
        return {f"refs/{name}": sha for name, sha in found.items()}

    def on_connection_close(self) -> None:
        if self._child is not None and self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._child.terminate()

    def compute_etag(self) -> str | None:
        return None
