"""Approving, with the pending review published first if that is wanted."""

from __future__ import annotations

from typing import Any

from ..merge_requests.access import IID, find_merge_request
from ..merge_requests.approvals import approved, check_sha, give, present_approvals
from ..rest.errors import ApiError
from ..rest.parameters import Param
from ..rest.routing import Reply, Request, Routes
from .publishing import PublishError, publish_review

routes = Routes()


@routes(
    "POST",
    "/projects/:id/merge_requests/:merge_request_iid/approve",
    IID,
    Param("sha"),
    Param("publish_review", "boolean"),
    Param("approval_password"),
)
def approve(request: Request) -> Any:
    merge_request = find_merge_request(request, writing=True)
    check_sha(request, merge_request)
    instance, me = request.instance, request.me
    if request.get("publish_review"):
        try:
            publish_review(request, merge_request)
        except PublishError:
            raise ApiError(500, "Failed to publish review") from None
    if approved(instance, merge_request, me) or not give(instance, merge_request, me):
        return Reply(304)
    return present_approvals(request, merge_request)
