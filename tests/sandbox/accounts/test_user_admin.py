from __future__ import annotations

from typing import Any

import pytest
import requests

from ..review_world import World


@pytest.fixture
def user(world: World, request: pytest.FixtureRequest) -> dict[str, Any]:
    name = f"u{abs(hash(request.node.name)) % 10**9}"
    made: dict[str, Any] = world.ok("POST", "/users", "root", username=name, name=name, email=f"{name}@example.org")
    return made


def sent(world: World, method: str, path: str, user: str = "root", **more: Any) -> requests.Response:
    headers = {"PRIVATE-TOKEN": world.tokens[user]}
    return requests.request(method, f"{world.url}/api/v4{path}", headers=headers, timeout=30, **more)


@pytest.mark.parametrize(
    ("there", "back", "state", "again"), [("block", "unblock", "blocked", None), ("ban", "unban", "banned", False)]
)
def test_users_are_shut_out_and_let_in_again(
    world: World, user: dict[str, Any], there: str, back: str, state: str, again: bool | None
) -> None:
    path = f"/users/{user['id']}"
    assert world.ok("POST", f"{path}/{there}", "root") is True
    assert world.call("POST", f"{path}/{there}", "root").json() is again
    assert world.ok("GET", path, "root")["state"] == state
    assert user["id"] in [found["id"] for found in world.ok("GET", "/users?blocked=true", "root")]
    assert world.ok("POST", f"{path}/{back}", "root") is True
    assert world.call("POST", f"{path}/{back}", "root").json() is False
    assert world.call("POST", f"{path}/{there}", "ada").status_code == 403
    assert world.call("POST", f"/users/1/{there}", "root").status_code == 403, "not oneself"


def test_users_are_changed_and_deleted(world: World, user: dict[str, Any]) -> None:
    path = f"/users/{user['id']}"
    changed = world.ok("PUT", path, "root", name="New", bio="Counts things", admin=True)
    assert (changed["name"], changed["bio"], changed["is_admin"]) == ("New", "Counts things", True)
    token = world.ok("POST", f"{path}/personal_access_tokens", "root", name="t", scopes=["api"])["token"]
    assert world.call("DELETE", path, "root").status_code == 204
    assert world.call("GET", path, "root").status_code == 404 == world.call("DELETE", path, "root").status_code
    gone = requests.get(f"{world.url}/api/v4/user", headers={"PRIVATE-TOKEN": token}, timeout=30)
    assert gone.status_code == 401


def test_what_a_deleted_user_wrote_stays(world: World) -> None:
    project = world.project()
    world.ok("POST", "/users", "root", username="brief", name="Brief", email="brief@example.org")
    key = world.ok("GET", "/users?username=brief", "root")[0]["id"]
    world.ok("POST", f"{project.api}/members", "root", user_id=key, access_level=30)
    world.open(project)
    headers = {"PRIVATE-TOKEN": world.tokens["root"], "Sudo": "brief"}
    url = f"{world.url}/api/v4{project.api}/merge_requests/1/notes"
    assert requests.post(url, headers=headers, json={"body": "I was here"}, timeout=30).status_code == 201
    world.ok("DELETE", f"/users/{key}", "root")
    (note,) = world.ok("GET", f"{project.api}/merge_requests/1/notes")
    assert (note["author"]["username"], note["author"]["state"]) == ("brief", "blocked")


def test_administrators_act_for_others(world: World) -> None:
    assert world.ok("GET", "/user?sudo=ada", "root")["username"] == "ada"
    assert world.ok("GET", f"/user?sudo={world.ids['dev']}", "root")["username"] == "dev"
    refused = world.call("GET", "/user?sudo=dev", "ada")
    assert (refused.status_code, refused.json()) == (403, {"message": "403 Forbidden - Must be admin to use sudo"})
    unknown = world.call("GET", "/user?sudo=nobody", "root")
    assert unknown.json() == {"message": "404 User with ID or username 'nobody' Not Found"}
    weak = world.ok("POST", "/users/1/personal_access_tokens", "root", name="t", scopes=["api"])["token"]
    answer = requests.get(f"{world.url}/api/v4/user?sudo=ada", headers={"PRIVATE-TOKEN": weak}, timeout=30)
    assert (answer.status_code, answer.json()["scope"]) == (403, "sudo")


def test_impersonation_tokens_are_apart_from_a_users_own(world: World, user: dict[str, Any]) -> None:
    path = f"/users/{user['id']}/impersonation_tokens"
    made = world.ok("POST", path, "root", name="as them", scopes=["api"], expires_at="2999-01-01")
    me = requests.get(f"{world.url}/api/v4/user", headers={"PRIVATE-TOKEN": made["token"]}, timeout=30).json()
    assert me["id"] == user["id"] and made["impersonation"] is True
    assert [token["id"] for token in world.ok("GET", f"{path}?state=active", "root")] == [made["id"]]
    assert world.ok("GET", f"/personal_access_tokens?user_id={user['id']}", "root") == []
    assert world.call("GET", path, "ada").status_code == 403
    assert world.call("DELETE", f"{path}/{made['id']}", "root").status_code == 204
    assert world.ok("GET", f"{path}/{made['id']}", "root")["revoked"] is True


def test_a_projects_token_is_a_bot(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/access_tokens"
    made = world.ok("POST", path, name="robot", scopes=["api"], access_level=30)
    assert (made["access_level"], made["resource_id"]) == (30, project.id)
    assert world.call("POST", path, "dev", name="robot", scopes=["api"]).status_code == 403
    headers = {"PRIVATE-TOKEN": made["token"]}
    me = requests.get(f"{world.url}/api/v4/user", headers=headers, timeout=30).json()
    assert me["bot"] is True and me["username"].startswith(f"project_{project.id}_bot_")
    world.ok("POST", f"{project.api}/merge_requests/1/approve")
    reset = f"{world.url}/api/v4{project.api}/merge_requests/1/reset_approvals"
    assert requests.put(reset, headers=headers, timeout=30).status_code == 202
    assert world.ok("GET", f"{project.api}/merge_requests/1/approvals")["approved"] is False
    assert world.call("PUT", f"{project.api}/merge_requests/1/reset_approvals", "ada").status_code == 401
    assert [token["name"] for token in world.ok("GET", path)] == ["robot"]
    assert world.call("DELETE", f"{path}/{made['id']}", "ada").status_code == 204
    assert requests.put(reset, headers=headers, timeout=30).status_code == 401
    assert world.ok("GET", f"{path}?state=active") == []


def test_pictures_are_served_to_anyone(world: World, user: dict[str, Any]) -> None:
    project = world.project()
    for path in (f"/users/{user['id']}", f"/projects/{project.id}"):
        changed = sent(world, "PUT", path, files={"avatar": ("me.png", b"\x89PNG picture")}).json()
        got = requests.get(changed["avatar_url"], timeout=30)
        assert (got.content, got.headers["Content-Type"]) == (b"\x89PNG picture", "image/png")
        assert requests.get(changed["avatar_url"].replace("me.png", "you.png"), timeout=30).status_code == 404
        bad = sent(world, "PUT", path, files={"avatar": ("me.exe", b"x")})
        assert (bad.status_code, bad.json()) == (400, {"message": {"avatar": ["is invalid"]}})
    assert sent(world, "PUT", f"/projects/{project.id}", data={"avatar": ""}).json()["avatar_url"] is None
