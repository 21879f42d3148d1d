"""The suggestion blocks of a comment."""

from __future__ import annotations

import msgspec
import pytest

from jupyterlab_gitlab.notebooks.suggestions.applied import applied_in, with_applied
from jupyterlab_gitlab.notebooks.suggestions.blocks import Block, blocks


def block(*lines: str, above: int = 0, below: int = 0) -> Block:
    return Block(above=above, below=below, lines=list(lines), begins=0, ends=0)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("```suggestion:-2+1\na\nb\n```", [block("a", "b", above=2, below=1)]),
        ("Better:\n\n```suggestion\nx = 1\n```\nOK?", [block("x = 1")]),
        ("```suggestion:-1\na\n```\n\n```suggestion:+3\nb\n```", [block("a", above=1), block("b", below=3)]),
        ("````suggestion:-0+0\n```\ncode\n```\n````", [block("```", "code", "```")]),
        ("~~~suggestion:-0+0\na\n~~~", [block("a")]),
        ("```suggestion:-0+0\r\na\r\n```\r\n", [block("a")]),
        ("```suggestion:-0+0\n```", [block()]),
        ("```suggestion:-0+0\n\n```", [block()]),
        ("```suggestion:-0+0\n    indented\n\n```", [block("    indented", "")]),
        ("```suggestion:-0+0\nnever closed", [block("never closed")]),
        ("```suggestion:nonsense\na\n```", [block("a")]),
        ("```python\n```suggestion\nx\n```", []),
        ("```python\nx\n```", []),
        ("In a sentence: ```suggestion:-0+0 x``` so.", []),
        ("```suggestions\nx\n```", []),
        ("", []),
    ],
)
def test_blocks_are_read_as_gitlab_reads_them(body: str, found: list[Block]) -> None:
    assert [msgspec.structs.replace(each, begins=0, ends=0) for each in blocks(body)] == found


def test_blocks_are_told_with_their_place_in_the_text() -> None:
    body = "Better:\n\n```suggestion\nx = 1\n```\nor\n~~~suggestion\ny"
    assert [(each.begins, each.ends) for each in blocks(body)] == [(2, 5), (6, 8)]
    assert [(each.begins, each.ends) for each in blocks(body.replace("\n", "\r\n"))] == [(2, 5), (6, 8)]


def test_what_was_applied_is_read_from_the_comment_that_says_so() -> None:
    said = with_applied("Applied in 1234.", [(12, 0), (13, 2)])
    assert said.startswith("Applied in 1234.\n") and applied_in(said) == {(12, 0), (13, 2)}
    assert applied_in("Applied.") == set()
