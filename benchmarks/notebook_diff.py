"""The notebook core against nbdime, and against the figures it has to reach: one run, one table.

``python benchmarks/notebook_diff.py`` compares the pairs of the corpus (``GITLAB_FACTS``, default ../shared/data), and
every fifth of them with nbdime, too, in turn, and prints each figure beside its goal. Exit code 1 if a goal is missed.

A comparison is measured from the bytes of both files and their blob ids, which git tells, to the diff, anchors
included; no process is started for it. Of nbdime only the comparison counts, not the reading of the files, which is
told beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import alignment
import msgspec
import orjson
import positions
import synthetic
from corpus import Pair, pairs
from measure import Report, facts, machine, median, quantile, seconds
from memory import peak
from peers import VERSION, Nbdime, Timing

from jupyterlab_gitlab.contract.diffs import NotebookDiff
from jupyterlab_gitlab.notebooks.diff import diff_files

LARGE = 4_000_000
"""Bytes of both files from which a pair is a large one."""
MEMORY = 1_000_000
"""Bytes of both files from which memory is measured: below, the interpreter's own swings are larger."""


class Measured(msgspec.Struct):
    """One pair: seconds to parse both sides (None for invalid JSON), to compare them, and what nbdime took."""

    name: str
    size: int
    parse: float | None
    ours: float
    notebook: bool
    nbdime: Timing | None = None


def compare(old: bytes, new: bytes) -> object:
    """What is measured."""
    return diff_files(old, new, b"a.ipynb", b"a.ipynb", old_blob="0" * 40, new_blob="1" * 40)


def parse_time(pair: Pair) -> float | None:
    """Seconds that orjson takes to read both sides."""

    def work() -> None:
        orjson.loads(pair.old)
        orjson.loads(pair.new)

    try:
        work()
    except ValueError:
        return None
    return seconds(work)


def measure(corpus: Sequence[Pair], nbdime: Nbdime | None, every: int = 1) -> tuple[list[Measured], list[str]]:
    """Ours on each pair, then nbdime on *every* so-manieth; second: the names of the pairs that ours failed on."""
    measured, failed = [], []
    for number, pair in enumerate(corpus, 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(corpus)}", end="", file=sys.stderr)
        try:
            found = compare(pair.old, pair.new)
        except Exception as error:
            failed.append(f"{pair.name}: {error!r}")
            continue
        old, new = pair.old, pair.new
        one = Measured(
            name=pair.name,
            size=pair.size,
            parse=parse_time(pair),
            ours=seconds(lambda old=old, new=new: compare(old, new)),
            notebook=isinstance(found, NotebookDiff),
        )
        if nbdime is not None and one.notebook and number % every == 0:
            one.nbdime = nbdime.time(old, new)
        measured.append(one)
    return measured, failed


def report_corpus(measured: Sequence[Measured], failed: Sequence[str], into: Report) -> None:
    """Time against parsing."""
    into.section(f"Comparing {len(measured)} pairs")
    notebooks = [(one, one.ours / one.parse) for one in measured if one.notebook and one.parse]
    ratios = [ratio for _, ratio in notebooks]
    parse, ours = [one.parse or 0 for one, _ in notebooks], [one.ours for one, _ in notebooks]
    into.figure("parse of both sides: median", f"{median(parse) * 1e3:.3f} ms")
    into.figure("parse of both sides: 95th percentile", f"{quantile(parse, 0.95) * 1e3:.2f} ms")
    into.figure("comparison: median", f"{median(ours) * 1e3:.2f} ms")
    into.figure("comparison: 95th percentile", f"{quantile(ours, 0.95) * 1e3:.2f} ms")
    for name, value in (("median", median(ratios)), ("95th percentile", quantile(ratios, 0.95))):
        into.figure(f"comparison / parse, pair by pair: {name}", f"{value:.1f}", "<= 20", reached=value <= 20)
    into.figure("median comparison / median parse", f"{median(ours) / median(parse):.1f}")
    into.figure("95th percentile / 95th percentile of parse", f"{quantile(ours, 0.95) / quantile(parse, 0.95):.1f}")
    large = [ratio for one, ratio in notebooks if one.size > LARGE]
    if large:
        worst = max(large)
        into.figure(f"comparison / parse above 4 MB ({len(large)} pairs): median", f"{median(large):.1f}")
        into.figure("comparison / parse above 4 MB: the worst", f"{worst:.1f}", "<= 3", reached=worst <= 3)
    slowest = max(measured, key=lambda one: one.ours)
    value = slowest.ours * 1e3
    into.figure("slowest pair, invalid ones included", f"{value:.0f} ms", "<= 100 ms", reached=value <= 100)
    into.figure("  which is", slowest.name[-40:])
    into.figure("failures", str(len(failed)), "0", reached=not failed)
    for words in failed:
        print(f"    {words}")


def report_nbdime(measured: Sequence[Measured], into: Report, limit: float) -> None:
    """Time against nbdime."""
    both = [(one, one.nbdime) for one in measured if one.nbdime is not None]
    answered = [(one, timing) for one, timing in both if not timing.error]
    into.section(f"nbdime {VERSION}, the same {len(both)} pairs in the same run")
    times = [timing.diff for _, timing in answered]
    into.figure("median", f"{median(times) * 1e3:.0f} ms")
    into.figure("95th percentile", f"{quantile(times, 0.95) * 1e3:.0f} ms")
    into.figure("median with reading", f"{median([timing.diff + timing.read for _, timing in answered]) * 1e3:.0f} ms")
    into.figure(f"stopped after {limit:.0f} s (counted as that)", str(sum(timing.late for _, timing in both)))
    into.figure("failures", str(sum(bool(timing.error) for _, timing in both)))
    ratios = [timing.diff / one.ours for one, timing in answered]
    for name, value, goal in (("median", median(ratios), 25), ("95th percentile", quantile(ratios, 0.95), 250)):
        into.figure(f"nbdime / ours, pair by pair: {name}", f"{value:.0f}", f">= {goal}", reached=value >= goal)
    ours = [one.ours for one, _ in answered]
    into.figure("nbdime's median / our median", f"{median(times) / median(ours):.0f}")
    into.figure("nbdime's 95th percentile / ours", f"{quantile(times, 0.95) / quantile(ours, 0.95):.0f}")
    whole = [(timing.diff + timing.read) / one.ours for one, timing in answered]
    into.figure("nbdime with reading / ours: median", f"{median(whole):.0f}")


def report_synthetic(into: Report, nbdime: Nbdime | None) -> None:
    """Sizes that the corpus does not have."""
    into.section("Made notebooks")
    cases = [
        (
            f"5,000 cells, {words}, {'with' if ids else 'no'} ids",
            synthetic.many_cells(5_000, edited=share, ids=ids),
            goal,
        )
        for words, share, goal in (("50 edited", 0.01, 0.5), ("all edited", 1.0, 1.5))
        for ids in (True, False)
    ]
    cases.append(("150 cells with tables, all outputs re-run", synthetic.rerun(150), 0.05))
    for name, (old, new), goal in cases:
        value = seconds(lambda old=old, new=new: compare(old, new), rounds=3)
        into.figure(name, f"{value * 1e3:.0f} ms", f"<= {goal * 1e3:.0f} ms", reached=value <= goal)
    if nbdime is not None:
        timing = nbdime.time(*cases[-1][1], rounds=1)
        words = f"> {timing.diff:.0f} s" if timing.late else f"{timing.diff:.1f} s"
        into.figure("  nbdime on the same", timing.error or words)
    old, new = synthetic.long_output(50_000_000)
    into.figure("50 MB of text output on each side", f"{seconds(lambda: compare(old, new), rounds=2) * 1e3:.0f} ms")


def report_memory(corpus: Sequence[Pair], into: Report, most: int) -> None:
    """Peaks of the *most* largest pairs, each in a process of its own."""
    into.section("Peak memory over the size of both files")
    large = sorted((pair for pair in corpus if pair.size > MEMORY), key=lambda pair: -pair.size)[:most]
    peaks = [(value, pair.name) for pair in large if (value := peak(pair.old, pair.new)) is not None]
    old, new = synthetic.long_output(50_000_000)
    made = peak(old, new)
    if made is None or not peaks:
        into.figure("not measured: needs Linux and pairs above 1 MB", "")
        return
    worst, name = max(peaks)
    into.figure(f"{len(peaks)} pairs above 1 MB: median", f"{median([value for value, _ in peaks]):.1f}")
    into.figure(f"the worst ({name[-30:]})", f"{worst:.1f}", "<= 6", reached=worst <= 6)
    into.figure("50 MB of text output on each side", f"{made:.1f}", "<= 6", reached=made <= 6)


class Extent(msgspec.Struct, frozen=True):
    """How much is measured: *ours* and *nbdime* are each on every so-manieth pair (0: not at all); *limit* seconds are
    allowed to nbdime, *peaks* pairs at most have their memory measured."""

    ours: int = 1
    nbdime: int = 5
    limit: float = 30.0
    peaks: int = 40


QUICK = Extent(ours=10, nbdime=4, limit=5.0, peaks=5)
"""Every tenth pair, and every fourth of these with nbdime."""


def report(extent: Extent, into: Report) -> None:
    """Prints all figures of the notebook core; SystemExit if nbdime or the corpus is missing."""
    reason = Nbdime.installed() if extent.nbdime else ""
    if reason:
        raise SystemExit(f"{reason}; --no-nbdime leaves it out.")
    folder = facts()
    corpus = list(pairs(folder))
    chosen = corpus[:: extent.ours]
    with Nbdime(extent.limit) as nbdime:
        peer = nbdime if extent.nbdime else None
        measured, failed = measure(chosen, peer, extent.nbdime)
        report_corpus(measured, failed, into)
        if peer is not None:
            report_nbdime(measured, into, extent.limit)
        report_synthetic(into, peer)
    report_memory(chosen, into, extent.peaks)
    positions.report(corpus, folder, into)
    alignment.report(corpus, into)


def extent(parser: argparse.ArgumentParser) -> Extent:
    """The extent that the command line asks for."""
    parser.add_argument("--quick", action="store_true", help="a tenth of it, in less than a minute")
    parser.add_argument("--no-nbdime", action="store_true", help="leave nbdime out")
    arguments = parser.parse_args()
    found = QUICK if arguments.quick else Extent()
    return msgspec.structs.replace(found, nbdime=0) if arguments.no_nbdime else found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    into = Report()
    chosen = extent(parser)
    print(machine())
    report(chosen, into)
    return into.close()


if __name__ == "__main__":
    sys.exit(main())
