"""A comment's text and place, ready to be sent: which raw line it hangs on, and what its text says beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..contract.diffs import Anchor
from ..contract.discussions import LinePosition
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import decode_path, display_path
from ..contract.positions import (
    CommentPlace,
    CommentPlaceParams,
    LinePlace,
    LinePlaceParams,
    NewCellPosition,
    NewPosition,
)
from ..notebooks.outputs import output_kind
from ..notebooks.positions.ladder import Ladder, Place
from ..notebooks.positions.marker import CellMark, in_words, with_mark
from ..notebooks.positions.ranges import LineRange, in_order, line_range
from ..notebooks.raw import Position, RawPairing
from ..notebooks.rawtext import RawText
from ..remote.positions import position_refused
from ..repository import Clone
from .context import ServiceContext
from .files import read
from .revisions import checked_sha


class Versions(Protocol):
    """Two versions of a file: commits, and path ids."""

    base_sha: str
    head_sha: str
    old_path: str
    new_path: str


_NAMED = ("cell", "hidden", "general")
"""Rungs of the ladder whose line does not tell what the comment is about."""


@dataclass(frozen=True)
class Comment:
    """What is sent. *position* is null for a general thread; *lines* is set for several lines.

    *general* is the text to send without a position if GitLab refuses it; null where the comment makes no sense then.
    """

    text: str
    position: NewPosition | None
    lines: LineRange | None = None
    general: str | None = None


def prepare(
    context: ServiceContext,
    clone: Clone,
    text: str,
    position: NewPosition | None,
    cell: NewCellPosition | None,
    *,
    check: bool = False,
) -> Comment:
    """A comment on lines, on a cell or an output, or on nothing.

    Parameters
    ----------
    check: hold a single line, too, against GitLab's rules. GitLab does that itself for threads, but not for pending
        comments.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for both places at once, for what is no commit id, and for a range whose ends
        are in the wrong order; ``position_refused``.
    """
    if position is not None and cell is not None:
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "A comment stands either on lines or on a cell.")
    if cell is not None:
        checked_sha(cell.start_sha)
        return _on_cell(context, clone, text, cell)
    if position is None:
        return Comment(text, None)
    for sha in (position.base_sha, position.start_sha, position.head_sha):
        checked_sha(sha)
    if position.start is None and not check:
        return Comment(text, position)
    return Comment(text, position, _range(position, RawPairing(*texts(context, clone, position))))


def place(context: ServiceContext, params: CommentPlaceParams) -> CommentPlace:
    """Where a comment on a cell or an output would go.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for what is no commit id, ``not_found`` if there is no such cell.
    """
    found = _find(context, context.clone(params.folder), params)
    position = found.place.position
    return CommentPlace(
        rung=found.place.rung,
        position=None if position is None else Anchor(old_line=position[0], new_line=position[1]),
        shown=found.place.shown,
        words=found.words,
    )


def line_place(context: ServiceContext, params: LinePlaceParams) -> LinePlace:
    """Where GitLab's page shows a comment on a line of a notebook.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for what is no commit id, ``too_large``.
    """
    ladder = _ladder(context, context.clone(params.folder), params)
    return LinePlace(shown=ladder.shows((params.old_line, params.new_line)))


def stands(context: ServiceContext, clone: Clone, position: LinePosition) -> bool:
    """Whether GitLab takes a comment where *position* is, on the version that it is of."""
    old = text_of(context, clone, position.diff_refs.base_sha, position.old_path.id)
    new = text_of(context, clone, position.diff_refs.head_sha, position.new_path.id)
    return RawPairing(old, new).accepts(position.old_line, position.new_line)


@dataclass(frozen=True)
class _Found:
    place: Place
    mark: CellMark
    words: str


def _on_cell(context: ServiceContext, clone: Clone, text: str, cell: NewCellPosition) -> Comment:
    found = _find(context, clone, cell)
    general = with_mark(f"{found.words}:\n\n{text}", found.mark)
    if found.place.position is None:
        return Comment(general, None)
    position = NewPosition(
        base_sha=cell.base_sha,
        start_sha=cell.start_sha,
        head_sha=cell.head_sha,
        old_path=cell.old_path,
        new_path=cell.new_path,
        old_line=found.place.position[0],
        new_line=found.place.position[1],
    )
    named = found.place.rung in _NAMED
    return Comment(general if named else with_mark(text, found.mark), position, general=general)


def _ladder(context: ServiceContext, clone: Clone, versions: Versions) -> Ladder:
    old, new = texts(context, clone, versions)
    with context.turns.turn():
        return Ladder(old.data if old else None, new.data if new else None)


def _find(context: ServiceContext, clone: Clone, spot: NewCellPosition | CommentPlaceParams) -> _Found:
    ladder = _ladder(context, clone, spot)
    cell = ladder.cell_at(spot.side, spot.index)
    if cell is None or (spot.output is not None and not 0 <= spot.output < len(cell.outputs)):
        raise GitLabWorkflowError(
            ErrorCode.NOT_FOUND,
            "This version of the notebook has no such cell or output.",
            "Refresh: the merge request may have a new version.",
        )
    path = clone.path(spot.old_path if spot.side == "old" else spot.new_path)
    mark = CellMark(path=path, side=spot.side, index=spot.index, id=cell.id, output=spot.output)
    if spot.output is None:
        return _Found(ladder.cell(spot.side, spot.index), mark, in_words(mark, cell.execution_count, None))
    words = in_words(mark, cell.execution_count, output_kind(cell.outputs[spot.output]))
    return _Found(ladder.output(spot.side, spot.index, spot.output), mark, words)


def _range(position: NewPosition, pairing: RawPairing) -> LineRange | None:
    """The range of a comment on several lines; null for a single line. Both ends are held against GitLab's rules."""
    end: Position = (position.old_line, position.new_line)
    start: Position = end if position.start is None else (position.start.old_line, position.start.new_line)
    if not pairing.accepts(*start) or not pairing.accepts(*end):
        raise position_refused()
    if start == end:
        return None
    if not in_order(start, end, pairing):
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "The first line of the comment comes after its last one.")
    path = decode_path(position.new_path).decode("utf-8", "replace")  # as GitLab knows it
    return line_range(path, start, end, pairing)


def texts(context: ServiceContext, clone: Clone, versions: Versions) -> tuple[RawText | None, RawText | None]:
    """Both sides of the file, null where it does not exist.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for what is no commit id, ``too_large``.
    """
    return (
        text_of(context, clone, versions.base_sha, versions.old_path),
        text_of(context, clone, versions.head_sha, versions.new_path),
    )


def text_of(context: ServiceContext, clone: Clone, sha: str, path_id: str) -> RawText | None:
    """One version of a file, null if the commit has none of this name."""
    path = clone.path(path_id)
    version = read(context, clone, checked_sha(sha), path)
    if version.kind == "absent":
        return None
    if version.data is None or version.size > context.config.max_diff_size:
        raise GitLabWorkflowError(
            ErrorCode.TOO_LARGE,
            f"{display_path(path)} is too large to find the line ({version.size:,} bytes).",
            "Comment on the merge request as a whole instead.",
        )
    return RawText(version.data)
