"""What the API shows of a project."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import urlsplit

from ..accounts import avatars, namespaces
from ..accounts.access import Level, project_level
from ..accounts.users import basic_by_id
from ..instance import Instance
from ..rest.routing import Request
from ..store.sqlite import Row, Store
from .settings import settings

_READMES = ("README.md", "readme.md", "README.rst", "README.txt", "README")
_ENABLED = (
    "analytics_access_level",
    "builds_access_level",
    "container_registry_access_level",
    "environments_access_level",
    "feature_flags_access_level",
    "forking_access_level",
    "infrastructure_access_level",
    "issues_access_level",
    "merge_requests_access_level",
    "model_experiments_access_level",
    "model_registry_access_level",
    "monitor_access_level",
    "pages_access_level",
    "releases_access_level",
    "repository_access_level",
    "requirements_access_level",
    "snippets_access_level",
    "wiki_access_level",
)


def full_path(store: Store, project: Row) -> str:
    """``research/churn-model``: namespace and path."""
    return f"{store.get('namespaces', project['namespace_id'])['full_path']}/{project['path']}"


def web_url(instance: Instance, project: Row) -> str:
    """The address of the project's page."""
    return f"{instance.url}/{full_path(instance.store, project)}"


def present_simple(request: Request, project: Row) -> dict[str, Any]:
    """GitLab's BasicProjectDetails, what ``simple=true`` and anonymous lists show."""
    store, url = request.store, request.instance.url
    namespace = store.get("namespaces", project["namespace_id"])
    path = f"{namespace['full_path']}/{project['path']}"
    host = urlsplit(url).netloc
    topics = settings(project)["topics"]
    name = project["avatar"]
    picture = None if name is None else avatars.address(request.instance, "project", project["id"], name)
    return {
        "id": project["id"],
        "description": project["description"],
        "name": project["name"],
        "name_with_namespace": f"{namespaces.full_name(store, namespace)} / {project['name']}",
        "path": project["path"],
        "path_with_namespace": path,
        "created_at": project["created_at"],
        "default_branch": project["default_branch"] or "main",
        "tag_list": topics,
        "topics": topics,
        "ssh_url_to_repo": f"ssh://git@{host}/{path}.git",
        "http_url_to_repo": f"{url}/{path}.git",
        "web_url": f"{url}/{path}",
        "readme_url": _readme(request, project, f"{url}/{path}"),
        "forks_count": store.value("SELECT COUNT(*) FROM projects WHERE forked_from_id = ?", project["id"]),
        "avatar_url": picture,
        "star_count": store.value("SELECT COUNT(*) FROM stars WHERE project_id = ?", project["id"]),
        "last_activity_at": project["last_activity_at"],
        "visibility": project["visibility"],
        "namespace": namespaces.basic(request.instance, namespace),
    }


def _readme(request: Request, project: Row, url: str) -> str | None:
    branch = project["default_branch"]
    if branch is None:
        return None
    done = request.instance.repository(project).call("ls-tree", "-z", "--name-only", f"refs/heads/{branch}")
    names = done.stdout.decode("utf-8", "replace").split("\0")
    readme = next((name for name in _READMES if name in names), None)
    return f"{url}/-/blob/{branch}/{readme}" if readme else None


def present(request: Request, project: Row) -> dict[str, Any]:
    """GitLab's Project, with the caller's permissions."""
    store, instance = request.store, request.instance
    shown = present_simple(request, project)
    namespace = store.get("namespaces", project["namespace_id"])
    chosen = settings(project)
    api = f"{instance.url}/api/v4/projects/{project['id']}"
    description = html.escape(project["description"] or "")
    public = project["visibility"] == "public"
    shown |= {
        "_links": {
            "self": api,
            "issues": f"{api}/issues",
            "merge_requests": f"{api}/merge_requests",
            "repo_branches": f"{api}/repository/branches",
            "labels": f"{api}/labels",
            "events": f"{api}/events",
            "members": f"{api}/members",
            "cluster_agents": f"{api}/cluster_agents",
        },
        "archived": chosen["archived"],
        "auto_cancel_pending_pipelines": "enabled",
        "auto_devops_deploy_strategy": "continuous",
        "auto_devops_enabled": False,
        "autoclose_referenced_issues": True,
        "build_coverage_regex": None,
        "build_git_strategy": "fetch",
        "build_timeout": 3600,
        "can_create_merge_request_in": project_level(store, request.user, project) >= Level.DEVELOPER
        or (public and request.user is not None),
        "ci_config_path": "",
        "ci_default_git_depth": 20,
        "ci_forward_deployment_enabled": True,
        "ci_job_token_scope_enabled": False,
        "compliance_frameworks": [],
        "container_expiration_policy": {
            "cadence": "1d",
            "enabled": False,
            "keep_n": 10,
            "older_than": "90d",
            "name_regex": ".*",
            "name_regex_keep": None,
            "next_run_at": project["created_at"],
        },
        "container_registry_enabled": False,
        "container_registry_image_prefix": f"{urlsplit(instance.url).netloc}/{shown['path_with_namespace'].lower()}",
        "creator_id": project["creator_id"],
        "description_html": f'<p dir="auto">{description}</p>' if description else "",
        "emails_disabled": False,
        "emails_enabled": True,
        "empty_repo": project["default_branch"] is None,
        "enforce_auth_checks_on_uploads": True,
        "external_authorization_classification_label": "",
        "import_error": None,
        "import_status": "none",
        "issue_branch_template": None,
        "jobs_enabled": True,
        "keep_latest_artifact": True,
        "open_issues_count": 0,
        "operations_access_level": "enabled",
        "packages_enabled": True,
        "public_jobs": True,
        "repository_object_format": "sha1",
        "request_access_enabled": True,
        "requirements_enabled": False,
        "restrict_user_defined_variables": False,
        "security_and_compliance_access_level": "private",
        "security_and_compliance_enabled": False,
        "service_desk_address": None,
        "service_desk_enabled": False,
        "shared_runners_enabled": True,
        "shared_with_groups": [],
        "snippets_enabled": True,
        "updated_at": project["updated_at"],
        "warn_about_potentially_unwanted_characters": True,
        "marked_for_deletion_at": project["marked_for_deletion_on"],
        "marked_for_deletion_on": project["marked_for_deletion_on"],
        **dict.fromkeys(_ENABLED, "enabled"),
        **chosen,
    }
    if namespace["kind"] == "user":
        shown["owner"] = basic_by_id(instance, namespace["owner_id"])
    if project["forked_from_id"] is not None:
        shown["forked_from_project"] = present_simple(request, store.get("projects", project["forked_from_id"]))
    if request.user is not None:
        shown["permissions"] = {
            "project_access": _membership(store, request.user, project_id=project["id"]),
            "group_access": _membership(store, request.user, namespace_id=namespace["id"]),
        }
    return shown


def _membership(store: Store, user: Row, **source: int) -> dict[str, int] | None:
    ((column, key),) = source.items()
    level = store.value(f"SELECT access_level FROM members WHERE {column} = ? AND user_id = ?", key, user["id"])
    return None if level is None else {"access_level": level, "notification_level": 3}
