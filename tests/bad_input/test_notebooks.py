"""Notebooks that are none."""

from __future__ import annotations

import pytest
from git_workspace import notebook

from jupyterlab_gitlab.contract.diffs import NotebookDiff, TextDiff

from .conftest import Make


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", NotebookDiff, "The new version is empty."),
        (
            b'{"cells": [',
            TextDiff,
            "The new version can't be read as a notebook: its JSON ends too early: the file seems to be cut off.",
        ),
        (
            b'{\n "cells": [\n<<<<<<< HEAD\n],\n=======\n1],\n>>>>>>> main\n}',
            TextDiff,
            "The new version can't be read as a notebook: it holds conflict markers (the first in line 3).",
        ),
    ],
    ids=["empty", "truncated", "conflict markers"],
)
def test_a_broken_notebook(make_repository: Make, content: bytes, kind: type, words: str) -> None:
    workspace, api = make_repository({"n.ipynb": notebook("a = 1")})
    workspace.write("n.ipynb", content)
    found = api("get_file_diff", old="HEAD", new="WORKTREE", old_path="n.ipynb", new_path="n.ipynb")
    assert isinstance(found, kind)
    assert words in (found.notes if isinstance(found, NotebookDiff) else [found.reason])
    api("stage", {"paths": ["n.ipynb"]})
    assert api("commit", {"message": "As it is"}).commit.title == "As it is"


def test_a_notebook_of_30_mb_says_that_it_is_large(make_repository: Make) -> None:
    image = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo" * 2_800_000}}
    workspace, api = make_repository({"big.ipynb": notebook("x = 1", outputs={0: [image]})})
    workspace.write("big.ipynb", notebook("x = 2", outputs={0: [image]}))
    (change,) = api("list_changes").files
    assert change.large and change.size is not None and change.size > 30_000_000
    found = api("get_file_diff", old="HEAD", new="WORKTREE", old_path="big.ipynb", new_path="big.ipynb")
    assert isinstance(found, NotebookDiff) and found.summary.cells_changed == 1
