"""Nothing that others write is executed: attack strings in every text that the page shows, and a probe that tells.

The strings follow OWASP's cheat sheets for filter evasion; each would set ``window.__xss`` or open a dialog.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lab import Lab
from playwright.sync_api import Dialog, expect
from reviewing import BRANCH, FOLDER, Review
from reviewing import review as review

RUN = "window.__xss=1"
VECTORS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'<img src=x onerror="{RUN}"//',
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>x</marquee>",
    f'<a href="javascript:{RUN}">press</a>',
    f'<a href="java\tscript:{RUN}">press</a>',
    f'<a href="&#106;avascript:{RUN}">press</a>',
    f"[press](javascript:{RUN})",
    f"[press](data:text/html,<script>parent.{RUN}</script>)",
    f'![x](x"onerror="{RUN})',
    f'<math><mtext><table><mglyph><style><img src=x onerror="{RUN}">',
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f'<form action="javascript:{RUN}"><button>press</button></form>',
    f"<link rel=stylesheet href=javascript:{RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<div style=\"background:url('javascript:{RUN}')\">x</div>",
    f"</textarea></title></style><img src=x onerror={RUN}>",
    f'<!--<img src="--><img src=x onerror={RUN}>">',
    f"<button data-commandlinker-command=gitlab:sign-out autofocus onfocus={RUN}>press</button>",
    f"$$\\href{{javascript:{RUN}}}{{press}}$$",
    f'```mermaid\ngraph LR\nA-->B\nclick A href "javascript:{RUN}"\n```',
)
ATTACK = f'"><img src=x onerror={RUN}>'
XSS_BRANCH = f"x/\"'><svg/onload={RUN}>".replace("window.", "")  # no dots beside each other, no blanks: a name for git
XSS_FILE = f"{ATTACK}.ipynb"


def test_nothing_that_others_write_is_executed(review: Review) -> None:
    push_attacks(review)
    merge_request = review.merge_request(XSS_BRANCH, ATTACK)
    merge_request.description = "\n\n".join(VECTORS)
    merge_request.labels = [ATTACK.replace(",", "")]
    merge_request.save()
    for vector in VECTORS:
        merge_request.notes.create({"body": vector})
    comment_on_lines(merge_request, review)

    lab = review.open(review.reviewer)
    probe(lab)
    lab.open_panel().get_by_role("button", name=ATTACK).first.click()
    lab.document.get_by_role("navigation").get_by_role("button", name="onerror").click()
    expect(lab.thread("press").first).to_be_visible()
    for name in ("Rendered", "Source"):
        lab.document.get_by_role("radio", name=name).click()
        lab.page.keyboard.press("End")
        clean(lab)
    draw_all(lab)
    clean(lab)
    lab.document.get_by_role("button", name="Comment on").first.click(force=True)
    for vector in VECTORS:
        lab.document.get_by_role("textbox", name="Comment on").first.fill(vector)
        lab.document.get_by_role("button", name="Preview").click()
        lab.document.get_by_role("button", name="Write").click()
    clean(lab)
    for tab in ("Commits", "Overview"):
        lab.tab(tab)
        expect(lab.document.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        clean(lab)
    draw_all(lab)
    expect(lab.document.locator(".jp-gitlab-Note")).not_to_have_count(0)
    clean(lab)

    # The author's side: names of branch and file in the panel, and the threads in the open notebook.
    review.author.git("switch", "-q", XSS_BRANCH)
    (review.author.clone / XSS_FILE).write_text(notebook("changed"), "utf-8")
    author = review.open(review.author, path=f"{FOLDER}/{XSS_FILE}")
    probe(author)
    expect(author.open_panel().get_by_role("listitem").first).to_be_visible()
    bar = author.page.locator(".jp-gitlab-LiveCell-bar").first
    bar.click()
    expect(author.page.locator(".jp-Notebook [data-gitlab-thread]").first).to_be_visible()
    clean(author, whole=False)


LEFT = """() => [...document.querySelectorAll('.jp-gitlab-Document *, #jp-gitlab-panel *')].flatMap(each =>
    [...each.attributes]
      .filter(({name, value}) => /^on/i.test(name) || name === 'srcdoc' || name === 'data-commandlinker-command'
        || /^\\s*java\\s*script/i.test(value)
        // JupyterLab links `data:` addresses in plain text; browsers open none.
        || (/^\\s*data:text/i.test(value) && !each.matches('.jp-RenderedText a')))
      .map(({name, value}) => `${each.tagName} ${name}=${value} in ${each.parentElement.className}`))"""
"""Attributes of our views that would run something, now or when pressed."""


def probe(lab: Lab) -> None:
    """Fail as soon as a dialog opens; what was executed otherwise tells itself in the page."""
    lab.page.evaluate("delete window.__xss")
    lab.page.on("dialog", refuse)


def refuse(dialog: Dialog) -> None:
    raise AssertionError(f"A dialog was opened: {dialog.message}")


def clean(lab: Lab, whole: bool = True) -> None:
    """Nothing has run, and nothing is left that would run when it is pressed."""
    lab.page.wait_for_timeout(300)  # for pictures that fail and animations that begin
    assert lab.page.evaluate("window.__xss") is None
    if whole:
        assert lab.page.evaluate(LEFT) == []


def draw_all(lab: Lab) -> None:
    """Scroll through what is in front, so that all of it is drawn."""
    lab.page.mouse.move(900, 600)
    for _ in range(12):
        lab.page.mouse.wheel(0, 1200)
        lab.page.wait_for_timeout(60)


def push_attacks(review: Review) -> None:
    """A branch with an attack as its name, and one in the names, contents and message of its commit."""
    git = review.author.git
    git("switch", "-q", "-c", XSS_BRANCH, BRANCH)
    (review.author.clone / XSS_FILE).write_text(notebook("new"), "utf-8")
    Path(review.author.clone / "attack.md").write_text("\n\n".join(VECTORS), "utf-8")
    Path(review.author.clone / "attack.csv").write_text(
        "a,b\n" + "\n".join(f'1,"{ATTACK[2:]}"' for _ in "123"), "utf-8"
    )
    git("add", "-A")
    git("commit", "-q", "-m", ATTACK)
    review.push(XSS_BRANCH)


def notebook(state: str) -> str:
    """Cells of each kind whose sources and outputs are attacks."""
    html = "\n".join(VECTORS)
    outputs: list[dict[str, Any]] = [
        {"output_type": "display_data", "metadata": {}, "data": {mime_type: value}}
        for mime_type, value in (
            ("text/html", html),
            ("text/markdown", html),
            ("text/latex", VECTORS[-2]),
            ("text/plain", html),
            ("image/svg+xml", f"<svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'><script>{RUN}</script></svg>"),
            ("application/javascript", RUN),
            ("application/vnd.vegalite.v5+json", {"mark": ATTACK, "usermeta": {"a": ATTACK}}),
        )
    ]
    outputs += [
        {"output_type": "stream", "name": "stdout", "text": html},
        {"output_type": "error", "ename": ATTACK, "evalue": ATTACK, "traceback": [*VECTORS]},
    ]
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "execution_count": 1, "outputs": outputs, "source": [f"# {state}\n", ATTACK]},
        {"cell_type": "markdown", "source": html},
        {"cell_type": "raw", "source": html},
    ]
    for index, each in enumerate(cells):
        each.update(id=f"cell-{index}", metadata={"tags": [ATTACK], ATTACK: ATTACK})
    language = {"name": ATTACK, "file_extension": ATTACK}
    metadata = {"language_info": language, "kernelspec": {"name": "python3", "display_name": ATTACK}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def comment_on_lines(merge_request: Any, review: Review) -> None:
    """Threads with attacks on a line of the first cell of the notebook."""
    fresh = review.project("mira").mergerequests.get(merge_request.iid)
    lines = notebook("new").split("\n")
    number = next(index for index, line in enumerate(lines, 1) if "# new" in line)
    position = {**fresh.diff_refs, "position_type": "text", "old_path": XSS_FILE, "new_path": XSS_FILE}
    for vector in VECTORS:
        fresh.discussions.create({"body": vector, "position": {**position, "new_line": number}})
