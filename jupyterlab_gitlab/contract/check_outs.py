"""The branch of a merge request in the clone."""

from __future__ import annotations

from .base import Reply


class CheckOut(Reply, kw_only=True):
    """How the clone stands to a merge request.

    *branch* is what the merge request's branch is or would be called here: its own name, or ``mr-<iid>-<name>`` where
    it lies in another project (*fork*) or is gone from there. *current*: HEAD is on it. *former*: the branch that was
    left for the one HEAD is on, null if unknown or gone.
    """

    branch: str
    fork: bool
    current: bool
    former: str | None
