"""How alike two cells are, by their tokens."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from .model import Cell

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MAX_CHARACTERS = 20_000
"""Only the beginning of a source counts, so that data URIs and pasted tables cost nothing."""


class Sketch:
    """What the alignment needs to know of a cell."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.text = cell.source.text
        self.key = (cell.cell_type, self.text)
        """Equal for cells of equal content."""

    @cached_property
    def tokens(self) -> Counter[str]:
        return Counter(_TOKEN.findall(self.text[:_MAX_CHARACTERS]))

    @cached_property
    def size(self) -> int:
        """Number of tokens."""
        return sum(self.tokens.values())

    @cached_property
    def weight(self) -> float:
        """What an exact match is worth as an anchor, 0 to 1: a lone ``plt.show()`` says little."""
        return min(1.0, (1 + len(self.text)) / 100)


def word_likeness(old: Sketch, new: Sketch) -> float:
    """The same on words alone, 0 to 1: brackets and commas make any two pieces of code somewhat alike."""
    words = [Counter({token: n for token, n in sketch.tokens.items() if token.isidentifier()}) for sketch in (old, new)]
    total = sum(words[0].values()) + sum(words[1].values())
    return 2 * sum((words[0] & words[1]).values()) / total if total else 0.0


def likeness(old: Sketch, new: Sketch, at_least: float = 0.0) -> float:
    """Shared tokens over all tokens (Dice), 0 to 1; 0 when it can't reach *at_least*. Tokens, since unrelated prose is
    60 % alike by characters."""
    if old.key == new.key:
        return 1.0
    total = old.size + new.size
    if not total or 2 * min(old.size, new.size) < at_least * total:
        return 0.0
    smaller, larger = (old.tokens, new.tokens) if len(old.tokens) < len(new.tokens) else (new.tokens, old.tokens)
    shared = sum(min(count, larger[token]) for token, count in smaller.items() if token in larger)
    value = 2 * shared / total
    return value if value >= at_least else 0.0
