"""The token: missing, wrong, expired, revoked, too weak, or not for this project."""

from __future__ import annotations

from api_client import Api
from conftest import host_of
from git_workspace import Workspace
from sandbox_server import Person, SandboxGitlab

from .conftest import told


def test_a_missing_token(stranger: tuple[Workspace, Api], gitlab_server: SandboxGitlab) -> None:
    workspace, api = stranger
    host = host_of(gitlab_server.url)
    assert told(api, "get_project") == (
        "not_signed_in",
        f"You are not signed in to {host}.",
        "Sign in with an access token in the GitLab panel.",
    )
    workspace.commit("Mine", {"mine.txt": "x\n"})
    for name in ("push", "fetch"):
        assert told(api, name, {}) == (
            "git_auth_failed",
            f"“{host}” asks who you are, and there are no credentials for it.",
            "Sign in with an access token in the GitLab panel, or give git a credential helper for this host.",
        )


def test_a_token_that_does_not_serve(
    stranger: tuple[Workspace, Api], gitlab_server: SandboxGitlab, reviewer: Person
) -> None:
    _, api = stranger
    host = host_of(gitlab_server.url)
    expired, _ = gitlab_server.token(reviewer.id, expires_at="2020-01-01")
    revoked, client = gitlab_server.token(reviewer.id)
    client.personal_access_tokens.get("self").delete()
    reading, _ = gitlab_server.token(reviewer.id, scopes=["read_api"])
    said = {token: told(api, "sign_in", {"host": host, "token": token}) for token in (expired, revoked, reading)}
    again = "Make a new access token and sign in with it."
    assert said[expired] == ("token_expired", f"The access token for {host} has expired.", again)
    assert said[revoked] == ("token_revoked", f"The access token for {host} was revoked.", again)
    assert said[reading] == (
        "token_scope_missing",
        f"The access token for {host} lacks the scope “api”. It has: read_api.",
        "A token's scopes can't be changed: make a new one with the scope “api” and sign in with it.",
    )
    assert told(api, "sign_in", {"host": host, "token": "glpat-of-nobody-at-all"}) == (
        "token_invalid",
        f"{host} does not know this access token.",
        "Check that it was copied whole and belongs to this host, or make a new one.",
    )
    assert not api("get_account").signed_in


def test_a_token_that_ends_in_use(
    stranger: tuple[Workspace, Api], gitlab_server: SandboxGitlab, reviewer: Person
) -> None:
    workspace, api = stranger
    host = host_of(gitlab_server.url)
    token, client = gitlab_server.token(reviewer.id)
    api("sign_in", {"host": host, "token": token})
    assert api("get_project").default_branch == "main"
    client.personal_access_tokens.get("self").delete()
    code, message, hint = told(api, "list_merge_requests")
    assert (code, message) == ("token_revoked", f"The access token for {host} was revoked.")
    assert "sign in" in hint
    problem = api("get_account").problem
    assert (problem.code.value, problem.message, problem.hint) == (code, message, hint)
    workspace.commit("Mine", {"mine.txt": "x\n"})
    code, message, hint = told(api, "push", {})
    assert (code, message) == ("git_auth_failed", f"“{host}” did not accept the credentials.")
    assert hint.startswith("Sign in with a token that has the scope “api”")


def test_a_project_without_access(
    stranger: tuple[Workspace, Api], gitlab_server: SandboxGitlab, author: Person, reviewer: Person
) -> None:
    workspace, api = stranger
    host = host_of(gitlab_server.url)
    private = gitlab_server.project(author)
    workspace.git("remote", "set-url", "origin", str(private.http_url_to_repo))
    workspace.git("checkout", "-q", "-b", "mine")
    api("sign_in", {"host": host, "token": reviewer.token})
    for name in ("get_project", "list_merge_requests"):
        assert told(api, name) == (
            "project_not_found",
            f"There is no project {private.path_with_namespace} on {host}, or you may not see it.",
            "GitLab answers 404 also for projects you may not see: check the remote's address, or ask for access.",
        )
    for name in ("push", "fetch"):
        code, message, hint = told(api, name, {})
        assert (code, message) == ("project_not_found", f"“{host}” has no such project, or you may not see it.")
        assert "your account is a member of the project" in hint
