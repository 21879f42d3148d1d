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

Fault = Literal["unsent", "lost", "error", "error_after", "unauthorized"]
"""The connection breaks before the request arrives; after it was carried out; GitLab answers 500 instead of carrying
it out; or after it was; the token is refused."""

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
    """

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.url = ""
        self.seen: list[tuple[str, str]] = []
        self.statuses: list[int] = []
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()

    def fail(self, method: str, path: str, fault: Fault, times: int = 1) -> None:
        """*path* is a pattern that is searched in the request's target."""
        with self._lock:
            self._rules.append(_Rule(method, re.compile(path), fault, times))

    def clear(self) -> None:
        """Nothing goes wrong any more, and nothing has been seen."""
        with self._lock:
            self._rules.clear()
            self.seen.clear()
            self.statuses.clear()

    @property
    def left(self) -> int:
        """How many of the faults have not happened."""
        with self._lock:
            return sum(rule.times for rule in self._rules)

    def take(self, method: str, path: str) -> Fault | None:
        with self._lock:
            self.seen.append((method, path))
            for rule in self._rules:
                if rule.times and rule.method == method and rule.path.search(path):
                    rule.times -= 1
                    return rule.fault
        return None


@contextmanager
def fault_proxy(target: str) -> Iterator[FaultProxy]:
    """A proxy for *target* on a free port of this machine."""
    proxy = FaultProxy(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fault = proxy.take(self.command, self.path)
            if fault == "unsent":
                self._break()
            elif fault == "unauthorized":
                self._answer(401, [("Content-Type", "application/json")], b'{"message":"401 Unauthorized"}')
            elif fault == "error":
                self._fail()
            else:
                answer = self._forward(body)
                if fault == "lost":
                    self._break()
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
            server.shutdown()
            thread.join()
