"""Cherry-picking and reverting a commit onto a branch."""

from __future__ import annotations

from typing import Any

from ..accounts.access import find_project
from ..git.replay import empty_commit, onto, recommit
from ..git.repository import Identity
from ..instance import RefChange
from ..rest.errors import AnswerError, ApiError, not_found
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from ..store.sqlite import Row
from .commit_entity import present, read
from .commits import find_commit
from .push_rules import can_push

routes = Routes()

_ONE = "/projects/:id/repository/commits/:sha"
_PARAMS = (Param("branch", required=True, blank=False), Param("dry_run", "boolean", default=False))


@routes("POST", f"{_ONE}/cherry_pick", *_PARAMS, Param("message"))
def cherry_pick(request: Request) -> Any:
    project = find_project(request)
    commit = find_commit(request, project)
    git, me = request.instance.repository(project), _me(request)
    parent = commit.parents[0] if commit.parents else None
    head = _branch(request, project)
    tree = onto(git, parent, commit.sha, head)
    message = request.get("message") or f"{commit.message.rstrip()}\n\n(cherry picked from commit {commit.sha})"
    _refuse_nothing("cherry-pick", "cherry-picked", tree, git.object(f"{head}^{{tree}}"))
    assert tree is not None, "conflicts have been refused"
    return _finish(request, project, head, recommit(git, commit.sha, tree, head, me, message))


@routes("POST", f"{_ONE}/revert", *_PARAMS)
def revert(request: Request) -> Any:
    project = find_project(request)
    commit = find_commit(request, project)
    git, me = request.instance.repository(project), _me(request)
    head = _branch(request, project)
    parent = commit.parents[0] if commit.parents else empty_commit(git)
    tree = onto(git, commit.sha, parent, head)
    _refuse_nothing("revert", "reverted", tree, git.object(f"{head}^{{tree}}"))
    assert tree is not None, "conflicts have been refused"
    message = f'Revert "{commit.title}"\n\nThis reverts commit {commit.sha}'
    return _finish(request, project, head, git.commit_tree(tree, [head], message, me))


@routes("GET", f"{_ONE}/signature")
def get_signature(request: Request) -> Any:
    """Signatures are not read."""
    project = find_project(request)
    find_commit(request, project)
    raise not_found("Signature")


def _me(request: Request) -> Identity:
    return Identity(request.me["name"], request.me["email"])


def _branch(request: Request, project: Row) -> str:
    """The head of the branch to commit to.

    Raises:
        ApiError: 404 when there is none, 403 when the caller may not push there.
    """
    name = request.params["branch"]
    head = request.instance.repository(project).branch(name)
    if head is None:
        raise not_found("Branch")
    if not can_push(request.instance, project, request.user, name):
        raise ApiError(403, "403 Forbidden - You are not allowed to push into this branch")
    return head


def _refuse_nothing(verb: str, done: str, tree: str | None, before: str | None) -> None:
    if tree is None or tree == before:
        message = (
            f"Sorry, we cannot {verb} this commit automatically. This commit may already have been {done}, or a more"
            " recent commit may have updated some of its content."
        )
        raise AnswerError(400, {"message": message, "error_code": "conflict" if tree is None else "empty"})


def _finish(request: Request, project: Row, head: str, commit: str) -> Any:
    instance = request.instance
    git = instance.repository(project)
    if request.get("dry_run"):
        return {"dry_run": "success"}
    ref = f"refs/heads/{request.params['branch']}"
    with instance.lock(project):
        if not git.update_ref(ref, commit, head):
            raise ApiError(400, "Could not update branch. Please refresh and try again.")
        instance.post_receive(project, [RefChange(ref, head, commit)], request.me)
    return present(instance, project, read(git, [commit])[0], with_trailers=True)
