"""JSON text of values, the same for equal values."""

from __future__ import annotations

import json
from typing import Any

import orjson


def canonical(value: Any) -> bytes:
    """*value* as JSON with sorted keys and no blanks. Never raises: what nests too deeply is named by its type."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (TypeError, ValueError):
        pass
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str).encode("utf-8", "replace")
    except (RecursionError, TypeError, ValueError):
        return f'"{type(value).__name__}"'.encode()


def same_json(old: Any, new: Any) -> bool:
    """Whether two values are written alike, up to the order of keys. Unlike ``==`` this tells ``1`` from ``true``."""
    if old is new:
        return True
    try:
        if old != new:  # quick, and what is written alike is equal
            return False
        if orjson.dumps(old) == orjson.dumps(new):
            return True
    except (TypeError, ValueError, RecursionError):
        pass
    return canonical(old) == canonical(new)


def as_text(value: Any) -> str:
    """A string as it is, anything else as JSON text: for places where a string should stand."""
    return value if isinstance(value, str) else json_text(value)


def json_text(value: Any) -> str:
    """*value* as JSON text in its own order, for people."""
    try:
        return orjson.dumps(value).decode()
    except (TypeError, ValueError):
        return canonical(value).decode("utf-8", "replace")
