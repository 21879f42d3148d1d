"""A project and its merge requests, as the services see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from ..contract.discussions import CreateDiscussionBody, Discussion, Discussions, Note
    from ..contract.merge_requests import (
        CreateMergeRequestBody,
        MergeBody,
        MergeRequest,
        MergeRequestCommits,
        MergeRequestCounts,
        MergeRequestFiles,
        MergeRequestPage,
        MergeRequestsParams,
        UpdateMergeRequestBody,
        Versions,
    )
    from ..contract.projects import Labels, Members, Milestones, Project, Templates
    from ..contract.uploads import Upload
    from ..notebooks.positions.ranges import LineRange
    from .merge_request_data import MergeRequestSource
    from .review import GitLabReview
    from .scope import ProjectScope
    from .sending import Sent


class GitLabProject:
    """The project that a clone belongs to, and the one its merge requests go to (the same, but for a fork).

    Every method asks GitLab (some answers are kept for less than a minute) and may raise
    :class:`~..contract.errors.GitLabWorkflowError` with a code of its GitLab group, above all ``not_signed_in``,
    ``token_*``, ``project_not_found``, ``not_found``, ``gitlab_*`` and ``rate_limited``.
    """

    def __init__(self, scope: ProjectScope) -> None:
        self._scope = scope

    def key(self) -> tuple[str, int, int]:
        """What tells this project and the user's account apart from all others: host, user, project."""
        return self._scope.client.base.name, self._scope.me.id, self._scope.target.id

    def project(self) -> Project:
        """The project that merge requests go to."""
        from . import projects

        return projects.get(self._scope)

    def git_url(self) -> str:
        """The address, without credentials, that the target project's commits and merge requests are fetched from.

        It lies at the host's base URL, so that :meth:`.GitLabHost.git_credential` serves for it.
        """
        from . import projects

        return projects.git_url(self._scope)

    def members(self, search: str = "") -> Members:
        from . import projects

        return projects.members(self._scope, search)

    def labels(self, search: str = "") -> Labels:
        from . import projects

        return projects.labels(self._scope, search)

    def milestones(self, search: str = "") -> Milestones:
        from . import projects

        return projects.milestones(self._scope, search)

    def templates(self) -> Templates:
        from . import projects

        return projects.templates(self._scope)

    def upload(self, name: str, file: BinaryIO) -> Upload:
        """Puts a file where comments can show it."""
        from . import uploads

        return uploads.create(self._scope, name, file)

    def uploaded(self, secret: str, name: str) -> bytes:
        """The bytes of such a file."""
        from . import uploads

        return uploads.content(self._scope, secret, name)

    def merge_requests(self, params: MergeRequestsParams) -> MergeRequestPage:
        """One page; ``params.folder`` is not looked at."""
        from . import merge_request_lists

        return merge_request_lists.page(self._scope, params)

    def merge_request_counts(self) -> MergeRequestCounts:
        from . import merge_request_lists

        return merge_request_lists.counts(self._scope)

    def merge_request(self, iid: int) -> MergeRequest:
        from . import merge_requests

        return merge_requests.get(self._scope, iid)

    def merge_request_source(self, iid: int) -> MergeRequestSource:
        from . import merge_request_data

        return merge_request_data.source(self._scope, iid)

    def create_merge_request(self, body: CreateMergeRequestBody) -> MergeRequest:
        """Raises ``merge_request_exists`` with ``details["iid"]`` if the branch already has an open one."""
        from . import merge_requests

        return merge_requests.create(self._scope, body)

    def update_merge_request(self, iid: int, body: UpdateMergeRequestBody) -> MergeRequest:
        from . import merge_requests

        return merge_requests.update(self._scope, iid, body)

    def approve(self, iid: int, sha: str) -> MergeRequest:
        """Raises ``head_moved`` if *sha* is no longer the head."""
        from . import approving

        return approving.approve(self._scope, iid, sha)

    def unapprove(self, iid: int) -> MergeRequest:
        from . import approving

        return approving.unapprove(self._scope, iid)

    def merge(self, iid: int, body: MergeBody) -> MergeRequest:
        """Raises ``head_moved``, ``not_mergeable`` (with GitLab's reason) or ``gitlab_forbidden``."""
        from . import merging

        return merging.merge(self._scope, iid, body)

    def cancel_auto_merge(self, iid: int) -> MergeRequest:
        from . import merging

        return merging.cancel_auto_merge(self._scope, iid)

    def rebase(self, iid: int) -> MergeRequest:
        """GitLab rebases after the answer; a conflict is then told by ``merge_error``. Raises ``rebase_refused``."""
        from . import rebasing

        return rebasing.rebase(self._scope, iid)

    def versions(self, iid: int) -> Versions:
        from . import versions

        return versions.listed(self._scope, iid)

    def commits(self, iid: int) -> MergeRequestCommits:
        from . import versions

        return versions.commits(self._scope, iid)

    def version_files(self, iid: int, version_id: int | None = None) -> MergeRequestFiles:
        """The files of a version by the API: for a clone into which nothing can be fetched. ``from_git`` is false.

        Blob ids are null on both sides; :meth:`file_bytes` reads a side by commit and path.
        """
        from . import files

        return files.of_version(self._scope, iid, version_id)

    def file_bytes(self, sha: str, path: bytes) -> bytes | None:
        """A file at a commit by the API, null if the commit has no such file. For the same case."""
        from . import files

        return files.content(self._scope, sha, path)

    def review(self, iid: int) -> GitLabReview:
        """Its pending review."""
        from .review import GitLabReview

        return GitLabReview(self._scope, iid)

    def discussions(self, iid: int) -> Discussions:
        from . import discussions

        return discussions.listed(self._scope, iid)

    def create_discussion(
        self, iid: int, body: CreateDiscussionBody, lines: LineRange | None = None, sent: Sent | None = None
    ) -> Discussion:
        """Raises ``position_refused`` if GitLab has no such line. See :func:`.discussions.create`."""
        from . import discussions

        return discussions.create(self._scope, iid, body, lines, sent)

    def create_note(self, iid: int, discussion_id: str, body: str, sent: Sent | None = None) -> Note:
        """A reply. See :func:`.discussions.reply`."""
        from . import discussions

        return discussions.reply(self._scope, iid, discussion_id, body, sent)

    def resolve_discussion(self, iid: int, discussion_id: str, resolved: bool) -> Discussion:
        from . import discussions

        return discussions.resolve(self._scope, iid, discussion_id, resolved)
