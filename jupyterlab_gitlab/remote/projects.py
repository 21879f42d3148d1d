"""The project, its people, labels and templates."""

from __future__ import annotations

from ..contract.errors import GitLabWorkflowError
from ..contract.projects import Label, Labels, Members, Milestone, Milestones, Project, Template, Templates, User
from . import entities
from .faults import RefusedError
from .scope import ProjectScope

_MOST = 100
_LABELS_KEPT = 60.0
_TEMPLATES_KEPT = 120.0
_MOST_TEMPLATES = 20
# GitLab fills a new merge request with the template of this name, whatever its case
# (https://docs.gitlab.com/user/project/description_templates/#set-a-default-template-for-merge-requests-and-issues)
_DEFAULT = "default"
_SETTINGS_NAME = "Project settings"


def get(scope: ProjectScope) -> Project:
    found = scope.target
    return Project(
        id=found.id,
        name=found.name,
        path_with_namespace=found.path_with_namespace,
        web_url=found.web_url,
        default_branch=found.default_branch,
        access_level=scope.access_level,
        squash_default=found.squash_option in ("always", "default_on"),
        remove_source_branch_default=found.remove_source_branch_after_merge is not False,
        only_merge_if_discussions_resolved=bool(found.only_allow_merge_if_all_discussions_are_resolved),
    )


def git_url(scope: ProjectScope) -> str:
    """Made from the base URL, not taken from GitLab's answer, which may name another host."""
    return f"{scope.client.base.url}/{scope.target.path_with_namespace}.git"


def members(scope: ProjectScope, search: str) -> Members:
    """Active members, inherited ones too, by name or user name."""
    query = {"query": search} if search else {}
    found = scope.client.every(scope.url("members", "all"), entities.User, query, most=_MOST)
    users = {each.id: user(each) for each in found if each.state == "active"}
    return Members(users=sorted(users.values(), key=lambda each: each.name.casefold()))


def labels(scope: ProjectScope, search: str) -> Labels:
    query = {"include_ancestor_groups": "true", **({"search": search} if search else {})}

    def read() -> Labels:
        found = scope.client.every(scope.url("labels"), entities.Label, query, most=_MOST)
        return Labels(labels=[_label(each) for each in found])

    return scope.client.kept.get(("labels", scope.target.id, search), _LABELS_KEPT, read)


def milestones(scope: ProjectScope, search: str) -> Milestones:
    """Those that are not closed, of the groups too."""
    query = {"state": "active", "include_ancestors": "true", **({"search": search} if search else {})}
    found = scope.client.every(scope.url("milestones"), entities.Milestone, query, most=_MOST)
    return Milestones(milestones=[milestone(each) for each in found])


def milestone(found: entities.Milestone) -> Milestone:
    return Milestone(id=found.id, title=found.title, due_date=found.due_date, expired=bool(found.expired))


def templates(scope: ProjectScope) -> Templates:
    """The files of ``.gitlab/merge_request_templates`` on the default branch (and of the group's template project)."""
    return scope.client.kept.get(("templates", scope.target.id), _TEMPLATES_KEPT, lambda: _templates(scope))


def _templates(scope: ProjectScope) -> Templates:
    found = [_template(scope, name) for name in _template_names(scope)]
    default = next((each.name for each in found if each.name.casefold() == _DEFAULT), None)
    of_settings = scope.target.merge_requests_template
    if of_settings:
        found.insert(0, Template(name=_SETTINGS_NAME, content=of_settings))
        default = _SETTINGS_NAME
    return Templates(templates=found, default=default)


def _template_names(scope: ProjectScope) -> list[entities.TemplateName]:
    """None for a project without a repository, which GitLab answers with 404."""
    url = scope.url("templates", "merge_requests")
    try:
        return list(scope.client.every(url, entities.TemplateName, most=_MOST_TEMPLATES))
    except GitLabWorkflowError as error:
        if isinstance(error, RefusedError) and error.http_status in (403, 404):
            return []
        raise


def _template(scope: ProjectScope, name: entities.TemplateName) -> Template:
    read = scope.client.get(scope.url("templates", "merge_requests", name.key), entities.Template)
    return Template(name=name.name, content=read.content)


def _label(label: entities.Label) -> Label:
    return Label(name=label.name, color=label.color, text_color=label.text_color, description=label.description or "")


def user(found: entities.User) -> User:
    """The contract's user."""
    return User(id=found.id, username=found.username, name=found.name)


def user_or_none(found: entities.User | None) -> User | None:
    return None if found is None else user(found)
