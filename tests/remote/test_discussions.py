"""Threads on the sandbox: on lines, in general, across versions."""

from __future__ import annotations

import pytest

from jupyterlab_gitlab.contract.discussions import CreateDiscussionBody
from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import DiffRefs, MergeRequest

from .world import NOTES, World, on_line


@pytest.fixture
def opened(world: World) -> MergeRequest:
    return world.opened()


def test_a_thread_on_an_added_line(world: World, opened: MergeRequest) -> None:
    made = world.reviewer.create_discussion(opened.iid, on_line(opened.diff_refs, new=3, body="Why *three*?"))
    assert (made.individual, made.resolvable, made.resolved, made.resolved_by) == (False, True, False, None)
    assert made.position is not None
    assert (made.position.old_line, made.position.new_line, made.position.outdated) == (None, 3, False)
    assert (made.position.new_path.id, made.position.diff_refs) == ("notes.txt", opened.diff_refs)
    assert [(note.body, note.author.username, note.can_edit) for note in made.notes] == [
        ("Why *three*?", world.ben.username, True)
    ]
    assert made in world.reviewer.discussions(opened.iid).discussions


@pytest.mark.parametrize(("old", "new"), [(3, None), (4, 4), (30, 30)])
def test_a_thread_on_a_removed_or_an_unchanged_line(
    world: World, opened: MergeRequest, old: int, new: int | None
) -> None:
    made = world.reviewer.create_discussion(opened.iid, on_line(opened.diff_refs, new=new, old=old))
    assert made.position is not None
    assert (made.position.old_line, made.position.new_line) == (old, new)


@pytest.mark.parametrize(("old", "new"), [(None, 4), (4, None), (4, 5), (None, 999)])
def test_a_line_that_gitlab_does_not_pair_so_is_refused(
    world: World, opened: MergeRequest, old: int | None, new: int | None
) -> None:
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.create_discussion(opened.iid, on_line(opened.diff_refs, new=new, old=old))
    assert (caught.value.code, caught.value.status) == (ErrorCode.POSITION_REFUSED, 422)
    assert world.reviewer.discussions(opened.iid).discussions == []


def test_a_thread_on_a_file_with_an_unusual_name(world: World) -> None:
    name = "data & más/über #1.txt"
    branch = world.branch({"notes.txt": NOTES.replace("line 1\n", "line one\n")})
    action = {"action": "create", "file_path": name, "content": "a\nb\n"}
    world.project.commits.create({"branch": branch, "commit_message": "Add", "actions": [action]})
    opened = world.opened(branch)
    path_id = "data%20%26%20m%C3%A1s/%C3%BCber%20%231.txt"
    made = world.author.create_discussion(opened.iid, on_line(opened.diff_refs, new=2, path=path_id))
    assert made.position is not None
    assert (made.position.new_path.id, made.position.new_path.display) == (path_id, name)


def test_a_general_thread_has_no_position(world: World, opened: MergeRequest) -> None:
    made = world.reviewer.create_discussion(opened.iid, CreateDiscussionBody(body="Looks good."))
    assert (made.position, made.resolvable) == (None, True)


def test_a_single_comment_is_not_a_thread(world: World, opened: MergeRequest) -> None:
    world.project.mergerequests.get(opened.iid).notes.create({"body": "By the way"})
    found = [each for each in world.author.discussions(opened.iid).discussions if each.notes[0].body == "By the way"]
    assert [(each.individual, each.resolvable, each.resolved) for each in found] == [(True, False, False)]


def test_reply_resolve_and_reopen(world: World, opened: MergeRequest) -> None:
    thread = world.reviewer.create_discussion(opened.iid, on_line(opened.diff_refs, new=3))
    reply = world.author.create_note(opened.iid, thread.id, "Because.")
    assert (reply.body, reply.author.username, reply.can_edit) == ("Because.", world.ann.username, True)
    assert world.author.merge_request(opened.iid).unresolved == 1
    resolved = world.author.resolve_discussion(opened.iid, thread.id, True)
    assert resolved.resolved and resolved.resolved_by is not None
    assert (resolved.resolved_by.username, len(resolved.notes)) == (world.ann.username, 2)
    now = world.author.merge_request(opened.iid)
    assert (now.unresolved, now.comments) == (0, 2)
    reopened = world.reviewer.resolve_discussion(opened.iid, thread.id, False)
    assert (reopened.resolved, reopened.resolved_by) == (False, None)


def test_only_the_author_of_a_note_or_a_maintainer_may_edit_it(world: World, opened: MergeRequest) -> None:
    member = world.project.members.get(world.ben.id)
    member.access_level = 30
    member.save()
    thread = world.author.create_discussion(opened.iid, CreateDiscussionBody(body="Mine"))
    world.reviewer.create_note(opened.iid, thread.id, "His")
    for project, expected in ((world.author, [True, True]), (world.reviewer, [False, True])):
        seen = next(each for each in project.discussions(opened.iid).discussions if each.id == thread.id)
        assert [note.can_edit for note in seen.notes] == expected
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.review(opened.iid).update_note(thread.notes[0].id, "Not mine")
    assert caught.value.code is ErrorCode.GITLAB_FORBIDDEN
    world.reviewer.review(opened.iid).update_note(seen.notes[1].id, "Still his")


def test_a_thread_follows_its_line_to_a_new_version(world: World, opened: MergeRequest) -> None:
    thread = world.reviewer.create_discussion(opened.iid, on_line(opened.diff_refs, new=3))
    three = f"line three of {opened.source_branch}"
    moved = "line zero\n" + NOTES.replace("line 3\n", three + "\n")
    head = world.commit(opened.source_branch, {"notes.txt": moved})
    seen = next(each for each in world.author.discussions(opened.iid).discussions if each.id == thread.id)
    assert seen.position is not None
    assert (seen.position.new_line, seen.position.outdated, seen.position.diff_refs.head_sha) == (4, False, head)


def test_a_thread_whose_line_is_gone_is_outdated_and_keeps_its_place(world: World, opened: MergeRequest) -> None:
    thread = world.reviewer.create_discussion(opened.iid, on_line(opened.diff_refs, new=3))
    world.commit(opened.source_branch, {"notes.txt": NOTES.replace("line 3\n", "quite another\n")})
    found = world.author.discussions(opened.iid).discussions
    seen = next(each for each in found if each.id == thread.id)
    assert seen.position is not None
    assert (seen.position.new_line, seen.position.outdated, seen.position.diff_refs) == (3, True, opened.diff_refs)
    system = [note for each in found for note in each.notes if note.system]
    assert system and not any(note.can_edit for note in system)


def test_many_threads_are_all_there(world: World, opened: MergeRequest) -> None:
    plain = world.project.mergerequests.get(opened.iid)
    for number in range(105):
        plain.discussions.create({"body": f"Number {number}"})
    found = world.author.discussions(opened.iid).discussions
    assert [each.notes[0].body for each in found] == [f"Number {number}" for number in range(105)]
    assert world.author.merge_request(opened.iid).unresolved is None  # too many to count them for this


def test_a_thread_that_is_not_there_is_said_so(world: World, opened: MergeRequest) -> None:
    for attempt in (
        lambda: world.author.create_note(opened.iid, "0" * 40, "Hello?"),
        lambda: world.author.resolve_discussion(opened.iid, "0" * 40, True),
    ):
        with pytest.raises(GitLabWorkflowError) as caught:
            attempt()
        assert caught.value.code is ErrorCode.NOT_FOUND


def test_a_position_with_an_unknown_version_is_refused(world: World, opened: MergeRequest) -> None:
    unknown = DiffRefs(base_sha="1" * 40, start_sha="1" * 40, head_sha="2" * 40)
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.create_discussion(opened.iid, on_line(unknown, new=3))
    assert caught.value.code is ErrorCode.POSITION_REFUSED
