"""Publishing a pending review, comment by comment where need be.

GitLab makes the notes of a review one after the other and takes the drafts away together, after the last one
(``app/services/draft_notes/publish_service.rb``). A draft that can't become a note therefore leaves those before it
both published and pending, and publishing again would double them. So after a failure the notes are read back: a draft
that has become one is dropped, and the others are published one at a time, so that each failure is known by its draft.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..contract.draft_notes import DraftNote, FailedDraftNote
from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import draft_notes, entities, merge_request_data
from .doubt import in_doubt
from .faults import RefusedError
from .scope import ProjectScope
from .sending import same_place, same_text

_MOST_DISCUSSIONS = 10_000

Check = Callable[[DraftNote], GitLabWorkflowError | None]
"""Tells why GitLab will refuse a comment, null if nothing speaks against it."""


@dataclass(frozen=True)
class Outcome:
    """*published* counts comments; *failed* ones are still pending. *error*: why the state could not be given.

    *settled* is false if some of *failed* may be published nevertheless, which GitLab could not be asked.
    """

    published: int
    failed: list[FailedDraftNote]
    error: GitLabWorkflowError | None = None
    settled: bool = True


def publish_all(
    scope: ProjectScope, iid: int, check: Check, state: str | None, since: int, *, again: bool = False
) -> Outcome:
    """Publishes everything that I have pending.

    Parameters
    ----------
    state: how the review ends (see :func:`.draft_notes.publish_all`); not given if a comment fails.
    since: the newest note from before the first attempt.
    again: whether an earlier attempt may have published some of what is still pending.

    Raises
    ------
    GitLabWorkflowError: GitLab can't be asked what has become of the comments; call it with *again* later.
    """
    repair = _Repair(scope, iid, since)
    pending = repair.left() if again else draft_notes.read(scope, iid)
    if not pending:
        if state is not None:
            draft_notes.publish_all(scope, iid, state)
        return Outcome(0, [])
    newest = merge_request_data.newest(scope, iid)
    known = {each.id: draft_notes.draft_note(each, newest) for each in pending}
    refused = {each: error for each, draft in known.items() if (error := check(draft)) is not None}
    left = pending if refused else _publish_together(scope, iid, state, repair)
    if left is None:
        return Outcome(len(pending), [])
    failed: list[FailedDraftNote] = []
    settled = True
    for each in left:
        reason = refused.get(each.id) or _publish_one(scope, iid, each.id, repair)
        if reason is not None:
            settled = settled and not in_doubt(reason)
            draft = known.get(each.id) or draft_notes.draft_note(each, newest)
            failed.append(FailedDraftNote(draft_note=draft, error=reason.reply()))
    published = len(pending) - len(failed)
    if failed or state is None:
        return Outcome(published, failed, settled=settled)
    try:
        draft_notes.publish_all(scope, iid, state)
    except GitLabWorkflowError as error:
        return Outcome(published, [], error)
    return Outcome(published, [])


def publish_one(scope: ProjectScope, iid: int, draft_id: int, check: Check, since: int) -> None:
    """Publishes one comment.

    Parameters
    ----------
    since: the newest note from before.

    Raises
    ------
    GitLabWorkflowError: why it could not be; it is still pending then.
    """
    found = scope.client.get(scope.merge_request_url(iid, "draft_notes", draft_id), entities.DraftNote)
    error = check(draft_notes.draft_note(found, merge_request_data.newest(scope, iid)))
    if error is None:
        error = _publish_one(scope, iid, draft_id, _Repair(scope, iid, since))
    if error is not None:
        raise error


def _publish_together(
    scope: ProjectScope, iid: int, state: str | None, repair: _Repair
) -> list[entities.DraftNote] | None:
    """Null if all went well, else what is left."""
    try:
        draft_notes.publish_all(scope, iid, state)
    except GitLabWorkflowError as error:
        if not in_doubt(error):
            raise
        return repair.left()
    return None


def _publish_one(scope: ProjectScope, iid: int, draft_id: int, repair: _Repair) -> GitLabWorkflowError | None:
    """Null if the comment stands now, else why it does not."""
    try:
        draft_notes.publish(scope, iid, draft_id)
    except GitLabWorkflowError as error:
        if not in_doubt(error):
            return error
        try:
            still_there = any(each.id == draft_id for each in repair.left())
        except GitLabWorkflowError:
            return error
        return _explained(error) if still_there else None
    return None


def _explained(error: GitLabWorkflowError) -> GitLabWorkflowError:
    """GitLab answers 500 to every comment that it can't publish, without a word why."""
    said = error.said if isinstance(error, RefusedError) else ""
    return GitLabWorkflowError(
        ErrorCode.POSITION_REFUSED if said else error.code,
        "GitLab did not publish this comment.",
        "Try again. If it stays so, its line or its thread may be gone: write the comment anew and drop this one.",
        said=said or error.message,
    )


class _Repair:
    """Tells drafts that have become notes from those that have not.

    Parameters
    ----------
    since: the newest note from before any of them was published.
    """

    def __init__(self, scope: ProjectScope, iid: int, since: int) -> None:
        self._scope = scope
        self._iid = iid
        self._since = since
        self._used: set[int] = set()

    def left(self) -> list[entities.DraftNote]:
        """The drafts that have not; the others are dropped."""
        pending = draft_notes.read(self._scope, self._iid)
        if not pending:
            return []
        url = self._scope.merge_request_url(self._iid, "discussions")
        discussions = list(self._scope.client.every(url, entities.Discussion, most=_MOST_DISCUSSIONS))
        left = []
        for each in pending:
            note = self._note_of(each, discussions)
            if note is None:
                left.append(each)
            else:
                draft_notes.delete(self._scope, self._iid, each.id)
                self._used.add(note)
        return left

    def _note_of(self, draft: entities.DraftNote, discussions: list[entities.Discussion]) -> int | None:
        for discussion in discussions:
            reply = draft.discussion_id is not None
            if reply and discussion.id != draft.discussion_id:
                continue
            for note in discussion.notes if reply else discussion.notes[:1]:
                if self._may_be(note, draft) and (reply or same_place(draft.position, note.position)):
                    return note.id
        return None

    def _may_be(self, note: entities.Note, draft: entities.DraftNote) -> bool:
        return (
            note.id > self._since
            and note.id not in self._used
            and note.author.id == self._scope.me.id
            and same_text(note.body, draft.note)
        )
