"""Two versions of a file, compared."""

from __future__ import annotations

import threading

from ..contract.diffs import FileDiff, FileDiffParams
from .context import ServiceContext


def compare(context: ServiceContext, params: FileDiffParams, cancel: threading.Event) -> FileDiff:
    raise AssertionError
