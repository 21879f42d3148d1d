from __future__ import annotations

from typing import Any

import pytest

from jupyterlab_gitlab.sandbox.git.repository import GitError

from ..little_repo import numbered
from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    return world.project(visibility="public")


@pytest.fixture
def fork(world: World, project: Branches) -> Branches:
    """A stranger's fork whose branch ``idea`` has one more commit than ``main``."""
    made = world.ok("POST", f"{project.api}/fork", "stranger")
    idea = project.repo.commit_files({"f": numbered(60, {10: "ten"})}, project.main, message="Ten")
    found = Branches(made["id"], made["path_with_namespace"], project.repo, project.main, idea)
    world.push(found, "idea", idea, user="stranger")
    return found


def open_from(world: World, fork: Branches, project: Branches, **more: Any) -> dict[str, Any]:
    return world.open(fork, "stranger", source_branch="idea", target_project_id=project.id, title="An idea", **more)


def test_a_merge_request_from_a_fork_lives_in_the_target(world: World, project: Branches, fork: Branches) -> None:
    made = open_from(world, fork, project)
    assert (made["project_id"], made["source_project_id"]) == (project.id, fork.id)
    assert made["allow_collaboration"] is False
    path = f"{project.api}/merge_requests/{made['iid']}"
    assert [commit["id"] for commit in world.ok("GET", f"{path}/commits")] == [fork.feature]
    diff = world.ok("GET", f"{project.api}/repository/commits/{fork.feature}/diff")
    assert diff == world.ok("GET", f"{path}/diffs")
    assert world.comment(project, made["iid"], None, 10).status_code == 201
    project.repo.run("fetch", "-q", f"{world.url}/{project.path}.git", f"refs/merge-requests/{made['iid']}/head")
    assert world.ok("PUT", f"{path}/merge")["state"] == "merged"
    assert "allow_collaboration" not in world.open(project)


def test_a_push_to_the_fork_moves_the_threads(world: World, project: Branches, fork: Branches) -> None:
    iid = open_from(world, fork, project)["iid"]
    world.comment(project, iid, None, 10)
    new = project.repo.commit_files({"f": "top\n" + numbered(60, {10: "ten"})}, fork.feature)
    world.push(fork, "idea", new, user="stranger")
    (thread,) = [
        found
        for found in world.ok("GET", f"{project.api}/merge_requests/{iid}/discussions")
        if not found["notes"][0]["system"]
    ]
    position = thread["notes"][0]["position"]
    assert (position["head_sha"], position["new_line"]) == (new, 11)


def test_maintainers_of_the_target_push_only_where_they_are_invited(
    world: World, project: Branches, fork: Branches
) -> None:
    iid = open_from(world, fork, project)["iid"]
    path = f"{project.api}/merge_requests/{iid}"
    more = project.repo.commit_files({"f": numbered(60, {10: "TEN"})}, fork.feature)
    with pytest.raises(GitError):
        world.push(fork, "idea", more, user="ada")
    assert world.call("PUT", f"{path}/rebase", "ada").status_code == 403
    assert world.ok("PUT", path, "stranger", allow_collaboration=True)["allow_collaboration"] is True
    with pytest.raises(GitError):
        world.push(fork, "elsewhere", more, user="ada")
    world.push(fork, "idea", more, user="ada")
    assert world.ok("GET", path)["sha"] == more
    world.push(project, "main", project.repo.commit_files({"f": numbered(60), "g": "1\n"}, project.main))
    assert world.ok("PUT", f"{path}/rebase") == {"rebase_in_progress": True}
    assert (
        world.ok("GET", path)["diff_refs"]["base_sha"]
        == world.ok("GET", f"{project.api}/repository/commits/main")["id"]
    )


def test_only_forks_of_the_target_may_be_sources(world: World, project: Branches) -> None:
    other = world.project(visibility="public")
    refused = world.call(
        "POST",
        f"{other.api}/merge_requests",
        "dev",
        source_branch="feature",
        target_branch="main",
        target_project_id=project.id,
        title="x",
    )
    assert (refused.status_code, refused.json()) == (
        422,
        {"message": ["Source project is not a fork of the target project"]},
    )
