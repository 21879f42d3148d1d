"""Signing in, and what can be wrong with a token."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sandbox_server import Person, SandboxGitlab

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.remote import Connections, GitLabHost, Secret

from .conftest import Connect
from .fault_server import UNAUTHORIZED, Answer, FaultServer
from .world import TOKEN, address


def host_of(connections: Connections, sandbox: SandboxGitlab) -> GitLabHost:
    return connections.host(address(f"{sandbox.url}/group/project.git"))


@pytest.fixture
def person(sandbox: SandboxGitlab) -> Person:
    return sandbox.person()


@pytest.fixture
def host(sandbox: SandboxGitlab, connect: Connect) -> GitLabHost:
    return host_of(connect(), sandbox)


def refusal(host: GitLabHost, token: str, name: str = "") -> GitLabWorkflowError:
    with pytest.raises(GitLabWorkflowError) as caught:
        host.sign_in(name or host.name, token)
    account = host.account()
    assert (account.signed_in, account.source, account.problem) == (False, None, None), "nothing is kept"
    return caught.value


def test_nobody_is_signed_in_at_first(host: GitLabHost, sandbox: SandboxGitlab) -> None:
    account = host.account()
    assert (account.signed_in, account.username, account.source, account.problem) == (False, None, None, None)
    assert account.token_url == (f"{sandbox.url}/-/user_settings/personal_access_tokens?name=JupyterLab&scopes=api")
    assert (account.host, account.url, account.secure) == (sandbox.url.removeprefix("http://"), sandbox.url, False)


def test_signing_in_tells_who_with_what_scopes_until_when(host: GitLabHost, person: Person) -> None:
    account = host.sign_in(host.name, f"  {person.token}\n")
    assert (account.signed_in, account.username, account.user_id) == (True, person.username, person.id)
    assert (account.scopes, account.source, account.problem) == (["api"], "file", None)
    assert account.expires_at == (date.today() + timedelta(days=365)).isoformat()
    assert host.account() == account


def test_signing_out_forgets_the_token(host: GitLabHost, person: Person) -> None:
    host.sign_in(host.name, person.token)
    assert host.sign_out().signed_in is False
    assert host.account().source is None
    with pytest.raises(GitLabWorkflowError) as caught:
        host.project("group/project")
    assert caught.value.code is ErrorCode.NOT_SIGNED_IN


def test_a_wrong_token_is_not_kept(host: GitLabHost) -> None:
    assert refusal(host, "glpat-no-such-token").code is ErrorCode.TOKEN_INVALID


def test_an_expired_token_is_named_so(host: GitLabHost, sandbox: SandboxGitlab, person: Person) -> None:
    token, _ = sandbox.token(person.id, expires_at=(date.today() - timedelta(days=1)).isoformat())
    assert refusal(host, token).code is ErrorCode.TOKEN_EXPIRED


def test_a_revoked_token_is_named_so(host: GitLabHost, sandbox: SandboxGitlab, person: Person) -> None:
    sandbox.call("DELETE", "/personal_access_tokens/self", token=person.token).raise_for_status()
    assert refusal(host, person.token).code is ErrorCode.TOKEN_REVOKED


@pytest.mark.parametrize("scopes", [["read_api"], ["read_user", "read_repository"], ["write_repository"]])
def test_a_token_without_api_is_refused_with_the_scope_named(
    host: GitLabHost, sandbox: SandboxGitlab, person: Person, scopes: list[str]
) -> None:
    token, _ = sandbox.token(person.id, scopes)
    error = refusal(host, token)
    assert (error.code, error.details["scope"]) == (ErrorCode.TOKEN_SCOPE_MISSING, "api")
    assert all(scope in error.message for scope in scopes)
    assert "api" in error.hint


@pytest.mark.parametrize("token", ["", "  ", "glpat-a b", "glpat-a\nb", "glpät-x", "x" * 5_000])
def test_what_can_be_no_token_is_not_even_sent(host: GitLabHost, token: str) -> None:
    assert refusal(host, token).code is ErrorCode.TOKEN_INVALID


def test_a_form_of_another_host_is_refused(host: GitLabHost, person: Person) -> None:
    error = refusal(host, person.token, name="gitlab.com")
    assert (error.code, "gitlab.com" in error.message) == (ErrorCode.BAD_REQUEST, True)


def test_a_token_that_stops_serving_becomes_the_accounts_problem(
    host: GitLabHost, sandbox: SandboxGitlab, person: Person
) -> None:
    host.sign_in(host.name, person.token)
    sandbox.call("DELETE", "/personal_access_tokens/self", token=person.token).raise_for_status()
    account = host.account(fresh=True)
    assert account.problem is not None
    assert (account.problem.code, account.signed_in, account.source) == (ErrorCode.TOKEN_REVOKED, False, "file")


def test_a_typed_token_can_not_replace_a_configured_one(
    sandbox: SandboxGitlab, connect: Connect, person: Person
) -> None:
    name = sandbox.url.removeprefix("http://")
    host = host_of(connect(tokens={name: Secret(person.token)}), sandbox)
    assert (host.account().source, host.account().username) == ("config", person.username)
    with pytest.raises(GitLabWorkflowError) as caught:
        host.sign_in(name, person.token)
    assert (caught.value.code, "configuration" in caught.value.message) == (ErrorCode.BAD_REQUEST, True)
    assert host.sign_out().signed_in, "signing out does not touch the configuration"


def test_a_token_of_the_environment_signs_in(sandbox: SandboxGitlab, connect: Connect, person: Person) -> None:
    host = host_of(connect(environ={"GITLAB_HOST": sandbox.url, "GITLAB_TOKEN": person.token}), sandbox)
    assert (host.account().source, host.account().username) == ("environment", person.username)


def test_a_token_that_is_no_personal_one_is_checked_by_its_user(faulty: FaultServer, signed_in: Connections) -> None:
    not_personal = "400 Bad request - This endpoint requires token type to be a personal access token"
    faulty.by_path(
        {
            "/personal_access_tokens/self": Answer(400, {"message": not_personal}),
            "/user": Answer(200, {"id": 7, "username": "bot", "name": "Bot"}),
        }
    )
    account = signed_in.host(address(f"{faulty.url}/g/p.git")).account()
    assert (account.signed_in, account.username, account.scopes, account.problem) == (True, "bot", [], None)
    assert {each.headers["Authorization"] for each in faulty.asked} == {f"Bearer {TOKEN}"}


def test_a_fine_grained_token_has_no_scopes_to_miss(faulty: FaultServer, signed_in: Connections) -> None:
    token = {"scopes": ["granular"], "granular": True, "expires_at": "2030-01-01", "id": 1}
    faulty.by_path(
        {
            "/personal_access_tokens/self": Answer(200, token),
            "/user": Answer(200, {"id": 7, "username": "ann", "name": "Ann"}),
        }
    )
    account = signed_in.host(address(f"{faulty.url}/g/p.git")).account()
    assert (account.signed_in, account.expires_at) == (True, "2030-01-01")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (UNAUTHORIZED, ErrorCode.TOKEN_INVALID),
        ({"error": "invalid_token", "error_description": "Bad Access Token."}, ErrorCode.TOKEN_INVALID),
        (
            {
                "error": "invalid_token",
                "error_description": "Token is expired. You can either do re-authorization or token refresh.",
            },
            ErrorCode.TOKEN_EXPIRED,
        ),
        (
            {
                "error": "invalid_token",
                "error_description": "Token was revoked. You have to re-authorize from the user.",
            },
            ErrorCode.TOKEN_REVOKED,
        ),
    ],
)
def test_the_kinds_of_401_are_told_apart(
    faulty: FaultServer, signed_in: Connections, body: dict[str, str], code: ErrorCode
) -> None:
    faulty.always(Answer(401, body))
    account = signed_in.host(address(f"{faulty.url}/g/p.git")).account()
    assert account.problem is not None
    assert (account.problem.code, account.signed_in) == (code, False)


def test_a_host_out_of_reach_is_the_accounts_problem(faulty: FaultServer, signed_in: Connections) -> None:
    faulty.always(Answer(cut=True))
    account = signed_in.host(address(f"{faulty.url}/g/p.git")).account()
    assert account.problem is not None
    assert account.problem.code is ErrorCode.GITLAB_UNREACHABLE
    faulty.by_path(
        {"/self": Answer(400, {"message": "x"}), "/user": Answer(200, {"id": 1, "username": "a", "name": "A"})}
    )
    assert signed_in.host(address(f"{faulty.url}/g/p.git")).account().signed_in, "a failure is not remembered"


def test_an_oauth_token_that_ends_in_use_is_the_accounts_problem_at_once(
    faulty: FaultServer, signed_in: Connections
) -> None:
    remote = address(f"{faulty.url}/g/p.git")
    user = {"id": 1, "username": "a", "name": "A"}
    faulty.by_path({"/self": Answer(400, {"message": "x"}), "/user": Answer(200, user)})
    assert signed_in.host(remote).account().signed_in
    ended = {"error": "invalid_token", "error_description": "Token is expired."}
    faulty.by_path({"/self": Answer(400, {"message": "x"}), "/user": Answer(401, ended), "/g%2Fp": Answer(401, ended)})
    with pytest.raises(GitLabWorkflowError):
        signed_in.project(remote).project()
    problem = signed_in.host(remote).account().problem
    assert problem is not None and problem.code is ErrorCode.TOKEN_EXPIRED


def test_git_gets_a_credential_for_the_very_host_only(sandbox: SandboxGitlab, connect: Connect, person: Person) -> None:
    name = sandbox.url.removeprefix("http://")
    host = host_of(connect(tokens={name: Secret(person.token)}), sandbox)
    credential = host.git_credential(address(f"{sandbox.url}/group/project.git"))
    assert credential is not None
    assert (credential.protocol, credential.host, credential.password.reveal()) == ("http", name, person.token)
    for other in (
        "https://gitlab.com/group/project.git",
        f"https://{name}/group/project.git",
        "http://127.0.0.1:1/group/project.git",
        "git@127.0.0.1:group/project.git",
    ):
        assert host.git_credential(address(other)) is None
