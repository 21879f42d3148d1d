"""Decoders of JSON, which several threads may ask for at once.

msgspec (0.22) keeps what it learns of a struct on its class and puts it there before it is complete: a second thread
that decodes to the same class at that moment ends the whole process. So each type is learned by one thread at a time,
and nobody decodes before that is done.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_LEARNING = threading.Lock()
_known: dict[tuple[Any, bool], msgspec.json.Decoder[Any]] = {}


def decoder(wanted: type[T], *, strict: bool = True) -> msgspec.json.Decoder[T]:
    """The decoder to *wanted*, a type that holds structs. After it is made ``msgspec.convert`` knows the type, too.

    Parameters
    ----------
    strict: false lets strings stand for numbers and the like.
    """
    found = _known.get((wanted, strict))
    if found is None:
        with _LEARNING:
            found = _known[wanted, strict] = msgspec.json.Decoder(wanted, strict=strict)
    return found
