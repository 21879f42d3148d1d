"""A server that looks like a GitLab until it is told to misbehave."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER = {"id": 7, "username": "odd", "name": "Odd", "state": "active", "web_url": "http://127.0.0.1/odd"}
TOKEN = {"id": 1, "name": "t", "revoked": False, "active": True, "scopes": ["api"], "user_id": 7, "expires_at": None}


@dataclass
class OddGitLab:
    """*mode* decides over all answers: ``good``, ``html``, ``500``, ``429``, ``slow``, ``redirect``, ``garbage``."""

    url: str
    mode: str = "good"
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Path and PRIVATE-TOKEN of every request."""


@contextmanager
def odd_gitlab() -> Iterator[OddGitLab]:
    """One that answers on a free port of this machine."""
    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.seen.append((self.path, self.headers.get("PRIVATE-TOKEN", "")))
            if found.mode == "slow":
                released.wait(20)
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    def answer(path: str) -> tuple[int, dict[str, str], bytes]:
        kind = {"Content-Type": "application/json"}
        if found.mode == "html":
            return 200, {"Content-Type": "text/html"}, b"<html><body>Please log in to the proxy</body></html>\n"
        if found.mode == "500":
            return 500, kind, b'{"message":"500 Internal Server Error"}'
        if found.mode == "429":
            return 429, {"Content-Type": "text/plain", "Retry-After": "33"}, b"Retry later\n"
        if found.mode == "redirect":
            return 302, {"Location": "http://localhost:9/elsewhere"}, b""
        if found.mode == "garbage":
            return 200, kind, b'{"truncated": '
        if path.startswith("/api/v4/personal_access_tokens/self"):
            return 200, kind, json.dumps(TOKEN).encode()
        if path.startswith("/api/v4/user"):
            return 200, kind, json.dumps(USER).encode()
        return 404, kind, b'{"message":"404 Project Not Found"}'

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that gave up waiting

    server = Server(("127.0.0.1", 0), Handler)
    found = OddGitLab(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        released.set()
        server.shutdown()
        server.server_close()
        thread.join()
