"""Merging by itself once everything that was missing has come: GitLab's strategy *merge when checks pass*.

GitLab looks in the background whenever something may have changed; here whoever changes something calls
:func:`process` afterwards.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict

from ..instance import Instance
from ..repositories.push_rules import can_merge
from ..store.sqlite import Row
from ..store.times import now
from . import versions
from .mergeability import check
from .merging import UnmergeableError, Wishes, merge
from .system_notes import write

log = logging.getLogger(__name__)


def arm(instance: Instance, merge_request: Row, user: Row, wishes: Wishes, head: str) -> None:
    """Merge in the name of ``user`` as soon as all checks pass for ``head``."""
    plan = {"user_id": user["id"], "head": head, "wishes": asdict(wishes)}
    first = merge_request["auto_merge"] is None
    instance.store.update("merge_requests", merge_request["id"], auto_merge=json.dumps(plan), updated_at=now())
    if first:
        write(instance, merge_request, user, f"enabled an automatic merge when all merge checks for {head} pass")


def disarm(instance: Instance, merge_request: Row, user: Row, reason: str = "") -> bool:
    """Take it back, by hand or (with ``reason``) because something happened; False when nothing was armed."""
    if merge_request["auto_merge"] is None:
        return False
    instance.store.update("merge_requests", merge_request["id"], auto_merge=None, updated_at=now())
    text = f"aborted the automatic merge because {reason}" if reason else "canceled the automatic merge"
    write(instance, merge_request, user, text)
    return True


def process(instance: Instance, merge_request_id: int) -> None:
    """Merge if that is armed and nothing is missing any more."""
    merge_request = instance.store.get("merge_requests", merge_request_id)
    if merge_request["auto_merge"] is None or merge_request["state"] != "opened":
        return
    project = instance.store.get("projects", merge_request["project_id"])
    with instance.lock(project):
        merge_request = instance.store.get("merge_requests", merge_request_id)
        if merge_request["auto_merge"] is None:
            return
        plan = json.loads(merge_request["auto_merge"])
        user = instance.store.get("users", plan["user_id"])
        version = versions.latest(instance, merge_request)
        found = check(instance, merge_request, version, versions.Heads(instance))
        waiting = found.detailed != "mergeable" or found.pipeline not in (None, "success", "skipped")
        if waiting or not can_merge(instance, project, user, merge_request["target_branch"]):
            return
        try:
            merge(instance, merge_request, user, Wishes(**plan["wishes"]))
        except UnmergeableError:
            log.exception("automatic merge of %s", merge_request_id)


def after_source_push(instance: Instance, merge_request: Row, head: str | None, user: Row) -> None:
    """Another head than the one that was agreed to is not merged."""
    plan = merge_request["auto_merge"]
    if plan is not None and json.loads(plan)["head"] != head:
        disarm(instance, merge_request, user, "source branch was updated")
