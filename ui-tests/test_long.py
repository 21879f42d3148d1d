"""A long notebook diff: what is far from the screen leaves the page, and comes back as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Demo
from lab import Lab
from playwright.sync_api import Locator, expect

LONG = "long.ipynb"
CELLS, LINES = 120, 10
STEP = 600  # px


def cell(index: int, run: str) -> dict[str, Any]:
    lines = [f"step_{index}_{line} = {line}\n" for line in range(LINES - 1)]
    return {
        "cell_type": "code",
        "id": f"cell-{index}",
        "metadata": {},
        "execution_count": None,
        "source": [*lines, f"last_{index} = '{run}'"],
        "outputs": [{"output_type": "stream", "name": "stdout", "text": [f"{run} value of cell {index}\n"]}],
    }


def write(clone: Path, run: str) -> None:
    metadata = {"language_info": {"name": "python"}}
    content = {"cells": [cell(index, run) for index in range(CELLS)], "metadata": metadata}
    (clone / LONG).write_text(json.dumps({**content, "nbformat": 4, "nbformat_minor": 5}, indent=1))


@pytest.fixture
def diff(demo: Demo, open_lab: Callable[..., Lab]) -> tuple[Lab, Locator]:
    clone = demo.clone("author")
    write(clone, "old")
    demo.git("author", "add", LONG)
    demo.git("author", "commit", "--quiet", "--message=A long notebook")
    write(clone, "new")
    lab = open_lab("author")
    lab.open_panel()
    lab.file_row(LONG).locator(".jp-gitlab-Row-name").click()
    view = lab.page.locator(".jp-gitlab-Diff")
    expect(view.get_by_text("new value of cell 0")).to_be_visible()
    return lab, view


LEFT = {
    STEP: "view => view.scrollHeight - view.clientHeight - view.scrollTop",
    -STEP: "view => view.scrollTop",
}
"""Pixels that are left to scroll, down or up."""


def scroll(lab: Lab, view: Locator, step: int) -> None:
    """With the wheel, until there is no further."""
    view.hover()
    while view.evaluate(LEFT[step]) > 1:
        lab.page.mouse.wheel(0, step)
        lab.page.wait_for_timeout(60)  # as a person turns it


def test_what_is_far_away_leaves_the_page_and_comes_back(diff: tuple[Lab, Locator]) -> None:
    lab, view = diff
    lines = view.locator(".jp-gitlab-SourceTable .jp-gitlab-Line")
    first = view.locator('[data-gitlab-cell="0"]')
    folded = first.get_by_role("button", name="unchanged lines · show")
    folded.click()
    expect(first.get_by_text("step_0_0", exact=False)).to_be_visible()
    scroll(lab, view, STEP)
    expect(view.get_by_text(f"new value of cell {CELLS - 1}")).to_be_in_viewport()
    assert 0 < lines.count() < CELLS * LINES / 2
    # The browser's search finds the source of a cell in the middle all the same.
    assert lab.page.evaluate(f"() => find('last_{CELLS // 2} =', true, true)")
    height = view.evaluate("view => view.scrollHeight")
    scroll(lab, view, -STEP)
    expect(view.get_by_text("new value of cell 0")).to_be_in_viewport()
    expect(folded).to_have_count(0)  # what was opened stays so
    expect(first.get_by_role("row", name="step_0_0").first).to_be_visible()
    assert abs(view.evaluate("view => view.scrollHeight") - height) < 50
