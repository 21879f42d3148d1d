"""Which raw lines have a row in GitLab's notebook view.

GitLab shows a changed notebook as a diff of two Markdown texts (:mod:`.view_text`), each row tied to a raw line of the
JSON it was made from, under a number of its own (:mod:`.numbering`). A thread appears there only if a row has exactly
its pair of lines.
"""

from __future__ import annotations

from .numbering import Numbering, SideNumbering, view_numbering
from .raw import Position
from .source import line_blocks
from .versions import Version, Versions
from .view_text import ViewText, view_text


class NotebookView:
    """GitLab's notebook view of a change."""

    def __init__(self, versions: Versions, numbering: Numbering) -> None:
        self.numbering = numbering
        images: dict[str, int] = {}
        old, new = _text(versions.old, numbering.old, images), _text(versions.new, numbering.new, images)
        self.positions = _positions(old, new)
        """The positions of its rows; 0 stands for a side without a raw line."""


def notebook_view(versions: Versions) -> NotebookView | None:
    """The view of a change; None where GitLab shows the raw diff instead."""
    numbering = view_numbering(versions)
    return None if numbering is None else NotebookView(versions, numbering)


def _text(version: Version, numbering: SideNumbering, images: dict[str, int]) -> ViewText:
    """One side, its lines by the view's numbers."""
    notebook = version.notebook
    kernel = notebook.metadata.get("kernelspec")
    language = kernel.get("language") if isinstance(kernel, dict) else None
    lines = [line for line in map(version.lines_of, range(len(notebook.cells))) if line is not None]
    text = view_text(notebook.cells, lines, language if isinstance(language, str) else "", images)
    if numbering.numbers:
        text.lines[:] = [numbering.listed(line) if line else 0 for line in text.lines]
    return text


def _positions(old: ViewText, new: ViewText) -> set[Position]:
    old_texts, old_lines = old.cut()
    new_texts, new_lines = new.cut()
    found: set[Position] = set()
    at_old = at_new = 0
    for block in line_blocks(old_texts, new_texts, indent_heuristic=False):
        found.update(zip(old_lines[at_old : block.old], new_lines[at_new : block.new], strict=True))
        at_old, at_new = block.old_end, block.new_end
        found.update((line, None) for line in old_lines[block.old : at_old])
        found.update((None, line) for line in new_lines[block.new : at_new])
    found.update(zip(old_lines[at_old : len(old_texts)], new_lines[at_new:], strict=True))
    return found
