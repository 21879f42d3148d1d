"""Run the demo project's notebooks and write the files of each of its commits.

usage: python scripts/build_demo_project.py      (needs nbclient and ipykernel, which JupyterLab installs)

The sources are ``scripts/demo_project``: plain files, and notebooks as Python scripts with ``# %%`` cells. The results
go to ``jupyterlab_gitlab/sandbox/seed/files/<commit>/`` with the outputs that a real kernel gave, so that the sandbox
can plant the project without starting one.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient

SOURCES = Path(__file__).parent / "demo_project"
TARGET = Path(__file__).parent.parent / "jupyterlab_gitlab" / "sandbox" / "seed" / "files"

Cells = list[tuple[str, str, str]]  # id, type, source


def read_cells(name: str) -> Cells:
    """The cells of a script; their ids count from 01 and never change for a cell that stays."""
    text = (SOURCES / "notebooks" / f"{name}.py").read_text("utf-8")
    cells: Cells = []
    for number, part in enumerate(re.split(r"^# %%", text, flags=re.M)[1:], 1):
        head, _, body = part.partition("\n")
        markdown = "[markdown]" in head
        if markdown:
            body = re.sub(r"^# ?", "", body, flags=re.M)
        cells.append((f"{name}-{number:02d}", "markdown" if markdown else "code", body.strip("\n")))
    return cells


def replace(cells: Cells, cell_id: str, old: str, new: str) -> Cells:
    """The cells with one text replaced in one of them."""
    assert any(i == cell_id and old in source for i, _, source in cells), (cell_id, old)
    return [(i, kind, s.replace(old, new) if i == cell_id else s) for i, kind, s in cells]


def insert(cells: Cells, after: str, *added: tuple[str, str, str]) -> Cells:
    """The cells with others put in after the one with the id *after*."""
    place = [i for i, _, _ in cells].index(after) + 1
    return [*cells[:place], *added, *cells[place:]]


def execute(cells: Cells, project: Path) -> str:
    """The notebook as Jupyter writes it, run in ``notebooks/`` of *project*; a cell that fails keeps its error."""
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        }
    )
    for cell_id, kind, source in cells:
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        notebook.cells.append(make(source, id=cell_id))
    NotebookClient(
        notebook,
        resources={"metadata": {"path": str(project / "notebooks")}},
        allow_errors=True,
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
    ).execute()
    return nbformat.writes(notebook) + "\n"


def with_auc(project: Path) -> None:
    """``roc_auc`` beside the other metrics."""
    path = project / "churn" / "metrics.py"
    path.write_text(
        path.read_text("utf-8")
        + '''

def roc_auc(truth, scores):
    """The chance that a customer who left has a higher score than one who stayed."""
    left = [s for t, s in zip(truth, scores) if t]
    stayed = [s for t, s in zip(truth, scores) if not t]
    wins = sum((l > s) + 0.5 * (l == s) for l in left for s in stayed)
    return wins / (len(left) * len(stayed))
''',
        "utf-8",
    )


def main() -> None:
    """Build every commit's files."""
    shutil.rmtree(TARGET, ignore_errors=True)
    explore, train, calibration = (read_cells(name) for name in ("explore", "train", "calibration"))
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(SOURCES / "base", project, dirs_exist_ok=True)
        (project / "notebooks").mkdir()

        def commit(name: str, files: dict[str, Callable[[], str]]) -> None:
            for file, make in files.items():
                target = TARGET / name / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(make(), "utf-8")

        shutil.copytree(SOURCES / "base", TARGET / "start")
        commit("explore", {"notebooks/explore.ipynb": lambda: execute(explore, project)})
        commit("train", {"notebooks/train.ipynb": lambda: execute(train, project)})
        commit("calibration", {"notebooks/calibration.ipynb": lambda: execute(calibration, project)})

        readme = (SOURCES / "base" / "README.md").read_text("utf-8")
        clients = replace(explore, "explore-01", "Who are the customers?", "Who are our clients?")
        commit(
            "clients",
            {
                "README.md": lambda: readme.replace(
                    "Which customers are about to leave", "Which clients are about to leave"
                ),
                "notebooks/explore.ipynb": lambda: execute(clients, project),
            },
        )
        titled = replace(explore, "explore-01", "Who are the customers?", "Who are the customers, and who leaves?")
        commit(
            "titles",
            {
                "README.md": lambda: readme.replace("Which customers are about to leave", "Which customers will leave"),
                "notebooks/explore.ipynb": lambda: execute(titled, project),
            },
        )
        faster = replace(train, "train-04", "rate=0.3, epochs=60", "rate=0.8, epochs=150")
        faster = replace(faster, "train-05", 'title="Loss"', 'title="Loss with a higher learning rate"')
        faster = insert(
            faster,
            "train-05",
            (
                "train-rates",
                "code",
                "for rate in (0.1, 0.3, 0.8):\n"
                "    tried = ChurnModel(rate=rate, epochs=150).fit(train)\n"
                '    print(f"rate {rate}: loss {tried.losses[-1]:.4f} after {len(tried.losses)} epochs")',
            ),
        )
        commit("learning-rate", {"notebooks/train.ipynb": lambda: execute(faster, project)})
        with_auc(project)
        auc = replace(
            train, "train-02", "import accuracy, confusion, log_loss", "import accuracy, confusion, log_loss, roc_auc"
        )
        auc = replace(
            auc,
            "train-09",
            '        "log loss": log_loss(truth, probabilities),\n',
            '        "log loss": log_loss(truth, probabilities),\n        "AUC": roc_auc(truth, probabilities),\n',
        )
        auc = replace(
            auc, "train-08", "## How good is it?", "## How good is it?\n\nAUC does not depend on the threshold."
        )
        commit(
            "auc",
            {
                "churn/metrics.py": lambda: (project / "churn" / "metrics.py").read_text("utf-8"),
                "notebooks/train.ipynb": lambda: execute(auc, project),
            },
        )
    for path in TARGET.rglob("*.ipynb"):
        json.loads(path.read_text("utf-8"))


if __name__ == "__main__":
    main()
