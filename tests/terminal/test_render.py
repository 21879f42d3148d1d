"""What is printed about a comparison."""

from __future__ import annotations

import base64
import re
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks.builders import code, display, markdown, notebook, stream

from jupyterlab_gitlab.notebooks.diff import diff_files
from jupyterlab_gitlab.terminal.outputs import Bodies
from jupyterlab_gitlab.terminal.pictures import dimensions
from jupyterlab_gitlab.terminal.render import Choices, headed
from jupyterlab_gitlab.terminal.screen import Screen, columns, shortened, wrapped

from .any_files import FILES

ESCAPES = re.compile("\x1b\\[[0-9;]*m")


def lines(old: bytes, new: bytes, *, screen: Screen | None = None, **choices: Any) -> list[str]:
    """The lines below the files' names."""
    found = diff_files(old, new, b"a.ipynb", b"b.ipynb")
    return list(headed(found, Bodies(old, new), screen or Screen(), Choices(**choices)))[2:]


def png(width: int, height: int, rest: bytes = b"") -> str:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height)
    return base64.b64encode(head + bytes(40) + rest).decode()


def table(*rows: str) -> dict[str, Any]:
    return display(text_html="<table>" + "".join(rows) + "</table>", text_plain="\n".join(rows))


def changed_output(old: dict[str, Any], new: dict[str, Any], **choices: Any) -> list[str]:
    found = lines(
        notebook(code("f()", [old], id="a"), nbformat_minor=5),
        notebook(code("f()", [new], id="a"), nbformat_minor=5),
        **choices,
    )
    assert found[:4] == ["only outputs changed", "", "── cell 1 · code · only an output changed", "  f()"]
    return found[4:]


def test_an_output_of_text_is_shown_by_its_first_changed_lines() -> None:
    old = stream("".join(f"{number}\n" for number in range(30)))
    new = stream("".join(f"{number}!\n" if number % 2 else f"{number}\n" for number in range(30)))
    short = changed_output(old, new)
    assert short[0] == "▸ output · text · +15 −15"
    assert short[1:4] == ["│   0", "│ - 1", "│ + 1!"]
    assert short[-1] == "│ ⋯ 22 more changed lines"
    full = changed_output(old, new, outputs="full")
    assert sum(line.startswith("│ +") for line in full) == 15


def test_an_output_that_was_written_over_is_shown_as_it_looked_at_last() -> None:
    old, new = stream("  1%|#   |\r100%|####|\n\x1b[31mloss\x1b[0m 1\n"), stream("  2%|#   |\r100%|####|\nloss 2\n")
    assert changed_output(old, new)[1:] == ["│   100%|####|", "│ - loss 1", "│ + loss 2"]


def test_an_address_in_memory_is_no_change_worth_a_line() -> None:
    old, new = (display(text_plain=f"[<Line2D at 0x{address}>]") for address in ("7f30aabbcc", "10b93d7d0"))
    assert changed_output(old, new) == ["▸ output · text · only memory addresses changed"]


def test_a_table_is_shown_by_its_rows_whatever_their_blanks() -> None:
    names = [f"{number}  Ann    1" for number in range(5)]
    old = table("   name   n", *names, "5  Bob    2")
    new = table("   name      n", *(f"{name[:-1]}   1" for name in names), "5  Bob  1000")
    assert changed_output(old, new) == [
        "▸ output · table · +1 −1",
        "│      name      n",
        "│ ⋯",
        "│   4  Ann       1",
        "│ - 5  Bob    2",
        "│ + 5  Bob  1000",
    ]


def test_a_table_without_plain_text_is_read_out_of_its_html() -> None:
    old, new = (
        display(text_html=f"<table><tr><td>a</td><td>{value}</td></tr></table>", text_plain="<Styler at 0x7f3a>")
        for value in (1, 2)
    )
    assert changed_output(old, new) == ["▸ output · table · +1 −1", "│ - a  1", "│ + a  2"]


def test_a_table_that_only_became_wider_is_no_list_of_rows() -> None:
    assert changed_output(table("a b", "1 2"), table("a  b", "1  2")) == ["▸ output · table · only its spacing changed"]


def test_an_output_too_long_to_be_compared_is_told_by_its_size() -> None:
    (line,) = changed_output(stream("x\n" * 600_000), stream("y\n" * 600_000))
    assert line == "▸ output · text · 1.2 MB → 1.2 MB of text, too long to be compared here"
    old, new = notebook(code("f()", id="a")), notebook(code("f()", [stream("y\n" * 1_200_000)], id="a"))
    assert lines(old, new)[-1] == "▸ output added · text, 1,200,000 lines"


def test_a_picture_is_shown_by_its_size() -> None:
    old, new = display(image_png=png(640, 480)), display(image_png=png(800, 480, bytes(3000)))
    assert changed_output(old, new) == ["▸ output · image · PNG 640 × 480, 64 B → 800 × 480, 3.1 kB"]
    old, other = display(image_png=png(640, 480, b"a")), display(image_png=png(640, 480, b"b"))
    assert changed_output(old, other) == ["▸ output · image · PNG 640 × 480, 65 B, other contents"]


def test_an_error_is_shown_by_its_name_and_message() -> None:
    def error(name: str, line: int) -> dict[str, Any]:
        return {"output_type": "error", "ename": name, "evalue": "no", "traceback": [f"line {line}", f"{name}: no"]}

    assert changed_output(error("KeyError", 1), error("TypeError", 1)) == [
        "▸ output · error · +1 −1",
        "│ - KeyError: no",
        "│ + TypeError: no",
    ]
    assert changed_output(error("KeyError", 1), error("KeyError", 2)) == [
        "▸ output · error · the same error, another traceback"
    ]


def test_other_outputs_are_shown_by_what_they_are() -> None:
    old, new = ({"application/vnd.plotly.v1+json": {"data": [value]}, "text/html": "x"} for value in (1, 2))
    outputs = ({"output_type": "display_data", "metadata": {}, "data": data} for data in (old, new))
    (line,) = changed_output(*outputs)
    assert re.fullmatch("▸ output · interactive · application/vnd.plotly.v1\\+json, \\d+ B, other contents", line)


def test_outputs_that_came_and_went_are_shown() -> None:
    old = notebook(code("f()", [stream("a\n"), display(image_png=png(1, 2))], id="a"))
    new = notebook(code("f()", [stream("a\n"), stream("b\n", "stderr")], id="a"))
    assert [line for line in lines(old, new) if line.startswith(("▸", "│"))] == [
        "▸ output 2 removed · image PNG 1 × 2, 64 B",
        "▸ output 2 added · text, 1 line",
        "│ + b",
    ]


def test_added_and_removed_cells_are_shown_whole_with_their_outputs_in_one_line() -> None:
    old = notebook(code("x = 1", id="a"), markdown("# Title\n\nText", id="m"))
    new = notebook(code("x = 1", id="a"), code("y = 2\ny", [stream("1\n2\n"), display(image_png=png(1, 2))], id="b"))
    assert lines(old, new) == [
        "1 cell added, 1 removed",
        "",
        "── old cell 2 · Markdown · removed",
        "- # Title",
        "-",
        "- Text",
        "",
        "── cell 2 · code · added",
        "+ y = 2",
        "+ y",
        "▸ 2 outputs · text, 2 lines, image PNG 1 × 2, 64 B",
    ]


def test_cells_that_moved_together_are_one_line() -> None:
    cells = [code(f"step_{number}(data)", id=f"c{number}") for number in range(12)]
    moved = [*cells[:2], *cells[8:], *cells[2:8]]
    assert lines(notebook(*cells), notebook(*moved)) == [
        "4 cells moved",
        "",
        "── cells 3–6 · moved up from 9–12",
        "  step_8(data)",
        "  step_9(data)",
        "  step_10(data)",
        "  step_11(data)",
    ]
    moved = [cells[11], *cells[:11]]
    assert lines(notebook(*cells), notebook(*moved))[2:] == ["── cell 1 · code · moved up from 12", "  step_11(data)"]


def test_cells_that_only_ran_again_are_counted() -> None:
    def ran(count: int) -> bytes:
        times = {"execution": {"iopub.status.busy": f"2024-01-0{count}"}}
        cells = [code(f"f({n})", id=f"c{n}", execution_count=count + n, metadata=times) for n in range(3)]
        return notebook(*cells)

    assert lines(ran(1), ran(4)) == [
        "only execution counts changed",
        "",
        "3 cells ran again without another result",
    ]


def test_metadata_is_shown_value_by_value_unless_it_is_too_much() -> None:
    old = notebook(
        code("x", id="a", metadata={"tags": ["a"]}),
        metadata={"kernelspec": {"name": "a"}, "widgets": {str(n): n for n in range(9)}},
        nbformat_minor=4,
    )
    new = notebook(
        code("x", id="a", metadata={"tags": ["a", "b"], "k\n": 1}),
        metadata={"kernelspec": {"name": "b"}, "widgets": {}},
        nbformat_minor=5,
    )
    assert lines(old, new) == [
        "only metadata changed",
        "▸ nbformat_minor: 4 → 5",
        '▸ notebook metadata · kernelspec.name: "a" → "b"',
        "▸ notebook metadata · widgets: 9 values changed",
        "",
        "── cell 1 · code · only metadata changed",
        "  x",
        '▸ metadata · tags: ["a"] → ["a","b"]',
        "▸ metadata · k\\n added: 1",
    ]
    narrow = lines(old, new, screen=Screen(width=40))
    assert narrow[2:5] == ["▸ notebook metadata · kernelspec.name:", '│ - "a"', '│ + "b"']


def test_outputs_can_be_left_out() -> None:
    old = notebook(code("f()", [stream("1\n")], id="a"), code("x", id="b"))
    new = notebook(code("f()", [stream("2\n")], id="a"), code("y", id="b"))
    assert [line for line in lines(old, new, outputs="none") if line.startswith("──")] == ["── cell 2 · code · changed"]


def test_long_runs_of_unchanged_lines_are_counted() -> None:
    old = [f"line {number}" for number in range(20)]
    new = [*old[:10], "other", *old[11:]]
    shown = lines(notebook(code("\n".join(old), id="a")), notebook(code("\n".join(new), id="a")))[3:]
    assert shown[0] == "⋯ 7 unchanged lines" and shown[-1] == "⋯ 6 unchanged lines"
    near = [*old[:4], "other", *old[5:]]
    shown = lines(notebook(code("\n".join(old), id="a")), notebook(code("\n".join(near), id="a")))[3:]
    assert shown[0] == "  line 0"  # one line is not left out: telling so would take as much room


def text_lines(old: bytes, new: bytes, **choices: Any) -> list[str]:
    found = diff_files(old, new, b"a.py", b"b.py")
    return list(headed(found, Bodies(old, new), Screen(), Choices(**choices)))[2:]


def test_hunks_of_a_text_stand_under_their_line_numbers() -> None:
    old = [f"line {number}\n".encode() for number in range(1, 31)]
    new = [*old[:9], b"more\n", *old[9:20], *old[21:]]
    heads = [line for line in text_lines(b"".join(old), b"".join(new)) if line.startswith("@@")]
    assert heads == ["@@ -7,6 +7,7 @@", "@@ -18,7 +19,6 @@"]
    assert text_lines(b"".join(old), b"".join(new), context=0) == [
        "@@ -9,0 +10,1 @@",
        "+ more",
        "@@ -21,1 +21,0 @@",
        "- line 21",
    ]
    assert text_lines(b"", b"a\n")[0] == "@@ -0,0 +1,1 @@"


def test_changed_words_are_marked_and_lines_too_long_are_cut_round_them() -> None:
    old, new = notebook(markdown("a wörd 😀 here", id="a")), notebook(markdown("a wörd 😀 there", id="a"))
    marked = lines(old, new, screen=Screen(coloured=True, width=80))
    assert "\x1b[31m- \x1b[0m\x1b[31ma wörd 😀 \x1b[0m\x1b[31;7mhere\x1b[0m" in marked
    blob = "A" * 200_000
    old, new = notebook(markdown(f"![]({blob}) one", id="a")), notebook(markdown(f"![]({blob}) two", id="a"))
    shown = lines(old, new, screen=Screen(width=80))
    assert len(shown) < 12 and any(line.endswith(") one") for line in shown)
    assert len(lines(old, new)[-1]) > 200_000


def test_what_would_turn_the_reading_direction_or_steer_the_terminal_is_spelled_out() -> None:
    old, new = notebook(code("x", id="a")), notebook(code(["a\u202eb\x9b2J\u2028\x07\tc"], id="a"))
    assert lines(old, new)[-1] == "+ a\\u202eb\\x9b2J\\u2028\\x07\tc"


@pytest.mark.parametrize(
    ("mime", "data", "size"),
    [
        ("image/png", png(3, 4), (3, 4)),
        ("image/gif", base64.b64encode(b"GIF89a" + struct.pack("<HH", 5, 6)).decode(), (5, 6)),
        (
            "image/jpeg",
            base64.b64encode(b"\xff\xd8\xff\xe0\0\4ab\xff\xc4\0\3a\xff\xc2\0\x11\x08\0\7\0\x08").decode(),
            (8, 7),
        ),
        ("image/png", "====", None),
        ("image/jpeg", base64.b64encode(b"\xff\xd8\xff").decode(), None),
        ("image/svg+xml", "<svg/>", None),
        ("image/png", "ä", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_file(mime: str, data: str, size: tuple[int, int] | None) -> None:
    assert dimensions(mime, data) == size


TEXTS = st.text(st.sampled_from("ab ,界e\u0301😀\u200d️ﬀ"), max_size=60)


@given(st.lists(st.tuples(TEXTS, st.booleans()), max_size=5), st.integers(2, 30))
def test_a_wrapped_line_keeps_its_text_and_its_marks(pieces: list[tuple[str, bool]], width: int) -> None:
    rows = wrapped(pieces, width)
    assert [(character, mark) for row in rows for text, mark in row for character in text] == [
        (character, mark) for text, mark in pieces for character in text
    ]
    assert all(columns("".join(text for text, _ in row)) <= width for row in rows)


@given(TEXTS, st.integers(1, 30))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    short = shortened(text, width)
    assert columns(short) <= width
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@settings(deadline=None)
@given(FILES, FILES, st.integers(20, 120) | st.none(), st.booleans(), st.sampled_from(["short", "full", "none"]))
def test_any_two_files_are_shown_within_the_screen(
    old: bytes, new: bytes, width: int | None, coloured: bool, outputs: str
) -> None:
    shown = lines(old, new, screen=Screen(coloured=coloured, width=width), outputs=outputs)
    text = "\n".join(shown)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", ESCAPES.sub("", text))
    text.encode()
    if width is not None:
        plain = [ESCAPES.sub("", line) for line in shown]
        # sentences are left to the terminal to wrap, and a count of what was left out of a line may stand out
        sizes = [columns(line) for line in plain if not re.match("The |All cell ids |Binary ", line)]
        assert max(sizes, default=0) <= width + 30
