"""How files of a work tree are named on the wire."""

from __future__ import annotations

import os
import urllib.parse

from .base import Params, Reply


class FilePath(Reply, kw_only=True):
    """A file inside a work tree.

    *id* is the path's bytes relative to the top of the work tree, percent-encoded (``/`` stays), so that any file name
    survives the wire; *display* is for people (undecodable bytes shown as ``\\xNN``); *contents_path* is the path that
    Jupyter's contents API knows, or null when the file lies outside the server root or can't be named there.
    """

    id: str
    display: str
    contents_path: str | None = None


class FolderParams(Params, kw_only=True):
    """Addresses the repository that *folder* lies in."""

    folder: str = ""


def encode_path(path: bytes) -> str:
    """The path id of a path's bytes."""
    return urllib.parse.quote_from_bytes(path, safe="/")


def decode_path(path_id: str) -> bytes:
    """The bytes of a path id. Nothing is checked here: :mod:`jupyterlab_gitlab.repository` confines paths."""
    return urllib.parse.unquote_to_bytes(path_id)


def display_path(path: bytes) -> str:
    """The path for people; bytes that are no UTF-8 appear as ``\\xNN``."""
    return path.decode("utf-8", "backslashreplace")


def file_path(path: bytes, contents_path: str | None = None) -> FilePath:
    """The wire form of a path's bytes (relative to the top of the work tree, ``/`` between the parts)."""
    return FilePath(id=encode_path(path), display=display_path(path), contents_path=contents_path)


def system_path(path: bytes) -> str:
    """The path as Python's file functions take it."""
    return os.fsdecode(path)
