"""Which raw line a comment on a cell or an output hangs on."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from jupyterlab_gitlab.notebooks.positions.ladder import Ladder, Place
from jupyterlab_gitlab.notebooks.raw import Position

from ..builders import code, display, files, markdown, notebook, stream

LONG = [markdown(f"# Part {number}", id=f"m{number}") for number in range(4)]
"""Enough lines between two cells that a change in one is out of the other's sight."""


def line_of(data: bytes, text: bytes) -> int:
    """The raw line that holds *text*, once."""
    assert data.count(text) == 1
    return data[: data.index(text)].count(b"\n") + 1


def make(*cells: Any) -> bytes:
    return notebook(*cells, nbformat_minor=5)


def added(data: bytes, text: bytes) -> Position:
    return None, line_of(data, text)


def both(old: bytes, new: bytes, text: bytes) -> Position:
    return line_of(old, text), line_of(new, text)


def test_a_changed_cell_is_commented_on_its_first_changed_source_line() -> None:
    old = make(code("import os\nx = 1\nprint(x)\n", id="a"))
    new = make(code("import os\nx = 2\nprint(x)\n", id="a"))
    assert Ladder(old, new).cell("new", 0) == Place(rung="changed_source", position=added(new, b"x = 2"), shown=True)
    assert Ladder(old, new).cell("old", 0).position == (line_of(old, b"x = 1"), None)


def test_a_cell_of_which_only_the_output_changed_is_commented_there() -> None:
    old = make(code("f()", [stream("one\n")], id="a"))
    new = make(code("f()", [stream("two\n")], id="a"))
    assert Ladder(old, new).cell("new", 0) == Place(rung="changed_output", position=added(new, b"two"), shown=True)


def test_a_line_of_which_only_the_comma_changed_has_no_row_and_is_passed_over() -> None:
    old = make(code("first()\nlast()", id="a"))
    new = make(code("first()\nlast()\nmore()", id="a"))
    place = Ladder(old, new).cell("new", 0)
    assert place == Place(rung="changed_source", position=added(new, b"more()"), shown=True)


def test_an_unchanged_cell_near_a_change_is_commented_with_both_lines() -> None:
    old, new = (make(code("x = 1", id="a"), code(f"y = {number}", id="b")) for number in (1, 22))
    ladder = Ladder(old, new)
    near = both(old, new, b'"id": "b"')
    assert ladder.pairing.accepts(*near)
    place = ladder.cell("new", 0)
    assert place == Place(rung="unfolded", position=both(old, new, b"x = 1"), shown=True)


def test_a_source_line_within_the_context_comes_before_one_outside() -> None:
    old, new = (make(code("a()\nb()\nc()\nd()\ne()", id="a", later=value)) for value in ("1", "2"))
    place = Ladder(old, new).cell("new", 0)
    assert place == Place(rung="context", position=both(old, new, b"e()"), shown=True)


def test_an_unchanged_cell_far_from_any_change_is_commented_where_gitlab_unfolds() -> None:
    old, new = (make(code("x = 1", id="a"), *LONG, code(f"y = {number}", id="b")) for number in (1, 22))
    place = Ladder(old, new).cell("old", 0)
    assert place == Place(rung="unfolded", position=both(old, new, b"x = 1"), shown=True)


def test_an_empty_cell_is_commented_on_its_own_line() -> None:
    old, new = (make(code("", id="a"), *LONG, code(f"y = {number}", id="b")) for number in (1, 22))
    place = Ladder(old, new).cell("new", 0)
    assert place.rung == "frame" and place.shown and place.position == (3, 3)


def test_an_output_is_commented_on_its_changed_line() -> None:
    old = make(code("f()", [stream("same\none\n"), display(text_html="<b>1</b>")], id="a"))
    new = make(code("f()", [stream("same\ntwo\n"), display(text_html="<b>1</b>")], id="a"))
    assert Ladder(old, new).output("new", 0, 0) == Place(rung="changed_output", position=added(new, b"two"), shown=True)


def test_an_unchanged_output_is_commented_on_its_first_shown_line() -> None:
    old, new = (
        make(code("f()", [display(image_png="iVBOR", text_html="<i>1</i>")], id="a"), *LONG, code(str(n), id="b"))
        for n in (1, 22)
    )
    place = Ladder(old, new).output("new", 0, 0)
    assert place == Place(rung="unfolded", position=both(old, new, b"iVBOR"), shown=True)


def test_an_output_that_gitlab_does_not_show_is_commented_on_its_cell() -> None:
    old, new = (make(code("f()", [display(text_html=f"<b>{n}</b>")], id="a")) for n in (1, 2))
    place = Ladder(old, new).output("new", 0, 0)
    assert place.rung == "cell" and place.shown
    assert place.position == both(old, new, b"f()")


def test_added_deleted_and_renamed_notebooks_have_one_side() -> None:
    data = make(code("x = 1", [stream("out\n")], id="a"))
    assert Ladder(None, data).cell("new", 0) == Place(rung="changed_source", position=added(data, b"x = 1"), shown=True)
    assert Ladder(data, None).output("old", 0, 0).position == (line_of(data, b'"out\\n"'), None)
    # renamed without a change: GitLab has no diff that could be commented
    assert Ladder(data, data).cell("new", 0) == Place(rung="general")


def test_what_is_not_there_becomes_a_general_thread() -> None:
    old, new = (make(code(str(n), id="a")) for n in (1, 2))
    ladder = Ladder(old, new)
    assert ladder.cell("new", 5) == ladder.cell("new", -1) == Place(rung="general")
    assert ladder.output("new", 0, 3).rung == "cell"
    assert not Ladder(b"{", new).readable
    assert Ladder(b"{", new).cell("new", 0) == Place(rung="general")


def test_where_gitlab_has_no_notebook_view_every_line_is_shown() -> None:
    source = "\n".join(f"x{number}" for number in range(60_000)).splitlines(True)
    old, new = (make(code([*source, str(n)], id="a")) for n in (1, 2))
    assert Ladder(old, new).cell("new", 0) == Place(
        rung="changed_source", position=(None, line_of(new, b'"2"')), shown=True
    )


def test_the_number_under_which_the_view_lists_a_line_is_used_where_it_lags() -> None:
    # GitLab's count misses the line end after a number that closes an object
    old, new = (make(code("x = 1", id="a", metadata={"n": 5}), *LONG, code(f"y = {n}", id="b")) for n in (1, 22))
    line = line_of(new, b"x = 1")
    assert Ladder(old, new).cell("new", 0) == Place(rung="unfolded", position=(line - 1, line - 1), shown=True)


@settings(deadline=None, max_examples=60)
@given(files(), files())
def test_every_place_is_one_that_gitlab_takes(old: bytes, new: bytes) -> None:
    ladder = Ladder(old, new)
    index = 0
    while (cell := ladder.cell_at("new", index)) is not None:
        places = [ladder.cell("new", index)]
        places += [ladder.output("new", index, output) for output in range(len(cell.outputs))]
        for place in places:
            if place.position is None:
                assert place == Place(rung="general")
            else:
                assert ladder.pairing.accepts(*place.position)
                assert place.shown == (place.rung != "hidden")
                assert not place.shown or ladder.shows(place.position)
        index += 1
