"""What goes wrong behind the door, and what the browser and the log are told."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from jupyterlab_gitlab.contract.diffs import OutputBody
from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.system import Status
from jupyterlab_gitlab.services.blobs import Blob

from .conftest import SECRET, TOKENS

API = ("gitlab", "api", "v1")
SHA = "a" * 40
Serve = Callable[[str, Callable[..., Any]], None]


async def refused(jp_fetch: Any, *path: str, **options: Any) -> tuple[int, dict[str, Any], Any]:
    with pytest.raises(HTTPClientError) as caught:
        await jp_fetch(*API, *path, **options)
    response = caught.value.response
    assert response is not None
    return caught.value.code, json.loads(response.body), response.headers


def raising(error: Exception) -> Callable[..., Any]:
    def function(call: Any) -> Any:
        raise error

    return function


async def test_a_base_url_stands_before_every_route(jp_fetch: Any, jp_base_url: str) -> None:
    assert jp_base_url != "/"
    response = await jp_fetch(*API, "status")
    assert json.loads(response.body)["git"]


async def test_an_unexpected_failure_is_logged_without_secrets_and_told_without_details(
    jp_fetch: Any, serve_instead: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    serve_instead("get_status", raising(RuntimeError(f"broken: {SECRET} {TOKENS['gitlab.example.org']}")))
    status, reply, _ = await refused(jp_fetch, "status")
    log = caplog.text
    assert status == 500
    assert reply["code"] == "internal"
    assert reply["details"] == {"kind": "RuntimeError"}
    assert "Traceback" in log and "broken: [hidden] [hidden]" in log
    for text in (log, json.dumps(reply)):
        assert SECRET not in text and TOKENS["gitlab.example.org"] not in text


async def test_a_secret_in_gits_own_output_does_not_reach_the_browser(jp_fetch: Any, serve_instead: Serve) -> None:
    serve_instead(
        "get_status",
        raising(GitLabWorkflowError(ErrorCode.GIT_FAILED, f"remote: {SECRET}", output=TOKENS["gitlab.example.org"])),
    )
    status, reply, _ = await refused(jp_fetch, "status")
    assert (status, reply["code"]) == (422, "git_failed")
    assert reply["message"] == "remote: [hidden]"
    assert reply["details"] == {"output": "[hidden]"}


@pytest.mark.parametrize("code", ErrorCode, ids=lambda code: code.value)
async def test_every_code_has_its_status(jp_fetch: Any, serve_instead: Serve, code: ErrorCode) -> None:
    error = GitLabWorkflowError(code, "what happened", "what to do", extra=1)
    serve_instead("get_status", raising(error))
    status, reply, _ = await refused(jp_fetch, "status")
    assert status == error.status
    assert reply == {"code": code.value, "message": "what happened", "hint": "what to do", "details": {"extra": 1}}


async def test_a_rate_limit_says_when_to_come_back(jp_fetch: Any, serve_instead: Serve) -> None:
    serve_instead("get_status", raising(GitLabWorkflowError(ErrorCode.RATE_LIMITED, "Slow down.", retry_after=12.4)))
    status, _, headers = await refused(jp_fetch, "status")
    assert status == 429
    assert headers["Retry-After"] == "12"


async def test_lone_surrogates_become_replacement_characters(jp_fetch: Any, serve_instead: Serve) -> None:
    serve_instead("get_status", lambda call: Status(version="a\ud800b", git=None))
    response = await jp_fetch(*API, "status")
    assert json.loads(response.body) == {"version": "a\ufffdb", "git": None}


async def test_slow_services_hold_up_neither_the_loop_nor_each_other(jp_fetch: Any, serve_instead: Serve) -> None:
    free = threading.Event()
    serve_instead("get_account", lambda call: free.wait(20) and Status(version="slow", git=None))
    # more than GitLab's pool has threads: local work is answered all the same
    waiting = [asyncio.ensure_future(jp_fetch(*API, "accounts")) for _ in range(5)]
    try:
        started = time.monotonic()
        await jp_fetch(*API, "status")
        assert time.monotonic() - started < 10
        assert not any(request.done() for request in waiting)
    finally:
        free.set()
    for response in await asyncio.gather(*waiting):
        assert json.loads(response.body)["version"] == "slow"


async def test_work_is_cancelled_when_its_client_goes_away(
    jp_fetch: Any, serve_instead: Serve, jp_http_port: int, jp_base_url: str, jp_auth_header: dict[str, str]
) -> None:
    started, cancelled = threading.Event(), threading.Event()

    def slow(call: Any) -> Any:
        started.set()
        if call.cancel.wait(20):
            cancelled.set()
        return Status(version="", git=None)

    serve_instead("get_status", slow)
    _, writer = await asyncio.open_connection("127.0.0.1", jp_http_port)
    writer.write(
        f"GET {jp_base_url}gitlab/api/v1/status HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: {jp_auth_header['Authorization']}\r\n\r\n".encode()
    )
    await writer.drain()
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(None, started.wait, 20)
    writer.close()
    assert await loop.run_in_executor(None, cancelled.wait, 20)


async def test_an_output_may_be_kept_for_good_by_the_browser_but_by_no_proxy(
    jp_fetch: Any, serve_instead: Serve
) -> None:
    serve_instead("get_output", lambda call: OutputBody(output={}))
    query = {"revision": "WORKTREE", "path": "a", "cell": "0", "output": "0", "digest": "d"}
    response = await jp_fetch(*API, "outputs", params=query)
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"


async def test_an_output_that_is_no_longer_there_is_not_kept(jp_fetch: Any, serve_instead: Serve) -> None:
    serve_instead("get_output", raising(GitLabWorkflowError(ErrorCode.FILE_CHANGED, "It changed.")))
    query = {"revision": "WORKTREE", "path": "a", "cell": "0", "output": "0", "digest": "d"}
    _, _, headers = await refused(jp_fetch, "outputs", params=query)
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("revision", "kept"), [(SHA, "private, max-age=31536000, immutable"), ("HEAD", "no-store"), ("abc", "no-store")]
)
async def test_only_a_commits_own_files_are_kept(jp_fetch: Any, serve_instead: Serve, revision: str, kept: str) -> None:
    serve_instead("get_blob", lambda call: Blob(b"x", "plot.png", "image/png"))
    response = await jp_fetch(*API, "blobs", params={"revision": revision, "path": "plot.png"})
    assert response.headers["Cache-Control"] == kept


@pytest.mark.parametrize(
    ("name", "mime_type", "content_type", "disposition"),
    [
        ("plot.png", "image/png", "image/png", "inline"),
        ("plot.svg", "image/svg+xml", "image/svg+xml", "inline"),
        ("page.html", "text/html", "application/octet-stream", "attachment"),
        ("code.js", "text/javascript", "application/octet-stream", "attachment"),
        ("nothing", None, "application/octet-stream", "attachment"),
        ('a"\r\nX: y.png', "image/png", "image/png", "inline"),
    ],
)
async def test_files_of_a_repository_can_do_no_harm(
    jp_fetch: Any, serve_instead: Serve, name: str, mime_type: str, content_type: str, disposition: str
) -> None:
    serve_instead("get_blob", lambda call: Blob(b"<script>", name, mime_type))
    response = await jp_fetch(*API, "blobs", params={"revision": SHA, "path": "x"})
    assert response.body == b"<script>"
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"].startswith(disposition)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "X" not in response.headers


async def test_the_authorizer_decides_over_reading_and_writing(jp_fetch: Any, jp_serverapp: Any) -> None:
    asked: list[tuple[str, str]] = []

    class OnlyReading:
        def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
            asked.append((action, resource))
            return action == "read"

    jp_serverapp.web_app.settings["authorizer"] = OnlyReading()
    await jp_fetch(*API, "status")
    status, reply, _ = await refused(jp_fetch, "fetches", method="POST", body="{}")
    assert (status, reply["code"]) == (403, "unauthorized")
    assert asked == [("read", "gitlab"), ("write", "gitlab")]


async def test_work_is_cancelled_when_the_server_stops(jp_fetch: Any, jp_serverapp: Any, serve_instead: Serve) -> None:
    started = threading.Event()

    def slow(call: Any) -> Any:
        started.set()
        return Status(version="cancelled" if call.cancel.wait(20) else "waited", git=None)

    serve_instead("get_status", slow)
    waiting = asyncio.ensure_future(jp_fetch(*API, "status"))
    assert await asyncio.get_running_loop().run_in_executor(None, started.wait, 20)
    await jp_serverapp.extension_manager.extension_points["jupyterlab_gitlab"].app.stop_extension()
    assert json.loads((await waiting).body)["version"] == "cancelled"
