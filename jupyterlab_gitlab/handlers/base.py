"""What every route does: find it, decode the request, run its service in a worker thread, encode the reply."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, BinaryIO

from ..contract import openapi
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..services.context import ServiceContext
from .binding import Binding, Call
from .replies import Answer, encode_failure, encode_reply
from .requests import decode_body, decode_query
from .routes import ROUTES, Routes

if TYPE_CHECKING:
    from ..config import GitLabConfig


class Api:
    """The services behind their doors, with the threads that they run in.

    Local work (git, diffs) and work that waits for GitLab have a pool each, so that a slow GitLab never keeps the
    panel from showing what changed.
    """

    def __init__(self, config: GitLabConfig, contents_manager: Any, log: logging.Logger) -> None:
        self._log = log
        self._context = ServiceContext(config, contents_manager, log)
        self._routes: Routes = ROUTES
        self._running: set[threading.Event] = set()
        self._pools = {
            name: ThreadPoolExecutor(config.pool_size, thread_name_prefix=f"gitlab-{name}")
            for name in ("local", "remote")
        }

    async def answer(
        self,
        *,
        method: str,
        path: str,
        query: Mapping[str, list[bytes]],
        body: bytes | BinaryIO,
        on_close: Callable[[Callable[[], object]], object],
    ) -> Answer:
        """The reply to a request; failures are replies too, nothing is raised.

        Parameters
        ----------
        path: the request's path below the prefix, still percent-encoded.
        body: the bytes, or an open file of them.
        on_close: takes a function to call when the client goes away.
        """
        try:
            if path == "/openapi.json" and method == "GET":
                return Answer(openapi.text().encode())
            binding, arguments = self._routes.find(method, path)
            operation = binding.operation
            cancel = threading.Event()
            call = Call(
                params=decode_query(query, operation.params),
                body=decode_body(body, operation.body),
                arguments=arguments,
                cancel=cancel,
            )
            future = self._pools[binding.pool].submit(self._work, binding, call)
            self._running.add(cancel)
            future.add_done_callback(lambda _: self._running.discard(cancel))
            on_close(cancel.set)
            on_close(future.cancel)
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            gone = GitLabWorkflowError(ErrorCode.CANCELLED, "The request was cancelled.")
            return encode_failure(gone.reply(), gone.status)
        except Exception as error:  # every failure has the one shape
            return self._failure(error)

    def _work(self, binding: Binding, call: Call) -> Answer:
        """Runs in a worker thread; big replies are encoded here, too."""
        if call.cancel.is_set():
            raise GitLabWorkflowError(ErrorCode.CANCELLED, "The request was cancelled.")
        reply = binding.function(self._context, call)
        return encode_reply(reply, binding, call)

    def _failure(self, error: Exception) -> Answer:
        if isinstance(error, GitLabWorkflowError):
            reply, status = error.reply(), error.status
            if status >= 500:
                self._log.warning("GitLab: %s", self._context.without_secrets(f"{error.code.value}: {error}"))
        else:
            self._log.error("GitLab: unexpected failure\n%s", self._context.without_secrets(_traceback(error)))
            unexpected = GitLabWorkflowError(
                ErrorCode.INTERNAL,
                "Something went wrong inside the GitLab extension.",
                "Try again; the log of the Jupyter server says more.",
                kind=type(error).__name__,
            )
            reply, status = unexpected.reply(), unexpected.status
        return encode_failure(reply, status, self._context.without_secrets)

    def close(self) -> None:
        """Cancels what runs, drops what waits, and ends kept git processes."""
        for cancel in tuple(self._running):
            cancel.set()
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        self._context.close()


def _traceback(error: Exception) -> str:
    import traceback

    return "".join(traceback.format_exception(error))
