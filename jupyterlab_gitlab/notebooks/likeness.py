"""How alike two cells are, by their tokens."""

from __future__ import annotations

import re
from collections import Counter

from .fuzzy import distances
from .model import Cell

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9_]+|[^A-Za-z0-9_\s]")
"""The same where a text is ASCII, a third faster."""
_MAX_CHARACTERS = 2_000
"""Only the beginning of a source counts, so that data URIs and pasted tables cost nothing."""
_SURELY = 0.8
"""Likeness by characters that unrelated cells never have."""
_SURELY_BY_LINES = 0.6
"""The same by whole lines."""
_MIN_LINE = 8
"""Characters from which a line tells cells apart."""
_MIN_LINES = 3
"""How many such lines a cell must have for that."""
_MIN_SURE = 20
"""Characters from which it says something."""
_MAX_SURE = 1_000
"""Characters that are looked at for it."""


class Bag:
    """A multiset: *names* are its members, *extra* how often beyond once some stand in it; *size* counts all of them,
    *more* the latter."""

    __slots__ = ("extra", "more", "names", "size")

    def __init__(self, counts: dict[str, int]) -> None:
        self.names = set(counts)
        self.extra = {name: count - 1 for name, count in counts.items() if count > 1}
        self.more = sum(self.extra.values())
        self.size = len(counts) + self.more


_NO_BAG = Bag({})


def alikeness(old: Bag, new: Bag, at_least: float = 0.0) -> float:
    """Shared members over all members (Dice), 0 to 1; 0 when it does not reach *at_least*."""
    total = old.size + new.size
    needed = at_least * total / 2
    if not total or old.size < needed or new.size < needed:
        return 0.0
    common = len(old.names & new.names)
    old_more, new_more = old.more, new.more
    if common + (old_more if old_more < new_more else new_more) < needed:
        return 0.0
    if old_more and new_more:
        other = new.extra
        for name, count in old.extra.items():
            if name in other:
                common += min(count, other[name])
    return 2 * common / total if common >= needed else 0.0


def weight(cell: Cell) -> float:
    """What a match of the cell is worth, 0 to 1: a lone ``plt.show()`` says little."""
    return min(1.0, (1 + len(cell.source.text)) / 100)


class Sketch:
    """What the alignment needs to know of a cell. *key* is equal for cells of equal content."""

    __slots__ = ("bag", "cell", "key", "lines", "text", "words")

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.text = cell.source.text
        self.key = (cell.cell_type, self.text)
        self.bag = _NO_BAG
        self.words = _NO_BAG
        self.lines: frozenset[str] | None = None

    def tokens(self) -> Bag:
        """The tokens of the source."""
        if self.bag is _NO_BAG and self.text:
            self.bag = Bag(Counter(_tokens(self.text)))
        return self.bag

    @property
    def size(self) -> int:
        """Number of tokens."""
        return self.tokens().size

    def telling_lines(self) -> frozenset[str]:
        """The lines that are not too short to tell cells apart; none if they are too few for that."""
        if self.lines is None:
            lines = frozenset([line for line in self.cell.source.texts if len(line) >= _MIN_LINE])
            self.lines = lines if len(lines) >= _MIN_LINES else frozenset()
        return self.lines


def _tokens(text: str) -> list[str]:
    text = text[:_MAX_CHARACTERS]
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)


def holds(old: Sketch, new: Sketch) -> bool:
    """Whether one cell holds all lines of the other: it has grown or shrunk, by however much."""
    old_lines, new_lines = old.telling_lines(), new.telling_lines()
    if not old_lines or not new_lines or old.cell.cell_type != new.cell.cell_type:
        return False
    return old_lines <= new_lines or new_lines <= old_lines


def word_likeness(old: Sketch, new: Sketch) -> float:
    """The likeness of the words alone, 0 to 1: brackets and commas make any two pieces of code somewhat alike."""
    for sketch in (old, new):
        if sketch.words is _NO_BAG and sketch.text:
            tokens = _TOKEN.findall(sketch.text[:_MAX_CHARACTERS])
            sketch.words = Bag(Counter(token for token in tokens if token.isidentifier()))
    return alikeness(old.words, new.words)


def likeness(old: Sketch, new: Sketch, at_least: float = 0.0) -> float:
    """The likeness of two cells by their tokens, 0 to 1; 0 when it does not reach *at_least*. Tokens, since unrelated
    prose is 60 % alike by characters."""
    return 1.0 if old.key == new.key else alikeness(old.tokens(), new.tokens(), at_least)


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
