from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_gitlab.sandbox.git.merge import merge_trees, merge_trees_by_index
from jupyterlab_gitlab.sandbox.git.repository import GitError

from ..little_repo import LittleRepo, numbered
from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    return found


def merge(project: Branches) -> str:
    return f"{project.api}/merge_requests/1/merge"


def target(world: World, project: Branches) -> tuple[str, list[str], str]:
    """Head of main with its parents and message."""
    commit = world.ok("GET", f"{project.api}/repository/commits/main")
    return commit["id"], commit["parent_ids"], commit["message"]


def test_merging_makes_a_merge_commit_on_the_target(world: World, project: Branches) -> None:
    merged = world.ok("PUT", merge(project))
    assert (merged["state"], merged["merged_by"]["username"]) == ("merged", "ada")
    assert merged["merge_user"] == merged["merged_by"] and merged["merged_at"]
    assert (merged["merge_status"], merged["detailed_merge_status"]) == ("can_be_merged", "not_open")
    head, parents, message = target(world, project)
    assert (head, parents) == (merged["merge_commit_sha"], [project.main, project.feature])
    assert message == (f"Merge branch 'feature' into 'main'\n\nRound thirty\n\nSee merge request {project.path}!1")
    assert merged["diff_refs"]["head_sha"] == project.feature
    again = world.call("PUT", merge(project), "ada")
    assert (again.status_code, again.json()) == (405, {"message": "405 Method Not Allowed"})


def test_the_message_and_the_source_branch_are_the_callers_choice(world: World, project: Branches) -> None:
    merged = world.ok("PUT", merge(project), merge_commit_message="Done", should_remove_source_branch=True)
    assert target(world, project)[2] == "Done"
    assert merged["should_remove_source_branch"] is True
    assert world.call("GET", f"{project.api}/repository/branches/feature", "ada").status_code == 404
    assert world.ok("GET", f"{project.api}/merge_requests/1")["sha"] == project.feature


def test_squashing_makes_one_commit_in_the_authors_name(world: World, project: Branches) -> None:
    more = project.repo.commit_files({"f": numbered(60, {30: "thirty", 40: "forty"})}, project.feature)
    world.push(project, "feature", more)
    merged = world.ok("PUT", merge(project), squash=True)
    _, parents, _ = target(world, project)
    assert parents == [project.main, merged["squash_commit_sha"]]
    squashed = world.ok("GET", f"{project.api}/repository/commits/{merged['squash_commit_sha']}")
    assert (squashed["parent_ids"], squashed["message"]) == ([project.main], "Round thirty")
    assert (squashed["author_name"], squashed["committer_name"]) == ("Dev", "Ada")


def test_refusals_come_in_gitlabs_order(world: World, project: Branches) -> None:
    world.ok("PUT", f"{project.api}/merge_requests/1", title="Draft: x")
    assert world.call("PUT", merge(project), "dev", sha="x").status_code == 401, "main is protected"
    moved = world.call("PUT", merge(project), "ada", sha="0" * 40)
    assert (moved.status_code, moved.json()) == (
        409,
        {"message": f"SHA does not match HEAD of source branch: {project.feature}"},
    )
    assert world.call("PUT", merge(project), "ada", sha=project.feature).status_code == 405
    world.ok("PUT", f"{project.api}/merge_requests/1", title="x")
    assert world.ok("PUT", merge(project), sha=project.feature, auto_merge=True)["state"] == "merged"


def test_who_can_merge_is_said_before(world: World) -> None:
    project = world.project()
    world.push(project, "open", project.main)
    world.open(project, target_branch="open")
    world.open(project)
    can = {
        (iid, user): world.ok("GET", f"{project.api}/merge_requests/{iid}", user)["user"]["can_merge"]
        for iid in (1, 2)
        for user in ("ada", "dev", "rita")
    }
    assert can == {
        (1, "ada"): True,
        (1, "dev"): True,
        (1, "rita"): False,
        (2, "ada"): True,
        (2, "dev"): False,
        (2, "rita"): False,
    }
    assert world.ok("PUT", merge(project), "dev")["state"] == "merged"


def test_a_conflict_is_seen_and_stops_the_merge(world: World, project: Branches) -> None:
    world.push(project, "main", project.repo.commit_files({"f": numbered(60, {30: "a rival line"})}, project.main))
    found = world.ok("GET", f"{project.api}/merge_requests/1")
    assert (found["has_conflicts"], found["merge_status"]) == (True, "cannot_be_merged")
    assert found["detailed_merge_status"] == "conflict"
    assert world.call("PUT", merge(project), "ada").status_code == 405
    refused = world.call("GET", f"{project.api}/merge_requests/1/merge_ref", "ada")
    assert (refused.status_code, refused.json()) == (400, {"message": "Merge request is not mergeable"})


def test_a_draft_with_conflicts_says_draft_first(world: World, project: Branches) -> None:
    world.push(project, "main", project.repo.commit_files({"f": numbered(60, {30: "a rival line"})}, project.main))
    found = world.ok("PUT", f"{project.api}/merge_requests/1", title="[Draft] x")
    assert (found["detailed_merge_status"], found["has_conflicts"]) == ("draft_status", True)


def test_nothing_to_merge_is_no_merge(world: World) -> None:
    project = world.project()
    world.push(project, "same", project.main)
    made = world.open(project, source_branch="same")
    assert (made["detailed_merge_status"], made["changes_count"]) == ("commits_status", None)
    assert world.call("PUT", merge(project), "ada").status_code == 405


def test_fast_forward_projects_want_a_rebase(world: World) -> None:
    project = world.project(merge_method="ff")
    world.open(project)
    moved = project.repo.commit_files({"f": numbered(60), "g": "1\n"}, project.main)
    world.push(project, "main", moved)
    assert world.ok("GET", f"{project.api}/merge_requests/1")["detailed_merge_status"] == "need_rebase"
    rebased = project.repo.commit_files({"f": numbered(60, {30: "thirty"}), "g": "1\n"}, moved)
    world.push(project, "feature", rebased)
    merged = world.ok("PUT", merge(project))
    assert merged["merge_commit_sha"] is None and target(world, project)[0] == rebased


def test_merging_one_brings_the_others_up_to_date(world: World, project: Branches) -> None:
    more = project.repo.commit_files({"f": numbered(60, {30: "thirty", 40: "forty"})}, project.feature)
    world.push(project, "next", more)
    world.open(project, source_branch="next")
    world.ok("PUT", merge(project))
    other = world.ok("GET", f"{project.api}/merge_requests/2")
    assert other["diff_refs"]["base_sha"] == project.feature
    assert [commit["id"] for commit in world.ok("GET", f"{project.api}/merge_requests/2/commits")] == [more]


def test_the_merge_ref_holds_what_a_merge_would_give(world: World, project: Branches) -> None:
    path = f"{project.api}/merge_requests/1/merge_ref"
    made = world.ok("GET", path)
    assert set(made) == {"commit_id"} and world.ok("GET", path) == made
    commit = world.ok("GET", f"{project.api}/repository/commits/{made['commit_id']}")
    assert commit["parent_ids"] == [project.main, project.feature]
    assert target(world, project)[0] == project.main


def test_nothing_is_armed_so_nothing_is_cancelled(world: World, project: Branches) -> None:
    answer = world.call("POST", f"{project.api}/merge_requests/1/cancel_merge_when_pipeline_succeeds", "ada")
    assert answer.status_code == 406


# -- the plumbing, by both ways that git versions allow


@pytest.fixture
def repo(tmp_path: Path) -> LittleRepo:
    return LittleRepo(tmp_path / "data" / "r.git")


@pytest.mark.parametrize("way", [merge_trees, merge_trees_by_index])
def test_both_ways_of_merging_agree(repo: LittleRepo, way: object) -> None:
    assert callable(way)
    base = repo.commit_files({"f": numbered(40), "gone": "1\n", "same": "1\n"})
    ours = repo.commit_files({"f": numbered(40, {5: "five"}), "gone": "1\n", "same": "2\n"}, base)
    theirs = repo.commit_files({"f": numbered(40, {35: "x"}), "same": "2\n", "new": "1\n"}, base)
    wanted = repo.commit_files({"f": numbered(40, {5: "five", 35: "x"}), "same": "2\n", "new": "1\n"})
    assert way(repo, ours, theirs) == repo.object(f"{wanted}^{{tree}}")
    rival = repo.commit_files({"f": numbered(40, {5: "FIVE"}), "gone": "1\n", "same": "1\n"}, base)
    assert way(repo, ours, rival) is None
    with pytest.raises(GitError):
        way(repo, ours, repo.commit_files({"s": "s\n"}))
