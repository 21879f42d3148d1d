"""A sandbox GitLab, a faulty server, and connections that know nothing of the user's own tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fault_proxy import FaultProxy, fault_proxy
from sandbox_server import SandboxGitlab, sandbox_gitlab

from jupyterlab_gitlab.remote import Connections, RemoteSettings, Secret

from .fault_server import FaultServer, fault_server
from .world import TOKEN, World, made_world

Connect = Callable[..., Connections]


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxGitlab]:
    with sandbox_gitlab(tmp_path_factory.mktemp("remote-sandbox")) as server:
        yield server


@pytest.fixture
def faulty() -> Iterator[FaultServer]:
    with fault_server() as server:
        yield server


@pytest.fixture
def elsewhere() -> Iterator[FaultServer]:
    """A second one: another host for the first."""
    with fault_server() as server:
        yield server


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Makes connections; the environment and the keyring stay out unless given."""
    made: list[Connections] = []

    def connections(**settings: Any) -> Connections:
        defaults = {"environ": {}, "use_keyring": False, "token_file": tmp_path / "data" / "tokens.json"}
        made.append(Connections(RemoteSettings(**{**defaults, **settings})))
        return made[-1]

    yield connections
    for each in made:
        each.close()


@pytest.fixture
def signed_in(faulty: FaultServer, connect: Connect) -> Connections:
    """Connections with :data:`TOKEN` for the faulty server, which need not be probed."""
    return connect(
        tokens={f"127.0.0.1:{faulty.port}": Secret(TOKEN)},
        environ={"GITLAB_HOST": faulty.url},
        connect_timeout=1.0,
        read_timeout=1.0,
        total_timeout=2.0,
    )


@pytest.fixture
def world(sandbox: SandboxGitlab, connect: Connect) -> World:
    """A project with two people and two branches, each person with connections of their own."""
    return made_world(sandbox, connect)


@pytest.fixture
def proxy(sandbox: SandboxGitlab) -> Iterator[FaultProxy]:
    """The way to the sandbox that *shaky* takes."""
    with fault_proxy(sandbox.url) as found:
        yield found


@pytest.fixture
def shaky(sandbox: SandboxGitlab, connect: Connect, proxy: FaultProxy) -> World:
    """A world whose requests can be made to fail."""
    return made_world(sandbox, connect, proxy.url)
