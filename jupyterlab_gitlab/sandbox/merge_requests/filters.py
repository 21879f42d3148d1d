"""The filters of the three lists of merge requests, as SQL."""

from __future__ import annotations

import re
from typing import Any

from ..accounts.users import like
from ..rest.errors import GrapeError
from ..rest.parameters import Param
from ..rest.routing import Request
from ..store.sqlite import marks
from ..store.times import parse, utc
from .awards import normalized

DRAFT = "(title LIKE 'draft:%' OR title LIKE '[draft]%' OR title LIKE '(draft)%')"

_ORDERS = (
    "created_at",
    "label_priority",
    "milestone_due",
    "popularity",
    "priority",
    "title",
    "updated_at",
    "merged_at",
)
_SCOPES = ("created-by-me", "assigned-to-me", "created_by_me", "assigned_to_me", "reviews_for_me", "all")
_NEGATABLE = (
    Param("author_id", "integer"),
    Param("author_username"),
    Param("assignee_id", "integer"),
    Param("assignee_username", "strings"),
    Param("reviewer_id", "integer"),
    Param("reviewer_username"),
    Param("labels", "strings"),
    Param("milestone"),
)

PARAMS = (
    Param("author_id", "integer"),
    Param("author_username"),
    Param("assignee_id"),
    Param("assignee_username", "strings"),
    Param("reviewer_id"),
    Param("reviewer_username"),
    Param("labels", "strings"),
    Param("milestone"),
    Param("my_reaction_emoji"),
    Param("state", values=("opened", "closed", "locked", "merged", "all"), default="all"),
    Param("order_by", values=_ORDERS, default="created_at"),
    Param("sort", values=("asc", "desc"), default="desc"),
    Param("with_labels_details", "boolean", default=False),
    Param("with_merge_status_recheck", "boolean", default=False),
    Param("created_after", "datetime"),
    Param("created_before", "datetime"),
    Param("updated_after", "datetime"),
    Param("updated_before", "datetime"),
    Param("view", values=("simple",)),
    Param("scope", values=_SCOPES),
    Param("source_branch"),
    Param("source_project_id", "integer"),
    Param("target_branch"),
    Param("search"),
    Param("in"),
    Param("wip", values=("yes", "no")),
    Param("draft", "boolean"),
    Param("not", "hash", fields=_NEGATABLE),
    Param("approved", values=("yes", "no")),
    Param("approved_by_usernames", "strings"),
    Param("merge_user_id", "integer"),
    Param("merge_user_username"),
)

_PERSON = "EXISTS (SELECT 1 FROM {table} t WHERE t.merge_request_id = merge_requests.id{more})"
_USER_IDS = " AND t.user_id IN (SELECT id FROM users WHERE {where})"
_UPVOTES = "(SELECT COUNT(*) FROM award_emoji t WHERE t.merge_request_id = merge_requests.id AND t.name = 'thumbsup')"
_TABLES = {"assignee": "merge_request_assignees", "reviewer": "merge_request_reviewers"}


class Filter:
    """Collects conditions; ``sql`` goes after WHERE, ``values`` are its parameters in order."""

    def __init__(self, condition: str = "1", *values: Any) -> None:
        self._conditions, self.values = [condition], list(values)

    @property
    def sql(self) -> str:
        return " AND ".join(self._conditions)

    def add(self, condition: str, *values: Any, negate: bool = False) -> None:
        """Require ``condition``, or that it does not hold."""
        self._conditions.append(f"NOT ({condition})" if negate else condition)
        self.values += values


def order(request: Request) -> str:
    """ORDER BY of the list, ties by id; orders that need what the sandbox has not (priorities) go by id."""
    columns = {
        "created_at": "created_at",
        "updated_at": "updated_at",
        "merged_at": "merged_at",
        "title": "LOWER(title)",
        "popularity": _UPVOTES,
    }
    direction = request.get("sort")
    column = columns.get(request.get("order_by"))
    return f"{column} {direction}, id {direction}" if column else f"id {direction}"


def narrow(request: Request, found: Filter) -> None:
    """Add what the request's parameters ask for.

    Raises:
        GrapeError: parameters that exclude each other.
    """
    for one, other in (("author_id", "author_username"), ("merge_user_id", "merge_user_username"),
                       ("reviewer_id", "reviewer_username")):  # fmt: skip
        if one in request.params and other in request.params:
            raise GrapeError(f"{one}, {other} are mutually exclusive")
    _scope(request, found)
    if (state := request.get("state")) != "all":
        found.add("state = ?", state)
    for column in ("source_branch", "target_branch", "source_project_id"):
        if (value := request.get(column)) is not None:
            found.add(f"{column} = ?", value)
    for name, condition in (("created_after", "created_at >= ?"), ("created_before", "created_at <= ?"),
                            ("updated_after", "updated_at >= ?"), ("updated_before", "updated_at <= ?")):  # fmt: skip
        if (value := request.get(name)) is not None:
            found.add(condition, utc(parse(value)))
    if iids := request.get("iids"):
        found.add(f"iid IN ({marks(iids)})", *iids)
    draft = request.get("draft") if request.get("wip") is None else request.get("wip") == "yes"
    if draft is not None:
        found.add(DRAFT, negate=not draft)
    _people(request.params, found, negate=False)
    _people(request.get("not", {}), found, negate=True)
    _approvals(request, found)
    _reactions(request, found)
    if search := request.get("search"):
        _search(search, request.get("in"), found)


def _scope(request: Request, found: Filter) -> None:
    scope = (request.get("scope") or "all").replace("-", "_")
    if scope == "all" or request.user is None:
        return
    me = request.user["id"]
    if scope == "created_by_me":
        found.add("author_id = ?", me)
    else:
        table = "merge_request_assignees" if scope == "assigned_to_me" else "merge_request_reviewers"
        found.add(_PERSON.format(table=table, more=" AND t.user_id = ?"), me)


def _people(params: dict[str, Any], found: Filter, *, negate: bool) -> None:
    if (author := params.get("author_id")) is not None:
        found.add("author_id = ?", author, negate=negate)
    if author := params.get("author_username"):
        found.add("author_id IN (SELECT id FROM users WHERE username = ?)", author, negate=negate)
    if (merger := params.get("merge_user_id")) is not None:
        found.add("merged_by_id = ?", merger, negate=negate)
    if merger := params.get("merge_user_username"):
        found.add("merged_by_id IN (SELECT id FROM users WHERE username = ?)", merger, negate=negate)
    for role, table in _TABLES.items():
        value = params.get(f"{role}_id")
        if value not in (None, ""):
            word = str(value).lower()
            if word in ("none", "any", "0"):
                found.add(_PERSON.format(table=table, more=""), negate=negate != (word != "any"))
            elif word.isdigit():
                found.add(_PERSON.format(table=table, more=" AND t.user_id = ?"), int(word), negate=negate)
            else:
                raise GrapeError(f"{role}_id is invalid")
        names = params.get(f"{role}_username") or []
        for name in [names] if isinstance(names, str) else names:
            more = _USER_IDS.format(where="username = ?")
            found.add(_PERSON.format(table=table, more=more), name, negate=negate)
    _labels(params.get("labels") or [], found, negate)
    if milestone := params.get("milestone"):
        word = milestone.lower()
        if word in ("none", "any"):
            found.add("milestone_id IS NULL", negate=negate != (word == "any"))
        else:
            found.add("milestone_id IN (SELECT id FROM milestones WHERE title = ?)", milestone, negate=negate)


def _labels(labels: list[str], found: Filter, negate: bool) -> None:
    if [name.lower() for name in labels] in (["none"], ["any"]):
        none = labels[0].lower() == "none"
        found.add(_PERSON.format(table="merge_request_labels", more=""), negate=negate != none)
        return
    for name in labels:
        if name:
            more = " AND t.label_id IN (SELECT id FROM labels WHERE name = ?)"
            found.add(_PERSON.format(table="merge_request_labels", more=more), name, negate=negate)


def _approvals(request: Request, found: Filter) -> None:
    if approved := request.get("approved"):
        found.add(_PERSON.format(table="approvals", more=""), negate=approved == "no")
    for name in request.get("approved_by_usernames", []):
        if name.lower() in ("none", "any"):
            found.add(_PERSON.format(table="approvals", more=""), negate=name.lower() == "none")
        else:
            more = _USER_IDS.format(where="username = ?")
            found.add(_PERSON.format(table="approvals", more=more), name)


def _reactions(request: Request, found: Filter) -> None:
    """Merge requests on which the caller put an emoji of a name, or any, or none."""
    emoji = request.get("my_reaction_emoji")
    if not emoji or request.user is None:
        return
    mine, me = " AND t.user_id = ?", request.user["id"]
    word = emoji.lower()
    if word in ("none", "any"):
        found.add(_PERSON.format(table="award_emoji", more=mine), me, negate=word == "none")
    else:
        found.add(_PERSON.format(table="award_emoji", more=f"{mine} AND t.name = ?"), me, normalized(emoji))


def _search(text: str, where: str | None, found: Filter) -> None:
    """Every word in the title, or every word in the description; words in quotes belong together."""
    columns = [column for column in (where or "title,description").split(",") if column in ("title", "description")]
    words = [quoted or word for quoted, word in re.findall(r'"([^"]+)"|(\S+)', text)] or [text]
    one = " AND ".join(["{column} LIKE ? ESCAPE '\\'"] * len(words))
    matches = " OR ".join("(" + one.format(column=column) + ")" for column in columns) or "0"
    found.add(f"({matches})", *([like(word) for word in words] * len(columns)))
