"""The shares of programming languages in a repository, by bytes and file name endings."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from ..git.repository import Git

_LANGUAGES = {
    ".ipynb": "Jupyter Notebook",
    ".py": "Python",
    ".r": "R",
    ".jl": "Julia",
    ".js": "JavaScript",
    ".ts": "TypeScript",
    ".css": "CSS",
    ".html": "HTML",
    ".sh": "Shell",
    ".sql": "SQL",
    ".c": "C",
    ".cpp": "C++",
    ".rs": "Rust",
    ".go": "Go",
    ".rb": "Ruby",
    ".java": "Java",
}


def shares(git: Git, branch: str | None) -> dict[str, float]:
    """Per cent (two decimals) of each language on ``branch``, largest first; empty when there is no code."""
    if branch is None or git.branch(branch) is None:
        return {}
    sizes: Counter[str] = Counter()
    for entry in git.run("ls-tree", "-r", "-l", "-z", f"refs/heads/{branch}").split(b"\0"):
        about, _, path = entry.partition(b"\t")
        language = _LANGUAGES.get(PurePosixPath(path.decode("utf-8", "replace")).suffix.lower())
        size = about.split()[-1:] or [b"-"]
        if language and size[0].isdigit():
            sizes[language] += int(size[0])
    total = sum(sizes.values())
    return {name: round(100 * size / total, 2) for name, size in sizes.most_common()} if total else {}
