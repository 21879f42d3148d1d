"""The branch of a merge request in the clone, and the way to it."""

from __future__ import annotations

import threading

from ..contract.branches import SwitchResult
from ..contract.check_outs import CheckOut
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from ..remote import GitLabProject, MergeRequestSource
from ..repository import Clone
from . import merge_request_files
from .context import ServiceContext


def get(context: ServiceContext, params: FolderParams, iid: int) -> CheckOut:
    """How the clone stands to the merge request."""
    clone = context.clone(params.folder)
    source = context.project_of(clone).merge_request_source(iid)
    current = clone.describe().branch
    own, made = source.branch, _made_name(iid, source.branch)
    if current in (own, made) and not (current == own and source.fork):
        name = current
    elif source.fork or (not clone.has_branch(own) and clone.has_branch(made)):
        name = made
    else:
        name = own
    return CheckOut(branch=name, fork=source.fork, current=name == current, former=clone.former_branch())


def check_out(context: ServiceContext, params: FolderParams, iid: int, cancel: threading.Event) -> SwitchResult:
    """Switches to the merge request's branch and brings it up to date.

    A branch of the clone's own project is fetched and followed as any other. One of a fork, or one that is gone, comes
    from the target project's ``refs/merge-requests/<iid>/head`` into a branch that follows nothing.

    Raises
    ------
    GitLabWorkflowError: ``would_overwrite`` (names the files), ``not_fast_forward``, ``conflicted``, and what fetching
        raises; ``details["switched"]`` is true if only bringing it up to date failed.
    """
    clone = context.clone(params.folder)
    project = context.project_of(clone)
    source = project.merge_request_source(iid)
    if not source.fork:
        credential = context.credential(clone)
        clone.fetch(credential=credential, cancel=cancel)
        if clone.has_remote_branch(source.branch):
            return clone.switch_branch(source.branch, pull=True, credential=credential, cancel=cancel)
        if clone.has_branch(source.branch):
            return clone.switch_branch(source.branch)
    return _fetched(context, clone, project, iid, source, cancel)


def _fetched(
    context: ServiceContext,
    clone: Clone,
    project: GitLabProject,
    iid: int,
    source: MergeRequestSource,
    cancel: threading.Event,
) -> SwitchResult:
    if source.sha is None:
        raise GitLabWorkflowError(
            ErrorCode.NOT_FOUND, "GitLab is still preparing this merge request.", "Try again in a few seconds."
        )
    merge_request_files.fetch(context, clone, project, iid, [source.sha], cancel)
    slug = project.project().path_with_namespace
    return clone.check_out_fetched(_made_name(iid, source.branch), slug, iid, source.sha)


def _made_name(iid: int, branch: str) -> str:
    """No branch of the clone's own project may be taken for a fork's of the same name."""
    return f"mr-{iid}-{branch}"
