"""Bare clones of projects that the user has not cloned, and how they are called on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_gitlab.repository import CachedClones, Limits

HOST = "gitlab.example"
LONG = "/".join(["group-of-a-group"] * 20 + ["a-project"])  # GitLab nests twenty deep, each name up to 255 long


@pytest.fixture
def clones(tmp_path: Path) -> CachedClones:
    return CachedClones(tmp_path / "clones", 1_000_000_000, Limits())


def opened(clones: CachedClones, host: str, path: str) -> None:
    clones.open((host, path), f"https://{host}/{path}.git", f"gitlab-project:{host}/{path}")


@pytest.mark.parametrize(
    "path", ["a/b", LONG, f"{LONG}{'x' * 250}", "g/" + "ä" * 200], ids=["short", "long", "longer", "quoted"]
)
def test_a_project_is_kept_under_its_name_however_long(clones: CachedClones, tmp_path: Path, path: str) -> None:
    opened(clones, HOST, path)
    opened(clones, HOST, path)
    assert [each.name for each in clones.listed()] == [(HOST, path)]
    assert clones.url((HOST, path)) == f"https://{HOST}/{path}.git"
    assert max(len(each.name) for each in tmp_path.rglob("*")) < 130
    again = CachedClones(tmp_path / "clones", 1_000_000_000, Limits())  # after a restart
    assert [each.name for each in again.listed()] == [(HOST, path)]
    again.clear()
    assert again.listed() == []


def test_long_names_that_begin_alike_are_told_apart(clones: CachedClones) -> None:
    for end in ("one", "two"):
        opened(clones, HOST, f"{LONG}-{end}")
    assert {each.name[1] for each in clones.listed()} == {f"{LONG}-one", f"{LONG}-two"}


def test_a_host_may_have_a_long_name_too(clones: CachedClones) -> None:
    host = f"{'a' * 60}.{'b' * 60}.{'c' * 60}.example:8443/{'sub' * 40}"
    opened(clones, host, "a/b")
    assert [each.name for each in clones.listed()] == [(host, "a/b")]
