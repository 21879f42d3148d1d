"""Two versions of one file, compared: notebooks cell by cell, other files by line.

Raw lines are lines of the file as git stores it, split at ``\\n`` and counted from 1: what GitLab's positions mean.
"""

from __future__ import annotations

from typing import Any, Literal

from .base import Reply
from .paths import FilePath, FolderParams


class Anchor(Reply, gc=False):
    """What a comment on a row sends to GitLab: one line for a changed row, both for an unchanged one."""

    old_line: int | None
    new_line: int | None


class OldHalf(Reply, kw_only=True, gc=False):
    """What a comment on the old side of a ``same`` row means, where it is not what the row's own *anchor* says.

    The text is the same, but git's raw diff does not pair the two raw lines: usually JSON punctuation changed (a line
    became the last of its list), or the cell moved. *old* is the raw line; *new* is always null: this is one side.
    """

    old: int
    new: int | None
    anchor: Anchor | None


class ViewRow(Reply, kw_only=True, gc=False):
    """The raw line under which GitLab's notebook view lists a source line, where that is another than the true one.

    GitLab's view does not count the line end after a number that closes an object, so its lines can lag behind.
    """

    old: int | None
    new: int | None
    anchor: Anchor | None


class SourceRow(Reply, gc=False):
    """One row of a source diff. A removed row directly followed by an added one is a changed line.

    *old*/*new*: raw line numbers, null where the side has no such line. *old_number*/*new_number*: line of the cell (of
    the file, for text). *text* has no line end. *spans* are the changed stretches of *text*, half-open, in UTF-16 code
    units (JavaScript's). *anchor* follows git's raw pairing, which can differ from the row's kind; null where GitLab
    accepts no comment. *old_half*, on ``same`` rows only, is set where a comment on the old side has an anchor of its
    own (a split view's left half uses it, everything else uses the row); nearly always null. *view_rows*, nearly always
    empty: never comment there, but a thread that stands on such an anchor and on no row's own one was started on this
    line on GitLab's page.
    """

    kind: Literal["same", "removed", "added"]
    old: int | None
    new: int | None
    old_number: int | None
    new_number: int | None
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    anchor: Anchor | None = None
    old_half: OldHalf | None = None
    view_rows: tuple[ViewRow, ...] = ()


class OutputSummary(Reply, kw_only=True, gc=False):
    """One output without its body. *digest* is over its canonical JSON; *size* is that JSON's length in bytes.

    *line* is the raw line that a comment on the output hangs on, null if unknown. *first_line* and *last_line* are
    those of its ``{`` and ``}``. *kind* is a reader's word for it.
    """

    index: int
    output_type: str
    kind: Literal["text", "error", "table", "image", "html", "markdown", "latex", "interactive", "data"]
    mime_types: list[str]
    size: int
    digest: str
    line: int | None
    first_line: int | None = None
    last_line: int | None = None


class OutputDiff(Reply, kw_only=True, gc=False):
    """An output on both sides. ``changed`` pairs two outputs at the same place whose digests differ."""

    kind: Literal["same", "changed", "added", "removed"]
    old: OutputSummary | None
    new: OutputSummary | None


class CellSide(Reply, kw_only=True, gc=False):
    """A cell on one side. *index* counts from 0. *line* and *last_line*: raw lines of its ``{`` and ``}``, null if
    unknown."""

    index: int
    id: str | None
    execution_count: int | None
    line: int | None
    last_line: int | None = None


class MetadataChange(Reply, kw_only=True, gc=False):
    """One changed value outside sources and outputs. *path* is a JSON pointer; sides are JSON text, null if absent.

    A cell's paths start at the cell, a notebook's at its top. Long texts are cut and end in ``…``.
    """

    path: str
    old: str | None
    new: str | None


class CellDiff(Reply, kw_only=True, gc=False):
    """A cell on both sides (one of *old*, *new* may be null). *moved*: it stands elsewhere among the kept cells.

    *rows* are the whole source. *attachment* cells and outputs are compared by content only.
    """

    kind: Literal["same", "changed", "added", "removed"]
    moved: bool
    cell_type: str
    old: CellSide | None
    new: CellSide | None
    source_changed: bool
    outputs_changed: bool
    execution_count_changed: bool
    rows: list[SourceRow]
    outputs: list[OutputDiff]
    metadata: list[MetadataChange]


class FileSide(Reply, kw_only=True):
    """One side of the comparison. *revision* as asked for; *blob* is its blob id (computed for a work-tree file)."""

    path: FilePath
    revision: str
    blob: str
    size: int


class NotebookSummary(Reply, kw_only=True):
    """Counts for the head of the view. *classification*: see :class:`.changes.ChangeSummary`."""

    cells_changed: int
    cells_added: int
    cells_removed: int
    cells_moved: int
    outputs_changed: int
    classification: Literal["outputs", "execution_counts", "metadata", "format"] | None


class NotebookDiff(Reply, kw_only=True, tag="notebook", tag_field="type"):
    """Two notebooks. *language* is the kernel language's name for highlighting (new side first)."""

    old: FileSide | None
    new: FileSide | None
    equal: bool
    language: str
    summary: NotebookSummary
    cells: list[CellDiff]
    metadata: list[MetadataChange]
    notes: list[str]


class TextDiff(Reply, kw_only=True, tag="text", tag_field="type"):
    """Two texts. *reason* says why a notebook is compared as text, else null.

    *truncated*: rows beyond a bound are left out; a long file is shown by its changes and three lines round them, so
    that line numbers jump. A carriage return before the line end stays in *text*.
    """

    old: FileSide | None
    new: FileSide | None
    equal: bool
    reason: str | None
    rows: list[SourceRow]
    truncated: bool


class BinaryDiff(Reply, kw_only=True, tag="binary", tag_field="type"):
    """Two files that are no text. *mime_type* is guessed from the name; ``image/…`` can be shown through ``/blobs``."""

    old: FileSide | None
    new: FileSide | None
    equal: bool
    mime_type: str | None
    reason: str | None


FileDiff = NotebookDiff | TextDiff | BinaryDiff


class FileDiffParams(FolderParams, kw_only=True):
    """Two versions of a file. A revision is a full sha or ``HEAD``, ``INDEX``, ``WORKTREE``, ``EMPTY``, ``CONTENTS``.

    Paths are path ids. ``EMPTY`` is the side of an added or deleted file. ``CONTENTS`` is a file as it lies on the
    disk, in a clone or not: its id is its contents path, percent-encoded. *ignore_whitespace*: lines of sources and
    texts that differ in blanks only are the same; outputs are compared as they are.
    """

    old: str
    new: str
    old_path: str
    new_path: str
    ignore_whitespace: bool = False


class OutputParams(FolderParams, kw_only=True):
    """One output of one cell of one version; *digest* is the summary's.

    Answers ``file_changed`` if it is no longer that one.
    """

    revision: str
    path: str
    cell: int
    output: int
    digest: str


class OutputBody(Reply, kw_only=True):
    """The output as nbformat 4 writes it, multi-line strings joined."""

    output: dict[str, Any]


class BlobParams(FolderParams, kw_only=True):
    """The bytes of one version of a file, for pictures."""

    revision: str
    path: str
