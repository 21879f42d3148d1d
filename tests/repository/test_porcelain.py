"""The parser of ``git status --porcelain=v2 -z``."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.contract.paths import decode_path, display_path, encode_path
from jupyterlab_gitlab.repository import porcelain, settings
from jupyterlab_gitlab.repository.porcelain import Entry

paths = st.binary(min_size=1, max_size=40).filter(lambda path: b"\0" not in path and not path.endswith(b"/"))


def line(entry: Entry) -> bytes:
    """As git writes it."""
    sub = "S..." if entry.submodule else "N..."
    letters = entry.index + entry.worktree
    sha = "1" * 40
    if entry.untracked:
        return b"? " + entry.path + (b"/" if entry.submodule else b"") + b"\0"
    if entry.conflicted:
        return f"u {letters} {sub} 100644 100644 100644 100644 {sha} {sha} {sha} ".encode() + entry.path + b"\0"
    modes = "100644 000000 160000"
    if entry.old_path is not None:
        return f"2 {letters} {sub} {modes} {sha} {sha} R87 ".encode() + entry.path + b"\0" + entry.old_path + b"\0"
    return f"1 {letters} {sub} {modes} {sha} {sha} ".encode() + entry.path + b"\0"


ordinary = st.builds(
    Entry,
    path=paths,
    index=st.sampled_from(".MADTRC"),
    worktree=st.sampled_from(".MADT"),
    old_path=st.none() | paths,
    submodule=st.booleans(),
)
untracked = st.builds(Entry, path=paths, index=st.just("?"), worktree=st.just("?"), submodule=st.booleans())
conflicted = st.builds(
    Entry,
    path=paths,
    index=st.sampled_from("DAU"),
    worktree=st.sampled_from("DAU"),
    conflicted=st.just(True),
    submodule=st.booleans(),
)


@given(st.lists(ordinary | untracked | conflicted, max_size=12), st.booleans())
def test_what_git_writes_is_read_back(entries: list[Entry], born: bool) -> None:
    head = b"# branch.oid " + (b"b" * 40 if born else b"(initial)") + b"\0# branch.head feature/a.b+c#1\0"
    status = porcelain.parse(head + b"".join(line(entry) for entry in entries))
    assert status.entries == entries
    assert status.head == ("b" * 40 if born else None)
    assert status.branch == "feature/a.b+c#1"


def test_a_detached_head_has_no_branch() -> None:
    assert porcelain.parse(b"# branch.head (detached)\0").branch is None


@given(st.binary(max_size=40))
def test_a_path_id_brings_every_file_name_back(path: bytes) -> None:
    encoded = encode_path(path)
    assert encoded.isascii() and decode_path(encoded) == path
    display_path(path).encode("utf-8")


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]+\.[a-z]+", fullmatch=True), st.text(max_size=10).filter(lambda t: "\0" not in t)
    )
)
def test_configuration_is_read_back(values: dict[str, str]) -> None:
    output = b"".join(f"{key}\n{value}\0".encode("utf-8", "surrogatepass") for key, value in values.items())
    found = settings.parse(output)
    assert all(found.get(key) is not None for key in values)


def test_configuration_values_are_what_git_means() -> None:
    found = settings.parse(
        b"a.bare\0a.no\nfalse\0a.num\n1\0a.zero\n0\0a.multi\none\0a.multi\ntwo\nlines\0remote.x.y.url\nu\0"
    )
    assert [found.flag(f"a.{name}") for name in ("bare", "no", "num", "zero", "absent")] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert found.all("a.multi") == ["one", "two\nlines"]
    assert found.get("a.multi") == "two\nlines"
    assert found.subsections("remote", "url") == ["x.y"]
