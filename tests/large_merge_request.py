"""A merge request as large as reviews get, and an empty one beside it, planted into a sandbox of this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from git_workspace import notebook
from gitlab.v4.objects import Project
from sandbox_server import Person, SandboxGitlab

from jupyterlab_gitlab.sandbox.diffs.positions import Position
from jupyterlab_gitlab.sandbox.discussions import records

FILES = 300
NOTES = 2_000
_NOTEBOOKS = 50
_FOLDERS = 12


@dataclass(frozen=True)
class Planted:
    """Numbers of the two merge requests."""

    large: int
    empty: int


def plant(
    gitlab: SandboxGitlab, project: Project, author: Person, reviewer: Person, files: int = FILES, notes: int = NOTES
) -> Planted:
    """Every thread has two notes and stands on a line that its file has got; they are spread over all files.

    *project* has a branch ``main``; the branches ``large`` and ``empty`` are made.
    """
    paths = [_path(number) for number in range(files)]
    _commit(project, "main", "create", {path: _text(path, "old") for path in paths})
    _commit(project, "large", "update", {path: _text(path, "new") for path in paths}, "main")
    _commit(project, "empty", "update", {paths[0]: _text(paths[0], "only")}, "main")
    made: list[Any] = [
        project.mergerequests.create({"title": title, "source_branch": branch, "target_branch": "main"})
        for title, branch in (("A large one", "large"), ("An empty one", "empty"))
    ]
    _say(gitlab, made[0], paths, author, reviewer, notes)
    return Planted(made[0].iid, made[1].iid)


def _path(number: int) -> str:
    ending = "ipynb" if number < _NOTEBOOKS else "py"
    return f"part{number % _FOLDERS:02}/file{number:03}.{ending}"


def _text(path: str, word: str) -> str:
    if path.endswith(".ipynb"):
        return notebook(f"import {word}", *(f"cell = {number}" for number in range(8)))
    return "\n".join([f"first = '{word}'", *(f"line = {number}" for number in range(40)), ""])


def _commit(project: Project, branch: str, action: str, texts: dict[str, str], start: str | None = None) -> None:
    actions = [{"action": action, "file_path": path, "content": text} for path, text in texts.items()]
    more = {} if start is None else {"start_branch": start}
    project.commits.create({"branch": branch, "commit_message": f"Write {branch}", "actions": actions, **more})


def _say(
    gitlab: SandboxGitlab, merge_request: Any, paths: list[str], author: Person, reviewer: Person, notes: int
) -> None:
    """Through the sandbox's own records: over HTTP it would take minutes."""
    instance, refs = gitlab.instance, _refs(merge_request)
    row = instance.store.get("merge_requests", merge_request.id)
    people = [instance.store.get("users", person.id) for person in (reviewer, author)]
    columns: dict[str, dict[str, Any]] = {}
    for number in range(notes // 2):
        path = paths[number % len(paths)]
        if path not in columns:
            line = _added_line(path)
            position = {**refs, "position_type": "text", "old_path": path, "new_path": path, "new_line": line}
            columns[path] = records.place(instance, row, Position(**position))
        first = records.add_note(instance, row, people[0], f"Why is this, in thread {number}?", **columns[path])
        records.add_reply(instance, row, first, people[1], "Because it **has** to be.")


def _refs(merge_request: Any) -> dict[str, str]:
    """The three commits of the present version."""
    return {name: merge_request.diff_refs[name] for name in ("base_sha", "start_sha", "head_sha")}


def _added_line(path: str) -> int:
    """The line that differs between the versions, from 1."""
    return next(number for number, line in enumerate(_text(path, "new").split("\n"), 1) if "new" in line)
