"""The files of a merge request, from git objects wherever they can be fetched."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import DiffRefs, MergeRequestFiles, MergeRequestFilesParams, Version
from ..contract.paths import FolderParams
from ..remote import GitLabProject, RemoteAddress
from ..repository import Clone, Credential
from .context import ServiceContext
from .revisions import checked_sha

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
    known = project.versions(iid).versions
    refs = _diff_refs(known, params.version_id)
    since = None if params.since_id is None else _diff_refs(known, params.since_id)
    try:
        fetch(context, clone, project, iid, [refs.base_sha, refs.head_sha], cancel)
        if since is not None:
            fetch(context, clone, project, iid, [since.base_sha, since.head_sha, refs.head_sha], cancel)
    except GitLabWorkflowError as error:
        if error.code in _FINAL or since is not None:
            raise
        context.log.info("GitLab: !%s is read over the API, git could not fetch it: %s", iid, error.code.value)
        return project.version_files(iid, params.version_id)
    context.elsewhere.make_room(clone)
    if since is not None:
        return _between(clone, since, refs)
    return MergeRequestFiles(diff_refs=refs, files=clone.compare(refs.base_sha, refs.head_sha), from_git=True)


def of_commit(
    context: ServiceContext, params: FolderParams, iid: int, sha: str, cancel: threading.Event
) -> MergeRequestFiles:
    """The files of a commit against its first parent (against nothing for a first commit).

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for anything but a full sha, ``revision_unknown``, and what fetching raises.
    """
    checked_sha(sha)
    clone = context.clone(params.folder)
    project = context.project_of(clone)
    fetch(context, clone, project, iid, [sha], cancel)
    parent = clone.first_parent(sha)
    fetch(context, clone, project, iid, [parent, sha], cancel)
    return MergeRequestFiles(
        diff_refs=DiffRefs(base_sha=parent, start_sha=parent, head_sha=sha),
        files=clone.compare(parent, sha),
        from_git=True,
    )


def _between(clone: Clone, old: DiffRefs, new: DiffRefs) -> MergeRequestFiles:
    """What the heads of two versions differ in, without what only the target branch has brought between them."""
    touched = {
        path.id
        for refs in (old, new)
        for file in clone.compare(refs.base_sha, refs.head_sha)
        for path in (file.path, file.old_path)
        if path is not None
    }
    files = clone.compare(old.head_sha, new.head_sha)
    return MergeRequestFiles(
        diff_refs=DiffRefs(base_sha=old.head_sha, start_sha=old.head_sha, head_sha=new.head_sha),
        files=[file for file in files if file.path.id in touched or (file.old_path and file.old_path.id in touched)],
        from_git=True,
    )


def _diff_refs(known: Sequence[Version], version_id: int | None) -> DiffRefs:
    for version in known:  # newest first
        if version_id in (None, version.id):
            return version.diff_refs
    if version_id is not None:
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, "This merge request has no such version.")
    raise GitLabWorkflowError(
        ErrorCode.NOT_FOUND, "GitLab is still preparing this merge request.", "Look again in a few seconds."
    )


def fetch(
    context: ServiceContext,
    clone: Clone,
    project: GitLabProject,
    iid: int,
    shas: Sequence[str],
    cancel: threading.Event,
) -> None:
    """Has the commits *shas* of a merge request in the clone, in the order in which they are to be compared.

    Of a version that is the merge base and the head; its start may be left behind by a rebased target.
    """
    if clone.is_whole_for(shas):
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
