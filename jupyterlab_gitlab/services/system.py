"""What runs here."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess

from ..contract.system import Status
from .context import ServiceContext

DISTRIBUTION = "jupyterlab-gitlab-workflow"


def status(context: ServiceContext) -> Status:
    """Versions of this extension and of git (null where no git is installed)."""
    return Status(version=_version(), git=_git_version())


def _version() -> str:
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"  # run from a checkout that was never installed


def _git_version() -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    try:
        done = subprocess.run([git, "--version"], capture_output=True, timeout=10, check=True, text=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip().removeprefix("git version ")
