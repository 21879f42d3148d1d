"""The start of a push, read in pieces of any size."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.sandbox.git.repository import ZERO_SHA
from jupyterlab_gitlab.sandbox.instance import RefChange
from jupyterlab_gitlab.sandbox.repositories.receive_pack import CommandReader, MalformedPushError, declined, moved

ONE, TWO = "1" * 40, "2" * 40


def packet(text: str) -> bytes:
    return f"{len(text.encode()) + 4:04x}{text}".encode()


BODY = (
    packet(f"{ONE} {TWO} refs/heads/main\0 report-status side-band-64k agent=git/2.39")
    + packet(f"{ZERO_SHA} {TWO} refs/heads/naïve branch\n")
    + b"0000PACK....and so on"
)
CHANGES = [RefChange("refs/heads/main", ONE, TWO), RefChange("refs/heads/naïve branch", ZERO_SHA, TWO)]


@given(st.integers(1, 40), st.booleans())
def test_pieces_of_any_size_say_the_same(size: int, gzipped: bool) -> None:
    body = gzip.compress(BODY) if gzipped else BODY
    reader = CommandReader(gzipped)
    for start in range(0, len(body), size):
        reader.feed(body[start : start + size])
    assert reader.complete
    assert reader.changes == CHANGES
    assert "side-band-64k" in reader.capabilities


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused(body: bytes, gzipped: bool) -> None:
    reader = CommandReader(gzipped)
    try:
        reader.feed(body)
    except MalformedPushError:
        return
    assert all(len(change.old) == len(change.new) >= 40 for change in reader.changes)


def test_too_many_commands_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jupyterlab_gitlab.sandbox.repositories.receive_pack.MAX_COMMANDS", 100)
    with pytest.raises(MalformedPushError, match="too many"):
        CommandReader(False).feed(packet(f"{ONE} {TWO} refs/heads/main") * 2)


def test_a_refusal_names_every_ref_with_and_without_sideband() -> None:
    reader = CommandReader(False)
    reader.feed(BODY)
    answer = declined(reader, "No.")
    assert answer.startswith(b"0011\x02GitLab: No.\n")
    assert b"ng refs/heads/main pre-receive hook declined\n" in answer
    assert "ng refs/heads/naïve branch pre-receive hook declined\n".encode() in answer
    reader.capabilities.clear()
    assert declined(reader, "No.").startswith(b"000eunpack ok\n")


def test_only_what_git_accepted_has_moved() -> None:
    gone = RefChange("refs/heads/old", ONE, ZERO_SHA)
    same = RefChange("refs/heads/same", ONE, ONE)
    refs = {"refs/heads/main": TWO, "refs/heads/same": ONE}
    assert moved([*CHANGES, gone, same], refs) == [CHANGES[0], gone]
