"""A way to a GitLab on which single requests go wrong, before or after they have arrived."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

Fault = Literal["unsent", "lost", "timeout", "timeout_after", "error", "error_after", "unauthorized", "delayed"]
"""The connection breaks before the request arrives; after it was carried out; no answer comes for
:data:`HOLD` seconds, with the same two cases; GitLab answers 500 instead of carrying it out; or after it was; the token
is refused; the request arrives a little later."""

AFTER = ("lost", "timeout_after", "error_after")
"""Faults of which it makes a difference that the request was carried out."""

HOLD = 1.5
"""Seconds; more than the clients of these tests wait for an answer."""

_NAMES = [
    (re.compile(pattern), name)
    for pattern, name in (
        (r"(?<=/repository/files/).*", ":path"),
        (r"(?<=/repository/branches/)[^/]+", ":branch"),
        (r"(?<=^/projects/)[^/]+", ":id"),
        (r"(?<=/)[0-9a-f]{40}(?=/|$)", ":id"),
        (r"(?<=/)\d+(?=/|$)", ":id"),
    )
]
_HOP = ("connection", "transfer-encoding", "keep-alive", "content-length")


@dataclass
class _Rule:
    method: str
    path: re.Pattern[str]
    fault: Fault
    times: int


class FaultProxy:
    """Hands everything on to one server. :meth:`fail` makes the next fitting requests go wrong.

    *seen*: method and target of the requests so far. *statuses*: what the server answered, in no certain order.
    *failed*: the requests (see :func:`request_of`) that :meth:`fail_each` has made go wrong.
    """

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.url = ""
        self.seen: list[tuple[str, str]] = []
        self.statuses: list[int] = []
        self.failed: list[str] = []
        self._rules: list[_Rule] = []
        self._each: Fault | None = None
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self.held = threading.Event()
        """Set once a request is being held up."""

    def fail(self, method: str, path: str, fault: Fault, times: int = 1) -> None:
        """*path* is a pattern that is searched in the request's target."""
        with self._lock:
            self._rules.append(_Rule(method, re.compile(path), fault, times))

    def fail_each(self, fault: Fault) -> None:
        """From now on each request (see :func:`request_of`) goes wrong the first time that it comes.

        Reading is left alone by faults that are about what was carried out.
        """
        with self._lock:
            self._each = fault
            self.failed.clear()

    def clear(self) -> None:
        """Nothing goes wrong any more, and nothing has been seen."""
        with self._lock:
            self._rules.clear()
            self._each = None
            self.failed.clear()
            self.held.clear()
            self.seen.clear()
            self.statuses.clear()

    @property
    def left(self) -> int:
        """How many of the faults have not happened."""
        with self._lock:
            return sum(rule.times for rule in self._rules)

    def take(self, method: str, path: str, *, signed: bool = True) -> Fault | None:
        """What is to become of a request. *signed*: it has a token, which alone can be refused."""
        with self._lock:
            self.seen.append((method, path))
            for rule in self._rules:
                if rule.times and rule.method == method and rule.path.search(path):
                    rule.times -= 1
                    return rule.fault
            request = request_of(method, path)
            if self._each is None or request in self.failed or (self._each in AFTER and is_reading(request)):
                return None
            if self._each == "unauthorized" and not signed:
                return None
            self.failed.append(request)
            return self._each


def request_of(method: str, target: str) -> str:
    """What a request is for, without numbers and names: ``PUT /projects/:id/merge_requests/:id/merge``."""
    address = urlsplit(target)
    path = address.path
    if ".git/" in path:
        return f"{method} {path.partition('.git/')[2]} {address.query}".rstrip()
    path = path.removeprefix("/api/v4")
    for pattern, name in _NAMES:
        path = pattern.sub(name, path)
    return f"{method} {path}"


def is_reading(request: str) -> bool:
    """Whether a request changes nothing on the server."""
    return request.startswith(("GET ", "HEAD ")) or "git-upload-pack" in request


@contextmanager
def fault_proxy(target: str) -> Iterator[FaultProxy]:
    """A proxy for *target* on a free port of this machine."""
    proxy = FaultProxy(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fault = proxy.take(self.command, self.path, signed="Authorization" in self.headers)
            if fault == "delayed":
                proxy.held.set()
                proxy.closing.wait(HOLD)
            if fault == "unsent":
                self._break()
            elif fault == "timeout":
                self._hold()
            elif fault == "unauthorized":
                basic = ("WWW-Authenticate", 'Basic realm="GitLab"')
                self._answer(401, [("Content-Type", "application/json"), basic], b'{"message":"401 Unauthorized"}')
            elif fault == "error":
                self._fail()
            else:
                answer = self._forward(body)
                if fault == "lost":
                    self._break()
                elif fault == "timeout_after":
                    self._hold()
                elif fault == "error_after":
                    self._fail()
                else:
                    self._answer(*answer)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve

        def _forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            assert proxy.target.hostname
            connection = http.client.HTTPConnection(proxy.target.hostname, proxy.target.port, timeout=30)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in ("connection",)}
            connection.request(self.command, self.path, body or None, headers)
            response = connection.getresponse()
            content = response.read()
            found = [(name, value) for name, value in response.getheaders() if name.lower() not in _HOP]
            connection.close()
            proxy.statuses.append(response.status)
            return response.status, found, content

        def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            if status not in (204, 304):
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def _fail(self) -> None:
            self._answer(500, [("Content-Type", "application/json")], b'{"message":"500 Internal Server Error"}')

        def _hold(self) -> None:
            proxy.closing.wait(HOLD)
            self._break()

        def _break(self) -> None:
            self.close_connection = True
            self.connection.close()

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a connection that was broken on purpose

    with Server(("127.0.0.1", 0), Handler) as server:
        proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.closing.set()
            server.shutdown()
            thread.join()
