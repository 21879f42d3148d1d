"""The demo from start to end."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from .children import Children, Stopped
from .lab import Account, Lab

PROJECT = "analytics/churn-model"
ROLES = (("author", "mira", "Mira Solberg", "feature/auc-metric"), ("reviewer", "jonas", "Jonas Weber", "main"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``jupyter gitlab demo``."""
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--json", action="store_true", help="print one line of JSON with all addresses and tokens once all answer"
    )


def main(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C (or SIGTERM); 0 then, 1 when something did not start or ended by itself."""
    if shutil.which("git") is None:
        print("git is not installed: the demo needs it (https://git-scm.com/downloads).", file=sys.stderr)
        return 1
    children = Children()
    try:
        children.listen()
        with ExitStack() as stack:
            with children.undisturbed():
                # Nothing that is in the way of removing the folder is worth a traceback at the end.
                temporary = tempfile.TemporaryDirectory(prefix="jupyter-gitlab-demo-", ignore_cleanup_errors=True)
                folder = stack.enter_context(temporary)
            return _run(Path(folder), children, arguments)
    except Stopped:
        return 0


def _run(folder: Path, children: Children, arguments: argparse.Namespace) -> int:
    """Run until something ends by itself; :class:`Stopped` passes through."""
    try:
        found = _start(folder, children, quiet=arguments.json)
        _announce(found, as_json=arguments.json)
        if not arguments.no_browser:
            webbrowser.open(found["labs"][0]["lab_url"])
        while (ended := children.ended()) is None:
            time.sleep(0.5)
        print(f"The {ended} ended by itself; its log:\n{_logs(folder)}", file=sys.stderr)
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        print(f"The demo could not start: {error}\n{_logs(folder)}", file=sys.stderr)
    finally:
        children.stop()
    return 1


def _start(folder: Path, children: Children, quiet: bool) -> dict[str, Any]:
    """Start everything and wait until all of it answers."""
    begun = time.monotonic()
    if not quiet:
        print("Starting a sandbox GitLab with a project in it …", flush=True)
    sandbox = _start_sandbox(folder, children)
    users = {user["username"]: user["token"] for user in sandbox["users"]}
    if not quiet:
        print("Starting two JupyterLabs …", flush=True)
    labs = []
    for role, username, name, branch in ROLES:
        account = Account(role, username, name, users[username])
        lab = Lab(folder / role, account, sandbox["url"], PROJECT)
        lab.get_clone(branch, children)
        lab.start(children)
        labs.append(lab)
    found = []
    for lab in labs:
        found.append(
            {
                "role": lab.account.role,
                "username": lab.account.username,
                "token": lab.account.token,
                "lab_url": lab.wait(),
                "clone": str(lab.clone),
            }
        )
    return {
        "gitlab_url": sandbox["url"],
        "admin_token": users["root"],
        "labs": found,
        "seconds": round(time.monotonic() - begun, 1),
    }


def _start_sandbox(folder: Path, children: Children) -> dict[str, Any]:
    """What the sandbox prints once it answers."""
    process = children.start(
        "sandbox GitLab",
        [
            sys.executable,
            "-m",
            "jupyterlab_gitlab.sandbox",
            "--port",
            "0",
            "--data",
            str(folder / "gitlab"),
            "--seed",
            "demo",
        ],
        folder / "sandbox.log",
        {key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("the sandbox GitLab did not start")
    found: dict[str, Any] = json.loads(line)
    return found


def _announce(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps({key: found[key] for key in ("gitlab_url", "admin_token", "labs")}), flush=True)
        return
    author, reviewer = found["labs"]
    print(
        f"""
Ready after {found["seconds"]:.0f} s. Both JupyterLabs are clones of {PROJECT}, signed in:

  author    {author["username"]:<8} {author["lab_url"]}
  reviewer  {reviewer["username"]:<8} {reviewer["lab_url"]}

Click the merge symbol at the left edge. To try the whole story: change notebooks/train.ipynb as the author, save,
commit and open a merge request; review it in the reviewer's JupyterLab; answer and merge.

Nothing leaves this computer. Ctrl-C ends everything and removes it.""",
        flush=True,
    )


def _logs(folder: Path) -> str:
    parts = []
    for file in [folder / "sandbox.log", *sorted(folder.glob("*/jupyter.log"))]:
        if file.exists():
            lines = file.read_text("utf-8", "replace").splitlines()[-15:]
            parts.append("\n".join([f"--- {file.relative_to(folder)}", *lines]))
    return "\n".join(parts)
