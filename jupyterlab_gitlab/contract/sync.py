"""Fetch, pull and push."""

from __future__ import annotations

from .base import Body, Reply


class FetchBody(Body, kw_only=True):
    """Fetches the remote that leads to GitLab."""


class PullBody(Body, kw_only=True):
    """Fetches and fast-forwards the current branch; never makes a merge commit."""


class PushBody(Body, kw_only=True):
    """Pushes the current branch and sets its upstream. Never forces."""


class SyncResult(Reply, kw_only=True):
    """*ahead*/*behind* count commits against the upstream afterwards.

    *changed_paths*: see :class:`.branches.SwitchResult`.
    """

    branch: str | None
    ahead: int
    behind: int
    output: str
    changed_paths: list[str]
