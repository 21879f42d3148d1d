from __future__ import annotations

from typing import Any

import pytest

from jupyterlab_gitlab.sandbox.merge_requests.todos import mentioned

from ..little_repo import numbered
from ..review_world import Branches, World


def waiting(world: World, user: str, project: Branches, **more: Any) -> list[str]:
    """What waits for somebody in a project, newest first."""
    query = "&".join(f"{key}={value}" for key, value in more.items())
    found = world.ok("GET", f"/todos?project_id={project.id}&{query}", user)
    return [todo["action_name"] for todo in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada, look", {"ada": True}),
        ("@ada and @dev: this", {"ada": True, "dev": True}),
        ("please @ada", {"ada": False}),
        ("a@b.org `@ada` x/@dev\n```\n@rita\n```\n(@guest.)", {"guest": False}),
        ("", {}),
    ],
)
def test_names_are_read_outside_of_code(text: str, found: dict[str, bool]) -> None:
    assert mentioned(text) == found


def test_requests_and_mentions_wait_for_those_they_name(world: World, project: Branches) -> None:
    ids = world.ids
    made = world.open(
        project, reviewer_ids=[ids["ada"]], assignee_id=ids["rita"], description="cc @guest @stranger @ada"
    )
    assert waiting(world, "ada", project) == ["review_requested"], "one at a time"
    assert waiting(world, "rita", project) == ["assigned"]
    assert waiting(world, "guest", project) == [] == waiting(world, "stranger", project), "they can't read it"
    (todo,) = world.ok("GET", f"/todos?project_id={project.id}")
    assert (todo["target_type"], todo["target"]["iid"], todo["body"]) == ("MergeRequest", 1, "Round thirty")
    assert todo["author"]["username"] == "dev" and todo["state"] == "pending"
    assert todo["target_url"] == made["web_url"] and todo["project"]["path_with_namespace"] == project.path
    assert set(todo["target"]) == set(world.ok("GET", f"{project.api}/merge_requests/1")) - {"first_contribution"}


def test_a_note_names_people_and_settles_what_waited_for_its_author(world: World, project: Branches) -> None:
    world.open(project, reviewer_ids=[world.ids["ada"]])
    note = world.ok("POST", f"{project.api}/merge_requests/1/notes", body="@dev why?")
    assert waiting(world, "ada", project) == [] and waiting(world, "ada", project, state="done")
    (todo,) = world.ok("GET", f"/todos?project_id={project.id}", "dev")
    assert (todo["action_name"], todo["body"]) == ("directly_addressed", "@dev why?")
    assert todo["target_url"].endswith(f"/-/merge_requests/1#note_{note['id']}")
    world.ok("PUT", f"{project.api}/merge_requests/1/notes/{note['id']}", body="@dev why? @rita knows")
    assert waiting(world, "rita", project) == ["mentioned"] and len(waiting(world, "dev", project)) == 1
    world.ok("DELETE", f"{project.api}/merge_requests/1/notes/{note['id']}")
    assert waiting(world, "dev", project) == []


def test_acting_on_it_settles_it(world: World, project: Branches) -> None:
    path = f"{project.api}/merge_requests/1"
    world.open(project, reviewer_ids=[world.ids["ada"]])
    for method, rest, more in (
        ("POST", "/approve", {}),
        ("POST", "/award_emoji", {"name": "tada"}),
        ("PUT", "", {"state_event": "close"}),
        ("PUT", "", {"state_event": "reopen"}),
    ):
        world.call("POST", f"{path}/todo", "ada")
        world.ok(method, path + rest, "ada", **more)
        left = waiting(world, "ada", project)
        assert left == (["marked"] if more.get("state_event") == "reopen" else []), rest
    world.ok("POST", f"{path}/notes", body="@root once more")
    world.push(project, "feature", project.repo.commit_files({"f": numbered(60, {30: "30"})}, project.feature))
    assert waiting(world, "root", project) == []


def test_a_submitted_review_waits_for_the_author(world: World, project: Branches) -> None:
    world.open(project)
    world.ok("POST", f"{project.api}/merge_requests/1/draft_notes", note="x")
    world.ok("POST", f"{project.api}/merge_requests/1/draft_notes/bulk_publish")
    assert waiting(world, "dev", project) == ["review_submitted"] and waiting(world, "ada", project) == []


def test_one_marks_them_as_done_by_hand(world: World, project: Branches) -> None:
    world.open(project)
    path = f"{project.api}/merge_requests/1/todo"
    mine = world.ok("POST", path, "rita")
    assert mine["action_name"] == "marked"
    assert world.call("POST", path, "rita").status_code == 304
    assert world.call("POST", f"/todos/{mine['id']}/mark_as_done", "ada").status_code == 404
    assert world.ok("POST", f"/todos/{mine['id']}/mark_as_done", "rita")["state"] == "done"
    world.ok("POST", path, "rita")
    assert world.call("POST", "/todos/mark_as_done", "rita").status_code == 204
    assert waiting(world, "rita", project) == [] and len(waiting(world, "rita", project, state="done")) == 2
    assert waiting(world, "rita", project, state="done", action="assigned") == []
    assert waiting(world, "rita", project, state="done", type="Issue") == []
    assert world.call("GET", "/todos", None).status_code == 401


def test_python_gitlab_reads_and_settles_them(world: World, project: Branches) -> None:
    world.open(project, reviewer_ids=[world.ids["ada"]])
    client = world.client()
    (todo,) = client.todos.list(project_id=project.id)
    todo.mark_as_done()
    client.projects.get(project.id).mergerequests.get(1).todo()
    client.todos.mark_all_as_done()
    assert client.todos.list(project_id=project.id) == []
