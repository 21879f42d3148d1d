"""Commands that change what a merge request says of itself."""

from __future__ import annotations

import re

from ...accounts.access import can_read_code
from ...accounts.users import by_username
from ...store.sqlite import Row
from .. import mergeability
from .plan import Commands, Plan

commands = Commands()

# -- state and texts


@commands("close")
def _close(made: Plan, argument: str) -> bool:
    if made.merge_request["state"] != "opened" or not made.may_change:
        return False
    made.change("Closed this merge request.", {"state_event": "close"})
    return True


@commands("reopen")
def _reopen(made: Plan, argument: str) -> bool:
    if made.merge_request["state"] != "closed" or not made.may_change:
        return False
    made.change("Reopened this merge request.", {"state_event": "reopen"})
    return True


@commands("title")
def _title(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    if argument:
        made.change(f'Changed the title to "{argument}".', {"title": argument})
    return True


@commands("draft")
def _draft(made: Plan, argument: str) -> bool:
    return _set_draft(made, not mergeability.is_draft(made.merge_request["title"]))


@commands("ready")
def _ready(made: Plan, argument: str) -> bool:
    return _set_draft(made, False)


def _set_draft(made: Plan, wanted: bool) -> bool:
    if not made.may_change:
        return False
    plain = mergeability.without_draft(made.merge_request["title"])
    title = f"Draft: {plain}" if wanted else plain
    word = "Marked this merge request as a draft." if wanted else "Marked this merge request as ready."
    made.change(word, {"title": title}, {"wip_event": "draft" if wanted else "ready"})
    return True


@commands("target_branch")
def _target_branch(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    project = made.request.store.get("projects", made.merge_request["project_id"])
    if made.request.instance.repository(project).branch(argument):
        made.change(f"Set target branch to {argument}.", {"target_branch": argument})
    return True


@commands("lock")
def _lock(made: Plan, argument: str) -> bool:
    if made.merge_request["discussion_locked"] or not made.may_change:
        return False
    made.change("Locked the discussion.", {"discussion_locked": True})
    return True


@commands("unlock")
def _unlock(made: Plan, argument: str) -> bool:
    if not made.merge_request["discussion_locked"] or not made.may_change:
        return False
    made.change("Unlocked the discussion.", {"discussion_locked": False})
    return True


# -- people, labels, milestone


def _people(made: Plan, argument: str) -> list[Row]:
    """The users that an argument names (``me`` is the writer) and that can see the merge request."""
    request = made.request
    project = request.store.get("projects", made.merge_request["project_id"])
    names = re.findall(r"@?([\w.-]+)", argument)
    users = [request.me if name == "me" else by_username(request.store, name) for name in names]
    return [user for user in users if user is not None and can_read_code(request.store, user, project)]


@commands("assign", "reassign")
def _assign(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    users = _people(made, argument)
    if not users:
        made.messages.append("Failed to assign a user because no user was found.")
    else:
        made.change(f"Assigned @{users[0]['username']}.", {"assignee_ids": [users[0]["id"]]})
    return True


@commands("unassign")
def _unassign(made: Plan, argument: str) -> bool:
    return made.may_change and _remove(made, "assignee")


@commands("assign_reviewer", "reviewer", "request_review")
def _assign_reviewer(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    users = _people(made, argument)
    if not users:
        made.messages.append("Failed to assign a reviewer because no user was found.")
    else:
        made.change(f"Assigned @{users[0]['username']} as reviewer.", {"reviewer_ids": [users[0]["id"]]})
    return True


@commands("unassign_reviewer", "remove_reviewer")
def _unassign_reviewer(made: Plan, argument: str) -> bool:
    return made.may_change and _remove(made, "reviewer")


def _remove(made: Plan, role: str) -> bool:
    names = made.request.store.rows(
        f"SELECT username FROM merge_request_{role}s JOIN users ON users.id = user_id WHERE merge_request_id = ?",
        made.merge_request["id"],
    )
    if not names:
        return False
    text = ", ".join(f"@{row['username']}" for row in names)
    made.change(f"Removed {role} {text}.", {f"{role}_ids": []})
    return True


def _labels(made: Plan, argument: str) -> list[Row]:
    """The project's labels that an argument names: ``~bug ~"two words"``."""
    names = [quoted or plain for quoted, plain in re.findall(r'~?(?:"([^"]+)"|([^\s~"]+))', argument)]
    sql = "SELECT * FROM labels WHERE project_id = ? AND name = ?"
    rows = [made.request.store.row(sql, made.merge_request["project_id"], name) for name in names]
    return [row for row in rows if row is not None]


def _named(labels: list[Row]) -> str:
    words = [f'~"{label["name"]}"' if " " in label["name"] else f"~{label['name']}" for label in labels]
    return f"{' '.join(words)} label{'' if len(words) == 1 else 's'}"


@commands("label", "labels")
def _label(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    if labels := _labels(made, argument):
        names = made.params.get("add_labels", []) + [label["name"] for label in labels]
        ids = made.changes.get("add_label_ids", []) + [label["id"] for label in labels]
        made.change(f"Added {_named(labels)}.", {"add_labels": names}, {"add_label_ids": ids})
    return True


@commands("unlabel", "remove_label")
def _unlabel(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    if not argument:
        made.change("Removed all labels.", {"labels": []}, {"label_ids": []})
    elif labels := _labels(made, argument):
        names, ids = ([label[key] for label in labels] for key in ("name", "id"))
        made.change(f"Removed {_named(labels)}.", {"remove_labels": names}, {"remove_label_ids": ids})
    return True


@commands("relabel")
def _relabel(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    if labels := _labels(made, argument):
        names, ids = ([label[key] for label in labels] for key in ("name", "id"))
        made.change(f"Replaced all labels with {_named(labels)}.", {"labels": names}, {"label_ids": ids})
    return True


@commands("milestone")
def _milestone(made: Plan, argument: str) -> bool:
    if not made.may_change:
        return False
    title = argument.lstrip("%").strip().strip('"')
    sql = "SELECT * FROM milestones WHERE project_id = ? AND title = ? AND state = 'active'"
    found = made.request.store.row(sql, made.merge_request["project_id"], title)
    if found is not None:
        made.change(f"Set the milestone to %{_quoted(title)}.", {"milestone_id": found["id"]})
    return True


@commands("remove_milestone")
def _remove_milestone(made: Plan, argument: str) -> bool:
    key = made.merge_request["milestone_id"]
    if key is None or not made.may_change:
        return False
    title = made.request.store.get("milestones", key)["title"]
    made.change(f"Removed %{_quoted(title)} milestone.", {"milestone_id": None})
    return True


def _quoted(title: str) -> str:
    return f'"{title}"' if " " in title else title
