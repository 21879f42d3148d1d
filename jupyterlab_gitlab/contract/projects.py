"""The GitLab project of a repository, and what a merge request form needs to know about it."""

from __future__ import annotations

from .base import Reply
from .paths import FolderParams


class User(Reply, kw_only=True):
    """A GitLab user."""

    id: int
    username: str
    name: str


class Project(Reply, kw_only=True):
    """The project that merge requests go to.

    *access_level* is GitLab's number (30 Developer, 40 Maintainer), null for none.
    """

    id: int
    name: str
    path_with_namespace: str
    web_url: str
    default_branch: str | None
    access_level: int | None
    squash_default: bool
    remove_source_branch_default: bool
    only_merge_if_discussions_resolved: bool


class SearchParams(FolderParams, kw_only=True):
    """*search* narrows by name; the first hundred are given."""

    search: str = ""


class Members(Reply, kw_only=True):
    """People who may be reviewers or assignees."""

    users: list[User]


class Label(Reply, kw_only=True):
    """A project label. *color* and *text_color* are ``#rrggbb``."""

    name: str
    color: str
    text_color: str
    description: str


class Labels(Reply, kw_only=True):
    """Labels of the project and its groups."""

    labels: list[Label]


class Milestone(Reply, kw_only=True):
    """A milestone of the project or one of its groups. *due_date* is a day (``2026-11-30``), null if none is set."""

    id: int
    title: str
    due_date: str | None
    expired: bool


class Milestones(Reply, kw_only=True):
    """Milestones that are not closed."""

    milestones: list[Milestone]


class Template(Reply, kw_only=True):
    """A merge-request description template. *content* is Markdown."""

    name: str
    content: str


class Templates(Reply, kw_only=True):
    """Templates of the project; *default* names the one to start from, null if none."""

    templates: list[Template]
    default: str | None
