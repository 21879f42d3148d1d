"""The real before/after pairs that the benchmarks read, and those of them whose cell ids tell the truth."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from jupyterlab_gitlab.notebooks.model import Cell, Notebook
from jupyterlab_gitlab.notebooks.parse import parse
from jupyterlab_gitlab.notebooks.rawtext import RawText

_NAME = re.compile(r"(?:\./)?(.+)\.([ab])\.ipynb")


class Pair(msgspec.Struct, frozen=True):
    """Two versions of a notebook file."""

    name: str
    old: bytes
    new: bytes

    @property
    def size(self) -> int:
        """Bytes of both."""
        return len(self.old) + len(self.new)


def pairs(facts: Path) -> Iterator[Pair]:
    """Every pair of the corpus, in the archive's order."""
    waiting: dict[str, dict[str, bytes]] = {}
    with tarfile.open(facts / "notebooks" / "dev.tar.xz") as archive:
        for member in archive:
            found = _NAME.fullmatch(member.name)
            content = archive.extractfile(member) if found else None
            if found is None or content is None:
                continue
            name, side = found.groups()
            sides = waiting.setdefault(name, {})
            sides[side] = content.read()
            if len(sides) == 2:
                del waiting[name]
                yield Pair(name, sides["a"], sides["b"])


class Labelled(msgspec.Struct, frozen=True):
    """A pair whose ids say which cell is which: *truth* holds the pairs of indices."""

    name: str
    old: list[Cell]
    new: list[Cell]
    truth: set[tuple[int, int]]

    def is_equal(self, pair: tuple[int, int]) -> bool:
        """Whether the two cells have the same content, so that to find them is easy."""
        return _content(self.old[pair[0]]) == _content(self.new[pair[1]])


def labelled(pair: Pair) -> Labelled | None:
    """*pair* with its labels, the ids taken out of the cells; None where ids are no truth or nothing has changed.

    Ids are taken for the truth where every cell on both sides has one of its own, at least half of the shorter side's
    ids are on both sides, and no cell's content stands on the other side, once on each, under an id of which neither
    side knows: there some tool has made the ids anew.
    """
    old, new = parse(RawText(pair.old)), parse(RawText(pair.new))
    if not isinstance(old, Notebook) or not isinstance(new, Notebook):
        return None
    at_old, at_new = ({cell.id: index for index, cell in enumerate(side.cells) if cell.id} for side in (old, new))
    if len(at_old) < len(old.cells) or len(at_new) < len(new.cells):
        return None
    common = at_old.keys() & at_new.keys()
    if not common or 2 * len(common) < min(len(at_old), len(at_new)) or _made_anew(old, new, common):
        return None
    truth = {(at_old[name], at_new[name]) for name in common}
    found = Labelled(pair.name, _without_ids(old), _without_ids(new), truth)
    unchanged = len(old.cells) == len(new.cells) and all(i == j and found.is_equal((i, j)) for i, j in truth)
    return None if unchanged else found


def _made_anew(old: Notebook, new: Notebook, common: set[str | None]) -> bool:
    contents = [_once(_content(cell) for cell in side.cells) for side in (old, new)]
    strangers = [{_content(cell) for cell in side.cells if cell.id not in common} for side in (old, new)]
    return bool(contents[0] & contents[1] & strangers[0] & strangers[1])


def _once(contents: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    counts: dict[tuple[str, str], int] = {}
    for content in contents:
        counts[content] = counts.get(content, 0) + 1
    return {content for content, count in counts.items() if count == 1}


def _content(cell: Cell) -> tuple[str, str]:
    return cell.cell_type, cell.source.text


def _without_ids(notebook: Notebook) -> list[Cell]:
    return [msgspec.structs.replace(cell, id=None) for cell in notebook.cells]
