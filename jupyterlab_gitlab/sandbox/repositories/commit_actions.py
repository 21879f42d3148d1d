"""Writing commits by the API: a list of file actions onto a branch, without a work tree."""

from __future__ import annotations

import base64
import binascii
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..git.repository import ZERO_SHA, Git, Identity
from ..instance import Instance, RefChange
from ..rest.errors import ApiError
from ..rest.parameters import Param
from ..store.sqlite import Row
from .push_rules import can_push

ACTION_FIELDS = (
    Param("action", required=True, values=("create", "delete", "move", "update", "chmod")),
    Param("file_path", required=True, blank=False),
    Param("previous_path"),
    Param("content"),
    Param("encoding", values=("text", "base64"), default="text"),
    Param("last_commit_id"),
    Param("execute_filemode", "boolean"),
)

CHANGED = "You are attempting to update a file that has changed since you started editing it."


class _Index:
    """The tree being built, in a temporary index beside the repository."""

    def __init__(self, git: Git, file: Path, start: str | None) -> None:
        self._git, self._env, self._start = git, {"GIT_INDEX_FILE": str(file)}, start
        if start:
            git.run("read-tree", start, env=self._env)

    def entry(self, path: str) -> tuple[str, str] | None:
        """Mode and blob at ``path``, or None."""
        output = self._git.run("--literal-pathspecs", "ls-files", "-s", "-z", "--", path, env=self._env)
        for line in output.decode("utf-8", "surrogateescape").split("\0"):
            about, _, name = line.partition("\t")
            if name == path:
                mode, blob, _ = about.split()
                return mode, blob
        return None

    def put(self, path: str, mode: str, blob: str) -> None:
        self._update(f"{mode} {blob}\t{path}")

    def remove(self, path: str) -> None:
        self._update(f"0 {ZERO_SHA}\t{path}")

    def _update(self, line: str) -> None:
        self._git.run("update-index", "-z", "--index-info", input=line.encode() + b"\0", env=self._env)

    def last_commit(self, path: str) -> str:
        """The last commit on the start that touched ``path``; empty when there is none."""
        if not self._start:
            return ""
        return self._git.text("--literal-pathspecs", "rev-list", "-1", self._start, "--", path)

    def tree(self) -> str:
        return self._git.text("write-tree", env=self._env)


def commit_actions(
    instance: Instance,
    project: Row,
    user: Row,
    branch: str,
    message: str,
    actions: Sequence[Mapping[str, Any]],
    *,
    start: str | None = None,
    author: tuple[str | None, str | None] = (None, None),
    force: bool = False,
) -> str:
    """Commit ``actions`` (hashes of ACTION_FIELDS) to ``branch`` as ``user``; the new sha. Push listeners have run.

    ``start`` is the branch or sha that a new ``branch`` starts from (with ``force`` an existing one, too); ``author``
    replaces name and e-mail of the author.

    Raises:
        ApiError: 400 with GitLab's words when an action does not fit, 403 when ``user`` may not push there.
    """
    if not can_push(instance, project, user, branch):
        raise ApiError(403, "403 Forbidden - You are not allowed to push into this branch")
    git = instance.repository(project)
    if not git.valid_branch(branch):
        raise ApiError(400, "Branch name is invalid")
    with instance.lock(project):
        old = git.branch(branch)
        base = _base(git, branch, old, start, force, empty=project["default_branch"] is None)
        with tempfile.TemporaryDirectory(prefix="index-", dir=instance.data) as folder:
            index = _Index(git, Path(folder, "index"), base)
            for action in actions:
                _apply(git, index, action)
            tree = index.tree()
        committer = Identity(user["name"], user["email"])
        name, email = author
        writer = Identity(name or committer.name, email or committer.email)
        sha = git.commit_tree(tree, [base] if base else [], message, writer, committer)
        ref = f"refs/heads/{branch}"
        if not git.update_ref(ref, sha, old or ZERO_SHA):
            raise ApiError(400, "Could not update branch. Please refresh and try again.")
        instance.post_receive(project, [RefChange(ref, old or ZERO_SHA, sha)], user)
    return sha


def _base(git: Git, branch: str, old: str | None, start: str | None, force: bool, *, empty: bool) -> str | None:
    """The commit to build on; None in an empty repository."""
    if start is None or start == branch:
        if old is None and not empty:
            raise ApiError(400, "You can only create or edit files when you are on a branch")
        return old
    if old is not None and not force:
        raise ApiError(
            400, f"A branch called '{branch}' already exists. Switch to that branch in order to make changes"
        )
    base = git.commit(start)
    if base is None:
        raise ApiError(400, f"Cannot find start_branch '{start}'")
    return base


def _apply(git: Git, index: _Index, action: Mapping[str, Any]) -> None:
    kind, path = action["action"], _path(action["file_path"])
    source = _path(action.get("previous_path") or path) if kind == "move" else path
    there = index.entry(source)
    if kind == "create" and there:
        raise ApiError(400, "A file with this name already exists")
    if kind != "create" and not there:
        raise ApiError(400, "A file with this name doesn't exist")
    if kind == "move" and path != source and index.entry(path):
        raise ApiError(400, "A file with this name already exists")
    last = action.get("last_commit_id")
    if last and index.last_commit(source) != last:
        raise ApiError(400, CHANGED)
    if kind == "delete":
        index.remove(path)
        return
    mode, blob = there or ("100644", "")
    executable = action.get("execute_filemode")
    if executable is not None:
        mode = "100755" if executable else "100644"
    if kind in ("create", "update") or (kind == "move" and action.get("content") is not None):
        blob = git.text("hash-object", "-w", "--stdin", input=_content(action))
    if kind == "move" and source != path:
        index.remove(source)
    index.put(path, mode, blob)


def _path(path: str) -> str:
    parts = path.split("/")
    if path.startswith("/") or any(part in ("", ".", "..") or part.lower() == ".git" for part in parts) or "\0" in path:
        raise ApiError(400, "invalid path: '" + path + "'")
    return path


def _content(action: Mapping[str, Any]) -> bytes:
    text = action.get("content") or ""
    if action.get("encoding") != "base64":
        return str(text).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        raise ApiError(400, "content is not valid base64") from None
