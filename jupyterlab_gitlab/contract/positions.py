"""Where a comment is to stand: a line, some lines, a cell, or an output of one version of a file."""

from __future__ import annotations

from typing import Literal

from .base import Body, Reply
from .diffs import Anchor
from .paths import FilePath, FolderParams

Side = Literal["old", "new"]

Rung = Literal["changed_source", "changed_output", "context", "unfolded", "frame", "cell", "hidden", "general"]


class LinePair(Body, kw_only=True):
    """A row's anchor (see :class:`.diffs.Anchor`)."""

    old_line: int | None = None
    new_line: int | None = None


class NewPosition(Body, kw_only=True):
    """The anchor of a row (see :class:`.diffs.SourceRow`) on the version that *diff_refs* name; paths are path ids.

    *start*, for a comment on several lines, is the anchor of the first of them; the thread hangs on the last one.
    """

    base_sha: str
    start_sha: str
    head_sha: str
    old_path: str
    new_path: str
    old_line: int | None = None
    new_line: int | None = None
    start: LinePair | None = None


class NewCellPosition(Body, kw_only=True):
    """A cell of a notebook's version, or one of its outputs; *index* and *output* count from 0 on that *side*.

    The server picks the raw line (see :class:`CommentPlace`) and adds a hidden note to the text, which leads back to
    the cell when that line is gone.
    """

    base_sha: str
    start_sha: str
    head_sha: str
    old_path: str
    new_path: str
    side: Side
    index: int
    output: int | None = None


class CommentPlaceParams(FolderParams, kw_only=True):
    """A cell, or one of its outputs, as in :class:`NewCellPosition`."""

    base_sha: str
    head_sha: str
    old_path: str
    new_path: str
    side: Side
    index: int
    output: int | None = None


class CommentPlace(Reply, kw_only=True):
    """Where a comment on a cell or an output goes.

    *position* is null where GitLab takes none of the cell's lines: the comment becomes a general thread that begins
    with *words*. *shown*: GitLab's notebook view has a row for it; else GitLab shows the thread under Overview only.
    *rung*, from the best to the last: ``changed_source``, ``changed_output``, ``context`` (an unchanged line near a
    change), ``unfolded`` (one that GitLab unfolds), ``frame`` (the cell's own line), ``cell`` (for an output: a line
    of its cell), ``hidden`` (a line that GitLab's notebook view does not show), ``general``.
    *words* name file, cell and output; the text of the comment begins with them for ``cell``, ``hidden`` and
    ``general``, where the line alone would not tell.
    """

    rung: Rung
    position: Anchor | None
    shown: bool
    words: str


class LinePlaceParams(FolderParams, kw_only=True):
    """A row's anchor in a notebook, as in :class:`NewPosition`."""

    base_sha: str
    head_sha: str
    old_path: str
    new_path: str
    old_line: int | None = None
    new_line: int | None = None


class LinePlace(Reply, kw_only=True):
    """*shown* is false where GitLab's notebook view has no row for a line, so that a comment appears there under
    Overview only."""

    shown: bool


class CellMark(Reply, kw_only=True):
    """The cell (or output) that a comment was made on, from the hidden note in its text. Counted from 0."""

    path: FilePath
    side: Side
    index: int
    id: str | None
    output: int | None
