"""The sandbox's merge requests beside recordings of GitLab.com: same status, error body, header names and keys.

The recordings are not part of this repository; GITLAB_FACTS says where they are.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import requests

from .review_world import Branches, World

ROOT = Path(__file__).parents[2]
FACTS = Path(os.environ.get("GITLAB_FACTS") or ROOT / "../shared/data").resolve() / "gitlab"
RECORDED = FACTS / "recorded/http"

pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recordings at {RECORDED} (GITLAB_FACTS)")

# added by a proxy or by the rate limiter of GitLab.com
_NOT_GITLABS = {"server", "date", "content-length", "connection", "transfer-encoding"}

# gone since, or of the paid tiers: notes lost their attachment in 2024
_GONE = {"attachment", "approvals_before_merge", "allow_collaboration", "allow_maintainer_to_push"}

# parameters that GitLab added after the recordings
_LATER = {"activity_filter"}

CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "GET_projects_id_merge_requests__200__0000-00_danger": ("GET", "?state=opened", {}),
    "GET_projects_id_merge_requests_n__200__2019-05_danger-js": ("GET", "/1", {}),
    "GET_projects_id_merge_requests_n__404__0000-00_ogr": ("GET", "/100000000000000000000", {}),
    "GET_projects_id_merge_requests_n_commits__200__2019-04_danger-js": ("GET", "/1/commits", {}),
    "GET_projects_id_merge_requests_n_discussions__200__2019-02_danger": ("GET", "/1/discussions", {}),
    "GET_projects_id_merge_requests_n_discussions__200__2019-05_danger-js": ("GET", "/1/discussions", {}),
    "GET_projects_id_merge_requests_n_merge_ref__200__0000-00_ogr": ("GET", "/1/merge_ref", {}),
    "GET_projects_id_merge_requests_n_notes__200__2019-05_danger-js": ("GET", "/1/notes", {}),
    "GET_projects_id_merge_requests_n_notes_n__200__2019-09_ogr": ("GET", "/1/notes/{note}", {}),
    "POST_projects_id_merge_requests__201__2020-09_ogr": (
        "POST",
        "",
        {"source_branch": "fresh", "target_branch": "main", "title": "t"},
    ),
    "POST_projects_id_merge_requests__409__0000-00_ogr": (
        "POST",
        "",
        {"source_branch": "feature", "target_branch": "main", "title": "t"},
    ),
    "PUT_projects_id_merge_requests_n__200__2020-09_ogr": ("PUT", "/1", {"description": "d"}),
    "PUT_projects_id_merge_requests_n_merge__200__2021-04_ogr": (
        "PUT",
        "/{merging}/merge?should_remove_source_branch=False",
        {},
    ),
}


@pytest.fixture(scope="module")
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    assert world.comment(found, 1, None, 30).status_code == 201
    return found


@pytest.fixture(scope="module")
def answers(world: World, project: Branches) -> dict[str, requests.Response]:
    """One answer for each recording, asked in order."""
    world.push(project, "other", project.feature)
    merging = world.open(project, source_branch="other")["iid"]
    note = world.ok("POST", f"{project.api}/merge_requests/1/notes", body="first comment of mergerequest")["id"]
    found = {}
    for name, (method, path, params) in CASES.items():
        if not (RECORDED / f"{name}.json").exists():
            continue
        place = f"{project.api}/merge_requests{path.format(note=note, merging=merging)}"
        found[name] = world.call(method, place, "ada", **params)
    return found


def recording(name: str, part: str = "response") -> dict[str, Any]:
    file = RECORDED / f"{name}.json"
    if not file.exists():
        pytest.skip(f"{name} is not among the recordings")
    found: dict[str, Any] = json.loads(file.read_text())[part]
    return found


def _links(value: str) -> dict[str, list[str]]:
    return {rel: re.findall(r"[?&]([^=&]+)=", url) for url, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', value)}


@pytest.mark.parametrize("name", CASES)
def test_status_errors_and_header_names_are_the_recorded_ones(answers: dict[str, requests.Response], name: str) -> None:
    recorded = recording(name)
    answer = answers[name]
    assert answer.status_code == recorded["status"], answer.text
    if answer.status_code >= 400:
        digits = re.compile(r"!\d+")  # the number of the merge request that is in the way
        assert digits.sub("!", answer.text) == digits.sub("!", json.dumps(recorded["body"], separators=(",", ":")))
    wanted = {header for header in recorded["headers"] if not header.startswith("ratelimit-")} - _NOT_GITLABS
    assert wanted <= {header.lower() for header in answer.headers}
    assert answer.headers["Cache-Control"] == recorded["headers"]["cache-control"]
    assert answer.headers["Content-Type"] == recorded["headers"]["content-type"]
    link = recorded["headers"].get("link", "")
    asked = recording(name, "request")["url"].partition("?")[0]
    # links of 2016 had only what the caller sent, and one recording has the headers of another route
    if f"{asked}?id=" in link:
        mine, theirs = _links(answer.headers["Link"]), _links(link)
        assert {rel: [key for key in mine[rel] if key not in _LATER] for rel in theirs} == theirs


@pytest.mark.parametrize("name", [name for name in CASES if "__20" in name])
def test_no_recorded_key_is_missing(answers: dict[str, requests.Response], name: str) -> None:
    body, mine = recording(name)["body"], answers[name].json()
    if isinstance(body, list):
        body, mine = body[0], mine[0]
    assert set(body) - set(mine) <= _GONE
    for inner in ("notes", "author", "user", "references", "time_stats", "diff_refs", "task_completion_status"):
        theirs, ours = body.get(inner), mine.get(inner)
        if isinstance(theirs, list) and theirs:
            theirs, ours = theirs[0], ours[0]
        if isinstance(theirs, dict):
            assert set(theirs) - set(ours) <= _GONE, inner


def test_entities_have_the_listed_keys(world: World, project: Branches) -> None:
    entities = json.loads((FACTS / "schemas/entities.json").read_text())
    path = f"{project.api}/merge_requests/1"

    def keys(name: str) -> set[str]:
        return set(entities[name]["keys"])

    basic = keys("MergeRequestBasic")
    assert set(world.ok("GET", f"{project.api}/merge_requests")[0]) == basic
    single = world.ok("GET", path)
    assert set(single) == basic | keys("MergeRequest") | {"first_contribution"}
    assert set(single["diff_refs"]) == keys("DiffRefs")
    assert set(world.ok("GET", f"{path}/diffs")[0]) == keys("Diff")
    version = world.ok("GET", f"{path}/versions")[0]
    assert set(version) == keys("MergeRequestDiff")
    full = world.ok("GET", f"{path}/versions/{version['id']}")
    assert set(full) == keys("MergeRequestDiff") | keys("MergeRequestDiffFull")
    assert set(full["commits"][0]) == keys("Commit")
    assert set(world.ok("GET", f"{path}/approvals")) == keys("MergeRequestApprovals (CE/Free)")
    thread = world.comment(project, 1, None, 30).json()
    assert set(thread) == keys("Discussion") | {"resolved"}
    resolvable = {"resolved", "resolved_by", "resolved_at"}
    assert set(thread["notes"][0]) == keys("Note") | resolvable | {"commit_id", "position", "suggestions"}
    note = world.ok("POST", f"{path}/notes", body="n")
    assert set(note) == keys("Note")
