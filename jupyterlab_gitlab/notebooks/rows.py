"""Source rows with their raw lines and anchors."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..contract.diffs import Anchor, OldHalf, SourceRow, ViewRow
from .raw import Position, RawPairing
from .shown import NotebookView
from .source import Line, compare_lines


class Lines(msgspec.Struct, frozen=True, gc=False):
    """The lines of one side: texts without line ends, and the raw line of each (None where unknown).

    A range of raw lines says that each line stands on a raw line of its own, one after the other.
    """

    texts: Sequence[str] = ()
    raw: Sequence[int | None] = ()


class RowMaker:
    """Makes the rows of one file's comparison.

    Parameters
    ----------
    pairing: git's pairing of the raw lines.
    view: GitLab's notebook view, None where it shows the raw diff (every anchor then has its row).
    ignore_whitespace: lines that differ in blanks only are the same.
    """

    def __init__(self, pairing: RawPairing, view: NotebookView | None, *, ignore_whitespace: bool = False) -> None:
        self.pairing = pairing
        self.view = view
        self.ignore_whitespace = ignore_whitespace

    def rows(self, old: Lines, new: Lines, *, steady: bool = False) -> list[SourceRow]:
        """Every row of two lists of lines. *steady*: GitLab's view shows both as the same lines."""
        if old.texts == new.texts and (unchanged := self._unchanged(old, new, steady)) is not None:
            return unchanged
        compared = compare_lines(old.texts, new.texts, ignore_whitespace=self.ignore_whitespace)
        return [self.row(line, old, new, steady=steady) for line in compared]

    def _unchanged(self, old: Lines, new: Lines, steady: bool) -> list[SourceRow] | None:
        """The rows of lines of which neither text nor raw line has changed, which most are; None for any others."""
        first, start = old.raw, new.raw
        if not isinstance(first, range) or not isinstance(start, range) or not first:
            return None
        if self.view is not None and not (steady and not self.view.lags):
            return None
        if not self.pairing.commentable or not self.pairing.untouched(first[0], start[0], len(first)):
            return None
        return [
            SourceRow(
                kind="same",
                old=i,
                new=j,
                old_number=number,
                new_number=number,
                text=text,
                anchor=Anchor(old_line=i, new_line=j),
            )
            for number, (i, j, text) in enumerate(zip(first, start, new.texts, strict=True), 1)
        ]

    def row(self, line: Line, old: Lines, new: Lines, *, steady: bool = False) -> SourceRow:
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
            ),
            steady,
        )

    def _anchored(self, row: SourceRow, steady: bool) -> SourceRow:
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
        row.shown = own == (row.old, row.new) if steady else self.view.shows(own)
        if from_old and from_old != own:
            shown = not steady and self.view.shows(from_old)
            row.old_half = OldHalf(old=from_old[0] or 0, new=None, anchor=_anchor(from_old), shown=shown)
        if self.view.lags:
            row.view_rows = self._view_rows(self.view, row)
        return row

    def _view_rows(self, view: NotebookView, row: SourceRow) -> list[ViewRow]:
        listed = []
        if row.old is not None and (line := view.old.listed(row.old)) != row.old:
            listed.append(ViewRow(old=line, new=None, anchor=_anchor(self.pairing.of_old(line))))
        if row.new is not None and (line := view.new.listed(row.new)) != row.new:
            listed.append(ViewRow(old=None, new=line, anchor=_anchor(self.pairing.of_new(line))))
        return listed


def _anchor(position: Position) -> Anchor:
    return Anchor(old_line=position[0], new_line=position[1])
