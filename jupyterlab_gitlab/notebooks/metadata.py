"""Changed values outside sources and outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract.diffs import MetadataChange
from .canonical import json_text, same_json
from .model import Cell, Notebook

_MAX_CHANGES = 100
_MAX_DEPTH = 8
_MAX_VALUE = 1_000
"""Characters of a value's JSON text that are shown."""

_ABSENT = object()


def cell_changes(old: Cell, new: Cell) -> list[MetadataChange]:
    """Changed metadata and attachments of a cell. An attachment's data counts as one value."""
    if (
        old.cell_type == new.cell_type
        and ((not old.metadata and not new.metadata) or same_json(old.metadata, new.metadata))
        and ((not old.attachments and not new.attachments) or same_json(old.attachments, new.attachments))
    ):
        return []
    return _listed(
        {"cell_type": old.cell_type, "metadata": old.metadata, "attachments": old.attachments},
        {"cell_type": new.cell_type, "metadata": new.metadata, "attachments": new.attachments},
    )


def notebook_changes(old: Notebook, new: Notebook) -> list[MetadataChange]:
    """Changed notebook metadata and format versions."""
    versions = (old.nbformat, old.nbformat_minor), (new.nbformat, new.nbformat_minor)
    if versions[0] == versions[1] and same_json(old.metadata, new.metadata):
        return []
    return _listed(
        {"nbformat": old.nbformat, "nbformat_minor": old.nbformat_minor, "metadata": old.metadata},
        {"nbformat": new.nbformat, "nbformat_minor": new.nbformat_minor, "metadata": new.metadata},
    )


def _listed(old: dict[str, Any], new: dict[str, Any]) -> list[MetadataChange]:
    changes: list[MetadataChange] = []
    for path, before, after in _changes("", old, new, 0):
        if len(changes) == _MAX_CHANGES:
            break
        changes.append(MetadataChange(path=path, old=_shown(before), new=_shown(after)))
    return changes


def _changes(path: str, old: Any, new: Any, depth: int) -> Iterator[tuple[str, Any, Any]]:
    if _equal(old, new):
        return
    if depth < _MAX_DEPTH and isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            pointer = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
            yield from _changes(pointer, old.get(key, _ABSENT), new.get(key, _ABSENT), depth + 1)
        return
    yield path, old, new


def _equal(old: Any, new: Any) -> bool:
    """Equality as JSON has it: ``1`` is ``1.0``, and neither is ``true``."""
    try:
        return bool(old == new) and (same_json(old, new) or _same_types(old, new))
    except RecursionError:
        return False


def _same_types(old: Any, new: Any) -> bool:
    """Whether two values that are equal to Python have their truth values in the same places."""
    if isinstance(old, dict):
        return all(_same_types(value, new[key]) for key, value in old.items())
    if isinstance(old, list):
        return all(map(_same_types, old, new))
    return isinstance(old, bool) == isinstance(new, bool)


def _shown(value: Any) -> str | None:
    if value is _ABSENT:
        return None
    text = json_text(value)
    return text if len(text) <= _MAX_VALUE else text[:_MAX_VALUE] + "…"
