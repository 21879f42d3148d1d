"""The project, its people, labels and templates."""

from __future__ import annotations

import pytest
from sandbox_server import SandboxGitlab

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import CreateMergeRequestBody, MergeRequestsParams
from jupyterlab_gitlab.remote import Connections, Secret

from .conftest import Connect
from .fault_server import Answer, Asked, FaultServer
from .world import World, address


def test_the_project_and_the_users_rights(world: World) -> None:
    project = world.author.project()
    assert (project.path_with_namespace, project.default_branch) == (world.project.path_with_namespace, "main")
    assert (project.access_level, world.reviewer.project().access_level) == (50, 40)
    assert world.author.git_url() == world.project.http_url_to_repo


def test_a_project_one_may_not_see_is_not_found_with_the_reason_why(
    sandbox: SandboxGitlab, connect: Connect, world: World
) -> None:
    stranger = sandbox.person()
    connections = connect(tokens={sandbox.url.removeprefix("http://"): Secret(stranger.token)})
    with pytest.raises(GitLabWorkflowError) as caught:
        connections.project(address(world.project.http_url_to_repo)).project()
    assert (caught.value.code, caught.value.status) == (ErrorCode.PROJECT_NOT_FOUND, 404)
    assert world.project.path_with_namespace in caught.value.message
    assert "may not see" in caught.value.hint


def test_a_subgroup_project_is_found_by_its_whole_path(sandbox: SandboxGitlab, connect: Connect) -> None:
    group = sandbox.root.gl.groups.create({"name": "lab", "path": "remote-lab"})
    sub = sandbox.root.gl.groups.create({"name": "Team.1", "path": "team.1", "parent_id": group.id})
    made = sandbox.root.gl.projects.create({"name": "my.model", "namespace_id": sub.id})
    connections = connect(tokens={sandbox.url.removeprefix("http://"): Secret(sandbox.root.token)})
    assert connections.project(address(made.http_url_to_repo)).project().id == made.id


def test_members_are_searched_by_name(world: World) -> None:
    everybody = world.author.members().users
    assert {user.username for user in everybody} == {world.ann.username, world.ben.username}
    assert [user.id for user in world.author.members(world.ben.username).users] == [world.ben.id]
    assert world.author.members("nobody-of-this-name").users == []


def test_labels_of_the_project(world: World) -> None:
    world.project.labels.create({"name": "data, big", "color": "#ff0000", "description": "Large"})
    world.project.labels.create({"name": "model", "color": "#00ff00"})
    found = {label.name: label for label in world.author.labels().labels}
    assert set(found) == {"data, big", "model"}
    assert (found["data, big"].color.lower(), found["data, big"].description) == ("#ff0000", "Large")
    assert found["model"].description == ""
    assert [label.name for label in world.author.labels("mod").labels] == ["model"]


def test_templates_of_the_repository_and_the_default_one(world: World) -> None:
    assert (world.author.templates().templates, world.author.templates().default) == ([], None)
    actions = [
        {"action": "create", "file_path": f".gitlab/merge_request_templates/{name}.md", "content": f"## {name}\n"}
        for name in ("default", "Data & más")
    ]
    world.project.commits.create({"branch": "main", "commit_message": "Templates", "actions": actions})
    found = world.reviewer.templates()
    assert {each.name: each.content for each in found.templates} == {
        "default": "## default\n",
        "Data & más": "## Data & más\n",
    }
    assert found.default == "default"


PROJECT = {"id": 5, "name": "p", "path_with_namespace": "me/p", "web_url": "http://x/me/p"}
UPSTREAM = {**PROJECT, "id": 9, "path_with_namespace": "team/p", "merge_requests_template": "From the settings"}


def forked(faulty: FaultServer, upstream: Answer, **more: object) -> None:
    """Project 5 is a fork of 9."""
    fork = {**PROJECT, "forked_from_project": {"id": 9, "name": "p"}, **more}
    row = {
        "iid": 1,
        "title": "t",
        "state": "opened",
        "author": {"id": 1, "username": "a", "name": "A"},
        "source_branch": "topic",
        "target_branch": "main",
        "target_project_id": 9,
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
        "web_url": "",
    }
    rows = [{**row, "source_project_id": 5}, {**row, "iid": 2, "source_project_id": 77}]

    def rule(asked: Asked) -> Answer:
        path = asked.path.partition("?")[0].removeprefix("/api/v4")
        if path == "/projects/me%2Fp":
            return Answer(200, fork)
        if path == "/projects/9":
            return upstream
        if path == "/projects/9/merge_requests":
            return Answer(200, rows, {"X-Total": "2"})
        return Answer(404, {"error": "404 Not Found"})

    faulty.rule = rule


def test_merge_requests_of_a_fork_go_to_the_project_it_was_forked_from(
    faulty: FaultServer, signed_in: Connections
) -> None:
    forked(faulty, Answer(200, UPSTREAM))
    project = signed_in.project(address(f"{faulty.url}/me/p.git"))
    assert (project.project().id, project.git_url()) == (9, f"{faulty.url}/team/p.git")
    with pytest.raises(GitLabWorkflowError):
        project.create_merge_request(CreateMergeRequestBody(title="t", source_branch="s", target_branch="main"))
    post = faulty.asked[-1]
    assert (post.path, b'"target_project_id": 9' in post.body) == ("/api/v4/projects/5/merge_requests", True)


def test_a_branch_of_the_same_name_in_another_fork_is_not_mine(faulty: FaultServer, signed_in: Connections) -> None:
    forked(faulty, Answer(200, UPSTREAM))
    project = signed_in.project(address(f"{faulty.url}/me/p.git"))
    page = project.merge_requests(MergeRequestsParams(source_branch="topic"))
    assert ([each.iid for each in page.items], page.total) == ([1], None)


@pytest.mark.parametrize("hidden", [False, True])
def test_a_fork_keeps_its_merge_requests_where_it_says_so_or_must(
    faulty: FaultServer, signed_in: Connections, hidden: bool
) -> None:
    if hidden:
        forked(faulty, Answer(404, {"message": "404 Project Not Found"}))
    else:
        forked(faulty, Answer(200, UPSTREAM), mr_default_target_self=True)
    assert signed_in.project(address(f"{faulty.url}/me/p.git")).project().id == 5


def test_a_template_of_the_projects_settings_is_the_default(faulty: FaultServer, signed_in: Connections) -> None:
    forked(faulty, Answer(200, UPSTREAM))
    found = signed_in.project(address(f"{faulty.url}/me/p.git")).templates()
    assert [each.content for each in found.templates if each.name == found.default] == ["From the settings"]
