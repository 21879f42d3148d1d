"""GitLab's own answers (diffs, line codes, traced positions) for notebooks; read from GITLAB_FACTS where it exists."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_gitlab.sandbox.diffs.lines import line_code
from jupyterlab_gitlab.sandbox.diffs.positions import DiffRefs, Position, position_line_code
from jupyterlab_gitlab.sandbox.diffs.raw import Comparisons
from jupyterlab_gitlab.sandbox.diffs.tracer import PositionTracer
from jupyterlab_gitlab.sandbox.git.repository import Git, prepare

from ..little_repo import LittleRepo

ROOT = Path(__file__).parents[3]
FACTS = Path(os.environ.get("GITLAB_FACTS") or ROOT / "../shared/data").resolve()
SCENARIOS = sorted((FACTS / "gitlab/golden").glob("[a-z]*.json"))

NOTEBOOKS = FACTS / "notebooks"


@pytest.mark.skipif(not SCENARIOS, reason=f"no golden scenarios under GITLAB_FACTS ({FACTS})")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda file: file.stem)
def test_every_answer_is_gitlabs(scenario: Path, tmp_path: Path) -> None:
    golden = json.loads(scenario.read_text(encoding="utf-8"))
    clone = tmp_path / "data" / "r.git"
    clone.parent.mkdir()
    environment = prepare(clone.parent)
    bundle = str(scenario.with_suffix(".bundle"))
    subprocess.run(["git", "clone", "-q", "--mirror", bundle, str(clone)], check=True, env=environment)
    comparisons = Comparisons(Git(clone, environment))
    old, new = DiffRefs(**golden["v1"]), DiffRefs(**golden["v2"])
    names = {"old_path": golden["path"]["old"], "new_path": golden["path"]["new"]}

    def position(spot: dict[str, Any]) -> Position:
        lines = {"old_line": spot["old_line"], "new_line": spot["new_line"]}
        return Position(**golden["v1"], position_type="text", **names, **lines)

    assert comparisons.merge_base(old.start_sha, old.head_sha) == old.base_sha
    assert comparisons.merge_base(new.start_sha, new.head_sha) == new.base_sha
    file = next(f for f in comparisons.files(old.base_sha, old.head_sha) if f.new_path == names["new_path"])
    assert (file.old_path, file.text) == (names["old_path"], golden["raw"]["diff"])
    rows = [
        {
            "type": row.kind,
            "old_line": row.old_line,
            "new_line": row.new_line,
            "line_code": line_code(file.path, row.old_pos, row.new_pos) if row.discussable else None,
            "discussable": row.discussable,
        }
        for row in file.rows
    ]
    assert rows == golden["raw"]["lines"]
    for probe in golden["line_code"]:
        assert position_line_code(comparisons, position(probe)) == probe["answer"]["line_code"], probe
    tracer = PositionTracer(comparisons, old, new, set(names.values()))
    for row in golden["trace"]:
        assert position_line_code(comparisons, position(row)) == row["line_code"]
        traced = tracer.trace(position(row))
        assert traced is not None
        shown = traced.position.entity() if traced.position else None
        assert (traced.outdated, shown) == (row["result"]["outdated"], row["result"]["position"]), row


@pytest.mark.skipif(not NOTEBOOKS.is_dir(), reason=f"no notebooks under GITLAB_FACTS ({FACTS})")
def test_rows_and_probes_of_real_notebooks_are_gitlabs(tmp_path: Path) -> None:
    with gzip.open(NOTEBOOKS / "gitlab-lines.jsonl.gz", "rt", encoding="utf-8") as lines:
        answers = {answer["id"]: answer for answer in map(json.loads, lines)}
    wanted = {f"{pair}.{side}.ipynb" for pair in answers for side in "ab"}
    contents: dict[str, bytes] = {}
    with tarfile.open(NOTEBOOKS / "dev.tar.xz") as archive:
        for member in archive:
            if member.name in wanted and (file := archive.extractfile(member)):
                contents[member.name] = file.read()
    repo = LittleRepo(tmp_path / "data" / "r.git")
    comparisons = repo.comparisons()
    compared = 0
    for pair, answer in answers.items():
        old = repo.commit_files({"nb.ipynb": contents[f"{pair}.a.ipynb"]})
        new = repo.commit_files({"nb.ipynb": contents[f"{pair}.b.ipynb"]}, old)
        (diff,) = comparisons.files(old, new)
        if diff.too_large:  # the answers come from GitLab's diff code without its limits
            assert diff.rows == ()
            continue
        compared += 1
        assert [[row.old_line, row.new_line, row.discussable] for row in diff.rows] == answer["raw"], pair
        for old_line, new_line, accepted in answer["probes"]:
            assert (comparisons.line_code(diff, old_line, new_line) is not None) is accepted, (pair, old_line, new_line)
    assert compared >= 0.9 * len(answers)
