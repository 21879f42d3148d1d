"""libgit2's diff of texts that have no names of their own."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import DiffOption

from jupyterlab_gitlab.notebooks.libgit2 import _TEXTS, changes

Stretch = tuple[int, int, int, int]


def text(seed: int, lines: int) -> bytes:
    """Lines of which many are alike, indented and blank."""
    numbers = random.Random(seed)
    return b"".join(b"%b%d\n" % (b" " * numbers.randrange(4), numbers.randrange(40)) for _ in range(lines))


def found(old: bytes, new: bytes, *, ignore_whitespace: bool = False) -> list[Stretch]:
    hunks = changes(old, new, indent_heuristic=True, ignore_whitespace=ignore_whitespace)
    return [(hunk.old_start, hunk.old_lines, hunk.new_start, hunk.new_lines) for hunk in hunks]


def by_buffers(old: bytes, new: bytes, *, ignore_whitespace: bool = False) -> list[Stretch]:
    """What libgit2 says of two buffers, which it hashes."""
    flag = DiffOption.FORCE_TEXT | DiffOption.INDENT_HEURISTIC
    if ignore_whitespace:
        flag |= DiffOption.IGNORE_WHITESPACE
    hunks = pygit2.Patch.create_from(old, new, flag=flag, context_lines=0, interhunk_lines=0).hunks
    return [(hunk.old_start, hunk.old_lines, hunk.new_start, hunk.new_lines) for hunk in hunks]


@pytest.mark.parametrize("ignore_whitespace", [False, True])
@pytest.mark.parametrize("counts", [(40, 40), (3_000, 3_000), (0, 4_000), (4_000, 0), (4_000, 3)])
def test_texts_of_every_length_are_compared_as_buffers_are(counts: tuple[int, int], ignore_whitespace: bool) -> None:
    old, new = text(1, counts[0]), text(2, counts[1])
    assert found(old, new, ignore_whitespace=ignore_whitespace) == by_buffers(
        old, new, ignore_whitespace=ignore_whitespace
    )


def test_a_long_text_does_not_differ_from_itself() -> None:
    assert found(text(1, 4_000), text(1, 4_000)) == []


def test_threads_do_not_see_each_others_texts() -> None:
    pairs = [(text(seed, 3_000), text(seed + 100, 3_000)) for seed in range(8)] * 4
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda pair: found(*pair), pairs)) == [by_buffers(*pair) for pair in pairs]


@pytest.mark.parametrize(
    ("config", "attributes"),
    [
        ("[diff\nbroken = = [\n", ""),
        ('[diff "own"]\n\txfuncname = "(["\n\tbinary = true\n', "* diff=own\n"),
        ("", "* -diff\n* binary\n"),
    ],
)
def test_a_users_own_git_configuration_plays_no_part(tmp_path: Path, config: str, attributes: str) -> None:
    (tmp_path / ".gitconfig").write_text(config)
    folder = tmp_path / ".config" / "git"
    folder.mkdir(parents=True)
    (folder / "attributes").write_text(attributes)
    code = """if True:
        from jupyterlab_gitlab.notebooks.raw import changed_blocks
        old = b"".join(b"line %d\\n" % number for number in range(3_000))
        assert [block.old for block in changed_blocks(old, old.replace(b"line 7\\n", b"x\\n"))] == [8]
    """
    # libgit2 looks where its files lie only once
    environment = {**os.environ, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "XDG_CONFIG_HOME": ""}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)


def test_libgit2_goes_on_to_hold_every_other_object_against_its_name() -> None:
    found(text(1, 4_000), text(2, 4_000))
    with pytest.raises(pygit2.GitError, match="hash"):
        _TEXTS._repository[pygit2.Oid(hex="1" * 40)]
