"""What routes declare of their parameters, and Grape's checks of them with Grape's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..store.times import is_date, parse
from .bodies import Upload
from .errors import GrapeError

Kind = Literal[
    "string",
    "integer",
    "float",
    "boolean",
    "strings",
    "integers",
    "hash",
    "hashes",
    "date",
    "datetime",
    "file",
    "any",
]
"""Types of parameters; ``strings`` and ``integers`` also take comma separated text, ``hashes`` is a list of hashes,
``file`` an :class:`~.bodies.Upload`."""

_TRUE = {"true", "t", "1", "on", "yes"}
_FALSE = {"false", "f", "0", "off", "no"}


@dataclass(frozen=True)
class Param:
    """One declared parameter, as Grape's ``requires``/``optional``.

    ``values``: what is allowed. ``default``: used when the request does not name it (and then shown in paging links,
    as GitLab does). ``blank=False``: an empty value is refused. ``fields``: what a hash, or each of ``hashes``, holds.
    """

    name: str
    kind: Kind = "string"
    required: bool = False
    values: Sequence[Any] | None = None
    default: Any = None
    blank: bool = True
    fields: Sequence[Param] = ()


PAGING = (Param("page", "integer", default=1), Param("per_page", "integer", default=20))
"""Declared by every route that answers pages."""


def check(sent: Mapping[str, Any], declared: Iterable[Param]) -> dict[str, Any]:
    """``sent`` with the declared parameters coerced and defaults filled in; undeclared ones pass as they are.

    Raises:
        GrapeError: every complaint at once, ``title is missing, state does not have a valid value``.
    """
    complaints: list[str] = []
    checked = _check(sent, declared, "", complaints)
    if complaints:
        raise GrapeError(", ".join(complaints))
    return checked


def _check(sent: Mapping[str, Any], declared: Iterable[Param], prefix: str, complaints: list[str]) -> dict[str, Any]:
    result = dict(sent)
    for param in declared:
        label = f"{prefix}[{param.name}]" if prefix else param.name
        if param.name not in sent:
            if param.required:
                complaints.append(f"{label} is missing")
            elif param.default is not None:
                result[param.name] = param.default
            continue
        try:
            value = _coerce(param.kind, sent[param.name])
        except (ValueError, TypeError):
            complaints.append(f"{label} is invalid")
            continue
        if not param.blank and (value is None or value == "" or value == []):
            complaints.append(f"{label} is empty")
        elif param.values is not None and value is not None and not _allowed(value, param.values):
            complaints.append(f"{label} does not have a valid value")
        elif param.fields and isinstance(value, dict):
            value = _check(value, param.fields, label, complaints)
        elif param.fields and isinstance(value, list):
            value = [_check(item, param.fields, f"{label}[{number}]", complaints) for number, item in enumerate(value)]
        result[param.name] = value
    return result


def _allowed(value: Any, values: Sequence[Any]) -> bool:
    return all(item in values for item in value) if isinstance(value, list) else value in values


def _coerce(kind: Kind, value: Any) -> Any:
    if value is None or kind == "any":
        return value
    if (kind == "file") != isinstance(value, Upload):
        raise ValueError
    if kind == "file":
        return value
    if kind == "string":
        if isinstance(value, (dict, list)):
            raise ValueError
        return str(value).lower() if isinstance(value, bool) else str(value)
    if kind in ("hash", "hashes"):
        wanted = dict if kind == "hash" else list
        if not isinstance(value, wanted) or (kind == "hashes" and not all(isinstance(item, dict) for item in value)):
            raise ValueError
        return value
    if kind in ("strings", "integers"):
        if isinstance(value, (str, int)):
            value = [part.strip() for part in str(value).split(",")] if value != "" else []
        if not isinstance(value, list):
            raise ValueError
        one: Kind = "string" if kind == "strings" else "integer"
        return [item for item in (_coerce(one, part) for part in value) if item is not None]
    if value == "":
        return None
    if kind == "boolean":
        word = str(value).lower()
        if word not in _TRUE | _FALSE:
            raise ValueError
        return word in _TRUE
    if isinstance(value, (dict, list, bool)):
        raise ValueError
    if kind == "integer":
        if isinstance(value, float) and not value.is_integer():
            raise ValueError
        return int(value)
    if kind == "float":
        return float(value)
    if kind == "date":
        if not is_date(str(value)):
            raise ValueError
        return str(value)
    parse(str(value))
    return str(value)


def require_one(params: Mapping[str, Any], *names: str, exactly: bool = False) -> None:
    """Grape's ``at_least_one_of`` and ``exactly_one_of``.

    Raises:
        GrapeError: none of ``names`` was sent, or more than one though ``exactly``.
    """
    count = sum(name in params for name in names)
    listed = ", ".join(names)
    if count == 0:
        which = "exactly one parameter" if exactly else "at least one parameter"
        raise GrapeError(f"{listed} are missing, {which} must be provided")
    if exactly and count > 1:
        raise GrapeError(f"{listed} are mutually exclusive")
