"""The HTTP door: the API, git over HTTP, and a page that says what this is."""

from __future__ import annotations

import asyncio
import html
import mimetypes
from concurrent.futures import Executor
from urllib.parse import unquote

from tornado.web import Application, RequestHandler

from .accounts import avatars
from .instance import Instance
from .repositories.git_http import GitHandler, GitService
from .rest.api import PREFIX, RawCall, answer
from .rest.routing import Router

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox GitLab</title>
<style>body {{ font-family: system-ui, sans-serif; margin: 4rem auto; max-width: 40rem; padding: 0 1rem }}</style>
</head><body>
<h1>This is a sandbox GitLab for the demo and tests</h1>
<p>It speaks GitLab's REST API (under <code>{url}/api/v4</code>) and git over HTTP, on this machine only.
It has no web interface: on a real GitLab this address (<code>{path}</code>) would be a page.</p>
</body></html>
"""


class ApiHandler(RequestHandler):
    """Everything under /api/v4, answered in a worker thread."""

    def initialize(self, instance: Instance, router: Router, executor: Executor) -> None:
        self._instance, self._router, self._executor = instance, router, executor

    async def prepare(self) -> None:
        raw = self.request
        call = RawCall(raw.method or "GET", raw.path, raw.query, raw.headers, raw.body)
        loop = asyncio.get_running_loop()
        reply = await loop.run_in_executor(self._executor, answer, self._instance, self._router, call)
        self.set_status(reply.status)
        self.set_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.set_header(name, value)
        if reply.status in (204, 304):
            self.finish()
        else:
            self.finish(reply.body)

    def compute_etag(self) -> str | None:
        return None  # the answer carries its own


class PageHandler(RequestHandler):
    """Any other address, such as a ``web_url``."""

    def initialize(self, instance: Instance) -> None:
        self._instance = instance

    def get(self) -> None:
        if ".git/" in self.request.path:  # git's dumb protocol would take the page for a file
            self.set_status(404)
            return
        self.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.finish(PAGE.format(url=html.escape(self._instance.url), path=html.escape(self.request.path)))

    head = get


class AvatarHandler(RequestHandler):
    """Pictures of users and projects."""

    def initialize(self, instance: Instance) -> None:
        self._instance = instance

    def get(self, kind: avatars.Kind, key: str, name: str) -> None:
        content = avatars.read(self._instance, kind, int(key), unquote(name)) if len(key) < 19 else None
        if content is None:
            self.set_status(404)
            return
        self.set_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
        self.finish(content)


def make_application(instance: Instance, router: Router, service: GitService) -> Application:
    """The Tornado application for one instance."""
    return Application(
        [
            (PREFIX + r"/.*", ApiHandler, {"instance": instance, "router": router, "executor": service.executor}),
            (r"/uploads/-/system/(user|project)/avatar/(\d+)/([^/]+)", AvatarHandler, {"instance": instance}),
            (GitHandler.PATTERN, GitHandler, {"service": service}),
            (r".*", PageHandler, {"instance": instance}),
        ],
        log_function=lambda handler: None,
    )
