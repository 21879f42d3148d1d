"""Versions of files over HTTP: compared, their outputs, their bytes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import requests
from api_client import Api, FailedError
from git_workspace import Workspace, notebook, stream
from jupyter_process import JupyterProcess

from jupyterlab_gitlab.contract.diffs import BinaryDiff, NotebookDiff, TextDiff
from jupyterlab_gitlab.contract.operations import PREFIX

Make = Callable[..., tuple[Workspace, Api]]


def diff(api: Api, path: str, old: str = "HEAD", new: str = "WORKTREE") -> object:
    return api("get_file_diff", old=old, new=new, old_path=path, new_path=path)


def test_head_index_and_work_tree_are_three_versions(make_repository: Make) -> None:
    workspace, api = make_repository({"a.txt": "one\n"})
    workspace.write("a.txt", "two\n")
    workspace.git("add", "a.txt")
    workspace.write("a.txt", "three\n")
    sha = workspace.git("rev-parse", "HEAD")

    def added(old: str, new: str) -> list[str]:
        found = diff(api, "a.txt", old, new)
        assert isinstance(found, TextDiff)
        assert found.old is not None and found.new is not None
        assert (found.old.revision, found.new.revision) == (old, new)
        assert found.new.path.contents_path == f"{api.folder}/a.txt"
        return [row.text for row in found.rows if row.kind == "added"]

    assert added("HEAD", "INDEX") == ["two"]
    assert added("INDEX", "WORKTREE") == ["three"]
    assert added(sha, "WORKTREE") == ["three"]
    assert added(sha, "HEAD") == []


@pytest.mark.parametrize(
    "revision",
    ["main", "HEAD~1", "-p", "--output=/tmp/x", "a" * 39, "A" * 40, "HEAD:README.md", "", "@{u}", "head", ":0"],
)
def test_only_full_shas_and_keywords_are_revisions(make_repository: Make, revision: str) -> None:
    _, api = make_repository()
    for call in (
        lambda: diff(api, "README.md", revision, "HEAD"),
        lambda: api("get_blob", revision=revision, path="README.md"),
        lambda: api("get_output", revision=revision, path="README.md", cell=0, output=0, digest="x"),
    ):
        with pytest.raises(FailedError) as caught:
            call()
        assert caught.value.code == "bad_request"


def test_a_file_that_neither_side_has_is_not_found(make_repository: Make) -> None:
    _, api = make_repository()
    with pytest.raises(FailedError) as caught:
        diff(api, "nothing.txt")
    assert caught.value.code == "not_found"


def test_a_sha_that_nobody_knows_is_said_to_be_unknown(make_repository: Make) -> None:
    _, api = make_repository()
    with pytest.raises(FailedError) as caught:
        diff(api, "README.md", "0123456789" * 4)
    assert caught.value.code in ("revision_unknown", "no_remote")


def test_an_output_is_fetched_by_its_digest_until_it_changes(make_repository: Make) -> None:
    before = notebook("a", "b", outputs={0: [stream("one\n")], 1: [stream("two\n"), stream("three\n")]})
    workspace, api = make_repository({"n.ipynb": before})
    workspace.write("n.ipynb", notebook("a", "b2", outputs={0: [stream("one\n")], 1: [stream("2\n"), stream("3\n")]}))
    found = diff(api, "n.ipynb")
    assert isinstance(found, NotebookDiff)
    outputs = [(c.new.index, o.new) for c in found.cells if c.new for o in c.outputs if o.new]
    texts = [
        api("get_output", revision="WORKTREE", path="n.ipynb", cell=cell, output=one.index, digest=one.digest).output
        for cell, one in outputs
    ]
    assert [text["text"] for text in texts] == ["one\n", "2\n", "3\n"]
    with pytest.raises(FailedError) as caught:
        api("get_output", revision="HEAD", path="n.ipynb", cell=0, output=0, digest="0" * 64)
    assert caught.value.code == "file_changed"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", NotebookDiff),
        (b'{"cells": [', TextDiff),
        (b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n", TextDiff),
        (b"\xff\xfe\x00", BinaryDiff),
        (b"[1, 2]", TextDiff),
        (b'{"cells": [{"cell_type": "code", "source": ["\\ud800"]}], "nbformat": 4}', (NotebookDiff, TextDiff)),
        (b'{"cells": ' + b"[" * 5000 + b"]" * 5000 + b"}", (NotebookDiff, TextDiff)),
    ],
    ids=["empty", "truncated", "conflict markers", "binary", "a list", "lone surrogate", "deep"],
)
def test_a_broken_notebook_is_compared_all_the_same(make_repository: Make, content: bytes, kind: type) -> None:
    workspace, api = make_repository({"n.ipynb": notebook("a = 1")})
    workspace.write("n.ipynb", content)
    found = diff(api, "n.ipynb")
    assert isinstance(found, kind)
    assert not found.equal  # type: ignore[attr-defined]
    api("get_change_summary", path="n.ipynb")


def test_a_notebook_of_30_mb_does_not_hold_up_others(make_repository: Make) -> None:
    image = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo" * 270_000}}
    big = notebook(*[f"x = {n}" for n in range(12)], outputs={n: [image] for n in range(10)})
    assert len(big) > 29_000_000
    workspace, api = make_repository({"big.ipynb": big})
    document = json.loads(big)
    document["cells"][3]["source"] = ["x = 33"]
    workspace.write("big.ipynb", json.dumps(document, indent=1) + "\n")
    with ThreadPoolExecutor(1) as tab:
        waiting = tab.submit(diff, api.at(api.folder), "big.ipynb")
        latencies = []
        while not waiting.done():
            started = time.monotonic()
            api("get_status")
            latencies.append(time.monotonic() - started)
        found = waiting.result()
    assert isinstance(found, NotebookDiff)
    assert found.summary.cells_changed == 1
    assert latencies and max(latencies) < 2  # seconds, on a busy machine
    assert len(msgspec.json.encode(found)) < 500_000
    (change,) = api("list_changes").files
    assert change.large


def test_what_is_too_large_to_send_is_said_to_be(make_repository: Make) -> None:
    workspace, api = make_repository({"big.bin": b"\0" * 50_000_001})
    with pytest.raises(FailedError) as caught:
        api("get_blob", revision="HEAD", path="big.bin")
    assert (caught.value.status, caught.value.code) == (413, "too_large")
    workspace.write("big.bin", b"\0" * 50_000_002)
    found = diff(api, "big.bin")
    assert isinstance(found, BinaryDiff)
    assert "too large" in str(found.reason) and found.new is not None and found.new.size == 50_000_002


def test_pictures_are_shown_in_a_sandbox_and_pages_are_downloads(make_repository: Make) -> None:
    _, api = make_repository({"p.png": b"\x89PNG\r\n", "p.svg": "<svg/>", "page.html": "<script>alert(1)</script>"})
    for name, content_type, disposition in (
        ("p.png", "image/png", "inline"),
        ("p.svg", "image/svg+xml", "inline"),
        ("page.html", "application/octet-stream", "attachment"),
    ):
        response = api.response("get_blob", revision="HEAD", path=name)
        assert response.headers["Content-Type"] == content_type
        assert response.headers["Content-Disposition"].startswith(disposition)
        assert response.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_submodule_is_shown_and_never_opened(make_repository: Make, lab_gitconfig: object) -> None:
    inner, _ = make_repository()
    workspace, api = make_repository()
    workspace.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "inner")
    (change,) = [file for file in api("list_changes").files if file.path.id == "inner"]
    assert change.submodule
    found = diff(api, "inner", "EMPTY", "WORKTREE")
    assert isinstance(found, BinaryDiff)
    assert "submodule" in str(found.reason)


def test_a_symlink_is_compared_by_its_target_and_never_followed(make_repository: Make) -> None:
    workspace, api = make_repository()
    (workspace.top / "secret").symlink_to("/etc/passwd")
    found = diff(api, "secret", "EMPTY", "WORKTREE")
    assert isinstance(found, TextDiff)
    assert [row.text for row in found.rows] == ["/etc/passwd"]
    (workspace.top / "folder").symlink_to("/etc", target_is_directory=True)
    with pytest.raises(FailedError):
        api("get_blob", revision="WORKTREE", path="folder/passwd")


def test_a_notebook_that_became_a_folder_or_a_link_is_said_to_be_one(make_repository: Make) -> None:
    workspace, api = make_repository({"a.ipynb": notebook("a"), "b.ipynb": notebook("b")})
    for name in ("a.ipynb", "b.ipynb"):
        (workspace.top / name).unlink()
    (workspace.top / "a.ipynb").mkdir()
    (workspace.top / "a.ipynb" / "x").write_text("x")
    (workspace.top / "b.ipynb").symlink_to("elsewhere.ipynb")
    found = diff(api, "a.ipynb")
    assert isinstance(found, BinaryDiff) and found.reason == "This is a folder."
    found = diff(api, "b.ipynb")
    assert isinstance(found, TextDiff)
    assert found.reason == "The new version is a symbolic link: where it leads is compared, not what is there."
    assert [row.text for row in found.rows if row.kind == "added"] == ["elsewhere.ipynb"]
    for name in ("a.ipynb", "b.ipynb"):
        api("get_change_summary", path=name)


def test_two_comparisons_of_the_same_contents_are_equal(make_repository: Make) -> None:
    workspace, api = make_repository({"n.ipynb": notebook("a", "b")})
    workspace.write("n.ipynb", notebook("a", "c"))
    first = diff(api, "n.ipynb")
    assert diff(api, "n.ipynb") == first
    workspace.git("add", "-A")
    staged = diff(api, "n.ipynb", "HEAD", "INDEX")
    assert isinstance(first, NotebookDiff) and isinstance(staged, NotebookDiff)
    assert staged.cells == first.cells and staged.new is not None and staged.new.revision == "INDEX"


def test_a_blob_of_a_commit_may_be_kept(lab: JupyterProcess, make_repository: Make) -> None:
    workspace, api = make_repository()
    sha = workspace.git("rev-parse", "HEAD")
    response = requests.get(
        f"{lab.url}{PREFIX}/blobs",
        params={"folder": api.folder, "revision": sha, "path": "README.md", "token": lab.token},
        timeout=30,
    )
    assert response.content == b"# Start\n"
    assert "immutable" in response.headers["Cache-Control"]


def test_white_space_can_be_left_out(make_repository: Make) -> None:
    old, new = "def f():\n  return 1\nprint( 1)\n", "def f():\n    return 1\nprint(2)\n"
    workspace, api = make_repository({"a.py": old})
    workspace.write("a.py", new)

    def rows(**more: bool) -> list[tuple[str, str]]:
        found = api("get_file_diff", old="HEAD", new="WORKTREE", old_path="a.py", new_path="a.py", **more)
        assert isinstance(found, TextDiff)
        assert not found.equal
        return [(row.kind, row.text) for row in found.rows if row.kind != "same"]

    both = [("removed", "print( 1)"), ("added", "print(2)")]
    assert rows() == rows(ignore_whitespace=False)
    assert ("added", "    return 1") in rows()
    assert rows(ignore_whitespace=True) == both, "not what was kept for the other question"


def test_a_comment_keeps_its_raw_line_where_white_space_is_left_out(make_repository: Make) -> None:
    workspace, api = make_repository({"a.ipynb": notebook("if a:\n  b", "c")})
    workspace.write("a.ipynb", notebook("if a:\n    b", "c"))

    def anchors(ignore: bool) -> dict[tuple[int, int | None], object]:
        query = {"old": "HEAD", "new": "WORKTREE", "old_path": "a.ipynb", "new_path": "a.ipynb"}
        found = api("get_file_diff", **query, ignore_whitespace=ignore)
        assert isinstance(found, NotebookDiff)
        return {
            (place, row.new): row.anchor
            for place, cell in enumerate(found.cells)
            for row in cell.rows
            if row.new is not None
        }

    assert anchors(True) == anchors(False)
