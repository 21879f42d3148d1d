"""Suggested changes over HTTP: written, applied as a commit, or put into the open notebook."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from api_client import Api, FailedError
from fault_proxy import FaultProxy
from git_workspace import Workspace, notebook
from gitlab.v4.objects import Project
from sandbox_server import Person, SandboxGitlab

from .conftest import Opened
from .test_reviews import proxy as proxy
from .test_reviews import start as start

SOURCES = ("import math", "def area(r):\n    return math.pi * r * r\n", "area(2)")


def failure(api: Api, name: str, body: object = None, **parameters: object) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    return caught.value


def versions(opened: Opened, path: str = "train.ipynb") -> dict[str, Any]:
    refs = opened.api("get_merge_request", iid=opened.iid).diff_refs
    shas = {"base_sha": refs.base_sha, "start_sha": refs.start_sha, "head_sha": refs.head_sha}
    return {**shas, "old_path": path, "new_path": path}


def content_of(opened: Opened, path: str) -> str:
    return (opened.workspace.top / path).read_bytes().decode()


def raw_line(opened: Opened, text: str, path: str = "train.ipynb") -> int:
    content = content_of(opened, path)
    return content[: content.index(text)].count("\n") + 1


def suggest(opened: Opened, first: int, last: int, *lines: str, path: str = "train.ipynb") -> dict[str, Any]:
    """Writes a suggestion the way the page does; how it is applied."""
    where = versions(opened, path)
    params = {name: where[name] for name in ("base_sha", "head_sha")}
    id_of = path.replace(" ", "%20")
    asked = {**params, "old_path": id_of, "new_path": id_of, "first": first, "last": last}
    found = opened.api("get_suggestible", **asked)
    block = "\n".join([f"```suggestion:-{found.above}+0", *lines, "```"])
    position = {**where, "old_path": id_of, "new_path": id_of}
    position |= {"old_line": found.position.old_line, "new_line": found.position.new_line}
    if found.start is not None:
        position["start"] = {"old_line": found.start.old_line, "new_line": found.start.new_line}
    made = opened.api("create_discussion", {"body": f"Better:\n\n{block}", "position": position}, iid=opened.iid)
    (suggestion,) = made.notes[0].suggestions
    assert suggestion.lines == list(lines)
    if content_of(opened, path).count("\n") > 1:  # of a file in one line GitLab tells the whole line
        assert suggestion.old_lines == found.lines
    rows = [(row.kind, row.text) for row in suggestion.rows]
    assert [text for kind, text in rows if kind != "added"] == (suggestion.old_lines or [])
    assert [text for kind, text in rows if kind != "removed"] == list(lines)
    assert made.notes[0].body.split("\n")[suggestion.begins : suggestion.ends] == block.split("\n")
    return {"discussion_id": made.id, "note_id": made.notes[0].id, "index": 0}


def apply(opened: Opened, *refs: dict[str, Any], **more: Any) -> Any:
    sha = opened.api("get_merge_request", iid=opened.iid).sha
    return opened.api("apply_suggestions", {"sha": sha, "suggestions": list(refs), **more}, iid=opened.iid)


def on_gitlab(project: Project, path: str = "train.ipynb") -> str:
    return project.files.get(path, ref="feature").decode().decode()  # type: ignore[no-any-return]


def push(opened: Opened, content: str, path: str = "train.ipynb") -> None:
    opened.workspace.write(path, content)
    opened.api("stage", {"paths": [path]})
    opened.sha = opened.api("commit", {"message": "More"}).commit.sha
    opened.api("push", {})


def test_a_suggestion_becomes_a_commit_that_changes_one_line(opened: Opened, project: Project) -> None:
    before = on_gitlab(project)
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return math.pi * r**2")
    done = apply(opened, ref)
    assert (done.branch, [file.id for file in done.files], done.resolved) == (
        "feature",
        ["train.ipynb"],
        [ref["discussion_id"]],
    )
    assert done.error is None
    assert on_gitlab(project) == before.replace("math.pi * r * r", "math.pi * r**2")
    commit = project.commits.get(done.commit)
    assert commit.title == "Apply 1 suggestion(s) to 1 file(s)"
    assert "Suggested by @author" in commit.message
    assert opened.api("get_merge_request", iid=opened.iid).sha == done.commit
    # GitLab does not know that it was applied: its thread does
    (seen,) = [each for each in opened.api("list_discussions", iid=opened.iid).discussions if each.position]
    assert [note.body.split("\n")[0] for note in seen.notes if not note.system][1:] == [
        f"Applied in {done.commit[:8]}."
    ]
    assert seen.resolved and seen.notes[0].suggestions[0].applied
    again = failure(opened.api, "apply_suggestions", {"sha": done.commit, "suggestions": [ref]}, iid=opened.iid)
    assert (again.code, again.reply.message) == ("suggestion_refused", "This suggestion has been applied already.")
    # the clone is as it was and can follow
    assert opened.workspace.git("rev-parse", "HEAD") == opened.sha
    opened.api("pull", {})
    assert opened.workspace.git("rev-parse", "HEAD") == done.commit


def test_several_at_once_are_one_commit(opened: Opened, project: Project) -> None:
    first, last = raw_line(opened, '"def area'), raw_line(opened, "return math.pi")
    function = suggest(opened, first, last, "def area(radius):", '    """Of a circle."""', "    return 3")
    use = suggest(opened, raw_line(opened, '"area(2)'), raw_line(opened, '"area(2)'))
    text = suggest(opened, 2, 2, "2", path="new file.txt")
    done = apply(opened, function, use, text, message="Say it better")
    assert project.commits.get(done.commit).message.strip() == "Say it better"
    assert sorted(file.display for file in done.files) == ["new file.txt", "train.ipynb"]
    cells = [cell["source"] for cell in json.loads(on_gitlab(project))["cells"]]
    assert cells == [["import math"], ["def area(radius):\n", '    """Of a circle."""\n', "    return 3\n"], []]
    assert on_gitlab(project, "new file.txt") == "one\n2\n"


def test_a_suggestion_for_a_text_file_is_applied_by_gitlab_itself(opened: Opened, project: Project) -> None:
    ref = suggest(opened, 1, 1, "first", path="new file.txt")
    done = apply(opened, ref)
    assert on_gitlab(project, "new file.txt") == "first\ntwo\n"
    (seen,) = [each for each in opened.api("list_discussions", iid=opened.iid).discussions if not each.notes[0].system]
    assert seen.notes[0].suggestions[0].applied
    assert project.branches.get("feature").commit["id"] == done.commit
    again = failure(opened.api, "apply_suggestions", {"sha": done.commit, "suggestions": [ref]}, iid=opened.iid)
    assert (again.code, again.reply.message) == ("suggestion_refused", "This suggestion has been applied already.")


def test_code_that_has_moved_on_is_not_touched(opened: Opened, project: Project) -> None:
    first, last = raw_line(opened, '"def area'), raw_line(opened, "return math.pi")
    ref = suggest(opened, first, last, "def area(radius):", "    return 3")
    # the last line, which the thread hangs on, stays; the first one changes
    push(opened, notebook(SOURCES[0], "def area(r: float):\n    return math.pi * r * r\n", "area(2)"))
    body = {"sha": opened.sha, "suggestions": [ref]}
    found = failure(opened.api, "apply_suggestions", body, iid=opened.iid)
    assert found.code == "suggestion_outdated" and found.reply.hint
    assert found.reply.details["suggestions"] == [ref]
    assert json.loads(on_gitlab(project))["cells"][1]["source"][0] == "def area(r: float):\n"


def test_a_moved_but_unchanged_place_is_found(opened: Opened, project: Project) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    push(opened, notebook("print('new')", *SOURCES))
    apply(opened, ref)
    assert json.loads(on_gitlab(project))["cells"][2]["source"] == ["def area(r):\n", "    return 3\n"]


def test_an_outdated_thread_and_an_old_head_are_refused(opened: Opened) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    old = opened.sha
    push(opened, notebook(SOURCES[0], "def area(r):\n    return 4\n", "area(2)"))
    for sha in (old, opened.sha):
        found = failure(opened.api, "apply_suggestions", {"sha": sha, "suggestions": [ref]}, iid=opened.iid)
        assert found.code == "suggestion_outdated"


@pytest.mark.parametrize("layout", ["crlf", "bom", "indented", "one string", "compact"])
def test_the_rest_of_the_file_stays_byte_for_byte_in_every_layout(
    opened: Opened, project: Project, layout: str
) -> None:
    document = json.loads(notebook(*SOURCES))
    if layout == "one string":
        document["cells"] = document["cells"][1:2]
        document["cells"][0]["source"] = SOURCES[1]
    if layout == "compact":
        document["cells"] = document["cells"][1:2]
    separators, indent = ((",", ":"), None) if layout == "compact" else (None, 4 if layout == "indented" else 1)
    text = json.dumps(document, indent=indent, separators=separators) + "\n"
    if layout == "crlf":
        text = text.replace("\n", "\r\n")
    if layout == "bom":
        text = "\ufeff" + text
    push(opened, text)
    line = raw_line(opened, "return math.pi")
    whole = layout in ("one string", "compact")
    lines = ["def area(r):", '    return "\\ü"'] if whole else ['    return "\\ü"']
    apply(opened, suggest(opened, line, line, *lines))
    old, new = json.dumps("    return math.pi * r * r")[1:-1], json.dumps(lines[-1], ensure_ascii=False)[1:-1]
    assert on_gitlab(project) == text.replace(old, new)


def test_a_fork_to_which_the_user_may_not_push_is_refused_in_words(
    opened: Opened, gitlab_server: SandboxGitlab, project: Project, reviewer: Person, environment: dict[str, str]
) -> None:
    project.visibility = "public"
    project.save()
    forked = reviewer.gl.projects.get(project.id).forks.create({"path": f"{project.path}-fork"})
    fork = reviewer.gl.projects.get(forked.id)
    workspace = Workspace(opened.workspace.top.parent / f"{project.path}-theirs", environment)
    opened.workspace.git("clone", "-q", gitlab_server.remote(fork, reviewer.token), str(workspace.top))
    workspace.git("checkout", "-q", "-b", "theirs", "origin/main")
    workspace.commit("Four", {"train.ipynb": notebook("import math", "def area(r):\n    return 4\n")})
    workspace.git("push", "-q", "origin", "theirs")
    asked = {"source_branch": "theirs", "target_branch": "main", "title": "Four", "target_project_id": project.id}
    theirs = replace(opened, iid=fork.mergerequests.create(asked).iid, workspace=workspace)
    opened.api("list_merge_request_files", iid=theirs.iid)
    line = raw_line(theirs, "return 4")
    ref = suggest(theirs, line, line, "    return 5")
    sha = opened.api("get_merge_request", iid=theirs.iid).sha
    found = failure(opened.api, "apply_suggestions", {"sha": sha, "suggestions": [ref]}, iid=theirs.iid)
    assert found.code == "gitlab_forbidden" and found.reply.hint
    assert fork.branches.get("theirs").commit["id"] == sha


def test_a_branch_that_moved_meanwhile_is_not_written_to(opened: Opened, project: Project) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    before = opened.sha
    push(opened, "one\ntwo\nthree\n", "new file.txt")
    found = failure(opened.api, "apply_suggestions", {"sha": before, "suggestions": [ref]}, iid=opened.iid)
    assert (found.status, found.code) == (409, "head_moved") and found.reply.hint
    assert project.branches.get("feature").commit["id"] == opened.sha
    apply(opened, ref)


def test_unsaved_and_uncommitted_work_is_not_touched_by_a_commit(opened: Opened) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    opened.workspace.write("train.ipynb", "mine")
    apply(opened, ref)
    assert (opened.workspace.top / "train.ipynb").read_text() == "mine"
    assert opened.workspace.git("rev-parse", "HEAD") == opened.sha


def test_what_can_not_be_suggested_is_said_before(opened: Opened) -> None:
    where = versions(opened)
    asked = {name: where[name] for name in ("base_sha", "head_sha", "old_path", "new_path")}
    cells = raw_line(opened, '"import math'), raw_line(opened, '"def area')
    found = failure(opened.api, "get_suggestible", first=cells[0], last=cells[1], **asked)
    assert (found.code, found.reply.message) == ("suggestion_refused", "These lines belong to several cells.")
    outputs = raw_line(opened, '"outputs"')
    assert failure(opened.api, "get_suggestible", first=outputs, last=outputs, **asked).code == "suggestion_refused"
    assert failure(opened.api, "get_suggestible", first=900, last=900, **asked).code == "suggestion_refused"
    asked |= {"old_path": "gone.txt", "new_path": "gone.txt"}
    assert failure(opened.api, "get_suggestible", first=1, last=1, **asked).code == "position_refused"


def test_a_suggestion_that_was_written_on_no_source_line_is_refused(opened: Opened) -> None:
    line = raw_line(opened, "return math.pi")
    position = {**versions(opened), "new_line": line}
    made = opened.api("create_discussion", {"body": "```suggestion:-2+0\nx\n```", "position": position}, iid=opened.iid)
    ref = {"discussion_id": made.id, "note_id": made.notes[0].id}
    found = failure(opened.api, "apply_suggestions", {"sha": opened.sha, "suggestions": [ref]}, iid=opened.iid)
    assert (found.code, found.reply.details["suggestions"][0]["note_id"]) == ("suggestion_refused", ref["note_id"])


def test_two_that_change_the_same_line_are_refused_together(opened: Opened) -> None:
    line = raw_line(opened, "return math.pi")
    one, two = (suggest(opened, line, line, f"    return {number}") for number in (1, 2))
    body = {"sha": opened.sha, "suggestions": [one, two]}
    assert failure(opened.api, "apply_suggestions", body, iid=opened.iid).code == "suggestion_refused"
    apply(opened, two)


def test_a_suggestion_that_is_gone(opened: Opened) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    for wrong in ({**ref, "index": 1}, {**ref, "note_id": 1}, {**ref, "discussion_id": "a" * 40}):
        body = {"sha": opened.sha, "suggestions": [wrong]}
        assert failure(opened.api, "apply_suggestions", body, iid=opened.iid).code == "not_found"
    assert failure(opened.api, "apply_suggestions", {"sha": opened.sha, "suggestions": []}, iid=opened.iid).code == (
        "bad_request"
    )


def test_it_can_be_put_into_the_open_notebook(opened: Opened) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    body = {"sha": opened.sha, "path": "train.ipynb", "suggestions": [ref]}
    cells = [{"id": f"cell-{index}", "source": source} for index, source in enumerate(SOURCES)]
    cells[1]["source"] = "# unsaved\n" + cells[1]["source"]
    found = opened.api("edit_open_notebook", {**body, "cells": cells}, iid=opened.iid)
    assert [(cell.index, cell.source) for cell in found.cells] == [(1, "# unsaved\ndef area(r):\n    return 3\n")]
    cells[1]["source"] = "something else"
    assert failure(opened.api, "edit_open_notebook", {**body, "cells": cells}, iid=opened.iid).code == (
        "suggestion_outdated"
    )
    other = {**body, "path": "new%20file.txt", "cells": cells}
    assert failure(opened.api, "edit_open_notebook", other, iid=opened.iid).code == "bad_request"


@pytest.mark.parametrize("fault", ["unsent", "lost", "error", "error_after"])
def test_it_is_applied_once_whatever_happens_to_its_request(
    start: Any, proxy: FaultProxy, opened: Opened, project: Project, fault: Any
) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    api = start()
    body = {"sha": opened.sha, "suggestions": [ref]}
    proxy.fail("POST", "/repository/commits", fault)
    try:
        done = api("apply_suggestions", body, iid=opened.iid)
    except FailedError as error:
        assert fault in ("unsent", "error") and error.reply.hint
        done = api("apply_suggestions", body, iid=opened.iid)
    assert project.commits.get(done.commit).parent_ids == [opened.sha]
    assert json.loads(on_gitlab(project))["cells"][1]["source"][1] == "    return 3\n"


def test_who_may_not_push_is_told_so(start: Any, opened: Opened, project: Project, reviewer: Person) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    member = project.members.get(reviewer.id)
    member.access_level = 20
    member.save()
    found = failure(start(), "apply_suggestions", {"sha": opened.sha, "suggestions": [ref]}, iid=opened.iid)
    assert found.code == "gitlab_forbidden"


def test_a_thread_that_can_not_be_resolved_is_told(
    start: Any, proxy: FaultProxy, opened: Opened, project: Project
) -> None:
    line = raw_line(opened, "return math.pi")
    ref = suggest(opened, line, line, "    return 3")
    api = start()
    proxy.fail("PUT", "/discussions/", "error")
    done = api("apply_suggestions", {"sha": opened.sha, "suggestions": [ref]}, iid=opened.iid)
    assert (done.resolved, done.error.code.value) == ([], "gitlab_error")
    assert project.branches.get("feature").commit["id"] == done.commit
