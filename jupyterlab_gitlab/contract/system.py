"""What the server part is and can do."""

from __future__ import annotations

from .base import Params, Reply


class Status(Reply, kw_only=True):
    """Versions for the About box and bug reports; *git* is null where no git is installed."""

    version: str
    git: str | None


class StatusParams(Params, kw_only=True):
    """Nothing."""
