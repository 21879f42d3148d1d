"""The core on real pairs of notebooks, and against GitLab's own answers for a hundred of them.

The data lies outside the repository, in the folder that ``GITLAB_FACTS`` names (default ``../shared/data``).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jupyterlab_gitlab.contract.diffs import NotebookDiff
from jupyterlab_gitlab.notebooks.diff import diff_files
from jupyterlab_gitlab.notebooks.rawtext import RawText
from jupyterlab_gitlab.notebooks.shown import notebook_view
from jupyterlab_gitlab.notebooks.versions import Versions, read_versions

from .builders import pairing as pairing_of

FACTS = Path(os.environ.get("GITLAB_FACTS") or Path(__file__).parents[3] / "shared" / "data") / "notebooks"
SLOWEST = 5.0
"""Seconds of processor time for one pair: far above what any takes, and far below a hang."""

pytestmark = pytest.mark.skipif(
    not (FACTS / "dev.tar.xz").exists(), reason=f"the notebook corpus is not at {FACTS} (set GITLAB_FACTS)"
)

_SOURCE = re.compile(r"\.cells\.\d+\.source\.\d+$")


def pairs() -> Iterator[tuple[str, bytes, bytes]]:
    """Name, old and new bytes of every pair."""
    waiting: dict[str, dict[str, bytes]] = {}
    with tarfile.open(FACTS / "dev.tar.xz") as archive:
        for member in archive:
            found = re.fullmatch(r"(?:\./)?(.+)\.([ab])\.ipynb", member.name)
            content = archive.extractfile(member) if found else None
            if found is None or content is None:
                continue
            name, side = found.groups()
            sides = waiting.setdefault(name, {})
            sides[side] = content.read()
            if len(sides) == 2:
                del waiting[name]
                yield name, sides["a"], sides["b"]


class Counts:
    """What one walk over the corpus found."""

    def __init__(self) -> None:
        self.pairs = self.compared = self.gold = 0
        self.rows = self.rows_wrong = self.probes_wrong = 0
        self.anchors = self.refused = self.expected = self.covered = 0
        self.views = self.views_equal = self.view_rows = self.view_rows_equal = 0
        self.slow: list[str] = []


@pytest.fixture(scope="module")
def counts() -> Counts:
    """One walk over all pairs: unpacking them takes longest."""
    with gzip.open(FACTS / "gitlab-lines.jsonl.gz", "rt") as lines:
        gold = {answer["id"]: answer for answer in map(json.loads, lines)}
    found = Counts()
    for name, old, new in pairs():
        found.pairs += 1
        begun = time.process_time()
        diff = diff_files(old, new, b"a.ipynb", b"a.ipynb")
        if time.process_time() - begun > SLOWEST:
            found.slow.append(name)
        found.compared += bool(msgspec.json.encode(diff))
        if name in gold:
            assert isinstance(diff, NotebookDiff), name
            check(found, gold[name], old, new, diff)
    return found


def check(found: Counts, answer: dict[str, Any], old: bytes, new: bytes, diff: NotebookDiff) -> None:
    """Hold a diff against GitLab's answers."""
    found.gold += 1
    pairing = pairing_of(old, new)
    rows = [(o, n) for o, n, commentable in answer["raw"] if commentable]
    found.rows += len(rows)
    found.rows_wrong += list(pairing.rows()) != rows
    found.probes_wrong += sum(pairing.accepts(o, n) != accepted for o, n, accepted in answer["probes"])
    anchors = set(anchors_of(diff))
    found.anchors += len(anchors)
    found.refused += sum(not pairing.accepts(*anchor) for anchor in anchors)
    rendered = answer["rendered"] or []
    removed, added = {o for o, n in rows if n is None}, {n for o, n in rows if o is None}
    wanted = {(o, None) for o, _, _, symbol, _ in rendered if o in removed and _SOURCE.search(symbol or "")}
    wanted |= {(None, n) for _, n, _, _, symbol in rendered if n in added and _SOURCE.search(symbol or "")}
    found.expected += len(wanted)
    found.covered += len(wanted & anchors)
    if rendered:
        check_view(found, rendered, old, new)


def check_view(found: Counts, rendered: list[Any], old: bytes, new: bytes) -> None:
    versions = read_versions(RawText(old), RawText(new), pairing_of(old, new))
    assert isinstance(versions, Versions)
    view = notebook_view(versions)
    assert view is not None
    ours = {position for position in view.positions if any(position)}
    theirs = {(o, n) for o, n, *_ in rendered if o or n}
    found.views += 1
    found.views_equal += ours == theirs
    found.view_rows += len(ours | theirs)
    found.view_rows_equal += len(ours & theirs)


def anchors_of(diff: NotebookDiff) -> Iterator[tuple[int | None, int | None]]:
    for cell in diff.cells:
        for row in cell.rows:
            for holder in (row, *([row.old_half] if row.old_half else []), *row.view_rows):
                if holder.anchor:
                    yield holder.anchor.old_line, holder.anchor.new_line


def test_every_pair_is_compared_in_bounded_time(counts: Counts) -> None:
    assert counts.compared == counts.pairs > 700
    assert not counts.slow


def test_raw_rows_and_accepted_positions_are_gitlabs(counts: Counts) -> None:
    assert counts.gold == 100 and counts.rows > 10_000
    assert (counts.rows_wrong, counts.probes_wrong) == (0, 0)


def test_every_anchor_is_accepted_and_every_changed_source_line_covered(counts: Counts) -> None:
    print(f"{counts.anchors} anchors, {counts.covered} of {counts.expected} changed source lines covered")
    assert counts.anchors > 10_000 and counts.refused == 0
    assert counts.covered == counts.expected > 3_000


def test_the_notebook_view_is_gitlabs_but_for_the_diff_tools_choices(counts: Counts) -> None:
    """GitLab compares the two texts with GNU diff, which pairs equal lines differently now and then."""
    print(f"views: {counts.views_equal} of {counts.views}; rows: {counts.view_rows_equal} of {counts.view_rows}")
    assert counts.views_equal >= 0.93 * counts.views > 50
    assert counts.view_rows_equal >= 0.997 * counts.view_rows
