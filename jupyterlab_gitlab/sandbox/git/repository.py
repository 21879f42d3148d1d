"""git on one bare repository: argv only, nothing of the user's configuration, exit codes instead of English."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .hooks import HOOKS

ZERO_SHA = "0" * 40
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
TIMEOUT = 60.0  # seconds for one command

CONFIG = """\
[safe]
	directory = *
[core]
	hooksPath = {hooks}
	logAllRefUpdates = false
	quotePath = false
[gc]
	auto = 0
[receive]
	autogc = false
	unpackLimit = 1
	denyDeleteCurrent = ignore
	hideRefs = refs/merge-requests
[transfer]
	hideRefs = refs/keep-around
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[http]
	receivepack = true
	uploadpack = true
[user]
	useConfigOnly = true
"""


class GitError(Exception):
    """git ended with a code that was not expected: ``argv``, ``code`` and what it said on ``stderr``."""

    def __init__(self, argv: Sequence[str], code: int, stderr: str) -> None:
        super().__init__(f"git {' '.join(argv[:3])} ended with {code}: {stderr.strip()}")
        self.argv = list(argv)
        self.code = code
        self.stderr = stderr


class Identity(NamedTuple):
    """Who commits; ``date`` in any form git reads (``1574797119 +0100``), empty for now."""

    name: str
    email: str
    date: str = ""


def prepare(data: Path) -> dict[str, str]:
    """Write the sandbox's own git configuration under ``data``; the environment for every git call.

    It is a file rather than ``-c`` because git reads ``safe.directory`` (a data directory of another owner, say under
    root) from the command line only since 2.38; HOME as well as GIT_CONFIG_GLOBAL because the latter came with 2.32.
    """
    hooks = data / "hooks"
    hooks.mkdir(exist_ok=True)
    for name, script in HOOKS.items():
        (hooks / name).write_text(script, encoding="utf-8", newline="\n")
        (hooks / name).chmod(0o755)
    config = data / ".gitconfig"
    config.write_text(CONFIG.format(hooks=hooks.as_posix()), encoding="utf-8")
    keep = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "PATHEXT", "COMSPEC", "GIT_EXEC_PATH")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    environment |= {
        "HOME": str(data),
        "XDG_CONFIG_HOME": str(data),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(config),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ATTR_NOSYSTEM": "1",
        "LC_ALL": "C",
        "TZ": "UTC",
    }
    return environment


class Git:
    """One bare repository at ``path``.

    Revisions given by clients go through :meth:`commit` or :meth:`object` first: they refuse what could be taken for
    an option and give a full sha, which is safe as an argument.
    """

    def __init__(self, path: Path, environment: Mapping[str, str]) -> None:
        self.path = path
        self.environment = dict(environment)

    def call(
        self, *argv: str, input: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run ``git argv``; never raises for an exit code.

        Raises:
            subprocess.TimeoutExpired: it took longer than TIMEOUT.
        """
        return subprocess.run(
            ["git", "--git-dir", str(self.path), *argv],
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            env={**self.environment, **(env or {})},
            cwd=self.path if self.path.exists() else None,
            timeout=TIMEOUT,
            check=False,
        )

    def run(self, *argv: str, input: bytes | None = None, env: Mapping[str, str] | None = None) -> bytes:
        """What ``git argv`` prints.

        Raises:
            GitError: the exit code is not 0.
        """
        done = self.call(*argv, input=input, env=env)
        if done.returncode:
            raise GitError(argv, done.returncode, done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def text(self, *argv: str, input: bytes | None = None, env: Mapping[str, str] | None = None) -> str:
        """Like :meth:`run`, as text without the last line end; bytes that are no UTF-8 become U+FFFD."""
        return self.run(*argv, input=input, env=env).decode("utf-8", "replace").rstrip("\n")

    def ok(self, *argv: str) -> bool:
        """Whether ``git argv`` ends with 0."""
        return self.call(*argv).returncode == 0

    def create(self, default_branch: str = "main") -> None:
        """Make the bare repository, its HEAD on ``default_branch``."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.mkdir()
        self.run("init", "--quiet", "--bare")
        self.run("symbolic-ref", "HEAD", f"refs/heads/{default_branch}")

    # -- names to objects

    def object(self, revision: str) -> str | None:
        """The full sha of ``revision`` (a sha, ref name or ``sha:path``), or None."""
        if not revision or revision.startswith("-") or "\0" in revision or "\n" in revision:
            return None
        done = self.call("rev-parse", "--verify", "--quiet", revision)
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def commit(self, revision: str) -> str | None:
        """The full sha of the commit ``revision`` names: a branch before a tag, then any revision; or None.

        GitLab looks a name up among branches and tags before it takes it for a sha, git the other way round.
        """
        if not revision or revision.startswith("-") or "\0" in revision:
            return None
        for name in (f"refs/heads/{revision}", f"refs/tags/{revision}", revision):
            found = self.object(f"{name}^{{commit}}")
            if found:
                return found
        return None

    def ref(self, name: str) -> str | None:
        """The sha that the full ref ``name`` (``refs/heads/main``) holds, or None."""
        done = self.call("show-ref", "--verify", "--hash", "--", name)
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def branch(self, name: str) -> str | None:
        """The head of branch ``name``, or None."""
        return self.ref(f"refs/heads/{name}") if name else None

    def refs(self, prefix: str) -> dict[str, str]:
        """Every ref under ``prefix`` (``refs/heads/``): the name without the prefix to its sha, sorted by name."""
        lines = self.text("for-each-ref", "--format=%(objectname) %(refname)", prefix).splitlines()
        return {line[41 + len(prefix) :]: line[:40] for line in lines}

    def valid_branch(self, name: str) -> bool:
        """Whether git takes ``name`` for a branch."""
        return not name.startswith("-") and self.ok("check-ref-format", "--branch", name)

    # -- content

    def blob(self, sha: str) -> bytes:
        """The bytes of a blob.

        Raises:
            GitError: there is no such blob.
        """
        return self.run("cat-file", "blob", sha)

    def kind(self, sha: str) -> str | None:
        """``commit``, ``tree``, ``blob``, ``tag``, or None when the object is not there."""
        done = self.call("cat-file", "-t", sha)
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def size(self, sha: str) -> int:
        """The size of an object in bytes."""
        return int(self.text("cat-file", "-s", sha))

    # -- history

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two shas, or None."""
        done = self.call("merge-base", one, other)
        return done.stdout.decode().split("\n")[0] if done.returncode == 0 else None

    def is_ancestor(self, ancestor: str, descendant: str) -> bool:
        """Whether ``descendant`` contains ``ancestor`` (both shas)."""
        return self.ok("merge-base", "--is-ancestor", ancestor, descendant)

    # -- writing

    def update_ref(self, name: str, new: str, old: str | None = None) -> bool:
        """Move the full ref ``name`` to ``new``, if it still holds ``old`` (ZERO_SHA: must not exist; None: any)."""
        return self.ok("update-ref", name, new, *([] if old is None else [old]))

    def delete_ref(self, name: str, old: str | None = None) -> bool:
        """Delete the full ref ``name``, if it still holds ``old``."""
        return self.ok("update-ref", "-d", name, *([] if old is None else [old]))

    def commit_tree(
        self, tree: str, parents: Sequence[str], message: str, author: Identity, committer: Identity | None = None
    ) -> str:
        """Write a commit object; its sha. ``message`` is kept byte for byte."""
        committer = committer or author
        env = {
            "GIT_AUTHOR_NAME": author.name,
            "GIT_AUTHOR_EMAIL": author.email,
            "GIT_COMMITTER_NAME": committer.name,
            "GIT_COMMITTER_EMAIL": committer.email,
        }
        if author.date:
            env["GIT_AUTHOR_DATE"] = author.date
        if committer.date:
            env["GIT_COMMITTER_DATE"] = committer.date
        flags = [flag for parent in parents for flag in ("-p", parent)]
        return self.text("commit-tree", tree, *flags, input=message.encode(), env=env)

    def keep_around(self, *shas: str) -> None:
        """Hold commits against pruning whatever happens to their branch (``refs/keep-around/SHA``, not advertised)."""
        # each once and as "update": git refuses the whole of a transaction with a ref named twice or already there
        lines = "".join(f"update refs/keep-around/{sha} {sha}\n" for sha in dict.fromkeys(shas))
        if lines:
            # another request may hold the lock to keep the same commit: losing that race is no failure
            self.call("update-ref", "--stdin", input=lines.encode())
