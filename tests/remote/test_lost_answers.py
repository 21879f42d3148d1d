"""What is opened and merged once, though an answer gets lost."""

from __future__ import annotations

import pytest
from fault_proxy import Fault, FaultProxy

from jupyterlab_gitlab.contract.errors import GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import MergeBody

from .world import World

FAULTS = ["unsent", "lost", "error", "error_after"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_merge_request_is_opened_once(shaky: World, proxy: FaultProxy, fault: Fault) -> None:
    branch = shaky.branch()
    proxy.fail("POST", "/merge_requests$", fault)
    try:
        opened = shaky.opened(branch)
    except GitLabWorkflowError as error:
        assert fault in ("unsent", "error") and error.hint
        opened = shaky.opened(branch)
    assert proxy.left == 0
    (found,) = shaky.project.mergerequests.list(source_branch=branch, get_all=True)
    assert (found.iid, found.title) == (opened.iid, opened.title)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_merge_is_done_once(shaky: World, proxy: FaultProxy, fault: Fault) -> None:
    opened = shaky.opened()
    body = MergeBody(sha=opened.sha or "")
    proxy.fail("PUT", "/merge$", fault)
    with pytest.raises(GitLabWorkflowError) as caught:
        shaky.author.merge(opened.iid, body)
    assert caught.value.hint
    merged = shaky.author.merge(opened.iid, body)
    assert (merged.state, merged.sha) == ("merged", opened.sha)
