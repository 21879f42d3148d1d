"""Merging two commits of a bare repository without a work tree."""

from __future__ import annotations

import re
import tempfile
from functools import lru_cache
from pathlib import Path

from .repository import Git, GitError


@lru_cache(maxsize=1)
def _version(environment: frozenset[tuple[str, str]]) -> tuple[int, int]:
    found = re.search(r"(\d+)\.(\d+)", Git(Path(), dict(environment)).text("version"))
    return (int(found[1]), int(found[2])) if found else (0, 0)


def merge_trees(git: Git, ours: str, theirs: str) -> str | None:
    """The tree that merging commit ``theirs`` into commit ``ours`` gives; None when they conflict.

    Raises:
        GitError: git could not try, for example because the histories have no common ancestor.
    """
    if _version(frozenset(git.environment.items())) >= (2, 38):
        done = git.call("merge-tree", "--write-tree", "--no-messages", ours, theirs)
        if done.returncode not in (0, 1):
            raise GitError(("merge-tree",), done.returncode, done.stderr.decode("utf-8", "replace"))
        return None if done.returncode else done.stdout.decode().split("\n")[0]
    return merge_trees_by_index(git, ours, theirs)


def merge_trees_by_index(git: Git, ours: str, theirs: str) -> str | None:
    """:func:`merge_trees` for git before 2.38: three-way merge in a throw-away index, which follows no renames.

    Raises:
        GitError: there is no common ancestor.
    """
    base = git.merge_base(ours, theirs)
    if base is None:
        raise GitError(("merge-base",), 1, "no common ancestor")
    with tempfile.TemporaryDirectory() as place:
        env = {"GIT_INDEX_FILE": str(Path(place, "index")), "GIT_WORK_TREE": str(Path(place, "tree"))}
        Path(place, "tree").mkdir()
        git.run("read-tree", "-i", "-m", "--aggressive", base, ours, theirs, env=env)
        done = git.call("merge-index", "-o", "-q", "git-merge-one-file", "-a", env=env)
        return None if done.returncode else git.text("write-tree", env=env)
