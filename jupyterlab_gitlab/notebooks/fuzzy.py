"""rapidfuzz, imported when first needed: that takes 20 ms, which the command line would always feel."""

from __future__ import annotations

from functools import cache
from types import ModuleType


@cache
def distances() -> ModuleType:
    """``rapidfuzz.distance``."""
    import rapidfuzz.distance

    return rapidfuzz.distance


@cache
def processing() -> ModuleType:
    """``rapidfuzz.process``."""
    import rapidfuzz.process

    return rapidfuzz.process
