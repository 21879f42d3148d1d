"""Small notebooks made in code."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from jupyterlab_gitlab.contract.diffs import CellDiff, FileDiff, NotebookDiff, SourceRow
from jupyterlab_gitlab.notebooks.diff import diff_files
from jupyterlab_gitlab.notebooks.model import Notebook
from jupyterlab_gitlab.notebooks.parse import parse
from jupyterlab_gitlab.notebooks.raw import RawPairing
from jupyterlab_gitlab.notebooks.rawtext import RawText


def code(source: Any = "", outputs: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    """A code cell; a string source is written as a list of lines, as Jupyter does."""
    lines = source.splitlines(True) if isinstance(source, str) else source
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": outputs or [], "source": lines}
    return {**cell, **more}


def markdown(source: Any = "", **more: Any) -> dict[str, Any]:
    lines = source.splitlines(True) if isinstance(source, str) else source
    return {"cell_type": "markdown", "metadata": {}, "source": lines, **more}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text.splitlines(True)}


def display(**data: Any) -> dict[str, Any]:
    """A display_data output; ``text_html=…`` is ``text/html``."""
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {key.replace("_", "/", 1): value for key, value in data.items()},
    }


def document(cells: list[Any], **more: Any) -> dict[str, Any]:
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def notebook(*cells: Any, indent: int | None = 1, **more: Any) -> bytes:
    """A notebook file as Jupyter writes it (or compact with ``indent=None``)."""
    return json.dumps(document(list(cells), **more), indent=indent, ensure_ascii=False).encode() + b"\n"


def read(data: bytes) -> Notebook:
    found = parse(RawText(data))
    assert isinstance(found, Notebook), found
    return found


def pairing(old: bytes | None, new: bytes | None) -> RawPairing:
    return RawPairing(None if old is None else RawText(old), None if new is None else RawText(new))


def compare(old: bytes | None, new: bytes | None, path: bytes = b"work/a.ipynb") -> FileDiff:
    return diff_files(old, new, path, path)


def compare_notebooks(old: bytes | None, new: bytes | None) -> NotebookDiff:
    found = compare(old, new)
    assert isinstance(found, NotebookDiff), found
    return found


def only_cell(diff: NotebookDiff) -> CellDiff:
    (cell,) = diff.cells
    return cell


def anchors(rows: list[SourceRow]) -> list[tuple[int | None, int | None] | None]:
    return [(row.anchor.old_line, row.anchor.new_line) if row.anchor else None for row in rows]


# hypothesis

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
line_texts = texts.map(lambda text: text.replace("\n", "").replace("\r", ""))
words = st.sampled_from(["plot", "(df)", "x = 1", "", "é😀", '"\\', "[{", "  y", "#"])
lines = st.lists(st.one_of(words, line_texts), max_size=6)
sources = st.one_of(
    lines.map(lambda texts: "\n".join(texts).splitlines(True)),
    lines.map("\n".join),
    st.lists(texts, max_size=4),
)
outputs = st.one_of(
    texts.map(stream),
    st.builds(display, text_plain=st.lists(texts, max_size=3), text_html=texts),
    st.just({"output_type": "error", "ename": "E", "evalue": "", "traceback": ["\x1b[31mE\x1b[0m", "", "a\nb"]}),
    st.builds(display, application_json=st.just({"a": [1, {"b": 2}]}), image_png=texts),
)
cells = st.one_of(
    st.builds(code, sources, st.lists(outputs, max_size=3), execution_count=st.one_of(st.none(), st.integers(0, 9))),
    st.builds(markdown, sources),
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Notebook files in the layouts that occur."""
    plain = document(
        draw(st.lists(cells, max_size=5)),
        metadata=draw(st.dictionaries(texts, st.one_of(texts, st.integers()), max_size=2)),
    )
    text = json.dumps(
        plain,
        indent=draw(st.sampled_from([None, 0, 1, 2, 4, "\t"])),
        ensure_ascii=draw(st.booleans()),
        sort_keys=draw(st.booleans()),
    )
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    data = text.encode()
    if draw(st.booleans()):
        data += b"\n"
    return b"\xef\xbb\xbf" + data if draw(st.booleans()) else data


# anything that JSON can hold where a notebook would be
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
_CELL_KEYS = ("cell_type", "source", "outputs", "metadata", "execution_count", "id", "attachments", "input")
_OUTPUT_KEYS = ("output_type", "data", "text", "traceback", "name", "metadata", "execution_count")
_KINDS = st.sampled_from(["stream", "error", "display_data", "execute_result", "pyout", "pyerr"])
odd_outputs = st.one_of(
    values,
    st.fixed_dictionaries({}, optional=dict.fromkeys(_OUTPUT_KEYS, values)),
    st.fixed_dictionaries({"output_type": _KINDS}, optional=dict.fromkeys(_OUTPUT_KEYS[1:], values)),
    st.builds(display, text_plain=values, text_html=values, image_png=values),
)
odd_cells = st.one_of(
    values,
    st.fixed_dictionaries(
        {"cell_type": st.just("code"), "source": values, "outputs": st.lists(odd_outputs, max_size=3)}
    ),
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(_CELL_KEYS, values),
    ),
    st.fixed_dictionaries({"cell_type": st.just("code"), "outputs": st.lists(values), "source": values}),
)
odd_documents = st.one_of(
    values,
    st.builds(document, st.lists(odd_cells, max_size=3), nbformat=values, metadata=values),
    st.fixed_dictionaries(
        {
            "nbformat": st.sampled_from([2, 3]),
            "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(odd_cells, max_size=3)}), max_size=2),
        }
    ),
)
odd_files = odd_documents.map(lambda plain: json.dumps(plain, indent=1).encode())
