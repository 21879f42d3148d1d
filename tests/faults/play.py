"""A review by two people through one Jupyter server, each with a way of their own to GitLab on which requests fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api_client import Api, FailedError
from fault_proxy import Fault, FaultProxy, request_of
from git_workspace import Workspace
from gitlab.v4.objects import Project, ProjectMergeRequest
from sandbox_server import Person

MOST_TRIES = 20

TOLD = {
    "gitlab_timeout",
    "gitlab_unreachable",
    "gitlab_error",
    "token_invalid",
    # 401 is also GitLab's answer to whoever may not approve or merge
    "gitlab_forbidden",
    # of git
    "git_auth_failed",
    "git_failed",
    "git_timeout",
    "head_moved",
}
"""How a request that went wrong may be told."""


@dataclass
class Member:
    """One of the two: what they do in JupyterLab, and what GitLab itself shows them."""

    person: Person
    api: Api
    proxy: FaultProxy
    workspace: Workspace
    told: list[str] = field(default_factory=list)
    operations: set[str] = field(default_factory=set)

    def ask(self, name: str, body: Any = None, **parameters: Any) -> Any:
        """The same request until it succeeds, as somebody does who presses *Retry*."""
        self.operations.add(name)
        for _ in range(MOST_TRIES):
            try:
                return self.api(name, body, **parameters)
            except FailedError as error:
                self.hear(error)
        raise AssertionError(f"{name} does not come to an end: {self.told[-MOST_TRIES:]}")

    def sign_in(self) -> None:
        """Until the panel shows who it is; an account with a problem is shown with it."""
        for _ in range(MOST_TRIES):
            found = self.ask("get_account")
            if found.problem is None:
                assert found.username == self.person.username
                return
            assert found.problem.code.value in TOLD and found.problem.hint
            self.told.append(found.problem.code.value)
        raise AssertionError(f"nobody is signed in: {self.told[-MOST_TRIES:]}")

    def say(self, name: str, body: dict[str, Any], known: int, **parameters: Any) -> Any:
        """A text, as its box sends it: the next try says that there was one."""
        self.operations.add(name)
        delivery: dict[str, Any] = {"known": known}
        for _ in range(MOST_TRIES):
            try:
                return self.api(name, {**body, "delivery": delivery}, **parameters)
            except FailedError as error:
                self.hear(error)
                delivery["tried"] = [body["body"]]
        raise AssertionError(f"{name} does not come to an end: {self.told[-MOST_TRIES:]}")

    def hear(self, error: FailedError) -> None:
        """What the page shows: words, and something to do (:class:`FailedError` has looked at the shape)."""
        assert error.code in TOLD, str(error)
        assert error.reply.hint, str(error)
        self.told.append(error.code)


@dataclass
class Play:
    """One review. *fault*: what happens to each request once, in each scene; null for nothing."""

    fault: Fault | None
    project: Project
    author: Member
    reviewer: Member
    branch: str
    target: str
    iid: int = 0
    failed: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    @contextmanager
    def scene(self) -> Iterator[None]:
        """Within it, each request goes wrong the first time. Waiting takes long: those are held up once a play."""
        for member in (self.author, self.reviewer):
            if self.fault is not None and not (self.fault.startswith("timeout") and member.proxy.failed):
                member.proxy.fail_each(self.fault)
        yield
        for member in (self.author, self.reviewer):
            self.failed.update(member.proxy.failed)
            self.asked.update(request_of(method, target) for method, target in member.proxy.seen)

    def on_gitlab(self, member: Member | None = None) -> ProjectMergeRequest:
        """The merge request as GitLab's usual client shows it, past the faulty way."""
        person = (member or self.author).person
        return person.gl.projects.get(self.project.id).mergerequests.get(self.iid)

    def said(self) -> list[dict[str, Any]]:
        """The notes that people wrote, in the order of their threads."""
        found = self.on_gitlab().discussions.list(get_all=True)
        return [note for each in found for note in each.attributes["notes"] if not note["system"]]

    def newest(self) -> int:
        """The newest note that a page knows."""
        return max((note.id for note in self.on_gitlab().notes.list(get_all=True)), default=0)

    def blob(self, branch: str, path: str) -> str:
        """A file on GitLab as it is stored."""
        content: bytes = self.project.files.get(path, ref=branch).decode()
        return content.decode()


def copy_clone(first: Path, top: Path, environment: dict[str, str], url: str) -> Workspace:
    """Another clone like *first*, whose GitLab is at *url*."""
    import shutil

    shutil.copytree(first, top, symlinks=True)
    workspace = Workspace(top, environment)
    workspace.git("remote", "set-url", "origin", url)
    return workspace
