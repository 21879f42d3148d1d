"""Signing in and out, with every token that does not serve."""

from __future__ import annotations

import stat
from collections.abc import Callable

import pytest
from api_client import Api, FailedError
from conftest import host_of
from git_workspace import Workspace
from jupyter_process import JupyterProcess, clean_environment, jupyter_server
from sandbox_server import Person, SandboxGitlab

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


@pytest.fixture
def api(clone_into: Clone, reviewer_lab: JupyterProcess, reviewer: Person) -> Api:
    _, api = clone_into(reviewer_lab, reviewer)
    api("sign_out")
    return api


def refused(api: Api, host: str, token: str) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api("sign_in", {"host": host, "token": token})
    assert len(token) < 8 or token not in str(caught.value)
    return caught.value


def test_signing_in_and_out_leaves_no_trace_of_the_token(
    api: Api, gitlab_server: SandboxGitlab, reviewer: Person, reviewer_lab: JupyterProcess
) -> None:
    before = api("get_account")
    assert not before.signed_in and before.problem is None
    assert before.host == host_of(gitlab_server.url)
    assert before.token_url.startswith(gitlab_server.url) and "scopes" in before.token_url
    response = api.response("sign_in", {"host": before.host, "token": reviewer.token})
    assert response.status_code == 201 and reviewer.token not in response.text
    account = api("get_account")
    assert (account.signed_in, account.username, account.source, account.scopes) == (True, "reviewer", "file", ["api"])
    assert account.user_id == reviewer.id
    kept = [
        path
        for path in (reviewer_lab.root.parent / "data").rglob("*")
        if path.is_file() and reviewer.token in path.read_text("utf-8", "ignore")
    ]
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    assert not api("sign_out").signed_in
    assert reviewer.token not in kept[0].read_text("utf-8") if kept[0].exists() else True
    assert reviewer.token not in reviewer_lab.log.read_text("utf-8", "replace")


def test_a_token_that_does_not_serve_is_named_and_not_kept(
    api: Api, gitlab_server: SandboxGitlab, reviewer: Person
) -> None:
    host = host_of(gitlab_server.url)
    expired, _ = gitlab_server.token(reviewer.id, expires_at="2020-01-01")
    revoked, client = gitlab_server.token(reviewer.id)
    client.personal_access_tokens.get("self").delete()
    reading, _ = gitlab_server.token(reviewer.id, scopes=["read_api"])
    codes = {
        "glpat-nobody-has-this-one": {"token_invalid"},
        expired: {"token_expired", "token_invalid"},
        revoked: {"token_revoked", "token_invalid"},
        reading: {"token_scope_missing"},
    }
    for token, expected in codes.items():
        found = refused(api, host, token)
        assert found.code in expected
        assert found.reply.hint
        assert not api("get_account").signed_in
    assert "api" in refused(api, host, reading).reply.message


@pytest.mark.parametrize("token", ["", " ", "with space", "line\nbreak", "ü", "x" * 100_000])
def test_what_can_be_no_token_is_not_sent(api: Api, gitlab_server: SandboxGitlab, token: str) -> None:
    assert refused(api, host_of(gitlab_server.url), token).code in ("bad_request", "token_invalid")


def test_a_token_that_is_revoked_later_is_the_accounts_problem(
    api: Api, gitlab_server: SandboxGitlab, reviewer: Person
) -> None:
    token, client = gitlab_server.token(reviewer.id)
    api("sign_in", {"host": host_of(gitlab_server.url), "token": token})
    client.personal_access_tokens.get("self").delete()
    with pytest.raises(FailedError) as caught:
        api("list_merge_requests")
    assert caught.value.code in ("token_revoked", "token_invalid")
    assert caught.value.status == 401
    account = api("get_account")
    assert not account.signed_in and account.problem is not None
    api("sign_out")


def test_a_restarted_server_is_still_signed_in_and_goes_on(
    tmp_path_factory: pytest.TempPathFactory, gitlab_server: SandboxGitlab, clone_into: Clone, author: Person
) -> None:
    home = tmp_path_factory.mktemp("restarted")
    environment = clean_environment(home)
    with jupyter_server(home, home / "root", {}, environment) as server:
        workspace, api = clone_into(server, author)
        api("sign_in", {"host": host_of(gitlab_server.url), "token": author.token})
        api("create_branch", {"name": "feature"})
        workspace.write("README.md", "# Changed\n")
        api("stage", {"paths": ["README.md"]})
    # the dialog was open meanwhile; it sends what it would have sent
    with jupyter_server(home, home / "root", {}, environment) as server:
        api = server.api.at(api.folder)
        api("commit", {"message": "Change"})
        api("push", {})
        body = {"title": "Change", "source_branch": "feature", "target_branch": "main"}
        assert api("create_merge_request", body).author.username == "author"
    log = (home / "jupyter.log").read_text("utf-8", "replace")
    assert author.token not in log
    assert "Traceback" not in log
