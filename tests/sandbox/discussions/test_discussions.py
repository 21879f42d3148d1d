from __future__ import annotations

from typing import Any

import pytest
import requests

from ..review_world import Branches, World


@pytest.fixture(scope="module")
def project(world: World) -> Branches:
    """A project whose merge request !1 changes line 30 of 60."""
    found = world.project()
    world.open(found)
    return found


NOTE = {
    *("id", "type", "body", "author", "created_at", "updated_at", "system", "noteable_id", "noteable_type"),
    *("project_id", "resolvable", "confidential", "internal", "imported", "imported_from", "noteable_iid"),
    "commands_changes",
}
RESOLVED = {"resolved", "resolved_by", "resolved_at"}
NO_CODE = '400 Bad request - Note {:line_code=>["can\'t be blank", "must be a valid line code"]}'


def threads(project: Branches) -> str:
    return f"{project.api}/merge_requests/1/discussions"


def test_a_thread_on_a_line_is_a_diff_note(world: World, project: Branches) -> None:
    answer = world.comment(project, 1, None, 30)
    assert answer.status_code == 201
    thread = answer.json()
    assert set(thread) == {"id", "individual_note", "resolvable", "resolved", "notes"}
    assert (thread["individual_note"], thread["resolvable"], thread["resolved"]) == (False, True, False)
    assert len(thread["id"]) == 40
    (note,) = thread["notes"]
    assert set(note) == NOTE | RESOLVED | {"commit_id", "position", "suggestions"}
    assert (note["type"], note["noteable_iid"], note["author"]["username"]) == ("DiffNote", 1, "ada")
    assert note["position"] == {
        "base_sha": project.main,
        "start_sha": project.main,
        "head_sha": project.feature,
        "old_path": "f",
        "new_path": "f",
        "position_type": "text",
        "old_line": None,
        "new_line": 30,
        "line_range": None,
    }
    assert world.ok("GET", f"{threads(project)}/{thread['id']}") == thread


@pytest.mark.parametrize(("old", "new", "status"), [(30, None, 201), (5, 5, 201), (5, None, 400), (30, 30, 400)])
def test_only_lines_that_gitlab_shows_take_a_thread(
    world: World, project: Branches, old: int | None, new: int | None, status: int
) -> None:
    answer = world.comment(project, 1, old, new)
    assert answer.status_code == status
    if status == 400:
        assert answer.json() == {"message": NO_CODE}


def test_what_is_missing_is_named_before_the_line_is_looked_for(world: World, project: Branches) -> None:
    refused = world.call("POST", threads(project), "ada", position={"base_sha": "x"})
    assert (refused.status_code, refused.json()) == (
        400,
        {
            "error": "body is missing, position[start_sha] is missing, position[head_sha] is missing,"
            " position[position_type] is missing"
        },
    )
    word = world.comment(project, 1, None, 30, position_type="word")
    assert word.json() == {"error": "position[position_type] does not have a valid value"}
    incomplete = world.comment(project, 1, None, None).json()["message"]
    assert "line_code" in incomplete and ':position=>["is incomplete"]' in incomplete
    blank = world.call("POST", threads(project), "ada", body=" ")
    assert blank.json() == {"message": '400 Bad request - Note {:note=>["can\'t be blank"]}'}


def test_forms_and_multipart_bodies_say_the_same_as_json(world: World, project: Branches) -> None:
    position = {"base_sha": project.main, "start_sha": project.main, "head_sha": project.feature}
    fields = {
        "body": "form",
        "position[position_type]": "text",
        "position[new_path]": "f",
        "position[old_path]": "f",
        "position[new_line]": "30",
        **{f"position[{key}]": value for key, value in position.items()},
    }
    url, headers = f"{world.url}/api/v4{threads(project)}", {"PRIVATE-TOKEN": world.tokens["ada"]}
    for body in ({"data": fields}, {"files": {key: (None, value) for key, value in fields.items()}}):
        answer = requests.post(url, headers=headers, timeout=30, **body)  # type: ignore[arg-type]
        assert answer.status_code == 201, answer.text
        assert answer.json()["notes"][0]["position"]["new_line"] == 30


def test_line_ranges_are_kept_as_sent(world: World, project: Branches) -> None:
    span = {
        "start": {"line_code": "x_29_29", "type": None, "old_line": 29, "new_line": 29},
        "end": {"line_code": "x_31_30", "type": "new", "old_line": None, "new_line": 30},
    }
    note = world.comment(project, 1, None, 30, line_range=span).json()["notes"][0]
    assert note["position"]["line_range"] == span


def test_images_take_coordinates(world: World) -> None:
    project = world.project({"f.png": b"\0a"}, {"f.png": b"\0b"})
    world.open(project)
    spot: dict[str, Any] = {"position_type": "image", "old_path": "f.png", "new_path": "f.png"}
    answer = world.comment(project, 1, None, None, **spot, x=1, y=2, width=30, height=40)
    assert answer.status_code == 201, answer.text
    position = answer.json()["notes"][0]["position"]
    assert {key: position[key] for key in ("x", "y", "width", "height")} == {"x": 1, "y": 2, "width": 30, "height": 40}
    assert "old_line" not in position
    assert world.comment(project, 1, None, None, **spot, x=1).status_code == 400


def test_replies_join_the_thread_and_keep_its_place(world: World, project: Branches) -> None:
    thread = world.comment(project, 1, None, 30).json()
    answer = world.call("POST", f"{threads(project)}/{thread['id']}/notes", "rita", body="Because")
    assert answer.status_code == 201
    note = answer.json()
    assert (note["type"], note["position"]) == ("DiffNote", thread["notes"][0]["position"])
    after = world.ok("GET", f"{threads(project)}/{thread['id']}")
    assert [each["body"] for each in after["notes"]] == ["Why?", "Because"]
    assert world.ok("GET", f"{threads(project)}/{thread['id']}/notes") == after["notes"]
    missing = world.call("POST", f"{threads(project)}/{'0' * 40}/notes", "rita", body="x")
    assert (missing.status_code, missing.json()) == (404, {"message": "404 Discussion Not Found"})


def test_an_individual_note_becomes_a_thread_by_its_first_reply(world: World) -> None:
    project = world.project()
    world.open(project)
    made = world.ok("POST", f"{project.api}/merge_requests/1/notes", body="Nice")
    assert set(made) == NOTE and made["type"] is None and made["resolvable"] is False
    (alone,) = world.ok("GET", threads(project))
    assert (alone["individual_note"], alone["resolvable"]) == (True, False) and "resolved" not in alone
    world.ok("POST", f"{threads(project)}/{alone['id']}/notes", body="Thanks")
    (thread,) = world.ok("GET", threads(project))
    assert (thread["individual_note"], thread["resolved"]) == (False, False)
    assert [note["type"] for note in thread["notes"]] == ["DiscussionNote", "DiscussionNote"]


def test_gitlabs_own_notes_take_no_reply(world: World) -> None:
    project = world.project()
    world.open(project)
    world.ok("PUT", f"{project.api}/merge_requests/1", title="Draft: x")
    (told,) = world.ok("GET", threads(project))
    assert told["individual_note"] is True and told["notes"][0]["system"] is True
    answer = world.call("POST", f"{threads(project)}/{told['id']}/notes", "ada", body="x")
    assert answer.json() == {"message": "400 Bad request - Discussion can not be replied to."}
    note = told["notes"][0]["id"]
    edit = world.call("PUT", f"{project.api}/merge_requests/1/notes/{note}", "ada", body="x")
    assert edit.status_code == 403


def test_resolving_covers_every_note_of_a_thread(world: World) -> None:
    project = world.project()
    world.open(project)
    thread = world.comment(project, 1, None, 30).json()
    path = f"{threads(project)}/{thread['id']}"
    world.ok("POST", f"{path}/notes", body="more")
    assert world.call("PUT", path, "rita", resolved=True).status_code == 403
    resolved = world.ok("PUT", path, "dev", resolved=True)
    assert resolved["resolved"] is True
    assert {note["resolved_by"]["username"] for note in resolved["notes"]} == {"dev"}
    assert all(note["resolved_at"] for note in resolved["notes"])
    reply = world.ok("POST", f"{path}/notes", "rita", body="and now?")
    assert reply["resolved"] is False
    assert world.ok("PUT", path, resolved=False)["resolved"] is False
    assert world.call("PUT", path, "dev").json() == {"error": "resolved is missing"}
    told = [note["body"] for note in world.ok("GET", f"{project.api}/merge_requests/1/notes") if note["system"]]
    assert told == ["resolved all threads"]


def test_one_note_is_resolved_or_reworded_never_both(world: World) -> None:
    project = world.project()
    world.open(project)
    thread = world.comment(project, 1, None, 30).json()
    note = f"{threads(project)}/{thread['id']}/notes/{thread['notes'][0]['id']}"
    assert world.ok("PUT", note, resolved=True)["resolved"] is True
    assert world.ok("PUT", note, body="Why not?")["body"] == "Why not?"
    both = world.call("PUT", note, "ada", resolved=True, body="x")
    assert both.json() == {"error": "body, resolved are mutually exclusive"}
    neither = world.call("PUT", note, "ada").json()["error"]
    assert neither == "body, resolved are missing, exactly one parameter must be provided"
    assert world.call("PUT", note, "dev", body="mine now").status_code == 403
    single = world.ok("POST", f"{project.api}/merge_requests/1/notes", body="one")
    alone = world.ok("GET", threads(project))[-1]
    answer = world.call("PUT", f"{threads(project)}/{alone['id']}/notes/{single['id']}", "ada", resolved=True)
    assert answer.json() == {"message": "400 Bad request - Note is not resolvable"}


def test_authors_and_maintainers_delete_notes(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/merge_requests/1/notes"
    note = world.ok("POST", path, "rita", body="oops")["id"]
    assert world.call("DELETE", f"{path}/{note}", "dev").status_code == 403
    assert world.call("DELETE", f"{path}/{note}", "rita").status_code == 204
    assert world.call("GET", f"{path}/{note}", "rita").json() == {"message": "404 Not found"}
    note = world.ok("POST", path, "rita", body="again")["id"]
    assert world.ok("PUT", f"{path}/{note}", "rita", body="better")["body"] == "better"
    assert world.call("DELETE", f"{path}/{note}", "ada").status_code == 204
    assert world.ok("GET", threads(project)) == []


def test_notes_are_listed_newest_first_and_counted_without_gitlabs_own(world: World) -> None:
    project = world.project()
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    for word in ("one", "two"):
        world.ok("POST", f"{path}/notes", body=word)
    world.ok("PUT", path, title="Draft: x")
    everything = [note["body"] for note in world.ok("GET", f"{path}/notes")]
    assert everything == ["marked this merge request as **draft**", "two", "one"]
    comments = [note["body"] for note in world.ok("GET", f"{path}/notes?activity_filter=only_comments&sort=asc")]
    assert comments == ["one", "two"]
    assert world.ok("GET", path)["user_notes_count"] == 2


def test_discussions_come_in_pages_of_threads_oldest_first(world: World) -> None:
    project = world.project()
    world.open(project)
    ids = [world.comment(project, 1, line, line).json()["id"] for line in (1, 2, 3, 4, 5)]
    world.ok("POST", f"{threads(project)}/{ids[0]}/notes", body="a reply is no thread")
    page = world.call("GET", f"{threads(project)}?per_page=2&page=2", "rita")
    assert [thread["id"] for thread in page.json()] == ids[2:4]
    headers = ("X-Page", "X-Next-Page", "X-Prev-Page", "X-Total", "X-Total-Pages")
    assert [page.headers[name] for name in headers] == ["2", "3", "1", "5", "3"]
    assert "noteable_id=1" in page.headers["Link"]


def test_reading_needs_a_user_and_writing_on_a_locked_discussion_membership(world: World) -> None:
    project = world.project(visibility="public")
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    assert world.call("GET", threads(project), None).status_code == 401
    assert world.call("POST", f"{path}/notes", "stranger", body="hi").status_code == 201
    world.ok("PUT", path, discussion_locked=True)
    assert world.call("POST", f"{path}/notes", "stranger", body="hi").status_code == 403
    assert world.call("POST", f"{path}/notes", "rita", body="hi").status_code == 201


def test_only_owners_choose_when_a_note_was_written(world: World, project: Branches) -> None:
    path, when = f"{project.api}/merge_requests/1/notes", "2020-02-02T02:02:02.000Z"
    assert world.ok("POST", path, "root", body="old", created_at=when)["created_at"] == when
    assert world.ok("POST", path, "ada", body="new", created_at=when)["created_at"] != when


def test_an_open_thread_blocks_the_merge_where_the_project_says_so(world: World) -> None:
    project = world.project(only_allow_merge_if_all_discussions_are_resolved=True)
    world.open(project)
    path = f"{project.api}/merge_requests/1"
    thread = world.comment(project, 1, None, 30).json()
    blocked = world.ok("GET", path)
    assert blocked["blocking_discussions_resolved"] is False
    assert blocked["detailed_merge_status"] == "discussions_not_resolved"
    world.ok("PUT", f"{threads(project)}/{thread['id']}", resolved=True)
    settled = world.ok("GET", path)
    assert (settled["blocking_discussions_resolved"], settled["detailed_merge_status"]) == (True, "mergeable")
