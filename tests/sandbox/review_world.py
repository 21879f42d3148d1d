"""A sandbox with people in it and projects whose branches are pushed over HTTP."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gitlab
import requests

from jupyterlab_gitlab.sandbox.server import Running, running

from .little_repo import LittleRepo, numbered

PEOPLE = {"ada": 40, "dev": 30, "rita": 20, "guest": 10, "stranger": 0}
"""Username to access level in every project of the world: ``ada`` maintains, ``dev`` develops, ``rita`` reports."""


@dataclass
class Branches:
    """A project with ``main`` and ``feature`` pushed; the commits by name, the bare repository they are made in."""

    id: int
    path: str
    repo: LittleRepo
    main: str
    feature: str

    @property
    def api(self) -> str:
        return f"/projects/{self.id}"


class World:
    """One running sandbox; ``call`` speaks raw HTTP as one of PEOPLE, ``client`` python-gitlab."""

    def __init__(self, sandbox: Running, folder: Path) -> None:
        self.sandbox, self.folder, self.url = sandbox, folder, sandbox.url
        self.tokens = {"root": sandbox.token()}
        self.ids: dict[str, int] = {}
        self._numbers = itertools.count(1)
        for name in PEOPLE:
            user = self.call("POST", "/users", username=name, name=name.title(), email=f"{name}@example.org").json()
            self.ids[name] = user["id"]
            token = self.call("POST", f"/users/{user['id']}/personal_access_tokens", name="t", scopes=["api"])
            self.tokens[name] = token.json()["token"]

    def call(self, method: str, path: str, user: str | None = "root", /, **params: Any) -> requests.Response:
        """One API call with JSON parameters; ``user=None`` signs nobody in."""
        headers = {"PRIVATE-TOKEN": self.tokens[user]} if user else {}
        return requests.request(method, f"{self.url}/api/v4{path}", headers=headers, json=params, timeout=30)

    def ok(self, method: str, path: str, user: str = "ada", /, **params: Any) -> Any:
        """The body of a call that must succeed."""
        answer = self.call(method, path, user, **params)
        assert answer.ok, (answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def client(self, user: str = "ada") -> gitlab.Gitlab:
        return gitlab.Gitlab(self.url, private_token=self.tokens[user], retry_transient_errors=False)

    def project(
        self,
        main: Mapping[str, str | bytes] | None = None,
        feature: Mapping[str, str | bytes] | None = None,
        **settings: Any,
    ) -> Branches:
        """A private project of root with PEOPLE in it; ``feature`` is one commit on top of ``main``."""
        number = next(self._numbers)
        made = self.ok("POST", "/projects", "root", name=f"p{number}", **settings)
        for name, level in PEOPLE.items():
            if level:
                self.ok("POST", f"/projects/{made['id']}/members", "root", user_id=self.ids[name], access_level=level)
        repo = LittleRepo(self.folder / str(number) / "work.git")
        files = main or {"f": numbered(60)}
        base = repo.commit_files(files, branch="main")
        head = repo.commit_files(
            feature or {**files, "f": numbered(60, {30: "thirty"})}, base, message="Change line 30"
        )
        branches = Branches(made["id"], made["path_with_namespace"], repo, base, head)
        self._push(branches, "root", f"{base}:refs/heads/main", f"{head}:refs/heads/feature")
        return branches

    def push(self, project: Branches, branch: str, commit: str, user: str = "root") -> None:
        """Push ``commit`` (empty: delete the branch) over HTTP, by force."""
        self._push(project, user, f"{commit}:refs/heads/{branch}")

    def _push(self, project: Branches, user: str, *refspecs: str) -> None:
        scheme, _, rest = self.url.partition("://")
        remote = f"{scheme}://{user}:{self.tokens[user]}@{rest}/{project.path}.git"
        project.repo.run("push", "--quiet", "--force", remote, *refspecs)

    def open(self, project: Branches, user: str = "dev", **params: Any) -> dict[str, Any]:
        """A merge request from ``feature`` to ``main``."""
        wanted = {"source_branch": "feature", "target_branch": "main", "title": "Round thirty", **params}
        answer: dict[str, Any] = self.ok("POST", f"{project.api}/merge_requests", user, **wanted)
        return answer

    def comment(
        self, project: Branches, iid: int, old: int | None, new: int | None, user: str = "ada", **more: Any
    ) -> requests.Response:
        """A thread on a line of ``f`` in the current version (or with what ``more`` says of the position)."""
        refs = self.ok("GET", f"{project.api}/merge_requests/{iid}")["diff_refs"]
        position = {**refs, "position_type": "text", "old_path": "f", "new_path": "f", "old_line": old, "new_line": new}
        path = f"{project.api}/merge_requests/{iid}/discussions"
        return self.call("POST", path, user, body="Why?", position={**position, **more})


@contextmanager
def review_world(folder: Path) -> Iterator[World]:
    """A new sandbox and its World."""
    with running(folder / "data") as sandbox:
        yield World(sandbox, folder)
