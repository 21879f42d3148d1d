"""A user's own configuration, as odd as can be: the answers stay the same."""

from __future__ import annotations

import pytest

from .conftest import World

HOSTILE = """
[alias]
	status = !false
	commit = !false
	log = !false
	push = push --force
[color]
	ui = always
	diff = always
	status = always
	branch = always
[core]
	quotePath = true
	pager = false
	editor = false
	abbrev = 4
	attributesFile = {attributes}
	commentChar = f
[column]
	ui = always
[diff]
	context = 0
	external = false
	noprefix = true
	mnemonicPrefix = true
	renames = false
	algorithm = patience
	orderFile = /nonexistent
	ignoreSubmodules = all
	relative = true
	submodule = log
	statGraphWidth = 3
	interHunkContext = 20
	wsErrorHighlight = all
[diff "nb"]
	command = false
	textconv = false
[status]
	showUntrackedFiles = no
	short = true
	branch = true
	renames = false
	relativePaths = true
	submoduleSummary = true
	displayCommentPrefix = true
[log]
	showSignature = true
	decorate = full
	follow = true
	date = relative
	mailmap = true
[format]
	pretty = oneline
[i18n]
	commitEncoding = ISO-8859-1
	logOutputEncoding = ISO-8859-1
[commit]
	template = /nonexistent
	verbose = true
	cleanup = scissors
	status = true
[fetch]
	prune = true
	recurseSubmodules = true
[push]
	followTags = true
	default = nothing
[branch]
	sort = -committerdate
	autoSetupRebase = always
[pull]
	rebase = true
[merge]
	ff = false
	conflictStyle = diff3
[rerere]
	enabled = true
[checkout]
	defaultRemote = nowhere
	guess = false
[advice]
	detachedHead = true
[trace2]
	normalTarget = 2
"""


@pytest.fixture
def hostile(world: World) -> World:
    attributes = world.folder / "attributes"
    attributes.write_text("*.ipynb diff=nb\n")
    world.configure(HOSTILE.format(attributes=attributes))
    return world


def test_nothing_of_the_main_job_changes(hostile: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_EXTERNAL_DIFF",
        "GIT_TRACE",
        "GIT_LITERAL_PATHSPECS",
    ):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    plain = {name: value for name, value in hostile.workspace(hostile.root).environment.items() if name[:4] != "GIT_"}
    plain["GIT_CONFIG_NOSYSTEM"] = "1"
    plain["GIT_CONFIG_GLOBAL"] = str(hostile.folder / "plain")
    (hostile.folder / "plain").write_text("[user]\n\tname = A\n\temail = a@b\n")
    top = hostile.root / "project"
    top.mkdir()
    workspace = type(hostile.workspace(top))(top, plain)
    workspace.git("init", "-q", "-b", "main")
    lines = "".join(f"{n}\n" for n in range(40))
    base = workspace.commit("Start", {"a.ipynb": lines, "old name.txt": "x\n" * 30})
    workspace.git("init", "-q", "--bare", str(hostile.folder / "origin.git"))
    workspace.git("remote", "add", "origin", f"file://{hostile.folder}/origin.git")
    clone = hostile.open("project")
    clone.push()

    workspace.git("mv", "old name.txt", "ü.txt")
    workspace.write("a.ipynb", lines + "end\n")
    workspace.write("dir/new.txt", "new\n")
    rows = {row.path.display: row.status for row in clone.changes().files}
    assert rows == {"a.ipynb": "modified", "dir/new.txt": "untracked", "ü.txt": "renamed"}
    commit = clone.commit("Füße: # all\n\n漢字", [row.path.id for row in clone.changes().files]).commit
    assert (commit.title, commit.body) == ("Füße: # all", "漢字")
    assert workspace.git("log", "-1", "--format=%e|%s") == "|Füße: # all"
    assert [each.title for each in clone.commits().items] == ["Füße: # all", "Start"]
    assert clone.read("HEAD", b"a.ipynb").data == (lines + "end\n").encode()

    files = {
        file.path.display: (file.status, file.additions, file.deletions) for file in clone.compare(base, commit.sha)
    }
    assert files == {"a.ipynb": ("modified", 1, 0), "dir/new.txt": ("added", 1, 0), "ü.txt": ("renamed", 0, 0)}

    created = clone.create_branch("feature")
    workspace.write("a.ipynb", lines)
    clone.commit("Back", ["a.ipynb"])
    assert created.branch == "feature" and clone.push().ahead == 0
    assert clone.switch_branch("main").changed_paths == ["project/a.ipynb"]
    assert {branch.name for branch in clone.branches().branches} == {"main", "feature"}
    found = clone.describe()
    assert found.upstream is not None and found.upstream.ahead == 1
    assert found.unpushed == 0  # the commit is on the remote's feature branch
    workspace.write("a.ipynb", "gone\n")
    assert clone.discard(["a.ipynb"]).recovery_ref
    assert clone.changes().files == []


def test_a_repositorys_own_diff_drivers_are_not_started(world: World) -> None:
    workspace, clone = world.repository(
        "project", {".gitattributes": "*.ipynb diff=nb\n*.bin -diff\n", "a.ipynb": "1\n"}
    )
    marker = world.folder / "started"
    for key in ("command", "textconv"):
        workspace.git("config", f"diff.nb.{key}", f"touch {marker}; false")
    workspace.git("config", "diff.external", f"touch {marker}; false")
    base = workspace.git("rev-parse", "HEAD")
    head = workspace.commit("More", {"a.ipynb": "1\n2\n", "x.bin": "x\n"})
    files = {file.path.id: (file.additions, file.deletions) for file in clone.compare(base, head)}
    assert files == {"a.ipynb": (1, 0), "x.bin": (None, None)}
    workspace.write("a.ipynb", "3\n")
    clone.changes()
    clone.read("WORKTREE", b"a.ipynb")
    assert not marker.exists()
