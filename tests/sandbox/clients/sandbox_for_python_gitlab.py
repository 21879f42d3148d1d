"""A pytest plugin that lets python-gitlab's own functional tests run against a sandbox, unmodified.

Their fixtures expect pytest-docker and a GitLab container. Here ``SANDBOX_URL`` and ``SANDBOX_TOKEN`` say where the
sandbox is; asking the container for a token gives that token; and pauses that let GitLab's background jobs catch up are
skipped, since the sandbox is done when it answers.
"""

from __future__ import annotations

import os
import subprocess
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

_address = urlsplit(os.environ["SANDBOX_URL"])
_check_output = subprocess.check_output


class _Services:
    """What the tests ask of pytest-docker's object of this name."""

    def port_for(self, service: str, container_port: int) -> int:
        assert _address.port is not None
        return _address.port

    def wait_until_responsive(self, **_: Any) -> None:
        """It answers already."""


@pytest.fixture(scope="session")
def docker_ip() -> str:
    return str(_address.hostname)


@pytest.fixture(scope="session")
def docker_services() -> _Services:
    return _Services()


def _run(command: list[str], *args: Any, **more: Any) -> Any:
    if command[:2] == ["docker", "exec"]:
        return os.environ["SANDBOX_TOKEN"].encode()
    return _check_output(command, *args, **more)


subprocess.check_output = _run  # before the tests' conftest takes it by name
time.sleep = lambda seconds: None
