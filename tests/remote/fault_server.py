"""A server that answers as a test says: for the faults that no healthy GitLab shows."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CERTIFICATE = Path(__file__).parent / "tls" / "cert.pem"
UNAUTHORIZED = {"message": "401 Unauthorized"}


@dataclass(frozen=True)
class Asked:
    """A request that arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answer:
    """What to send. A *body* that is no bytes is sent as JSON. *cut*: close the connection without any answer.

    *drip*: send the body byte by byte until *released* is set or the other side goes away.
    """

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    drip: bool = False
    hang: bool = False


class FaultServer:
    """Answers with *rule*; keeps what was asked."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.asked: list[Asked] = []
        self.rule: Callable[[Asked], Answer] = lambda asked: Answer(404, {"error": "404 Not Found"})
        self.released = threading.Event()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def always(self, answer: Answer) -> None:
        self.rule = lambda asked: answer

    def in_turn(self, *answers: Answer) -> None:
        """One answer after the other, the last one for ever."""
        left = list(answers)
        self.rule = lambda asked: left.pop(0) if len(left) > 1 else left[0]

    def by_path(self, answers: Mapping[str, Answer]) -> None:
        """By the end of the path without its query; 404 for others."""

        def rule(asked: Asked) -> Answer:
            path = asked.path.partition("?")[0]
            found = [answer for end, answer in answers.items() if path.endswith(end)]
            return found[0] if found else Answer(404, {"error": "404 Not Found"})

        self.rule = rule


class QuietServer(ThreadingHTTPServer):
    """Prints nothing about clients that go away or do not speak HTTP."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def fault_server(tls: bool = False) -> Iterator[FaultServer]:
    """A fault server on a free port of the loopback interface; with *tls* it shows :data:`CERTIFICATE`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
            faulty.asked.append(asked)
            answer = faulty.rule(asked)
            if answer.cut:
                self.close_connection = True
                return
            if answer.hang:
                faulty.released.wait(30)
                self.close_connection = True
                return
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            as_json = not isinstance(answer.body, bytes)
            body = json.dumps(answer.body).encode() if as_json else answer.body
            self.send_response(answer.status)
            headers = {"Content-Type": "application/json" if as_json else "text/html", **answer.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            if answer.status not in (204, 304):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "HEAD" or answer.status in (204, 304):
                return
            if not answer.drip:
                self.wfile.write(body)
                return
            self.close_connection = True
            for byte in body:
                if faulty.released.wait(0.02):
                    return
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:
                    return

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _handle

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    server = QuietServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE.with_name("server.pem"))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    faulty = FaultServer(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield faulty
    finally:
        faulty.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
