from __future__ import annotations

from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.sandbox.merge_requests.quick_actions import extract

from ..review_world import Branches, World


@pytest.fixture
def project(world: World) -> Branches:
    found = world.project()
    world.open(found)
    return found


def path(project: Branches, rest: str = "") -> str:
    return f"{project.api}/merge_requests/1{rest}"


def say(world: World, project: Branches, body: str, user: str = "ada", **more: Any) -> requests.Response:
    return world.call("POST", path(project, "/notes"), user, body=body, **more)


def done(answer: requests.Response) -> tuple[int, dict[str, Any], list[str]]:
    """Status, changes and summary of a note of commands alone."""
    assert set(answer.json()) == {"commands_changes", "summary"}, answer.text
    return answer.status_code, answer.json()["commands_changes"], answer.json()["summary"]


@pytest.mark.parametrize(
    ("text", "left", "found"),
    [
        ("/close", "", [("close", "")]),
        ("Yes\n/Label ~a ~b \r\n/close\nand no", "Yes\nand no", [("label", "~a ~b"), ("close", "")]),
        ("/closed\n/unknown", "/closed\n/unknown", []),
        (" /close\nx /close", " /close\nx /close", []),
        ("```\n/close\n```\n/reopen", "```\n/close\n```", [("reopen", "")]),
        (">>>\n/close\n>>>", ">>>\n/close\n>>>", []),
        ("/shrug so be it", "so be it ¯\\＿(ツ)＿/¯", []),
        ("", "", []),
    ],
)
def test_commands_are_taken_out_of_the_text(text: str, left: str, found: list[tuple[str, str]]) -> None:
    assert extract(text) == (left, found)


@given(st.text(alphabet="ab/ \n`>", max_size=60))
def test_texts_without_commands_only_lose_blanks_at_the_end(text: str) -> None:
    assert extract(text) == (text.rstrip(), [])


def test_commands_alone_make_no_note(world: World, project: Branches) -> None:
    assert done(say(world, project, "/close")) == (202, {"state_event": "close"}, ["Closed this merge request."])
    assert world.ok("GET", path(project))["state"] == "closed"
    assert done(say(world, project, "/close\n/reopen")) == (
        202,
        {"state_event": "reopen"},
        ["Reopened this merge request."],
    )
    assert world.ok("GET", path(project, "/notes?activity_filter=only_comments")) == []


def test_commands_beside_a_text_go_and_the_text_stays(world: World, project: Branches) -> None:
    note = say(world, project, "Looks good\n/title Another\n")
    assert (note.status_code, note.json()["body"]) == (201, "Looks good")
    assert note.json()["commands_changes"] == {"title": "Another"}
    assert world.ok("GET", path(project))["title"] == "Another"


def test_commands_that_nobody_may_use_vanish(world: World, project: Branches) -> None:
    assert done(say(world, project, "/close", "rita")) == (202, {}, [])
    assert world.ok("GET", path(project))["state"] == "opened"


def test_commands_of_which_nothing_comes_fail(world: World, project: Branches) -> None:
    failed = say(world, project, "/label ~unknown")
    assert (failed.status_code, failed.json()) == (400, {"message": "400 Bad request - Failed to apply commands."})
    long = say(world, project, f"hm\n/title {'x' * 256}")
    assert long.status_code == 400 and "too long" in long.json()["message"]
    assert [note["body"] for note in world.ok("GET", path(project, "/notes"))] == ["hm"], "saved all the same"


def test_labels_people_and_milestones_are_set(world: World, project: Branches) -> None:
    for name in ("bug", "two words"):
        world.ok("POST", f"{project.api}/labels", name=name, color="red")
    world.ok("POST", f"{project.api}/milestones", title="Next one")
    status, changes, summary = done(
        say(world, project, '/label ~bug ~"two words"\n/assign me\n/assign_reviewer @rita\n/milestone %"Next one"')
    )
    assert status == 202 and set(changes) == {"add_label_ids", "assignee_ids", "reviewer_ids", "milestone_id"}
    assert summary == [
        'Added ~bug ~"two words" labels. Assigned @ada. Assigned @rita as reviewer. Set the milestone to %"Next one".'
    ]
    found = world.ok("GET", path(project))
    assert found["labels"] == ["bug", "two words"] and found["milestone"]["title"] == "Next one"
    assert found["assignee"]["username"] == "ada" and found["reviewers"][0]["username"] == "rita"
    _, _, summary = done(say(world, project, "/unlabel ~bug\n/unassign\n/unassign_reviewer\n/remove_milestone"))
    assert summary == [
        'Removed ~bug label. Removed assignee @ada. Removed reviewer @rita. Removed %"Next one" milestone.'
    ]
    found = world.ok("GET", path(project))
    assert (found["labels"], found["assignee"], found["reviewers"], found["milestone"]) == (
        ["two words"],
        None,
        [],
        None,
    )
    done(say(world, project, "/relabel ~bug"))
    assert world.ok("GET", path(project))["labels"] == ["bug"]
    assert done(say(world, project, "/assign @nobody"))[2] == ["Failed to assign a user because no user was found."]


def test_draft_and_ready_change_the_title(world: World, project: Branches) -> None:
    for command, title in (
        ("/draft", "Draft: Round thirty"),
        ("/ready", "Round thirty"),
        ("/draft", "Draft: Round thirty"),
    ):
        done(say(world, project, command))
        assert world.ok("GET", path(project))["title"] == title


def test_a_locked_discussion_is_for_members(world: World, project: Branches) -> None:
    assert done(say(world, project, "/lock"))[2] == ["Locked the discussion."]
    assert world.ok("GET", path(project))["discussion_locked"] is True
    assert done(say(world, project, "/lock"))[2] == []
    assert done(say(world, project, "/unlock"))[2] == ["Unlocked the discussion."]


def test_deeds_are_done_at_once(world: World, project: Branches) -> None:
    _, changes, summary = done(
        say(world, project, "/approve\n/todo\n/react :tada:\n/subscribe\n/target_branch nowhere")
    )
    assert changes == {"todo_event": "add", "emoji_award": "tada", "subscription_event": "subscribe"}
    assert summary == [
        "Approved the current merge request. Added a to-do item. Toggled :tada: emoji reaction."
        " Subscribed to notifications."
    ]
    assert world.ok("GET", path(project, "/approvals"))["user_has_approved"] is True
    assert len(world.ok("GET", f"/todos?project_id={project.id}")) == 1
    assert [award["name"] for award in world.ok("GET", path(project, "/award_emoji"))] == ["tada"]
    assert done(say(world, project, "/unapprove\n/done\n/react :tada:"))[0] == 202
    assert world.ok("GET", path(project, "/award_emoji")) == []
    assert world.ok("GET", f"/todos?project_id={project.id}") == []


def test_merging_needs_the_head_that_was_seen(world: World, project: Branches) -> None:
    blind = say(world, project, "/merge")
    assert blind.status_code == 400 and world.ok("GET", path(project))["state"] == "opened"
    assert done(say(world, project, "/merge", merge_request_diff_head_sha=project.feature))[0] == 202
    assert world.ok("GET", path(project))["state"] == "merged"


def test_rebasing_by_a_note(world: World, project: Branches) -> None:
    world.push(project, "main", project.repo.commit_files({"f": "1\n", "g": "1\n"}, project.main))
    assert done(say(world, project, "/rebase"))[2] == ["Scheduled a rebase of branch feature."]
    assert world.ok("GET", path(project))["merge_error"].startswith("Rebase failed")


def test_threads_replies_edits_and_drafts_know_them_too(world: World, project: Branches) -> None:
    threads = path(project, "/discussions")
    assert done(world.call("POST", threads, "ada", body="/lock"))[0] == 202
    thread = world.ok("POST", threads, body="Why?\n/unlock")
    assert thread["notes"][0]["body"] == "Why?"
    assert done(world.call("POST", f"{threads}/{thread['id']}/notes", "ada", body="/title A"))[0] == 202
    note = world.ok("POST", f"{threads}/{thread['id']}/notes", body="Because\n/title B")
    assert note["commands_changes"] == {"title": "B"}
    assert done(world.call("PUT", path(project, f"/notes/{note['id']}"), "ada", body="/title C"))[0] == 202
    assert world.call("GET", path(project, f"/notes/{note['id']}"), "ada").status_code == 404
    for text in ("Fine\n/approve", "/title D"):
        world.ok("POST", path(project, "/draft_notes"), note=text)
    world.ok("POST", path(project, "/draft_notes/bulk_publish"))
    assert world.ok("GET", path(project))["title"] == "D"
    assert world.ok("GET", path(project, "/approvals"))["user_has_approved"] is True
    bodies = [found["notes"][0]["body"] for found in world.ok("GET", threads) if not found["notes"][0]["system"]]
    assert bodies == ["Why?", "Fine"]


def test_descriptions_know_them_too(world: World) -> None:
    project = world.project()
    world.ok("POST", f"{project.api}/labels", name="bug", color="red")
    made = world.open(project, description="What it does\n\n/label ~bug\n/assign me\n/draft")
    assert made["description"] == "What it does" and made["labels"] == ["bug"] and made["draft"] is True
    assert made["assignee"]["username"] == "dev"
    changed = world.ok("PUT", path(project), description="More\n/unlabel ~bug\n/approve")
    assert (changed["description"], changed["labels"]) == ("More", [])
    assert world.ok("GET", path(project, "/approvals"))["approved"] is True


def test_subscriptions_are_kept(world: World, project: Branches) -> None:
    assert world.ok("GET", path(project), "dev")["subscribed"] is True, "the author takes part"
    assert world.ok("POST", path(project, "/unsubscribe"), "dev")["subscribed"] is False
    assert world.call("POST", path(project, "/unsubscribe"), "dev").status_code == 304
    assert world.ok("POST", path(project, "/subscribe"), "dev")["subscribed"] is True
