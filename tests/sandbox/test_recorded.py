"""The sandbox beside recordings of real GitLab servers: same status, same error body, same header names.

The recordings are not part of this repository; GITLAB_FACTS says where they are.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import requests
from git_workspace import Workspace, initialize
from gitlab.v4.objects import Project
from sandbox_server import SandboxGitlab

FACTS = Path(os.environ.get("GITLAB_FACTS", "../shared/data")) / "gitlab"
RECORDED = FACTS / "recorded/http"

pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recordings at {RECORDED} (GITLAB_FACTS)")

# What a proxy or GitLab.com's rate limiter adds, and what changes with the network
_NOT_GITLABS = {"server", "date", "content-length", "connection", "transfer-encoding"}

# Parameters that only the paid edition declares
_PAID = {"repository_checksum_failed", "wiki_checksum_failed"}

# Keys of old recordings that current GitLab (see schemas/entities.json and its documentation) no longer sends, and
# keys that only GitLab.com's paid tiers have
_GONE = {
    "user": {"scim_identities"},
    "project": {
        "approvals_before_merge",
        "issues_template",
        "merge_pipelines_enabled",
        "merge_trains_enabled",
        "mirror",
    },
}

CASES: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "GET_projects_id__200__2024-09_ogr": ("GET", "/projects/{path}", None),
    "GET_projects_id__404__0000-00_ogr": ("GET", "/projects/no%2Fproject", None),
    "DELETE_projects_id__202__0000-00_ogr": ("DELETE", "/projects/{doomed}", None),
    "GET_groups_id_projects__200__2021-12_ogr": ("GET", "/groups/{group}/projects", None),
    "GET_projects_id_forks__200__2020-08_ogr": ("GET", "/projects/{id}/forks", None),
    "GET_projects_id_languages__200__0000-00_ogr": ("GET", "/projects/{id}/languages", None),
    "GET_projects_id_repository_branches_x__200__2019-11_ogr": (
        "GET",
        "/projects/{id}/repository/branches/test_branch",
        None,
    ),
    "GET_projects_id_repository_commits__200__2021-04_ogr": (
        "GET",
        "/projects/{id}/repository/commits?ref_name=master",
        None,
    ),
    "GET_projects_id_repository_files_x__404__0000-00_ogr": (
        "GET",
        "/projects/{id}/repository/files/%2Eblablabla_nonexisting_file?ref=master",
        None,
    ),
    "GET_projects_id_repository_tags_x__200__2020-06_ogr": ("GET", "/projects/{id}/repository/tags/2%2E44%2E1", None),
    "GET_projects_id_repository_tree__200__0000-00_ogr": (
        "GET",
        "/projects/{id}/repository/tree?recursive=False&ref=master",
        None,
    ),
    "GET_user__200__2025-05_ogr": ("GET", "/user", None),
    "GET_user__401__0000-00_ogr": ("GET", "/user", None),
    "GET_users__200__0000-00_ogr": ("GET", "/users?username=root", None),
    "POST_projects__201__2021-09_ogr": ("POST", "/projects", {"name": "new-ogr-testing-repo"}),
    "POST_projects_id_members__409__0000-00_ogr": (
        "POST",
        "/projects/{id}/members",
        {"user_id": 1, "access_level": 30},
    ),
}


def recording(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return found


@pytest.fixture(scope="module")
def project(
    gitlab_server: SandboxGitlab, tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> Project:
    """A project with what the recordings ask for."""
    project = gitlab_server.project()
    clone: Workspace = initialize(tmp_path_factory.mktemp("recorded"), environment)
    clone.git("tag", "-m", "Stable", "2.44.1")
    clone.git("push", "-q", gitlab_server.remote(project), "main:master", "main:test_branch", "2.44.1")
    return project


@pytest.fixture(scope="module")
def places(gitlab_server: SandboxGitlab, project: Project) -> dict[str, Any]:
    gl = gitlab_server.root.gl
    group = gl.groups.create({"name": "recorded", "path": "recorded"})
    gl.projects.create({"name": "inside", "namespace_id": group.id})
    return {
        "id": project.id,
        "path": project.path_with_namespace.replace("/", "%2F"),
        "group": group.id,
        "doomed": gitlab_server.project().id,
    }


def call(gitlab_server: SandboxGitlab, places: dict[str, Any], name: str) -> requests.Response:
    method, path, body = CASES[name]
    token = None if "__401__" in name else ""
    return gitlab_server.call(method, path.format(**places), token, json=body)


@pytest.mark.parametrize("name", CASES)
def test_status_errors_and_header_names_are_the_recorded_ones(
    gitlab_server: SandboxGitlab, places: dict[str, Any], name: str
) -> None:
    recorded = recording(name)["response"]
    answer = call(gitlab_server, places, name)
    assert answer.status_code == recorded["status"], answer.text
    if answer.status_code >= 202:
        assert answer.json() == recorded["body"]
    names = {header.lower() for header in answer.headers}
    wanted = {header for header in recorded["headers"] if not header.startswith("ratelimit-")} - _NOT_GITLABS
    assert wanted <= names
    for header in ("cache-control", "content-type"):
        assert answer.headers[header] == recorded["headers"][header]
    if "link" in recorded["headers"]:
        assert _parameters(answer.headers["link"]) == _parameters(recorded["headers"]["link"])


def _parameters(link: str) -> list[tuple[str, list[str]]]:
    """Each link's rel and the names of its parameters, in order."""
    found = []
    for part in link.split(", <"):
        address, _, rel = part.partition(">; rel=")
        names = [pair.partition("=")[0] for pair in address.partition("?")[2].split("&")]
        found.append((rel.strip('"'), [name for name in names if name not in _PAID]))
    return found


def _keys(body: Any) -> set[str]:
    return set(body[0] if isinstance(body, list) else body)


@pytest.mark.parametrize("name", [name for name in CASES if "__20" in name and "languages" not in name])
def test_no_recorded_key_is_missing(gitlab_server: SandboxGitlab, places: dict[str, Any], name: str) -> None:
    if name.startswith(("DELETE", "POST", "GET_projects_id_forks")):
        pytest.skip("the call can't be made twice, or its list is empty here")
    wanted = _keys(recording(name)["response"]["body"])
    subject = "user" if name.startswith("GET_user__") else "project"
    optional = {"owner", "job_token"} | _GONE[subject]
    assert wanted - _keys(call(gitlab_server, places, name).json()) <= optional


def test_entities_have_the_listed_keys(gitlab_server: SandboxGitlab, project: Project) -> None:
    entities = json.loads((FACTS / "schemas/entities.json").read_text())
    base = f"/projects/{project.id}"
    user = _keys(gitlab_server.call("GET", "/users?username=root", gitlab_server.person().token).json())
    assert user == {*entities["UserBasic"]["keys"], "public_email", "locked"}
    commits = _keys(gitlab_server.call("GET", f"{base}/repository/commits").json())
    assert commits == set(entities["Commit"]["keys"])
    commit = gitlab_server.call("GET", f"{base}/repository/commits/master").json()
    assert set(commit) == commits | {"stats", "status", "last_pipeline", "project_id"}
    diff = gitlab_server.call("GET", f"{base}/repository/commits/master/diff").json()
    assert _keys(diff) == set(entities["Diff"]["keys"])
    token = gitlab_server.call("GET", "/personal_access_tokens/self").json()
    assert set(token) == {*entities["PersonalAccessToken"]["keys"], "last_used_ips"}
    path = f"/users/{gitlab_server.root.id}/personal_access_tokens"
    made = gitlab_server.call("POST", path, json={"name": "n", "scopes": ["api"]}).json()
    assert set(made) == {*entities["PersonalAccessToken"]["keys"], "token"}
