"""@gitbeaker/rest against a sandbox. GITBEAKER names a folder whose ``node_modules`` holds it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sandbox_server import SandboxGitlab

FOLDER = Path(os.environ.get("GITBEAKER", Path(__file__).parents[3]))

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        not (FOLDER / "node_modules/@gitbeaker/rest").is_dir(), reason="@gitbeaker/rest is not installed (GITBEAKER)"
    ),
]


def test_a_review_by_gitbeaker(gitlab_server: SandboxGitlab) -> None:
    script = Path(__file__).with_name("gitbeaker_story.mjs")
    done = subprocess.run(
        ["node", str(script), str(FOLDER.absolute()), gitlab_server.url, gitlab_server.root.token],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "bytes": "AAEC",
        "labels": ["one", "two"],
        "files": ["data/f ä.txt", "new.bin"],
        "line": 15,
        "resolved": [True, True],
        "notes": 25,
        "pages": 3,
        "award": "tada",
        "upload": True,
        "todos": [],
        "state": "merged",
        "branches": ["main"],
        "again": ["405 Method Not Allowed", 405],
    }
