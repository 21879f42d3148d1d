"""A little project on the sandbox, seen by its author and a reviewer."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gitlab.v4.objects import Project
from sandbox_server import Person, SandboxGitlab

from jupyterlab_gitlab.contract.discussions import CreateDiscussionBody, NewPosition
from jupyterlab_gitlab.contract.merge_requests import CreateMergeRequestBody, DiffRefs, MergeRequest
from jupyterlab_gitlab.remote import Connections, GitLabProject, RemoteAddress, Secret

TOKEN = "glpat-VERY-secret-0123456789"

_numbers = itertools.count(1)

NOTES = "".join(f"line {number}\n" for number in range(1, 41))


def address(url: str) -> RemoteAddress:
    found = RemoteAddress.parse(url)
    assert found is not None
    return found


@dataclass(frozen=True)
class World:
    """*project* by the plain client of its owner; *author* and *reviewer* are the product's views of it."""

    sandbox: SandboxGitlab
    project: Project
    author: GitLabProject
    reviewer: GitLabProject
    ann: Person
    ben: Person

    def commit(self, branch: str, files: dict[str, str], **more: Any) -> str:
        """Writes files on *branch*; the commit's sha."""
        actions = [{"action": "update", "file_path": path, "content": text} for path, text in files.items()]
        body = {"branch": branch, "commit_message": f"Change {', '.join(files)}", "actions": actions, **more}
        return str(self.project.commits.create(body).id)

    def branch(self, files: dict[str, str] | None = None) -> str:
        """A new branch of ``main`` with one commit."""
        name = f"topic-{next(_numbers)}"
        changed = NOTES.replace("line 3\n", f"line three of {name}\n")
        self.commit(name, files or {"notes.txt": changed}, start_branch="main")
        return name

    def opened(self, branch: str = "", **fields: Any) -> MergeRequest:
        """A merge request of *branch* (a new one) into ``main``."""
        body = CreateMergeRequestBody(
            title=fields.pop("title", "Say three"),
            source_branch=branch or self.branch(),
            target_branch="main",
            **fields,
        )
        return self.author.create_merge_request(body)


def on_line(refs: DiffRefs | None, new: int | None = None, old: int | None = None, **more: Any) -> CreateDiscussionBody:
    """A comment on a line of ``notes.txt``."""
    assert refs is not None
    path = more.get("path", "notes.txt")
    position = NewPosition(
        base_sha=refs.base_sha,
        start_sha=refs.start_sha,
        head_sha=refs.head_sha,
        old_path=path,
        new_path=path,
        old_line=old,
        new_line=new,
    )
    return CreateDiscussionBody(body=more.get("body", "Why?"), position=position)


def made_world(sandbox: SandboxGitlab, connect: Callable[..., Connections], way: str = "") -> World:
    """*way* is the address under which the product knows the sandbox, its own unless given."""
    ann, ben = sandbox.person(), sandbox.person()
    project = sandbox.project(ann, merge_method="merge")
    project.commits.create(
        {
            "branch": "main",
            "commit_message": "Start",
            "actions": [{"action": "create", "file_path": "notes.txt", "content": NOTES}],
        }
    )
    project.members.create({"user_id": ben.id, "access_level": 40})
    url = way or sandbox.url
    views = [
        connect(tokens={url.removeprefix("http://"): Secret(person.token)}).project(
            address(f"{url}/{project.path_with_namespace}.git")
        )
        for person in (ann, ben)
    ]
    return World(sandbox, project, views[0], views[1], ann, ben)
