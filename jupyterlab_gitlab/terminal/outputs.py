"""What became of a cell's outputs, in short: the changed lines of texts and tables, the sizes of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..contract.diffs import OutputDiff, OutputSummary, SourceRow
from ..notebooks.model import Notebook
from ..notebooks.outputs import output_body
from ..notebooks.parse import parse
from ..notebooks.rawtext import RawText
from ..notebooks.source import Changed, compare_lines
from .clean import clean_name, shown_text
from .lines import BAR, COLOURS, ITEM, hunks, row_lines
from .pictures import dimensions, file_size
from .screen import CYAN, DIM, Screen
from .words import KINDS, byte_size, counted

_MOST_LINES = 8
"""Changed lines of an output that are shown, if not all are asked for."""
_MOST_ROWS = 2
"""Rows of the screen that one of them may take then."""
_LONGEST = 2_000_000
"""Characters of a text (both sides together) that are compared line by line."""
_ADDRESS = re.compile("0x[0-9a-fA-F]{6,}")
_OBJECT = re.compile("<[^\n]*>")
"""What Python has to say of an object that shows itself in another form."""
_TEXTS = {"markdown": "text/markdown", "latex": "text/latex"}
"""MIME type whose text stands for an output of a kind; the others have their plain text."""


class Bodies:
    """The bodies of both sides' outputs, read when the first one is asked for."""

    def __init__(self, old: bytes | None, new: bytes | None) -> None:
        self._data = {"old": old, "new": new}
        self._read: dict[str, Notebook | str] = {}

    def body(self, side: str, cell: int, output: int) -> dict[str, Any]:
        """One output as nbformat 4 has it, ``{}`` if there is none (both counted from 0)."""
        if side not in self._read:
            self._read[side] = parse(RawText(self._data[side] or b""))
        notebook = self._read[side]
        return (output_body(notebook, cell, output) or {}) if isinstance(notebook, Notebook) else {}


class OutputLines:
    """Makes the lines about a cell's outputs.

    Parameters
    ----------
    full: all changed lines are shown, with *context* unchanged ones.
    """

    def __init__(self, bodies: Bodies, screen: Screen, *, full: bool, context: int) -> None:
        self.bodies = bodies
        self.screen = screen
        self.full = full
        self.context = context if full else min(context, 1)

    def changed(self, outputs: Sequence[OutputDiff], old_cell: int, new_cell: int) -> Iterator[str]:
        """The changed outputs of a cell that stands at these places (from 0)."""
        alone = len(outputs) == 1
        for output in outputs:
            if output.kind == "same":
                continue
            old = self.bodies.body("old", old_cell, output.old.index) if output.old else {}
            new = self.bodies.body("new", new_cell, output.new.index) if output.new else {}
            side = output.new or output.old
            assert side is not None
            name = "output" if alone else f"output {side.index + 1}"
            if output.old and output.new:
                yield from self._pair(name, (output.old, old), (output.new, new))
            else:
                yield from self._one(name, output.kind, side, new or old)

    def listed(self, outputs: Sequence[OutputDiff], side: str, cell: int) -> Iterator[str]:
        """The outputs of an added or removed cell, in one line."""
        summaries = [found for output in outputs if (found := output.new if side == "new" else output.old)]
        if summaries:
            words = ", ".join(describe(one, self.bodies.body(side, cell, one.index)) for one in summaries)
            head = "output" if len(summaries) == 1 else f"{len(summaries)} outputs"
            yield self.screen.paint(self.screen.cut(f"{ITEM}{head} · {words}"), DIM)

    def _one(self, name: str, kind: str, side: OutputSummary, body: dict[str, Any]) -> Iterator[str]:
        line = self.screen.cut(f"{ITEM}{name} {kind} · {describe(side, body)}")
        yield self.screen.paint(line, COLOURS[kind])
        text = _text(side, body)
        if text is not None and len(text) <= _LONGEST:
            yield from self._rows(_compared(*(("", text) if kind == "added" else (text, ""))))

    def _pair(
        self, name: str, old: tuple[OutputSummary, dict[str, Any]], new: tuple[OutputSummary, dict[str, Any]]
    ) -> Iterator[str]:
        kind, rows, words = new[0].kind, [], ""
        before, after = _text(*old), _text(*new)
        if before is not None and after is not None:
            if len(before) + len(after) > _LONGEST:
                words = f"{byte_size(len(before))} → {byte_size(len(after))} of text, too long to be compared here"
            elif before == after:
                words = "the same error, another traceback" if kind == "error" else "the same text in another form"
            elif _ADDRESS.sub("", before) == _ADDRESS.sub("", after):
                words = "only memory addresses changed"
            else:
                rows = _compared(before, after, ignore_whitespace=kind == "table")
                counts = [sum(row.kind == sign for row in rows) for sign in ("added", "removed")]
                parts = [f"{sign}{count}" for sign, count in zip("+−", counts, strict=True) if count]
                words = " ".join(parts) or "only its spacing changed"
        else:
            words = _both(old, new)
        yield self.screen.paint(self.screen.cut(f"{ITEM}{name} · {KINDS[kind]} · {words}"), CYAN)
        yield from self._rows(rows, headed=kind == "table")

    def _rows(self, rows: Sequence[SourceRow], *, headed: bool = False) -> Iterator[str]:
        """The hunks; *headed*: the first row is shown in any case, since it names the columns."""
        bar = self.screen.paint(BAR, DIM)
        shown, total = 0, sum(row.kind != "same" for row in rows)
        for hunk in hunks(rows, self.context):
            if isinstance(hunk, int):
                if headed and not shown and total:
                    yield from row_lines(rows[0], self.screen, bar, _MOST_ROWS)
                if shown < total:
                    yield bar + self.screen.paint("⋯", DIM)
                continue
            for row in hunk:
                if shown >= _MOST_LINES and not self.full and row.kind != "same":
                    yield bar + self.screen.paint(f"⋯ {counted(total - shown, 'more changed line')}", DIM)
                    return
                yield from row_lines(row, self.screen, bar, *(() if self.full else (_MOST_ROWS,)))
                shown += row.kind != "same"


def describe(summary: OutputSummary, body: dict[str, Any]) -> str:
    """An output in a few words: ``text, 14 lines``."""
    if summary.kind == "error":
        return f"error {clean_name(str(body.get('ename', '')))}"
    text = _text(summary, body)
    if text is None or summary.kind == "table":
        return f"{KINDS[summary.kind]} {_size(summary, body)}"
    return f"{KINDS[summary.kind]}, {counted(len(_lines(text)), 'line')}"


def _size(summary: OutputSummary, body: dict[str, Any]) -> str:
    """What can be told of an output that has no text."""
    if summary.kind == "image":
        mime, data = _picture(body)
        size = dimensions(mime, data)
        form = clean_name(mime.removeprefix("image/").partition("+")[0].upper())
        return f"{form}{' {} × {}'.format(*size) if size else ''}, {byte_size(file_size(mime, data))}"
    mime = next((clean_name(mime) for mime in summary.mime_types if not mime.startswith("text/")), "")
    return f"{mime + ', ' if mime else ''}{byte_size(summary.size)}"


def _both(old: tuple[OutputSummary, dict[str, Any]], new: tuple[OutputSummary, dict[str, Any]]) -> str:
    before, after = _size(*old), _size(*new)
    if before == after:
        return f"{after}, other contents"
    head, _, _ = before.rpartition(", ")
    new_head, _, new_size = after.rpartition(", ")
    if head == new_head:
        return f"{before} → {new_size}"
    form, _, pixels = new_head.partition(" ")
    return f"{before} → {pixels}, {new_size}" if pixels and head.startswith(f"{form} ") else f"{before} → {after}"


def _picture(body: dict[str, Any]) -> tuple[str, str]:
    data = body.get("data")
    if isinstance(data, dict):
        for mime, value in data.items():
            if mime.startswith("image/") and isinstance(value, str):
                return mime, value
    return "image/", ""


def _text(summary: OutputSummary, body: dict[str, Any]) -> str | None:
    """The text that stands for an output; None if it has none to be compared line by line."""
    if summary.kind == "error":
        return f"{body.get('ename', '')}: {body.get('evalue', '')}"
    if summary.kind in ("image", "interactive", "data"):
        return None
    data = body.get("data")
    values = data if isinstance(data, dict) else {"text/plain": body.get("text")}
    text = values.get(_TEXTS.get(summary.kind, "text/plain"))
    if isinstance(text, str) and not (len(values) > 1 and _OBJECT.fullmatch(text)):
        return shown_text(text)
    html = values.get("text/html")
    if summary.kind not in ("html", "table") or not isinstance(html, str):
        return None
    from .html_text import html_text  # most outputs need none

    return html_text(html)


def _compared(old: str, new: str, *, ignore_whitespace: bool = False) -> list[SourceRow]:
    """The rows of two texts. Blanks tell nothing in a table: one wider value moves all others."""
    old_lines, new_lines = _lines(old), _lines(new)
    rows = []
    for part in compare_lines(old_lines, new_lines, ignore_whitespace=ignore_whitespace):
        if isinstance(part, Changed):
            kind, index = ("removed", part.old) if part.old is not None else ("added", part.new)
            lines = old_lines if kind == "removed" else new_lines
            rows.append(_row(kind, lines[index or 0], part.spans))
        else:
            rows += [_row("same", text) for text in new_lines[part.new : part.new + part.count]]
    return rows


def _row(kind: Any, text: str, spans: tuple[tuple[int, int], ...] = ()) -> SourceRow:
    return SourceRow(kind=kind, old=None, new=None, old_number=None, new_number=None, text=text, spans=spans)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines
