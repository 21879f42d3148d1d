"""Starting and stopping a sandbox, in the foreground or in a thread of a test."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from . import resources
from .accounts import tokens, users
from .application import make_application
from .instance import Instance
from .repositories.git_http import GitService
from .seed import attempt, plant, undo_interrupted

log = logging.getLogger(__name__)

MAX_BODY = 512 * 1024 * 1024  # of an API call; pushes have no limit


@dataclass(frozen=True)
class Running:
    """A sandbox that answers. ``users`` are ``{"username", "token", "admin"}``, root first."""

    url: str
    users: list[dict[str, Any]]
    instance: Instance

    def token(self, username: str = "root") -> str:
        """The announced token of a user.

        Raises:
            StopIteration: there is none.
        """
        return str(next(user["token"] for user in self.users if user["username"] == username))


def open_instance(data: Path, root_token: str = "") -> Instance:
    """The instance kept under ``data``, made with the administrator ``root`` if it is new.

    What a seed left there that was interrupted is undone.
    """
    data = data.absolute()
    data.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        data.chmod(0o700)  # it holds tokens
    undo_interrupted(data)
    instance = Instance(data, resources.fragments(), resources.listeners())
    root = users.by_username(instance.store, "root")
    if root is None:
        root = users.create(instance.store, "root", "Administrator", "root@example.com", admin=True)
    tokens.announced(instance.store, root, root_token)
    return instance


def announced_users(instance: Instance) -> list[dict[str, Any]]:
    """The users whose tokens are printed at start."""
    rows = instance.store.rows(
        "SELECT username, token, admin FROM personal_access_tokens t JOIN users ON users.id = t.user_id"
        " WHERE announced ORDER BY users.id"
    )
    return [{**row, "admin": bool(row["admin"])} for row in rows]


def plant_seed(instance: Instance, seed: str) -> None:
    """Fill a new instance as ``seed`` says: ``empty`` or ``demo``. One that has projects already stays as it is.

    The instance must answer already: the demo is planted through its own API.
    """
    if seed != "demo" or instance.store.value("SELECT 1 FROM projects"):
        return
    with attempt(instance):
        plant(instance)


async def serve(
    port: int, data: Path, seed: str, root_token: str, ready: Callable[[Running], None], stop: asyncio.Event
) -> None:
    """Answer on 127.0.0.1 until ``stop`` is set; ``ready`` is called once with what runs.

    Raises:
        OSError: the port is taken.
    """
    sockets = bind_sockets(port, "127.0.0.1")
    executor = ThreadPoolExecutor(max_workers=16, thread_name_prefix="sandbox")
    loop = asyncio.get_running_loop()
    instance = await loop.run_in_executor(executor, open_instance, data, root_token)
    instance.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    service = GitService(instance, executor)
    server = HTTPServer(make_application(instance, resources.router(), service), max_body_size=MAX_BODY)
    try:
        server.add_sockets(sockets)
        planted: asyncio.Future[Any] = asyncio.ensure_future(loop.run_in_executor(executor, plant_seed, instance, seed))
        stopped: asyncio.Future[Any] = asyncio.ensure_future(stop.wait())
        await asyncio.wait({planted, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not planted.done():  # stopped while the seed was planted, which fails now that nothing answers any more
            planted.add_done_callback(lambda future: future.cancelled() or future.exception())
            return
        planted.result()
        ready(Running(instance.url, announced_users(instance), instance))
        await stopped
    finally:
        server.stop()
        await service.end_children()
        await server.close_all_connections()
        executor.shutdown(wait=True, cancel_futures=True)
        instance.close()


def run(port: int, data: Path, seed: str = "empty", root_token: str = "") -> int:
    """Serve in the foreground until SIGINT or SIGTERM; the exit code.

    Once it answers, one line on stdout: ``{"url": …, "users": [{"username", "token", "admin"}, …]}``.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if shutil.which("git") is None:
        log.error("git is not installed, or not on PATH")
        return 1

    def ready(running: Running) -> None:
        log.info("This is a sandbox GitLab for the demo and tests, at %s, with its data in %s", running.url, data)
        print(json.dumps({"url": running.url, "users": running.users}), flush=True)

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        await serve(port, data, seed, root_token, ready, stop)

    try:
        asyncio.run(main())
    except OSError as error:
        log.error("can't start: %s", error)
        return 1
    log.info("stopped")
    return 0


@contextmanager
def running(data: Path, seed: str = "empty", root_token: str = "", port: int = 0) -> Iterator[Running]:
    """A sandbox in a thread with a loop of its own, for tests: ``with running(tmp_path) as gitlab: …``.

    Raises:
        Exception: whatever kept it from starting.
    """
    started = threading.Event()
    box: dict[str, Any] = {}

    def ready(found: Running) -> None:
        box["running"] = found
        started.set()

    async def main() -> None:
        box["stop"], box["loop"] = asyncio.Event(), asyncio.get_running_loop()
        await serve(port, data, seed, root_token, ready, box["stop"])

    def target() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:  # it is raised again in the caller's thread
            box["error"] = error
        finally:
            started.set()

    thread = threading.Thread(target=target, name="sandbox-gitlab", daemon=True)
    thread.start()
    started.wait()
    if "error" in box:
        raise box["error"]
    try:
        yield box["running"]
    finally:
        box["loop"].call_soon_threadsafe(box["stop"].set)
        thread.join()
    if "error" in box:
        raise box["error"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``jupyter gitlab sandbox``."""
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 picks a free one (default)")
    parser.add_argument("--data", type=Path, required=True, help="directory for everything it keeps")
    parser.add_argument("--seed", choices=("demo", "empty"), default="empty", help="what a new instance holds")
    parser.add_argument("--root-token", default="", help="the administrator's token (default: made up and kept)")


def main(args: argparse.Namespace) -> int:
    """Run with parsed options; the exit code."""
    return run(args.port, args.data, args.seed, args.root_token)
