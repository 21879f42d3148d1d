"""GitLab inside JupyterLab: commit, push, open, review and merge merge requests."""

from __future__ import annotations


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyterlab-gitlab-workflow"}]


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    from .extension import GitLabExtension

    return [{"module": "jupyterlab_gitlab", "app": GitLabExtension}]
