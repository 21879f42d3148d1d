"""The one shape of a failure, and the codes that the frontend can act upon."""

from __future__ import annotations

import enum
from typing import Any

from .base import Reply


class ErrorCode(str, enum.Enum):
    """What went wrong, stable across versions. :data:`STATUS` gives the HTTP status of each."""

    # the request
    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_LARGE = "too_large"
    INTERNAL = "internal"
    FORBIDDEN_PATH = "forbidden_path"
    CANCELLED = "cancelled"
    # the repository
    NOT_A_REPOSITORY = "not_a_repository"
    DUBIOUS_OWNERSHIP = "dubious_ownership"
    GIT_MISSING = "git_missing"
    GIT_FAILED = "git_failed"
    GIT_TIMEOUT = "git_timeout"
    GIT_BUSY = "git_busy"
    IDENTITY_MISSING = "identity_missing"
    NOTHING_TO_COMMIT = "nothing_to_commit"
    HOOK_FAILED = "hook_failed"
    SIGNING_FAILED = "signing_failed"
    BRANCH_EXISTS = "branch_exists"
    BRANCH_INVALID = "branch_invalid"
    BRANCH_UNKNOWN = "branch_unknown"
    DETACHED_HEAD = "detached_head"
    NO_COMMITS = "no_commits"
    NO_UPSTREAM = "no_upstream"
    WOULD_OVERWRITE = "would_overwrite"
    CONFLICTED = "conflicted"
    NOT_FAST_FORWARD = "not_fast_forward"
    PUSH_REJECTED = "push_rejected"
    PUSH_PROTECTED = "push_protected"
    PUSH_HOOK_DECLINED = "push_hook_declined"
    GIT_AUTH_FAILED = "git_auth_failed"
    FILE_CHANGED = "file_changed"
    REVISION_UNKNOWN = "revision_unknown"
    DISK_FULL = "disk_full"
    NO_WORK_TREE = "no_work_tree"
    # GitLab
    NO_REMOTE = "no_remote"
    HOST_UNKNOWN = "host_unknown"
    NOT_SIGNED_IN = "not_signed_in"
    TOKEN_INVALID = "token_invalid"
    TOKEN_EXPIRED = "token_expired"
    TOKEN_REVOKED = "token_revoked"
    TOKEN_SCOPE_MISSING = "token_scope_missing"
    INSECURE_HOST = "insecure_host"
    GITLAB_FORBIDDEN = "gitlab_forbidden"
    PROJECT_NOT_FOUND = "project_not_found"
    MERGE_REQUEST_EXISTS = "merge_request_exists"
    NOT_MERGEABLE = "not_mergeable"
    REBASE_REFUSED = "rebase_refused"
    HEAD_MOVED = "head_moved"
    POSITION_REFUSED = "position_refused"
    DRAFT_NOTE_EXISTS = "draft_note_exists"
    SUGGESTION_OUTDATED = "suggestion_outdated"
    SUGGESTION_REFUSED = "suggestion_refused"
    GITLAB_REFUSED = "gitlab_refused"
    RATE_LIMITED = "rate_limited"
    GITLAB_UNREACHABLE = "gitlab_unreachable"
    GITLAB_ERROR = "gitlab_error"
    GITLAB_TIMEOUT = "gitlab_timeout"


STATUS: dict[ErrorCode, int] = {
    ErrorCode.BAD_REQUEST: 400,
    ErrorCode.UNAUTHORIZED: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.INTERNAL: 500,
    ErrorCode.FORBIDDEN_PATH: 403,
    ErrorCode.CANCELLED: 409,
    ErrorCode.NOT_A_REPOSITORY: 404,
    ErrorCode.DUBIOUS_OWNERSHIP: 422,
    ErrorCode.GIT_MISSING: 422,
    ErrorCode.GIT_FAILED: 422,
    ErrorCode.GIT_TIMEOUT: 504,
    ErrorCode.GIT_BUSY: 409,
    ErrorCode.IDENTITY_MISSING: 422,
    ErrorCode.NOTHING_TO_COMMIT: 422,
    ErrorCode.HOOK_FAILED: 422,
    ErrorCode.SIGNING_FAILED: 422,
    ErrorCode.BRANCH_EXISTS: 409,
    ErrorCode.BRANCH_INVALID: 400,
    ErrorCode.BRANCH_UNKNOWN: 404,
    ErrorCode.DETACHED_HEAD: 422,
    ErrorCode.NO_COMMITS: 422,
    ErrorCode.NO_UPSTREAM: 422,
    ErrorCode.WOULD_OVERWRITE: 409,
    ErrorCode.CONFLICTED: 409,
    ErrorCode.NOT_FAST_FORWARD: 409,
    ErrorCode.PUSH_REJECTED: 409,
    ErrorCode.PUSH_PROTECTED: 422,
    ErrorCode.PUSH_HOOK_DECLINED: 422,
    ErrorCode.GIT_AUTH_FAILED: 401,
    ErrorCode.FILE_CHANGED: 409,
    ErrorCode.REVISION_UNKNOWN: 404,
    ErrorCode.DISK_FULL: 507,
    ErrorCode.NO_WORK_TREE: 422,
    ErrorCode.NO_REMOTE: 404,
    ErrorCode.HOST_UNKNOWN: 422,
    ErrorCode.NOT_SIGNED_IN: 401,
    ErrorCode.TOKEN_INVALID: 401,
    ErrorCode.TOKEN_EXPIRED: 401,
    ErrorCode.TOKEN_REVOKED: 401,
    ErrorCode.TOKEN_SCOPE_MISSING: 403,
    ErrorCode.INSECURE_HOST: 403,
    ErrorCode.GITLAB_FORBIDDEN: 403,
    ErrorCode.PROJECT_NOT_FOUND: 404,
    ErrorCode.MERGE_REQUEST_EXISTS: 409,
    ErrorCode.NOT_MERGEABLE: 409,
    ErrorCode.REBASE_REFUSED: 409,
    ErrorCode.HEAD_MOVED: 409,
    ErrorCode.POSITION_REFUSED: 422,
    ErrorCode.DRAFT_NOTE_EXISTS: 409,
    ErrorCode.SUGGESTION_OUTDATED: 409,
    ErrorCode.SUGGESTION_REFUSED: 422,
    ErrorCode.GITLAB_REFUSED: 422,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.GITLAB_UNREACHABLE: 502,
    ErrorCode.GITLAB_ERROR: 502,
    ErrorCode.GITLAB_TIMEOUT: 504,
}


class ErrorReply(Reply, kw_only=True):
    """Every failure: *message* says what happened, *hint* what to do; *details* is for the folded part."""

    code: ErrorCode
    message: str
    hint: str = ""
    details: dict[str, Any] = {}


class GitLabWorkflowError(Exception):
    """Raised anywhere below the handlers; the handlers turn it into an :class:`ErrorReply`.

    Parameters
    ----------
    code: decides the HTTP status.
    message: what happened, in words for the user.
    hint: what the user can do about it.
    details: JSON-encodable extras, such as git's own output under ``"output"`` or ``"retry_after"`` in seconds.
    """

    def __init__(self, code: ErrorCode, message: str, hint: str = "", **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.details = details

    @property
    def status(self) -> int:
        return STATUS[self.code]

    def reply(self) -> ErrorReply:
        return ErrorReply(code=self.code, message=self.message, hint=self.hint, details=self.details)
