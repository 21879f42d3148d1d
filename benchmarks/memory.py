"""Peak memory of one comparison, in a process of its own.

``python benchmarks/memory.py OLD NEW`` prints JSON: bytes of both files, and the most that the process held beyond what
it held before it read them (Linux only).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from jupyterlab_gitlab.notebooks.diff import diff_files


def peak(old: bytes, new: bytes) -> float | None:
    """Peak memory over the size of both texts; None where it can't be measured."""
    if sys.platform != "linux":
        return None
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("old.ipynb", "new.ipynb")]
        for path, data in zip(paths, (old, new), strict=True):
            path.write_bytes(data)
        command = [sys.executable, __file__, *map(str, paths)]
        answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return float(answer["peak"] / answer["input"])


def _status(key: str) -> int:
    """A figure of /proc/self/status, in bytes."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{key}:"))


def main() -> None:
    small = b'{"cells": [{"cell_type": "code", "source": ["a"]}], "nbformat": 4}'
    diff_files(small, small.replace(b"a", b"b"), b"a.ipynb", b"a.ipynb")  # imports what it needs
    Path("/proc/self/clear_refs").write_text("5", "utf-8")  # the peak counts from here
    before = _status("VmRSS")
    old, new = (Path(name).read_bytes() for name in sys.argv[1:])
    found = diff_files(old, new, b"a.ipynb", b"a.ipynb")
    print(json.dumps({"input": len(old) + len(new), "peak": _status("VmHWM") - before, "type": type(found).__name__}))


if __name__ == "__main__":
    main()
