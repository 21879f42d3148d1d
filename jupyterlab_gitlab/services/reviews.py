"""Submitting a review: the pending comments, a summary, and a verdict."""

from __future__ import annotations

from ..contract.draft_notes import DraftNote, DraftNotes, SubmitReviewBody, SubmittedReview
from ..contract.errors import ErrorCode, ErrorReply, GitLabWorkflowError
from ..contract.paths import FolderParams
from ..remote import GitLabProject
from ..repository import Clone
from . import comments
from .context import ServiceContext
from .revisions import checked_sha

_STATES = {"comment": "reviewed", "request_changes": "requested_changes", "approve": None}


def publish(context: ServiceContext, params: FolderParams, iid: int, draft_id: int) -> DraftNotes:
    """Publishes one pending comment; those that are left.

    Raises
    ------
    GitLabWorkflowError: why GitLab will not publish it; it is still pending then.
    """
    clone = context.clone(params.folder)
    review = context.project_of(clone).review(iid)
    review.publish_draft_note(draft_id, lambda draft: _refusal(context, clone, draft))
    return review.draft_notes()


def submit(context: ServiceContext, params: FolderParams, iid: int, body: SubmitReviewBody) -> SubmittedReview:
    """Publishes everything pending, then says the summary and gives the verdict; both wait until all is published.

    Whatever is left undone is told and can be submitted again: nothing is published or said twice.

    Raises
    ------
    GitLabWorkflowError: ``gitlab_refused`` for a verdict that this GitLab does not know; what asking for the pending
        comments raises. Nothing was done then.
    """
    checked_sha(body.sha)
    clone = context.clone(params.folder)
    project = context.project_of(clone)
    review = project.review(iid)
    state = _STATES[body.verdict]
    if not review.takes_states():
        if body.verdict == "request_changes":
            raise GitLabWorkflowError(
                ErrorCode.GITLAB_REFUSED,
                "This GitLab does not take “request changes” over its API.",
                "That needs GitLab 19.2. Submit the comments, and request the changes on GitLab's page.",
            )
        state = None
    key = (*project.key(), iid)
    kept = context.unfinished_reviews.read(key).get("since")
    again = isinstance(kept, int)
    since = kept if isinstance(kept, int) else review.latest_note()
    # An attempt that ends without an answer, with this server even, must not publish or say anything twice later.
    context.unfinished_reviews.write(key, {"since": since})
    outcome = review.publish_draft_notes(lambda draft: _refusal(context, clone, draft), state, since=since, again=again)
    in_order = not outcome.failed and outcome.error is None
    done = SubmittedReview(
        published=outcome.published,
        failed=outcome.failed,
        summary_sent=not body.summary.strip(),
        verdict_given=body.verdict == "comment" or (in_order and body.verdict == "request_changes"),
        error=None if outcome.error is None else outcome.error.reply(),
    )
    if in_order:
        known = since if again else body.known_note
        done.error = _conclude(project, iid, body, done, since if known is None else known)
    if outcome.settled and (done.summary_sent or not in_order):
        context.unfinished_reviews.write(key, {})
    return done


def _conclude(
    project: GitLabProject, iid: int, body: SubmitReviewBody, done: SubmittedReview, known: int
) -> ErrorReply | None:
    """The summary and the approval; what stopped one of them."""
    try:
        if not done.summary_sent:
            project.review(iid).say(body.summary, known)
            done.summary_sent = True
        if body.verdict == "approve":
            project.approve(iid, body.sha)
            done.verdict_given = True
    except GitLabWorkflowError as error:
        return error.reply()
    return None


def _refusal(context: ServiceContext, clone: Clone, draft: DraftNote) -> GitLabWorkflowError | None:
    """Why GitLab will not publish a pending comment, as far as its version of the file tells."""
    if draft.position is None:
        return None
    try:
        if comments.stands(context, clone, draft.position):
            return None
    except GitLabWorkflowError:
        return None  # the file can't be read here: GitLab decides
    return GitLabWorkflowError(
        ErrorCode.POSITION_REFUSED,
        "GitLab takes no comment on the line of this one.",
        "Copy the text, drop the comment, and write it anew on a changed line nearby.",
    )
