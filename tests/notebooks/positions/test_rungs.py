"""The ladder on a hundred real pairs of notebooks, against what GitLab's own code answers for them.

The data lies outside the repository (see ``test_corpus``). ``pytest -s`` prints how often each rung is used.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from jupyterlab_gitlab.contract.diffs import NotebookDiff
from jupyterlab_gitlab.notebooks.diff import diff_files
from jupyterlab_gitlab.notebooks.positions.ladder import Ladder, Place
from jupyterlab_gitlab.notebooks.positions.marker import Side
from jupyterlab_gitlab.notebooks.raw import Position

from ..test_corpus import FACTS, pairs

pytestmark = pytest.mark.skipif(
    not (FACTS / "dev.tar.xz").exists(), reason=f"the notebook corpus is not at {FACTS} (set GITLAB_FACTS)"
)

_SYMBOL = re.compile(r"\.cells\.(\d+)(?:\.outputs\.(\d+))?")
_SIDES: tuple[tuple[Side, int, int], ...] = (("old", 0, 3), ("new", 1, 4))
"""A side, and where GitLab's rows have its line and its symbol."""


class Facts:
    """GitLab's notebook view of one pair: which rows belong to which cell and output."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.rows: set[Position] = set()
        self.by_cell: dict[tuple[Side, int], set[Position]] = defaultdict(set)
        self.by_output: dict[tuple[Side, int, int], set[Position]] = defaultdict(set)
        for row in answer["rendered"] or []:
            position = (row[0] or None, row[1] or None)
            if position == (None, None):
                continue
            self.rows.add(position)
            for side, line, symbol in _SIDES:
                found = _SYMBOL.match(row[symbol] or "") if row[line] else None
                if found:
                    self.by_cell[side, int(found[1])].add(position)
                    if found[2] is not None:
                        self.by_output[side, int(found[1]), int(found[2])].add(position)


class Counts:
    def __init__(self) -> None:
        self.pairs = 0
        self.changed_lines: Counter[str] = Counter()
        self.first_lines: Counter[str] = Counter()
        self.cells: Counter[str] = Counter()
        self.outputs: Counter[str] = Counter()
        self.moved: list[str] = []
        self.wrong: list[str] = []


@pytest.fixture(scope="module")
def counts() -> Counts:
    with gzip.open(FACTS / "gitlab-lines.jsonl.gz", "rt") as lines:
        answers = {answer["id"]: answer for answer in map(json.loads, lines)}
    found = Counts()
    for name, old, new in pairs():
        if name in answers:
            found.pairs += 1
            ladder = Ladder(old, new)
            check_lines(found, name, old, new, ladder)
            check_places(found, name, ladder, Facts(answers[name]))
    return found


def check_lines(found: Counts, name: str, old: bytes, new: bytes, ladder: Ladder) -> None:
    """A comment on a changed line, or on an unchanged cell's first line, stays on that raw line."""
    diff = diff_files(old, new, b"a.ipynb", b"a.ipynb")
    assert isinstance(diff, NotebookDiff), name
    in_hunks = set(ladder.pairing.rows())
    for cell in diff.cells:
        wanted = [row for row in cell.rows if row.kind != "same"]
        counter = found.changed_lines if wanted else found.first_lines
        for row in wanted or cell.rows[:1]:
            if row.anchor is None:
                counter["no place"] += 1
                continue
            if row.anchor.old_line not in (None, row.old) or row.anchor.new_line not in (None, row.new):
                # git's pairing of an unchanged raw line knows the other side better than the cells' pairing
                both = row.anchor.old_line is not None and row.anchor.new_line is not None
                kept = row.new == row.anchor.new_line or row.old == row.anchor.old_line
                if not (both and kept):
                    found.moved.append(f"{name}: {row}")
            position = (row.anchor.old_line, row.anchor.new_line)
            assert ladder.pairing.accepts(*position), f"{name}: GitLab refuses {row}"
            rung = "changed_source" if None in position else "context" if position in in_hunks else "unfolded"
            counter[rung if ladder.shows(position) else f"{rung} under Overview only"] += 1


def check_places(found: Counts, name: str, ladder: Ladder, facts: Facts) -> None:
    for side, _, _ in _SIDES:
        index = 0
        while (cell := ladder.cell_at(side, index)) is not None:
            rows = {each for each in facts.by_cell[side, index] if ladder.pairing.accepts(*each)}
            place = ladder.cell(side, index)
            found.cells[place.rung] += 1
            check(found, f"{name} {side} cell {index}", ladder, place, facts, rows)
            for output in range(len(cell.outputs)):
                if not facts.by_output[side, index, output]:
                    continue  # not mapped
                place = ladder.output(side, index, output)
                found.outputs[place.rung] += 1
                check(found, f"{name} {side} output {index}.{output}", ladder, place, facts, rows)
                own = {each for each in facts.by_output[side, index, output] if ladder.pairing.accepts(*each)}
                if own and place.position not in own:
                    found.wrong.append(f"{name} {side} output {index}.{output}: not on its own line {place}")
            index += 1


def check(found: Counts, what: str, ladder: Ladder, place: Place, facts: Facts, accepted: set[Position]) -> None:
    if place.position is not None and not ladder.pairing.accepts(*place.position):
        found.wrong.append(f"{what}: GitLab refuses {place}")
    if accepted and place.position not in accepted:
        found.wrong.append(f"{what}: {place} has no row of the cell, though {sorted(accepted, key=str)[0]} has")
    if place.shown and facts.rows and place.position not in facts.rows:
        found.wrong.append(f"{what}: {place} is not shown")


def told(counts: Counts) -> Iterator[str]:
    for name, counter in (
        ("changed source lines", counts.changed_lines),
        ("first lines of unchanged cells", counts.first_lines),
        ("cells", counts.cells),
        ("mapped outputs", counts.outputs),
    ):
        rungs = ", ".join(f"{rung} {number}" for rung, number in counter.most_common())
        yield f"{name} {counter.total()}: {rungs}"


def test_a_comment_on_a_line_stays_on_its_raw_line(counts: Counts) -> None:
    print(*told(counts), sep="\n")
    assert counts.pairs == 100
    assert counts.changed_lines.total() > 2_500 and counts.first_lines.total() > 2_500
    assert not counts.moved
    assert not counts.changed_lines["no place"] and not counts.first_lines["no place"]


def test_a_comment_on_a_cell_or_an_output_has_a_row_in_gitlabs_notebook_view_whenever_one_is_accepted(
    counts: Counts,
) -> None:
    assert counts.cells.total() > 5_000 and counts.outputs.total() > 900
    assert counts.wrong == []
