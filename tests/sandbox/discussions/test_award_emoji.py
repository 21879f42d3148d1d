from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ..review_world import Branches, World

FACTS = Path(os.environ.get("GITLAB_FACTS") or Path(__file__).parents[3] / "../shared/data").resolve()
RECORDED = FACTS / "gitlab/recorded/http"


@pytest.fixture(scope="module")
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    return found


@pytest.fixture
def note(world: World, project: Branches) -> dict[str, Any]:
    made: dict[str, Any] = world.ok("POST", f"{project.api}/merge_requests/1/notes", body="Nice")
    return made


def test_a_note_takes_each_emoji_once_from_each(world: World, project: Branches, note: dict[str, Any]) -> None:
    path = f"{project.api}/merge_requests/1/notes/{note['id']}/award_emoji"
    made = world.call("POST", path, "dev", name="tractor")
    assert made.status_code == 201
    award = made.json()
    assert (award["name"], award["user"]["username"], award["awardable_type"]) == ("tractor", "dev", "Note")
    assert award["awardable_id"] == note["id"]
    again = world.call("POST", path, "dev", name="tractor")
    message = "404 Award Emoji Name has already been taken Not Found"
    assert (again.status_code, again.json()) == (404, {"message": message})
    world.ok("POST", path, "ada", name="tractor")
    assert [found["user"]["username"] for found in world.ok("GET", path)] == ["dev", "ada"]
    assert world.ok("GET", f"{path}/{award['id']}") == award
    assert world.call("DELETE", f"{path}/{award['id']}", "ada").status_code == 401
    assert world.call("DELETE", f"{path}/{award['id']}", "dev").status_code == 204
    assert world.call("GET", f"{path}/{award['id']}", "dev").status_code == 404


@pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recordings at {RECORDED} (GITLAB_FACTS)")
def test_answers_are_the_recorded_ones(world: World, project: Branches, note: dict[str, Any]) -> None:
    path = f"{project.api}/merge_requests/1/notes/{note['id']}/award_emoji"
    made = world.call("POST", path, "dev", name="tractor")
    name = "POST_projects_id_merge_requests_n_notes_n_award_emoji__201__2024-09_ogr.json"
    recorded = json.loads((RECORDED / name).read_text())["response"]
    assert made.status_code == recorded["status"] and set(made.json()) == set(recorded["body"])
    gone = world.call("DELETE", f"{path}/{made.json()['id']}", "dev")
    name = "DELETE_projects_id_merge_requests_n_notes_n_award_emoji_n__204__0000-00_ogr.json"
    assert gone.status_code == json.loads((RECORDED / name).read_text())["response"]["status"]


def test_thumbs_are_votes_on_the_merge_request(world: World, project: Branches) -> None:
    path = f"{project.api}/merge_requests/1/award_emoji"
    up = world.ok("POST", path, "rita", name="+1")
    world.ok("POST", path, "dev", name="thumbsdown")
    assert (up["name"], up["awardable_type"]) == ("thumbsup", "MergeRequest")
    found = world.ok("GET", f"{project.api}/merge_requests/1")
    assert (found["upvotes"], found["downvotes"]) == (1, 1)
    mine = f"{project.api}/merge_requests?my_reaction_emoji="
    assert [len(world.ok("GET", mine + word, "rita")) for word in ("thumbsup", "tada", "Any", "None")] == [1, 0, 1, 0]
    assert len(world.ok("GET", f"{project.api}/merge_requests?order_by=popularity")) == 1


def test_refusals_are_not_found(world: World, project: Branches) -> None:
    merge_request = f"{project.api}/merge_requests/1"
    odd = world.call("POST", f"{merge_request}/award_emoji", "dev", name="no such thing")
    assert (odd.status_code, odd.json()) == (
        404,
        {"message": "404 Award Emoji Name is not a valid emoji name Not Found"},
    )
    world.ok("PUT", merge_request, title="Renamed")
    told = next(found for found in world.ok("GET", f"{merge_request}/notes") if found["system"])
    assert world.call("POST", f"{merge_request}/notes/{told['id']}/award_emoji", "dev", name="tada").status_code == 404
    assert world.call("POST", f"{merge_request}/award_emoji", "dev").json() == {"error": "name is missing"}


def test_reactions_go_with_the_note(world: World, project: Branches, note: dict[str, Any]) -> None:
    path = f"{project.api}/merge_requests/1/notes/{note['id']}"
    world.ok("POST", f"{path}/award_emoji", name="tada")
    world.ok("DELETE", path)
    assert world.call("GET", f"{path}/award_emoji", "ada").status_code == 404


def test_python_gitlab_reacts(world: World, project: Branches, note: dict[str, Any]) -> None:
    merge_request = world.client("dev").projects.get(project.id).mergerequests.get(1)
    award = merge_request.notes.get(note["id"]).awardemojis.create({"name": "rocket"})
    assert [found.name for found in merge_request.notes.get(note["id"]).awardemojis.list()] == ["rocket"]
    award.delete()
    assert merge_request.notes.get(note["id"]).awardemojis.list() == []
