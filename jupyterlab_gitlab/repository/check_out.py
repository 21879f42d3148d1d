"""A branch for a merge request whose own branch no remote of the clone has: of a fork, or gone.

The branch follows nothing. Whether it has commits of the user's own is told by a ref that remembers where it was put
last: without any, a rebased merge request may move it.
"""

from __future__ import annotations

from ..contract.branches import SwitchResult
from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import branches, describe, merge_request_refs, revisions
from .worktree import WorkTree

_LOCAL = "refs/heads/"


def check_out(tree: WorkTree, name: str, slug: str, iid: int, sha: str) -> SwitchResult:
    """Switches to the local branch *name* at the commit *sha*, which is here; creates or forwards it.

    A branch that is ahead of *sha* stays as it is.

    Raises ``branch_invalid``, ``not_fast_forward`` if both have commits of their own, ``would_overwrite`` (names the
    files), ``conflicted``.
    """
    branches.check_name(tree, name)
    put = f"{merge_request_refs.refs_of(slug, iid)}/checked-out"
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        before = revisions.head(tree)
        target = revisions.resolve(tree, sha)
        if not branches.exists(tree, _LOCAL + name):
            done = branches.switch_with(tree, name, before, target, ["--no-track", "-c", name, target])
        else:
            tip = revisions.resolve(tree, _LOCAL + name)
            if _contains(tree, tip, target):
                return branches.switch_with(tree, name, before, tip, ["--no-guess", name])
            if not _contains(tree, target, tip) and _commit_of(tree, put) != tip:
                raise GitLabWorkflowError(
                    ErrorCode.NOT_FAST_FORWARD,
                    f"Your branch “{name}” and the merge request both have commits that the other lacks.",
                    "Rename or delete your branch, then check out again; or switch to it by the list of branches.",
                )
            done = branches.switch_with(tree, name, before, target, ["--no-track", "-C", name, target])
        tree.git.write("update-ref", put, target)
        return done


def former_branch(tree: WorkTree) -> str | None:
    """The local branch that HEAD was on before this one, as git's own log of HEAD has it; null if unknown or gone."""
    answer = tree.git.read("rev-parse", "--verify", "--quiet", "--symbolic-full-name", "@{-1}", ok=range(256))
    name = answer.line.removeprefix(_LOCAL) if answer.line.startswith(_LOCAL) else ""
    if answer.code != 0 or not name or name == describe.current_branch(tree):
        return None
    return name if branches.exists(tree, _LOCAL + name) else None


def _contains(tree: WorkTree, commit: str, ancestor: str) -> bool:
    return tree.git.read("merge-base", "--is-ancestor", ancestor, commit, ok=(0, 1)).code == 0


def _commit_of(tree: WorkTree, ref: str) -> str | None:
    answer = tree.git.read("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", ok=(0, 1))
    return answer.line if answer.code == 0 else None
