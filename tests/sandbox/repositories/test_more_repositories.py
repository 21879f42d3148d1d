from __future__ import annotations

import base64
import io
import tarfile
import zipfile

import pytest
import requests

from ..little_repo import numbered
from ..review_world import Branches, World


def test_blame_names_the_commit_of_each_line(world: World, project: Branches) -> None:
    path = f"{project.api}/repository/files/f/blame?ref=feature"
    found = world.ok("GET", path)
    assert [(part["commit"]["id"], len(part["lines"])) for part in found] == [
        (project.main, 29),
        (project.feature, 1),
        (project.main, 30),
    ]
    assert found[1]["lines"] == ["thirty"] and found[1]["commit"]["author_name"] == "Ada"
    some = world.ok("GET", f"{path}&range[start]=29&range[end]=30")
    assert [part["lines"] for part in some] == [["line 29"], ["thirty"]]
    assert world.call("GET", f"{path}&range[start]=3&range[end]=2", "ada").status_code == 400
    assert world.call("GET", f"{project.api}/repository/files/x/blame?ref=feature", "ada").status_code == 404


@pytest.mark.parametrize("ending", ["", ".tar", ".tar.gz", ".tar.bz2", ".tbz", ".zip"])
def test_archives_hold_the_files_of_a_revision(world: World, project: Branches, ending: str) -> None:
    answer = world.call("GET", f"{project.api}/repository/archive{ending}?sha=feature", "ada")
    buffer = io.BytesIO(answer.content)
    name = f"{project.path.split('/')[1]}-feature-{project.feature}/f"
    if ending == ".zip":
        with zipfile.ZipFile(buffer) as archive:
            content = archive.read(name)
    else:
        with tarfile.open(fileobj=buffer) as unpacked:
            member = unpacked.extractfile(name)
            assert member is not None
            content = member.read()
    assert content.decode() == numbered(60, {30: "thirty"})
    assert world.call("GET", f"{project.api}/repository/archive{ending}?sha=feature", "ada").content == answer.content
    assert world.call("GET", f"{project.api}/repository/archive{ending}?sha=nowhere", "ada").status_code == 404


def test_a_snapshot_is_for_administrators(world: World, project: Branches) -> None:
    answer = world.call("GET", f"{project.api}/snapshot", "root")
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        assert "./HEAD" in archive.getnames()
    assert world.call("GET", f"{project.api}/snapshot", "ada").status_code == 403


def test_commits_are_picked_and_reverted_once(world: World, project: Branches) -> None:
    commit = f"{project.api}/repository/commits/{project.feature}"
    world.push(project, "other", project.repo.commit_files({"f": numbered(60, {5: "five"})}, project.main))
    assert world.ok("POST", f"{commit}/cherry_pick", branch="other", dry_run=True) == {"dry_run": "success"}
    picked = world.ok("POST", f"{commit}/cherry_pick", "dev", branch="other")
    assert picked["message"] == f"Change line 30\n\n(cherry picked from commit {project.feature})"
    assert (picked["author_name"], picked["committer_name"]) == ("Ada", "Dev")
    raw = world.call("GET", f"{project.api}/repository/files/f/raw?ref=other", "ada").text
    assert raw == numbered(60, {5: "five", 30: "thirty"})
    again = world.call("POST", f"{commit}/cherry_pick", "dev", branch="other")
    assert (again.status_code, again.json()["error_code"]) == (400, "empty")
    reverted = world.ok("POST", f"{project.api}/repository/commits/{picked['id']}/revert", "dev", branch="other")
    assert reverted["message"] == f'Revert "Change line 30"\n\nThis reverts commit {picked["id"]}'
    raw = world.call("GET", f"{project.api}/repository/files/f/raw?ref=other", "ada").text
    assert raw == numbered(60, {5: "five"})
    world.push(project, "rival", project.repo.commit_files({"f": numbered(60, {30: "a rival line"})}, project.main))
    conflict = world.call("POST", f"{commit}/cherry_pick", "dev", branch="rival")
    assert (conflict.status_code, conflict.json()["error_code"]) == (400, "conflict")
    assert world.call("POST", f"{commit}/cherry_pick", "dev", branch="main").status_code == 403
    assert world.call("POST", f"{commit}/revert", "dev", branch="nowhere").status_code == 404


def test_the_first_commit_can_be_reverted(world: World, project: Branches) -> None:
    world.push(project, "other", project.main)
    world.ok("POST", f"{project.api}/repository/commits/{project.main}/revert", branch="other")
    assert world.ok("GET", f"{project.api}/repository/tree?ref=other") == []


def test_commits_carry_comments_and_discussions(world: World, project: Branches) -> None:
    commit = f"{project.api}/repository/commits/{project.feature}"
    on_line = world.ok("POST", f"{commit}/comments", "rita", note="Why?", path="f", line=30, line_type="new")
    assert (on_line["path"], on_line["line"], on_line["author"]["username"]) == ("f", 30, "rita")
    thread = world.ok("POST", f"{commit}/discussions", body="In general")
    path = f"{commit}/discussions/{thread['id']}"
    note = world.ok("POST", f"{path}/notes", "dev", body="Yes")
    assert note["noteable_type"] == "Commit" and note["resolvable"] is False
    assert world.call("PUT", f"{path}/notes/{note['id']}", "rita", body="No").status_code == 403
    assert world.ok("PUT", f"{path}/notes/{note['id']}", "dev", body="No")["body"] == "No"
    assert [found["body"] for found in world.ok("GET", path)["notes"]] == ["In general", "No"]
    assert len(world.ok("GET", f"{commit}/discussions")) == 2 and len(world.ok("GET", f"{commit}/comments")) == 3
    assert world.call("DELETE", f"{path}/notes/{note['id']}", "ada").status_code == 204
    assert world.call("GET", f"{path}/notes/{note['id']}", "ada").status_code == 404
    assert world.call("GET", f"{commit}/signature", "ada").json() == {"message": "404 Signature Not Found"}


def test_a_commit_knows_its_merge_requests(world: World, project: Branches) -> None:
    world.open(project)
    path = f"{project.api}/repository/commits/{{}}/merge_requests"
    assert [found["iid"] for found in world.ok("GET", path.format(project.feature))] == [1]
    assert world.ok("GET", path.format(project.main)) == []
    merged = world.ok("PUT", f"{project.api}/merge_requests/1/merge")
    assert [found["iid"] for found in world.ok("GET", path.format(merged["merge_commit_sha"]))] == [1]


def test_the_first_branch_of_an_empty_project_brings_a_readme(world: World) -> None:
    made = world.ok("POST", "/projects", "root", name="bare")
    world.ok("POST", f"/projects/{made['id']}/repository/branches", "root", branch="my.branch", ref="main")
    names = [found["name"] for found in world.ok("GET", f"/projects/{made['id']}/repository/branches", "root")]
    assert names == ["main", "my.branch"]
    assert [found["name"] for found in world.ok("GET", f"/projects/{made['id']}/repository/tree", "root")] == [
        "README.md"
    ]


def test_actions_come_as_multipart_too(world: World, project: Branches) -> None:
    fields = [
        ("branch", "feature"),
        ("commit_message", "Many"),
        ("actions[][action]", "create"),
        ("actions[][file_path]", "a.bin"),
        ("actions[][content]", base64.b64encode(bytes(range(256))).decode()),
        ("actions[][encoding]", "base64"),
        ("actions[][action]", "move"),
        ("actions[][previous_path]", "f"),
        ("actions[][file_path]", "g"),
        ("actions[][action]", "chmod"),
        ("actions[][file_path]", "a.bin"),
        ("actions[][execute_filemode]", "true"),
    ]
    answer = requests.post(
        f"{world.url}/api/v4{project.api}/repository/commits",
        headers={"PRIVATE-TOKEN": world.tokens["dev"]},
        files=[(name, (None, value)) for name, value in fields],
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    tree = {found["name"]: found["mode"] for found in world.ok("GET", f"{project.api}/repository/tree?ref=feature")}
    assert tree == {"a.bin": "100755", "g": "100644"}
    assert world.call("GET", f"{project.api}/repository/files/a.bin/raw?ref=feature", "ada").content == bytes(
        range(256)
    )
