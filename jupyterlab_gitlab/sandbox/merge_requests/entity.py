"""What the API shows of a merge request."""

from __future__ import annotations

import json
import re
from typing import Any

from ..accounts.users import basic, basic_by_id
from ..instance import Instance
from ..projects import labels, milestones
from ..projects.entity import full_path, web_url
from ..projects.settings import settings
from ..repositories import pipeline_records
from ..repositories.push_rules import can_merge
from ..rest.routing import Request
from ..store.sqlite import Row
from . import versions
from .awards import votes
from .mergeability import check, discussions_settled, head_pipeline, is_draft

_LABEL_BASIC = ("id", "name", "description", "description_html", "text_color", "color", "archived")
_TASK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[([ xX])\]\s", re.MULTILINE)


def merge_request_url(instance: Instance, merge_request: Row) -> str:
    """The address of the merge request's page."""
    project = instance.store.get("projects", merge_request["project_id"])
    return f"{web_url(instance, project)}/-/merge_requests/{merge_request['iid']}"


def present_simple(request: Request, merge_request: Row) -> dict[str, Any]:
    """GitLab's MergeRequestSimple, for ``view=simple``."""
    keys = ("id", "iid", "project_id", "title", "description", "state", "created_at", "updated_at")
    return {
        **{key: merge_request[key] for key in keys},
        "web_url": merge_request_url(request.instance, merge_request),
    }


def present_basic(
    request: Request,
    merge_request: Row,
    heads: versions.Heads,
    *,
    relative: str = "project",
    label_details: bool = False,
) -> dict[str, Any]:
    """GitLab's MergeRequestBasic. ``relative`` names whose list this is: ``project``, ``group`` or empty."""
    instance, store = request.instance, request.store
    project = store.get("projects", merge_request["project_id"])
    version = versions.latest(instance, merge_request)
    mergeability = check(instance, merge_request, version, heads)
    path, short = full_path(store, project), f"!{merge_request['iid']}"
    assignees = people(instance, "merge_request_assignees", merge_request)
    merged_by = basic_by_id(instance, merge_request["merged_by_id"])
    armed_by = armed(merge_request)
    draft = is_draft(merge_request["title"])
    milestone = merge_request["milestone_id"]
    shown = {
        "id": merge_request["id"],
        "iid": merge_request["iid"],
        "project_id": merge_request["project_id"],
        "title": merge_request["title"],
        "description": merge_request["description"],
        "state": merge_request["state"],
        "created_at": merge_request["created_at"],
        "updated_at": merge_request["updated_at"],
        "merged_by": merged_by,
        "merge_user": merged_by or basic_by_id(instance, armed_by),
        "merged_at": merge_request["merged_at"],
        "closed_by": basic_by_id(instance, merge_request["closed_by_id"]),
        "closed_at": merge_request["closed_at"],
        "target_branch": merge_request["target_branch"],
        "source_branch": merge_request["source_branch"],
        "user_notes_count": store.value(
            "SELECT COUNT(*) FROM notes WHERE merge_request_id = ? AND NOT system", merge_request["id"]
        ),
        **votes(instance, merge_request),
        "author": basic_by_id(instance, merge_request["author_id"]),
        "assignees": assignees,
        "assignee": assignees[0] if assignees else None,
        "reviewers": people(instance, "merge_request_reviewers", merge_request),
        "source_project_id": merge_request["source_project_id"],
        "target_project_id": merge_request["project_id"],
        "labels": _labels(instance, merge_request, label_details),
        "draft": draft,
        "imported": False,
        "imported_from": "none",
        "work_in_progress": draft,
        "milestone": None if milestone is None else milestones.present(instance, store.get("milestones", milestone)),
        "merge_when_pipeline_succeeds": armed_by is not None,
        "merge_status": mergeability.merge_status,
        "detailed_merge_status": mergeability.detailed,
        "merge_after": merge_request["merge_after"],
        "sha": version["head_commit_sha"],
        "merge_commit_sha": merge_request["merge_commit_sha"],
        "squash_commit_sha": merge_request["squash_commit_sha"],
        "discussion_locked": _boolean(merge_request["discussion_locked"]),
        "should_remove_source_branch": _boolean(merge_request["should_remove_source_branch"]),
        "force_remove_source_branch": _boolean(merge_request["force_remove_source_branch"]),
        "prepared_at": merge_request["prepared_at"],
        "reference": short,
        "references": {
            "short": short,
            "relative": {"project": short, "group": f"{project['path']}{short}"}.get(relative, f"{path}{short}"),
            "full": f"{path}{short}",
        },
        "web_url": f"{web_url(instance, project)}/-/merge_requests/{merge_request['iid']}",
        "time_stats": {
            "time_estimate": 0,
            "total_time_spent": 0,
            "human_time_estimate": None,
            "human_total_time_spent": None,
        },
        "squash": bool(merge_request["squash"]),
        "squash_on_merge": squashes(project, merge_request),
        "task_completion_status": _tasks(merge_request["description"] or ""),
        "has_conflicts": mergeability.conflict,
        "blocking_discussions_resolved": discussions_settled(instance, merge_request),
    }
    if merge_request["source_project_id"] != merge_request["project_id"]:
        shown["allow_collaboration"] = shown["allow_maintainer_to_push"] = bool(merge_request["allow_collaboration"])
    return shown


def present(request: Request, merge_request: Row, *, single: bool = False) -> dict[str, Any]:
    """GitLab's MergeRequest; ``single`` adds what only the GET of one merge request shows."""
    instance, store, user = request.instance, request.store, request.user
    version = versions.latest(instance, merge_request)
    project = store.get("projects", merge_request["project_id"])
    heads, pipeline = versions.Heads(instance), head_pipeline(instance, merge_request, version)
    shown = present_basic(request, merge_request, heads)
    if request.params.get("include_subscribed", True):
        shown["subscribed"] = user is not None and subscribed(instance, merge_request, user)
    shown |= {
        "changes_count": version["real_size"],
        "latest_build_started_at": None,
        "latest_build_finished_at": None,
        "first_deployed_to_production_at": None,
        "pipeline": None if pipeline is None else pipeline_records.present_basic(instance, pipeline),
        "head_pipeline": None if pipeline is None else pipeline_records.present(instance, pipeline),
        "diff_refs": {
            "base_sha": version["base_commit_sha"],
            "head_sha": version["head_commit_sha"],
            "start_sha": version["start_commit_sha"],
        },
        "merge_error": merge_request["merge_error"],
        "user": {"can_merge": can_merge(instance, project, user, merge_request["target_branch"])},
    }
    if single:
        shown["first_contribution"] = not store.value(
            "SELECT 1 FROM merge_requests WHERE project_id = ? AND author_id = ? AND state = 'merged'",
            merge_request["project_id"],
            merge_request["author_id"],
        )
        if request.get("include_rebase_in_progress"):
            shown["rebase_in_progress"] = False
        if request.get("include_diverged_commits_count"):
            shown["diverged_commits_count"] = _diverged(instance, merge_request, version, heads)
        if request.get("render_html"):
            shown |= {
                "title_html": _html(merge_request["title"]),
                "description_html": _html(merge_request["description"]),
            }
    return shown


def people(instance: Instance, table: str, merge_request: Row) -> list[dict[str, Any]]:
    """The assignees or reviewers, as UserBasic."""
    rows = instance.store.rows(
        f"SELECT users.* FROM {table} JOIN users ON users.id = user_id WHERE merge_request_id = ? ORDER BY users.id",
        merge_request["id"],
    )
    return [basic(instance, row) for row in rows]


def participants(instance: Instance, merge_request: Row) -> list[dict[str, Any]]:
    """Author, assignees, reviewers and all who wrote a note, as UserBasic, by id."""
    rows = instance.store.rows(
        "SELECT * FROM users WHERE id = ?1"
        " OR id IN (SELECT user_id FROM merge_request_assignees WHERE merge_request_id = ?2)"
        " OR id IN (SELECT user_id FROM merge_request_reviewers WHERE merge_request_id = ?2)"
        " OR id IN (SELECT author_id FROM notes WHERE merge_request_id = ?2 AND NOT system) ORDER BY id",
        merge_request["author_id"],
        merge_request["id"],
    )
    return [basic(instance, row) for row in rows]


def subscribed(instance: Instance, merge_request: Row, user: Row) -> bool:
    """Whether ``user`` is told of what happens: as chosen, else by taking part."""
    sql = "SELECT subscribed FROM subscriptions WHERE merge_request_id = ? AND user_id = ?"
    chosen = instance.store.value(sql, merge_request["id"], user["id"])
    if chosen is not None:
        return bool(chosen)
    return any(person["id"] == user["id"] for person in participants(instance, merge_request))


def armed(merge_request: Row) -> int | None:
    """Who armed the automatic merge (id); None when it is not."""
    plan = merge_request["auto_merge"]
    return None if plan is None else int(json.loads(plan)["user_id"])


def squashes(project: Row, merge_request: Row) -> bool:
    """Whether merging squashes: what the merge request says, unless the project decides."""
    option = settings(project)["squash_option"]
    return option == "always" or (option != "never" and bool(merge_request["squash"]))


def _boolean(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _labels(instance: Instance, merge_request: Row, details: bool) -> list[Any]:
    rows = instance.store.rows(
        "SELECT labels.* FROM labels JOIN merge_request_labels ON labels.id = label_id WHERE merge_request_id = ?"
        " ORDER BY labels.name",
        merge_request["id"],
    )
    if not details:
        return [row["name"] for row in rows]
    return [{key: labels.present(row)[key] for key in _LABEL_BASIC} for row in rows]


def _tasks(text: str) -> dict[str, int]:
    marks = _TASK.findall(text)
    return {"count": len(marks), "completed_count": sum(mark in "xX" for mark in marks)}


def _html(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _diverged(instance: Instance, merge_request: Row, version: Row, heads: versions.Heads) -> int:
    target, head = heads.target(merge_request), version["head_commit_sha"]
    if target is None or head is None:
        return 0
    git = instance.repository(instance.store.get("projects", merge_request["project_id"]))
    return int(git.text("rev-list", "--count", f"{head}..{target}"))
