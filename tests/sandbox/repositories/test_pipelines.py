from __future__ import annotations

import pytest

from jupyterlab_gitlab.sandbox.repositories.pipeline_records import composite

from ..review_world import Branches, World


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        ("", "pending"),
        ("pending", "pending"),
        ("pending success", "running"),
        ("running failed", "running"),
        ("success failed canceled", "failed"),
        ("success canceled", "canceled"),
        ("success skipped", "success"),
        ("skipped", "skipped"),
    ],
)
def test_a_pipelines_status_follows_from_its_parts(found: str, whole: str) -> None:
    assert composite(set(found.split())) == whole


def test_statuses_of_a_commit_make_its_pipeline(world: World, project: Branches) -> None:
    path = f"{project.api}/statuses/{project.feature}"
    first = world.ok("POST", path, "dev", state="running", name="unit", target_url="https://ci.example.org/1")
    assert (first["status"], first["ref"], first["name"], first["allow_failure"]) == (
        "running",
        "feature",
        "unit",
        False,
    )
    assert first["author"]["username"] == "dev" and first["started_at"] and first["finished_at"] is None
    done = world.ok("POST", path, "dev", state="success", name="unit", description="fine", coverage=81.5)
    assert (done["id"], done["coverage"], done["description"]) == (first["id"], 81.5, "fine")
    other = world.ok("POST", path, "dev", state="failed", context="style")
    assert other["pipeline_id"] == first["pipeline_id"] and other["name"] == "style"
    commit = f"{project.api}/repository/commits/{project.feature}"
    assert [found["name"] for found in world.ok("GET", f"{commit}/statuses")] == ["unit", "style"]
    assert [found["name"] for found in world.ok("GET", f"{commit}/statuses?name=style")] == ["style"]
    (pipeline,) = world.ok("GET", f"{project.api}/pipelines")
    assert (pipeline["status"], pipeline["sha"], pipeline["source"]) == ("failed", project.feature, "external")
    assert world.ok("GET", f"{project.api}/pipelines?status=success") == []
    whole = world.ok("GET", f"{project.api}/pipelines/{pipeline['id']}")
    assert whole["detailed_status"]["group"] == "failed" and whole["user"]["username"] == "dev"
    assert world.ok("GET", f"{project.api}/pipelines/{pipeline['id']}/jobs") == []
    assert world.call("GET", f"{project.api}/pipelines/999999", "ada").status_code == 404
    shown = world.ok("GET", commit)
    assert (shown["status"], shown["last_pipeline"]) == ("failed", pipeline)


def test_a_merge_request_shows_the_pipeline_of_its_head(world: World, project: Branches) -> None:
    made = world.open(project)
    assert (made["pipeline"], made["head_pipeline"]) == (None, None)
    world.ok("POST", f"{project.api}/statuses/{project.feature}", "dev", state="pending")
    found = world.ok("GET", f"{project.api}/merge_requests/1")
    (listed,) = world.ok("GET", f"{project.api}/merge_requests/1/pipelines")
    assert found["pipeline"] == listed and found["head_pipeline"].items() >= listed.items()


def test_refusals(world: World, project: Branches) -> None:
    path = f"{project.api}/statuses/{project.feature}"
    assert world.call("POST", path, "rita", state="success").status_code == 403
    assert world.call("POST", path, "dev", state="odd").json() == {"error": "state does not have a valid value"}
    unknown = world.call("POST", f"{project.api}/statuses/{'0' * 40}", "dev", state="success")
    assert (unknown.status_code, unknown.json()) == (404, {"message": "404 Commit Not Found"})
