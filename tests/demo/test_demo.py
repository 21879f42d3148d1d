"""``jupyter gitlab demo`` from its start to its end: nothing stays behind, and nothing of the user's own is touched."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import gitlab
import pytest
import requests
from api_client import Api

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are read from /proc")

MARK = "DEMO_UNDER_TEST"
START, STOP = 90.0, 30.0  # seconds
SPY = '''
"""A keyring that tells when it is asked."""

import os
from keyring.backend import KeyringBackend


class Keyring(KeyringBackend):
    priority = 99

    def _tell(self, *_):
        open(os.environ["SPY_FILE"], "a").write("asked\\n")

    get_password = set_password = delete_password = _tell
'''


@dataclass
class Demo:
    """A demo in a process group of its own, as a shell starts it; *folder* is where it may keep its files."""

    folder: Path
    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mark = uuid.uuid4().hex
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab_gitlab.cli", "demo", "--no-browser", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**own_environment(self.home), "TMPDIR": str(self.folder), MARK: self.mark, **self.environment},
        )

    def wait(self) -> Demo:
        """Wait until it has told its addresses."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        self.found = json.loads(line)
        return self

    def lab(self, role: str) -> Api:
        """The API of a Lab, at the clone."""
        url = self.found_lab(role)["lab_url"]
        return Api(url.partition("/lab?")[0], parse_qs(urlsplit(url).query)["token"][0])

    def found_lab(self, role: str) -> dict[str, str]:
        return next(lab for lab in self.found["labs"] if lab["role"] == role)

    def stop(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Send a signal to the whole group, as Ctrl-C does; the exit code and what was said meanwhile."""
        os.killpg(self.process.pid, number)
        output, errors = self.process.communicate(timeout=STOP)
        return self.process.returncode, output + errors

    def processes(self) -> set[int]:
        """Those that descend from it, as far as they kept its environment."""
        wanted = f"{MARK}={self.mark}".encode()
        found = set()
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.add(int(entry.name))
        return found

    def ports(self) -> list[int]:
        addresses = [self.found["gitlab_url"], *(lab["lab_url"] for lab in self.found["labs"])]
        return [port for address in addresses if (port := urlsplit(address).port)]

    def assert_gone(self) -> None:
        """Nothing is left of it: no process, no port, no file."""
        assert not within(5, self.processes)
        for port in self.ports() if self.found else ():
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", port)) != 0
        assert list(self.folder.glob("jupyter-gitlab-demo-*")) == []


def own_environment(home: Path) -> dict[str, str]:
    """As at somebody who has never used git or Jupyter, but for what stands in *home*."""
    private = ("JUPYTER", "IPYTHON", "GIT", "XDG_", "CI")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(private)}
    return {**kept, "HOME": str(home)}


def within(seconds: float, look: Callable[[], object]) -> object:
    """What *look* finds, once that is nothing or the time is over."""
    deadline = time.monotonic() + seconds
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


@pytest.fixture
def make_demo(tmp_path: Path) -> Iterator[Callable[..., Demo]]:
    """Starts demos; those that a failing test left are killed, with all that descends from them."""
    made: list[Demo] = []
    (tmp_path / "home").mkdir()

    def make(**environment: str) -> Demo:
        made.append(Demo(tmp_path, tmp_path / "home", environment))
        return made[-1]

    yield make
    for demo in made:
        for pid in demo.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        demo.process.wait(STOP)


def test_two_demos_run_side_by_side_and_a_signal_ends_all_of_one(make_demo: Callable[..., Demo]) -> None:
    first, second = make_demo(), make_demo()
    for demo in (first.wait(), second.wait()):
        assert set(demo.found) == {"gitlab_url", "admin_token", "labs"}
        assert [lab["role"] for lab in demo.found["labs"]] == ["author", "reviewer"]
        author = demo.lab("author")
        assert author("get_account").username == "mira"
        # A kernel is a child of a child.
        kernel = author.session.post(f"{author.url}/api/kernels", json={"name": "python3"}, timeout=60)
        assert kernel.status_code == 201
        assert len(demo.processes()) >= 5
    assert not {*first.ports()} & {*second.ports()}

    assert first.stop(signal.SIGINT) == (0, "")
    assert not within(5, first.processes)
    assert second.lab("author")("get_account").username == "mira"
    assert second.stop(signal.SIGTERM) == (0, "")
    first.assert_gone()
    second.assert_gone()


def test_a_second_run_starts_clean(make_demo: Callable[..., Demo]) -> None:
    first = make_demo().wait()
    api = first.lab("author")
    clone = Path(first.found_lab("author")["clone"])
    (clone / "new.txt").write_text("new\n")
    api("stage", {"paths": ["new.txt"]})
    api("commit", {"message": "Add a file"})
    api("push", {})
    body = {"title": "Add a file", "source_branch": "feature/auc-metric", "target_branch": "main"}
    assert api("create_merge_request", body).state == "opened"
    before = {request.title for request in requests_of(first)}
    assert first.stop() == (0, "")

    second = make_demo().wait()
    api = second.lab("author")
    assert api("list_changes").files == []
    assert api("get_repository").upstream.ahead == 0
    assert {request.title for request in requests_of(second)} == before - {"Add a file"}
    assert second.stop() == (0, "")
    second.assert_gone()


def requests_of(demo: Demo) -> list[Any]:
    client = gitlab.Gitlab(demo.found["gitlab_url"], private_token=demo.found["admin_token"])
    project = client.projects.get("analytics/churn-model")
    return project.mergerequests.list(state="all", get_all=True)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("*", signal.SIGTERM),
        ("*/sandbox.log", signal.SIGINT),
        ("*/gitlab/*", signal.SIGTERM),
        ("*/author", signal.SIGHUP),
        ("*/author/churn-model", signal.SIGINT),
        ("*/author/jupyter.log", signal.SIGTERM),
        ("*/reviewer/jupyter.log", signal.SIGINT),
    ],
)
def test_it_can_be_ended_while_it_starts(make_demo: Callable[..., Demo], moment: str, number: signal.Signals) -> None:
    demo = make_demo()
    deadline = time.monotonic() + START
    while not any(demo.folder.glob(moment.replace("*", "jupyter-gitlab-demo-*", 1))):
        assert demo.process.poll() is None and time.monotonic() < deadline
    os.killpg(demo.process.pid, number)
    # Impatient people press Ctrl-C more than once.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(demo.process.pid, number)
    _, errors = demo.process.communicate(timeout=STOP)
    assert "Traceback" not in errors
    assert demo.process.returncode == 0
    demo.assert_gone()


def test_what_ends_by_itself_ends_the_rest_and_is_named(make_demo: Callable[..., Demo]) -> None:
    demo = make_demo().wait()
    api = demo.lab("reviewer")
    assert api.session.post(f"{api.url}/api/shutdown", timeout=30).ok
    _, errors = demo.process.communicate(timeout=STOP)
    assert demo.process.returncode == 1
    assert "The reviewer's JupyterLab ended by itself" in errors
    demo.assert_gone()


def test_a_machine_without_git_is_told_so(make_demo: Callable[..., Demo], tmp_path: Path) -> None:
    demo = make_demo(PATH=str(tmp_path / "home"))
    output, errors = demo.process.communicate(timeout=STOP)
    assert (demo.process.returncode, output) == (1, "")
    assert "git is not installed" in errors and "https://git-scm.com" in errors
    demo.assert_gone()


def test_the_users_own_settings_tokens_and_keyring_are_left_alone(
    make_demo: Callable[..., Demo], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    poison = "raise SystemExit('the configuration of the user was read')\n"
    for name, text in {
        ".gitconfig": "[user]\n\tname = The User\n\temail = user@example.org\n[credential]\n\thelper = store\n",
        ".config/git/config": "[core]\n\thooksPath = /nonexistent\n",
        ".git-credentials": "https://user:secret@gitlab.com\n",
        ".netrc": "machine 127.0.0.1 login user password secret\n",
        ".jupyter/jupyter_server_config.py": poison,
        ".jupyter/jupyter_lab_config.py": poison,
        ".jupyter/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings": '{"theme": "Mine"}',
        ".local/share/jupyter/jupyter_cookie_secret": "secret\n",
        ".local/share/jupyter/gitlab/tokens.json": '{"gitlab.com": "glpat-of-the-user"}',
        ".ipython/profile_default/ipython_config.py": poison,
        ".config/python-gitlab.cfg": "[global]\ndefault = nowhere\n",
    }.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    before = contents(home)
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "spy_keyring.py").write_text(SPY)
    demo = make_demo(
        PYTHONPATH=str(modules),
        PYTHON_KEYRING_BACKEND="spy_keyring.Keyring",
        SPY_FILE=str(tmp_path / "keyring-was-asked"),
        GITLAB_TOKEN="glpat-of-the-environment",
        GITLAB_HOST="gitlab.example.org",
        GIT_DIR="/nonexistent",
        JUPYTER_CONFIG_DIR=str(home / ".jupyter"),
        JUPYTER_TOKEN="of-the-user",
    ).wait()
    token = gitlab.Gitlab(demo.found["gitlab_url"], private_token=demo.found_lab("author")["token"])
    token.auth()
    author, reviewer = demo.lab("author"), demo.lab("reviewer")
    assert author.token != "of-the-user"
    account = author("get_account")
    assert (account.username, account.source) == ("mira", "config")
    author("sign_out")
    author("set_identity", {"name": "Mira", "email": "mira@example.com"})
    clone = Path(demo.found_lab("author")["clone"])
    (clone / "new.txt").write_text("new\n")
    author("stage", {"paths": ["new.txt"]})
    assert author("commit", {"message": "Add a file"}).commit.author_name == "Mira"
    author("push", {})
    assert reviewer("get_repository").identity.name == "Jonas Weber"
    setting = f"{reviewer.url}/lab/api/settings/@jupyterlab/apputils-extension:themes"
    saved = reviewer.session.put(setting, json={"raw": '{"theme": "JupyterLab Dark"}'}, timeout=30)
    assert saved.status_code == 204
    kernel = reviewer.session.post(f"{reviewer.url}/api/kernels", json={"name": "python3"}, timeout=60)
    assert kernel.status_code == 201
    assert requests.get(f"{reviewer.url}/lab/api/settings", timeout=30).status_code == 403  # Jupyter's token is asked
    assert demo.stop() == (0, "")
    demo.assert_gone()

    after = contents(home)
    assert {name: after.get(name) for name in before} == before
    # JupyterLab asks npm where its language servers are, and npm keeps a log of that.
    assert {name for name in after if name not in before and not name.startswith(".npm/")} == set()
    assert not (tmp_path / "keyring-was-asked").exists()


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below *folder* with its bytes and its time of change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
