"""Merge requests on the sandbox, from opening to merging."""

from __future__ import annotations

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import (
    CreateMergeRequestBody,
    MergeBody,
    MergeRequestsParams,
    UpdateMergeRequestBody,
)

from .world import NOTES, World, on_line


def code(caught: pytest.ExceptionInfo[GitLabWorkflowError]) -> ErrorCode:
    return caught.value.code


def test_opening_a_merge_request_gives_it_whole(world: World) -> None:
    branch = world.branch()
    opened = world.opened(
        branch,
        title="Say three",
        description="Because.",
        labels=["data", "review me"],
        assignee_ids=[world.ann.id],
        reviewer_ids=[world.ben.id],
        squash=True,
        remove_source_branch=True,
    )
    assert (opened.title, opened.description, opened.state, opened.draft) == ("Say three", "Because.", "opened", False)
    assert (opened.author.username, [user.username for user in opened.reviewers]) == (
        world.ann.username,
        [world.ben.username],
    )
    assert [user.id for user in opened.assignees] == [world.ann.id]
    assert sorted(opened.labels) == ["data", "review me"]
    assert (opened.source_branch, opened.target_branch, opened.squash) == (branch, "main", True)
    assert opened.remove_source_branch
    assert (opened.can_merge, opened.can_update, opened.comments, opened.unresolved) == (True, True, 0, 0)
    assert opened.diff_refs is not None and opened.diff_refs.head_sha == opened.sha
    assert world.author.merge_request(opened.iid) == opened
    stored = world.project.mergerequests.get(opened.iid)
    assert (stored.title, sorted(stored.labels)) == ("Say three", ["data", "review me"])


def test_times_are_utc_with_a_trailing_z(world: World) -> None:
    opened = world.opened()
    assert opened.created_at.endswith("Z") and "T" in opened.created_at
    commit = world.author.commits(opened.iid).commits[0]
    assert commit.authored_at.endswith("Z")


def test_a_second_merge_request_of_a_branch_leads_to_the_first(world: World) -> None:
    first = world.opened()
    with pytest.raises(GitLabWorkflowError) as caught:
        world.opened(first.source_branch)
    assert code(caught) is ErrorCode.MERGE_REQUEST_EXISTS
    assert caught.value.details["iid"] == first.iid


def test_merging_a_branch_into_itself_is_refused_in_gitlabs_words(world: World) -> None:
    with pytest.raises(GitLabWorkflowError) as caught:
        world.opened("main")
    assert (code(caught), caught.value.status) == (ErrorCode.GITLAB_REFUSED, 422)
    assert "same project/branch" in caught.value.message


def test_a_draft_can_not_be_merged_until_it_is_ready(world: World) -> None:
    opened = world.opened(draft=True)
    assert (opened.draft, opened.title) == (True, "Draft: Say three")
    assert (opened.mergeability.mergeable, opened.mergeability.status) == (False, "draft_status")
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.merge(opened.iid, MergeBody(sha=opened.sha or ""))
    assert code(caught) is ErrorCode.NOT_MERGEABLE
    assert ("draft" in caught.value.message, "ready" in caught.value.hint) == (True, True)
    ready = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(draft=False))
    assert (ready.draft, ready.title, ready.mergeability.mergeable) == (False, "Say three", True)


def test_a_new_title_leaves_the_draft_state_and_a_draft_state_the_title(world: World) -> None:
    opened = world.opened(draft=True)
    renamed = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(title="Say it"))
    assert (renamed.title, renamed.draft) == ("Draft: Say it", True)
    ready = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(title="Draft: Say it", draft=False))
    assert (ready.title, ready.draft) == ("Say it", False)


def test_an_update_changes_what_is_given_and_nothing_else(world: World) -> None:
    opened = world.opened(labels=["a"], reviewer_ids=[world.ben.id], description="Old.")
    same = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody())
    assert same == opened
    changed = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(description="New."))
    assert (changed.description, changed.labels, changed.reviewers) == ("New.", ["a"], opened.reviewers)
    emptied = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(labels=[], reviewer_ids=[]))
    assert (emptied.labels, emptied.reviewers, emptied.description) == ([], [], "New.")


def test_closing_and_reopening(world: World) -> None:
    opened = world.opened()
    closed = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(state_event="close"))
    assert (closed.state, closed.mergeability.status, bool(closed.closed_at)) == ("closed", "not_open", True)
    reopened = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(state_event="reopen"))
    assert reopened.state == "opened"


def test_lists_by_scope_state_search_and_branch(world: World) -> None:
    first = world.opened(title="Tune the rate", reviewer_ids=[world.ben.id])
    second = world.opened(title="Clean the notebook")
    closed = world.opened(title="Forget it")
    world.author.update_merge_request(closed.iid, UpdateMergeRequestBody(state_event="close"))

    def listed(view: str, **params: object) -> list[int]:
        project = world.author if view == "author" else world.reviewer
        page = project.merge_requests(MergeRequestsParams(**params))  # type: ignore[arg-type]
        assert page.total == len(page.items)
        return sorted(each.iid for each in page.items)

    assert listed("author", scope="all") == [first.iid, second.iid]
    assert listed("author", scope="mine") == [first.iid, second.iid]
    assert listed("author", scope="for_review") == []
    assert listed("reviewer", scope="for_review") == [first.iid]
    assert listed("reviewer", scope="mine") == []
    assert listed("author", state="closed") == [closed.iid]
    assert listed("author", state="all") == [first.iid, second.iid, closed.iid]
    assert listed("author", search="notebook") == [second.iid]
    assert listed("author", search=f" !{first.iid} ") == [first.iid]
    assert listed("author", source_branch=first.source_branch) == [first.iid]
    counts = world.reviewer.merge_request_counts()
    assert (counts.for_review, counts.mine, counts.all) == (1, 0, 2)


def test_a_long_list_comes_in_pages_newest_first(world: World) -> None:
    opened = [world.opened().iid for _ in range(5)]
    pages = [world.author.merge_requests(MergeRequestsParams(page=number, per_page=2)) for number in (1, 2, 3)]
    assert [each.iid for page in pages for each in page.items] == opened[::-1]
    assert [(page.page, page.next_page, page.total) for page in pages] == [(1, 2, 5), (2, 3, 5), (3, None, 5)]


def test_a_merge_request_that_is_not_there_is_named(world: World) -> None:
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.merge_request(999)
    assert code(caught) is ErrorCode.NOT_FOUND
    assert "!999" in caught.value.message


def test_approving_and_taking_it_back(world: World) -> None:
    opened = world.opened()
    sha = opened.sha or ""
    approved = world.reviewer.approve(opened.iid, sha)
    assert approved.approvals is not None
    assert (approved.approvals.approved, approved.approvals.user_has_approved) == (True, True)
    assert [user.username for user in approved.approvals.approved_by] == [world.ben.username]
    assert (approved.approvals.required, approved.approvals.left) == (None, None)
    assert world.reviewer.approve(opened.iid, sha) == approved, "twice is no failure"
    taken_back = world.reviewer.unapprove(opened.iid)
    assert taken_back.approvals is not None and not taken_back.approvals.approved
    assert world.reviewer.unapprove(opened.iid).approvals == taken_back.approvals


def test_an_approval_of_an_old_head_is_refused(world: World) -> None:
    opened = world.opened()
    world.commit(opened.source_branch, {"notes.txt": NOTES.replace("line 9", "line nine")})
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.approve(opened.iid, opened.sha or "")
    assert (code(caught), caught.value.status) == (ErrorCode.HEAD_MOVED, 409)


def test_who_may_not_approve_is_told_so_and_stays_signed_in(world: World) -> None:
    opened = world.opened()
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.approve(opened.iid, opened.sha or "")
    assert code(caught) is ErrorCode.GITLAB_FORBIDDEN


def test_merging_merges_exactly_what_was_seen(world: World) -> None:
    opened = world.opened()
    moved = world.commit(opened.source_branch, {"notes.txt": NOTES.replace("line 9", "line nine")})
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.merge(opened.iid, MergeBody(sha=opened.sha or ""))
    assert code(caught) is ErrorCode.HEAD_MOVED
    merged = world.author.merge(opened.iid, MergeBody(sha=moved, remove_source_branch=True))
    assert (merged.state, merged.mergeability.reason) == ("merged", "It is merged.")
    assert merged.merged_by is not None and merged.merged_by.username == world.ann.username
    assert merged.merged_at is not None and merged.merged_at.endswith("Z")
    assert opened.source_branch not in [branch.name for branch in world.project.branches.list(get_all=True)]


def test_conflicts_are_the_reason_not_to_merge(world: World) -> None:
    opened = world.opened()
    world.commit("main", {"notes.txt": NOTES.replace("line 3", "another three")})
    now = world.author.merge_request(opened.iid)
    assert (now.mergeability.mergeable, now.mergeability.status) == (False, "conflict")
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.merge(opened.iid, MergeBody(sha=now.sha or ""))
    assert code(caught) is ErrorCode.NOT_MERGEABLE
    assert caught.value.details["merge_status"] == "conflict"
    assert "conflicts" in caught.value.message


def test_unresolved_threads_hold_a_merge_where_the_project_says_so(world: World) -> None:
    world.project.only_allow_merge_if_all_discussions_are_resolved = True
    world.project.save()
    opened = world.opened()
    thread = world.reviewer.create_discussion(opened.iid, on_line(opened.diff_refs, new=3))
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.merge(opened.iid, MergeBody(sha=opened.sha or ""))
    assert caught.value.details["merge_status"] == "discussions_not_resolved"
    assert world.author.merge_request(opened.iid).unresolved == 1
    world.author.resolve_discussion(opened.iid, thread.id, True)
    assert world.author.merge(opened.iid, MergeBody(sha=opened.sha or "")).state == "merged"


def test_who_may_only_look_can_neither_change_nor_merge(world: World) -> None:
    member = world.project.members.get(world.ben.id)
    member.access_level = 20
    member.save()
    opened = world.opened()
    seen = world.reviewer.merge_request(opened.iid)
    assert (seen.can_merge, seen.can_update) == (False, False)
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.merge(opened.iid, MergeBody(sha=opened.sha or ""))
    assert code(caught) is ErrorCode.GITLAB_FORBIDDEN
    assert "main" in caught.value.message
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.update_merge_request(opened.iid, UpdateMergeRequestBody(title="Mine"))
    assert code(caught) is ErrorCode.GITLAB_FORBIDDEN


def test_a_push_makes_a_new_version(world: World) -> None:
    opened = world.opened()
    head = world.commit(opened.source_branch, {"notes.txt": NOTES.replace("line 9", "line nine")})
    versions = world.author.versions(opened.iid).versions
    assert [each.diff_refs.head_sha for each in versions] == [head, opened.sha]
    assert versions[1].diff_refs == opened.diff_refs
    commits = world.author.commits(opened.iid).commits
    assert [each.sha for each in commits] == [head, opened.sha]
    assert commits[0].title == "Change notes.txt"


def test_a_title_of_any_text_survives(world: World) -> None:
    title = "Über „Größe“ & <b>…</b> 📓 %2F \\n"
    body = CreateMergeRequestBody(title=title, source_branch=world.branch(), target_branch="main", description="```\n")
    opened = world.author.create_merge_request(body)
    assert world.author.merge_request(opened.iid).title == title
