"""Pending comments on the sandbox: kept, changed, published, with GitLab's traps and with requests that go wrong."""

from __future__ import annotations

from typing import Any

import pytest
from fault_proxy import Fault, FaultProxy

from jupyterlab_gitlab.contract.discussions import CreateDiscussionBody, Discussion
from jupyterlab_gitlab.contract.draft_notes import DraftNote
from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import MergeRequest
from jupyterlab_gitlab.contract.positions import NewPosition
from jupyterlab_gitlab.notebooks.positions.marker import CellMark, with_mark
from jupyterlab_gitlab.notebooks.positions.ranges import line_range
from jupyterlab_gitlab.notebooks.raw import RawPairing
from jupyterlab_gitlab.notebooks.rawtext import RawText
from jupyterlab_gitlab.remote import GitLabReview
from jupyterlab_gitlab.remote.submitting import Outcome

from .world import NOTES, World, on_line


def fine(draft: DraftNote) -> None:
    """Nothing speaks against a comment."""


def submit(review: GitLabReview, state: str | None = None) -> Outcome:
    return review.publish_draft_notes(fine, state, since=review.latest_note())


def where(opened: MergeRequest, **lines: Any) -> NewPosition:
    found = on_line(opened.diff_refs, **lines).position
    assert found is not None
    return found


def own_threads(world: World, iid: int) -> list[Discussion]:
    found = world.author.discussions(iid).discussions
    return [each for each in found if not each.notes[0].system]


def texts(world: World, iid: int) -> list[str]:
    return [note.body for each in own_threads(world, iid) for note in each.notes if not note.system]


@pytest.fixture
def opened(world: World) -> MergeRequest:
    return world.opened()


def test_a_pending_comment_is_seen_by_its_author_alone(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    made = review.create_draft_note("Why?", where(opened, new=3))
    assert made.position is not None and made.position.new_line == 3 and not made.position.outdated
    assert review.draft_notes().draft_notes == [made]
    assert world.author.review(opened.iid).draft_notes().draft_notes == []
    assert own_threads(world, opened.iid) == []


def test_a_changed_text_keeps_line_and_range(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    old, new = NOTES, NOTES.replace("line 3\n", f"line three of {opened.source_branch}\n")
    pairing = RawPairing(RawText(old.encode()), RawText(new.encode()))
    lines = line_range("notes.txt", (2, 2), (None, 3), pairing)
    made = review.create_draft_note("Why?", where(opened, new=3), lines)
    assert made.position is not None and made.position.start is not None
    changed = review.update_draft_note(made.id, "Why three?")
    assert (changed.body, changed.position) == ("Why three?", made.position)
    (plain,) = world.ben.gl.projects.get(world.project.id).mergerequests.get(opened.iid).draft_notes.list()
    assert plain.position["line_range"]["start"]["new_line"] == 2


def test_a_changed_text_keeps_the_way_back_to_its_cell(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    mark = CellMark(path=b"a.ipynb", side="new", index=1, id="x")
    made = review.create_draft_note(with_mark("One", mark))
    assert (made.body, made.cell is not None, made.position) == ("One", True, None)
    changed = review.update_draft_note(made.id, "Two")
    assert (changed.body, changed.cell, changed.position) == ("Two", made.cell, None)


def test_a_dropped_comment_is_gone_and_may_be_dropped_again(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    made = review.create_draft_note("Why?")
    review.delete_draft_note(made.id)
    review.delete_draft_note(made.id)
    assert review.draft_notes().draft_notes == []


def test_one_pending_reply_a_thread(world: World, opened: MergeRequest) -> None:
    thread = world.author.create_discussion(opened.iid, CreateDiscussionBody(body="Look"))
    review = world.reviewer.review(opened.iid)
    first = review.create_draft_note("I see", discussion_id=thread.id)
    with pytest.raises(GitLabWorkflowError) as caught:
        review.create_draft_note("I really see", discussion_id=thread.id)
    assert (caught.value.code, caught.value.details["id"]) == (ErrorCode.DRAFT_NOTE_EXISTS, first.id)


@pytest.mark.parametrize(
    ("resolved", "resolve", "after"),
    [(True, None, True), (False, None, False), (False, True, True), (True, False, False)],
)
def test_a_reply_leaves_its_thread_as_it_is_unless_told(
    world: World, opened: MergeRequest, resolved: bool, resolve: bool | None, after: bool
) -> None:
    thread = world.author.create_discussion(opened.iid, CreateDiscussionBody(body="Look"))
    world.author.resolve_discussion(opened.iid, thread.id, resolved)
    review = world.reviewer.review(opened.iid)
    review.create_draft_note("I see", discussion_id=thread.id, resolve=resolve)
    outcome = submit(review)
    assert (outcome.published, outcome.failed) == (1, [])
    (seen,) = own_threads(world, opened.iid)
    assert (seen.resolved, texts(world, opened.iid)) == (after, ["Look", "I see"])


def test_one_can_be_published_alone(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    first, second = (review.create_draft_note(text, where(opened, new=3)) for text in ("One", "Two"))
    review.publish_draft_note(first.id, fine)
    assert review.draft_notes().draft_notes == [second]
    assert texts(world, opened.iid) == ["One"]


def test_comments_that_gitlab_will_not_publish_stay_pending_and_the_others_go_once(
    world: World, opened: MergeRequest
) -> None:
    review = world.reviewer.review(opened.iid)
    review.create_draft_note("One", where(opened, new=3))
    review.create_draft_note("Nowhere", where(opened, new=4))
    review.create_draft_note("Two", where(opened, old=3))
    outcome = submit(review)
    assert outcome.published == 2
    (failed,) = outcome.failed
    assert (failed.draft_note.body, failed.error.code) == ("Nowhere", ErrorCode.POSITION_REFUSED)
    assert failed.error.hint
    assert [each.body for each in review.draft_notes().draft_notes] == ["Nowhere"]
    assert sorted(texts(world, opened.iid)) == ["One", "Two"]
    # a second try doubles nothing
    assert submit(review).published == 0
    assert sorted(texts(world, opened.iid)) == ["One", "Two"]


def test_a_comment_known_to_be_refused_is_not_even_tried(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    bad = review.create_draft_note("Nowhere", where(opened, new=4))
    review.create_draft_note("One", where(opened, new=3))
    refusal = GitLabWorkflowError(ErrorCode.POSITION_REFUSED, "No.", "Move it.")
    outcome = review.publish_draft_notes(lambda draft: refusal if draft.id == bad.id else None, since=0)
    assert (outcome.published, [each.error.message for each in outcome.failed]) == (1, ["No."])
    assert texts(world, opened.iid) == ["One"]


def test_two_comments_of_the_same_words_are_both_published(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    for lines in ({"new": 3}, {"old": 3}, {"new": 4}):
        review.create_draft_note("Typo", where(opened, **lines))
    assert submit(review).published == 2
    assert texts(world, opened.iid) == ["Typo", "Typo"]


def test_a_reply_to_a_thread_that_is_gone_is_explained(world: World, opened: MergeRequest) -> None:
    thread = world.author.create_discussion(opened.iid, CreateDiscussionBody(body="Look"))
    review = world.reviewer.review(opened.iid)
    review.create_draft_note("I see", discussion_id=thread.id)
    review.create_draft_note("Fine")
    world.project.mergerequests.get(opened.iid).notes.delete(thread.notes[0].id)
    outcome = submit(review)
    assert (outcome.published, [each.draft_note.body for each in outcome.failed]) == (1, ["I see"])


def test_the_state_is_given_once_all_is_published(world: World, opened: MergeRequest) -> None:
    review = world.reviewer.review(opened.iid)
    assert review.takes_states()
    bad = review.create_draft_note("Nowhere", where(opened, new=4))
    assert submit(review, "requested_changes").failed
    system = [each.notes[0].body for each in world.author.discussions(opened.iid).discussions if each.notes[0].system]
    assert "requested changes" not in system
    review.delete_draft_note(bad.id)
    assert submit(review, "requested_changes").error is None
    system = [each.notes[0].body for each in world.author.discussions(opened.iid).discussions if each.notes[0].system]
    assert "requested changes" in system


def test_a_pending_comment_on_an_old_version_is_told_so_and_published_where_the_line_went(
    world: World, opened: MergeRequest
) -> None:
    review = world.reviewer.review(opened.iid)
    review.create_draft_note("Why?", where(opened, new=3))
    moved = "line zero\n" + NOTES.replace("line 3\n", f"line three of {opened.source_branch}\n")
    world.commit(opened.source_branch, {"notes.txt": moved})
    (seen,) = review.draft_notes().draft_notes
    assert seen.position is not None and seen.position.outdated
    assert submit(review).published == 1
    (thread,) = own_threads(world, opened.iid)
    assert thread.position is not None and (thread.position.new_line, thread.position.outdated) == (4, False)


# requests that go wrong


@pytest.mark.parametrize("fault", ["unsent", "lost", "error", "error_after", "unauthorized"])
def test_a_comment_is_kept_once_whatever_happens_to_its_request(shaky: World, proxy: FaultProxy, fault: Fault) -> None:
    opened = shaky.opened()
    review = shaky.reviewer.review(opened.iid)
    position = where(opened, new=3)
    proxy.fail("POST", "/draft_notes", fault)
    try:
        review.create_draft_note("Why?", position)
    except GitLabWorkflowError as error:
        assert fault in ("unsent", "error", "unauthorized") and error.message and error.hint
        review.create_draft_note("Why?", position)
    assert proxy.left == 0
    assert [each.body for each in review.draft_notes().draft_notes] == ["Why?"]


@pytest.mark.parametrize("fault", ["unsent", "lost", "error", "error_after"])
@pytest.mark.parametrize("bad", [False, True])
def test_a_review_is_published_once_whatever_happens_to_its_request(
    shaky: World, proxy: FaultProxy, fault: Fault, bad: bool
) -> None:
    opened = shaky.opened()
    review = shaky.reviewer.review(opened.iid)
    review.create_draft_note("One", where(opened, new=3))
    if bad:
        review.create_draft_note("Nowhere", where(opened, new=4))
    review.create_draft_note("Two", where(opened, old=3))
    proxy.fail("POST", "/bulk_publish", fault)
    outcome = submit(review)
    assert (outcome.published, len(outcome.failed)) == (2, int(bad))
    assert sorted(texts(shaky, opened.iid)) == ["One", "Two"]


@pytest.mark.parametrize("fault", ["unsent", "lost", "error", "error_after", "unauthorized"])
@pytest.mark.parametrize("path", ["/draft_notes/[0-9]+/publish", "/discussions", "/draft_notes"])
def test_a_failed_repair_loses_and_doubles_nothing(shaky: World, proxy: FaultProxy, fault: Fault, path: str) -> None:
    opened = shaky.opened()
    review = shaky.reviewer.review(opened.iid)
    review.create_draft_note("One", where(opened, new=3))
    review.create_draft_note("Nowhere", where(opened, new=4))
    review.create_draft_note("Two", where(opened, old=3))
    method = "PUT" if path.endswith("publish") else "GET"
    times = 1 if method == "PUT" else 3  # the transport tries reading again
    since = review.latest_note()
    proxy.fail(method, path, fault, times)
    for attempt in range(5):
        try:
            outcome = review.publish_draft_notes(fine, since=since, again=attempt > 0)
        except GitLabWorkflowError:
            continue
        if outcome.settled and [each.draft_note.body for each in outcome.failed] == ["Nowhere"]:
            break
    assert proxy.left == 0
    assert sorted(texts(shaky, opened.iid)) == ["One", "Two"]
    assert [each.body for each in review.draft_notes().draft_notes] == ["Nowhere"]


@pytest.mark.parametrize("fault", ["unsent", "lost", "error", "error_after"])
def test_a_summary_is_said_once_whatever_happens_to_its_request(shaky: World, proxy: FaultProxy, fault: Fault) -> None:
    opened = shaky.opened()
    review = shaky.reviewer.review(opened.iid)
    proxy.fail("POST", "/notes", fault)
    try:
        review.say("All in all fine.", 0)
    except GitLabWorkflowError:
        assert fault in ("unsent", "error")
    review.say("All in all fine.", 0)
    assert texts(shaky, opened.iid) == ["All in all fine."]
