"""libgit2's diff of two texts, without the SHA-1 by which it would name them.

libgit2 names every buffer that it compares by its hash, which takes almost half of the comparison. What lies in a
repository has a name already: long texts are handed out as blobs of one that has no place but this, under numbers.
Importing this module imports pygit2, which takes a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from threading import Lock

import pygit2
from pygit2.enums import DiffOption, ObjectType, Option

_LONG = 8_000
"""Bytes of both texts from which hashing them takes longer than making blobs of them."""


def changes(old: bytes, new: bytes, *, indent_heuristic: bool, ignore_whitespace: bool) -> Sequence[pygit2.DiffHunk]:
    """The changed stretches of two texts in order, without context, as git finds them."""
    flags = DiffOption.FORCE_TEXT
    if indent_heuristic:
        flags |= DiffOption.INDENT_HEURISTIC
    if ignore_whitespace:
        flags |= DiffOption.IGNORE_WHITESPACE
    before: bytes | pygit2.Blob = old
    after: bytes | pygit2.Blob = new
    if len(old) + len(new) > _LONG:
        before, after = _TEXTS.blobs(old, new)
    # without a path no diff driver is looked for in the user's git configuration
    return pygit2.Patch.create_from(
        before, after, old_as_path="", new_as_path="", flag=flags, context_lines=0, interhunk_lines=0
    ).hunks


class _Texts(pygit2.OdbBackend):
    """The object database of a repository that is on no disk."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)
        self._reading = b""
        self._lock = Lock()
        database = pygit2.Odb()
        database.add_backend(self, 1)
        self._repository = pygit2.Repository()
        self._repository.set_odb(database)

    def blobs(self, *texts: bytes) -> list[pygit2.Blob]:
        """Each text as a blob under a number of its own."""
        with self._lock:
            # for this time libgit2 must not ask whether a name is the hash
            pygit2.option(Option.ENABLE_STRICT_HASH_VERIFICATION, False)
            try:
                return [self._blob(text) for text in texts]
            finally:
                pygit2.option(Option.ENABLE_STRICT_HASH_VERIFICATION, True)
                self._reading = b""

    def _blob(self, text: bytes) -> pygit2.Blob:
        self._reading = text
        found = self._repository[pygit2.Oid(raw=next(self._numbers).to_bytes(20, "big"))]
        assert isinstance(found, pygit2.Blob)
        return found

    def read_cb(self, _name: pygit2.Oid) -> tuple[int, bytes]:
        """What libgit2 calls to read an object."""
        return int(ObjectType.BLOB), self._reading


_TEXTS = _Texts()
