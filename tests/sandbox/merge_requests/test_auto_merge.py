from __future__ import annotations

import pytest

from ..little_repo import numbered
from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    return found


def path(project: Branches, rest: str = "") -> str:
    return f"{project.api}/merge_requests/1{rest}"


def status(world: World, project: Branches, state: str, **more: str) -> None:
    world.ok("POST", f"{project.api}/statuses/{project.feature}", "dev", state=state, ref="feature", **more)


def told(world: World, project: Branches) -> list[str]:
    return [note["body"] for note in world.ok("GET", path(project, "/notes?sort=asc")) if note["system"]]


def test_a_running_pipeline_is_waited_for(world: World, project: Branches) -> None:
    status(world, project, "running")
    armed = world.ok(
        "PUT", path(project, "/merge"), merge_when_pipeline_succeeds=True, merge_commit_message="By itself"
    )
    assert (armed["state"], armed["merge_when_pipeline_succeeds"]) == ("opened", True)
    assert armed["merge_user"]["username"] == "ada" and armed["merged_by"] is None
    assert armed["head_pipeline"]["status"] == "running"
    status(world, project, "success")
    merged = world.ok("GET", path(project))
    assert (merged["state"], merged["merged_by"]["username"]) == ("merged", "ada")
    assert merged["merge_when_pipeline_succeeds"] is False
    commit = world.ok("GET", f"{project.api}/repository/commits/main")
    assert (commit["message"], commit["committer_name"]) == ("By itself", "Ada")


def test_a_draft_and_an_open_thread_are_waited_for(world: World) -> None:
    project = world.project(only_allow_merge_if_all_discussions_are_resolved=True)
    world.open(project, title="Draft: x")
    thread = world.comment(project, 1, None, 30).json()["id"]
    assert world.ok("PUT", path(project, "/merge"), auto_merge=True)["merge_when_pipeline_succeeds"] is True
    assert world.ok("PUT", path(project), title="x")["detailed_merge_status"] == "discussions_not_resolved"
    world.ok("PUT", path(project, f"/discussions/{thread}"), "dev", resolved=True)
    assert world.ok("GET", path(project))["state"] == "merged"


def test_without_anything_to_wait_for_it_merges_at_once(world: World, project: Branches) -> None:
    status(world, project, "success")
    assert world.ok("PUT", path(project, "/merge"), auto_merge=True)["state"] == "merged"


def test_what_waiting_does_not_settle_is_refused(world: World, project: Branches) -> None:
    world.push(project, "main", project.repo.commit_files({"f": numbered(60, {30: "a rival line"})}, project.main))
    conflict = world.call("PUT", path(project, "/merge"), "ada", auto_merge=True)
    assert (conflict.status_code, conflict.json()) == (422, {"message": "Branch cannot be merged"})
    status(world, project, "failed")
    assert world.call("PUT", path(project, "/merge"), "ada", auto_merge=True).status_code == 405


def test_it_is_cancelled_once(world: World, project: Branches) -> None:
    world.ok("PUT", path(project), title="Draft: x")
    world.ok("PUT", path(project, "/merge"), auto_merge=True)
    cancel = path(project, "/cancel_merge_when_pipeline_succeeds")
    assert world.call("POST", cancel, "rita").status_code == 401
    done = world.call("POST", cancel, "dev")
    assert (done.status_code, done.json()) == (201, {"status": "success"})
    again = world.call("POST", cancel, "ada")
    assert again.status_code == 406 and again.json()["status"] == "error"
    world.ok("PUT", path(project), title="x")
    assert world.ok("GET", path(project))["state"] == "opened"
    assert told(world, project)[-3:-1] == [
        f"enabled an automatic merge when all merge checks for {project.feature} pass",
        "canceled the automatic merge",
    ]


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("push", "source branch was updated"),
        ("target", "target branch was changed"),
        ("close", "merge request was closed"),
    ],
)
def test_other_circumstances_end_it(world: World, project: Branches, what: str, reason: str) -> None:
    world.ok("PUT", path(project), title="Draft: x")
    world.ok("PUT", path(project, "/merge"), auto_merge=True)
    if what == "push":
        world.push(project, "feature", project.repo.commit_files({"f": "1\n"}, project.feature))
    elif what == "target":
        world.push(project, "other", project.main)
        world.ok("PUT", path(project), target_branch="other")
    else:
        world.ok("PUT", path(project), state_event="close")
    assert world.ok("GET", path(project))["merge_when_pipeline_succeeds"] is False
    assert f"aborted the automatic merge because {reason}" in told(world, project)


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ((), "ci_must_pass"),
        (("pending",), "ci_still_running"),
        (("success", "running"), "ci_still_running"),
        (("success", "failed"), "ci_must_pass"),
        (("success", "skipped"), "mergeable"),
        (("skipped",), "ci_must_pass"),
    ],
)
def test_a_project_may_want_a_green_pipeline(world: World, states: tuple[str, ...], found: str) -> None:
    project = world.project(only_allow_merge_if_pipeline_succeeds=True)
    world.open(project)
    for number, state in enumerate(states):
        status(world, project, state, name=f"job {number}")
    assert world.ok("GET", path(project))["detailed_merge_status"] == found
    if found != "mergeable":
        assert world.call("PUT", path(project, "/merge"), "ada").status_code == 405


def test_a_date_to_wait_for_is_a_reason_of_its_own(world: World, project: Branches) -> None:
    later = world.ok("PUT", path(project), merge_after="2999-01-01T00:00:00Z", title="Draft: x")
    assert (later["merge_after"], later["detailed_merge_status"]) == ("2999-01-01T00:00:00.000Z", "merge_time")
    now = world.ok("PUT", path(project), merge_after="2020-01-01T00:00:00Z", title="x")
    assert now["detailed_merge_status"] == "mergeable"
    assert world.ok("PUT", path(project), merge_after=None)["merge_after"] is None
