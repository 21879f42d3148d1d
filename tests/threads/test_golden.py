"""Threads as the page shows them after a push, in the scenarios that GitLab's own code has answered.

The sandbox plays GitLab. Each row of a scenario's diff gets a thread; after the second push the extension's server
lists the threads and compares the file, and the page's own code (``src/threads/placement.ts``, in node) says where each
one is shown: at the right line of the right cell, or as outdated. The data lies outside the repository (GITLAB_FACTS).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from api_client import Api
from git_workspace import Workspace
from jupyter_process import JupyterProcess, clean_environment
from sandbox_server import Person, SandboxGitlab

from .raw_places import Place, raw_places

ROOT = Path(__file__).parents[2]
FACTS = Path(os.environ.get("GITLAB_FACTS") or ROOT / "../shared/data").resolve()
SCENARIOS = sorted((FACTS / "gitlab/golden").glob("[a-z]*.json"))

pytestmark = [
    pytest.mark.skipif(not SCENARIOS, reason=f"no golden scenarios under GITLAB_FACTS ({FACTS})"),
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(not (ROOT / "node_modules/typescript").is_dir(), reason="node_modules is not installed"),
]

Shown = dict[str, Any]


@pytest.fixture(scope="module")
def counted() -> Counter[str]:
    return Counter()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda file: file.stem)
def test_every_thread_is_shown_at_its_line_or_as_outdated(
    scenario: Path,
    tmp_path: Path,
    gitlab_server: SandboxGitlab,
    author: Person,
    author_lab: JupyterProcess,
    counted: Counter[str],
) -> None:
    golden = json.loads(scenario.read_text(encoding="utf-8"))
    play = Play(golden, scenario.with_suffix(".bundle"), tmp_path, gitlab_server, author, author_lab)
    threads = [play.comment(row["old_line"], row["new_line"]) for row in golden["trace"]]
    first = play.wrong([(thread, row, False) for thread, row in zip(threads, golden["trace"], strict=True)])
    assert first == []
    play.push_second()
    expected = [
        (thread, row if row["result"]["outdated"] else row["result"]["position"], row["result"]["outdated"])
        for thread, row in zip(threads, golden["trace"], strict=True)
    ]
    wrong = play.wrong(expected)
    for row in golden["trace"]:
        after = row["result"]["position"]
        moved = not row["result"]["outdated"] and any(row[name] != after[name] for name in ("old_line", "new_line"))
        counted["outdated" if row["result"]["outdated"] else "moved" if moved else "kept"] += 1
    counted["wrong"] += len(wrong)
    assert wrong == []


def test_all_scenarios_were_played(counted: Counter[str]) -> None:
    print(dict(counted))
    assert counted["kept"] > 1_000 and counted["moved"] > 300 and counted["outdated"] > 50
    assert not counted["wrong"]


class Play:
    """A scenario on the sandbox, and the clone of somebody who looks at it."""

    def __init__(
        self,
        golden: dict[str, Any],
        bundle: Path,
        folder: Path,
        server: SandboxGitlab,
        person: Person,
        lab: JupyterProcess,
    ) -> None:
        self.golden = golden
        self.project = person.gl.projects.get(server.project(person).id)
        environment = clean_environment(folder)
        outside = Workspace(folder, environment)
        outside.git("clone", "-q", "--mirror", str(bundle), "r.git")
        self.mirror = Workspace(folder / "r.git", environment)
        self.remote = server.remote(self.project, person.token)
        self._push("main", golden["v1"]["start_sha"])
        self._push("feature", golden["v1"]["head_sha"])
        asked = {"source_branch": "feature", "target_branch": "main", "title": golden["scenario"]}
        self.merge_request = self.project.mergerequests.create(asked)
        name = str(self.project.path)
        Workspace(lab.root, environment).git("clone", "-q", str(self.remote), name)
        Workspace(lab.root / name, environment).git("remote", "set-url", "origin", self.project.http_url_to_repo)
        self.api: Api = lab.api.at(name)

    def comment(self, old: int | None, new: int | None) -> str:
        """A thread on a line of the first version, as another client makes it; its id."""
        lines = {"old_line": old, "new_line": new}
        position = {
            **self.golden["v1"],
            "position_type": "text",
            "old_path": self.golden["path"]["old"],
            "new_path": self.golden["path"]["new"],
            **{name: line for name, line in lines.items() if line is not None},
        }
        made = self.merge_request.discussions.create({"body": f"{old}/{new}", "position": position})
        return str(made.id)

    def push_second(self) -> None:
        before, after = self.golden["v1"], self.golden["v2"]
        if after["start_sha"] != before["start_sha"]:
            self._push("main", after["start_sha"])
        self._push("feature", after["head_sha"])

    def wrong(self, expected: list[tuple[str, dict[str, Any], bool]]) -> list[str]:
        """The threads that are not shown where they should be: on *lines* of this version, or as outdated."""
        iid = self.merge_request.iid
        refs = self.api("get_merge_request", iid=iid).diff_refs
        files = self.api("list_merge_request_files", iid=iid)
        assert files.diff_refs == refs
        (file,) = [each for each in files.files if each.path.id == self.golden["path"]["new"]]
        old_path = file.old_path.id if file.old_path else file.path.id
        sides = {"old": refs.base_sha, "new": refs.head_sha, "old_path": old_path, "new_path": file.path.id}
        diff = self.api.response("get_file_diff", **sides).json()
        found = self.api.response("list_discussions", iid=iid).json()["discussions"]
        threads = {each["id"]: each for each in found}
        shown_file = {"oldPath": old_path, "newPath": file.path.id, "headSha": refs.head_sha}
        items = [threads[thread] for thread, _, _ in expected]
        spots = placed({"diff": diff, "items": items, "file": shown_file})
        places = {
            "old": self._places(refs.base_sha, old_path),
            "new": self._places(refs.head_sha, file.path.id),
        }
        wrong = []
        for item, spot, (_, lines, outdated) in zip(items, spots, expected, strict=True):
            told = item["position"]
            where = (told["old_line"], told["new_line"], told["outdated"])
            want = (lines["old_line"], lines["new_line"], outdated)
            side = "old" if lines["new_line"] is None else "new"
            at = Place() if outdated else places[side][lines[f"{side}_line"] - 1]
            if where != want or not is_at(spot, side, at, outdated=outdated):
                wrong.append(f"{want}: {at} is shown at {spot}")
        return wrong

    def _places(self, sha: str, path: str) -> list[Place]:
        shown = self.mirror.git("cat-file", "-p", f"{sha}:{path}", check=False)
        return raw_places(shown)

    def _push(self, branch: str, sha: str) -> None:
        self.mirror.git("push", "-q", "-f", self.remote, f"{sha}:refs/heads/{branch}")


def placed(request: dict[str, Any]) -> list[Shown]:
    """Where the page shows each item."""
    script = Path(__file__).with_name("place_threads.mjs")
    done = subprocess.run(
        ["node", str(script), str(ROOT)],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def is_at(spot: Shown, side: str, at: Place, *, outdated: bool) -> bool:
    """Whether a thread is shown where its raw line stands in the notebook."""
    if outdated or at.cell is None:
        return spot["kind"] == ("outdated" if outdated else "file")
    if spot["kind"] == "file" or spot["cell"][side] != at.cell:
        return False
    if at.source is not None:
        return spot["kind"] == "row" and spot["line"][side] == at.source
    return spot["kind"] in ("cell", "output") and spot["output"] == at.output
