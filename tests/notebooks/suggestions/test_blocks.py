"""The suggestion blocks of a comment."""

from __future__ import annotations

import pytest

from jupyterlab_gitlab.notebooks.suggestions.blocks import Block, blocks


def block(*lines: str, above: int = 0, below: int = 0) -> Block:
    return Block(above=above, below=below, lines=list(lines))


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
    assert blocks(body) == found
