"""Lists of merge requests and how long they are."""

from __future__ import annotations

import re
from typing import Any

from ..contract.merge_requests import (
    ListScope,
    MergeRequestCounts,
    MergeRequestPage,
    MergeRequestsParams,
    MergeRequestSummary,
)
from . import entities
from .merge_request_data import state
from .parallel import together
from .projects import user
from .scope import ProjectScope
from .times import utc

_NUMBER = re.compile(r"!(\d{1,9})")


def page(scope: ProjectScope, params: MergeRequestsParams) -> MergeRequestPage:
    """One page, the most recently changed first. A *search* of ``!12`` finds that number."""
    query: dict[str, Any] = {
        "state": params.state,
        "order_by": "updated_at",
        "sort": "desc",
        **_of(scope, params.scope),
    }
    search = params.search.strip()
    if number := _NUMBER.fullmatch(search):
        query["iids[]"] = int(number[1])
    elif search:
        query["search"] = search
    if params.source_branch is not None:
        query["source_branch"] = params.source_branch
    found = scope.client.page(
        scope.url("merge_requests"),
        entities.MergeRequest,
        query,
        page=max(1, params.page),
        per_page=max(1, params.per_page),
    )
    items, total = found.items, found.total
    if params.source_branch is not None:
        # Forks may have a branch of the same name, and GitLab's filter does not tell them apart.
        items = [each for each in items if each.source_project_id == scope.source.id]
        total = total if len(items) == len(found.items) else None
    return MergeRequestPage(
        items=[summary(each) for each in items],
        page=max(1, params.page),
        next_page=found.next_page,
        total=total,
    )


def counts(scope: ProjectScope) -> MergeRequestCounts:
    """Open ones only."""
    for_review, mine, every = together(
        lambda: _count(scope, "for_review"), lambda: _count(scope, "mine"), lambda: _count(scope, "all")
    )
    return MergeRequestCounts(for_review=for_review, mine=mine, all=every)


def _count(scope: ProjectScope, which: ListScope) -> int | None:
    query = {"state": "opened", **_of(scope, which)}
    return scope.client.page(scope.url("merge_requests"), entities.MergeRequest, query, per_page=1).total


def _of(scope: ProjectScope, which: ListScope) -> dict[str, str]:
    if which == "for_review":
        return {"reviewer_username": scope.me.username}
    if which == "mine":
        return {"author_username": scope.me.username}
    return {}


def summary(found: entities.MergeRequest) -> MergeRequestSummary:
    return MergeRequestSummary(
        iid=found.iid,
        title=found.title,
        state=state(found),
        draft=found.draft,
        author=user(found.author),
        source_branch=found.source_branch,
        target_branch=found.target_branch,
        updated_at=utc(found.updated_at),
        created_at=utc(found.created_at),
        labels=found.labels,
        has_conflicts=found.has_conflicts,
        comments=found.user_notes_count,
        web_url=found.web_url,
    )
