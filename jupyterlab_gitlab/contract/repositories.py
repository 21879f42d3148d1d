"""The local clone: where it is, on which branch, and which GitLab project it belongs to."""

from __future__ import annotations

from .base import Body, Reply
from .paths import FolderParams


class Remote(Reply, kw_only=True):
    """A git remote. *url* never holds credentials. *host* and *project_path* are null when the URL is not a host's."""

    name: str
    url: str
    host: str | None
    project_path: str | None


class Identity(Reply, kw_only=True):
    """Who git says the author is; null parts are not configured."""

    name: str | None
    email: str | None


class IdentityBody(Body, kw_only=True):
    """Sets the author of this repository's commits (local configuration)."""

    name: str
    email: str


class HeadCommit(Reply, kw_only=True):
    """The commit that HEAD names."""

    sha: str
    title: str
    author_name: str
    committed_at: str


class Upstream(Reply, kw_only=True):
    """The branch that this one follows. *gone*: it no longer exists on the remote as last fetched."""

    remote: str
    branch: str
    ahead: int
    behind: int
    gone: bool


class Repository(Reply, kw_only=True):
    """A clone. *id* is stable for the work tree; *folder* is its top as a contents path, null if above the server root.

    *branch* is null on a detached HEAD; *head* is null before the first commit. *operation* is ``merge``, ``rebase``,
    ``cherry-pick``, ``revert`` or ``bisect`` while one is under way. *remote* is the one that leads to GitLab: the
    upstream's, else ``origin``, else the only one. *unpushed* counts commits that are on no remote branch of *remote*.
    """

    id: str
    name: str
    folder: str | None
    branch: str | None
    head: HeadCommit | None
    upstream: Upstream | None
    unpushed: int
    operation: str | None
    remotes: list[Remote]
    remote: Remote | None
    identity: Identity


class RepositoryParams(FolderParams, kw_only=True):
    """Nothing but the folder."""
