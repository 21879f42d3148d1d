"""The review of ``ui-tests/test_review.py`` scene by scene, in the requests that the page sends for it.

Each scene ends with what GitLab has then, asked by its usual client.
"""

from __future__ import annotations

import json
from typing import Any

from git_workspace import notebook, stream

from .play import Play

NOTEBOOK = "train.ipynb"
OUTPUTS = {2: [stream("12\n")]}
OLD = notebook("import math", "def area(r):\n    return 3 * r * r\n", "print(area(2))", outputs=OUTPUTS)
NEW = notebook("import math\nR = 2", "def area(r):\n    return math.pi * r * r\n", "print(area(R))", outputs=OUTPUTS)
AREA = "    return math.pi * r * r"
BETTER = '    return math.pi * r**2  # "é" \\ '
SUGGESTION = f"Shorter.\n\n```suggestion:-0+0\n{BETTER}\n```"
EDITED = "R = 3"


def play_through(play: Play) -> None:
    """All scenes, one after the other."""
    for scene in SCENES:
        with play.scene():
            scene(play)


def the_reviewer_finds_it(play: Play) -> None:
    ask = play.reviewer.ask
    play.reviewer.sign_in()
    ask("list_hosts")
    assert ask("get_project").name
    assert play.iid in [item.merge_request.iid for item in ask("list_inbox", scope="for_review").items]
    assert ask("count_inbox").for_review >= 1
    assert ask("list_merge_requests", scope="for_review").items
    assert ask("count_merge_requests").for_review >= 1
    ask("list_todos")
    ask("list_replies")


def the_reviewer_opens_it(play: Play) -> None:
    ask, iid = play.reviewer.ask, play.iid
    found = ask("get_merge_request", iid=iid)
    (file,) = ask("list_merge_request_files", iid=iid).files
    assert file.path.id == NOTEBOOK
    refs = found.diff_refs
    diff = ask("get_file_diff", old=refs.base_sha, new=refs.head_sha, old_path=NOTEBOOK, new_path=NOTEBOOK)
    assert diff.summary.cells_changed == 3
    assert all(note.system for each in ask("list_discussions", iid=iid).discussions for note in each.notes)
    assert ask("list_draft_notes", iid=iid).draft_notes == []
    assert len(ask("list_versions", iid=iid).versions) == 1
    assert len(ask("list_merge_request_commits", iid=iid).commits) == 1
    ask("list_viewed", iid=iid)
    ask("get_check_out", iid=iid)
    ask("list_labels")


def three_comments_are_kept(play: Play) -> None:
    ask, say, iid = play.reviewer.ask, play.reviewer.say, play.iid
    place = places(play)
    first, last = raw_line(NEW, "import math"), raw_line(NEW, "R = 2")
    lines = {**place, "new_line": last, "start": {"new_line": first}}
    asked = {name: place[name] for name in ("base_sha", "head_sha", "old_path", "new_path")}
    assert ask("locate_line", **asked, new_line=last).shown
    say("create_draft_note", {"body": "Both?", "position": lines}, 0, iid=iid)
    spot: dict[str, Any] = {"side": "new", "index": 2, "output": 0}
    ask("locate_comment", **asked, **spot)
    say("create_draft_note", {"body": "On what?", "cell": {**place, **spot}}, draft(play), iid=iid)
    line = raw_line(NEW, "math.pi")
    found = ask("get_suggestible", **asked, first=line, last=line)
    assert found.lines == [AREA]
    suggested = {**place, "new_line": line}
    say("create_draft_note", {"body": SUGGESTION, "position": suggested}, draft(play), iid=iid)
    assert [text.partition("\n")[0] for text in pending(play)] == ["Both?", "On what?", "Shorter."]
    assert play.said() == []


def one_of_them_is_changed(play: Play) -> None:
    ask, iid = play.reviewer.ask, play.iid
    second = ask("list_draft_notes", iid=iid).draft_notes[1]
    ask("update_draft_note", {"body": "On all?"}, iid=iid, draft_note_id=second.id)
    assert [text.partition("\n")[0] for text in pending(play)] == ["Both?", "On all?", "Shorter."]


def the_review_is_submitted(play: Play) -> None:
    submit(play, summary="Nearly there.", known_note=play.newest())
    assert pending(play) == []
    # A comment whose publication failed comes after the others; what is said of them all comes last.
    found = play.said()
    assert found[-1]["body"] == "Nearly there."
    both, output, shorter = sorted(found[:-1], key=lambda note: str(note["body"]))
    assert both["body"] == "Both?"
    assert output["body"].startswith("On all?")
    assert both["position"]["line_range"]["end"]["new_line"] == both["position"]["new_line"]
    assert "output=0" in output["body"]
    assert shorter["body"] == SUGGESTION


def the_author_answers(play: Play) -> None:
    ask, say, iid = play.author.ask, play.author.say, play.iid
    ask("get_merge_request", iid=iid)
    discussions = ask("list_discussions", iid=iid).discussions
    threads = {each.notes[0].body: each.id for each in discussions}
    assert ask("list_award_emoji", iid=iid, note_id=discussions[-1].notes[0].id).award_emoji == []
    say("create_note", {"body": "R is."}, play.newest(), iid=iid, discussion_id=threads["Both?"])
    assert ask("resolve_discussion", {"resolved": True}, iid=iid, discussion_id=threads["Both?"]).resolved
    assert ask("resolve_discussion", {"resolved": True}, iid=iid, discussion_id=threads["On all?"]).resolved
    say("create_discussion", {"body": "Thanks!"}, play.newest(), iid=iid)
    line = {**places(play), "new_line": raw_line(NEW, "area(R)")}
    say("create_discussion", {"body": "And this?", "position": line}, play.newest(), iid=iid)
    assert sorted(first_lines(play)) == sorted(
        ["Both?", "R is.", "On all?", "Shorter.", "Nearly there.", "Thanks!", "And this?"]
    )


def the_suggestion_is_applied(play: Play) -> None:
    ask, iid = play.author.ask, play.iid
    head = play.on_gitlab().sha
    (thread,) = (each for each in ask("list_discussions", iid=iid).discussions if each.notes[0].suggestions)
    ref = {"discussion_id": thread.id, "note_id": thread.notes[0].id}
    done = ask("apply_suggestions", {"sha": head, "suggestions": [ref]}, iid=iid)
    if done.error is not None:  # what is left of it is done by hand, as the page says
        assert done.error.hint
        assert ask("resolve_discussion", {"resolved": True}, iid=iid, discussion_id=thread.id).resolved
    commit = play.project.commits.get(play.on_gitlab().sha)
    assert (commit.id, commit.parent_ids) == (done.commit, [head])
    assert play.blob(play.branch, NOTEBOOK) == NEW.replace(in_json(AREA), in_json(BETTER))
    said = play.said()
    assert sum(note["body"].startswith("Applied in ") for note in said) == (done.error is None or applied_once(said))
    assert all(note["resolved"] for note in said if note["body"] == SUGGESTION)


def the_author_edits_and_pushes(play: Play) -> None:
    ask, workspace = play.author.ask, play.author.workspace
    ask("pull", {})
    edited = (workspace.top / NOTEBOOK).read_text("utf-8").replace("R = 2", EDITED)
    workspace.write(NOTEBOOK, edited)
    play.author.api("stage", {"paths": [NOTEBOOK]})
    commit = play.author.api("commit", {"message": "Take three"}).commit
    assert ask("push", {}).ahead == 0
    ask("fetch", {})
    assert play.on_gitlab().sha == commit.sha
    assert play.blob(play.branch, NOTEBOOK) == edited
    assert len(play.on_gitlab().diffs.list(get_all=True)) == 3


def the_reviewer_looks_at_what_changed(play: Play) -> None:
    ask, iid = play.reviewer.ask, play.iid
    ask("get_merge_request", iid=iid)
    newest, *_, reviewed = ask("list_versions", iid=iid).versions
    (file,) = ask("list_merge_request_files", iid=iid, version_id=newest.id, since_id=reviewed.id).files
    assert file.path.id == NOTEBOOK
    shas = reviewed.diff_refs.head_sha, newest.diff_refs.head_sha
    diff = ask("get_file_diff", old=shas[0], new=shas[1], old_path=NOTEBOOK, new_path=NOTEBOOK)
    assert [row.text for cell in diff.cells for row in cell.rows if row.kind == "added"] == [EDITED, BETTER]
    threads = ask("list_discussions", iid=iid).discussions
    assert not [each for each in threads if each.notes[0].body == "Both?" and not each.resolved]


def the_reviewer_approves(play: Play) -> None:
    submit(play, verdict="approve", known_note=play.newest())
    assert [each["user"]["username"] for each in play.on_gitlab().approvals.get().approved_by] == [
        play.reviewer.person.username
    ]


def the_author_merges(play: Play) -> None:
    ask, iid = play.author.ask, play.iid
    sha = ask("get_merge_request", iid=iid).sha
    merged = ask("merge", {"sha": sha}, iid=iid)
    assert (merged.state, merged.sha) == ("merged", sha)
    ask("switch_branch", {"name": play.target, "pull": True})
    found = play.on_gitlab()
    assert found.state == "merged"
    expected = NEW.replace(in_json(AREA), in_json(BETTER)).replace("R = 2", EDITED)
    assert play.blob(play.target, NOTEBOOK) == expected
    assert (play.author.workspace.top / NOTEBOOK).read_text("utf-8") == expected
    commits = [commit.id for commit in play.project.commits.list(ref_name=play.target, get_all=True)]
    assert commits.count(found.merge_commit_sha) == 1
    assert len([one for one in play.project.branches.list(get_all=True) if one.name == play.branch]) == 0


SCENES = (
    the_reviewer_finds_it,
    the_reviewer_opens_it,
    three_comments_are_kept,
    one_of_them_is_changed,
    the_review_is_submitted,
    the_author_answers,
    the_suggestion_is_applied,
    the_author_edits_and_pushes,
    the_reviewer_looks_at_what_changed,
    the_reviewer_approves,
    the_author_merges,
)


def submit(play: Play, **body: Any) -> None:
    """Submits the review until nothing is left to do."""
    sha = play.on_gitlab().sha
    for _ in range(20):
        done = play.reviewer.ask("submit_review", {"sha": sha, **body}, iid=play.iid)
        assert done.error is None or done.error.hint
        if not done.failed and done.summary_sent and done.verdict_given and done.error is None:
            return
    raise AssertionError(f"the review is never whole: {done}")


def places(play: Play) -> dict[str, Any]:
    """The newest version of the notebook, as positions name it."""
    refs = play.on_gitlab().diff_refs
    return {**refs, "old_path": NOTEBOOK, "new_path": NOTEBOOK}


def pending(play: Play) -> list[str]:
    """The reviewer's pending comments, the oldest first; the author sees none of them."""
    assert play.on_gitlab(play.author).draft_notes.list(get_all=True) == []
    found = play.on_gitlab(play.reviewer).draft_notes.list(get_all=True)
    return [each.note for each in sorted(found, key=lambda each: int(each.id))]


def draft(play: Play) -> int:
    """The newest pending comment that the page knows."""
    return max((each.id for each in play.on_gitlab(play.reviewer).draft_notes.list(get_all=True)), default=0)


def first_lines(play: Play) -> list[str]:
    return [note["body"].partition("\n")[0] for note in play.said()]


def applied_once(said: list[dict[str, Any]]) -> bool:
    """Whether the thread says that its suggestion was applied, which it says no more than once."""
    return any(note["body"].startswith("Applied in ") for note in said)


def raw_line(content: str, text: str) -> int:
    """The line of the raw file, counted from 1."""
    return content[: content.index(text)].count("\n") + 1


def in_json(line: str) -> str:
    """A line as the notebook spells it."""
    return json.dumps(line, ensure_ascii=False)[1:-1]
