"""The first part of a push on the wire: which refs it wants to move, read before git sees any of it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from ..instance import RefChange

MAX_COMMANDS = 16 * 1024 * 1024  # bytes; a push of tens of thousands of refs


class MalformedPushError(Exception):
    """The body does not start like a push."""


class CommandReader:
    """Reads the ref changes from the body of ``git-receive-pack``, fed in pieces, gzipped or not.

    ``complete`` turns true at the flush packet that ends the commands; what follows is left alone.
    """

    def __init__(self, gzipped: bool) -> None:
        self._inflate = zlib.decompressobj(31) if gzipped else None
        self._pending = b""
        self._read = 0
        self.changes: list[RefChange] = []
        self.capabilities: set[str] = set()
        self.complete = False

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the body.

        Raises:
            MalformedPushError: they are no packet lines, or far too many.
        """
        if self.complete:
            return
        try:
            piece = self._inflate.decompress(piece) if self._inflate else piece
        except zlib.error as error:
            raise MalformedPushError(str(error)) from None
        self._read += len(piece)
        self._pending += piece
        while not self.complete and len(self._pending) >= 4:
            try:
                length = int(self._pending[:4], 16)
            except ValueError:
                raise MalformedPushError("no packet length") from None
            if length == 0:
                self.complete = True
            elif length < 4:
                raise MalformedPushError("no packet length")
            elif len(self._pending) < length:
                break
            else:
                self._line(self._pending[4:length])
                self._pending = self._pending[length:]
        if not self.complete and self._read > MAX_COMMANDS:
            raise MalformedPushError("too many commands")

    def _line(self, line: bytes) -> None:
        command, _, capabilities = line.partition(b"\0")
        if capabilities:
            self.capabilities = set(capabilities.decode("utf-8", "replace").split())
        words = command.decode("utf-8", "surrogateescape").rstrip("\n").split(" ", 2)
        if len(words) == 3 and len(words[0]) == len(words[1]) >= 40:
            self.changes.append(RefChange(words[2], words[0], words[1]))
        elif words[0] != "shallow":
            raise MalformedPushError("not a command")


def _packet(payload: bytes) -> bytes:
    return b"%04x" % (len(payload) + 4) + payload


def declined(reader: CommandReader, reason: str) -> bytes:
    """The answer of a receive-pack whose pre-receive hook said ``reason`` and declined everything."""
    report = _packet(b"unpack ok\n")
    for change in reader.changes:
        report += _packet(b"ng " + change.ref.encode("utf-8", "surrogateescape") + b" pre-receive hook declined\n")
    report += b"0000"
    if not reader.capabilities & {"side-band-64k", "side-band"}:
        return report
    size = 65515 if "side-band-64k" in reader.capabilities else 995
    answer = _packet(b"\x02" + f"GitLab: {reason}\n".encode())
    for start in range(0, len(report), size):
        answer += _packet(b"\x01" + report[start : start + size])
    return answer + b"0000"


def moved(changes: Sequence[RefChange], refs: dict[str, str]) -> list[RefChange]:
    """Those of ``changes`` that took place, judged by the refs (full name to sha) as they are afterwards."""
    return [c for c in changes if c.old != c.new and refs.get(c.ref, "0" * len(c.new)) == c.new]
