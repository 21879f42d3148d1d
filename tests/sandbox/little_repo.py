"""A little bare repository whose commits are written down file by file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jupyterlab_gitlab.sandbox.diffs.raw import Comparisons
from jupyterlab_gitlab.sandbox.git.repository import Git, Identity, prepare


class LittleRepo(Git):
    """Commits made with plumbing, without a work tree, a minute apart."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(path, prepare(path.parent))
        self._clock = 1_700_000_000
        self.create()

    def commit_files(
        self,
        files: Mapping[str, str | bytes],
        *parents: str,
        branch: str | None = None,
        message: str = "Change",
        modes: Mapping[str, str] | None = None,
    ) -> str:
        """Commit exactly these files on top of ``parents``; with ``branch`` that branch then points there."""
        entries = b""
        for path, content in files.items():
            blob = self.text(
                "hash-object", "-w", "--stdin", input=content.encode() if isinstance(content, str) else content
            )
            entries += f"{(modes or {}).get(path, '100644')} {blob}\t{path}\0".encode()
        index = self.path / "little-index"
        index.unlink(missing_ok=True)
        env = {"GIT_INDEX_FILE": str(index)}
        self.run("update-index", "-z", "--index-info", input=entries, env=env)
        self._clock += 60
        tree = self.text("write-tree", env=env)
        commit = self.commit_tree(tree, parents, message, Identity("Ada", "ada@example.org", f"{self._clock} +0000"))
        if branch:
            self.update_ref(f"refs/heads/{branch}", commit)
        return commit

    def comparisons(self) -> Comparisons:
        return Comparisons(self)


def numbered(count: int, change: Mapping[int, str | None] | None = None) -> str:
    """Lines ``line 1`` … ``line count``; ``change`` replaces lines (also by several), None takes one away."""
    lines = [(change or {}).get(number, f"line {number}") for number in range(1, count + 1)]
    return "".join(f"{line}\n" for line in lines if line is not None)
