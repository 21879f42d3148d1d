"""How large a picture is, from the first bytes of its file."""

from __future__ import annotations

import base64
import binascii
import struct

_HEAD = 64
"""Characters of base64 that hold the size of a PNG or GIF."""
_NO_SIZE = (0xC4, 0xC8, 0xCC)
"""JPEG's markers in the range of those that begin a frame, which don't."""


def dimensions(mime_type: str, data: str) -> tuple[int, int] | None:
    """Width and height in pixels of a picture in base64; None if its kind or its file does not tell."""
    try:
        if mime_type == "image/png":
            return _png(base64.b64decode(data[:_HEAD]))
        if mime_type == "image/gif":
            return _gif(base64.b64decode(data[:_HEAD]))
        if mime_type == "image/jpeg":
            return _jpeg(base64.b64decode(data))
    except (binascii.Error, struct.error, ValueError):
        pass
    return None


def file_size(mime_type: str, data: str) -> int:
    """Bytes of the picture's file."""
    if mime_type == "image/svg+xml":
        return len(data.encode("utf-8", "replace"))
    return len(data.rstrip("=\n")) * 3 // 4


def _png(head: bytes) -> tuple[int, int] | None:
    if head[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def _gif(head: bytes) -> tuple[int, int] | None:
    if not head.startswith(b"GIF8"):
        return None
    width, height = struct.unpack_from("<HH", head, 6)
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while data[at : at + 1] == b"\xff":
        marker, length = struct.unpack_from(">BH", data, at + 1)
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
    return None
