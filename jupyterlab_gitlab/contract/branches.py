"""Branches of the local clone."""

from __future__ import annotations

from .base import Body, Reply
from .paths import FolderParams


class Branch(Reply, kw_only=True):
    """A branch. *remote* is null for a local one. *current*: HEAD is on it."""

    name: str
    remote: str | None
    current: bool
    sha: str
    title: str
    committed_at: str
    upstream: str | None
    ahead: int | None
    behind: int | None


class Branches(Reply, kw_only=True):
    """Local branches by last commit, newest first, then remote ones that no local branch has the name of."""

    branches: list[Branch]
    default: str | None


class BranchesParams(FolderParams, kw_only=True):
    """Nothing but the folder."""


class CreateBranchBody(Body, kw_only=True):
    """Creates *name* at *start_point* (default HEAD) and switches to it if *switch*."""

    name: str
    start_point: str | None = None
    switch: bool = True


class SwitchBranchBody(Body, kw_only=True):
    """Switches to *name*; a branch that only the remote has is created to follow it. *pull*: then fast-forwards it."""

    name: str
    pull: bool = False


class SwitchResult(Reply, kw_only=True):
    """*changed_paths* are contents paths of files whose work-tree version changed (documents to reload)."""

    branch: str
    output: str
    changed_paths: list[str]
