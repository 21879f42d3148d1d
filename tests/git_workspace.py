"""Little repositories for tests, made with the git binary."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Workspace:
    """A work tree; *environment* keeps the user's own git configuration out."""

    top: Path
    environment: Mapping[str, str]

    def git(self, *arguments: str, check: bool = True) -> str:
        """Runs git there; its stdout without the last line end."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.top, env=dict(self.environment), capture_output=True, text=True
        )
        if check and done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout.rstrip("\n")

    def write(self, name: str, content: str | bytes) -> Path:
        """Writes a file, with its folders."""
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def commit(self, message: str, files: Mapping[str, str | bytes] | None = None) -> str:
        """Writes files, commits everything, and gives the sha."""
        for name, content in (files or {}).items():
            self.write(name, content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")


def initialize(top: Path, environment: Mapping[str, str], files: Mapping[str, str | bytes] | None = None) -> Workspace:
    """A new repository on ``main`` with one commit."""
    top.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(top, environment)
    workspace.git("init", "-q", "-b", "main")
    workspace.commit("Start", files if files is not None else {"README.md": "# Start\n"})
    return workspace


def notebook(*sources: str, outputs: Mapping[int, list[Any]] | None = None) -> str:
    """A notebook of code cells as Jupyter writes it."""
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{index}",
            "metadata": {},
            "outputs": (outputs or {}).get(index, []),
            "source": source.splitlines(keepends=True),
        }
        for index, source in enumerate(sources)
    ]
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def stream(text: str) -> dict[str, Any]:
    """A text output."""
    return {"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}
