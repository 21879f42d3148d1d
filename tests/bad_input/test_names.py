"""Names of files and branches, on the whole way to GitLab and back."""

from __future__ import annotations

import os
import sys
import urllib.parse

import pytest
from api_client import Api
from conftest import TRAIN
from git_workspace import Workspace
from gitlab.v4.objects import Project

from jupyterlab_gitlab.contract.diffs import NotebookDiff

from .conftest import BODY, Make, told

ODD_NAMES = [
    b"with space.ipynb",
    b"quo\"te's.ipynb",
    b"new\nline.ipynb",
    b"-dash.ipynb",
    b"--force.ipynb",
    "é ü 漢.ipynb".encode(),
    b"\xff\xfe.ipynb",
    b"#1+%41&x=.ipynb",
]
ODD_BRANCHES = ["v1.0", "c#/fix", "a+b&c=d", "ünï/çödé-漢", "100%"]


@pytest.mark.skipif(sys.platform != "linux", reason="such names need a file system that takes any bytes")
def test_odd_file_names_on_the_whole_way(clone: tuple[Workspace, Api]) -> None:
    workspace, api = clone
    api("create_branch", {"name": "odd"})
    for name in ODD_NAMES:
        (workspace.top / os.fsdecode(name)).write_bytes(TRAIN.encode())
    ids = {urllib.parse.quote_from_bytes(name, safe="/~") for name in ODD_NAMES}
    assert {file.path.id for file in api("list_changes").files} == ids
    api("stage", {"paths": sorted(ids)})
    api("commit", {"message": "Add them"})
    api("push", {})
    iid = api("create_merge_request", {**BODY, "source_branch": "odd"}).iid
    files = api("list_merge_request_files", iid=iid)
    assert {file.path.id for file in files.files} == ids
    refs = files.diff_refs
    for id_ in ids:
        diff = api("get_file_diff", old="EMPTY", new=refs.head_sha, old_path=id_, new_path=id_)
        assert isinstance(diff, NotebookDiff)
        assert diff.new is not None and diff.new.path.id == id_
        if id_ == "%FF%FE.ipynb":
            continue  # GitLab's API, which is JSON, can't name it
        position = {"base_sha": refs.base_sha, "start_sha": refs.start_sha, "head_sha": refs.head_sha}
        position |= {"old_path": id_, "new_path": id_, "new_line": 3}
        said = api("create_discussion", {"body": "Hm.", "position": position}, iid=iid)
        assert said.position.new_path.id == id_


@pytest.mark.parametrize("name", ODD_BRANCHES)
def test_odd_branch_names_on_the_whole_way(clone: tuple[Workspace, Api], project: Project, name: str) -> None:
    workspace, api = clone
    api("create_branch", {"name": name})
    workspace.write("README.md", f"# {name}\n")
    api("stage", {"paths": ["README.md"]})
    api("commit", {"message": "Change"})
    assert api("push", {}).branch == name
    assert api("get_repository").upstream.branch == name
    opened = api("create_merge_request", {"title": "Odd", "source_branch": name, "target_branch": "main"})
    assert [one.iid for one in api("list_merge_requests", source_branch=name).items] == [opened.iid]
    api("switch_branch", {"name": "main"})
    merged = api("merge", {"sha": opened.diff_refs.head_sha, "remove_source_branch": True}, iid=opened.iid)
    assert (merged.state, merged.source_branch) == ("merged", name)
    assert api("pull", {}).changed_paths == [f"{api.folder}/README.md"]
    assert [branch.name for branch in project.branches.list(get_all=True)] == ["main"]


@pytest.mark.parametrize("name", ["a b", "-d", "--help", "a..b", "a~1", "x.lock", "HEAD", "@", "a\tb", "x/", "a//b"])
def test_impossible_branch_names(make_repository: Make, name: str) -> None:
    _, api = make_repository()
    code, message, hint = told(api, "create_branch", {"name": name})
    assert code == "branch_invalid"
    assert message.startswith("“") and message.endswith("” can't be the name of a branch.")
    assert hint.startswith("Leave out spaces")
