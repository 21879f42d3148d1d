"""A file's comparison as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..contract.diffs import BinaryDiff, FileDiff, NotebookDiff, TextDiff
from .cells import CellLines
from .clean import clean_name
from .lines import text_lines
from .outputs import Bodies, OutputLines
from .screen import BOLD, DIM, YELLOW, Screen
from .words import byte_size

OutputsShown = Literal["short", "full", "none"]


@dataclass(frozen=True)
class Choices:
    """What to show. *context*: unchanged lines round each change. *outputs*: in short, in full, or not at all."""

    context: int = 3
    outputs: OutputsShown = "short"


def file_lines(diff: FileDiff) -> Iterator[str]:
    """The names of the two files, as unified diffs have them."""
    for sign, side in (("---", diff.old), ("+++", diff.new)):
        yield f"{sign} {clean_name(side.path.display) if side else '/dev/null'}"


def render(diff: FileDiff, bodies: Bodies, screen: Screen, choices: Choices) -> Iterator[str]:
    """The lines about what changed; *bodies* are those of the outputs of both files."""
    if isinstance(diff, NotebookDiff):
        outputs = None
        if choices.outputs != "none":
            outputs = OutputLines(bodies, screen, full=choices.outputs == "full", context=choices.context)
        yield from CellLines(screen, outputs, choices.context).notebook(diff)
    elif isinstance(diff, TextDiff):
        if diff.reason:
            yield screen.paint(f"{diff.reason} Here is the file line by line:", YELLOW)
        yield from text_lines(diff.rows, screen, choices.context)
        if diff.truncated:
            yield screen.paint("The file is too long to be shown whole: some lines are left out or cut.", DIM)
    else:
        yield _binary(diff)


def headed(diff: FileDiff, bodies: Bodies, screen: Screen, choices: Choices) -> Iterator[str]:
    """The whole answer to somebody who compares two files."""
    for line in file_lines(diff):
        yield screen.paint(line, BOLD)
    if diff.equal:
        yield "The files are equal."
    else:
        yield from render(diff, bodies, screen, choices)


def _binary(diff: BinaryDiff) -> str:
    if diff.reason:
        return diff.reason
    sizes = " → ".join(byte_size(side.size) for side in (diff.old, diff.new) if side)
    return f"Binary files, {sizes}."
