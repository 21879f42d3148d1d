"""Outputs: what kind they are, whether they changed, which belongs to which."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Literal

import orjson

from ..contract.diffs import OutputDiff, OutputSummary
from .canonical import canonical
from .fuzzy import distances
from .model import Cell, Notebook
from .places import CellLines, OutputLines
from .raw import RawPairing
from .view_text import mapped_values

OutputKind = Literal["text", "error", "table", "image", "html", "markdown", "latex", "interactive", "data"]
Side = Literal["old", "new"]

_INTERACTIVE = (
    "application/vnd.jupyter.widget-view+json",
    "application/vnd.plotly",
    "application/vnd.vega",
    "application/vnd.bokehjs",
    "application/vnd.holoviews",
    "application/geo+json",
    "application/javascript",
    "application/pdf",
)
_TEXTS = ("text/", "image/", "application/javascript", "application/pdf")
"""MIME types whose lists are multi-line strings; the others' are JSON."""


def normalised(output: dict[str, Any]) -> dict[str, Any]:
    """The output as nbformat 4 writes it, multi-line strings joined."""
    body = dict(output)
    if "text" in body:
        body["text"] = _joined(body["text"])
    if isinstance(body.get("data"), dict):
        body["data"] = {
            mime: _joined(value) if mime.startswith(_TEXTS) and not mime.endswith("+json") else value
            for mime, value in body["data"].items()
        }
    return body


def _joined(value: Any) -> Any:
    if isinstance(value, list):
        with suppress(TypeError):  # not all are strings
            return "".join(value)
    return value


def output_body(notebook: Notebook, cell: int, output: int) -> dict[str, Any] | None:
    """One output, normalised; None if the notebook has no such cell or output (both counted from 0)."""
    if not 0 <= cell < len(notebook.cells) or not 0 <= output < len(notebook.cells[cell].outputs):
        return None
    return normalised(notebook.cells[cell].outputs[output])


def output_digest(body: dict[str, Any]) -> tuple[str, int]:
    """Digest and size in bytes of a normalised output. Its execution count is left out: re-running is no change."""
    if "execution_count" in body:
        body = {key: value for key, value in body.items() if key != "execution_count"}
    text = canonical(body)
    return hashlib.sha256(text).hexdigest(), len(text)


def output_kind(output: dict[str, Any]) -> OutputKind:
    """A reader's word for a (normalised) output."""
    output_type = output.get("output_type")
    if output_type == "error":
        return "error"
    if output_type == "stream":
        return "text"
    data = output.get("data")
    if not isinstance(data, dict) or not data:
        return "data"
    if any(mime.startswith(_INTERACTIVE) for mime in data):
        return "interactive"
    html = _joined(data.get("text/html"))
    if isinstance(html, str):
        return "table" if "<table" in html[:20_000] else "html"
    if "application/vnd.dataresource+json" in data:
        return "table"
    if any(mime.startswith("image/") for mime in data):
        return "image"
    for mime, kind in _BY_MIME:
        if mime in data:
            return kind
    return "data"


_BY_MIME: tuple[tuple[str, OutputKind], ...] = (
    ("text/markdown", "markdown"),
    ("text/latex", "latex"),
    ("text/plain", "text"),
)


def mime_types(output: dict[str, Any]) -> list[str]:
    """The MIME types of an output, as JupyterLab's renderers name them."""
    output_type, data = output.get("output_type"), output.get("data")
    if output_type == "stream":
        return [f"application/vnd.jupyter.{'stderr' if output.get('name') == 'stderr' else 'stdout'}"]
    if output_type == "error":
        return ["application/vnd.jupyter.error"]
    return list(data) if isinstance(data, dict) else []


Cells = tuple[Cell | None, CellLines | None]
"""A cell on one side with its raw lines."""


class OutputMaker:
    """Compares the outputs of aligned cells, without their bodies.

    Parameters
    ----------
    pairing: git's pairing of the raw lines, which comments on outputs follow.
    """

    def __init__(self, pairing: RawPairing) -> None:
        self.pairing = pairing

    def outputs(self, old: Cells, new: Cells, *, alike: bool = False) -> list[OutputDiff]:
        """The outputs of a cell on both sides. *alike*: they are known to be equal."""
        olds = old[0].outputs if old[0] else []
        news = new[0].outputs if new[0] else []
        if not olds and not news:
            return []
        if len(olds) == len(news) and (alike or all(map(_same_output, olds, news))):
            return [
                OutputDiff(
                    kind="same",
                    old=before,
                    new=_elsewhere(before, mime_types(output), *self._place(output, before.index, new[1], "new")),
                )
                for output, before in zip(news, self._summaries(olds, old[1], "old"), strict=True)
            ]
        return pair_outputs(self._summaries(olds, old[1], "old"), self._summaries(news, new[1], "new"))

    def untouched(self, outputs: Sequence[dict[str, Any]], lines: CellLines, by: int) -> list[OutputDiff]:
        """The outputs of a cell of which no raw line has changed; the new ones are *by* lines further down."""
        found = []
        for index, output in enumerate(outputs):
            place = lines.output_lines[index] if index < len(lines.output_lines) else None
            line = None if place is None else first_line(output, place)
            old = summarise(output, index, line, place)
            new = old
            if by and place is not None and line is not None:
                new = _elsewhere(old, old.mime_types, line + by, place, by)
            found.append(OutputDiff(kind="same", old=old, new=new))
        return found

    def _summaries(self, outputs: Sequence[dict[str, Any]], lines: CellLines | None, side: Side) -> list[OutputSummary]:
        return [
            summarise(output, index, *self._place(output, index, lines, side)) for index, output in enumerate(outputs)
        ]

    def _place(
        self, output: dict[str, Any], index: int, lines: CellLines | None, side: Side
    ) -> tuple[int, OutputLines] | tuple[None, None]:
        """The line that a comment hangs on, and all lines."""
        if lines is None or index >= len(lines.output_lines):
            return None, None
        place = lines.output_lines[index]
        return comment_line(output, place, self.pairing, side), place


def _same_output(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether two outputs are written alike, execution counts included."""
    try:
        # the first alone would take true for 1
        return old == new and orjson.dumps(old) == orjson.dumps(new)
    except (TypeError, ValueError, RecursionError):
        return False


def summarise(output: dict[str, Any], index: int, line: int | None, lines: OutputLines | None) -> OutputSummary:
    """The summary of a raw output. *line*: the one that a comment hangs on."""
    body = normalised(output)
    digest, size = output_digest(body)
    output_type = output.get("output_type")
    return OutputSummary(
        index=index,
        output_type=output_type if isinstance(output_type, str) else "",
        kind=output_kind(body),
        mime_types=mime_types(body),
        size=size,
        digest=digest,
        line=line,
        first_line=None if lines is None else lines.line,
        last_line=None if lines is None else lines.last,
    )


def _elsewhere(
    summary: OutputSummary, types: list[str], line: int | None, lines: OutputLines | None, by: int = 0
) -> OutputSummary:
    """The *summary* of an equal output, for the other side, where it stands at *lines* and *by* more further down."""
    return OutputSummary(
        index=summary.index,
        output_type=summary.output_type,
        kind=summary.kind,
        mime_types=types,
        size=summary.size,
        digest=summary.digest,
        line=line,
        first_line=None if lines is None else lines.line + by,
        last_line=None if lines is None else lines.last + by,
    )


def comment_line(output: dict[str, Any], lines: OutputLines, pairing: RawPairing, side: Side) -> int:
    """The raw line that a comment on an output hangs on.

    The first changed line that GitLab's notebook view shows, else the first shown one, else the output's ``{``.
    """
    changed = pairing.changed_old if side == "old" else pairing.changed_new
    for key in mapped_values(output):
        value = lines.values.get(key)
        if value is not None:
            first, last = (value.elements[0], value.elements[-1]) if value.elements else (value.line, value.line)
            if (found := changed(first, last)) is not None:
                return found
    return first_line(output, lines)


def first_line(output: dict[str, Any], lines: OutputLines) -> int:
    """The first line of an output that GitLab's notebook view shows, else its ``{``."""
    for key in mapped_values(output):
        value = lines.values.get(key)
        if value is not None:
            return value.elements[0] if value.elements else value.line
    return lines.line


def pair_outputs(old: Sequence[OutputSummary], new: Sequence[OutputSummary]) -> list[OutputDiff]:
    """The outputs of a cell on both sides, in order: equal ones by digest, the rest by place and kind."""
    result: list[OutputDiff] = []
    at_old = at_new = 0
    for i, j in [*_equal([o.digest for o in old], [n.digest for n in new]), (len(old), len(new))]:
        result += _between(old[at_old:i], new[at_new:j])
        if i < len(old):
            result.append(OutputDiff(kind="same", old=old[i], new=new[j]))
        at_old, at_new = i + 1, j + 1
    return result


def _equal(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    if old == new:
        return [(index, index) for index in range(len(old))]
    if not old or not new:
        return []
    return [
        (code.src_start + k, code.dest_start + k)
        for code in distances().Indel.opcodes(old, new)
        if code.tag == "equal"
        for k in range(code.src_end - code.src_start)
    ]


def _between(old: Sequence[OutputSummary], new: Sequence[OutputSummary]) -> list[OutputDiff]:
    """Outputs between two equal ones: each old one with the next new one of its sort."""
    places: dict[tuple[str, ...], list[int]] = {}
    for index, output in enumerate(new):
        places.setdefault(_sort(output), []).append(index)
    result: list[OutputDiff] = []
    at = 0
    for output in old:
        candidates = places.get(_sort(output), [])
        first = bisect_left(candidates, at)
        if first == len(candidates):
            result.append(OutputDiff(kind="removed", old=output, new=None))
            continue
        match = candidates[first]
        result += [OutputDiff(kind="added", old=None, new=added) for added in new[at:match]]
        result.append(OutputDiff(kind="changed", old=output, new=new[match]))
        at = match + 1
    return result + [OutputDiff(kind="added", old=None, new=added) for added in new[at:]]


def _sort(output: OutputSummary) -> tuple[str, ...]:
    """What two outputs share that can be one changed output: the kind; for streams also which stream."""
    return (output.kind, *(output.mime_types if output.output_type == "stream" else ()))
