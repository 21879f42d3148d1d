"""A project's switches: their names, their values for new projects, and what a project has set."""

from __future__ import annotations

import json
from typing import Any

from ..rest.parameters import Param
from ..store.sqlite import Row

DEFAULTS: dict[str, Any] = {
    "merge_method": "merge",
    "squash_option": "default_off",
    "only_allow_merge_if_pipeline_succeeds": False,
    "allow_merge_on_skipped_pipeline": None,
    "only_allow_merge_if_all_discussions_are_resolved": False,
    "remove_source_branch_after_merge": True,
    "resolve_outdated_diff_discussions": False,
    "printing_merge_request_link_enabled": True,
    "merge_commit_template": None,
    "squash_commit_template": None,
    "suggestion_commit_message": None,
    "merge_requests_template": None,
    "archived": False,
    "topics": [],
    "issues_enabled": True,
    "merge_requests_enabled": True,
    "wiki_enabled": True,
    "lfs_enabled": True,
}

PARAMS = (
    Param("merge_method", values=("ff", "rebase_merge", "merge")),
    Param("squash_option", values=("never", "always", "default_on", "default_off")),
    Param("only_allow_merge_if_pipeline_succeeds", "boolean"),
    Param("allow_merge_on_skipped_pipeline", "boolean"),
    Param("only_allow_merge_if_all_discussions_are_resolved", "boolean"),
    Param("remove_source_branch_after_merge", "boolean"),
    Param("resolve_outdated_diff_discussions", "boolean"),
    Param("printing_merge_request_link_enabled", "boolean"),
    Param("merge_commit_template"),
    Param("squash_commit_template"),
    Param("suggestion_commit_message"),
    Param("merge_requests_template"),
    Param("topics", "strings"),
    Param("issues_enabled", "boolean"),
    Param("merge_requests_enabled", "boolean"),
    Param("wiki_enabled", "boolean"),
    Param("lfs_enabled", "boolean"),
)
"""The settings that POST and PUT /projects take."""


def settings(project: Row) -> dict[str, Any]:
    """Every setting of ``project``, set or default."""
    return {**DEFAULTS, **json.loads(project["settings"])}


def changed(stored: str, params: dict[str, Any]) -> str:
    """The settings column after a request that may name some of PARAMS."""
    found: dict[str, Any] = json.loads(stored)
    found |= {param.name: params[param.name] for param in PARAMS if param.name in params}
    return json.dumps(found)
