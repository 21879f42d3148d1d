"""How the benchmarks measure.

Times are processor time of the measuring thread: what other programs on the machine take does not count, though they
still slow down caches and shared cores. So every figure is the least of several rounds, and what is compared is
measured in turn, in one run.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROUND = 0.003
"""Seconds that a round lasts at least: short work is repeated within it."""


def seconds(work: Callable[[], Any], rounds: int = 5, limit: float = 5.0) -> float:
    """The least processor time that *work* takes, in rounds of :data:`ROUND`; fewer rounds once *limit* is spent."""
    once = _once(work, 1)
    count = max(1, int(ROUND / max(once, 1e-9)))
    best, spent = once, once
    for _ in range(rounds):
        if spent > limit:
            break
        mean = _once(work, count)
        spent += mean * count
        best = min(best, mean)
    return best


def _once(work: Callable[[], Any], count: int) -> float:
    begun = time.thread_time()
    for _ in range(count):
        work()
    return (time.thread_time() - begun) / count


def quantile(values: Sequence[float], share: float) -> float:
    """The value that *share* of the values do not exceed; NaN if there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def median(values: Sequence[float]) -> float:
    """The median; NaN if there are none."""
    return statistics.median(values) if values else float("nan")


def facts() -> Path:
    """The folder of notebooks that the benchmarks read; SystemExit with the reason if it is not there."""
    folder = Path(os.environ.get("GITLAB_FACTS") or Path(__file__).resolve().parents[2] / "shared" / "data")
    if not (folder / "notebooks" / "dev.tar.xz").exists():
        raise SystemExit(f"The notebook corpus is not at {folder / 'notebooks'}: set GITLAB_FACTS to its folder.")
    return folder


def machine() -> str:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    if sys.platform == "linux":
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {version(name)}" for name in ("orjson", "msgspec", "pygit2", "rapidfuzz"))
    return (
        f"{model}, {os.cpu_count()} processors{load}; {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}; {packages}"
    )


class Report:
    """Prints figures beside their goals and remembers whether all were reached."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def section(self, title: str) -> None:
        """A heading."""
        print(f"\n{title}")

    def figure(self, name: str, value: str, goal: str = "", *, reached: bool | None = None) -> None:
        """One figure; *reached* is null where there is no goal."""
        mark = {True: "ok", False: "MISSED", None: ""}[reached]
        print(f"  {name:<58} {value:>14}  {goal:<22} {mark}".rstrip(), flush=True)
        if reached is False:
            self.missed.append(name)

    def close(self) -> int:
        """Prints what was missed; the exit code."""
        print(f"\n{len(self.missed)} goals missed" + (f": {'; '.join(self.missed)}" if self.missed else ""))
        return int(bool(self.missed))
