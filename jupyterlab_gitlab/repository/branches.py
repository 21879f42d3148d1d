"""Branches: list, create, switch."""

from __future__ import annotations

from collections.abc import Sequence

from ..contract.branches import Branch, Branches, SwitchResult
from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import describe, failures, overwrite, remotes, revisions, settings
from .run import Output
from .times import utc
from .worktree import WorkTree

_MAX_BRANCHES = 1000  # of each kind, newest first
_FIELDS = (
    "%(refname)",
    "%(objectname)",
    "%(committerdate:unix)",
    "%(upstream:short)",
    "%(upstream:track)",
    "%(symref)",
    "%(contents:subject)",
)
_LOCAL = "refs/heads/"
_REMOTE = "refs/remotes/"


def branches(tree: WorkTree) -> Branches:
    """Local branches by last commit, newest first, then remote ones that no local branch has the name of."""
    current = describe.current_branch(tree)
    names = settings.read(tree.git).subsections("remote", "url")
    chosen = remotes.choose(describe.list_remotes(tree), None)
    local = [_local(fields, current) for fields in _refs(tree, _LOCAL)]
    taken = {branch.name for branch in local}
    remote, default = [], None
    for fields in _refs(tree, _REMOTE):
        owner, name = _split(fields[0].removeprefix(_REMOTE), names)
        if owner is None:
            continue
        if fields[5]:
            if name == "HEAD" and chosen is not None and owner == chosen.name:
                default = fields[5].removeprefix(f"{_REMOTE}{owner}/")
        elif name not in taken:
            remote.append(_remote(fields, owner, name))
    return Branches(branches=[*local, *remote], default=default)


def _refs(tree: WorkTree, prefix: str) -> list[list[str]]:
    # Counting ahead and behind walks history, and a remote branch has no upstream.
    names = _FIELDS if prefix == _LOCAL else tuple("" if "upstream" in field else field for field in _FIELDS)
    answer = tree.git.read(
        "for-each-ref",
        "--sort=refname",
        "--sort=-committerdate",
        f"--count={_MAX_BRANCHES}",
        f"--format={'%00'.join(names)}",
        prefix,
    )
    # A subject is one line and a ref name has no line feed, so lines are records.
    return [line.split("\0", len(_FIELDS) - 1) for line in answer.stdout.decode("utf-8", "replace").split("\n") if line]


def _local(fields: list[str], current: str | None) -> Branch:
    ref, sha, seconds, upstream, track, _, title = fields
    name = ref.removeprefix(_LOCAL)
    ahead, behind, _ = describe.tracking(track) if upstream else (None, None, False)
    return Branch(
        name=name,
        remote=None,
        current=name == current,
        sha=sha,
        title=title,
        committed_at=utc(seconds),
        upstream=upstream or None,
        ahead=ahead,
        behind=behind,
    )


def _remote(fields: list[str], owner: str, name: str) -> Branch:
    return Branch(
        name=name,
        remote=owner,
        current=False,
        sha=fields[1],
        title=fields[6],
        committed_at=utc(fields[2]),
        upstream=None,
        ahead=None,
        behind=None,
    )


def _split(short: str, names: Sequence[str]) -> tuple[str | None, str]:
    """Remote and branch of ``origin/feature/x``; a remote's name may hold slashes, so the longest known one counts."""
    for name in sorted(names, key=len, reverse=True):
        if short.startswith(name + "/"):
            return name, short[len(name) + 1 :]
    return None, short


def check_name(tree: WorkTree, name: str) -> str:
    """*name* if git takes it for a branch (``branch_invalid`` if not)."""
    valid = name and name not in ("HEAD", "@") and not name.startswith("-") and "\0" not in name
    if not valid or tree.git.read("check-ref-format", _LOCAL + name, ok=range(256)).code != 0:
        raise GitLabWorkflowError(
            ErrorCode.BRANCH_INVALID,
            f"“{name}” can't be the name of a branch.",
            "Leave out spaces and ~ ^ : ? * [ \\, two dots in a row, and a leading -, /, or dot.",
        )
    return name


def exists(tree: WorkTree, ref: str) -> bool:
    return tree.git.read("show-ref", "--verify", "--quiet", ref, ok=(0, 1)).code == 0


def create(tree: WorkTree, name: str, start_point: str | None = None, *, switch: bool = True) -> SwitchResult:
    """Creates a branch that follows nothing yet; the first push sets its upstream.

    Raises ``branch_invalid``, ``branch_exists``, ``revision_unknown``, ``no_commits``, ``would_overwrite``.
    """
    check_name(tree, name)
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        if exists(tree, _LOCAL + name):
            raise GitLabWorkflowError(
                ErrorCode.BRANCH_EXISTS, f"The branch “{name}” already exists.", "Switch to it or pick another name."
            )
        before = revisions.head(tree)
        if start_point is None and before is None and switch:
            tree.git.write("symbolic-ref", "HEAD", _LOCAL + name)
            return SwitchResult(branch=name, output="", changed_paths=[])
        target = revisions.resolve(tree, "HEAD" if start_point is None else start_point)
        if not switch:
            answer = tree.git.write("branch", "--no-track", name, target)
            return SwitchResult(branch=name, output=answer.text, changed_paths=[])
        return switch_with(tree, name, before, target, ["--no-track", "-c", name, target])


def switch(tree: WorkTree, name: str) -> SwitchResult:
    """Switches to *name*; if only a remote has it, a branch that follows it is created.

    Raises ``branch_invalid``, ``branch_unknown``, ``would_overwrite`` (names the files), ``conflicted`` while a merge
    or the like is under way.
    """
    check_name(tree, name)
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        before = revisions.head(tree)
        if exists(tree, _LOCAL + name):
            return switch_with(tree, name, before, revisions.resolve(tree, _LOCAL + name), ["--no-guess", name])
        ref = remote_ref(tree, name)
        if ref is None:
            raise GitLabWorkflowError(
                ErrorCode.BRANCH_UNKNOWN,
                f"Neither this clone nor its remote has a branch “{name}”.",
                "Fetch, then pick a branch from the list.",
            )
        return switch_with(tree, name, before, revisions.resolve(tree, ref), ["--track", "-c", name, ref])


def remote_ref(tree: WorkTree, name: str) -> str | None:
    """The remote-tracking ref of the branch *name*, of the remote that leads to GitLab first."""
    known = describe.list_remotes(tree)
    chosen = remotes.choose(known, None)
    owners = ([chosen.name] if chosen else []) + [each.name for each in known]
    refs = (f"{_REMOTE}{owner}/{name}" for owner in dict.fromkeys(owners))
    return next((ref for ref in refs if exists(tree, ref)), None)


def switch_with(tree: WorkTree, name: str, before: str | None, target: str, args: list[str]) -> SwitchResult:
    """Runs ``git switch`` with *args* that lead to the branch *name* at *target*; the lock is the caller's.

    Raises ``would_overwrite`` (names the files), ``conflicted`` while a merge or the like is under way.
    """
    operation = describe.operation(tree)
    if operation is not None and operation != "bisect":
        raise GitLabWorkflowError(
            ErrorCode.CONFLICTED,
            f"A {operation} is under way in this repository.",
            f"Finish it (stage the resolved files and commit), or abort it with “git {operation} --abort”.",
        )
    answer = tree.git.write(
        "switch", "--no-overwrite-ignore", *args, ok=range(256), timeout=tree.limits.hooks, merge=True
    )
    # A post-checkout hook that fails gives its exit code to git after the switch is done.
    if answer.code != 0 and (describe.current_branch(tree) != name or revisions.head(tree) != target):
        raise _refused(tree, before, target, answer)
    changed = overwrite.changed_between(tree, before, target)
    return SwitchResult(branch=name, output=answer.text, changed_paths=tree.changed_contents(changed))


def _refused(tree: WorkTree, before: str | None, target: str, answer: Output) -> GitLabWorkflowError:
    local = failures.local_failure(answer.stdout)
    if local is not None:
        return local
    in_the_way = overwrite.in_the_way(tree, before, target)
    if in_the_way:
        return overwrite.error(tree, in_the_way, "Switching would overwrite your changes")
    return failures.failed(answer.command, answer.code, answer.stdout)
