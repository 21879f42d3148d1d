"""Source rows with their raw lines and anchors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..contract.diffs import Anchor, OldHalf, SourceRow, ViewRow
from .raw import Position, RawPairing
from .shown import NotebookView
from .source import Line, compare_lines


@dataclass(frozen=True)
class Lines:
    """The lines of one side: texts without line ends, and the raw line of each (None where unknown)."""

    texts: Sequence[str] = ()
    raw: Sequence[int | None] = field(default=())


class RowMaker:
    """Makes the rows of one file's comparison.

    Parameters
    ----------
    pairing: git's pairing of the raw lines.
    view: GitLab's notebook view, None where it shows the raw diff (every anchor then has its row).
    """

    def __init__(self, pairing: RawPairing, view: NotebookView | None) -> None:
        self.pairing = pairing
        self.view = view

    def rows(self, old: Lines, new: Lines) -> list[SourceRow]:
        """Every row of two lists of lines."""
        return [self.row(line, old, new) for line in compare_lines(old.texts, new.texts)]

    def row(self, line: Line, old: Lines, new: Lines) -> SourceRow:
        """The row of one compared line."""
        i, j = line.old, line.new
        return self._anchored(
            SourceRow(
                kind=line.kind,
                old=old.raw[i] if i is not None else None,
                new=new.raw[j] if j is not None else None,
                old_number=i + 1 if i is not None else None,
                new_number=j + 1 if j is not None else None,
                text=new.texts[j] if j is not None else old.texts[i] if i is not None else "",
                spans=list(line.spans),
            )
        )

    def _anchored(self, row: SourceRow) -> SourceRow:
        """*row* with its anchors filled in."""
        if not self.pairing.commentable:
            row.shown = False
            return row
        from_old = self.pairing.of_old(row.old) if row.old is not None else None
        from_new = self.pairing.of_new(row.new) if row.new is not None else None
        own = from_new or from_old
        if own is None:
            row.shown = False
            return row
        row.anchor = _anchor(own)
        if self.view is None:
            if from_old and from_old != own:
                row.old_half = OldHalf(old=from_old[0] or 0, new=None, anchor=_anchor(from_old), shown=True)
            return row
        row.shown = self.view.shows(own)
        if from_old and from_old != own:
            shown = self.view.shows(from_old)
            row.old_half = OldHalf(old=from_old[0] or 0, new=None, anchor=_anchor(from_old), shown=shown)
        if self.view.lags:
            row.view_rows = self._view_rows(row)
        return row

    def _view_rows(self, row: SourceRow) -> list[ViewRow]:
        view = self.view
        assert view is not None
        listed = []
        if row.old is not None and (line := view.old_line(row.old)) != row.old:
            listed.append(ViewRow(old=line, new=None, anchor=_anchor(self.pairing.of_old(line))))
        if row.new is not None and (line := view.new_line(row.new)) != row.new:
            listed.append(ViewRow(old=None, new=line, anchor=_anchor(self.pairing.of_new(line))))
        return listed


def _anchor(position: Position) -> Anchor:
    return Anchor(old_line=position[0], new_line=position[1])
