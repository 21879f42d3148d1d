"""Reads the report of ``git push --porcelain`` (git-push(1), "OUTPUT")."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import failures
from .commits import active_hooks
from .run import Output
from .worktree import WorkTree

# GitLab's own words, on stderr, for a push that a protected branch refuses (lib/gitlab/git_access.rb and checks/).
_PROTECTED = b"protected branch"
_OVERTAKEN = "failed to update ref"


@dataclass(frozen=True)
class RefStatus:
    """One line: *flag* is ``!`` for a refusal; *summary* such as ``[rejected]``; *reason* in git's words."""

    flag: str
    source: str
    target: str
    summary: str
    reason: str


def parse(output: bytes) -> list[RefStatus]:
    """The ref lines ``flag TAB from:to TAB summary (reason)``; other lines (``To …``, ``Done``) are passed over."""
    found = []
    for line in output.decode("utf-8", "replace").splitlines():
        fields = line.split("\t", 2)
        if len(fields) != 3 or len(fields[0]) != 1 or ":" not in fields[1]:
            continue
        source, _, target = fields[1].rpartition(":")
        summary, _, reason = fields[2].partition(" (")
        found.append(RefStatus(fields[0], source, target, summary, reason.removesuffix(")")))
    return found


def refusal(tree: WorkTree, answer: Output, branch: str) -> GitLabWorkflowError | None:
    """The error for a push that the remote or a hook refused; null if it never came so far (network, credentials)."""
    refused = [status for status in parse(answer.stdout) if status.flag == "!"]
    if not refused:
        return _local_hook(tree, answer)
    status = refused[0]
    if status.summary != "[remote rejected]":
        return GitLabWorkflowError(
            ErrorCode.PUSH_REJECTED,
            f"“{branch}” has commits on GitLab that you don't have yet.",
            "Pull first, then push again.",
            reason=status.reason,
            output=answer.text,
        )
    if _PROTECTED in answer.stderr.lower():
        return GitLabWorkflowError(
            ErrorCode.PUSH_PROTECTED,
            f"“{branch}” is protected on GitLab: you may not push to it.",
            "Create a branch of your own, push that, and open a merge request.",
            reason=status.reason,
            output=answer.text,
        )
    return GitLabWorkflowError(
        ErrorCode.PUSH_HOOK_DECLINED,
        f"GitLab refused the push to “{branch}”: {status.reason or 'a rule of the server declined it'}.",
        "Read what the server says below, change the commits accordingly, and push again.",
        reason=status.reason,
        output=answer.text,
    )


def was_overtaken(answer: Output) -> bool:
    """Whether the branch moved on the server while it was pushed to (git's ``builtin/receive-pack.c``)."""
    return any(status.flag == "!" and status.reason == _OVERTAKEN for status in parse(answer.stdout))


def _local_hook(tree: WorkTree, answer: Output) -> GitLabWorkflowError | None:
    """Exit code 1 without a report: the push was stopped here, before the remote was asked."""
    if answer.code != 1 or failures.local_failure(answer.stderr) or not active_hooks(tree, ["pre-push"]):
        return None
    return GitLabWorkflowError(
        ErrorCode.HOOK_FAILED,
        "The pre-push hook of this repository refused the push.",
        "Read what it printed, fix that, and push again.",
        output=answer.text,
        hooks=["pre-push"],
    )
