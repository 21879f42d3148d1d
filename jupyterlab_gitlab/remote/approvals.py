"""Approvals of a merge request."""

from __future__ import annotations

from ..contract.merge_requests import ApprovalRule, Approvals
from . import entities
from .faults import RefusedError
from .projects import user
from .scope import ProjectScope
from .times import utc_or_none


def read(scope: ProjectScope, iid: int) -> Approvals | None:
    """Null where GitLab does not tell (403, 404: switched off, or not for this user)."""
    try:
        found = scope.client.get(scope.merge_request_url(iid, "approvals"), entities.Approvals)
    except RefusedError as refused:
        if refused.http_status in (403, 404):
            return None
        raise
    mine = scope.me.id
    return Approvals(
        approved=bool(found.approved_by) if found.approved is None else found.approved,
        approved_by=[user(each.user) for each in found.approved_by],
        required=found.approvals_required,
        left=found.approvals_left,
        user_has_approved=found.user_has_approved,
        user_can_approve=found.user_can_approve,
        approved_at=utc_or_none(next((each.approved_at for each in found.approved_by if each.user.id == mine), None)),
        rules=[] if found.approvals_required is None else _rules(scope, iid),
    )


def _rules(scope: ProjectScope, iid: int) -> list[ApprovalRule]:
    """Those of a paid edition that ask for somebody's approval."""
    try:
        found = scope.client.get(scope.merge_request_url(iid, "approval_state"), entities.ApprovalState)
    except RefusedError as refused:
        if refused.http_status in (403, 404):
            return []
        raise
    return [
        ApprovalRule(
            name=each.name,
            required=each.approvals_required,
            approved=each.approved,
            approved_by=[user(person) for person in each.approved_by],
            eligible=[user(person) for person in each.eligible_approvers],
        )
        for each in found.rules
        if each.approvals_required > 0
    ]
