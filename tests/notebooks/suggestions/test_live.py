"""A suggested change in an open notebook."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jupyterlab_gitlab.notebooks.suggestions.live import LiveCell, LiveChange, edit_live


def cells(*sources: str) -> list[LiveCell]:
    return [LiveCell(id=f"c{index}", source=source) for index, source in enumerate(sources)]


def change(at: int, old: Sequence[str], *new: str, id: str | None = "c1", source: str = "a\nb\nc") -> LiveChange:
    return LiveChange(id=id, source=source, at=at, old=old, new=new)


@pytest.mark.parametrize(
    ("sources", "wanted", "expected"),
    [
        (("x", "a\nb\nc"), change(1, ["b"], "bb", "bbb"), (1, "a\nbb\nbbb\nc")),
        (("x", "a\nb\nc"), change(2, ["c"]), (1, "a\nb")),
        (("x", "a\nb\nc\n"), change(2, ["c"], "d"), (1, "a\nb\nd\n")),
        # moved within the cell
        (("x", "new\na\nb\nc"), change(1, ["b"], "bb"), (1, "new\na\nbb\nc")),
        # the same lines twice: where they were counts
        (("x", "b\nb\nc"), change(1, ["b"], "bb"), (1, "b\nbb\nc")),
        (("x", "b\nx\nb"), change(1, ["b"], "bb"), None),
        # changed meanwhile
        (("x", "a\nB\nc"), change(1, ["b"], "bb"), None),
        (("x", ""), change(1, ["b"], "bb"), None),
        # found by its text where it has no id, or another one
        (("x", "a\nb\nc"), change(1, ["b"], "bb", id=None), (1, "a\nbb\nc")),
        (("a\nb\nc", "a\nb\nc"), change(1, ["b"], "bb", id=None), None),
        (("x", "a\nb\nc"), change(1, ["b"], "bb", id="gone"), (1, "a\nbb\nc")),
        (("x",), change(1, ["b"], "bb"), None),
        (("x", "a\r\nb\r\nc"), change(1, ["b"], "d", "e"), (1, "a\r\nd\r\ne\r\nc")),
    ],
)
def test_a_change_finds_its_lines_or_says_that_the_code_has_moved_on(
    sources: tuple[str, ...], wanted: LiveChange, expected: tuple[int, str] | None
) -> None:
    assert edit_live(cells(*sources), wanted) == expected


def test_two_cells_of_one_id_are_none() -> None:
    twice = [LiveCell(id="c1", source="a\nb\nc"), LiveCell(id="c1", source="b")]
    assert edit_live(twice, change(1, ["b"], "bb")) is None
