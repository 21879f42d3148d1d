"""How well cells are aligned: ids are the truth, hidden from the engine.

``python benchmarks/alignment.py [--mistakes]`` prints precision and recall over all cells, and over those cells whose
content has changed, which are the hard ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

import msgspec
from corpus import Labelled, Pair, labelled, pairs
from measure import Report, facts

from jupyterlab_gitlab.notebooks.align import align

PRECISION, RECALL, PAIRS = 0.975, 0.95, 60


class Score(msgspec.Struct):
    """Pairs of cells: *right* ones of those *found*, out of those that are *true*."""

    right: int = 0
    found: int = 0
    true: int = 0

    def add(self, found: set[tuple[int, int]], true: set[tuple[int, int]]) -> None:
        """Counts one notebook."""
        self.right += len(found & true)
        self.found += len(found)
        self.true += len(true)

    @property
    def precision(self) -> float:
        """Share of the found pairs that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were found."""
        return self.right / self.true if self.true else 1.0


def found_pairs(notebook: Labelled) -> set[tuple[int, int]]:
    """What the engine pairs without ids."""
    matches = align(notebook.old, notebook.new)
    return {(match.old, match.new) for match in matches if match.old is not None and match.new is not None}


def report(corpus: Iterable[Pair], into: Report, *, mistakes: bool = False) -> None:
    """Prints the scores of the labelled pairs of *corpus*."""
    every, edited, count, renamed = Score(), Score(), 0, 0
    for pair in corpus:
        notebook = labelled(pair)
        if notebook is None:
            continue
        count += 1
        found = found_pairs(notebook)
        every.add(found, notebook.truth)
        edited.add(
            {cells for cells in found if not notebook.is_equal(cells)},
            {cells for cells in notebook.truth if not notebook.is_equal(cells)},
        )
        known = {cell for cell, _ in notebook.truth}, {cell for _, cell in notebook.truth}
        renamed += sum(i not in known[0] and j not in known[1] for i, j in found)
        if mistakes and found != notebook.truth:
            print(f"  {pair.name}: wrong {sorted(found - notebook.truth)}, missed {sorted(notebook.truth - found)}")
    into.section("Alignment without ids, where ids are the truth")
    into.figure("labelled pairs of notebooks", str(count), f">= {PAIRS}", reached=count >= PAIRS)
    for name, score in (("all cells", every), ("changed cells only", edited)):
        precision, recall = score.precision, score.recall
        into.figure(
            f"{name} ({score.true}): precision", f"{precision:.4f}", f">= {PRECISION}", reached=precision >= PRECISION
        )
        into.figure(f"{name} ({score.true}): recall", f"{recall:.4f}", f">= {RECALL}", reached=recall >= RECALL)
    into.figure("wrong pairs; both of their ids unknown to the other side", f"{every.found - every.right}; {renamed}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mistakes", action="store_true", help="list the pairs that are wrong or missed")
    arguments = parser.parse_args()
    into = Report()
    report(pairs(facts()), into, mistakes=arguments.mistakes)
    return into.close()


if __name__ == "__main__":
    sys.exit(main())
