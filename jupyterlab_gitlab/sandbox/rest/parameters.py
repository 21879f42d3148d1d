"""Request parameters: bodies of three kinds, bracketed keys, and Grape's checks with Grape's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl

from tornado.httputil import HTTPFile, parse_body_arguments

from ..store.times import is_date, parse
from .errors import GrapeError

Kind = Literal[
    "string", "integer", "float", "boolean", "strings", "integers", "hash", "hashes", "date", "datetime", "any"
]
"""Types of parameters; ``strings`` and ``integers`` also take comma separated text, ``hashes`` is a list of hashes."""

_BRACKETS = re.compile(r"\[([^\]]*)\]")
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


def read_body(content_type: str, body: bytes) -> dict[str, Any]:
    """The parameters of a JSON, urlencoded or multipart body; ``position[base_sha]`` becomes nested hashes.

    Raises:
        GrapeError: the JSON is broken or no object.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}
    if kind == "application/json" or kind.endswith("+json"):
        try:
            found = json.loads(body)
        except ValueError as error:
            raise GrapeError(f"There was a problem in the JSON you submitted: {error}") from None
        if not isinstance(found, dict):
            raise GrapeError("There was a problem in the JSON you submitted: an object was expected")
        return found
    if kind == "application/x-www-form-urlencoded":
        return nested(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if kind == "multipart/form-data":
        return _read_multipart(content_type, body)
    return {}


def _read_multipart(content_type: str, body: bytes) -> dict[str, Any]:
    arguments: dict[str, list[bytes]] = {}
    files: dict[str, list[HTTPFile]] = {}
    try:
        parse_body_arguments(content_type, body, arguments, files)
    except Exception as error:  # the parser's exception class differs between Tornado versions
        raise GrapeError(f"multipart body is invalid: {error}") from None
    pairs = [(name, value.decode("utf-8", "replace")) for name, values in arguments.items() for value in values]
    found = nested(pairs)
    for name, sent in files.items():
        found[name] = {"filename": sent[0].filename, "content": sent[0].body}
    return found


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Rack's reading of bracketed keys: ``a[b]=1`` is a hash, ``a[]=1`` a list, ``a[][b]=1`` a list of hashes."""
    result: dict[str, Any] = {}
    for key, value in pairs:
        head, _, rest = key.partition("[")
        path = [head, *_BRACKETS.findall("[" + rest)] if rest else [head]
        _put(result, path, value)
    return result


def _put(target: dict[str, Any], path: list[str], value: Any) -> None:
    name, rest = path[0], path[1:]
    if not rest:
        target[name] = value
    elif rest[0] == "":
        items = target.setdefault(name, [])
        if not isinstance(items, list):
            raise GrapeError(f"{name} is invalid")
        if len(rest) == 1:
            items.append(value)
        else:  # a key that the last hash already holds starts the next hash
            if not items or not isinstance(items[-1], dict) or (len(rest) == 2 and rest[1] in items[-1]):
                items.append({})
            _put(items[-1], rest[1:], value)
    else:
        inner = target.setdefault(name, {})
        if not isinstance(inner, dict):
            raise GrapeError(f"{name} is invalid")
        _put(inner, rest, value)


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
