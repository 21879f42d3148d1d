from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_gitlab.sandbox.server import running

from ..little_repo import numbered
from ..review_world import World, review_world

BASIC = {
    *("id", "iid", "project_id", "title", "description", "state", "created_at", "updated_at", "merged_by"),
    *("merge_user", "merged_at", "closed_by", "closed_at", "target_branch", "source_branch", "user_notes_count"),
    *("upvotes", "downvotes", "author", "assignees", "assignee", "reviewers", "source_project_id"),
    *("target_project_id", "labels", "draft", "imported", "imported_from", "work_in_progress", "milestone"),
    *("merge_when_pipeline_succeeds", "merge_status", "detailed_merge_status", "merge_after", "sha"),
    *("merge_commit_sha", "squash_commit_sha", "discussion_locked", "should_remove_source_branch"),
    *("force_remove_source_branch", "prepared_at", "reference", "references", "web_url", "time_stats", "squash"),
    *("squash_on_merge", "task_completion_status", "has_conflicts", "blocking_discussions_resolved"),
}
FULL = BASIC | {
    *("subscribed", "changes_count", "latest_build_started_at", "latest_build_finished_at", "pipeline"),
    *("first_deployed_to_production_at", "head_pipeline", "diff_refs", "merge_error", "user"),
}


def test_a_new_merge_request_compares_the_merge_base_with_the_source_head(world: World) -> None:
    project = world.project()
    moved = project.repo.commit_files({"f": numbered(60), "other": "1\n"}, project.main)
    world.push(project, "main", moved)
    made = world.open(project, description="- [x] one\n- [ ] two\n")
    assert set(made) == FULL
    assert made["diff_refs"] == {"base_sha": project.main, "start_sha": moved, "head_sha": project.feature}
    assert (made["sha"], made["changes_count"], made["state"]) == (project.feature, "1", "opened")
    assert made["references"] == {"short": "!1", "relative": "!1", "full": f"{project.path}!1"}
    assert made["task_completion_status"] == {"count": 2, "completed_count": 1}
    assert made["author"]["username"] == "dev"
    assert made["detailed_merge_status"] == "mergeable"
    assert world.ok("GET", f"{project.api}/merge_requests/1").keys() == FULL | {"first_contribution"}
    (listed,) = world.ok("GET", f"{project.api}/merge_requests")
    assert set(listed) == BASIC


def test_anyone_may_fetch_the_head_by_its_ref(world: World) -> None:
    project = world.project()
    world.open(project)
    scheme, _, rest = world.url.partition("://")
    remote = f"{scheme}://x:{world.tokens['rita']}@{rest}/{project.path}.git"
    listed = project.repo.text("ls-remote", remote, "refs/merge-requests/1/head")
    assert listed == f"{project.feature}\trefs/merge-requests/1/head"


@pytest.mark.parametrize(
    ("params", "status", "body"),
    [
        ({"title": None}, 400, {"error": "title is missing"}),
        ({"title": None, "source_branch": None}, 400, {"error": "title is missing, source_branch is missing"}),
        ({"title": ""}, 400, {"message": {"title": ["can't be blank"]}}),
        ({"title": "x" * 256}, 400, {"message": {"title": ["is too long (maximum is 255 characters)"]}}),
        ({"source_branch": "a..b"}, 400, {"message": {"source_branch": ["is invalid"]}}),
        (
            {"source_branch": "main"},
            422,
            {"message": ["You can't use same project/branch for source and target"]},
        ),
        ({"target_project_id": 9999}, 404, {"message": "404 Project Not Found"}),
        (
            {},
            409,
            {"message": ["Another open merge request already exists for this source branch: !1"]},
        ),
    ],
)
def test_what_cannot_be_a_merge_request_is_refused(
    world: World, params: dict[str, object], status: int, body: object
) -> None:
    if not (project := getattr(world, "refusing", None)):
        project = world.project()
        world.open(project)
        world.refusing = project  # type: ignore[attr-defined]
    wanted = {"source_branch": "feature", "target_branch": "main", "title": "t", **params}
    sent = {key: value for key, value in wanted.items() if value is not None}
    answer = world.call("POST", f"{project.api}/merge_requests", "dev", **sent)
    assert (answer.status_code, answer.json()) == (status, body)


def test_roles_decide_who_may_open_and_who_may_look(world: World) -> None:
    project = world.project()
    path = f"{project.api}/merge_requests"
    wanted = {"source_branch": "feature", "target_branch": "main", "title": "t"}
    assert world.call("POST", path, "rita", **wanted).status_code == 403
    assert world.call("POST", path, "stranger", **wanted).json() == {"message": "404 Project Not Found"}
    assert world.call("POST", path, None, **wanted).status_code == 401
    world.open(project)
    assert world.call("GET", path, "stranger").status_code == 404
    assert world.call("GET", path, "guest").status_code == 403
    assert world.call("GET", f"{path}/1", "rita").status_code == 200
    assert world.call("GET", f"{path}/7", "rita").json() == {"message": "404 Not found"}
    huge = world.call("GET", f"{path}/100000000000000000000", "rita")
    assert (huge.status_code, huge.json()) == (404, {"message": "404 Not found"})


def test_a_branch_that_is_not_there_yet_leaves_the_merge_request_empty_until_it_is_pushed(world: World) -> None:
    project = world.project()
    made = world.open(project, source_branch="later")
    assert (made["sha"], made["changes_count"], made["has_conflicts"]) == (None, None, True)
    assert made["diff_refs"] == {"base_sha": None, "start_sha": project.main, "head_sha": None}
    assert made["detailed_merge_status"] == "commits_status"
    assert world.ok("GET", f"{project.api}/merge_requests/1/diffs") == []
    world.push(project, "later", project.feature)
    after = world.ok("GET", f"{project.api}/merge_requests/1")
    assert (after["sha"], after["changes_count"], after["detailed_merge_status"]) == (
        project.feature,
        "1",
        "mergeable",
    )


def test_a_change_of_the_merge_request_is_kept_and_told(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    assert world.ok("PUT", path, title="Draft: Round thirty")["draft"] is True
    assert world.ok("GET", path)["detailed_merge_status"] == "draft_status"
    assert world.ok("PUT", path, title="Round thirty")["work_in_progress"] is False
    changed = world.ok("PUT", path, title="Square", description="d", squash=True, discussion_locked=True)
    assert (changed["title"], changed["description"], changed["squash"]) == ("Square", "d", True)
    assert changed["discussion_locked"] is True
    told = [note["body"] for note in world.ok("GET", f"{path}/notes?sort=asc") if note["system"]]
    assert told == [
        "marked this merge request as **draft**",
        "marked this merge request as **ready**",
        "changed title from **Round thirty** to **Square**",
        "changed the description",
    ]


def test_an_update_names_something_and_nothing_blank(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    nothing = world.call("PUT", path, "ada")
    assert nothing.status_code == 400
    assert nothing.json()["error"].endswith("are missing, at least one parameter must be provided")
    assert world.call("PUT", path, "ada", title="").json() == {"error": "title is empty"}
    invalid = world.call("PUT", path, "ada", state_event="merge").json()
    assert invalid == {"error": "state_event does not have a valid value"}
    assert world.call("PUT", path, "rita", title="x").status_code == 403


def test_labels_are_set_added_removed_and_made_when_missing(world: World) -> None:
    project = world.project()
    assert world.open(project, labels="zeta,alpha")["labels"] == ["alpha", "zeta"]
    path = f"{project.api}/merge_requests/1"
    assert world.ok("PUT", path, add_labels="mid", remove_labels="zeta")["labels"] == ["alpha", "mid"]
    assert world.ok("PUT", path, labels="")["labels"] == []
    assert {label["name"] for label in world.ok("GET", f"{project.api}/labels")} == {"alpha", "mid", "zeta"}
    world.ok("PUT", path, labels=["alpha"])
    (detailed,) = world.ok("GET", f"{project.api}/merge_requests?with_labels_details=true")
    assert detailed["labels"][0]["name"] == "alpha"


def test_one_assignee_and_one_reviewer_are_kept_as_in_the_free_tier(world: World) -> None:
    project, ids = world.project(), world.ids
    made = world.open(project, assignee_ids=[ids["dev"], ids["ada"]], reviewer_ids=[ids["stranger"], ids["rita"]])
    assert [user["username"] for user in made["assignees"]] == ["dev"]
    assert made["assignee"]["username"] == "dev"
    assert [user["username"] for user in made["reviewers"]] == ["rita"], "who can't read can't review"
    path = f"{project.api}/merge_requests/1"
    (reviewer,) = world.ok("GET", f"{path}/reviewers")
    assert set(reviewer) == {"user", "state", "created_at"} and reviewer["state"] == "unreviewed"
    assert {user["username"] for user in world.ok("GET", f"{path}/participants")} == {"dev", "rita"}
    after = world.ok("PUT", path, reviewer_ids=[ids["ada"]], assignee_ids=[0])
    assert [user["username"] for user in after["reviewers"]] == ["ada"] and after["assignees"] == []
    told = [note["body"] for note in world.ok("GET", f"{path}/notes?sort=asc")]
    assert told[-2:] == ["unassigned @dev", "requested review from @ada and removed review request for @rita"]


def test_closing_and_reopening(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    closed = world.ok("PUT", path, state_event="close")
    assert (closed["state"], closed["detailed_merge_status"]) == ("closed", "not_open")
    assert closed["closed_by"]["username"] == "ada" and closed["closed_at"]
    other = world.open(project)
    again = world.call("PUT", path, "ada", state_event="reopen")
    assert (again.status_code, again.json()["message"]) == (
        409,
        ["Another open merge request already exists for this source branch: !2"],
    )
    world.ok("PUT", f"{project.api}/merge_requests/{other['iid']}", state_event="close")
    assert world.ok("PUT", path, state_event="reopen")["state"] == "opened"


def test_another_target_makes_another_version(world: World) -> None:
    project = world.project()
    world.open(project)
    release = project.repo.commit_files({"f": numbered(60), "r": "1\n"}, project.main)
    world.push(project, "release", release)
    path = f"{project.api}/merge_requests/1"
    moved = world.ok("PUT", path, target_branch="release")
    assert (moved["target_branch"], moved["diff_refs"]["start_sha"]) == ("release", release)
    assert len(world.ok("GET", f"{path}/versions")) == 2
    same = world.call("PUT", path, "ada", target_branch="feature")
    assert same.status_code == 422


def test_only_an_owner_deletes_and_the_number_is_not_given_again(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    assert world.call("DELETE", path, "ada").status_code == 403
    assert world.call("DELETE", path, "root").status_code == 204
    assert world.call("GET", path, "ada").status_code == 404
    assert world.open(project)["iid"] == 2


def test_diffs_changes_and_raw_diffs_show_the_same_change(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    (diff,) = world.ok("GET", f"{path}/diffs")
    assert diff["diff"].startswith("@@ -27,7 +27,7 @@") and "-line 30\n+thirty\n" in diff["diff"]
    changes = world.ok("GET", f"{path}/changes")
    assert changes["changes"] == [diff] and changes["overflow"] is False
    (unified,) = world.ok("GET", f"{path}/diffs?unidiff=true")
    assert unified["diff"] == f"--- a/f\n+++ b/f\n{diff['diff']}"
    raw = world.call("GET", f"{path}/raw_diffs", "ada")
    assert raw.headers["Content-Type"].startswith("text/plain") and raw.text.startswith("diff --git a/f b/f\nindex ")


def test_diffs_come_in_pages(world: World) -> None:
    files: dict[str, str | bytes] = {f"f{number}": "1\n" for number in range(5)}
    project = world.project(files, dict.fromkeys(files, "2\n"))
    world.open(project)
    page = world.call("GET", f"{project.api}/merge_requests/1/diffs?per_page=2&page=2", "ada")
    assert [diff["new_path"] for diff in page.json()] == ["f2", "f3"]
    assert (page.headers["X-Next-Page"], page.headers["X-Total"]) == ("3", "5")


def test_versions_and_commits(world: World) -> None:
    project = world.project()
    world.open(project)
    more = project.repo.commit_files({"f": numbered(60, {30: "THIRTY"})}, project.feature, message="Shout\n\nBody")
    world.push(project, "feature", more)
    path = f"{project.api}/merge_requests/1"
    new, old = world.ok("GET", f"{path}/versions")
    assert (new["head_commit_sha"], old["head_commit_sha"]) == (more, project.feature)
    keys = {"id", "head_commit_sha", "base_commit_sha", "start_commit_sha", "created_at", "merge_request_id"}
    assert set(new) == keys | {"state", "real_size", "patch_id_sha"}
    assert (new["state"], new["real_size"]) == ("collected", "1")
    full = world.ok("GET", f"{path}/versions/{old['id']}")
    assert [commit["id"] for commit in full["commits"]] == [project.feature]
    assert "+thirty\n" in full["diffs"][0]["diff"]
    commits = world.ok("GET", f"{path}/commits")
    assert [(commit["id"], commit["title"], commit["parent_ids"]) for commit in commits] == [
        (more, "Shout", []),
        (project.feature, "Change line 30", []),
    ]
    assert world.call("GET", f"{path}/versions/99999", "ada").status_code == 404


def test_lists_of_what_the_sandbox_has_not_are_empty(world: World) -> None:
    project = world.project()
    world.open(project)
    for what in ("pipelines", "closes_issues", "related_issues", "context_commits"):
        assert world.ok("GET", f"{project.api}/merge_requests/1/{what}") == []


def test_a_merge_request_from_a_fork_belongs_to_its_target(world: World) -> None:
    project = world.project()
    stranger = world.project()
    wanted = {"source_branch": "feature", "target_branch": "main", "title": "t", "target_project_id": project.id}
    refused = world.call("POST", f"{stranger.api}/merge_requests", "dev", **wanted)
    assert refused.json() == {"message": ["Source project is not a fork of the target project"]}
    world.sandbox.instance.store.update("projects", stranger.id, forked_from_id=project.id)
    made = world.ok("POST", f"{stranger.api}/merge_requests", "dev", **wanted)
    assert (made["project_id"], made["source_project_id"], made["iid"]) == (project.id, stranger.id, 1)
    assert world.ok("GET", f"{project.api}/merge_requests/1/commits")[0]["id"] == stranger.feature
    more = stranger.repo.commit_files({"f": numbered(60, {3: "three"})}, stranger.feature)
    world.push(stranger, "feature", more, user="dev")
    assert world.ok("GET", f"{project.api}/merge_requests/1")["sha"] == more
    assert world.ok("PUT", f"{project.api}/merge_requests/1/merge")["state"] == "merged"


def test_the_state_outlives_a_restart(tmp_path: Path) -> None:
    with review_world(tmp_path) as world:
        project = world.project()
        world.open(project)
        assert world.comment(project, 1, None, 30).status_code == 201
    with running(tmp_path / "data") as again:
        world.url = again.url
        assert world.ok("GET", f"{project.api}/merge_requests/1")["sha"] == project.feature
        (thread,) = world.ok("GET", f"{project.api}/merge_requests/1/discussions")
        assert thread["notes"][0]["position"]["new_line"] == 30
