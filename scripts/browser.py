"""Make sure that there is a Chromium for the browser tests: the system's, else Playwright's own."""

from __future__ import annotations

import shutil
import subprocess
import sys


def main() -> int:
    """0 when one is there or could be installed."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return 0
    return subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    sys.exit(main())
