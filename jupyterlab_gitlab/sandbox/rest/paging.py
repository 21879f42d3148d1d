"""GitLab's pages: offset paging with its headers, and keyset paging where lists can be long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar
from urllib.parse import quote_plus

from .errors import GrapeError
from .routing import Reply, Request

MAX_PER_PAGE = 100
COUNT_LIMIT = 10_000  # beyond this many rows GitLab leaves the totals out
OFFSET_LIMIT = 50_000

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Counted(Protocol[T_co]):
    """A list that is read in slices."""

    def count(self) -> int:
        """How many items there are in all."""

    def slice(self, offset: int, limit: int) -> Sequence[T_co]:
        """At most ``limit`` items from ``offset`` on."""


class Query:
    """The rows that ``SELECT columns FROM rest`` gives: ``rest`` is everything after FROM but LIMIT."""

    def __init__(self, request: Request, columns: str, rest: str, *values: Any, order: str = "") -> None:
        self._store = request.store
        self._columns, self._rest, self._values, self._order = columns, rest, values, order

    def count(self) -> int:
        return int(self._store.value(f"SELECT COUNT(*) FROM {self._rest}", *self._values))

    def slice(self, offset: int, limit: int) -> Sequence[dict[str, Any]]:
        order = f" ORDER BY {self._order}" if self._order else ""
        sql = f"SELECT {self._columns} FROM {self._rest}{order} LIMIT ? OFFSET ?"
        return self._store.rows(sql, *self._values, limit, offset)


def paginate(
    request: Request,
    items: Sequence[T] | Counted[T],
    present: Callable[[T], Any] = lambda item: item,
    *,
    counted: bool = True,
    limited: str = "",
) -> Reply:
    """One page of ``items``, each through ``present``, with GitLab's headers.

    ``page`` and ``per_page`` come from the request (declare PAGING). ``counted=False`` leaves totals and rel=last out,
    as GitLab does for commits. ``limited`` names the type for routes that refuse offsets beyond 50,000.

    Raises:
        GrapeError: a page below 1 (400), or an offset beyond the limit (405).
    """
    page, per_page = page_of(request)
    if limited and page * per_page > OFFSET_LIMIT:
        raise GrapeError(
            f"Offset pagination has a maximum allowed offset of {OFFSET_LIMIT} for requests that return objects of "
            f"type {limited}. Remaining records can be retrieved using keyset pagination.",
            status=405,
        )
    offset = (page - 1) * per_page
    total = None
    if counted:
        total = len(items) if isinstance(items, Sequence) else items.count()
        if total > COUNT_LIMIT:
            total = None
    end = offset + per_page + 1  # one more than shown tells whether there is a next page
    found = items[offset:end] if isinstance(items, Sequence) else items.slice(offset, per_page + 1)
    more = len(found) > per_page
    headers = _headers(request, page, per_page, more, total)
    return Reply(200, [present(item) for item in found[:per_page]], headers)


def page_of(request: Request) -> tuple[int, int]:
    """The page number and size asked for.

    Raises:
        GrapeError: either is below 1.
    """
    page, per_page = request.get("page", 1), request.get("per_page", 20)
    if page < 1:
        raise GrapeError("page does not have a valid value")
    if per_page < 1:
        raise GrapeError("per_page does not have a valid value")
    return page, min(per_page, MAX_PER_PAGE)


def _headers(request: Request, page: int, per_page: int, more: bool, total: int | None) -> dict[str, str]:
    previous = page - 1 if page > 1 else None
    following = page + 1 if more else None
    headers = {
        "X-Per-Page": str(per_page),
        "X-Page": str(page),
        "X-Next-Page": str(following or ""),
        "X-Prev-Page": str(previous or ""),
    }
    links = [("prev", previous), ("next", following), ("first", 1)]
    if total is not None:
        pages = max(1, -(-total // per_page))
        headers |= {"X-Total": str(total), "X-Total-Pages": str(-(-total // per_page) or 1)}
        links.append(("last", pages))
    parts = [
        f'<{link(request, page=number, per_page=per_page)}>; rel="{name}"'
        for name, number in links
        if number is not None
    ]
    headers["Link"] = ", ".join(parts)
    return headers


def keyset(
    request: Request, found: Sequence[T], present: Callable[[T], Any], cursor: Callable[[T], dict[str, Any]]
) -> Reply:
    """A keyset page: ``found`` is up to ``per_page + 1`` items from where the cursor stood.

    Only ``Link: rel="next"`` tells that there is more; ``cursor`` gives the parameters that go on after an item.

    Raises:
        GrapeError: ``per_page`` is below 1.
    """
    _, per_page = page_of(request)
    headers = {}
    if len(found) > per_page:
        onwards = {"page": None, "per_page": per_page, **cursor(found[per_page - 1])}
        headers["Link"] = f'<{link(request, **onwards)}>; rel="next"'
    return Reply(200, [present(item) for item in found[:per_page]], headers)


def link(request: Request, **changes: Any) -> str:
    """The request's own address with all its parameters (path ones too) sorted, and some changed (None: left out)."""
    params = {**request.params, **changes}
    pairs: list[tuple[str, str]] = []
    for name in sorted(params):
        if name != "private_token":
            _flatten(name, params[name], pairs, keep_null=name not in changes)
    query = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
    return f"{request.instance.url}{request.path}?{query}"


def _flatten(name: str, value: Any, pairs: list[tuple[str, str]], keep_null: bool) -> None:
    if isinstance(value, dict):
        for key in sorted(value):
            _flatten(f"{name}[{key}]", value[key], pairs, keep_null)
    elif isinstance(value, list):
        for item in value:
            _flatten(f"{name}[]", item, pairs, keep_null)
    elif value is None:
        if keep_null:
            pairs.append((name, ""))
    else:
        pairs.append((name, str(value).lower() if isinstance(value, bool) else str(value)))
