from __future__ import annotations

from typing import Any

import pytest

from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found, labels="bug")
    return found


def events(world: World, project: Branches, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.ok("GET", f"{project.api}/merge_requests/1/resource_{kind}_events")
    return found


def test_labels_leave_events(world: World, project: Branches) -> None:
    path = f"{project.api}/merge_requests/1"
    world.ok("PUT", path, add_labels="data,bug")
    world.ok("PUT", path, labels="data")
    found = events(world, project, "label")
    assert [(event["action"], event["label"]["name"]) for event in found] == [
        ("add", "bug"),
        ("add", "data"),
        ("remove", "bug"),
    ]
    assert found[0]["user"]["username"] == "dev" and found[0]["resource_type"] == "MergeRequest"
    assert world.ok("GET", f"{path}/resource_label_events/{found[1]['id']}") == found[1]
    assert world.call("GET", f"{path}/resource_state_events/{found[1]['id']}", "ada").status_code == 404


def test_milestones_are_named_by_id_or_title(world: World, project: Branches) -> None:
    path = f"{project.api}/merge_requests/1"
    one = world.ok("POST", f"{project.api}/milestones", title="one")
    world.ok("POST", f"{project.api}/milestones", title="two")
    assert world.ok("PUT", path, milestone_id=one["id"])["milestone"]["title"] == "one"
    assert world.ok("PUT", path, milestone="two")["milestone"]["title"] == "two"
    assert world.ok("PUT", path, milestone_id=0)["milestone"] is None
    assert world.call("PUT", path, "ada", milestone="three").status_code == 404
    both = world.call("PUT", path, "ada", milestone="two", milestone_id=one["id"])
    assert both.json() == {"error": "milestone_id, milestone are mutually exclusive"}
    found = [(event["action"], event["milestone"]["title"]) for event in events(world, project, "milestone")]
    assert found == [("add", "one"), ("remove", "one"), ("add", "two"), ("remove", "two")]


def test_closing_and_reopening_leave_events(world: World, project: Branches) -> None:
    for event in ("close", "close", "reopen"):
        world.ok("PUT", f"{project.api}/merge_requests/1", state_event=event)
    assert [event["state"] for event in events(world, project, "state")] == ["closed", "reopened"]
