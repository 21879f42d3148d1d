"""Raw line numbers of what a notebook file holds.

GitLab anchors comments to lines of the raw file, so every source element and every output line needs its own.
"""

from __future__ import annotations

from .layout import lines_by_layout
from .model import Notebook
from .places import CellLines
from .scanner import lines_by_scan


def cell_lines(notebook: Notebook) -> tuple[list[CellLines] | None, bool]:
    """Line numbers of each cell of *notebook*, in step with its cells, None if they can't be told; and whether the file
    is in the layout that Jupyter writes.

    Such a file is read line by line. Any other, also one that only looks like it, is walked through character by
    character, which takes ten times as long.
    """
    lines = lines_by_layout(notebook)
    return (lines, True) if lines is not None else (lines_by_scan(notebook), False)
