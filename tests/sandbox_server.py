"""A sandbox GitLab for tests, in a thread of the test process, with short ways to make people and projects."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gitlab
import requests
from gitlab.v4.objects import Project

from jupyterlab_gitlab.sandbox.instance import Instance
from jupyterlab_gitlab.sandbox.server import running

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """A user of the sandbox with a token; ``gl`` is the real client, signed in."""

    id: int
    username: str
    token: str
    gl: gitlab.Gitlab


@dataclass(frozen=True)
class SandboxGitlab:
    """A running sandbox; ``root`` is its administrator."""

    url: str
    root: Person
    instance: Instance

    def person(self, username: str = "", scopes: Sequence[str] = ("api",), **token: Any) -> Person:
        """A new user; ``token`` goes to the making of the token (``expires_at``)."""
        username = username or f"user{next(_numbers)}"
        user = self.root.gl.users.create(
            {"username": username, "name": username.title(), "email": f"{username}@example.com", "reset_password": True}
        )
        return Person(user.id, username, *self.token(user.id, scopes, **token))

    def token(self, user_id: int, scopes: Sequence[str] = ("api",), **more: Any) -> tuple[str, gitlab.Gitlab]:
        """A new token of a user, and a client that uses it."""
        user = self.root.gl.users.get(user_id, lazy=True)
        made = user.personal_access_tokens.create({"name": "test", "scopes": list(scopes), **more})
        return made.token, gitlab.Gitlab(self.url, private_token=made.token)

    def project(self, owner: Person | None = None, **settings: Any) -> Project:
        """A new project in the owner's (or root's) namespace."""
        gl = (owner or self.root).gl
        return gl.projects.create({"name": f"project-{next(_numbers)}", **settings})

    def call(self, method: str, path: str, token: str | None = "", **more: Any) -> requests.Response:
        """A plain HTTP call below /api/v4, as root unless told; ``token=None`` is anonymous."""
        headers = dict(more.pop("headers", {}))
        if token is not None:
            headers["PRIVATE-TOKEN"] = token or self.root.token
        return requests.request(method, f"{self.url}/api/v4{path}", headers=headers, timeout=30, **more)

    def remote(self, project: Project, token: str = "", user: str = "git") -> str:
        """The address to push to, with a token in it."""
        return str(project.http_url_to_repo).replace("://", f"://{user}:{token or self.root.token}@")


@contextmanager
def sandbox_gitlab(data: Path, **options: Any) -> Iterator[SandboxGitlab]:
    """A sandbox that keeps its state under ``data`` and ends with the block."""
    with running(data, **options) as found:
        token = found.token()
        gl = gitlab.Gitlab(found.url, private_token=token)
        gl.auth()
        assert gl.user is not None
        yield SandboxGitlab(found.url, Person(gl.user.id, "root", token, gl), found.instance)
