"""Fetch, pull (fast-forward only) and push (never forced, never tags)."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.sync import SyncResult
from . import describe, failures, network, overwrite, remotes, revisions, settings
from .describe import Position
from .push_report import refusal, was_overtaken
from .settings import Settings
from .values import Cancel, Credential
from .worktree import WorkTree

_HEADS = "refs/heads/"


def fetch(tree: WorkTree, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
    """Fetches the remote that leads to GitLab and forgets branches that it no longer has."""
    where = describe.position(tree)
    configured = settings.read(tree.git)
    known = describe.list_remotes(tree)
    chosen = remotes.choose(known, describe.upstream_remote(where, configured))
    if chosen is None:
        raise no_remote(bool(known))
    output = _fetch(tree, chosen.name, configured, credential, cancel)
    return _result(tree, output, [])


def _fetch(
    tree: WorkTree, remote: str, configured: Settings, credential: Credential | None, cancel: Cancel | None
) -> str:
    refspecs = configured.all(f"remote.{remote}.fetch")
    # With a mirror's refspec pruning would delete the user's own branches.
    tracking_only = bool(refspecs) and all(spec.partition(":")[2].startswith("refs/remotes/") for spec in refspecs)
    prune = "--prune" if tracking_only else "--no-prune"
    url = describe.url_of(tree, remote) or remote
    with tree.locks.fetching(tree.limits.local):
        # Submodules may be of other hosts, for which neither the token nor (beside it) the user's helpers answer.
        args = ("fetch", prune, "--no-write-fetch-head", "--recurse-submodules=no", "--", remote)
        answer = network.talk(tree, url, *args, credential=credential, cancel=cancel, merge=True)
    return network.check(answer, url).text


def pull(tree: WorkTree, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
    """Fetches and fast-forwards the current branch.

    Raises ``detached_head``, ``no_upstream`` (also when the upstream branch is gone), ``not_fast_forward`` when both
    sides have commits of their own, ``would_overwrite`` (names the files), ``conflicted`` during a merge or the like.
    """
    where = describe.position(tree)
    branch = _branch(where)
    configured = settings.read(tree.git)
    remote = describe.upstream_remote(where, configured)
    if remote is None:
        raise _no_upstream(branch)
    output = "" if remote == "." else _fetch(tree, remote, configured, credential, cancel)
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        before = revisions.head(tree)
        target = _target(tree, branch, configured)
        if target is None or target == before:
            return _result(tree, output, [])
        merged = _fast_forward(tree, branch, before, target)
        changed = overwrite.changed_between(tree, before, revisions.head(tree))
        return _result(tree, "\n".join(part for part in (output, merged) if part), tree.changed_contents(changed))


def _target(tree: WorkTree, branch: str, configured: Settings) -> str | None:
    """The upstream's commit, null if this branch already has it."""
    where = describe.position(tree)
    if where.head is None:
        # git knows no upstream of a branch without a commit; its configuration does.
        remote, merge = configured.get(f"branch.{branch}.remote"), configured.get(f"branch.{branch}.merge")
        ref = f"refs/remotes/{remote}/{(merge or '').removeprefix(_HEADS)}"
        answer = tree.git.read("rev-parse", "--verify", "--quiet", "--end-of-options", ref, ok=(0, 1))
        return answer.line if answer.code == 0 else None
    upstream = where.upstream
    if upstream is None:
        raise _no_upstream(branch)
    if upstream.gone:
        raise GitLabWorkflowError(
            ErrorCode.NO_UPSTREAM,
            f"“{upstream.branch}” no longer exists on “{upstream.remote}”; it was probably merged and removed.",
            "Switch to the target branch and pull there, or push to create it again.",
        )
    if upstream.ahead and upstream.behind:
        raise GitLabWorkflowError(
            ErrorCode.NOT_FAST_FORWARD,
            f"“{branch}” and its upstream have both moved on "
            f"({upstream.ahead} commit(s) here, {upstream.behind} there), so pulling would need a merge.",
            f"In a terminal, run “git merge {upstream.remote}/{upstream.branch}” or "
            f"“git rebase {upstream.remote}/{upstream.branch}”, then push.",
            ahead=upstream.ahead,
            behind=upstream.behind,
        )
    return revisions.resolve(tree, where.upstream_ref) if upstream.behind else None


def _fast_forward(tree: WorkTree, branch: str, before: str | None, target: str) -> str:
    operation = describe.operation(tree)
    if operation in ("merge", "cherry-pick", "revert", "rebase"):
        raise GitLabWorkflowError(
            ErrorCode.CONFLICTED,
            f"A {operation} is under way, so nothing was pulled into “{branch}”.",
            f"Finish it (stage the resolved files and commit), or abort it with “git {operation} --abort”.",
        )
    args = ("merge", "--ff-only", "--no-squash", "--no-autostash", "--no-overwrite-ignore", target)
    answer = tree.git.write(*args, ok=range(256), timeout=tree.limits.hooks, merge=True)
    if answer.code == 0:
        return answer.text
    local = failures.local_failure(answer.stdout)
    if local is not None:
        raise local
    blocking = overwrite.in_the_way(tree, before, target)
    if blocking:
        raise overwrite.error(tree, blocking, "Pulling would overwrite your changes")
    raise failures.failed(answer.command, answer.code, answer.stdout)


def push(tree: WorkTree, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
    """Pushes the current branch and sets its upstream.

    Raises ``detached_head``, ``no_commits``, ``no_remote``, ``push_rejected`` (the remote has commits that this branch
    lacks), ``push_protected``, ``push_hook_declined``, ``hook_failed`` (a ``pre-push`` hook), ``git_auth_failed``.
    """
    where = describe.position(tree)
    branch = _branch(where)
    if where.head is None:
        raise revisions.no_commits()
    configured = settings.read(tree.git)
    remote = _push_remote(tree, where, branch, configured)
    target = _push_branch(where, branch, remote, configured)
    url = describe.push_url_of(tree, remote) or remote
    args = ("push", "--porcelain", "--set-upstream", "--no-follow-tags", "--", remote)
    with tree.locks.fetching(tree.limits.local):
        refspec = f"{_HEADS}{branch}:{_HEADS}{target}"
        answer = network.talk(tree, url, *args, refspec, credential=credential, cancel=cancel)
        if answer.code != 0 and was_overtaken(answer):
            # Mostly by itself: git sends a push again whose connection broke. The next one tells who it was.
            answer = network.talk(tree, url, *args, refspec, credential=credential, cancel=cancel)
    if answer.code != 0:
        refused = refusal(tree, answer, target)
        if refused is not None:
            raise refused
        network.check(answer, url)
    return _result(tree, answer.text, [])


def _push_remote(tree: WorkTree, where: Position, branch: str, configured: Settings) -> str:
    """git-config(1)'s order (``branch.x.pushRemote``, ``remote.pushDefault``), then the one that leads to GitLab."""
    own = configured.get(f"branch.{branch}.pushremote") or configured.get("remote.pushdefault")
    if own:
        return own
    known = describe.list_remotes(tree)
    chosen = remotes.choose(known, describe.upstream_remote(where, configured))
    if chosen is None:
        raise no_remote(bool(known))
    return chosen.name


def _push_branch(where: Position, branch: str, remote: str, configured: Settings) -> str:
    """The branch's own name, unless the user told git to push to the upstream.

    A feature branch started from ``origin/main`` has that as its upstream: pushing there would skip the review.
    """
    upstream = where.upstream
    if upstream and upstream.remote == remote and configured.get("push.default") in ("upstream", "tracking"):
        return upstream.branch
    return branch


def _branch(where: Position) -> str:
    if where.branch is None:
        raise GitLabWorkflowError(
            ErrorCode.DETACHED_HEAD,
            "HEAD is detached, so there is no branch to pull into or to push.",
            "Create a branch here, or switch to one.",
        )
    return where.branch


def _no_upstream(branch: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.NO_UPSTREAM, f"“{branch}” follows no branch of a remote yet.", "Push it: that sets its upstream."
    )


def no_remote(several: bool) -> GitLabWorkflowError:
    if several:
        return GitLabWorkflowError(
            ErrorCode.NO_REMOTE,
            "This repository has several remotes and none is called “origin”.",
            "Set the branch's upstream in a terminal: git branch --set-upstream-to=<remote>/<branch>",
        )
    return GitLabWorkflowError(
        ErrorCode.NO_REMOTE,
        "This repository has no remote.",
        "Create a project on GitLab, then add it in a terminal: git remote add origin <URL of the project>",
    )


def _result(tree: WorkTree, output: str, changed: list[str]) -> SyncResult:
    where = describe.position(tree)
    return SyncResult(
        branch=where.branch,
        ahead=where.upstream.ahead if where.upstream else 0,
        behind=where.upstream.behind if where.upstream else 0,
        output=output,
        changed_paths=changed,
    )
