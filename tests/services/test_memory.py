"""What the extension makes a Jupyter server hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from git_workspace import initialize, notebook
from jupyter_process import clean_environment, jupyter_server

MOST_MB = 60


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_reading_twenty_megabyte_notebooks_keeps_the_server_small(tmp_path: Path) -> None:
    environment = clean_environment(tmp_path)
    image = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo" * 9_000}}

    def content(number: int) -> str:
        return notebook(*[f"x = {n * number}" for n in range(30)], outputs={n: [image] for n in range(10)})

    with jupyter_server(tmp_path, tmp_path / "root", {}, environment) as server:
        before = resident(server.process.pid)
        workspace = initialize(server.root / "r", environment, {f"{n}.ipynb": content(1) for n in range(20)})
        api = server.api.at("r")
        for number in range(20):
            name = f"{number}.ipynb"
            workspace.write(name, content(2))
            api("get_change_summary", path=name)
            diff = api("get_file_diff", old="HEAD", new="WORKTREE", old_path=name, new_path=name)
            place = {"revision": "WORKTREE", "path": name, "cell": 0, "output": 0}
            api("get_output", **place, digest=diff.cells[0].outputs[0].new.digest)
        assert resident(server.process.pid) - before <= MOST_MB


def resident(pid: int) -> float:
    """Megabytes that a process holds."""
    (line,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024 / 1e6
