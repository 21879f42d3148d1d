"""The contract's structs into HTTP answers."""

from __future__ import annotations

import dataclasses
import json
import re
import urllib.parse
from collections.abc import Callable
from typing import Any

import msgspec

from ..contract.errors import ErrorReply
from ..services.blobs import Blob
from .binding import Binding, Call

JSON = "application/json"
IMMUTABLE = "private, max-age=31536000, immutable"
# what a browser may show in place; anything else is handed over as a download
INLINE_TYPES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/svg+xml"}
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclasses.dataclass(frozen=True)
class Answer:
    """Status, body and headers, ready to be written."""

    body: bytes
    status: int = 200
    content_type: str = JSON
    headers: dict[str, str] = dataclasses.field(default_factory=dict)


def encode_reply(reply: Any, binding: Binding, call: Call) -> Answer:
    """A service's reply: a struct as JSON, or a file's bytes.

    Replies that can never change may be kept by the browser (*immutable*); all others are never stored.
    """
    headers: dict[str, str] = {}
    if binding.immutable is not None and binding.immutable(call):
        headers["Cache-Control"] = IMMUTABLE
    if isinstance(reply, Blob):
        return _encode_blob(reply, headers)
    return Answer(encode(reply), binding.operation.status, JSON, headers)


def encode_failure(reply: ErrorReply, status: int, without_secrets: Callable[[str], str] = str) -> Answer:
    """A failure. *without_secrets* takes tokens out of its text, wherever they may have come from."""
    headers: dict[str, str] = {}
    seconds = reply.details.get("retry_after")
    if isinstance(seconds, int | float) and status in (429, 502, 503):
        headers["Retry-After"] = str(max(0, round(seconds)))
    return Answer(without_secrets(encode(reply).decode()).encode(), status, JSON, headers)


def encode(value: Any) -> bytes:
    """JSON of any reply. Lone surrogates, which UTF-8 cannot hold, become ``\\N{REPLACEMENT CHARACTER}``.

    msgspec refuses them and very deep nesting; ``json`` serves then.
    """
    try:
        return msgspec.json.encode(value, enc_hook=str)
    except (UnicodeEncodeError, RecursionError, ValueError):
        text = json.dumps(msgspec.to_builtins(value, enc_hook=str), ensure_ascii=False)
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def _encode_blob(blob: Blob, headers: dict[str, str]) -> Answer:
    """Foreign bytes under our origin: pictures only, in a sandbox, so that an SVG's scripts stay dead."""
    shown = blob.mime_type in INLINE_TYPES
    name = urllib.parse.quote(blob.name, safe="")
    headers |= {
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
    }
    content_type = blob.mime_type if shown and blob.mime_type else "application/octet-stream"
    return Answer(blob.data, 200, content_type, headers)
