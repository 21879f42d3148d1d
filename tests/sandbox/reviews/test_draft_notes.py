from __future__ import annotations

from typing import Any

import pytest

from ..little_repo import numbered
from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found, reviewer_ids=[world.ids["ada"]])
    return found


def drafts(project: Branches, rest: str = "") -> str:
    return f"{project.api}/merge_requests/1/draft_notes{rest}"


def at(world: World, project: Branches, old: int | None, new: int | None, **more: Any) -> dict[str, Any]:
    refs = world.ok("GET", f"{project.api}/merge_requests/1")["diff_refs"]
    place = {**refs, "position_type": "text", "old_path": "f", "new_path": "f", "old_line": old, "new_line": new}
    return {**place, **more}


def discussions(world: World, project: Branches, *, system: bool = False) -> list[dict[str, Any]]:
    found = world.ok("GET", f"{project.api}/merge_requests/1/discussions")
    return [thread for thread in found if system or not thread["notes"][0]["system"]]


def reviewer_state(world: World, project: Branches) -> str:
    return str(world.ok("GET", f"{project.api}/merge_requests/1/reviewers")[0]["state"])


def test_a_draft_is_its_authors_alone(world: World, project: Branches) -> None:
    place = at(world, project, None, 30)
    made = world.ok("POST", drafts(project), note="Why?", position=place)
    assert made["line_code"].endswith("_31_30") and made["author_id"] == world.ids["ada"]
    assert made["position"] == {**place, "line_range": None}
    assert made["resolve_discussion"] is False and made["discussion_id"] is None
    assert world.ok("GET", drafts(project)) == [made]
    assert world.ok("GET", drafts(project, f"/{made['id']}")) == made
    assert world.ok("GET", drafts(project), "dev") == []
    for method in ("GET", "PUT", "DELETE"):
        assert world.call(method, drafts(project, f"/{made['id']}"), "dev", note="x").status_code == 404
    assert world.call("PUT", drafts(project, f"/{made['id']}/publish"), "dev").status_code == 404
    assert discussions(world, project) == []
    assert world.call("GET", drafts(project), None).status_code == 401


def test_a_general_draft_has_a_position_of_nulls_and_becomes_a_thread(world: World, project: Branches) -> None:
    made = world.ok("POST", drafts(project), note="In general")
    assert set(made["position"].values()) == {None, "text"} and made["line_code"] is None
    assert world.call("PUT", drafts(project, f"/{made['id']}/publish"), "ada").status_code == 204
    (thread,) = discussions(world, project)
    assert thread["individual_note"] is False and thread["notes"][0]["type"] == "DiscussionNote"
    assert world.ok("GET", drafts(project)) == []


def test_the_note_is_needed(world: World, project: Branches) -> None:
    missing = world.call("POST", drafts(project), "ada")
    assert (missing.status_code, missing.json()) == (400, {"error": "note is missing"})
    made = world.ok("POST", drafts(project), note="x")
    answer = world.call("PUT", drafts(project, f"/{made['id']}"), "ada")
    assert (answer.status_code, answer.json()) == (400, {"message": "400 Bad request - Missing params to modify"})


def test_an_update_without_the_position_loses_it(world: World, project: Branches) -> None:
    place = at(world, project, None, 30)
    made = world.ok("POST", drafts(project), note="Why?", position=place)
    kept = world.ok("PUT", drafts(project, f"/{made['id']}"), note="Why so?", position=place)
    assert kept == {**made, "note": "Why so?"}
    lost = world.ok("PUT", drafts(project, f"/{made['id']}"), note="Why?")
    assert set(lost["position"].values()) == {None, "text"}
    world.ok("POST", drafts(project, "/bulk_publish"))
    assert discussions(world, project)[0]["notes"][0]["type"] == "DiscussionNote"


def test_a_range_is_kept_through_publication(world: World, project: Branches) -> None:
    code = "0" * 40
    start = {"line_code": f"{code}_28_28", "type": None, "old_line": 28, "new_line": 28}
    end = {"line_code": f"{code}_31_30", "type": "new", "old_line": None, "new_line": 30}
    place = at(world, project, None, 30, line_range={"start": start, "end": end})
    made = world.ok("POST", drafts(project), note="All of it", position=place)
    assert made["position"]["line_range"] == {"start": start, "end": end}
    world.ok("POST", drafts(project, "/bulk_publish"))
    assert discussions(world, project)[0]["notes"][0]["position"]["line_range"] == {"start": start, "end": end}


def test_a_position_that_fits_no_schema_is_refused(world: World, project: Branches) -> None:
    answer = world.call(
        "POST", drafts(project), "ada", note="x", position=at(world, project, None, 30, head_sha="a" * 65)
    )
    assert answer.status_code == 400 and set(answer.json()["message"]) == {"position", "original_position"}


def test_replies_resolve_or_reopen_the_thread_when_published(world: World, project: Branches) -> None:
    thread = world.comment(project, 1, None, 30).json()["id"]
    reply = world.ok("POST", drafts(project), note="Done", in_reply_to_discussion_id=thread, resolve_discussion=True)
    assert (reply["discussion_id"], reply["resolve_discussion"]) == (thread, True)
    twice = world.call("POST", drafts(project), "ada", note="Again", in_reply_to_discussion_id=thread)
    assert (twice.status_code, twice.json()) == (400, {"message": {"author_id": ["has already been taken"]}})
    world.ok("POST", drafts(project, "/bulk_publish"))
    after = world.ok("GET", f"{project.api}/merge_requests/1/discussions/{thread}")
    assert after["resolved"] is True and [note["body"] for note in after["notes"]] == ["Why?", "Done"]
    assert after["notes"][1]["type"] == "DiffNote" and after["notes"][1]["position"] == after["notes"][0]["position"]
    world.ok("POST", drafts(project), note="Not quite", in_reply_to_discussion_id=thread)
    world.ok("POST", drafts(project, "/bulk_publish"))
    assert world.ok("GET", f"{project.api}/merge_requests/1/discussions/{thread}")["resolved"] is False


def test_replies_need_a_thread_and_resolving_the_right(world: World, project: Branches) -> None:
    unknown = world.call("POST", drafts(project), "ada", note="x", in_reply_to_discussion_id="0" * 40)
    assert unknown.json() == {"message": {"base": ["Thread to reply to cannot be found"]}}
    thread = world.comment(project, 1, None, 30).json()["id"]
    refused = world.call(
        "POST", drafts(project), "rita", note="x", in_reply_to_discussion_id=thread, resolve_discussion=True
    )
    assert (refused.status_code, refused.json()) == (
        400,
        {"message": {"base": ["User is not allowed to resolve thread"]}},
    )
    world.ok("PUT", f"{project.api}/merge_requests/1", title="Other")
    told = next(found["id"] for found in discussions(world, project, system=True) if found["notes"][0]["system"])
    system = world.call("POST", drafts(project), "ada", note="x", in_reply_to_discussion_id=told)
    assert system.json() == {"message": {"base": ["Replies to system notes are not allowed"]}}


def test_a_line_that_takes_no_comment_fails_only_on_publication(world: World, project: Branches) -> None:
    good = world.ok("POST", drafts(project), note="first", position=at(world, project, None, 30))
    bad = world.ok("POST", drafts(project), note="bad", position=at(world, project, None, 33))
    last = world.ok("POST", drafts(project), note="last")
    assert bad["line_code"] is None and bad["position"]["new_line"] == 33
    assert world.call("PUT", drafts(project, f"/{bad['id']}/publish"), "ada").status_code == 500
    failed = world.call("POST", drafts(project, "/bulk_publish"), "ada")
    assert failed.status_code == 500 and "line_code" in failed.json()["message"]
    # the trap: what came before stays published, and pending too
    assert [thread["notes"][0]["body"] for thread in discussions(world, project)] == ["first"]
    assert [draft["id"] for draft in world.ok("GET", drafts(project))] == [good["id"], bad["id"], last["id"]]
    assert world.call("DELETE", drafts(project, f"/{bad['id']}"), "ada").status_code == 204
    world.ok("POST", drafts(project, "/bulk_publish"))
    assert [thread["notes"][0]["body"] for thread in discussions(world, project)] == ["first", "first", "last"]


def test_a_draft_follows_a_push_when_it_is_published(world: World, project: Branches) -> None:
    place = at(world, project, None, 30)
    made = world.ok("POST", drafts(project), note="Why?", position=place)
    new = project.repo.commit_files({"f": "top\n" + numbered(60, {30: "thirty"})}, project.feature)
    world.push(project, "feature", new)
    assert world.ok("GET", drafts(project, f"/{made['id']}"))["position"] == made["position"]
    world.ok("POST", drafts(project, "/bulk_publish"))
    position = discussions(world, project)[0]["notes"][0]["position"]
    assert (position["head_sha"], position["new_line"]) == (new, 31)


def test_a_draft_on_an_old_version_is_carried_when_it_is_made(world: World, project: Branches) -> None:
    place = at(world, project, None, 30)
    new = project.repo.commit_files({"f": "top\n" + numbered(60, {30: "thirty"})}, project.feature)
    world.push(project, "feature", new)
    made = world.ok("POST", drafts(project), note="Why?", position=place)
    assert (made["position"]["head_sha"], made["position"]["new_line"]) == (new, 31)


def test_submitting_says_what_the_review_came_to(world: World, project: Branches) -> None:
    assert reviewer_state(world, project) == "unreviewed"
    made = world.ok("POST", drafts(project), note="x")
    assert reviewer_state(world, project) == "review_started"
    world.ok("DELETE", drafts(project, f"/{made['id']}"))
    assert reviewer_state(world, project) == "unreviewed"
    world.ok("POST", drafts(project), note="x")
    world.ok("POST", drafts(project, "/bulk_publish"), note="Nearly there", reviewer_state="reviewed")
    assert reviewer_state(world, project) == "reviewed"
    shown = discussions(world, project)
    assert [(thread["notes"][0]["body"], thread["individual_note"]) for thread in shown] == [
        ("x", False),
        ("Nearly there", True),
    ]
    world.ok("POST", f"{project.api}/merge_requests/1/approve")
    world.ok("POST", drafts(project, "/bulk_publish"), reviewer_state="requested_changes")
    assert reviewer_state(world, project) == "requested_changes"
    assert world.ok("GET", f"{project.api}/merge_requests/1/approvals")["approved"] is False
    assert world.ok("GET", f"{project.api}/merge_requests/1")["detailed_merge_status"] == "mergeable"
    odd = world.call("POST", drafts(project, "/bulk_publish"), "ada", reviewer_state="approved")
    assert odd.json() == {"error": "reviewer_state does not have a valid value"}


def test_an_approval_can_publish_the_review(world: World, project: Branches) -> None:
    world.ok("POST", drafts(project), note="Well done")
    moved = world.call("POST", f"{project.api}/merge_requests/1/approve", "ada", sha="0" * 40, publish_review=True)
    assert moved.status_code == 409 and discussions(world, project) == []
    world.ok("POST", f"{project.api}/merge_requests/1/approve", publish_review=True)
    assert [thread["notes"][0]["body"] for thread in discussions(world, project)] == ["Well done"]
    assert reviewer_state(world, project) == "approved" and world.ok("GET", drafts(project)) == []


def test_an_approval_whose_review_fails_is_not_given(world: World, project: Branches) -> None:
    world.ok("POST", drafts(project), note="bad", position=at(world, project, None, 33))
    failed = world.call("POST", f"{project.api}/merge_requests/1/approve", "ada", publish_review=True)
    assert (failed.status_code, failed.json()) == (500, {"message": "Failed to publish review"})
    assert world.ok("GET", f"{project.api}/merge_requests/1/approvals")["approved"] is False


def test_python_gitlab_keeps_publishes_and_deletes_drafts(world: World, project: Branches) -> None:
    merge_request = world.client().projects.get(project.id).mergerequests.get(1)
    draft = merge_request.draft_notes.create({"note": "Why?", "position": at(world, project, None, 30)})
    draft.note = "Why so?"
    draft.save()
    assert merge_request.draft_notes.get(draft.id).position["new_line"] is None, "save sends what changed only"
    draft.publish()
    merge_request.draft_notes.create({"note": "gone"}).delete()
    merge_request.draft_notes.create({"note": "and so on"})
    merge_request.draft_notes.bulk_publish()
    assert merge_request.draft_notes.list() == []
    assert [thread["notes"][0]["body"] for thread in discussions(world, project)] == ["Why so?", "and so on"]
