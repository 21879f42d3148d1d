"""Long lists: the first page tells how many there are, the others are asked for side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from .parallel import each_of

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page. *total* is null where GitLab does not count: over 10,000, or by keyset."""

    items: list[Item]
    next_page: int | None
    total: int | None


def every(ask: Callable[[int], Page[Item]], most: int) -> list[Item]:
    """The items of all pages, but not more than *most*. *ask* gives the page of a number, counted from 1.

    What is added to the end of the list meanwhile may be missed; where GitLab does not count, page follows page.
    """
    last = ask(1)
    items = list(last.items)
    if last.total is not None and last.next_page == 2 and items:
        size = len(items)
        pages = -(-min(last.total, most) // size)
        for last in each_of([lambda number=number: ask(number) for number in range(2, pages + 1)]):  # type: ignore[misc]
            items += last.items
    while last.next_page is not None and len(items) < most:
        last = ask(last.next_page)
        items += last.items
    return items[:most]
