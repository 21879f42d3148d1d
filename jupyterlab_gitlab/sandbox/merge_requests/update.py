"""Changing a merge request: texts, branches, people, labels, milestone, state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..rest.errors import GrapeError, not_found
from ..rest.parameters import Param, require_one
from ..rest.routing import Request, Routes
from ..store.sqlite import Row
from ..store.times import now, parse, utc
from . import auto_merge, events, quick_actions, todos, versions
from .access import IID, find_merge_request
from .entity import present
from .mergeability import is_draft
from .people import change_labels, change_people
from .quick_actions.plan import Plan
from .refresh import reload
from .rules import refuse_bad_fields, refuse_same_branch, refuse_twin
from .system_notes import write

routes = Routes()

COMMON = (
    Param("assignee_id", "integer"),
    Param("assignee_ids", "integers"),
    Param("reviewer_ids", "integers"),
    Param("description"),
    Param("labels", "strings"),
    Param("add_labels", "strings"),
    Param("remove_labels", "strings"),
    Param("milestone_id", "integer"),
    Param("milestone"),
    Param("remove_source_branch", "boolean"),
    Param("allow_collaboration", "boolean"),
    Param("allow_maintainer_to_push", "boolean"),
    Param("squash", "boolean"),
    Param("merge_after", "datetime"),
)
"""What a merge request can be made with and changed to."""

_CHANGEABLE = (
    *("assignee_id", "assignee_ids", "reviewer_ids", "description", "labels", "add_labels", "remove_labels"),
    *("milestone_id", "milestone", "remove_source_branch", "allow_collaboration", "allow_maintainer_to_push"),
    *("squash", "target_branch", "title", "state_event", "discussion_locked", "merge_after"),
)


@routes(
    "PUT",
    "/projects/:id/merge_requests/:merge_request_iid",
    IID,
    Param("title", blank=False),
    Param("target_branch", blank=False),
    Param("state_event", values=("close", "reopen")),
    Param("discussion_locked", "boolean"),
    *COMMON,
)
def update(request: Request) -> Any:
    require_one(request.params, *_CHANGEABLE)
    merge_request = find_merge_request(request, writing=True)
    change(request, merge_request)
    return present(request, request.store.get("merge_requests", merge_request["id"]))


def change(request: Request, merge_request: Row) -> None:
    """Make the changes that the request's parameters ask for, in the caller's name.

    Raises:
        ApiError: GitLab's refusal of what can't be.
    """
    store, instance = request.store, request.instance
    request, deeds = _with_commands(request, merge_request)
    project = store.get("projects", merge_request["project_id"])
    changes = {**flags(request, project), **_texts(request, merge_request, project)}
    moved = "target_branch" in changes
    with instance.lock(project):
        with store.transaction():
            changes |= _state(request, merge_request)
            store.update("merge_requests", merge_request["id"], updated_at=now(), **changes)
            changed = store.get("merge_requests", merge_request["id"])
            _tell(request, merge_request, changed)
            change_people(request, changed)
            change_labels(request, changed)
            texts = changed["description"] or "", merge_request["description"] or ""
            todos.mention(instance, changed, request.me, texts[0], before=texts[1])
        reopened = changes.get("state") == "opened"
        if moved or (reopened and versions.Heads(instance).source(changed)):
            reload(instance, changed, request.me)
    if deeds is not None:
        quick_actions.perform(deeds)
    auto_merge.process(instance, merge_request["id"])


def _with_commands(request: Request, merge_request: Row) -> tuple[Request, Plan | None]:
    """The request with what the quick actions of a description ask for, and what they do besides."""
    text, commands = quick_actions.extract(request.get("description", ""))
    if not commands:
        return request, None
    made = quick_actions.plan(request, merge_request, commands)
    return replace(request, params={**request.params, "description": text, **made.params}), made


def flags(request: Request, project: Row) -> dict[str, Any]:
    """The columns of a merge request into ``project`` that parameters set without more ado.

    Raises:
        GrapeError, ApiError: the milestone is named twice, or there is none of that title.
    """
    found: dict[str, Any] = {}
    for name, column in (
        ("squash", "squash"),
        ("discussion_locked", "discussion_locked"),
        ("remove_source_branch", "force_remove_source_branch"),
        ("allow_maintainer_to_push", "allow_collaboration"),
        ("allow_collaboration", "allow_collaboration"),
    ):
        if request.get(name) is not None:
            found[column] = int(request.params[name])
    if "milestone_id" in request.params and "milestone" in request.params:
        raise GrapeError("milestone_id, milestone are mutually exclusive")
    if "milestone_id" in request.params:
        sql = "SELECT id FROM milestones WHERE project_id = ? AND id = ?"
        found["milestone_id"] = request.store.value(sql, project["id"], request.get("milestone_id"))
    if "milestone" in request.params:
        found["milestone_id"] = _milestone(request, project)
    if "merge_after" in request.params:
        after = request.get("merge_after")
        found["merge_after"] = utc(parse(after)) if after else None
    return found


def _milestone(request: Request, project: Row) -> int | None:
    title = request.get("milestone")
    if not title:
        return None
    sql = "SELECT id FROM milestones WHERE project_id = ? AND title = ?"
    found: int | None = request.store.value(sql, project["id"], title)
    if found is None:
        raise not_found("Milestone")
    return found


def _texts(request: Request, merge_request: Row, project: Row) -> dict[str, Any]:
    """Title, description and target branch, checked."""
    changes: dict[str, Any] = {}
    branch = request.get("target_branch", merge_request["target_branch"])
    if branch != merge_request["target_branch"] and merge_request["state"] != "merged":
        source_branch, source_id = merge_request["source_branch"], merge_request["source_project_id"]
        refuse_same_branch(source_id, project["id"], source_branch, branch)
        refuse_bad_fields(request.instance, project, "", target_branch=branch)
        if merge_request["state"] == "opened":
            refuse_twin(request, source_id, project["id"], source_branch, branch, merge_request)
        changes["target_branch"] = branch
    title = request.get("title", merge_request["title"]).strip()
    if title != merge_request["title"]:
        refuse_bad_fields(request.instance, project, title)
        changes["title"] = title
    if "description" in request.params:
        changes["description"] = request.params["description"]
    return changes


def _state(request: Request, merge_request: Row) -> dict[str, Any]:
    event, instance = request.get("state_event"), request.instance
    if event == "close" and merge_request["state"] == "opened":
        todos.finish(instance, merge_request, request.me)
        auto_merge.disarm(instance, merge_request, request.me, "merge request was closed")
        return {"state": "closed", "closed_at": now(), "closed_by_id": request.me["id"]}
    if event == "reopen" and merge_request["state"] == "closed":
        branches = (merge_request["source_branch"], merge_request["target_branch"])
        refuse_twin(request, merge_request["source_project_id"], merge_request["project_id"], *branches, merge_request)
        return {"state": "opened", "closed_at": None, "closed_by_id": None}
    return {}


def _tell(request: Request, before: Row, after: Row) -> None:
    """Write down what changed, in GitLab's words, or as an event."""
    instance, me = request.instance, request.me
    texts = []
    if before["title"] != after["title"]:
        draft = is_draft(after["title"])
        if draft != is_draft(before["title"]):
            texts.append(f"marked this merge request as **{'draft' if draft else 'ready'}**")
        else:
            texts.append(f"changed title from **{before['title']}** to **{after['title']}**")
    if before["description"] != after["description"]:
        texts.append("changed the description")
    if before["target_branch"] != after["target_branch"]:
        texts.append(f"changed target branch from `{before['target_branch']}` to `{after['target_branch']}`")
        auto_merge.disarm(instance, after, me, "target branch was changed")
    for text in texts:
        write(instance, after, me, text)
    if before["milestone_id"] != after["milestone_id"]:
        for action, key in (("remove", before["milestone_id"]), ("add", after["milestone_id"])):
            if key is not None:
                events.record(instance, after, me, "milestone", action=action, milestone_id=key, state=after["state"])
    if before["state"] != after["state"]:
        state = "reopened" if after["state"] == "opened" else after["state"]
        events.record(instance, after, me, "state", state=state)
