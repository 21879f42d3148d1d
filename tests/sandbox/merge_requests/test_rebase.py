from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_gitlab.sandbox.git.replay import ReplayError, onto, rebase
from jupyterlab_gitlab.sandbox.git.repository import Identity

from ..little_repo import LittleRepo, numbered
from ..review_world import Branches, World

ME = Identity("Me", "me@example.org")


@pytest.fixture
def project(world: World) -> Branches:
    """The target has moved on beside the merge request."""
    found = world.project()
    world.open(found)
    world.push(found, "main", found.repo.commit_files({"f": numbered(60), "g": "1\n"}, found.main))
    return found


@pytest.fixture
def repo(tmp_path: Path) -> LittleRepo:
    return LittleRepo(tmp_path / "data" / "r.git")


def path(project: Branches, rest: str = "") -> str:
    return f"{project.api}/merge_requests/1{rest}"


def test_the_source_branch_is_put_on_the_target(world: World, project: Branches) -> None:
    thread = world.comment(project, 1, None, 30).json()["id"]
    answer = world.call("PUT", path(project, "/rebase"), "dev", skip_ci=True)
    assert (answer.status_code, answer.json()) == (202, {"rebase_in_progress": True})
    found = world.ok("GET", path(project, "?include_rebase_in_progress=true&include_diverged_commits_count=true"))
    assert (found["rebase_in_progress"], found["merge_error"], found["diverged_commits_count"]) == (False, None, 0)
    commit = world.ok("GET", f"{project.api}/repository/commits/feature")
    main = world.ok("GET", f"{project.api}/repository/commits/main")["id"]
    assert commit["parent_ids"] == [main] and commit["message"].strip() == "Change line 30"
    assert (commit["author_name"], commit["committer_name"]) == ("Ada", "Dev")
    assert found["sha"] == commit["id"] and found["diff_refs"]["base_sha"] == main
    moved = world.ok("GET", path(project, f"/discussions/{thread}"))["notes"][0]["position"]
    assert moved["head_sha"] == commit["id"] and moved["new_line"] == 30
    again = world.ok("PUT", path(project, "/rebase"), "dev")
    assert again == {"rebase_in_progress": True}
    assert world.ok("GET", path(project))["sha"] == commit["id"], "nothing to do"


def test_a_conflict_is_told_by_the_merge_request(world: World, project: Branches) -> None:
    main = world.ok("GET", f"{project.api}/repository/commits/main")["id"]
    world.push(project, "main", project.repo.commit_files({"f": numbered(60, {30: "a rival line"})}, main))
    assert world.call("PUT", path(project, "/rebase"), "dev").status_code == 202
    failed = world.ok("GET", path(project))
    assert failed["merge_error"] == "Rebase failed: Rebase locally, resolve all conflicts, then push the branch."
    assert failed["sha"] == project.feature
    main = world.ok("GET", f"{project.api}/repository/commits/main")["id"]
    world.push(project, "feature", project.repo.commit_files({"f": numbered(60, {30: "30"})}, main))
    assert world.ok("GET", path(project))["merge_error"] is None


def test_refusals_say_why(world: World, project: Branches) -> None:
    assert world.call("PUT", path(project, "/rebase"), "rita").json() == {
        "message": "403 Forbidden - Cannot push to source branch"
    }
    world.ok("POST", f"{project.api}/protected_branches", name="feature", push_access_level=30)
    assert world.call("PUT", path(project, "/rebase"), "dev").json() == {
        "message": "403 Forbidden - Source branch is protected from force push"
    }
    world.ok("PATCH", f"{project.api}/protected_branches/feature", allow_force_push=True)
    world.ok("PUT", path(project), state_event="close")
    assert world.call("PUT", path(project, "/rebase"), "dev").status_code == 409
    world.ok("DELETE", f"{project.api}/repository/branches/feature")
    assert world.call("PUT", path(project, "/rebase"), "dev").json() == {
        "message": "403 Forbidden - Source branch does not exist"
    }


def test_fast_forward_projects_merge_after_a_rebase(world: World) -> None:
    project = world.project(merge_method="ff")
    world.open(project)
    world.push(project, "main", project.repo.commit_files({"f": numbered(60), "g": "1\n"}, project.main))
    assert world.ok("GET", path(project))["detailed_merge_status"] == "need_rebase"
    world.ok("PUT", path(project, "/rebase"), "dev")
    assert world.ok("GET", path(project))["detailed_merge_status"] == "mergeable"
    assert world.ok("PUT", path(project, "/merge"))["state"] == "merged"


# -- the plumbing


def test_a_rebase_leaves_out_merges_and_what_is_there_already(repo: LittleRepo) -> None:
    base = repo.commit_files({"f": numbered(20)})
    same = {"f": numbered(20, {5: "five"})}
    first = repo.commit_files(same, base, message="five")
    second = repo.commit_files({"f": numbered(20, {5: "five", 15: "fifteen"})}, first, message="fifteen\n\nwith a body")
    upstream = repo.commit_files({**same, "g": "1\n"}, base, message="five too")
    other = repo.commit_files({"f": numbered(20), "h": "1\n"}, base)
    merged = repo.commit_files({"f": numbered(20, {5: "five", 15: "fifteen"}), "h": "1\n"}, second, other)
    new = rebase(repo, upstream, merged, ME)
    titles = repo.text("log", "--format=%s", f"{upstream}..{new}").splitlines()
    assert sorted(titles) == ["Change", "fifteen"]
    wanted = repo.commit_files({"f": numbered(20, {5: "five", 15: "fifteen"}), "g": "1\n", "h": "1\n"})
    assert repo.object(f"{new}^{{tree}}") == repo.object(f"{wanted}^{{tree}}")
    assert "with a body" in repo.text("log", "--format=%B", f"{upstream}..{new}")
    assert rebase(repo, base, merged, ME) == merged, "nothing lies between"


def test_a_rebase_that_conflicts_names_the_commit(repo: LittleRepo) -> None:
    base = repo.commit_files({"f": numbered(20)})
    head = repo.commit_files({"f": numbered(20, {5: "five"})}, base)
    upstream = repo.commit_files({"f": numbered(20, {5: "FIVE"})}, base)
    with pytest.raises(ReplayError) as failure:
        rebase(repo, upstream, head, ME)
    assert failure.value.commit == head


def test_the_change_of_a_first_commit_can_be_replayed(repo: LittleRepo) -> None:
    first = repo.commit_files({"f": "1\n"})
    other = repo.commit_files({"g": "1\n"})
    both = repo.commit_files({"f": "1\n", "g": "1\n"})
    assert onto(repo, None, first, other) == repo.object(f"{both}^{{tree}}")


def test_dates_of_long_ago_are_kept(repo: LittleRepo) -> None:
    base = repo.commit_files({"f": "1\n"})
    tree = repo.text("rev-parse", f"{repo.commit_files({'f': '2' + chr(10)})}^{{tree}}")
    old = repo.commit_tree(tree, [base], "old", Identity("Ada", "ada@example.org", "@1000 +0100"))
    upstream = repo.commit_files({"f": "1\n", "g": "1\n"}, base)
    new = rebase(repo, upstream, old, ME)
    assert repo.text("log", "-1", "--format=%ad %an %cn", "--date=raw", new) == "1000 +0100 Ada Me"
