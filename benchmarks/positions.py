"""Raw line positions against GitLab's own answers for a hundred pairs of the corpus.

``python benchmarks/positions.py`` prints how many of GitLab's diff rows and probed positions the core agrees with, and
how many of the changed source lines have an anchor of their own.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus import Pair, pairs
from measure import Report, facts

from jupyterlab_gitlab.contract.diffs import NotebookDiff
from jupyterlab_gitlab.notebooks.diff import diff_files
from jupyterlab_gitlab.notebooks.raw import RawPairing
from jupyterlab_gitlab.notebooks.rawtext import RawText

_SOURCE = re.compile(r"\.cells\.\d+\.source\.\d+$")
Position = tuple[int | None, int | None]


def report(corpus: Iterable[Pair], folder: Path, into: Report) -> None:
    """Prints the agreement."""
    with gzip.open(folder / "notebooks" / "gitlab-lines.jsonl.gz", "rt") as lines:
        answers = {answer["id"]: answer for answer in map(json.loads, lines)}
    rows = agreed = probes = right = anchors = accepted = changed = covered = 0
    for pair in corpus:
        answer = answers.get(pair.name)
        if answer is None:
            continue
        pairing = RawPairing(RawText(pair.old), RawText(pair.new))
        theirs = [(old, new) for old, new, commentable in answer["raw"] if commentable]
        rows += len(theirs)
        agreed += sum(ours == row for ours, row in zip(pairing.rows(), theirs, strict=False))
        probes += len(answer["probes"])
        right += sum(pairing.accepts(old, new) == taken for old, new, taken in answer["probes"])
        found = diff_files(pair.old, pair.new, b"a.ipynb", b"a.ipynb")
        own = set(_anchors(found)) if isinstance(found, NotebookDiff) else set()
        anchors += len(own)
        accepted += sum(pairing.accepts(*anchor) for anchor in own)
        wanted = _changed_source_lines(answer, theirs)
        changed += len(wanted)
        covered += len(wanted & own)
    into.section(f"Raw positions against GitLab's own answers ({len(answers)} pairs)")
    for name, part, whole in (
        ("rows of the raw diff", agreed, rows),
        ("probed positions", right, probes),
        ("anchors that GitLab accepts", accepted, anchors),
        ("changed source lines with an anchor of their own", covered, changed),
    ):
        into.figure(name, f"{part} of {whole}", "all", reached=part == whole > 0)


def _changed_source_lines(answer: dict[str, object], rows: list[Position]) -> set[Position]:
    removed, added = {old for old, new in rows if new is None}, {new for old, new in rows if old is None}
    wanted: set[Position] = set()
    for old, new, _, old_symbol, new_symbol in answer["rendered"] or ():  # type: ignore[attr-defined]
        if old in removed and _SOURCE.search(old_symbol or ""):
            wanted.add((old, None))
        if new in added and _SOURCE.search(new_symbol or ""):
            wanted.add((None, new))
    return wanted


def _anchors(diff: NotebookDiff) -> Iterator[Position]:
    for cell in diff.cells:
        for row in cell.rows:
            for holder in (row, row.old_half, *row.view_rows):
                if holder is not None and holder.anchor is not None:
                    yield holder.anchor.old_line, holder.anchor.new_line


def main() -> int:
    into = Report()
    folder = facts()
    report(pairs(folder), folder, into)
    return into.close()


if __name__ == "__main__":
    sys.exit(main())
