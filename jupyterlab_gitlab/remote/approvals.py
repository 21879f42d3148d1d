"""Approvals of a merge request."""

from __future__ import annotations

from ..contract.merge_requests import Approvals
from . import entities
from .faults import RefusedError
from .projects import user
from .scope import ProjectScope


def read(scope: ProjectScope, iid: int) -> Approvals | None:
    """Null where GitLab does not tell (403, 404: switched off, or not for this user)."""
    try:
        found = scope.client.get(scope.merge_request_url(iid, "approvals"), entities.Approvals)
    except RefusedError as refused:
        if refused.http_status in (403, 404):
            return None
        raise
    return Approvals(
        approved=bool(found.approved_by) if found.approved is None else found.approved,
        approved_by=[user(each.user) for each in found.approved_by],
        required=found.approvals_required,
        left=found.approvals_left,
        user_has_approved=found.user_has_approved,
        user_can_approve=found.user_can_approve,
    )
