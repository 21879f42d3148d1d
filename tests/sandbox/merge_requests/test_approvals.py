from __future__ import annotations

import pytest

from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    return found


def path(project: Branches, what: str) -> str:
    return f"{project.api}/merge_requests/1/{what}"


def test_approving_once_counts_and_twice_changes_nothing(world: World, project: Branches) -> None:
    before = world.ok("GET", path(project, "approvals"))
    assert before == {"user_has_approved": False, "user_can_approve": True, "approved": False, "approved_by": []}
    answer = world.call("POST", path(project, "approve"), "ada", sha=project.feature)
    assert answer.status_code == 201
    approved = answer.json()
    assert (approved["user_has_approved"], approved["user_can_approve"], approved["approved"]) == (True, False, True)
    (one,) = approved["approved_by"]
    assert set(one) == {"user", "approved_at"} and one["user"]["username"] == "ada"
    again = world.call("POST", path(project, "approve"), "ada")
    assert (again.status_code, again.content) == (304, b"")


def test_the_author_and_reporters_may_not_approve(world: World, project: Branches) -> None:
    assert world.ok("GET", path(project, "approvals"), "dev")["user_can_approve"] is False
    author = world.call("POST", path(project, "approve"), "dev")
    assert (author.status_code, author.json()) == (401, {"message": "401 Unauthorized"})
    assert world.call("POST", path(project, "approve"), "rita").status_code == 403
    assert world.call("POST", path(project, "approve"), "stranger").status_code == 404


def test_an_approval_of_another_head_is_refused(world: World, project: Branches) -> None:
    answer = world.call("POST", path(project, "approve"), "ada", sha=project.main)
    assert (answer.status_code, answer.json()) == (
        409,
        {"message": f"SHA does not match HEAD of source branch: {project.feature}"},
    )


def test_an_approval_is_taken_back_once(world: World, project: Branches) -> None:
    world.ok("POST", path(project, "approve"))
    answer = world.call("POST", path(project, "unapprove"), "ada")
    assert (answer.status_code, answer.json()["approved"]) == (201, False)
    assert world.call("POST", path(project, "unapprove"), "ada").status_code == 304
    told = [note["body"] for note in world.ok("GET", path(project, "notes?sort=asc"))]
    assert told == ["approved this merge request", "unapproved this merge request"]


def test_a_reviewers_state_follows(world: World) -> None:
    project = world.project()
    world.open(project, reviewer_ids=[world.ids["ada"]])
    world.ok("POST", path(project, "approve"))
    assert world.ok("GET", path(project, "reviewers"))[0]["state"] == "approved"


def test_rules_are_no_part_of_the_free_tier(world: World, project: Branches) -> None:
    assert world.call("GET", path(project, "approval_state"), "ada").json() == {"error": "404 Not Found"}
    assert world.call("PUT", path(project, "reset_approvals"), "root").status_code == 401
