"""Changes of single commits brought onto another commit of a bare repository: rebase, cherry-pick, revert."""

from __future__ import annotations

from .merge import merge_trees
from .repository import EMPTY_TREE, Git, Identity

_NOBODY = Identity("sandbox", "sandbox@example.com", "@1 +0000")


class ReplayError(Exception):
    """A change does not fit where it should go; ``commit`` is the one whose change it was."""

    def __init__(self, commit: str) -> None:
        super().__init__(f"the change of {commit} conflicts")
        self.commit = commit


def empty_commit(git: Git) -> str:
    """A commit of nothing, with no parents."""
    return git.commit_tree(EMPTY_TREE, [], "", _NOBODY)


def onto(git: Git, base: str | None, changed: str, there: str) -> str | None:
    """The tree that the change from commit ``base`` (None: from nothing) to ``changed`` gives on top of ``there``.

    None when it conflicts. Both sides become children of ``base`` for the merge, so that git takes it for the ancestor.
    """
    root = base or empty_commit(git)
    ours, theirs = (git.commit_tree(f"{side}^{{tree}}", [root], "", _NOBODY) for side in (there, changed))
    return merge_trees(git, ours, theirs)


def rebase(git: Git, upstream: str, head: str, committer: Identity) -> str:
    """Replay the commits of ``head`` that ``upstream`` lacks on top of it; the new head.

    As ``git rebase`` does by default, merges are left out, and so are commits that change nothing any more.

    Raises:
        ReplayError: one conflicts.
    """
    if git.merge_base(upstream, head) == upstream:
        return head
    tip = upstream
    for commit in git.text("rev-list", "--reverse", "--topo-order", "--no-merges", f"{upstream}..{head}").split():
        parent = git.object(f"{commit}^")
        tree = onto(git, parent, commit, tip)
        if tree is None:
            raise ReplayError(commit)
        if tree == git.object(f"{tip}^{{tree}}"):
            continue
        tip = recommit(git, commit, tree, tip, committer)
    return tip


def recommit(git: Git, commit: str, tree: str, parent: str, committer: Identity, message: str | None = None) -> str:
    """A new commit with another's author, date and (unless given) message."""
    form = "--format=%an%x00%ae%x00%ad%x00%B"
    name, email, date, own = git.text("show", "--no-patch", "--date=raw", form, commit).split("\0")
    author = Identity(name, email, f"@{date}")  # without the sign git refuses dates of long ago
    return git.commit_tree(tree, [parent], own + "\n" if message is None else message, author, committer)
