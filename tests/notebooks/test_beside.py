from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.raw import RawPairing
from jupyterlab_gitlab.notebooks.rawtext import RawText
from jupyterlab_gitlab.notebooks.versions import Version, Versions, read_versions

from .builders import code, document, markdown, notebook, stream

CELLS = [
    *(code(f"value = {number}\nprint(value)", [stream(f"{number}\n")], execution_count=number) for number in range(6)),
    markdown("# Title\nwords"),
    *(code(f"other({number})") for number in range(6)),
]


def read(old: bytes, new: bytes) -> tuple[Versions | str, Versions | str]:
    """Both versions, read beside each other and each by itself."""
    texts = RawText(old), RawText(new)
    return read_versions(*texts, RawPairing(*texts)), read_versions(*texts)


def told(version: Version) -> Any:
    cells = [
        (cell.cell_type, cell.written, cell.id, cell.execution_count, cell.metadata, cell.attachments, cell.outputs)
        for cell in version.notebook.cells
    ]
    lines = [version.lines_of(index) for index in range(len(cells))] if version.lines is not None else None
    return cells, lines, version.notebook.metadata, version.notebook.nbformat, version.notebook.nbformat_minor


def agree(found: Versions | str, alone: Versions | str) -> None:
    if isinstance(found, str) or isinstance(alone, str):
        assert found == alone
    else:
        assert told(found.new) == told(alone.new) and told(found.old) == told(alone.old)
        assert found.notes == alone.notes


def legacy(cells: list[dict[str, Any]]) -> bytes:
    written = [{"cell_type": "markdown", "metadata": {}, "source": cell["source"]} for cell in cells]
    plain = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": written, "metadata": {}}]}
    return json.dumps(plain, indent=1).encode()


@settings(deadline=None)
@given(st.data())
def test_the_new_version_beside_the_old_one_is_what_it_is_alone(data: st.DataObject) -> None:
    old = data.draw(st.sampled_from([notebook(*CELLS), legacy(CELLS), notebook(*CELLS).replace(b"\n", b"\r\n")]))
    lines = old.split(b"\n")
    for _ in range(data.draw(st.integers(0, 3))):
        at, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        kind = data.draw(st.sampled_from(["left out", "repeated", "moved", "edited"]))
        if kind == "left out":
            del lines[at]
        elif kind == "repeated":
            lines.insert(at, lines[other])
        elif kind == "moved":
            lines[at : at + 8], lines[other : other + 8] = lines[other : other + 8], lines[at : at + 8]
        else:
            lines[at] = lines[at].replace(b'"', b"", 1)
    agree(*read(old, b"\n".join(lines)))


def test_unchanged_cells_are_the_very_same() -> None:
    new = [*CELLS]
    new[2] = code("edited()")
    for old_data, new_data in ((notebook(*CELLS), notebook(*new)), (legacy(CELLS), legacy(new))):
        found, alone = read(old_data, new_data)
        agree(found, alone)
        assert isinstance(found, Versions)
        same = [a is b for a, b in zip(found.old.notebook.cells, found.new.notebook.cells, strict=True)]
        assert not same[2] and sum(same) >= len(CELLS) - 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b' "cells": [\n', b' "cells": [],\n "others": [\n'),  # the same lines, but no cells
        (b' "metadata": {},\n "nbformat"', b' "cells": [],\n "metadata": {},\n "nbformat"'),  # a second list counts
        (
            b'   "outputs": [],\n',
            b'   "outputs": [[\n',
        ),
        (b' "nbformat": 4', b' "nbformat": 4, "x": [{}'),
        (b'"words"', b'"\\ud800"'),
        (b'"words"', b'"\xff"'),
    ],
)
def test_unchanged_lines_that_are_no_cells_any_more_are_not_taken_for_cells(before: bytes, after: bytes) -> None:
    old = json.dumps(document(CELLS), indent=1).encode()
    assert before in old
    agree(*read(old, old.replace(before, after, 1)))
