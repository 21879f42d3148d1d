"""Which cell of the old notebook is which of the new one.

Ids come first, unless the contents have nothing in common; then equal contents and likeness of tokens, in order, inside
the gaps that the certain pairs leave; then what moved. Every step is bounded: beyond its bound a gap is aligned by
equal contents only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .chain import Pair, heaviest_chain
from .likeness import Sketch, likeness, word_likeness
from .model import Cell

_Key = TypeVar("_Key")

_MAX_AREA = 20_000
"""Old cells times new cells of a gap that are compared each with each."""
_SURE = 0.45
"""Likeness from which two cells in the same place are one."""
_POSSIBLE = 0.3
"""Likeness from which they are one if their neighbours agree."""
_REWRITTEN = 0.2
"""Likeness in words that a pair between agreeing neighbours needs."""
_SHORT = 6
"""Tokens below which a cell needs more likeness."""
_UNRELATED = 0.1
"""Likeness below which an id pair is no pair."""
_MOVED = 0.6
"""Likeness from which a cell that stands elsewhere is the same one, edited."""
_MIN_LINE = 8
"""Characters from which a line of source that occurs once on each side ties two cells together."""
_MIN_WORD = 4
"""The same for a token."""


@dataclass(frozen=True)
class Match:
    """A row of the aligned notebook: indices of the cells, None on the side that lacks it."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[Cell], new: Sequence[Cell]) -> list[Match]:
    """All cells of both notebooks in reading order: the new order, removed cells after their former predecessor."""
    return _Aligner(old, new).matches()


class _Aligner:
    def __init__(self, old: Sequence[Cell], new: Sequence[Cell]) -> None:
        self.old = [Sketch(cell) for cell in old]
        self.new = [Sketch(cell) for cell in new]
        self.pairs: dict[int, int] = {}
        self.taken: set[int] = set()

    def matches(self) -> list[Match]:
        self._pair_ids()
        self._pair_in_order()
        self._pair_moved()
        return self._ordered()

    def _add(self, pairs: Iterable[Pair]) -> None:
        for i, j in pairs:
            self.pairs[i] = j
            self.taken.add(j)

    # ids

    def _pair_ids(self) -> None:
        new_by_id = _unique_ids(self.new)
        old_keys = {sketch.key: i for i, sketch in enumerate(self.old)}
        new_keys = {sketch.key: j for j, sketch in enumerate(self.new)}
        for identifier, i in _unique_ids(self.old).items():
            j = new_by_id.get(identifier)
            if j is None:
                continue
            elsewhere = new_keys.get(self.old[i].key, j) != j or old_keys.get(self.new[j].key, i) != i
            if self._id_holds(self.old[i], self.new[j], elsewhere):
                self._add([(i, j)])

    @staticmethod
    def _id_holds(old: Sketch, new: Sketch, elsewhere: bool) -> bool:
        """Whether cells of one id are one cell; *elsewhere*: the very content of one of them is another cell's."""
        shorter = min(old.size, new.size)
        if old.key == new.key or shorter == 0:
            return True
        alike = likeness(old, new)
        if elsewhere:
            return alike >= _SURE or shorter < _SHORT
        return alike >= _UNRELATED or shorter < _SHORT

    # order

    def _pair_in_order(self) -> None:
        chain = heaviest_chain(list(self.pairs.items()), [self._chain_weight(i) for i in self.pairs])
        for olds, news in self._gaps(chain):
            self._align_gap(olds, news, coarse=True)

    def _chain_weight(self, i: int) -> float:
        return 0.1 + self.old[i].weight

    def _gaps(self, chain: list[Pair]) -> list[tuple[list[int], list[int]]]:
        """The unpaired cells between the pairs of *chain*."""
        gaps = []
        at_old = at_new = 0
        for i, j in [*chain, (len(self.old), len(self.new))]:
            olds = [k for k in range(at_old, i) if k not in self.pairs]
            news = [k for k in range(at_new, j) if k not in self.taken]
            if olds and news:
                gaps.append((olds, news))
            at_old, at_new = i + 1, j + 1
        return gaps

    def _align_gap(self, olds: list[int], news: list[int], *, coarse: bool) -> None:
        """Pair the cells of a gap; one that is too large is first cut at its anchors (*coarse*), once."""
        while olds and news and self.old[olds[0]].key == self.new[news[0]].key:
            self._add([(olds.pop(0), news.pop(0))])
        tail = []
        while olds and news and self.old[olds[-1]].key == self.new[news[-1]].key:
            tail.append((olds.pop(), news.pop()))
        self._add(tail)
        if not olds or not news:
            return
        if len(olds) * len(news) <= _MAX_AREA:
            self._add(self._closest(olds, news))
            return
        anchors = self._anchors(olds, news) if coarse else self._equal_run(olds, news)
        self._add(anchors)
        if not coarse:
            return
        at_old = at_new = 0
        old_at, new_at = {i: k for k, i in enumerate(olds)}, {j: k for k, j in enumerate(news)}
        for i, j in [*((old_at[i], new_at[j]) for i, j in anchors), (len(olds), len(news))]:
            self._align_gap(olds[at_old:i], news[at_new:j], coarse=False)
            at_old, at_new = i + 1, j + 1

    def _anchors(self, olds: list[int], news: list[int]) -> list[Pair]:
        """A chain of pairs that share content found only once on each side: whole cells, else lines of them."""
        votes: Counter[Pair] = Counter()
        for parts in (_lines, _words):
            old_parts, new_parts = _once(parts(self.old, olds)), _once(parts(self.new, news))
            for part, i in old_parts.items():
                if part in new_parts:
                    votes[i, new_parts[part]] += len(part)
        old_cells, new_cells = _once((self.old[i].key, i) for i in olds), _once((self.new[j].key, j) for j in news)
        for key, i in old_cells.items():
            if key in new_cells:
                votes[i, new_cells[key]] += len(key[1])
        best_old: dict[int, Pair] = {}
        best_new: dict[int, Pair] = {}
        for pair, votes_of_pair in votes.items():
            for best, end in ((best_old, pair[0]), (best_new, pair[1])):
                if end not in best or votes_of_pair > votes[best[end]]:
                    best[end] = pair
        mutual = [
            pair
            for pair in best_old.values()
            if best_new[pair[1]] == pair and likeness(self.old[pair[0]], self.new[pair[1]]) >= _SURE
        ]
        return heaviest_chain(mutual, [float(votes[pair]) for pair in mutual])

    def _equal_run(self, olds: list[int], news: list[int]) -> list[Pair]:
        """The longest common run of equal cells."""
        from rapidfuzz.distance import Indel

        numbers: dict[tuple[str, str], int] = {}
        old_keys = [numbers.setdefault(self.old[i].key, len(numbers)) for i in olds]
        new_keys = [numbers.setdefault(self.new[j].key, len(numbers)) for j in news]
        return [
            (olds[code.src_start + k], news[code.dest_start + k])
            for code in Indel.opcodes(old_keys, new_keys)
            if code.tag == "equal"
            for k in range(code.src_end - code.src_start)
        ]

    def _closest(self, olds: list[int], news: list[int]) -> list[Pair]:
        """The pairs of greatest total worth that keep the order: each is worth its likeness times its weight."""
        rows, columns = len(olds), len(news)
        alike = [[self._in_place(i, j) for j in news] for i in olds]
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        worth = [
            [
                value * (0.1 + max(self.old[i].weight, self.new[j].weight)) if value else 0.0
                for j, value in zip(news, line, strict=True)
            ]
            for i, line in zip(olds, alike, strict=True)
        ]
        for a in range(rows - 1, -1, -1):
            line, below, worth_line = best[a], best[a + 1], worth[a]
            for b in range(columns - 1, -1, -1):
                value = below[b] if below[b] > line[b + 1] else line[b + 1]
                if worth_line[b]:
                    pair = below[b + 1] + worth_line[b]
                    if pair >= value:
                        value = pair
                line[b] = value
        found: list[tuple[int, int]] = []
        a = b = 0
        while a < rows and b < columns:
            if worth[a][b] and best[a][b] == best[a + 1][b + 1] + worth[a][b]:
                found.append((a, b))
                a, b = a + 1, b + 1
            elif best[a][b] == best[a + 1][b]:
                a += 1
            else:
                b += 1
        pairs = [(olds[a], news[b]) for a, b in found if self._convincing(olds[a], news[b], alike[a][b], a, b, found)]
        if not pairs and rows == columns == 1 and self._rewritten(olds[0], news[0]):
            return [(olds[0], news[0])]
        return pairs

    def _rewritten(self, i: int, j: int) -> bool:
        """Whether the only cell between two agreeing neighbours is the same one, though little of it is left."""
        old, new = self.old[i], self.new[j]
        if old.cell.cell_type != new.cell.cell_type or (old.cell.id is not None and new.cell.id is not None):
            return False
        alike_enough = min(old.size, new.size) < _SHORT or word_likeness(old, new) >= _REWRITTEN
        return alike_enough and self._paired(i - 1, j - 1) and self._paired(i + 1, j + 1)

    def _in_place(self, i: int, j: int) -> float:
        return likeness(self.old[i], self.new[j], _POSSIBLE)

    def _convincing(self, i: int, j: int, alike: float, a: int, b: int, found: list[tuple[int, int]]) -> bool:
        if self.old[i].cell.cell_type != self.new[j].cell.cell_type and alike < _MOVED:
            return False
        if alike >= 1.0:
            return True
        agree = self._paired(i - 1, j - 1) + self._paired(i + 1, j + 1)
        agree += ((a - 1, b - 1) in found) + ((a + 1, b + 1) in found)
        if min(self.old[i].size, self.new[j].size) < _SHORT:
            return alike >= (_SURE if agree else _MOVED)
        return alike >= _SURE or (agree > 0 and word_likeness(self.old[i], self.new[j]) >= _REWRITTEN)

    def _paired(self, i: int, j: int) -> bool:
        """Whether two neighbours are known to be one cell; the ends of both notebooks count as such."""
        if i < 0 or j < 0:
            return i < 0 and j < 0
        if i >= len(self.old) or j >= len(self.new):
            return i >= len(self.old) and j >= len(self.new)
        return self.pairs.get(i) == j

    # moves

    def _pair_moved(self) -> None:
        olds = [i for i in range(len(self.old)) if i not in self.pairs and self.old[i].size >= _SHORT]
        news = [j for j in range(len(self.new)) if j not in self.taken and self.new[j].size >= _SHORT]
        if not olds or not news:
            return
        old_at, new_at = _once((self.old[i].key, i) for i in olds), _once((self.new[j].key, j) for j in news)
        self._add((i, new_at[key]) for key, i in old_at.items() if key in new_at)
        olds = [i for i in olds if i not in self.pairs]
        news = [j for j in news if j not in self.taken]
        if len(olds) * len(news) > _MAX_AREA:
            return
        candidates = sorted(
            ((alike, i, j) for i in olds for j in news if (alike := likeness(self.old[i], self.new[j], _MOVED))),
            key=lambda candidate: (-candidate[0], candidate[1], candidate[2]),
        )
        for _, i, j in candidates:
            if i not in self.pairs and j not in self.taken:
                self._add([(i, j)])

    # result

    def _ordered(self) -> list[Match]:
        chain = heaviest_chain(list(self.pairs.items()), [self._chain_weight(i) for i in self.pairs])
        stays = dict(chain)
        old_of = {j: i for i, j in self.pairs.items()}
        ends = [i for i, _ in chain] + [len(self.old)]
        ordered = self._removed(0, ends[0])
        passed = 0
        for j in range(len(self.new)):
            i = old_of.get(j)
            ordered.append(Match(i, j, moved=i is not None and i not in stays))
            if i is not None and i in stays:
                passed += 1
                ordered += self._removed(i + 1, ends[passed])
        return ordered

    def _removed(self, start: int, stop: int) -> list[Match]:
        return [Match(i, None) for i in range(start, stop) if i not in self.pairs]


def _unique_ids(sketches: Sequence[Sketch]) -> dict[str, int]:
    """Index by id, ids that occur twice left out."""
    return _once((sketch.cell.id, index) for index, sketch in enumerate(sketches) if sketch.cell.id is not None)


def _once(entries: Iterable[tuple[_Key, int]]) -> dict[_Key, int]:
    """Index by key, keys that occur twice left out."""
    found: dict[_Key, int] = {}
    twice = set()
    for key, index in entries:
        if key in found:
            twice.add(key)
        found[key] = index
    return {key: index for key, index in found.items() if key not in twice}


def _lines(sketches: Sequence[Sketch], indices: Iterable[int]) -> Iterable[tuple[str, int]]:
    """Lines long enough to tell cells apart, each once a cell."""
    for index in indices:
        for line in set(sketches[index].cell.source.texts):
            if len(line) >= _MIN_LINE:
                yield line, index


def _words(sketches: Sequence[Sketch], indices: Iterable[int]) -> Iterable[tuple[str, int]]:
    """Tokens long enough to tell cells apart, each once a cell."""
    for index in indices:
        for token in sketches[index].tokens:
            if len(token) >= _MIN_WORD:
                yield token, index
