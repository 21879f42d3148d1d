"""Making commits and reading history."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..contract.commits import Commit, CommitPage, CommitResult
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import display_path
from . import describe, failures, identity, index, revisions, settings, status
from .run import Output
from .times import utc
from .values import Cancel
from .worktree import WorkTree

FORMAT = "%H%x00%P%x00%an%x00%ae%x00%at%x00%s%x00%b"
"""For ``git log``: what :func:`parse` takes."""
FIELDS = 7
_SHORT = 8  # as GitLab shortens shas
_MAX_PAGE = 500
# githooks(5): each can refuse a commit.
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "pre-merge-commit")


def commit(tree: WorkTree, message: str, restage: Sequence[str] = (), *, cancel: Cancel | None = None) -> CommitResult:
    """Commits the index through the git binary, so that hooks and signing run; all that they print is returned.

    A merge (or another operation) that is under way is concluded by it once its conflicts are staged. Raises
    ``bad_request`` (no message), ``conflicted``, ``nothing_to_commit``, ``detached_head``, ``identity_missing``,
    ``hook_failed``, ``signing_failed``.
    """
    if not message.strip():
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "The commit message is empty.", "Say in a line what changed.")
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        if restage:
            index.stage(tree, restage)
        _check_ready(tree)
        text = message.replace("\r\n", "\n").encode("utf-8", "replace")
        answer = tree.git.write(
            *identity.NO_GUESSING,
            "commit",
            "--cleanup=whitespace",
            "--no-status",
            "-F",
            "-",
            stdin=text,
            ok=range(256),
            timeout=tree.limits.hooks,
            merge=True,
            cancel=cancel,
        )
        if answer.code != 0:
            raise _refused(tree, answer)
        return CommitResult(commit=_log(tree, ["-1", "HEAD"])[0], output=answer.text)


def _check_ready(tree: WorkTree) -> None:
    """Raises if there is nothing that a commit could take, or if none should be made now."""
    now = status.read(tree, untracked=False, branch=True)
    operation = describe.operation(tree)
    conflicts = [display_path(entry.path) for entry in now.entries if entry.conflicted]
    if conflicts:
        raise GitLabWorkflowError(
            ErrorCode.CONFLICTED,
            f"{len(conflicts)} file(s) still have conflicts: {_some(conflicts)}.",
            "Resolve and stage them, then commit.",
            paths=conflicts,
        )
    if now.branch is None and operation is None:
        raise GitLabWorkflowError(
            ErrorCode.DETACHED_HEAD,
            "HEAD is detached: a commit would belong to no branch and could get lost.",
            "Create a branch here first; your changes come along.",
        )
    if operation is None and not any(entry.staged for entry in now.entries):
        raise _nothing()


def _refused(tree: WorkTree, answer: Output) -> GitLabWorkflowError:
    known = failures.local_failure(answer.stdout) or identity.missing(tree)
    if known is not None:
        return known
    if answer.code == 1:
        hooks = active_hooks(tree, _HOOKS)
        if hooks:
            return GitLabWorkflowError(
                ErrorCode.HOOK_FAILED,
                f"A hook of this repository refused the commit ({', '.join(hooks)}).",
                "Read what it printed. If it changed files, look at them, stage them and commit again.",
                output=answer.text,
                hooks=hooks,
            )
        return _nothing(answer.text)
    error = failures.failed(answer.command, answer.code, answer.stdout)
    if error.code == ErrorCode.GIT_FAILED and settings.read(tree.git).flag("commit.gpgsign"):
        # 128 with signing on: what else ends so (a lock, a full disk, no identity) has been told apart above.
        return GitLabWorkflowError(
            ErrorCode.SIGNING_FAILED,
            "The commit could not be signed, so it was not made.",
            "Unlock the signing key (run “git commit -S” once in a terminal, so that its agent keeps the passphrase), "
            "or turn signing off with “git config commit.gpgSign false”.",
            output=answer.text,
        )
    return error


def _nothing(output: str = "") -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.NOTHING_TO_COMMIT,
        "There is nothing to commit.",
        "Save your files and tick the ones that belong in this commit.",
        output=output,
    )


def active_hooks(tree: WorkTree, names: Sequence[str]) -> list[str]:
    """Those of *names* that git would run (``core.hooksPath`` respected)."""
    answer = tree.git.read("rev-parse", "--git-path", "hooks").stdout
    directory = Path(os.path.join(tree.top, os.fsdecode(answer.removesuffix(b"\n"))))  # noqa: PTH118
    return [name for name in names if os.access(directory / name, os.X_OK)]


def history(
    tree: WorkTree,
    revision: str = "HEAD",
    *,
    since: str | None = None,
    path_id: str | None = None,
    page: int = 1,
    per_page: int = 50,
) -> CommitPage:
    """A page of ``since..revision``, newest first; of one file if a path is given."""
    if page < 1 or not 1 <= per_page <= _MAX_PAGE:
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST, "There is no such page.", f"Pages count from 1 and hold 1 to {_MAX_PAGE} commits."
        )
    args = [f"--skip={(page - 1) * per_page}", f"--max-count={per_page + 1}", revisions.resolve(tree, revision)]
    if since is not None:
        args.append("^" + revisions.resolve(tree, since))
    paths = [] if path_id is None else [os.fsdecode(tree.path_of_id(path_id))]
    items = _log(tree, args, paths)
    return CommitPage(items=items[:per_page], next_page=page + 1 if len(items) > per_page else None)


def _log(tree: WorkTree, args: list[str], paths: Sequence[str] = ()) -> list[Commit]:
    answer = tree.git.read(
        index.LITERAL, "log", "-z", "--no-color", "--no-decorate", f"--format=tformat:{FORMAT}", *args, "--", *paths
    )
    fields = answer.stdout.decode("utf-8", "replace").split("\0")[:-1]
    return [parse(fields[start : start + FIELDS]) for start in range(0, len(fields), FIELDS)]


def parse(fields: Sequence[str]) -> Commit:
    """The commit from its fields in the order of :data:`FORMAT`."""
    sha, parents, name, email, time, title, body = fields
    return Commit(
        sha=sha,
        short_sha=sha[:_SHORT],
        title=title,
        body=body.strip("\n"),
        author_name=name,
        author_email=email,
        authored_at=utc(time),
        parents=parents.split(),
    )


def _some(names: list[str], count: int = 3) -> str:
    shown = ", ".join(names[:count])
    return shown if len(names) <= count else f"{shown} and {len(names) - count} more"
