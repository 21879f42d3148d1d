"""A Chromium for the browser tests and the pictures: the system's, else Playwright's own, fetched when this is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Any

_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""It runs in containers too, and asks nobody on the network but the page."""


def installed() -> str | None:
    """The path of the system's Chromium; None if there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def launch_options() -> dict[str, Any]:
    """Arguments for Playwright's ``chromium.launch``."""
    # Chromium's own sandbox refuses to work for root, as whom containers run.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": installed(), "args": [*_FLAGS, *(["--no-sandbox"] if root else [])]}


def main() -> int:
    """0 when one is there or could be installed."""
    return 0 if installed() else subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    sys.exit(main())
