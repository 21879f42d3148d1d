"""The hidden note in a comment's text that leads back to its cell.

A comment on a cell or an output hangs on one raw line, or on none. Its text ends in an HTML comment, which neither
GitLab nor JupyterLab shows, so that the cell is found when that line is gone:
``<!-- cell: path=work/a.ipynb side=new index=3 id=ab12 output=0 -->``. Values are percent-encoded.
"""

from __future__ import annotations

import re
import urllib.parse
from typing import Literal

import msgspec

from ...contract.paths import display_path

Side = Literal["old", "new"]

_BACKTICKS = re.compile("`+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_OPENING = "<!-- cell: "
_MARKER = re.compile(r"<!-- cell: ((?:[a-z]+=[\w.~%/-]* )+)-->\s*")


class CellMark(msgspec.Struct, frozen=True, kw_only=True):
    """A cell, or one of its outputs, of one side of a notebook. *index* and *output* count from 0."""

    path: bytes
    side: Side
    index: int
    id: str | None = None
    output: int | None = None


def with_mark(body: str, mark: CellMark) -> str:
    """*body* with the hidden note at its end."""
    values = {"path": mark.path, "side": mark.side, "index": mark.index, "id": mark.id, "output": mark.output}
    words = " ".join(f"{name}={_encoded(value)}" for name, value in values.items() if value is not None)
    return f"{body.rstrip()}\n\n<!-- cell: {words} -->"


def split_mark(body: str) -> tuple[str, CellMark | None]:
    """A comment's text without its hidden note, and what that says; a note that says nothing clear is left alone."""
    at = body.rfind(_OPENING)
    found = _MARKER.fullmatch(body, at) if at >= 0 else None
    if found is None:
        return body, None
    values = dict(word.split("=", 1) for word in found[1].split())
    side, index, output = values.get("side"), values.get("index", ""), values.get("output")
    if side not in ("old", "new") or not _is_number(index) or (output is not None and not _is_number(output)):
        return body, None
    mark = CellMark(
        path=urllib.parse.unquote_to_bytes(values.get("path", "")),
        side="old" if side == "old" else "new",
        index=int(index),
        id=urllib.parse.unquote(values["id"]) if "id" in values else None,
        output=None if output is None else int(output),
    )
    return body[:at].rstrip(), mark


def in_words(mark: CellMark, execution_count: int | None, output_kind: str | None) -> str:
    """The place for people who read the comment on GitLab, as a line of Markdown above the text."""
    parts = [_plain(display_path(mark.path)), f"cell {mark.index + 1}"]
    if execution_count is not None:
        parts[-1] += f" (In \\[{execution_count}\\])"
    if mark.output is not None:
        parts.append(f"output {mark.output + 1}" + (f" ({output_kind})" if output_kind else ""))
    return ", ".join([*parts, "before the change"] if mark.side == "old" else parts)


def _plain(text: str) -> str:
    """*text* without a meaning in Markdown: no file's name can notify people or make links."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if longest else ""
    return f"{fence}{padding}{_CONTROL.sub(' ', text)}{padding}{fence}"


def _encoded(value: bytes | str | int) -> str:
    """Percent-encoded. Two dashes in a row would end the comment too early for some readers."""
    given = value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
    return urllib.parse.quote_from_bytes(given, safe="/").replace("--", "%2D%2D")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
