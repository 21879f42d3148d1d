"""Who git says the author is."""

from __future__ import annotations

import os

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.repositories import Identity
from . import settings
from .settings import Settings
from .worktree import WorkTree

# git would guess a name and address from the machine; a commit by "root@localhost" helps nobody.
NO_GUESSING = ("-c", "user.useConfigOnly=true")
_CRUD = ".,:;<>\"\\'"  # what git strips from both ends of a name (ident.c)


def of(configured: Settings) -> Identity:
    """The author in git's order: environment, ``author.*``, ``user.*``, for the address also ``EMAIL``."""
    return Identity(
        name=_first(os.environ.get("GIT_AUTHOR_NAME"), configured.get("author.name"), configured.get("user.name")),
        email=_first(
            os.environ.get("GIT_AUTHOR_EMAIL"),
            configured.get("author.email"),
            configured.get("user.email"),
            os.environ.get("EMAIL"),
        ),
    )


def _first(*values: str | None) -> str | None:
    return next((value.encode("utf-8", "replace").decode() for value in values if value and value.strip()), None)


def read(tree: WorkTree) -> Identity:
    return of(settings.read(tree.git))


def write(tree: WorkTree, name: str, email: str) -> Identity:
    """Sets both in this repository's own configuration (``bad_request`` for what git could not use)."""
    name, email = name.strip(), email.strip()
    if not name.strip(_CRUD + " ") or _has_control(name) or set(name) & set("<>"):
        raise _bad("The name must not be empty and must not contain < or >.", "Write it as colleagues know you.")
    if not email.strip(_CRUD + " ") or _has_control(email) or set(email) & set("<> "):
        raise _bad(
            "The e-mail address must not be empty or contain spaces, < or >.", "Use the one of your GitLab account."
        )
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        tree.git.write("config", "--local", "--replace-all", "user.name", name)
        tree.git.write("config", "--local", "--replace-all", "user.email", email)
    return read(tree)


def missing(tree: WorkTree) -> GitLabWorkflowError | None:
    """The error if git lacks an author or committer."""
    for variable in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if tree.git.read(*NO_GUESSING, "var", variable, ok=range(256)).code != 0:
            return GitLabWorkflowError(
                ErrorCode.IDENTITY_MISSING,
                "git does not know your name and e-mail address yet.",
                "Enter both; they are saved for this repository and appear in its commits.",
            )
    return None


def _has_control(text: str) -> bool:
    return any(ord(character) < 32 or ord(character) == 127 for character in text)


def _bad(message: str, hint: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(ErrorCode.BAD_REQUEST, message, hint)
