"""What waits for the user on one GitLab, across its projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..contract.addresses import ProjectAddress
from ..contract.inbox import (
    InboxCounts,
    InboxItem,
    InboxPage,
    InboxParams,
    InboxScope,
    Replies,
    ReplyToMe,
    Todo,
    TodoPage,
    TodosParams,
)
from ..notebooks.positions.marker import split_mark
from . import entities
from .client import MOST_PER_PAGE, Client
from .listing import Page
from .merge_request_lists import summary
from .parallel import each_of, together
from .projects import user
from .scope import current_user
from .times import utc

_NUMBER = re.compile(r"!(\d{1,9})")
_ABOUT_MERGE_REQUESTS = {"type": "MergeRequest", "state": "pending"}
# their merge requests are in the lists already
_LISTED = frozenset({"review_requested", "assigned"})
_MOST_DISCUSSIONS = 10_000
_MOST_CHANGED = 10
_MOST_REPLIES = 20
_MOST_TEXT = 300


class GitLabInbox:
    """Lists of the client's user. Every method may raise what GitLab's refusals are translated to."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def page(self, params: InboxParams) -> InboxPage:
        """One page of a list. A *search* of ``!12`` finds that number in every project."""
        query = self._query(params.scope)
        search = params.search.strip()
        if number := _NUMBER.fullmatch(search):
            query["iids[]"] = int(number[1])
        elif search:
            query["search"] = search
        found = self._merge_requests(query, params.page, params.per_page)
        return InboxPage(
            items=[self._item(each) for each in found.items],
            page=params.page,
            next_page=found.next_page,
            total=found.total,
        )

    def counts(self) -> InboxCounts:
        """Four questions at once, each for a page at most."""
        scopes: tuple[InboxScope, ...] = ("for_review", "assigned", "mine")
        lists, todos = together(
            lambda: each_of([lambda scope=scope: self._count(scope) for scope in scopes]),  # type: ignore[misc]
            lambda: self._todos(1, MOST_PER_PAGE),
        )
        others = sum(each.action_name not in _LISTED for each in todos.items)
        return InboxCounts(
            for_review=lists[0],
            assigned=lists[1],
            mine=lists[2],
            todos=todos.total,
            waiting=(lists[0] or 0) + others,
        )

    def todos(self, params: TodosParams) -> TodoPage:
        found = self._todos(params.page, params.per_page)
        return TodoPage(
            todos=[self._todo(each) for each in found.items],
            page=params.page,
            next_page=found.next_page,
            total=found.total,
        )

    def finish_todo(self, todo_id: int) -> None:
        """Raises ``not_found`` for a to-do of somebody else's."""
        self._client.post(f"/todos/{todo_id:d}/mark_as_done", type(None))

    def replies(self, since: str | None) -> Replies:
        """What others wrote since then where the user takes part: in the ten merge requests that changed last.

        GitLab has no list of replies, so the threads of what has changed are read; mostly nothing has.
        """
        scopes: tuple[InboxScope, ...] = ("for_review", "assigned", "mine")
        more = {} if since is None else {"updated_after": since}
        per_page = 1 if since is None else _MOST_CHANGED
        pages = each_of(
            [lambda scope=scope: self._merge_requests(self._query(scope) | more, 1, per_page) for scope in scopes]  # type: ignore[misc]
        )
        changed = {each.web_url: each for page in pages for each in page.items}
        times = [utc(each.updated_at) for each in changed.values()]
        checked_at = max([*times, *([since] if since else [])], default=None)
        if since is None:
            return Replies(replies=[], checked_at=checked_at)
        newest = sorted(changed.values(), key=lambda each: each.updated_at)[-_MOST_CHANGED:]
        found = [reply for each in newest if utc(each.updated_at) > since for reply in self._replies_in(each, since)]
        found.sort(key=lambda reply: reply.created_at)
        return Replies(replies=found[-_MOST_REPLIES:], checked_at=checked_at)

    def _replies_in(self, merge_request: entities.MergeRequest, since: str) -> Iterator[ReplyToMe]:
        me = current_user(self._client).id
        url = f"/projects/{merge_request.target_project_id}/merge_requests/{merge_request.iid}/discussions"
        for discussion in self._client.every(url, entities.Discussion, most=_MOST_DISCUSSIONS):
            takes_part = merge_request.author.id == me
            for note in discussion.notes:
                if note.system:
                    continue
                if note.author.id == me:
                    takes_part = True
                elif takes_part and utc(note.created_at) > since:
                    yield ReplyToMe(
                        note_id=note.id,
                        author=user(note.author),
                        text=_shown(note.body),
                        created_at=utc(note.created_at),
                        item=self._item(merge_request),
                    )

    def _query(self, scope: InboxScope) -> dict[str, Any]:
        whose = {"for_review": "reviewer_username", "assigned": "assignee_username", "mine": "author_username"}
        me = current_user(self._client).username
        return {"scope": "all", "state": "opened", "order_by": "updated_at", "sort": "desc", whose[scope]: me}

    def _merge_requests(self, query: dict[str, Any], page: int, per_page: int) -> Page[entities.MergeRequest]:
        return self._client.page("/merge_requests", entities.MergeRequest, query, page=page, per_page=per_page)

    def _count(self, scope: InboxScope) -> int | None:
        return self._merge_requests(self._query(scope), 1, 1).total

    def _todos(self, page: int, per_page: int) -> Page[entities.Todo]:
        return self._client.page("/todos", entities.Todo, _ABOUT_MERGE_REQUESTS, page=page, per_page=per_page)

    def _todo(self, found: entities.Todo) -> Todo:
        return Todo(
            id=found.id,
            action=found.action_name,
            author=user(found.author),
            text=_shown(found.body) or found.target.title,
            created_at=utc(found.created_at),
            web_url=found.target_url,
            item=self._item(found.target),
        )

    def _item(self, found: entities.MergeRequest) -> InboxItem:
        path = self._project_path(found)
        return InboxItem(
            address=str(ProjectAddress(self._client.base.name, path)),
            project_path=path,
            merge_request=summary(found),
        )

    def _project_path(self, found: entities.MergeRequest) -> str:
        """GitLab before 12.7 has no *references*; the web address then tells it."""
        if found.references is not None:
            return found.references.full.rpartition("!")[0]
        return found.web_url.removeprefix(f"{self._client.base.url}/").partition("/-/")[0]


def _shown(body: str) -> str:
    """The beginning of a comment, without what leads back to a cell."""
    text = split_mark(body)[0].strip()
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"
