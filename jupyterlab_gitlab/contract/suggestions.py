"""Suggested changes: what can be suggested, and what becomes of a suggestion."""

from __future__ import annotations

from .base import Body, Reply
from .diffs import Anchor
from .errors import ErrorReply
from .paths import FilePath, FolderParams


class SuggestibleParams(FolderParams, kw_only=True):
    """Raw lines *first* to *last* of the new side of a file (the same number twice for one line)."""

    base_sha: str
    head_sha: str
    old_path: str
    new_path: str
    first: int
    last: int


class Suggestible(Reply, kw_only=True):
    """What a suggestion on these lines begins with: *lines* (cell source in a notebook) are to be edited.

    The comment is on *position*, with *start* as its first line if there are several, and has a block that begins with
    ```` ```suggestion:-ABOVE+0 ````, *above* being the number here, and holds the edited lines. The fence needs more
    backticks than the longest run of them at the beginning of a line. Blank lines alone take the lines away.
    *cell_type* (null in other files) and *language* (the kernel's, may be empty) choose the editor.
    """

    lines: list[str]
    cell_type: str | None
    language: str
    above: int
    position: Anchor
    start: Anchor | None


class SuggestionRef(Body, kw_only=True):
    """A suggestion: the block number *index* (from 0) of a note."""

    discussion_id: str
    note_id: int
    index: int = 0


class ApplySuggestionsBody(Body, kw_only=True):
    """Applies suggestions as one commit on the source branch, whose head must still be *sha*.

    *message*: the commit's; GitLab's own words if empty. *resolve*: the threads, too, as GitLab does.
    """

    sha: str
    suggestions: list[SuggestionRef]
    message: str = ""
    resolve: bool = True


class AppliedSuggestions(Reply, kw_only=True):
    """The commit on *branch*. A clone that has the branch has yet to pull it.

    *resolved* are the threads that were; *error* is what kept one from it, null if nothing did.
    """

    commit: str
    branch: str
    files: list[FilePath]
    resolved: list[str]
    error: ErrorReply | None


class OpenCell(Body, kw_only=True):
    """A cell of an open notebook, as it is on the screen."""

    source: str
    id: str | None = None


class EditOpenNotebookBody(Body, kw_only=True):
    """All cells of an open notebook, to which suggestions for the file *path* (a path id) are to be applied.

    *sha*: the head of the merge request that the suggestions were made for.
    """

    sha: str
    path: str
    cells: list[OpenCell]
    suggestions: list[SuggestionRef]


class EditedCell(Reply, kw_only=True):
    """The new source of the cell at *index*, from 0."""

    index: int
    source: str


class EditedCells(Reply, kw_only=True):
    """The cells that change; nothing has been written anywhere."""

    cells: list[EditedCell]
