"""Pipelines as others report them: statuses that an external CI set on a commit. Nothing runs here.

A status belongs to the pipeline of its commit and branch, which is made with the first one, as GitLab does
(``commit_status.rb``); the status of a pipeline follows from those in it (``composite_status.rb``).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..accounts.users import basic_by_id
from ..instance import Instance
from ..projects.entity import web_url
from ..store.sqlite import Row
from ..store.times import now, parse

SCHEMA = """
CREATE TABLE IF NOT EXISTS pipelines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    iid INTEGER NOT NULL,
    project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    ref TEXT NOT NULL,
    sha TEXT NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (project_id, iid)
);
CREATE INDEX IF NOT EXISTS pipelines_by_commit ON pipelines (project_id, sha, ref);

CREATE TABLE IF NOT EXISTS commit_statuses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline_id INTEGER NOT NULL REFERENCES pipelines ON DELETE CASCADE,
    name TEXT NOT NULL,
    status TEXT NOT NULL,             -- pending | running | success | failed | canceled | skipped
    target_url TEXT,
    description TEXT,
    coverage REAL,
    author_id INTEGER NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    UNIQUE (pipeline_id, name)
);
"""

STATES = ("pending", "running", "success", "failed", "canceled", "skipped")
IN_PROGRESS = frozenset({"pending", "running"})


def statuses(instance: Instance, pipeline: Row) -> list[Row]:
    """What was reported to a pipeline, oldest first."""
    return instance.store.rows("SELECT * FROM commit_statuses WHERE pipeline_id = ? ORDER BY id", pipeline["id"])


def composite(found: set[str]) -> str:
    """The status of a pipeline with statuses of these states."""
    if not found:
        return "pending"
    if found & IN_PROGRESS:
        return "pending" if found == {"pending"} else "running"
    for state in ("failed", "canceled"):
        if state in found:
            return state
    return "skipped" if found == {"skipped"} else "success"


def status_of(instance: Instance, pipeline: Row) -> str:
    """The status of a pipeline."""
    return composite({row["status"] for row in statuses(instance, pipeline)})


def latest(instance: Instance, project_id: int | None, ref: str, sha: str | None) -> Row | None:
    """The newest pipeline of a commit on a branch."""
    return instance.store.row(
        "SELECT * FROM pipelines WHERE project_id = ? AND ref = ? AND sha = ? ORDER BY id DESC LIMIT 1",
        project_id,
        ref,
        sha,
    )


def newest(instance: Instance, project_id: int, sha: str) -> Row | None:
    """The newest pipeline of a commit on any branch."""
    return instance.store.row(
        "SELECT * FROM pipelines WHERE project_id = ? AND sha = ? ORDER BY id DESC LIMIT 1", project_id, sha
    )


def report(instance: Instance, project: Row, ref: str, sha: str, author: Row, name: str, **columns: Any) -> Row:
    """Set the status called ``name`` on a commit; ``columns`` are those of the table. The status as it is then."""
    store, stamp = instance.store, now()
    with store.transaction():
        pipeline = latest(instance, project["id"], ref, sha)
        if pipeline is None:
            last = store.value("SELECT MAX(iid) FROM pipelines WHERE project_id = ?", project["id"])
            place = {"project_id": project["id"], "ref": ref, "sha": sha, "user_id": author["id"]}
            key = store.insert("pipelines", iid=(last or 0) + 1, created_at=stamp, updated_at=stamp, **place)
        else:
            key = pipeline["id"]
            store.update("pipelines", key, updated_at=stamp)
        state = columns["status"]
        if state == "running":
            columns["started_at"] = stamp
        columns["finished_at"] = None if state in IN_PROGRESS else stamp
        sql = "SELECT id FROM commit_statuses WHERE pipeline_id = ? AND name = ?"
        status = store.value(sql, key, name)
        if status is None:
            status = store.insert(
                "commit_statuses", pipeline_id=key, name=name, author_id=author["id"], created_at=stamp, **columns
            )
        else:
            store.update("commit_statuses", status, **columns)
    return store.get("commit_statuses", status)


def present_basic(instance: Instance, pipeline: Row) -> dict[str, Any]:
    """GitLab's PipelineBasic."""
    project = instance.store.get("projects", pipeline["project_id"])
    return {
        "id": pipeline["id"],
        "iid": pipeline["iid"],
        "project_id": pipeline["project_id"],
        "sha": pipeline["sha"],
        "ref": pipeline["ref"],
        "status": status_of(instance, pipeline),
        "source": "external",
        "created_at": pipeline["created_at"],
        "updated_at": pipeline["updated_at"],
        "web_url": f"{web_url(instance, project)}/-/pipelines/{pipeline['id']}",
    }


def present(instance: Instance, pipeline: Row) -> dict[str, Any]:
    """GitLab's Pipeline."""
    shown = present_basic(instance, pipeline)
    rows = statuses(instance, pipeline)
    started = [row["started_at"] for row in rows if row["started_at"]]
    ended = [row["finished_at"] for row in rows if row["finished_at"]]
    over = shown["status"] not in IN_PROGRESS
    finished = max(ended) if over and ended else None
    status = shown["status"]
    return {
        **shown,
        "before_sha": "0" * 40,
        "tag": False,
        "yaml_errors": None,
        "user": basic_by_id(instance, pipeline["user_id"]),
        "started_at": min(started) if started else None,
        "finished_at": finished,
        "committed_at": None,
        "duration": _seconds(min(started), finished) if started and finished else None,
        "queued_duration": None,
        "coverage": None,
        "detailed_status": {
            "icon": f"status_{status}",
            "text": {"success": "Passed"}.get(status, status.capitalize()),
            "label": {"success": "passed"}.get(status, status),
            "group": status,
            "tooltip": {"success": "passed"}.get(status, status),
            "has_details": True,
            "details_path": shown["web_url"][len(instance.url) :],
            "illustration": None,
            "favicon": f"/assets/ci_favicons/favicon_status_{status}.png",
        },
        "archived": False,
    }


def _seconds(start: str, end: str) -> int:
    between: datetime = parse(end)
    return max(0, round((between - parse(start)).total_seconds()))


def present_status(instance: Instance, status: Row) -> dict[str, Any]:
    """GitLab's CommitStatus."""
    pipeline = instance.store.get("pipelines", status["pipeline_id"])
    keys = ("name", "target_url", "description", "created_at", "started_at", "finished_at", "coverage", "pipeline_id")
    return {
        "id": status["id"],
        "sha": pipeline["sha"],
        "ref": pipeline["ref"],
        "status": status["status"],
        **{key: status[key] for key in keys},
        "allow_failure": False,
        "author": basic_by_id(instance, status["author_id"]),
    }
