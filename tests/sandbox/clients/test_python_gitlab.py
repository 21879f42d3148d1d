"""python-gitlab's own functional tests, unmodified, against a sandbox.

PYTHON_GITLAB_CHECKOUT names a checkout of github.com/python-gitlab/python-gitlab. The tests of its command line also
need the packages pytest-console-scripts and responses.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sandbox_server import sandbox_gitlab

HERE = Path(__file__).parent
CHECKOUT = Path(os.environ.get("PYTHON_GITLAB_CHECKOUT", ""))
MODULES = (
    "api/test_merge_requests.py",
    "api/test_repository.py",
    "api/test_branches.py",
    "api/test_users.py",
    "api/test_projects.py",
    "cli/test_cli_files.py",
    "cli/test_cli_repository.py",
    "cli/test_cli_users.py",
    "cli/test_cli_projects.py",
)

pytestmark = pytest.mark.skipif(
    not (CHECKOUT / "tests/functional").is_dir() or Path() == CHECKOUT,
    reason="no checkout of python-gitlab (PYTHON_GITLAB_CHECKOUT)",
)


def excluded() -> dict[str, str]:
    """Node id to reason."""
    lines = (HERE / "python_gitlab_excluded.txt").read_text("utf-8").splitlines()
    found = {}
    for line in lines:
        if not line.startswith("#"):
            name, reason = line.split(maxsplit=1)
            found[name] = reason
    return found


def play(*arguments: str, url: str = "http://127.0.0.1:1", token: str = "", temporary: Path) -> str:
    """Run pytest in the checkout; what it prints."""
    environment = {
        **os.environ,
        "SANDBOX_URL": url,
        "SANDBOX_TOKEN": token,
        "TMPDIR": str(temporary),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT.absolute()), str(HERE)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.stdout + done.stderr


def needs_console_scripts(module: str) -> None:
    missing = [name for name in ("pytest_console_scripts", "responses") if importlib.util.find_spec(name) is None]
    if module.startswith("cli/") and missing:
        pytest.skip(f"the tests of the command line need {', '.join(missing)}")


@pytest.mark.parametrize("module", MODULES)
def test_their_tests_pass(module: str, tmp_path: Path) -> None:
    needs_console_scripts(module)
    report = tmp_path / "report.xml"
    options = ["--script-launch-mode=subprocess"] if module.startswith("cli/") else []
    deselected = [f"--deselect={name}" for name in excluded() if f"/{module}::" in name]
    with sandbox_gitlab(tmp_path / "gitlab") as gitlab:
        place = {"url": gitlab.url, "token": gitlab.root.token, "temporary": tmp_path}
        plugin = ("-p", "sandbox_for_python_gitlab", f"--junitxml={report}")
        printed = play(*plugin, *options, *deselected, f"tests/functional/{module}", **place)
    suite = next(ElementTree.parse(report).iter("testsuite"))
    counts = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors")}
    assert counts["tests"] > 0 and counts["failures"] == counts["errors"] == 0, printed


def test_what_is_excluded_exists_and_has_a_reason(tmp_path: Path) -> None:
    for module in MODULES:
        needs_console_scripts(module)
    modules = [f"tests/functional/{module}" for module in MODULES]
    printed = play("-p", "sandbox_for_python_gitlab", "--collect-only", *modules, temporary=tmp_path)
    collected = {line.partition("[")[0] for line in printed.splitlines() if "::" in line}
    assert set(excluded()) <= collected
