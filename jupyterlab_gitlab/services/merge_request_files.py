"""The files of a merge request, from git objects wherever they can be fetched."""

from __future__ import annotations

import threading

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import DiffRefs, MergeRequestFiles, MergeRequestFilesParams
from ..remote import GitLabProject, RemoteAddress
from ..repository import Clone, Credential
from .context import ServiceContext

# after these nothing is gained by asking elsewhere
_FINAL = frozenset({ErrorCode.CANCELLED, ErrorCode.GIT_MISSING, ErrorCode.DISK_FULL, ErrorCode.DUBIOUS_OWNERSHIP})


def listed(
    context: ServiceContext, params: MergeRequestFilesParams, iid: int, cancel: threading.Event
) -> MergeRequestFiles:
    """The files of a version (the newest by default); its commits are in the clone afterwards.

    They come from the target project by ``refs/merge-requests/<iid>/head`` or by their ids. Where git can't fetch,
    GitLab's API answers instead and *from_git* is false.

    Raises
    ------
    GitLabWorkflowError: ``not_found`` for an unknown version; what :mod:`..remote` and fetching raise.
    """
    clone = context.clone(params.folder)
    project = context.project_of(clone)
    refs = _diff_refs(project, iid, params.version_id)
    try:
        _fetch(context, clone, project, iid, refs, cancel)
    except GitLabWorkflowError as error:
        if error.code in _FINAL:
            raise
        context.log.info("GitLab: !%s is read over the API, git could not fetch it: %s", iid, error.code.value)
        return project.version_files(iid, params.version_id)
    return MergeRequestFiles(diff_refs=refs, files=clone.compare(refs.base_sha, refs.head_sha), from_git=True)


def _diff_refs(project: GitLabProject, iid: int, version_id: int | None) -> DiffRefs:
    for version in project.versions(iid).versions:  # newest first
        if version_id in (None, version.id):
            return version.diff_refs
    if version_id is not None:
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, "This merge request has no such version.")
    raise GitLabWorkflowError(
        ErrorCode.NOT_FOUND, "GitLab is still preparing this merge request.", "Look again in a few seconds."
    )


def _fetch(
    context: ServiceContext,
    clone: Clone,
    project: GitLabProject,
    iid: int,
    refs: DiffRefs,
    cancel: threading.Event,
) -> None:
    # start_sha may be left behind by a rebased target; a diff needs the merge base and the head only
    shas = [refs.base_sha, refs.head_sha]
    if clone.has_commits(shas):
        return
    target = project.project().path_with_namespace
    failure: GitLabWorkflowError | None = None
    for source, credential in _sources(context, clone, project, target):
        try:
            clone.fetch_merge_request(source, target, iid, shas, credential=credential, cancel=cancel)
            return
        except GitLabWorkflowError as error:
            if error.code in _FINAL:
                raise
            failure = failure or error
    assert failure is not None
    raise failure


def _sources(
    context: ServiceContext, clone: Clone, project: GitLabProject, target: str
) -> list[tuple[str, Credential | None]]:
    """Where the target project can be fetched from, best first.

    By the user's own ssh remote if it is that very project, since its keys are known to work; else, and after that, by
    the web address with the token.
    """
    sources: list[tuple[str, Credential | None]] = []
    remote = clone.describe().remote
    if remote is not None and context.address(clone).scheme == "ssh" and remote.project_path == target:
        sources.append((remote.name, None))
    url = project.git_url()
    address = RemoteAddress.parse(url)
    if address is not None:
        sources.append((url, context.credential_for(address)))
    return sources
