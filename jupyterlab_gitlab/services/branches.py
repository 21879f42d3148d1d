"""Branches of the clone."""

from __future__ import annotations

import threading

from ..contract.branches import Branches, BranchesParams, CreateBranchBody, SwitchBranchBody, SwitchResult
from ..contract.paths import FolderParams
from .context import ServiceContext


def listed(context: ServiceContext, params: BranchesParams) -> Branches:
    """Local branches, then those that only the remote has (as last fetched)."""
    return context.clone(params.folder).branches()


def create(context: ServiceContext, params: FolderParams, body: CreateBranchBody) -> SwitchResult:
    """Creates a branch and, if asked to, switches to it."""
    return context.clone(params.folder).create_branch(body.name, body.start_point, switch=body.switch)


def switch(
    context: ServiceContext, params: FolderParams, body: SwitchBranchBody, cancel: threading.Event
) -> SwitchResult:
    """Switches, and fast-forwards from the remote if asked to."""
    clone = context.clone(params.folder)
    credential = context.credential(clone) if body.pull else None
    return clone.switch_branch(body.name, pull=body.pull, credential=credential, cancel=cancel)
