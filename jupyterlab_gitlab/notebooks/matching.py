"""Pairs of cells that are one cell.

Ids come first, unless the contents have nothing in common; then equal contents and likeness of tokens, in order, inside
the gaps that the certain pairs leave; then what moved. Every step is bounded: beyond its bound a gap is cut at what is
found only once on each side, and then paired by equal contents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from .chain import Pair, heaviest_chain
from .fuzzy import distances
from .likeness import Sketch, alikeness, holds, likeness, sureness, weight, word_likeness
from .model import Cell

_Key = TypeVar("_Key")

Sketches = dict[int, Sketch]

_KNOWN = 1.1
"""Weight of a pair that is certain."""
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
_MIN_ANCHOR = 30
"""Characters from which a cell that is equal on both sides, once on each, cuts a gap in two."""
_KEEPS_PLACES = 0.8
"""Share of a gap's cells that must still have a partner in their place for that."""
_MIN_LINE = 8
"""Characters from which a line of source that occurs once on each side ties two cells together."""
_MIN_WORD = 4
"""The same for a token."""


class Matcher:
    """Finds the pairs of two lists of cells; *pairs* grows step by step (old index to new).

    Parameters
    ----------
    known: pairs that are certain.
    proceed: called before each gap; what it raises ends the work.
    """

    def __init__(
        self, old: Sequence[Cell], new: Sequence[Cell], known: dict[int, int], proceed: Callable[[], object]
    ) -> None:
        self.proceed = proceed
        self.pairs = dict(known)
        self.taken = set(known.values())
        self.counts = len(old), len(new)
        self.old = {i: Sketch(cell) for i, cell in enumerate(old) if i not in self.pairs}
        self.new = {j: Sketch(cell) for j, cell in enumerate(new) if j not in self.taken}

    def pairs_of_cells(self) -> dict[int, int]:
        """The new index of each old cell that has one."""
        if not self.old or not self.new:
            return self.pairs
        self._pair_ids()
        listed = sorted(self.pairs.items())
        weights = [0.1 + weight(self.old[i].cell) if i in self.old else _KNOWN for i, _ in listed]
        for olds, news in self._gaps(heaviest_chain(listed, weights)):
            self.proceed()
            self._pair_gap(olds, news)
        self.proceed()
        self._pair_moved()
        return self.pairs

    def _add(self, pairs: Iterable[Pair]) -> None:
        for i, j in pairs:
            self.pairs[i] = j
            self.taken.add(j)

    # ids

    def _pair_ids(self) -> None:
        new_by_id = _unique_ids(self.new)
        if not new_by_id:
            return
        old_keys = {sketch.key: i for i, sketch in self.old.items()}
        new_keys = {sketch.key: j for j, sketch in self.new.items()}
        for identifier, i in _unique_ids(self.old).items():
            j = new_by_id.get(identifier)
            if j is None:
                continue
            elsewhere = new_keys.get(self.old[i].key, j) != j or old_keys.get(self.new[j].key, i) != i
            if _id_holds(self.old[i], self.new[j], elsewhere):
                self._add([(i, j)])

    # order

    def _gaps(self, chain: list[Pair]) -> list[tuple[list[int], list[int]]]:
        """The unpaired cells between the pairs of *chain*."""
        gaps = []
        at_old = at_new = 0
        for i, j in [*chain, self.counts]:
            olds = [k for k in range(at_old, i) if k not in self.pairs]
            news = [k for k in range(at_new, j) if k not in self.taken]
            if olds and news:
                gaps.append((olds, news))
            at_old, at_new = i + 1, j + 1
        return gaps

    def _pair_gap(self, olds: list[int], news: list[int]) -> None:
        """Pair the cells of a gap, cut at what is certain in it."""
        olds, news = self._pair_ends(olds, news)
        if not olds or not news:
            return
        anchors = self._equal_once(olds, news)
        if len(olds) * len(news) > _MAX_AREA:
            anchors = self._anchors(olds, news)
        self._add(anchors)
        for between in _cut(olds, news, anchors):
            self.proceed()
            left = self._pair_sure_ends(*self._pair_ends(*between))
            if len(left[0]) * len(left[1]) <= _MAX_AREA:
                self._pair_closest(*left)
            else:
                self._add(self._equal_run(*left))

    def _equal_once(self, olds: list[int], news: list[int]) -> list[Pair]:
        """The pairs of equal cells that occur once on each side, in order; none if much of the rest would then have no
        partner in its place, as when one long cell has moved past all others."""
        once_old, once_new = _once((self.old[i].key, i) for i in olds), _once((self.new[j].key, j) for j in news)
        equal = [(i, once_new[key]) for key, i in once_old.items() if key in once_new and len(key[1]) >= _MIN_ANCHOR]
        anchors = heaviest_chain(equal, [weight(self.old[i].cell) for i, _ in equal])
        possible = len(anchors) + sum(min(map(len, between)) for between in _cut(olds, news, anchors))
        return anchors if possible >= _KEEPS_PLACES * min(len(olds), len(news)) else []

    def _pair_sure_ends(self, olds: list[int], news: list[int]) -> tuple[list[int], list[int]]:
        """Pairs the cells at both ends of a gap that are surely one, edited, and more like each other than like the
        next; what is left of the gap."""
        for step in (1, -1):
            olds, news = olds[::step], news[::step]
            at = 0
            while at < min(len(olds), len(news)):
                old, new = self.old[olds[at]], self.new[news[at]]
                sure = sureness(old, new)
                if not sure or (at + 1 < len(news) and sureness(old, self.new[news[at + 1]]) >= sure):
                    break
                if at + 1 < len(olds) and sureness(self.old[olds[at + 1]], new) >= sure:
                    break
                self._add([(olds[at], news[at])])
                at += 1
            olds, news = olds[at:][::step], news[at:][::step]
        return olds, news

    def _pair_ends(self, olds: list[int], news: list[int]) -> tuple[list[int], list[int]]:
        """Pairs the equal cells at both ends of a gap; what is left of it."""
        old, new = self.old, self.new
        shorter = min(len(olds), len(news))
        start = end = 0
        while start < shorter and old[olds[start]].key == new[news[start]].key:
            start += 1
        while end < shorter - start and old[olds[-1 - end]].key == new[news[-1 - end]].key:
            end += 1
        old_end, new_end = len(olds) - end, len(news) - end
        self._add(zip(olds[:start], news[:start], strict=True))
        self._add(zip(olds[old_end:], news[new_end:], strict=True))
        return olds[start:old_end], news[start:new_end]

    def _pair_closest(self, olds: list[int], news: list[int]) -> None:
        """Adds the pairs of greatest total worth that keep the order: each is worth its likeness times its weight."""
        if not olds or not news:
            return
        alike = self._candidates(olds, news)
        old_weights, new_weights = (
            {k: weight(cells[k].cell) for k in ks} for cells, ks in ((self.old, olds), (self.new, news))
        )
        weights = [value * (0.1 + max(old_weights[i], new_weights[j])) for (i, j), value in alike.items()]
        found = heaviest_chain(list(alike), weights)
        places = {i: k for k, i in enumerate(olds)}, {j: k for k, j in enumerate(news)}
        neighbours = {(places[0][i], places[1][j]) for i, j in found}
        pairs = []
        for i, j in found:
            a, b = places[0][i], places[1][j]
            agree = ((a - 1, b - 1) in neighbours) + ((a + 1, b + 1) in neighbours)
            if self._convincing(i, j, alike[i, j], agree):
                pairs.append((i, j))
        if not pairs and len(olds) == len(news) == 1 and self._rewritten(olds[0], news[0]):
            pairs = [(olds[0], news[0])]
        self._add(pairs)

    def _candidates(self, olds: list[int], news: list[int]) -> dict[Pair, float]:
        """The likeness of the pairs that can be one cell. A cell whose very content stands on the other side, once on
        each, is compared with no other."""
        once_old, once_new = _once((self.old[i].key, i) for i in olds), _once((self.new[j].key, j) for j in news)
        equal = {i: once_new[key] for key, i in once_old.items() if key in once_new}
        alike = dict.fromkeys(equal.items(), 1.0)
        settled = set(equal.values())
        others = [j for j in news if j not in settled]
        bags = [(j, self.new[j].key, self.new[j].tokens()) for j in others]
        for i in olds:
            if i in equal:
                continue
            key, bag = self.old[i].key, self.old[i].tokens()
            for j, other_key, other in bags:
                value = 1.0 if key == other_key else alikeness(bag, other, _POSSIBLE)
                if value < _MOVED and holds(self.old[i], self.new[j]):
                    value = _MOVED
                if value:
                    alike[i, j] = value
        return alike

    def _convincing(self, i: int, j: int, alike: float, agree: int) -> bool:
        if self.old[i].cell.cell_type != self.new[j].cell.cell_type and alike < _MOVED:
            return False
        if alike >= 1.0:
            return True
        agree += self._paired(i - 1, j - 1) + self._paired(i + 1, j + 1)
        if min(self.old[i].size, self.new[j].size) < _SHORT:
            return alike >= (_SURE if agree else _MOVED)
        return alike >= _SURE or (agree > 0 and word_likeness(self.old[i], self.new[j]) >= _REWRITTEN)

    def _rewritten(self, i: int, j: int) -> bool:
        """Whether the only cell between two agreeing neighbours is the same one, though little of it is left."""
        old, new = self.old[i], self.new[j]
        if old.cell.cell_type != new.cell.cell_type or (old.cell.id is not None and new.cell.id is not None):
            return False
        alike_enough = min(old.size, new.size) < _SHORT or word_likeness(old, new) >= _REWRITTEN
        return alike_enough and self._paired(i - 1, j - 1) and self._paired(i + 1, j + 1)

    def _paired(self, i: int, j: int) -> bool:
        """Whether two neighbours are known to be one cell; the ends of both lists count as such."""
        if i < 0 or j < 0:
            return i < 0 and j < 0
        if i >= self.counts[0] or j >= self.counts[1]:
            return i >= self.counts[0] and j >= self.counts[1]
        return self.pairs.get(i) == j

    # gaps that are too large

    def _anchors(self, olds: list[int], news: list[int]) -> list[Pair]:
        """A chain of pairs that share content found only once on each side: whole cells, else lines of them."""
        votes: Counter[Pair] = Counter()
        for parts in (_lines, _words, _contents):
            old_parts, new_parts = _once(parts(self.old, olds)), _once(parts(self.new, news))
            for part, i in old_parts.items():
                if part in new_parts:
                    votes[i, new_parts[part]] += len(part)
        best_old: dict[int, Pair] = {}
        best_new: dict[int, Pair] = {}
        for pair, votes_of_pair in sorted(votes.items()):  # in order, since sets have none
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
        numbers: dict[tuple[str, str], int] = {}
        old_keys = [numbers.setdefault(self.old[i].key, len(numbers)) for i in olds]
        new_keys = [numbers.setdefault(self.new[j].key, len(numbers)) for j in news]
        return [
            (olds[code.src_start + k], news[code.dest_start + k])
            for code in distances().Indel.opcodes(old_keys, new_keys)
            if code.tag == "equal"
            for k in range(code.src_end - code.src_start)
        ]

    # moves

    def _pair_moved(self) -> None:
        olds = [i for i in self.old if i not in self.pairs]
        news = [j for j in self.new if j not in self.taken]
        if not olds or not news:
            return
        olds = [i for i in olds if self.old[i].size >= _SHORT]
        news = [j for j in news if self.new[j].size >= _SHORT]
        old_at, new_at = _once((self.old[i].key, i) for i in olds), _once((self.new[j].key, j) for j in news)
        self._add((i, new_at[key]) for key, i in old_at.items() if key in new_at)
        olds = [i for i in olds if i not in self.pairs]
        news = [j for j in news if j not in self.taken]
        if len(olds) * len(news) > _MAX_AREA:
            return
        bags = [(j, self.new[j].tokens()) for j in news]
        candidates = [
            (alike, i, j) for i in olds for j, bag in bags if (alike := alikeness(self.old[i].tokens(), bag, _MOVED))
        ]
        candidates.sort(key=lambda candidate: (-candidate[0], candidate[1], candidate[2]))
        for _, i, j in candidates:
            if i not in self.pairs and j not in self.taken:
                self._add([(i, j)])


def _id_holds(old: Sketch, new: Sketch, elsewhere: bool) -> bool:
    """Whether cells of one id are one cell; *elsewhere*: the very content of one of them is another cell's."""
    if old.key == new.key:
        return True
    shorter = min(old.size, new.size)
    if shorter == 0:
        return True
    alike = likeness(old, new)
    if elsewhere:
        return alike >= _SURE or shorter < _SHORT
    return alike >= _UNRELATED or shorter < _SHORT


def _cut(olds: list[int], news: list[int], anchors: list[Pair]) -> list[tuple[list[int], list[int]]]:
    """What lies between the *anchors*, which are in order."""
    parts = []
    at_old = at_new = 0
    old_at, new_at = {i: k for k, i in enumerate(olds)}, {j: k for k, j in enumerate(news)}
    for i, j in [*((old_at[i], new_at[j]) for i, j in anchors), (len(olds), len(news))]:
        if at_old < i and at_new < j:
            parts.append((olds[at_old:i], news[at_new:j]))
        at_old, at_new = i + 1, j + 1
    return parts


def _unique_ids(sketches: Sketches) -> dict[str, int]:
    """Index by id, ids that occur twice left out."""
    return _once((sketch.cell.id, index) for index, sketch in sketches.items() if sketch.cell.id is not None)


def _once(entries: Iterable[tuple[_Key, int]]) -> dict[_Key, int]:
    """Index by key, keys that occur twice left out."""
    found: dict[_Key, int] = {}
    twice = set()
    for key, index in entries:
        if key in found:
            twice.add(key)
        found[key] = index
    for key in twice:
        del found[key]
    return found


def _lines(sketches: Sketches, indices: Iterable[int]) -> Iterable[tuple[str, int]]:
    """Lines long enough to tell cells apart, each once a cell."""
    for index in indices:
        for line in set(sketches[index].cell.source.texts):
            if len(line) >= _MIN_LINE:
                yield line, index


def _words(sketches: Sketches, indices: Iterable[int]) -> Iterable[tuple[str, int]]:
    """Tokens long enough to tell cells apart, each once a cell."""
    for index in indices:
        for token in sketches[index].tokens().names:
            if len(token) >= _MIN_WORD:
                yield token, index


def _contents(sketches: Sketches, indices: Iterable[int]) -> Iterable[tuple[str, int]]:
    """Whole cells, marked by their type."""
    for index in indices:
        yield f"{sketches[index].cell.cell_type}:{sketches[index].text}", index
