"""Pending comments: GitLab's draft notes, which only their author sees until the review is submitted."""

from __future__ import annotations

from typing import Literal

from .base import Body, Reply
from .deliveries import Delivery
from .discussions import LinePosition, Suggestion
from .errors import ErrorReply
from .positions import CellMark, NewCellPosition, NewPosition

Verdict = Literal["comment", "approve", "request_changes"]


class DraftNote(Reply, kw_only=True):
    """One pending comment. *discussion_id* is set for a reply; *resolve*: then the thread is resolved with it, or
    stays resolved (false reopens a resolved one).

    *position* and *cell* are those of a thread that it starts. An *outdated* position is carried to the newest version
    by GitLab when the comment is published, if the line is still there. GitLab does not tell yet what the
    *suggestions* replace.
    """

    id: int
    body: str
    discussion_id: str | None
    resolve: bool
    position: LinePosition | None
    cell: CellMark | None
    suggestions: list[Suggestion]


class DraftNotes(Reply, kw_only=True):
    """All of mine on this merge request, oldest first.

    *verdicts*: what a review can end with on this GitLab: ``request_changes`` needs GitLab 19.2.
    """

    draft_notes: list[DraftNote]
    verdicts: list[Verdict]


class CreateDraftNoteBody(Body, kw_only=True):
    """A pending comment: on lines, on a cell or an output, a reply to *discussion_id*, or a general thread.

    *resolve*, for replies only: whether the thread is resolved once the reply is published; null leaves it as it is.
    """

    body: str
    position: NewPosition | None = None
    cell: NewCellPosition | None = None
    discussion_id: str | None = None
    resolve: bool | None = None
    delivery: Delivery | None = None


class UpdateDraftNoteBody(Body, kw_only=True):
    """Another text; the place stays."""

    body: str


class SubmitReviewBody(Body, kw_only=True):
    """Publishes all my pending comments, then says *summary* (Markdown, may be empty) and gives the *verdict*.

    *sha* is the head that was looked at: an approval is for exactly that. *known_note* is the newest note that the page
    knew when this review was first submitted: a summary that has come since is not sent again.
    """

    sha: str
    known_note: int | None = None
    summary: str = ""
    verdict: Verdict = "comment"


class FailedDraftNote(Reply, kw_only=True):
    """A comment that could not be published and is still pending; *error* says why and what to do."""

    draft_note: DraftNote
    error: ErrorReply


class SubmittedReview(Reply, kw_only=True):
    """What became of a review.

    *published* counts comments. *failed* ones are still pending. *summary_sent* and *verdict_given* are true where
    there was none to send or give; both are held back while comments have *failed*. *error* is what stopped one of the
    two, null if nothing did. Submitting again sends only what is still missing.
    """

    published: int
    failed: list[FailedDraftNote]
    summary_sent: bool
    verdict_given: bool
    error: ErrorReply | None
