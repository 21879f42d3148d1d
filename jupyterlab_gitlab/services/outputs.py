"""One output of a notebook version, whole."""

from __future__ import annotations

from ..contract.diffs import OutputBody, OutputParams
from .context import ServiceContext


def get(context: ServiceContext, params: OutputParams) -> OutputBody:
    raise AssertionError
