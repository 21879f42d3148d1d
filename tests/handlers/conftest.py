"""A Jupyter server inside the test's own process, for faults and for looking at its log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jupyterlab_gitlab.handlers.base import Api
from jupyterlab_gitlab.handlers.binding import Binding, Call
from jupyterlab_gitlab.handlers.routes import Routes
from jupyterlab_gitlab.services.context import ServiceContext

SECRET = "glpat-" + "s3cret" * 4
TOKENS = {"gitlab.example.org": "plain-looking-token-of-an-old-gitlab", "other.example.org": SECRET}


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {
        "ServerApp": {
            "jpserver_extensions": {"jupyterlab_gitlab": True, "jupyter_server_terminals": False},
            "allow_unauthenticated_access": False,
        },
        "GitLabConfig": {"use_keyring": False, "tokens": TOKENS, "pool_size": 2},
    }


@pytest.fixture
def serve_instead(jp_serverapp: Any, jp_asyncio_loop: Any) -> Callable[[str, Callable[..., Any]], None]:
    """Lets an operation be done by a function ``(call) -> reply`` of the test."""
    app = jp_serverapp.extension_manager.extension_points["jupyterlab_gitlab"].app
    api: Api = jp_asyncio_loop.run_until_complete(app._rooms.open())

    def replace(name: str, function: Callable[[Call], Any]) -> None:
        def service(context: ServiceContext, call: Call) -> Any:
            return function(call)

        api._routes = Routes(
            Binding(one.operation, service, one.pool, one.immutable) if one.operation.name == name else one
            for one in api._routes.bindings
        )

    return replace
