from __future__ import annotations

from typing import Any

import pytest

from ..little_repo import numbered
from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    return found


def first_notes(world: World, project: Branches) -> dict[str, dict[str, Any]]:
    found = world.ok("GET", f"{project.api}/merge_requests/1/discussions")
    return {thread["id"]: thread["notes"][0] for thread in found}


def test_a_push_makes_a_version_and_moves_the_threads(world: World, project: Branches) -> None:
    moved = world.comment(project, 1, None, 30).json()["id"]
    reply = world.ok("POST", f"{project.api}/merge_requests/1/discussions/{moved}/notes", body="so")["id"]
    gone = world.comment(project, 1, 33, 33).json()["id"]
    new = project.repo.commit_files({"f": "top\n" + numbered(60, {30: "thirty", 33: None})}, project.feature)
    world.push(project, "feature", new)
    refs = world.ok("GET", f"{project.api}/merge_requests/1")["diff_refs"]
    assert refs == {"base_sha": project.main, "start_sha": project.main, "head_sha": new}
    notes = first_notes(world, project)
    position = notes[moved]["position"]
    assert {key: position[key] for key in refs} == refs
    assert (position["old_line"], position["new_line"]) == (None, 31)
    also = world.ok("GET", f"{project.api}/merge_requests/1/notes/{reply}")
    assert also["position"] == position
    stale = notes[gone]["position"]
    assert (stale["head_sha"], stale["old_line"], stale["new_line"]) == (project.feature, 33, 33)


def test_an_outdated_thread_is_told_so_and_stays_open(world: World, project: Branches) -> None:
    thread = world.comment(project, 1, None, 30).json()["id"]
    new = project.repo.commit_files({"f": numbered(60, {30: "THIRTY"})}, project.feature)
    world.push(project, "feature", new)
    after = world.ok("GET", f"{project.api}/merge_requests/1/discussions/{thread}")
    first, told = after["notes"]
    version = world.ok("GET", f"{project.api}/merge_requests/1/versions")[0]["id"]
    assert told["system"] is True and told["resolvable"] is False and told["type"] == "DiffNote"
    assert told["body"].startswith("changed this line in [version 2 of the diff](/")
    assert f"diff_id={version}&start_sha={project.feature}#" in told["body"]
    assert after["resolved"] is False and first["position"]["head_sha"] == project.feature


def test_an_outdated_thread_is_resolved_where_the_project_says_so(world: World) -> None:
    project = world.project(resolve_outdated_diff_discussions=True)
    world.open(project)
    thread = world.comment(project, 1, None, 30).json()["id"]
    new = project.repo.commit_files({"f": numbered(60, {30: "THIRTY"})}, project.feature)
    world.push(project, "feature", new, user="dev")
    after = world.ok("GET", f"{project.api}/merge_requests/1/discussions/{thread}")
    assert after["resolved"] is True and after["notes"][0]["resolved_by"]["username"] == "dev"


def test_an_outdated_thread_stays_where_it_was_on_later_pushes(world: World, project: Branches) -> None:
    thread = world.comment(project, 1, None, 30).json()["id"]
    for word in ("THIRTY", "thirty", "30"):
        project.feature = project.repo.commit_files({"f": numbered(60, {30: word})}, project.feature)
        world.push(project, "feature", project.feature)
    versions = world.ok("GET", f"{project.api}/merge_requests/1/versions")
    first = first_notes(world, project)[thread]
    assert first["position"]["head_sha"] == versions[-1]["head_commit_sha"]
    notes = world.ok("GET", f"{project.api}/merge_requests/1/discussions/{thread}")["notes"]
    assert len([note for note in notes if note["system"]]) == 1


def test_a_comment_on_an_old_version_is_carried_to_the_present_one(world: World, project: Branches) -> None:
    old = {"base_sha": project.main, "start_sha": project.main, "head_sha": project.feature}
    new = project.repo.commit_files({"f": "top\n" + numbered(60, {30: "thirty", 33: None})}, project.feature)
    world.push(project, "feature", new)
    kept = world.comment(project, 1, None, 30, **old).json()["notes"][0]["position"]
    assert (kept["head_sha"], kept["new_line"]) == (new, 31)
    outdated = world.comment(project, 1, 33, 33, **old).json()["notes"][0]["position"]
    assert (outdated["head_sha"], outdated["old_line"]) == (project.feature, 33)


def test_old_positions_resolve_after_a_force_push_and_a_collection(world: World, project: Branches) -> None:
    old = {"base_sha": project.main, "start_sha": project.main, "head_sha": project.feature}
    rebased = project.repo.commit_files({"f": numbered(60, {10: "ten"})}, project.main)
    world.push(project, "feature", rebased)
    row = world.sandbox.instance.store.get("projects", project.id)
    world.sandbox.instance.repository(row).run("gc", "--quiet", "--prune=now")
    assert world.comment(project, 1, None, 30, **old).status_code == 201


def test_a_plain_push_to_the_target_changes_nothing(world: World, project: Branches) -> None:
    thread = world.comment(project, 1, None, 30).json()["id"]
    world.push(project, "main", project.repo.commit_files({"f": "top\n" + numbered(60)}, project.main))
    refs = world.ok("GET", f"{project.api}/merge_requests/1")["diff_refs"]
    assert refs["start_sha"] == project.main
    assert first_notes(world, project)[thread]["position"]["start_sha"] == project.main
    assert len(world.ok("GET", f"{project.api}/merge_requests/1/versions")) == 1


def test_a_forced_push_to_the_target_makes_a_version(world: World, project: Branches) -> None:
    world.ok("DELETE", f"{project.api}/protected_branches/main", "root")
    rewritten = project.repo.commit_files({"f": "top\n" + numbered(60)})
    world.push(project, "main", rewritten)
    merge_request = world.ok("GET", f"{project.api}/merge_requests/1")
    assert merge_request["diff_refs"]["start_sha"] == rewritten
    assert merge_request["diff_refs"]["base_sha"] is None
    assert merge_request["detailed_merge_status"] == "commits_status"


def test_part_of_a_merge_request_reaching_the_target_makes_a_version(world: World, project: Branches) -> None:
    more = project.repo.commit_files({"f": numbered(60, {30: "thirty", 40: "forty"})}, project.feature)
    world.push(project, "feature", more)
    world.push(project, "main", project.feature)
    merge_request = world.ok("GET", f"{project.api}/merge_requests/1")
    assert merge_request["diff_refs"] == {
        "base_sha": project.feature,
        "start_sha": project.feature,
        "head_sha": more,
    }
    assert [commit["id"] for commit in world.ok("GET", f"{project.api}/merge_requests/1/commits")] == [more]


def test_a_head_that_is_pushed_to_the_target_merges_the_merge_request(world: World, project: Branches) -> None:
    world.push(project, "main", project.feature)
    merge_request = world.ok("GET", f"{project.api}/merge_requests/1")
    assert (merge_request["state"], merge_request["merged_by"]["username"]) == ("merged", "root")
    assert merge_request["merge_commit_sha"] == project.feature


def test_a_merge_by_hand_is_found_under_later_commits(world: World, project: Branches) -> None:
    files = {"f": numbered(60, {30: "thirty"})}
    side = project.repo.commit_files({"f": numbered(60), "g": "1\n"}, project.main)
    merge = project.repo.commit_files({**files, "g": "1\n"}, side, project.feature)
    later = project.repo.commit_files({**files, "g": "2\n"}, merge)
    world.push(project, "main", later)
    merge_request = world.ok("GET", f"{project.api}/merge_requests/1")
    assert (merge_request["state"], merge_request["merge_commit_sha"]) == ("merged", merge)


def test_new_commits_are_listed_oldest_first(world: World, project: Branches) -> None:
    one = project.repo.commit_files({"f": numbered(60, {1: "a"})}, project.feature, message="One <b>")
    two = project.repo.commit_files({"f": numbered(60, {1: "b"})}, one, message="Two")
    world.push(project, "feature", two, user="dev")
    (note,) = world.ok("GET", f"{project.api}/merge_requests/1/notes")
    assert note["author"]["username"] == "dev"
    assert note["body"].startswith(
        f"added 2 commits\n\n<ul><li>{one[:8]} - One &lt;b&gt;</li><li>{two[:8]} - Two</li></ul>\n\n"
    )


def test_a_deleted_source_branch_keeps_the_last_version(world: World, project: Branches) -> None:
    world.push(project, "feature", "", user="dev")
    merge_request = world.ok("GET", f"{project.api}/merge_requests/1")
    assert (merge_request["sha"], merge_request["state"]) == (project.feature, "opened")
    assert merge_request["detailed_merge_status"] == "commits_status"
    assert len(world.ok("GET", f"{project.api}/merge_requests/1/diffs")) == 1


def test_commits_through_the_api_are_pushes_too(world: World, project: Branches) -> None:
    action = {"action": "create", "file_path": "g", "content": "g\n"}
    made = world.ok(
        "POST",
        f"{project.api}/repository/commits",
        "dev",
        branch="feature",
        commit_message="Add g",
        actions=[action],
    )
    assert world.ok("GET", f"{project.api}/merge_requests/1")["sha"] == made["id"]


def test_approvals_outlive_a_push(world: World, project: Branches) -> None:
    world.ok("POST", f"{project.api}/merge_requests/1/approve")
    world.push(project, "feature", project.repo.commit_files({"f": "x\n"}, project.feature))
    assert world.ok("GET", f"{project.api}/merge_requests/1/approvals")["approved"] is True
