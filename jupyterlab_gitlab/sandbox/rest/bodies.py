"""Reading request bodies of three kinds, with bracketed keys as Rack reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from email.message import Message
from email.parser import HeaderParser
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from .errors import GrapeError

_BRACKETS = re.compile(r"\[([^\]]*)\]")


class Upload(NamedTuple):
    """A file in a multipart body; ``filename`` as sent, whatever it holds."""

    filename: str
    content: bytes


def read_body(content_type: str, body: bytes) -> dict[str, Any]:
    """The parameters of a JSON, urlencoded or multipart body; ``position[base_sha]`` becomes nested hashes.

    Raises:
        GrapeError: the body is broken, or the JSON no object.
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
        return nested(_parts(content_type, body))
    return {}


def _parts(content_type: str, body: bytes) -> Iterable[tuple[str, str | Upload]]:
    """Name and value of every part in the order of the body, on which lists of hashes depend."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if not boundary:
        raise GrapeError("multipart body is invalid: no boundary")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1", "replace"))
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            return
        head, blank, content = piece.partition(b"\r\n\r\n")
        fields = HeaderParser().parsestr(head.lstrip(b"\r\n").decode("utf-8", "replace"))
        name = fields.get_param("name", header="content-disposition")
        if not blank or not isinstance(name, str):
            raise GrapeError("multipart body is invalid: a part has no name")
        filename = fields.get_filename()
        if filename is None:
            yield name, content.decode("utf-8", "replace")
        else:
            yield name, Upload(filename, content)
    raise GrapeError("multipart body is invalid: it has no end")


def nested(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
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
