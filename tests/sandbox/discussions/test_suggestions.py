from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.sandbox.discussions.suggestions import Block, parse

from ..little_repo import numbered
from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    return found


def block(text: str, reach: str = "-0+0") -> str:
    return f"Better so:\n```suggestion:{reach}\n{text}\n```\n"


def suggest(
    world: World, project: Branches, body: str, old: int | None, new: int | None, user: str = "ada", **more: Any
) -> dict[str, Any]:
    """A thread with a suggestion on a line of ``f``; its first note."""
    refs = world.ok("GET", f"{project.api}/merge_requests/1")["diff_refs"]
    place = {**refs, "position_type": "text", "old_path": "f", "new_path": "f", "old_line": old, "new_line": new}
    path = f"{project.api}/merge_requests/1/discussions"
    note: dict[str, Any] = world.ok("POST", path, user, body=body, position={**place, **more})["notes"][0]
    return note


def note_again(world: World, project: Branches, note: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = world.ok("GET", f"{project.api}/merge_requests/1/notes/{note['id']}")
    return found


def content(world: World, project: Branches) -> str:
    path = f"{project.api}/repository/files/f/raw?ref=feature"
    return world.call("GET", path, "ada").content.decode()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("```suggestion\nx\n```", [Block("x", 0, 0)]),
        ("```suggestion:-2+1\nx\ny\n```\nand\n~~~~suggestion:+3\n```\n~~~~", [Block("x\ny", 2, 1), Block("```", 0, 3)]),
        ("```suggestion:odd\n```", [Block("", 0, 0)]),
        ("```python\n```suggestion\n```", []),
        ("`````suggestion:-1\nx\n```\n`````", [Block("x\n```", 1, 0)]),
        ("    ```suggestion\n    x", []),
        ("```suggestion\r\nx\r\n```", [Block("x", 0, 0)]),
        ("```suggestion\nopen", [Block("open", 0, 0)]),
        ("``` suggestion ` ```\nx\n```", []),
    ],
)
def test_blocks_are_found_as_markdown_has_them(body: str, found: list[Block]) -> None:
    assert parse(body) == found


@given(st.lists(st.text(alphabet="ab `~\n", max_size=20), max_size=4), st.integers(0, 150), st.integers(0, 150))
def test_every_closed_block_is_read_back(texts: list[str], above: int, below: int) -> None:
    fence = "`" * 30
    body = "\n".join(f"{fence}suggestion:-{above}+{below}\n{text}\n{fence}" for text in texts)
    assert parse(body) == [Block(text, above, below) for text in texts]


def test_a_suggestion_shows_the_lines_it_replaces(world: World, project: Branches) -> None:
    note = suggest(world, project, block("two\nlines", "-1+0"), None, 30)
    (found,) = note["suggestions"]
    assert {key: found[key] for key in found if key != "id"} == {
        "from_line": 29,
        "to_line": 30,
        "appliable": True,
        "applied": False,
        "from_content": "line 29\nthirty\n",
        "to_content": "two\nlines\n",
    }
    assert suggest(world, project, block("x"), 30, None)["suggestions"] == [], "removed lines take none"
    general = world.ok("POST", f"{project.api}/merge_requests/1/discussions", body=block("x"))
    assert "suggestions" not in general["notes"][0]


def test_editing_the_note_makes_its_suggestions_anew(world: World, project: Branches) -> None:
    note = suggest(world, project, block("x"), None, 30)
    path = f"{project.api}/merge_requests/1/notes/{note['id']}"
    changed = world.ok("PUT", path, body=block("y") + block("z"))
    assert [one["to_content"] for one in changed["suggestions"]] == ["y\n", "z\n"]
    assert world.ok("PUT", path, body="never mind")["suggestions"] == []


def test_applying_is_a_commit_in_the_suggesters_name(world: World, project: Branches) -> None:
    note = suggest(world, project, block("THIRTY\nand a half"), None, 30)
    key = note["suggestions"][0]["id"]
    applied = world.ok("PUT", f"/suggestions/{key}/apply", "dev")
    assert applied["applied"] is True and applied["appliable"] is False
    assert content(world, project) == numbered(60, {30: "THIRTY\nand a half"})
    commit = world.ok("GET", f"{project.api}/repository/commits/feature")
    assert commit["message"] == "Apply 1 suggestion(s) to 1 file(s)\n\nCo-authored-by: Ada <ada@example.org>"
    assert (commit["author_name"], commit["committer_name"]) == ("Ada", "Dev")
    again = world.call("PUT", f"/suggestions/{key}/apply", "dev")
    assert (again.status_code, again.json()) == (400, {"message": "Can't apply this suggestion."})
    assert len(world.ok("GET", f"{project.api}/merge_requests/1/versions")) == 2


def test_several_are_applied_in_one_commit(world: World, project: Branches) -> None:
    first = suggest(world, project, block("28 and 29", "-0+1"), 28, 28)["suggestions"][0]["id"]
    last = suggest(world, project, block(""), None, 30)["suggestions"][0]["id"]
    both = world.ok(
        "PUT", "/suggestions/batch_apply", ids=[last, first], commit_message="By %{username}: %{file_paths}"
    )
    assert [one["applied"] for one in both] == [True, True]
    assert content(world, project) == numbered(60, {28: "28 and 29", 29: None, 30: None})
    assert world.ok("GET", f"{project.api}/repository/commits/feature")["message"] == "By ada: f"


def test_lines_may_not_overlap(world: World, project: Branches) -> None:
    ids = [suggest(world, project, block("x", reach), None, 30)["suggestions"][0]["id"] for reach in ("-1+0", "-0+1")]
    answer = world.call("PUT", "/suggestions/batch_apply", "ada", ids=ids)
    message = "Suggestions are not applicable as their lines cannot overlap."
    assert (answer.status_code, answer.json()) == (400, {"message": message})


def test_unknown_ones_and_those_without_the_right_are_refused(world: World, project: Branches) -> None:
    key = suggest(world, project, block("x"), None, 30)["suggestions"][0]["id"]
    missing = world.call("PUT", "/suggestions/9999999/apply", "ada")
    assert (missing.status_code, missing.json()) == (
        404,
        {"message": "Suggestion is not applicable as the suggestion was not found."},
    )
    some = world.call("PUT", "/suggestions/batch_apply", "ada", ids=[key, 9999999])
    assert (some.status_code, some.json()["message"]) == (
        404,
        "Suggestions are not applicable as one or more suggestions were not found.",
    )
    assert world.call("PUT", "/suggestions/x/apply", "ada").json() == {"error": "id is invalid"}
    refused = world.call("PUT", f"/suggestions/{key}/apply", "rita")
    assert (refused.status_code, refused.json()) == (403, {"message": "403 Forbidden"})


def test_what_has_changed_since_is_not_applied(world: World, project: Branches) -> None:
    one = suggest(world, project, block("x"), 28, 28)
    many = suggest(world, project, block("x", "-0+1"), 28, 28)
    same = suggest(world, project, block("thirty"), None, 30)
    assert same["suggestions"][0]["appliable"] is False
    reason = world.call("PUT", f"/suggestions/{same['suggestions'][0]['id']}/apply", "ada").json()["message"]
    assert reason == "This suggestion already matches its content."
    new = project.repo.commit_files({"f": numbered(60, {30: "thirty", 29: "29"})}, project.feature)
    world.push(project, "feature", new)
    assert note_again(world, project, one)["suggestions"][0]["appliable"] is True
    (stale,) = note_again(world, project, many)["suggestions"]
    assert stale["appliable"] is False
    reason = world.call("PUT", f"/suggestions/{stale['id']}/apply", "ada").json()["message"]
    assert reason == "Can't apply as these lines were changed in a more recent version."
    world.ok("PUT", f"{project.api}/merge_requests/1", state_event="close")
    reason = world.call("PUT", f"/suggestions/{one['suggestions'][0]['id']}/apply", "ada").json()["message"]
    assert reason.startswith("This merge request is closed.")


def test_too_long_a_reach_is_refused(world: World, project: Branches) -> None:
    (far,) = suggest(world, project, block("x", "-101+0"), None, 30)["suggestions"]
    assert (far["from_line"], far["to_line"], far["appliable"]) == (1, 30, False)
    reason = world.call("PUT", f"/suggestions/{far['id']}/apply", "ada").json()["message"]
    assert reason == "Cannot apply as this suggestion spans more than 100 lines."


def test_notebooks_never_take_suggestions(world: World) -> None:
    project = world.project({"n.ipynb": numbered(9)}, {"n.ipynb": numbered(9, {5: "five"})})
    world.open(project)
    note = suggest(world, project, block("x"), None, 5, old_path="n.ipynb", new_path="n.ipynb")
    (found,) = note["suggestions"]
    assert found["appliable"] is False and found["to_content"] == "x\n"
    refused = world.call("PUT", f"/suggestions/{found['id']}/apply", "ada")
    assert (refused.status_code, refused.json()) == (
        400,
        {"message": "This file was modified for readability, and can't accept suggestions. Edit it directly."},
    )


def test_bytes_that_are_no_text_stay_as_they_are(world: World) -> None:
    odd = b"one\r\ntw\xe9\r\nthree\x0b\xe2\x80\xa8x\r\nlast"
    project = world.project({"f": odd}, {"f": odd.replace(b"one", b"One")})
    world.open(project)
    (found,) = suggest(world, project, block("uno"), None, 1)["suggestions"]
    assert found["to_content"] == "uno\r\n"
    world.ok("PUT", f"/suggestions/{found['id']}/apply")
    path = f"{project.api}/repository/files/f/raw?ref=feature"
    assert world.call("GET", path, "ada").content == odd.replace(b"one", b"uno")
