"""Discussions of a merge request: threads on lines, general threads and single notes."""

from __future__ import annotations

from typing import Literal

from .base import Body, Reply
from .deliveries import Delivery
from .diffs import Anchor
from .merge_requests import DiffRefs
from .paths import FilePath
from .positions import CellMark, NewCellPosition, NewPosition
from .projects import User


class LinePosition(Reply, kw_only=True):
    """Where a thread stands: a line of the raw file. Both lines: unchanged; one: removed (old) or added (new).

    *start*: the first line of a comment on several, null for one on a single line. *outdated*: its shas are not the
    newest version's; the lines are those of the version it was made on. Paths are given as ids too, so that they
    compare with those of a diff.
    """

    old_path: FilePath
    new_path: FilePath
    old_line: int | None
    new_line: int | None
    start: Anchor | None
    outdated: bool
    diff_refs: DiffRefs


class SuggestedRow(Reply, kw_only=True, gc=False):
    """One row of what a suggestion changes; as in :class:`.diffs.SourceRow`."""

    kind: Literal["same", "removed", "added"]
    text: str
    spans: tuple[tuple[int, int], ...] = ()


class Suggestion(Reply, kw_only=True):
    """A change that a note suggests in a block of its text, for the lines from *above* to *below* the thread's own.

    *index*: which block of the note, from 0; it is the lines *begins* to *ends* (from 0, half-open) of the note's body.
    *id*: GitLab's number for it, null if it knows none. *lines* take the place of *old_lines*, which are null where
    GitLab does not tell them; in a notebook both are cell source, without line ends. *rows* compare the two.
    *applied*: it was, by GitLab or, to a notebook, by this extension.
    """

    index: int
    begins: int
    ends: int
    id: int | None
    above: int
    below: int
    lines: list[str]
    old_lines: list[str] | None
    rows: list[SuggestedRow]
    applied: bool


class Note(Reply, kw_only=True):
    """One note. *body* is Markdown as typed. *system*: GitLab wrote it about an event. *web_url*: its place there."""

    id: int
    author: User
    body: str
    created_at: str
    updated_at: str
    system: bool
    can_edit: bool
    web_url: str
    suggestions: list[Suggestion]


class Discussion(Reply, kw_only=True):
    """A thread. *position* is null for a general one. *individual*: a single note that is no thread yet.

    *cell* is set for a comment on a cell or an output; it leads there also when *position* is null or outdated.
    """

    id: str
    individual: bool
    resolvable: bool
    resolved: bool
    resolved_by: User | None
    position: LinePosition | None
    cell: CellMark | None
    notes: list[Note]


class Discussions(Reply, kw_only=True):
    """Every discussion of the merge request, oldest first, system notes among them."""

    discussions: list[Discussion]


class CreateDiscussionBody(Body, kw_only=True):
    """Starts a thread: on lines if *position* is given, on a cell or an output if *cell* is, else a general one."""

    body: str
    position: NewPosition | None = None
    cell: NewCellPosition | None = None
    delivery: Delivery | None = None


class CreateNoteBody(Body, kw_only=True):
    """Replies to a thread."""

    body: str
    delivery: Delivery | None = None


class ResolveBody(Body, kw_only=True):
    """Resolves or reopens a thread."""

    resolved: bool
