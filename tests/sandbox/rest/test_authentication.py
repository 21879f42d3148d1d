"""Tokens: where they may be sent, when they end, what they open."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest
import requests
from sandbox_server import SandboxGitlab


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_a_token_is_found_wherever_gitlab_looks(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person()
    url = f"{gitlab_server.url}/api/v4/user"
    for headers in (
        {"PRIVATE-TOKEN": person.token},
        {"Authorization": f"Bearer {person.token}"},
        {"Authorization": basic("anyone", person.token)},
    ):
        assert requests.get(url, headers=headers, timeout=10).json()["username"] == person.username
    assert requests.get(url, params={"private_token": person.token}, timeout=10).status_code == 200


def test_no_token_or_an_unknown_one_is_401(gitlab_server: SandboxGitlab) -> None:
    for token in (None, "glpat-wrong"):
        answer = gitlab_server.call("GET", "/user", token)
        assert (answer.status_code, answer.json()) == (401, {"message": "401 Unauthorized"})
    answer = gitlab_server.call("GET", "/user", None, headers={"Authorization": "Bearer glpat-wrong"})
    assert answer.status_code == 401
    assert answer.json() == {"error": "invalid_token", "error_description": "Bad Access Token."}
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_an_expired_token_says_so(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person(expires_at=date.today().isoformat())
    answer = gitlab_server.call("GET", "/user", person.token)
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_token"
    assert answer.json()["error_description"].startswith("Token is expired.")


def test_a_token_lives_until_its_last_day(gitlab_server: SandboxGitlab) -> None:
    later = (date.today() + timedelta(days=2)).isoformat()
    person = gitlab_server.person(expires_at=later)
    answer = gitlab_server.call("GET", "/personal_access_tokens/self", person.token)
    assert answer.json()["expires_at"] == later
    assert answer.json()["active"] is True


def test_a_revoked_token_says_so(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person()
    assert gitlab_server.call("DELETE", "/personal_access_tokens/self", person.token).status_code == 204
    answer = gitlab_server.call("GET", "/user", person.token)
    assert answer.status_code == 401
    assert answer.json()["error_description"].startswith("Token was revoked.")


def test_an_administrator_revokes_by_id_and_others_only_their_own(gitlab_server: SandboxGitlab) -> None:
    one, other = gitlab_server.person(), gitlab_server.person()
    key = gitlab_server.call("GET", "/personal_access_tokens/self", one.token).json()["id"]
    assert gitlab_server.call("DELETE", f"/personal_access_tokens/{key}", other.token).status_code == 401
    assert gitlab_server.call("DELETE", f"/personal_access_tokens/{key}").status_code == 204
    assert gitlab_server.call("GET", "/user", one.token).status_code == 401


def test_too_little_scope_is_403_and_names_what_would_do(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person(scopes=["read_user"])
    answer = gitlab_server.call("GET", "/projects", person.token)
    assert answer.status_code == 403
    assert answer.json() == {
        "error": "insufficient_scope",
        "error_description": "The request requires higher privileges than provided by the access token.",
        "scope": "api read_api",
    }
    assert "WWW-Authenticate" not in answer.headers
    assert gitlab_server.call("GET", "/user", person.token).status_code == 200


def test_read_api_reads_and_does_not_write(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person(scopes=["read_api"])
    assert gitlab_server.call("GET", "/projects", person.token).status_code == 200
    assert gitlab_server.call("HEAD", "/projects", person.token).status_code == 200
    refused = gitlab_server.call("POST", "/projects", person.token, json={"name": "x"})
    assert (refused.status_code, refused.json()["scope"]) == (403, "api")


@pytest.mark.parametrize("scope", ["read_user", "read_api", "read_repository", "write_repository"])
def test_any_token_may_ask_about_itself(gitlab_server: SandboxGitlab, scope: str) -> None:
    person = gitlab_server.person(scopes=[scope])
    answer = gitlab_server.call("GET", "/personal_access_tokens/self", person.token)
    assert answer.status_code == 200
    assert answer.json()["scopes"] == [scope]
    assert answer.json()["user_id"] == person.id
    assert "token" not in answer.json()


def test_only_an_administrator_makes_users_and_tokens(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person()
    new = {"email": "e@example.com", "name": "E", "username": "e"}
    assert gitlab_server.call("POST", "/users", person.token, json=new).status_code == 403
    path = f"/users/{person.id}/personal_access_tokens"
    assert gitlab_server.call("POST", path, person.token, json={"name": "n", "scopes": ["api"]}).status_code == 403
    wrong = gitlab_server.call("POST", path, json={"name": "n", "scopes": ["everything"]})
    assert (wrong.status_code, wrong.json()) == (400, {"error": "scopes does not have a valid value"})


def test_a_blocked_user_gets_nowhere(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person()
    assert gitlab_server.call("POST", f"/users/{person.id}/block").status_code == 201
    assert gitlab_server.call("GET", "/user", person.token).status_code == 403
