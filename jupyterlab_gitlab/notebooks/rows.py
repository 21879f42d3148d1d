"""Source rows with their raw lines and anchors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Literal

import msgspec

from ..contract.diffs import Anchor, OldHalf, SourceRow, ViewRow
from .numbering import Numbering
from .raw import Position, RawPairing
from .source import Changed, Same, compare_lines
from .spans import Spans


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
    numbering: of GitLab's notebook view; None where it shows the raw diff, with the file's own line numbers.
    ignore_whitespace: lines that differ in blanks only are the same.
    """

    def __init__(self, pairing: RawPairing, numbering: Numbering | None, *, ignore_whitespace: bool = False) -> None:
        self.pairing = pairing
        self.lagging = numbering if numbering is not None and numbering.lags else None
        """The numbers of GitLab's view where some of them are not the file's."""
        self.ignore_whitespace = ignore_whitespace
        self.simple = pairing.commentable and self.lagging is None
        """Whether an unchanged raw line has the anchor of its pair, and none but that."""

    def rows(self, old: Lines, new: Lines) -> list[SourceRow]:
        """Every row of two lists of lines."""
        texts, first, start = new.texts, old.raw, new.raw
        same = old.texts is texts or old.texts == texts
        if same and self.simple and isinstance(first, range) and isinstance(start, range):
            lines = len(texts)
            if not lines:
                return []
            if self.pairing.run(first.start, start.start, lines) == lines:  # most cells
                return self.unchanged(first.start, start.start - first.start, texts)
        if not texts:
            return [self._one_sided("removed", line, i, old.texts[i]) for i, line in enumerate(first)]
        if not old.texts:
            return [self._one_sided("added", line, j, texts[j]) for j, line in enumerate(start)]
        rows: list[SourceRow] = []
        for part in compare_lines(old.texts, texts, ignore_whitespace=self.ignore_whitespace):
            self.add(rows, part, old, new)
        return rows

    def add(self, rows: list[SourceRow], part: Same | Changed, old: Lines, new: Lines) -> None:
        """Appends the rows of one part of a comparison; see :func:`.source.compare_lines`."""
        if isinstance(part, Changed):
            rows.append(self._changed(part, old, new))
            return
        i, j, left = part.old, part.new, part.count
        old_raw, new_raw = old.raw, new.raw
        simple = self.simple and isinstance(old_raw, range) and isinstance(new_raw, range)
        while left:
            first, start = old_raw[i], new_raw[j]
            if simple and first is not None and start is not None and (run := self.pairing.run(first, start, left)):
                rows += self.unchanged(first, start - first, new.texts[j : j + run], i + 1, j - i)
                i, j, left = i + run, j + run, left - run
                continue
            row = SourceRow("same", first, start, i + 1, j + 1, new.texts[j])
            rows.append(self._anchored(row))
            i, j, left = i + 1, j + 1, left - 1

    def unchanged(self, line: int, by: int, texts: Sequence[str], number: int = 1, down: int = 0) -> list[SourceRow]:
        """Rows of lines that have changed neither as text nor as raw lines, in a :attr:`simple` comparison.

        Parameters
        ----------
        line: the first one's old raw line; the new ones are *by* lines further down.
        number: its number in the old text; in the new one it is *down* lines further down.
        """
        return [
            # by place: names take a quarter of the time
            SourceRow("same", old, new, old_number, new_number, text, (), Anchor(old, new))
            for text, old, new, old_number, new_number in zip(  # the texts end first
                texts, count(line), count(line + by), count(number), count(number + down)
            )
        ]

    def _changed(self, line: Changed, old: Lines, new: Lines) -> SourceRow:
        if line.old is not None:
            return self._one_sided("removed", old.raw[line.old], line.old, old.texts[line.old], line.spans)
        assert line.new is not None
        return self._one_sided("added", new.raw[line.new], line.new, new.texts[line.new], line.spans)

    def _one_sided(
        self, kind: Literal["removed", "added"], raw: int | None, index: int, text: str, spans: Spans = ()
    ) -> SourceRow:
        own: Position | None = None
        if raw is not None and self.pairing.commentable:
            own = self.pairing.of_old(raw) if kind == "removed" else self.pairing.of_new(raw)
        anchor = None if own is None else Anchor(*own)
        if kind == "removed":
            row = SourceRow(kind, raw, None, index + 1, None, text, spans, anchor)
        else:
            row = SourceRow(kind, None, raw, None, index + 1, text, spans, anchor)
        if own is not None and self.lagging is not None:
            row.view_rows = self._view_rows(self.lagging, row)
        return row

    def _anchored(self, row: SourceRow) -> SourceRow:
        """*row* with its anchors filled in."""
        if not self.pairing.commentable:
            return row
        from_old = self.pairing.of_old(row.old) if row.old is not None else None
        from_new = self.pairing.of_new(row.new) if row.new is not None else None
        own = from_new or from_old
        if own is None:
            return row
        row.anchor = _anchor(own)
        if from_old and from_old != own:
            row.old_half = OldHalf(old=from_old[0] or 0, new=None, anchor=_anchor(from_old))
        if self.lagging is not None:
            row.view_rows = self._view_rows(self.lagging, row)
        return row

    def _view_rows(self, numbering: Numbering, row: SourceRow) -> tuple[ViewRow, ...]:
        listed = []
        if row.old is not None and (line := numbering.old.listed(row.old)) != row.old:
            listed.append(ViewRow(old=line, new=None, anchor=_anchor(self.pairing.of_old(line))))
        if row.new is not None and (line := numbering.new.listed(row.new)) != row.new:
            listed.append(ViewRow(old=None, new=line, anchor=_anchor(self.pairing.of_new(line))))
        return tuple(listed)


def _anchor(position: Position) -> Anchor:
    return Anchor(*position)
