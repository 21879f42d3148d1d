"""How alike two cells are, by their tokens."""

from __future__ import annotations

import re
from collections import Counter

from .fuzzy import distances
from .model import Cell

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MAX_CHARACTERS = 4_000
"""Only the beginning of a source counts, so that data URIs and pasted tables cost nothing."""
_SURELY = 0.8
"""Likeness by characters that unrelated cells never have."""
_SURELY_BY_LINES = 0.6
"""The same by whole lines."""
_MIN_SURE = 20
"""Characters from which it says something."""
_MAX_SURE = 1_000
"""Characters that are looked at for it."""


class Bag:
    """A multiset: *names* are its members, *extra* how often beyond once those stand in it that do so."""

    __slots__ = ("extra", "names", "size")

    def __init__(self, counts: dict[str, int]) -> None:
        self.names = set(counts)
        self.extra = {name: count - 1 for name, count in counts.items() if count > 1}
        self.size = len(counts) + sum(self.extra.values())


def shared(old: Bag, new: Bag) -> int:
    """How many members the two have in common."""
    common = len(old.names & new.names)
    smaller, larger = (old.extra, new.extra) if len(old.extra) < len(new.extra) else (new.extra, old.extra)
    for name, count in smaller.items():
        other = larger.get(name, 0)
        common += count if count < other else other
    return common


def weight(cell: Cell) -> float:
    """What a match of the cell is worth, 0 to 1: a lone ``plt.show()`` says little."""
    return min(1.0, (1 + len(cell.source.text)) / 100)


class Sketch:
    """What the alignment needs to know of a cell. *key* is equal for cells of equal content."""

    __slots__ = ("_bag", "_words", "cell", "key", "text", "weight")

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.text = cell.source.text
        self.key = (cell.cell_type, self.text)
        self.weight = weight(cell)
        self._bag: Bag | None = None
        self._words: Bag | None = None

    @property
    def bag(self) -> Bag:
        """The tokens of the source."""
        if self._bag is None:
            self._bag = Bag(Counter(_TOKEN.findall(self.text[:_MAX_CHARACTERS])))
        return self._bag

    @property
    def words(self) -> Bag:
        """The tokens that are words."""
        if self._words is None:
            counts = Counter(token for token in _TOKEN.findall(self.text[:_MAX_CHARACTERS]) if token.isidentifier())
            self._words = Bag(counts)
        return self._words

    @property
    def size(self) -> int:
        """Number of tokens."""
        return self.bag.size


def word_likeness(old: Sketch, new: Sketch) -> float:
    """The likeness of the words alone, 0 to 1: brackets and commas make any two pieces of code somewhat alike."""
    total = old.words.size + new.words.size
    return 2 * shared(old.words, new.words) / total if total else 0.0


def likeness(old: Sketch, new: Sketch, at_least: float = 0.0) -> float:
    """Shared tokens over all tokens (Dice), 0 to 1; 0 when it can't reach *at_least*. Tokens, since unrelated prose is
    60 % alike by characters."""
    if old.key == new.key:
        return 1.0
    total = old.size + new.size
    if not total or 2 * min(old.size, new.size) < at_least * total:
        return 0.0
    value = 2 * shared(old.bag, new.bag) / total
    return value if value >= at_least else 0.0


def sureness(old: Sketch, new: Sketch) -> float:
    """The likeness by whole lines, or by characters, if it alone says that two cells are one, else 0. Much cheaper than
    by tokens."""
    a, b = old.text, new.text
    shorter, longer = (len(a), len(b)) if len(a) < len(b) else (len(b), len(a))
    if shorter < _MIN_SURE or 3 * shorter < 2 * longer or old.cell.cell_type != new.cell.cell_type:
        return 0.0
    common = 2 * sum(map(len, set(old.cell.source.texts).intersection(new.cell.source.texts))) / (shorter + longer)
    if common >= _SURELY_BY_LINES:
        return common
    scorer = distances().Indel.normalized_similarity
    return float(scorer(a[:_MAX_SURE], b[:_MAX_SURE], score_cutoff=_SURELY))
