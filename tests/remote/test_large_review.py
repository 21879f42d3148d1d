"""What a review of 2,000 notes in 300 files costs GitLab: requests are bounded by pages, never one a note or a file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from fault_proxy import FaultProxy
from large_merge_request import NOTES, plant

from .world import World

PAGES = NOTES // 2 // 100


@pytest.fixture
def large(shaky: World) -> int:
    return plant(shaky.sandbox, shaky.project, shaky.ann, shaky.ben).large


def opened(world: World, iid: int) -> tuple[int, int | None]:
    """What opening the document asks, at once as the browser does; how many threads and open ones there are."""
    with ThreadPoolExecutor(3) as pool:
        discussions = pool.submit(world.author.discussions, iid)
        merge_request = pool.submit(world.author.merge_request, iid)
        pool.submit(world.author.versions, iid).result()
        return len(discussions.result().discussions), merge_request.result().unresolved


def test_the_requests_for_a_large_review_are_bounded(shaky: World, large: int, proxy: FaultProxy) -> None:
    shaky.author.project()
    proxy.clear()
    threads, unresolved = opened(shaky, large)
    assert (threads, unresolved) == (NOTES // 2, None)
    paths = [path.partition("?")[0] for _, path in proxy.seen]
    # the pages of threads; the merge request for itself and for the threads, its approvals, versions, and the user
    assert sum(path.endswith("/discussions") for path in paths) == PAGES
    assert len(paths) <= PAGES + 6
    assert not any("/notes" in path or "/diffs" in path or "/repository/" in path for path in paths)

    proxy.clear()
    assert opened(shaky, large) == (threads, unresolved)
    assert set(proxy.statuses) == {304}
