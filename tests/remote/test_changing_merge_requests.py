"""Milestones, automatic merges and rebases on the sandbox."""

from __future__ import annotations

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import MergeBody, MergeRequest, UpdateMergeRequestBody
from jupyterlab_gitlab.remote import Connections

from .fault_server import Answer, FaultServer
from .world import NOTES, World, address


def status(world: World, opened: MergeRequest, state: str) -> None:
    """How the pipeline of the source branch stands."""
    world.project.commits.get(opened.sha or "").statuses.create({"state": state, "ref": opened.source_branch})


def test_a_milestone_is_set_and_taken_away(world: World) -> None:
    due = world.project.milestones.create({"title": "Spring", "due_date": "2099-03-01"})
    closed = world.project.milestones.create({"title": "Winter"})
    closed.state_event = "close"
    closed.save()
    assert [(each.title, each.due_date, each.expired) for each in world.author.milestones().milestones] == [
        ("Spring", "2099-03-01", False)
    ]
    assert world.author.milestones("wint").milestones == []
    opened = world.opened(milestone_id=due.id)
    assert opened.milestone is not None and opened.milestone.title == "Spring"
    kept = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(title="Other"))
    assert kept.milestone == opened.milestone
    taken = world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(milestone_id=0))
    assert taken.milestone is None
    assert world.project.mergerequests.get(opened.iid).milestone is None


def test_an_automatic_merge_waits_for_the_checks(world: World) -> None:
    opened = world.opened()
    status(world, opened, "running")
    armed = world.author.merge(opened.iid, MergeBody(sha=opened.sha or "", auto=True))
    assert (armed.state, armed.pipeline_status) == ("opened", "running")
    assert armed.auto_merge is not None and armed.auto_merge.user is not None
    assert armed.auto_merge.user.username == world.ann.username
    status(world, opened, "success")
    merged = world.author.merge_request(opened.iid)
    assert (merged.state, merged.auto_merge) == ("merged", None)


def test_an_automatic_merge_is_done_at_once_where_nothing_is_missing(world: World) -> None:
    opened = world.opened()
    merged = world.author.merge(opened.iid, MergeBody(sha=opened.sha or "", auto=True))
    assert (merged.state, merged.auto_merge) == ("merged", None)


def test_an_automatic_merge_is_cancelled_and_nothing_happens_by_itself(world: World) -> None:
    opened = world.opened()
    status(world, opened, "running")
    world.author.merge(opened.iid, MergeBody(sha=opened.sha or "", auto=True))
    cancelled = world.author.cancel_auto_merge(opened.iid)
    assert cancelled.auto_merge is None
    status(world, opened, "success")
    assert world.author.merge_request(opened.iid).state == "opened"
    assert world.author.cancel_auto_merge(opened.iid).auto_merge is None, "nothing to cancel is no failure"


def test_who_may_not_cancel_an_automatic_merge_is_told_so(world: World) -> None:
    opened = world.opened()
    status(world, opened, "running")
    world.author.merge(opened.iid, MergeBody(sha=opened.sha or "", auto=True))
    member = world.project.members.get(world.ben.id)
    member.access_level = 20
    member.save()
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.cancel_auto_merge(opened.iid)
    assert caught.value.code is ErrorCode.GITLAB_FORBIDDEN
    assert world.author.merge_request(opened.iid).auto_merge is not None


def test_a_conflict_can_not_be_merged_automatically_either(world: World) -> None:
    opened = world.opened()
    world.commit("main", {"notes.txt": NOTES.replace("line 3\n", "another three\n")})
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.merge(opened.iid, MergeBody(sha=opened.sha or "", auto=True))
    assert caught.value.code is ErrorCode.NOT_MERGEABLE
    assert caught.value.details["merge_status"] == "conflict"


def test_a_rebase_brings_the_source_branch_onto_the_target(world: World) -> None:
    opened = world.opened()
    main = world.commit("main", {"notes.txt": NOTES.replace("line 30\n", "line thirty\n")})
    before = world.author.merge_request(opened.iid)
    assert (before.behind, before.rebase_in_progress, before.merge_error) == (1, False, None)
    asked = world.author.rebase(opened.iid)
    assert (asked.behind, asked.rebase_in_progress, asked.merge_error) == (0, False, None)
    assert asked.sha != opened.sha
    assert world.project.commits.get(asked.sha or "").parent_ids == [main]


def test_a_rebase_that_conflicts_is_told_by_the_merge_request(world: World) -> None:
    opened = world.opened()
    world.commit("main", {"notes.txt": NOTES.replace("line 3\n", "another three\n")})
    asked = world.author.rebase(opened.iid)
    assert asked.sha == opened.sha
    assert asked.merge_error is not None and "Rebase failed" in asked.merge_error


def test_who_may_not_push_to_the_source_branch_is_told_so(world: World) -> None:
    opened = world.opened()
    member = world.project.members.get(world.ben.id)
    member.access_level = 20
    member.save()
    with pytest.raises(GitLabWorkflowError) as caught:
        world.reviewer.rebase(opened.iid)
    assert caught.value.code is ErrorCode.GITLAB_FORBIDDEN
    assert "Cannot push to source branch" in caught.value.message


def test_a_closed_merge_request_is_not_rebased(world: World) -> None:
    opened = world.opened()
    world.author.update_merge_request(opened.iid, UpdateMergeRequestBody(state_event="close"))
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.rebase(opened.iid)
    assert (caught.value.code, caught.value.status) == (ErrorCode.REBASE_REFUSED, 409)


def test_the_time_of_my_own_approval_is_told(world: World) -> None:
    opened = world.opened()
    approved = world.reviewer.approve(opened.iid, opened.sha or "").approvals
    assert approved is not None and approved.approved_at is not None and approved.approved_at.endswith("Z")
    seen = world.author.merge_request(opened.iid).approvals
    assert seen is not None and (seen.approved_at, seen.rules) == (None, [])


def test_the_rules_of_a_paid_edition_say_who_may_approve(signed_in: Connections, faulty: FaultServer) -> None:
    kim, lee = ({"id": number, "username": name, "name": name.title()} for number, name in ((7, "kim"), (8, "lee")))
    rules = [
        {"name": "Data", "approvals_required": 2, "approved_by": [kim], "eligible_approvers": [kim, lee]},
        {"name": "All Members", "approvals_required": 0, "eligible_approvers": []},
    ]
    stamps = {"created_at": "2026-11-01T10:00:00.000Z", "updated_at": "2026-11-01T10:00:00.000Z"}
    opened = {"iid": 3, "title": "x", "state": "opened", "author": kim, "web_url": "", "target_project_id": 1, **stamps}
    given = {"approved": False, "approved_by": [{"user": kim}], "approvals_required": 2, "approvals_left": 1}
    project = {"id": 1, "name": "p", "path_with_namespace": "a/p", "web_url": ""}
    faulty.by_path(
        {
            "/user": Answer(body=kim),
            "/projects/a%2Fp": Answer(body=project),
            "/merge_requests/3": Answer(body={**opened, "source_branch": "a", "target_branch": "b"}),
            "/approvals": Answer(body=given),
            "/approval_state": Answer(body={"rules": rules}),
        }
    )
    found = signed_in.project(address(f"{faulty.url}/a/p.git")).merge_request(3).approvals
    assert found is not None and (found.required, found.left, found.approved) == (2, 1, False)
    (rule,) = found.rules
    assert (rule.name, rule.required, rule.approved) == ("Data", 2, False)
    assert [[user.username for user in users] for users in (rule.approved_by, rule.eligible)] == [
        ["kim"],
        ["kim", "lee"],
    ]
