"""``jupyter gitlab demo``: a sandbox GitLab and two JupyterLabs, an author's and a reviewer's, each signed in."""

from __future__ import annotations

from .run import add_arguments, main

__all__ = ["add_arguments", "main"]
