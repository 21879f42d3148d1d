"""Applying suggestions: as a commit on the source branch, or in an open notebook.

The commit is made by GitLab (through its commits API, guarded by the branch's head), not in the clone: the branch need
not be checked out or even fetched, a work tree with unsaved or uncommitted work stays as it is, and whoever may push
may apply. Suggestions for other files than notebooks alone are applied by GitLab itself, which then says so on its
page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..contract.discussions import Discussion, LinePosition, Suggestion
from ..contract.errors import ErrorCode, ErrorReply, GitLabWorkflowError
from ..contract.paths import FolderParams, decode_path
from ..contract.suggestions import (
    AppliedSuggestions,
    ApplySuggestionsBody,
    EditedCell,
    EditedCells,
    EditOpenNotebookBody,
    SuggestionRef,
)
from ..notebooks.suggestions.applied import with_applied
from ..notebooks.suggestions.edit import Change, EditError, edit, source_lines, text_lines
from ..notebooks.suggestions.live import LiveCell, edit_live, live_change
from ..remote import GitLabReview, Sent
from ..remote.merging import head_moved
from ..repository import Clone
from . import comments
from .context import ServiceContext
from .discussions import checked_discussion
from .revisions import checked_sha
from .suggestible import NOTEBOOK, refused

_MOST = 100


@dataclass(frozen=True)
class _Wanted:
    """A suggestion, with the place where its lines stand now."""

    ref: SuggestionRef
    author: str
    suggestion: Suggestion
    position: LinePosition
    newest_note: int
    """Of its thread, when that was read."""

    def moved_from(self, sha: str) -> bool:
        """Whether it stands on another head than *sha* by now, or did before."""
        return self.position.outdated or self.position.diff_refs.head_sha != sha

    @property
    def path(self) -> str:
        return self.position.new_path.id

    @property
    def first(self) -> int:
        return max(1, (self.position.new_line or 0) - self.suggestion.above)

    @property
    def last(self) -> int:
        return (self.position.new_line or 0) + self.suggestion.below

    @property
    def change(self) -> Change:
        return Change(first=self.first, last=self.last, lines=self.suggestion.lines)


def apply(context: ServiceContext, params: FolderParams, iid: int, body: ApplySuggestionsBody) -> AppliedSuggestions:
    """Applies them all in one commit, or none. A commit of an earlier try whose answer got lost is found, and its
    threads are answered.

    Raises
    ------
    GitLabWorkflowError: ``suggestion_outdated`` if the code has moved on, ``suggestion_refused`` (both with the ones
        concerned under ``details["suggestions"]``), ``head_moved``, ``gitlab_forbidden`` without the right to push.
    """
    clone = context.clone(params.folder)
    review = context.project_of(clone).review(iid)
    sha = checked_sha(body.sha)
    found = _found(review, body.suggestions)
    message = body.message.strip() or _message(found)
    if any(each.moved_from(sha) for each in found):
        made = review.made_before(sha, message)
        if made is not None:
            return _applied(context, clone, iid, found, made, resolve=body.resolve)
    wanted = _unmoved(found, sha)
    data = {path: comments.text_of(context, clone, sha, path) for path in {each.path for each in wanted}}
    files: dict[str, bytes] = {}
    for path, text in data.items():
        files[path] = _edited(b"" if text is None else text.data, path, [each for each in wanted if each.path == path])
    ids = [each.suggestion.id for each in wanted if each.suggestion.id is not None]
    by_gitlab = len(ids) == len(wanted) and not any(path.endswith(NOTEBOOK) for path in files)
    if by_gitlab:
        made = review.apply_suggestions(ids, body.message.strip())
    else:
        named = {decode_path(path).decode("utf-8", "replace"): content for path, content in files.items()}
        made = review.commit(sha, message, named)
    return _applied(context, clone, iid, wanted, made, resolve=body.resolve, by_gitlab=by_gitlab)


def _applied(
    context: ServiceContext,
    clone: Clone,
    iid: int,
    wanted: Sequence[_Wanted],
    made: tuple[str, str],
    *,
    resolve: bool,
    by_gitlab: bool = False,
) -> AppliedSuggestions:
    """What to tell of a commit on a branch; its threads are answered first."""
    commit, branch = made
    said = None if by_gitlab else f"Applied in {commit[:8]}."
    resolved, error = _answer(context, clone, iid, wanted, said, resolve=resolve)
    return AppliedSuggestions(
        commit=commit,
        branch=branch,
        files=[clone.file_path(clone.path(path)) for path in dict.fromkeys(each.path for each in wanted)],
        resolved=resolved,
        error=error,
    )


def edit_open_notebook(
    context: ServiceContext, params: FolderParams, iid: int, body: EditOpenNotebookBody
) -> EditedCells:
    """What they change in the cells of an open notebook; nothing is written.

    Raises
    ------
    GitLabWorkflowError: as :func:`apply`; ``suggestion_outdated`` also if the open notebook's code has moved on.
    """
    clone = context.clone(params.folder)
    wanted = _wanted(context.project_of(clone).review(iid), body.suggestions, checked_sha(body.sha))
    text = comments.text_of(context, clone, body.sha, body.path)
    data = b"" if text is None else text.data
    for each in wanted:
        if each.path != body.path:
            raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "A suggestion is for another file than the open one.")
    _edited(data, body.path, wanted)
    cells = [LiveCell(id=cell.id, source=cell.source) for cell in body.cells]
    changed: set[int] = set()
    # from the bottom up, so that what one changes does not move the lines of the next
    for each in sorted(wanted, key=lambda each: each.first, reverse=True):
        found = edit_live(cells, live_change(data, each.first, each.last, each.suggestion.lines))
        if found is None:
            raise _outdated([each])
        index, source = found
        cells[index] = LiveCell(id=cells[index].id, source=source)
        changed.add(index)
    return EditedCells(cells=[EditedCell(index=index, source=cells[index].source) for index in sorted(changed)])


def _wanted(review: GitLabReview, refs: Sequence[SuggestionRef], sha: str) -> list[_Wanted]:
    return _unmoved(_found(review, refs), sha)


def _found(review: GitLabReview, refs: Sequence[SuggestionRef]) -> list[_Wanted]:
    if not 1 <= len(refs) <= _MOST:
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, f"From 1 to {_MOST} suggestions can be applied at once.")
    threads: dict[str, Discussion] = {}
    for ref in refs:
        if ref.discussion_id not in threads:
            threads[ref.discussion_id] = review.discussion(checked_discussion(ref.discussion_id))
    return [_find(threads[ref.discussion_id], ref) for ref in refs]


def _unmoved(wanted: list[_Wanted], sha: str) -> list[_Wanted]:
    """*wanted*; raises if one of them can't be applied any more, or not on *sha*."""
    applied = [each for each in wanted if each.suggestion.applied]
    if applied:
        raise GitLabWorkflowError(
            ErrorCode.SUGGESTION_REFUSED,
            "This suggestion has been applied already.",
            "Refresh to see the new version.",
            suggestions=[_named(each) for each in applied],
        )
    outdated = [each for each in wanted if each.position.outdated]
    if outdated:
        raise _outdated(outdated)
    if any(each.position.diff_refs.head_sha != sha for each in wanted):
        raise head_moved()
    return wanted


def _find(thread: Discussion, ref: SuggestionRef) -> _Wanted:
    for note in thread.notes:
        if note.id == ref.note_id and thread.position is not None:
            for suggestion in note.suggestions:
                if suggestion.index == ref.index:
                    newest = max(each.id for each in thread.notes)
                    return _Wanted(ref, note.author.username, suggestion, thread.position, newest)
    raise GitLabWorkflowError(
        ErrorCode.NOT_FOUND, "This suggestion is gone.", "Its note was changed or taken away: refresh."
    )


def _edited(data: bytes, path: str, wanted: Sequence[_Wanted]) -> bytes:
    """The file with its suggestions; raises if the lines are not those that they were made for."""
    notebook = path.endswith(NOTEBOOK)
    try:
        edited = edit(data, [each.change for each in wanted], notebook=notebook)
        moved = [each for each in wanted if _has_moved(data, each, notebook=notebook)]
    except EditError as error:
        fault = refused(error.refusal)
        fault.details["suggestions"] = [_named(wanted[error.index])]
        raise fault from None
    if moved:
        raise _outdated(moved)
    if edited == data:
        raise GitLabWorkflowError(
            ErrorCode.SUGGESTION_REFUSED,
            "The code says this already.",
            "Resolve the thread.",
            suggestions=[_named(each) for each in wanted],
        )
    return edited


def _has_moved(data: bytes, wanted: _Wanted, *, notebook: bool) -> bool:
    """Whether other lines stand where the suggestion was made; GitLab looks after the comment's own line only."""
    if wanted.suggestion.old_lines is None:
        return False
    if notebook:
        return source_lines(data, wanted.first, wanted.last)[1] != wanted.suggestion.old_lines
    return text_lines(data, wanted.first, wanted.last) != wanted.suggestion.old_lines


def _answer(
    context: ServiceContext, clone: Clone, iid: int, wanted: Sequence[_Wanted], said: str | None, *, resolve: bool
) -> tuple[list[str], ErrorReply | None]:
    """The threads that could be resolved, and what kept one from it. *said*: in each, if GitLab does not know it."""
    project = context.project_of(clone)
    resolved: list[str] = []
    for discussion_id in dict.fromkeys(each.ref.discussion_id for each in wanted):
        here = [each for each in wanted if each.ref.discussion_id == discussion_id]
        unsaid = [(each.ref.note_id, each.ref.index) for each in here if not each.suggestion.applied]
        try:
            if said is not None and unsaid:
                project.create_note(iid, discussion_id, with_applied(said, unsaid), Sent(here[0].newest_note))
            if resolve:
                project.resolve_discussion(iid, discussion_id, True)
                resolved.append(discussion_id)
        except GitLabWorkflowError as error:
            return resolved, error.reply()
    return resolved, None


def _message(wanted: Sequence[_Wanted]) -> str:
    """GitLab's own words, and who had the idea."""
    files = len({each.path for each in wanted})
    people = ", ".join(f"@{name}" for name in dict.fromkeys(each.author for each in wanted))
    return f"Apply {len(wanted)} suggestion(s) to {files} file(s)\n\nSuggested by {people}"


def _outdated(wanted: Sequence[_Wanted]) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.SUGGESTION_OUTDATED,
        "The code has moved on since this was suggested.",
        "Make the change by hand, or ask for a new suggestion.",
        suggestions=[_named(each) for each in wanted],
    )


def _named(wanted: _Wanted) -> dict[str, str | int]:
    return {"discussion_id": wanted.ref.discussion_id, "note_id": wanted.ref.note_id, "index": wanted.ref.index}
