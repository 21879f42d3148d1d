"""The whole way once, on the sandbox and on a true GitLab.

The latter if ``GITLAB_TEST_URL`` and ``GITLAB_TEST_TOKEN`` (scope ``api``) are set: a private project is made in the
user's namespace and deleted in the end.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator

import gitlab
import pytest
from gitlab.v4.objects import Project
from sandbox_server import SandboxGitlab

from jupyterlab_gitlab.contract.discussions import CreateDiscussionBody
from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import (
    CreateMergeRequestBody,
    MergeBody,
    MergeRequest,
    MergeRequestsParams,
    UpdateMergeRequestBody,
)
from jupyterlab_gitlab.remote import Connections, GitLabProject, HostSettings, Secret
from jupyterlab_gitlab.remote.addresses import BaseUrl

from .conftest import Connect
from .world import NOTES, address, on_line

PATIENCE = 60.0


@pytest.fixture(params=["sandbox", "gitlab"])
def server(request: pytest.FixtureRequest) -> tuple[str, str]:
    """URL and token."""
    if request.param == "sandbox":
        sandbox: SandboxGitlab = request.getfixturevalue("sandbox")
        return sandbox.url, sandbox.person().token
    url, token = os.environ.get("GITLAB_TEST_URL"), os.environ.get("GITLAB_TEST_TOKEN")
    if not url or not token:
        pytest.skip("GITLAB_TEST_URL and GITLAB_TEST_TOKEN are not set")
    return url, token


@pytest.fixture
def plain(server: tuple[str, str]) -> Iterator[Project]:
    """A new project with one file, by the plain client."""
    gl = gitlab.Gitlab(server[0], private_token=server[1])
    project = gl.projects.create({"name": f"workflow-test-{uuid.uuid4().hex[:8]}", "visibility": "private"})
    action = {"action": "create", "file_path": "notes.txt", "content": NOTES}
    project.commits.create({"branch": "main", "commit_message": "Start", "actions": [action]})
    yield project
    project.delete()


@pytest.fixture
def connections(server: tuple[str, str], connect: Connect) -> Connections:
    base = BaseUrl.parse(server[0])
    assert base is not None
    host = HostSettings(base.name, base, allow_http=base.loopback)
    return connect(hosts=(host,), tokens={base.name: Secret(server[1])})


@pytest.fixture
def project(connections: Connections, plain: Project) -> GitLabProject:
    return connections.project(address(plain.http_url_to_repo))


def settled(project: GitLabProject, iid: int, ready: Callable[[MergeRequest], bool]) -> MergeRequest:
    """The merge request once GitLab, which works in the background, has come to *ready*."""
    end = time.monotonic() + PATIENCE
    while not ready(found := project.merge_request(iid)):
        assert time.monotonic() < end, found
        time.sleep(0.2)
    return found


def test_the_account(connections: Connections, plain: Project) -> None:
    account = connections.host(address(plain.http_url_to_repo)).account()
    assert account.signed_in and account.username and "api" in account.scopes


def test_from_branch_to_merge(project: GitLabProject, plain: Project) -> None:
    change = {"action": "update", "file_path": "notes.txt", "content": NOTES.replace("line 3\n", "line three\n")}
    plain.commits.create(
        {"branch": "topic", "start_branch": "main", "commit_message": "Say three", "actions": [change]}
    )
    assert project.project().id == plain.id
    assert (project.project().access_level or 0) >= 40
    body = CreateMergeRequestBody(title="Say three", source_branch="topic", target_branch="main", draft=True)
    iid = project.create_merge_request(body).iid
    with pytest.raises(GitLabWorkflowError) as caught:
        project.create_merge_request(body)
    assert (caught.value.code, caught.value.details["iid"]) == (ErrorCode.MERGE_REQUEST_EXISTS, iid)
    assert [each.iid for each in project.merge_requests(MergeRequestsParams(scope="mine")).items] == [iid]
    assert project.merge_request_counts().mine == 1

    drafted = settled(project, iid, lambda found: found.diff_refs is not None and not found.mergeability.checking)
    assert (drafted.draft, drafted.mergeability.status) == (True, "draft_status")
    assert project.versions(iid).versions[0].diff_refs == drafted.diff_refs
    assert [each.title for each in project.commits(iid).commits] == ["Say three"]
    files = project.version_files(iid).files
    assert [(each.path.id, each.status, each.additions, each.deletions) for each in files] == [
        ("notes.txt", "modified", 1, 1)
    ]
    assert project.file_bytes(drafted.sha or "", b"notes.txt") == NOTES.replace("line 3\n", "line three\n").encode()

    for new, old in ((3, None), (None, 3), (4, 4), (30, 30)):
        made = project.create_discussion(iid, on_line(drafted.diff_refs, new=new, old=old))
        assert made.position is not None
        assert (made.position.new_line, made.position.old_line, made.position.outdated) == (new, old, False)
    with pytest.raises(GitLabWorkflowError) as caught:
        project.create_discussion(iid, on_line(drafted.diff_refs, new=4))
    assert caught.value.code is ErrorCode.POSITION_REFUSED
    general = project.create_discussion(iid, CreateDiscussionBody(body="In general"))
    project.create_note(iid, general.id, "And so on")
    assert project.merge_request(iid).unresolved == 5
    for thread in project.discussions(iid).discussions:
        if thread.resolvable:
            assert project.resolve_discussion(iid, thread.id, True).resolved
    assert project.merge_request(iid).unresolved == 0

    with pytest.raises(GitLabWorkflowError) as caught:
        project.merge(iid, MergeBody(sha=drafted.sha or ""))
    assert caught.value.code is ErrorCode.NOT_MERGEABLE
    project.update_merge_request(iid, UpdateMergeRequestBody(draft=False))
    ready = settled(project, iid, lambda found: found.mergeability.mergeable)
    with pytest.raises(GitLabWorkflowError) as caught:
        project.merge(iid, MergeBody(sha="0" * 40))
    assert caught.value.code is ErrorCode.HEAD_MOVED
    assert project.merge(iid, MergeBody(sha=ready.sha or "")).state == "merged"
