"""What the resources of one project share: the client, the project's own data and the user."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import entities
from .faults import RefusedError, project_not_found

if TYPE_CHECKING:
    from .client import Client

_PROJECT_KEPT = 45.0
_USER_KEPT = 600.0
MAINTAINER = 40
DEVELOPER = 30


class ProjectScope:
    """A project by its path. *source* is the clone's; *target* is the one that merge requests go to."""

    def __init__(self, client: Client, path: str, *, itself: bool = False) -> None:
        """*itself*: the target is this project, be it a fork or not."""
        self.client = client
        self.path = path
        self._itself = itself

    @property
    def source(self) -> entities.Project:
        """Also found under a former path: GitLab redirects.

        Raises
        ------
        GitLabWorkflowError: ``project_not_found``.
        """
        return self.client.kept.get(("project", self.path), _PROJECT_KEPT, lambda: self._read(self.path))

    @property
    def target(self) -> entities.Project:
        """For a fork the project that it was forked from, unless the fork's settings say otherwise."""
        source = self.source
        upstream = source.forked_from_project
        if self._itself or upstream is None or source.mr_default_target_self:
            return source
        number = str(upstream.id)
        try:
            return self.client.kept.get(("project", number), _PROJECT_KEPT, lambda: self._read(number))
        except RefusedError as refused:
            if refused.code is ErrorCode.PROJECT_NOT_FOUND:  # private by now, or deleted
                return source
            raise

    @property
    def me(self) -> entities.User:
        return current_user(self.client)

    @property
    def access_level(self) -> int | None:
        """The user's level in the target project, null for none. Inherited ones count, too."""
        permissions = self.target.permissions
        given = [] if permissions is None else [permissions.project_access, permissions.group_access]
        return max((access.access_level for access in given if access is not None), default=None)

    def url(self, *parts: str | int) -> str:
        """A path of the target project below ``/api/v4``, each part encoded."""
        return project_url(self.target.id, *parts)

    def merge_request_url(self, iid: int, *parts: str | int) -> str:
        return self.url("merge_requests", iid, *parts)

    def _read(self, project: str) -> entities.Project:
        try:
            return self.client.get(f"/projects/{part(project)}", entities.Project)
        except GitLabWorkflowError as error:
            if isinstance(error, RefusedError) and error.http_status == 404:
                missing = project_not_found(self.client.base.name, self.path, error.said)
            else:
                raise
        raise missing


class ScopeOfNow(ProjectScope):
    """The same project as it is now, for work on many things of one answer."""

    def __init__(self, scope: ProjectScope) -> None:
        super().__init__(scope.client, scope.path, itself=scope._itself)

    @cached_property
    def target(self) -> entities.Project:
        return super().target

    @cached_property
    def me(self) -> entities.User:
        return super().me

    @cached_property
    def access_level(self) -> int | None:
        return super().access_level


def current_user(client: Client) -> entities.User:
    """Whose token it is."""
    return client.kept.get("user", _USER_KEPT, lambda: client.get("/user", entities.User))


def project_url(project: int, *parts: str | int) -> str:
    return "/".join([f"/projects/{project}", *(part(str(each)) for each in parts)])


def part(text: str) -> str:
    """*text* as one part of a path: slashes are encoded, too."""
    return quote(text, safe="")
