"""Branches, tags, commits, trees, files and comparisons, through the real client."""

from __future__ import annotations

import base64

import gitlab
import pytest
from gitlab.v4.objects import Project
from sandbox_server import SandboxGitlab


def refused(call: object, *arguments: object, **more: object) -> tuple[int, str]:
    """Status and message with which a call of the client is refused."""
    with pytest.raises(gitlab.GitlabError) as caught:
        call(*arguments, **more)  # type: ignore[operator]
    return int(caught.value.response_code or 0), str(caught.value.error_message)


@pytest.fixture
def project(gitlab_server: SandboxGitlab) -> Project:
    """A project with a README on main."""
    return gitlab_server.project(initialize_with_readme=True)


def add(project: Project, path: str, content: str = "x\n", branch: str = "main", **more: object) -> str:
    action = {"action": "create", "file_path": path, "content": content}
    commit = project.commits.create({"branch": branch, "commit_message": f"Add {path}", "actions": [action], **more})
    return str(commit.id)


def test_an_empty_project_lists_nothing(gitlab_server: SandboxGitlab) -> None:
    project = gitlab_server.project()
    assert project.branches.list() == []
    assert project.commits.list() == []
    assert project.tags.list() == []
    assert project.languages() == {}
    assert refused(project.repository_tree) == (404, "404 Tree Not Found")


def test_the_first_commit_by_the_api_makes_the_default_branch(gitlab_server: SandboxGitlab) -> None:
    project = gitlab_server.project()
    add(project, "a.py", branch="trunk")
    found = gitlab_server.root.gl.projects.get(project.id)
    assert (found.default_branch, found.empty_repo) == ("trunk", False)
    assert project.branches.get("trunk").protected is True


def test_a_branch_says_all_that_gitlab_says(project: Project) -> None:
    branch = project.branches.create({"branch": "feature/a.b#c+ü", "ref": "main"})
    found = project.branches.get("feature/a.b#c+ü")
    assert found.asdict() | {"project_id": 0} == branch.asdict() | {"project_id": 0}
    assert (found.protected, found.default, found.merged, found.can_push) == (False, False, False, True)
    add(project, "more.txt")
    assert project.branches.get("feature/a.b#c+ü").merged is True
    add(project, "own.txt", branch="feature/a.b#c+ü")
    assert project.branches.get("feature/a.b#c+ü").merged is False


def test_branches_are_searched_and_sorted(project: Project) -> None:
    for name in ("fix-one", "feature-one", "feature-two"):
        project.branches.create({"branch": name, "ref": "main"})
    names = [branch.name for branch in project.branches.list()]
    assert names == ["feature-one", "feature-two", "fix-one", "main"]
    assert [b.name for b in project.branches.list(search="one")] == ["feature-one", "fix-one"]
    assert [b.name for b in project.branches.list(search="^feature")] == ["feature-one", "feature-two"]
    assert [b.name for b in project.branches.list(search="two$")] == ["feature-two"]
    assert [b.name for b in project.branches.list(regex="^f.*one$")] == ["feature-one", "fix-one"]


def test_branches_that_cannot_be_are_refused(project: Project) -> None:
    create = project.branches.create
    assert refused(create, {"branch": "main", "ref": "main"}) == (400, "Branch already exists")
    assert refused(create, {"branch": "a..b", "ref": "main"}) == (400, "Branch name is invalid")
    assert refused(create, {"branch": "-d", "ref": "main"}) == (400, "Branch name is invalid")
    assert refused(create, {"branch": "x", "ref": "--all"})[0] == 400
    assert refused(create, {"branch": "main/x", "ref": "main"})[0] == 400
    assert refused(project.branches.get, "gone") == (404, "404 Branch Not Found")
    assert refused(project.branches.delete, "main")[0] == 405
    assert refused(project.branches.delete, "gone") == (404, "404 Branch Not Found")


def test_a_deleted_branch_is_gone(project: Project) -> None:
    project.branches.create({"branch": "x", "ref": "main"})
    project.branches.delete("x")
    assert [branch.name for branch in project.branches.list()] == ["main"]


def test_developers_may_not_write_to_the_protected_branch(gitlab_server: SandboxGitlab, project: Project) -> None:
    dev = gitlab_server.person()
    project.members.create({"user_id": dev.id, "access_level": 30})
    theirs = dev.gl.projects.get(project.id)
    status, message = refused(add, theirs, "a.txt")
    assert (status, message) == (403, "403 Forbidden - You are not allowed to push into this branch")
    assert theirs.branches.get("main").can_push is False
    add(theirs, "a.txt", branch="mine", start_branch="main")
    project.protectedbranches.delete("main")
    add(theirs, "b.txt")
    project.protectedbranches.create({"name": "release-*", "push_access_level": 0})
    assert refused(theirs.branches.create, {"branch": "release-1", "ref": "main"})[0] == 403
    rule = project.protectedbranches.get("release-*")
    assert rule.push_access_levels[0]["access_level_description"] == "No one"


def test_tags_are_light_or_annotated(project: Project) -> None:
    light = project.tags.create({"tag_name": "v1.0", "ref": "main"})
    assert (light.message, light.target) == ("", light.commit["id"])
    heavy = project.tags.create({"tag_name": "v2.0", "ref": "main", "message": "Second\n\nwith more"})
    assert heavy.message == "Second\n\nwith more"
    assert heavy.target != heavy.commit["id"]
    assert {tag.name for tag in project.tags.list()} == {"v1.0", "v2.0"}
    assert [tag.name for tag in project.tags.list(search="v2")] == ["v2.0"]
    assert refused(project.tags.create, {"tag_name": "v1.0", "ref": "main"}) == (400, "Tag v1.0 already exists")
    assert refused(project.tags.create, {"tag_name": "x", "ref": "no"}) == (400, "Target no is invalid")
    project.tags.delete("v1.0")
    assert refused(project.tags.get, "v1.0") == (404, "404 Tag Not Found")


def test_a_commit_does_every_kind_of_action_at_once(project: Project) -> None:
    add(project, "old.txt", "one\ntwo\n")
    add(project, "gone.txt")
    add(project, "run.sh", "#!/bin/sh\n")
    binary = bytes(range(256))
    commit = project.commits.create(
        {
            "branch": "main",
            "commit_message": "Everything\n\nSigned-off-by: Ada <ada@example.com>",
            "author_name": "Ada",
            "author_email": "ada@example.com",
            "actions": [
                {"action": "create", "file_path": "deep/er/b.bin", "content": base64.b64encode(binary).decode()}
                | {"encoding": "base64"},
                {"action": "update", "file_path": "README.md", "content": "Grüße\n"},
                {"action": "move", "file_path": "new name.txt", "previous_path": "old.txt"},
                {"action": "delete", "file_path": "gone.txt"},
                {"action": "chmod", "file_path": "run.sh", "execute_filemode": True},
            ],
        }
    )
    assert (commit.author_name, commit.committer_name) == ("Ada", "Administrator")
    assert commit.trailers == {"Signed-off-by": "Ada <ada@example.com>"}
    assert commit.stats["total"] == commit.stats["additions"] + commit.stats["deletions"] > 0
    paths = {entry["path"]: entry["mode"] for entry in project.repository_tree(recursive=True, get_all=True)}
    assert paths == {
        "deep": "040000",
        "deep/er": "040000",
        "deep/er/b.bin": "100644",
        "README.md": "100644",
        "new name.txt": "100644",
        "run.sh": "100755",
    }
    assert project.files.raw("deep/er/b.bin", ref="main") == binary
    assert project.files.raw("new name.txt", ref="main") == b"one\ntwo\n"


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ({"action": "create", "file_path": "README.md"}, "A file with this name already exists"),
        ({"action": "update", "file_path": "no.md"}, "A file with this name doesn't exist"),
        ({"action": "delete", "file_path": "no.md"}, "A file with this name doesn't exist"),
        ({"action": "move", "file_path": "x", "previous_path": "no.md"}, "A file with this name doesn't exist"),
        ({"action": "create", "file_path": "../x"}, "invalid path: '../x'"),
        ({"action": "create", "file_path": ".git/config"}, "invalid path: '.git/config'"),
        ({"action": "burn", "file_path": "x"}, "actions[0][action] does not have a valid value"),
    ],
)
def test_an_action_that_does_not_fit_is_refused(project: Project, action: dict[str, str], message: str) -> None:
    new = {"branch": "main", "commit_message": "m", "actions": [action]}
    assert refused(project.commits.create, new) == (400, message)
    assert len(project.commits.list()) == 1


def test_a_commit_may_start_a_branch(project: Project) -> None:
    add(project, "a.txt", branch="feature", start_branch="main")
    assert project.branches.get("feature").commit["parent_ids"] == [project.branches.get("main").commit["id"]]
    status, message = refused(add, project, "b.txt", branch="feature", start_branch="main")
    assert (status, message.split(".")[0]) == (400, "A branch called 'feature' already exists")
    assert refused(add, project, "b.txt", branch="nowhere")[0] == 400


def test_commits_are_listed_by_ref_path_and_time(project: Project) -> None:
    one, two = add(project, "a.txt"), add(project, "b.txt")
    add(project, "c.txt", branch="side", start_branch="main")
    assert [c.id for c in project.commits.list()][:2] == [two, one]
    assert [c.id for c in project.commits.list(query_parameters={"path": "a.txt"})] == [one]
    assert len(project.commits.list(ref_name="side")) == 4
    assert len(project.commits.list(query_parameters={"all": True})) == 4
    assert len(project.commits.list(ref_name="main..side")) == 1
    assert project.commits.list(ref_name="nothing") == []
    assert project.commits.list(until="2001-01-01T00:00:00Z") == []
    assert [c.id for c in project.commits.list(per_page=1, page=2)] == [one]
    assert project.commits.list(with_stats=True)[0].stats["additions"] == 1


def test_commit_pages_are_not_counted(gitlab_server: SandboxGitlab, project: Project) -> None:
    add(project, "a.txt")
    answer = gitlab_server.call("GET", f"/projects/{project.id}/repository/commits?per_page=1")
    assert "X-Total" not in answer.headers
    assert answer.headers["X-Next-Page"] == "2"
    assert 'rel="last"' not in answer.headers["Link"]


def test_a_commit_is_found_by_any_name(project: Project) -> None:
    sha = add(project, "a.txt", "one\n")
    for name in (sha, sha[:10], "main", "HEAD"):
        assert project.commits.get(name).id == sha
    found = project.commits.get(sha)
    assert found.title == "Add a.txt"
    assert found.stats == {"additions": 1, "deletions": 0, "total": 1}
    assert found.short_id == sha[:8]
    (diff,) = found.diff()
    assert (diff["new_path"], diff["diff"], diff["new_file"]) == ("a.txt", "@@ -0,0 +1 @@\n+one\n", True)
    assert {"type": "branch", "name": "main"} in found.refs()
    for name in ("no", "--all", "0" * 40):
        assert refused(project.commits.get, name) == (404, "404 Commit Not Found")


def test_a_branch_named_like_a_sha_wins(project: Project) -> None:
    first = project.commits.list()[0].id
    second = add(project, "a.txt")
    project.branches.create({"branch": first[:8], "ref": "main"})
    assert project.commits.get(first[:8]).id == second


def test_trees_are_listed_by_folder_and_by_page(gitlab_server: SandboxGitlab, project: Project) -> None:
    for path in ("b/one.py", "b/two.py", "a.py"):
        add(project, path)
    assert [entry["path"] for entry in project.repository_tree()] == ["b", "README.md", "a.py"]
    assert [entry["path"] for entry in project.repository_tree(path="b")] == ["b/one.py", "b/two.py"]
    every = [e["path"] for e in project.repository_tree(recursive=True, pagination="keyset", per_page=2, iterator=True)]
    assert every == ["b", "README.md", "a.py", "b/one.py", "b/two.py"]
    assert refused(project.repository_tree, path="no") == (404, "404 invalid revision or path Not Found")
    assert refused(project.repository_tree, ref="no") == (404, "404 Tree Not Found")


def test_files_are_read_with_their_facts(gitlab_server: SandboxGitlab, project: Project) -> None:
    sha = add(project, "dir/näme (1).ipynb", '{"a": 1}\n')
    add(project, "later.txt")
    found = project.files.get("dir/näme (1).ipynb", ref="main")
    assert found.decode() == b'{"a": 1}\n'
    assert (found.size, found.encoding, found.execute_filemode) == (9, "base64", False)
    assert found.last_commit_id == sha
    assert found.commit_id == project.branches.get("main").commit["id"]
    path = f"/projects/{project.id}/repository/files/later%2Etxt"
    head = gitlab_server.call("HEAD", f"{path}?ref=main")
    assert head.status_code == 200
    assert (head.headers["X-Gitlab-File-Path"], head.headers["X-Gitlab-Size"]) == ("later.txt", "2")
    assert head.headers["X-Gitlab-Execute-Filemode"] == "false"
    assert gitlab_server.call("GET", path).json() == {"error": "ref is missing"}
    raw = gitlab_server.call("GET", f"{path}/raw")
    assert (raw.text, raw.headers["X-Gitlab-Ref"]) == ("x\n", "HEAD")
    blob = project.repository_blob(found.blob_id)
    assert base64.b64decode(blob["content"]) == project.repository_raw_blob(found.blob_id) == b'{"a": 1}\n'
    assert refused(project.files.get, "no", ref="main") == (404, "404 File Not Found")
    assert refused(project.files.get, "dir", ref="main") == (404, "404 File Not Found")
    assert refused(project.files.get, "README.md", ref="no") == (404, "404 Commit Not Found")
    assert refused(project.repository_blob, "0" * 40) == (404, "404 Blob Not Found")


def test_files_are_written_with_a_guard(project: Project) -> None:
    made = project.files.create({"file_path": "n.txt", "branch": "main", "content": "1", "commit_message": "m"})
    assert (made.file_path, made.branch) == ("n.txt", "main")
    stale = project.files.get("n.txt", ref="main")
    project.files.update("n.txt", {"branch": "main", "content": "2", "commit_message": "m"})
    new = {"branch": "main", "content": "3", "commit_message": "m", "last_commit_id": stale.last_commit_id}
    assert refused(project.files.update, "n.txt", new) == (
        400,
        "You are attempting to update a file that has changed since you started editing it.",
    )
    new["last_commit_id"] = project.files.get("n.txt", ref="main").last_commit_id
    project.files.update("n.txt", new)
    assert project.files.raw("n.txt", ref="main") == b"3"
    project.files.delete("n.txt", commit_message="m", branch="main")
    assert refused(project.files.get, "n.txt", ref="main")[0] == 404


def test_a_repository_token_reads_files_and_nothing_else(gitlab_server: SandboxGitlab, project: Project) -> None:
    token, _ = gitlab_server.token(gitlab_server.root.id, ["read_repository"])
    base = f"/projects/{project.id}"
    assert gitlab_server.call("GET", f"{base}/repository/files/README.md?ref=main", token).status_code == 200
    assert gitlab_server.call("GET", base, token).status_code == 403


def test_revisions_are_compared_from_where_they_parted(project: Project) -> None:
    base = project.branches.get("main").commit["id"]
    side = add(project, "side.txt", "side\n", branch="side", start_branch="main")
    main = add(project, "main.txt")
    found = project.repository_compare("main", "side")
    assert [commit["id"] for commit in found["commits"]] == [side] == [found["commit"]["id"]]
    assert [diff["new_path"] for diff in found["diffs"]] == ["side.txt"]
    straight = project.repository_compare("main", "side", straight=True)
    assert [diff["new_path"] for diff in straight["diffs"]] == ["main.txt", "side.txt"]
    same = project.repository_compare("main", "main")
    assert (same["commit"], same["compare_same_ref"], same["diffs"]) == (None, True, [])
    assert refused(project.repository_compare, "main", "no") == (404, "404 Ref Not Found")
    assert project.repository_merge_base([main, side])["id"] == base
    assert refused(project.repository_merge_base, ["main"])[1] == "Provide at least 2 refs"
    assert refused(project.repository_merge_base, ["main", "no"])[1] == "Could not find ref: no"


def test_templates_come_from_the_default_branch(gitlab_server: SandboxGitlab, project: Project) -> None:
    add(project, ".gitlab/merge_request_templates/Default.md", "## What\n")
    add(project, ".gitlab/merge_request_templates/notes.txt", "no")
    assert [t.key for t in project.merge_request_templates.list()] == ["Default"]
    assert project.merge_request_templates.get("Default").content == "## What\n"
    missing = gitlab_server.call("GET", f"/projects/{project.id}/templates/merge_requests/No")
    assert missing.status_code == 404


def test_languages_are_shares_of_bytes(project: Project) -> None:
    add(project, "a.py", "x" * 300)
    add(project, "n.ipynb", "x" * 100)
    assert project.languages() == {"Python": 75.0, "Jupyter Notebook": 25.0}
