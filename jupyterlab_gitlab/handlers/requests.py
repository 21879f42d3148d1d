"""Requests into the contract's structs; what does not fit is refused with words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, TypeVar

import msgspec

from ..contract.base import Body, Params
from ..contract.decoders import decoder
from ..contract.errors import ErrorCode, GitLabWorkflowError

P = TypeVar("P", bound=Params)

# Jupyter's own parameters, which any of its clients may add
_JUPYTER = {"token", "_xsrf", "no_track_activity"}


def decode_query(query: Mapping[str, list[bytes]], params: type[P]) -> P:
    """The query string as *params*.

    JupyterLab appends the time as a nameless parameter (``?folder=a&1732352461``) to get around browser caches, so
    parameters whose names are digits are passed over.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for unknown, repeated, missing or unfit parameters.
    """
    values: dict[str, str] = {}
    for name, given in query.items():
        if name in _JUPYTER or (name.isdigit() and given == [b""]):
            continue
        if len(given) > 1:
            raise _bad(f"The parameter {name} is given more than once.")
        values[name] = _text(given[0], name)
    try:
        decoder(params)  # makes it known
        return msgspec.convert(values, params, strict=False)
    except msgspec.ValidationError as error:
        raise _bad(f"The query does not fit: {error}") from None


def decode_body(raw: bytes | BinaryIO, body: type[Body] | type[bytes] | None) -> Any:
    """The JSON body as *body*, None for an operation without one; the open file for one that takes bytes.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` if it is missing, no JSON, does not fit, or holds a null character.
    """
    if body is None:
        return None
    if body is bytes or not isinstance(raw, bytes):
        if body is not bytes or isinstance(raw, bytes):
            raise _bad("This address takes a file as it is.")
        return raw
    if not raw.strip():
        raise _bad("The request needs a JSON body.")
    try:
        value = decoder(body).decode(raw)
    except msgspec.ValidationError as error:
        raise _bad(f"The body does not fit: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _bad(f"The body is no JSON: {error}") from None
    _refuse_null(msgspec.to_builtins(value))
    return value


def decode_segment(segment: bytes, name: str) -> str:
    """A path parameter's text."""
    return _text(segment, name)


def _text(value: bytes, name: str) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        raise _bad(f"The parameter {name} is no UTF-8 text.") from None
    _refuse_null(text)
    return text


def _refuse_null(value: Any) -> None:
    """No path, ref or message may hold a null character: neither git nor the file system can take one."""
    if isinstance(value, str):
        if "\0" in value:
            raise _bad("The request holds a null character.")
    elif isinstance(value, dict):
        for item in value.values():
            _refuse_null(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_null(item)


def _bad(message: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(ErrorCode.BAD_REQUEST, message)
