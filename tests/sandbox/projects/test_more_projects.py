from __future__ import annotations

from ..review_world import Branches, World


def test_stars_are_counted_once_from_each(world: World, project: Branches) -> None:
    assert world.ok("POST", f"{project.api}/star", "dev")["star_count"] == 1
    assert world.call("POST", f"{project.api}/star", "dev").status_code == 304
    assert [found["id"] for found in world.ok("GET", "/projects?starred=true", "dev")] == [project.id]
    assert world.ok("GET", "/projects?starred=true", "rita") == []
    assert [star["user"]["username"] for star in world.ok("GET", f"{project.api}/starrers")] == ["dev"]
    assert world.ok("POST", f"{project.api}/unstar", "dev")["star_count"] == 0
    assert world.call("POST", f"{project.api}/unstar", "dev").status_code == 304


def test_labels_are_followed(world: World, project: Branches) -> None:
    world.ok("POST", f"{project.api}/labels", name="a: b/c", color="red")
    path = f"{project.api}/labels/a%3A%20b%2Fc"
    assert world.ok("POST", f"{path}/subscribe")["subscribed"] is True
    assert world.call("POST", f"{path}/subscribe", "ada").status_code == 304
    assert world.ok("GET", path)["subscribed"] is True and world.ok("GET", path, "dev")["subscribed"] is False
    assert world.ok("POST", f"{path}/unsubscribe")["subscribed"] is False


def test_milestones_are_changed_closed_and_deleted(world: World, project: Branches) -> None:
    made = world.ok("POST", f"{project.api}/milestones", title="one", due_date="2020-01-01")
    world.ok("POST", f"{project.api}/milestones", title="two")
    path = f"{project.api}/milestones/{made['id']}"
    changed = world.ok("PUT", path, title="first", state_event="close", due_date="2030-05-06T07:08:09Z")
    assert (changed["title"], changed["state"], changed["due_date"]) == ("first", "closed", "2030-05-06")
    assert [found["title"] for found in world.ok("GET", f"{project.api}/milestones?state=active")] == ["two"]
    taken = world.call("PUT", path, "ada", title="two")
    assert taken.status_code == 400 and "title" in taken.json()["message"]
    assert world.call("PUT", path, "guest", title="x").status_code == 403
    world.open(project, milestone_id=made["id"])
    assert [found["iid"] for found in world.ok("GET", f"{path}/merge_requests")] == [1]
    assert world.ok("GET", f"{path}/issues") == []
    assert world.call("DELETE", path, "ada").status_code == 204
    assert world.ok("GET", f"{project.api}/merge_requests/1")["milestone"] is None


def test_a_project_moves_between_namespaces(world: World, project: Branches) -> None:
    group = world.ok("POST", "/groups", "root", name="Labs", path=f"labs{project.id}")
    inner = world.ok("POST", "/groups", "root", name="Inner", path="inner", parent_id=group["id"])
    moved = world.ok("PUT", f"{project.api}/transfer", "root", namespace=inner["full_path"])
    assert moved["namespace"]["full_path"] == f"labs{project.id}/inner"
    groups = world.ok("GET", f"{project.api}/groups")
    assert [found["full_path"] for found in groups] == [group["full_path"], inner["full_path"]]
    assert world.call("PUT", f"{project.api}/transfer", "root", namespace=inner["id"]).status_code == 400
    assert world.call("PUT", f"{project.api}/transfer", "root", namespace="nowhere").status_code == 404
    assert world.call("PUT", f"{project.api}/transfer", "ada", namespace="ada").status_code == 403
    project.repo.run(
        "ls-remote", f"http://root:{world.tokens['root']}@{world.url[7:]}/{moved['path_with_namespace']}.git"
    )


def test_what_is_never_there_is_an_empty_list(world: World, project: Branches) -> None:
    lists = ("/topics", "/events", "/users/1/events", f"{project.api}/events", f"{project.api}/deploy_tokens")
    assert [world.ok("GET", path) for path in lists] == [[]] * len(lists)
    assert world.ok("GET", "/admin/ci/variables", "root") == []
    assert world.call("GET", "/admin/ci/variables", "ada").status_code == 403
