"""The clone that a folder lies in."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from ..contract.repositories import Identity, IdentityBody, Repository, RepositoryParams
from .context import ServiceContext


def get(context: ServiceContext, params: RepositoryParams) -> Repository:
    """The clone, its branch and its remotes. Asks nothing of GitLab."""
    return context.clone(params.folder).describe()


def set_identity(context: ServiceContext, params: FolderParams, body: IdentityBody) -> Identity:
    """Sets the author of this repository's commits.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for a blank part or one with a line break or angle bracket, which git drops.
    """
    name, email = body.name.strip(), body.email.strip()
    for text, what in ((name, "name"), (email, "e-mail address")):
        if not text or any(character in "<>" or not character.isprintable() for character in text):
            raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, f"{text!r} can't be the {what} of an author.")
    return context.clone(params.folder).set_identity(name, email)
