"""Between the clone and its GitLab: fetch, pull, push."""

from __future__ import annotations

import threading

from ..contract.paths import FolderParams
from ..contract.sync import SyncResult
from .context import ServiceContext


def fetch(context: ServiceContext, params: FolderParams, cancel: threading.Event) -> SyncResult:
    """Fetches the remote that leads to GitLab."""
    clone = context.clone(params.folder)
    return clone.fetch(credential=context.credential(clone), cancel=cancel)


def pull(context: ServiceContext, params: FolderParams, cancel: threading.Event) -> SyncResult:
    """Fetches and fast-forwards the current branch; says so when it can't."""
    clone = context.clone(params.folder)
    return clone.pull(credential=context.credential(clone), cancel=cancel)


def push(context: ServiceContext, params: FolderParams, cancel: threading.Event) -> SyncResult:
    """Pushes the current branch and sets its upstream."""
    clone = context.clone(params.folder)
    return clone.push(credential=context.credential(clone), cancel=cancel)
