"""Words for what git refuses, from messages of the C locale."""

from __future__ import annotations

import errno
import os
import sys
import threading
from pathlib import Path

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.repository import failures, locks, push_report
from jupyterlab_gitlab.repository.run import Git
from jupyterlab_gitlab.repository.values import Limits

from .conftest import Refused, World

# What git 2.31 to 2.47 and GitLab print, shortened.
MESSAGES = [
    (b"fatal: Authentication failed for 'https://gitlab.com/a/b.git/'", ErrorCode.GIT_AUTH_FAILED),
    (b"fatal: could not read Username for 'https://gitlab.com': terminal prompts disabled", ErrorCode.GIT_AUTH_FAILED),
    (b"remote: HTTP Basic: Access denied. If a password was provided", ErrorCode.GIT_AUTH_FAILED),
    (b"git@gitlab.com: Permission denied (publickey).\nfatal: Could not read from remote", ErrorCode.GIT_AUTH_FAILED),
    (b"Host key verification failed.\nfatal: Could not read from remote repository.", ErrorCode.GIT_AUTH_FAILED),
    (b"remote: You are not allowed to push code to this project.\nfatal: unable to access", ErrorCode.GITLAB_FORBIDDEN),
    (b"fatal: unable to access 'x': The requested URL returned error: 403", ErrorCode.GITLAB_FORBIDDEN),
    (b"fatal: repository 'https://gitlab.com/a/b.git/' not found\n", ErrorCode.PROJECT_NOT_FOUND),
    (b"fatal: unable to access 'x': Could not resolve host: gitlab.invalid", ErrorCode.GITLAB_UNREACHABLE),
    (b"fatal: unable to access 'x': Failed to connect to 127.0.0.1 port 9", ErrorCode.GITLAB_UNREACHABLE),
    (b"fatal: unable to access 'x': The requested URL returned error: 502", ErrorCode.GITLAB_ERROR),
    (b"fatal: unable to access 'x': The requested URL returned error: 429", ErrorCode.RATE_LIMITED),
    (b"fatal: http://x/a.git/info/refs not valid: is this a git repository?", ErrorCode.GITLAB_ERROR),
    (b"fatal: unable to access 'x': SSL certificate problem: self signed", ErrorCode.GITLAB_UNREACHABLE),
    (b"ssh: connect to host x port 22: Connection timed out", ErrorCode.GITLAB_UNREACHABLE),
    (b"error: unable to write file: No space left on device", ErrorCode.DISK_FULL),
    (b"fatal: Unable to create '/x/.git/refs/remotes/origin/main.lock': File exists.", ErrorCode.GIT_BUSY),
    (b"fatal: something that nobody has seen before", ErrorCode.GIT_FAILED),
    (b"", ErrorCode.GIT_FAILED),
]


@pytest.mark.parametrize(("message", "code"), MESSAGES)
def test_a_remotes_refusal_has_a_code_words_and_a_hint(message: bytes, code: ErrorCode) -> None:
    error = failures.remote_failure("git fetch", "gitlab.com", 128, message)
    assert error.code == code and error.message and error.hint


def test_credentials_are_taken_out_of_what_is_shown() -> None:
    error = failures.remote_failure("git fetch", "x", 128, b"fatal: unable to access 'https://u:glpat-secret@h/a/': no")
    assert "glpat-secret" not in str(error.details) and "https://h/a/" in error.details["output"]


def test_very_long_output_is_cut_in_the_middle() -> None:
    text = failures.readable(b"begin" + b"x" * 100_000 + b"end")
    assert len(text) < 10_000 and text.startswith("begin") and text.endswith("end")


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (["fetch", "-q"], "git fetch"),
        (["-c", "a=b", "-C", "x", "--literal-pathspecs", "add"], "git add"),
        (["-c"], "git"),
    ],
)
def test_a_command_is_named_without_its_options(args: list[str], name: str) -> None:
    assert failures.command_name(args) == name


def test_a_program_that_cannot_start_is_told(tmp_path: Path) -> None:
    there = str(tmp_path)
    assert failures.not_started(FileNotFoundError(), there).code == ErrorCode.GIT_MISSING
    assert failures.not_started(FileNotFoundError(), there + "/gone").code == ErrorCode.NOT_A_REPOSITORY
    assert failures.not_started(PermissionError(errno.EACCES, "Permission denied"), there).code == ErrorCode.GIT_FAILED


def test_a_push_report_is_read() -> None:
    report = (
        b"To gitlab.com:a/b.git\n"
        b"!\trefs/heads/x:refs/heads/x\t[remote rejected] (pre-receive hook declined)\n"
        b"*\trefs/heads/y:refs/heads/y\t[new branch]\n"
        b" \trefs/heads/z:refs/heads/z\t1234567..89abcde\n"
        b"Done\n"
    )
    found = push_report.parse(report)
    assert [(status.flag, status.target, status.summary, status.reason) for status in found] == [
        ("!", "refs/heads/x", "[remote rejected]", "pre-receive hook declined"),
        ("*", "refs/heads/y", "[new branch]", ""),
        (" ", "refs/heads/z", "1234567..89abcde", ""),
    ]


def test_too_much_output_says_what_to_do(world: World, refused: Refused) -> None:
    workspace, _ = world.repository("project", {f"{'x' * 100}{n}": "x" for n in range(200)})
    git = Git(str(workspace.top), Limits(output=10_000))
    error = refused(ErrorCode.GIT_FAILED, git.read, "ls-files", "-z")
    assert ".gitignore" in error.hint


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for ssh")
def test_ssh_is_told_not_to_ask_unless_the_user_configured_it(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    workspace.git("remote", "add", "origin", "git@127.0.0.1:a/b.git")
    script = world.folder / "ssh"
    log = world.folder / "log"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> {log}\nenv >> {log}\nexit 255\n')
    script.chmod(0o755)
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{world.folder}:{path}"
    try:
        refused(ErrorCode.GIT_FAILED, clone.fetch)
        assert "BatchMode=yes" in log.read_text() and "SSH_ASKPASS_REQUIRE=never" in log.read_text()
        log.unlink()
        world.configure(f"[core]\n\tsshCommand = {script} -o MyOption=yes\n")
        refused(ErrorCode.GIT_FAILED, clone.fetch)
        assert "MyOption=yes" in log.read_text() and "BatchMode" not in log.read_text()
    finally:
        os.environ["PATH"] = path


def test_a_command_of_ones_own_that_runs_long_is_told(world: World, refused: Refused) -> None:
    _, clone = world.repository()
    mine = clone._tree.locks
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with mine.writing(clone._tree.git_dir, 1.0), mine.fetching(1.0):
            entered.set()
            leave.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(30)

    def write() -> None:
        with mine.writing(clone._tree.git_dir, 0.05):
            pass

    def fetch() -> None:
        with mine.fetching(0.05):
            pass

    refused(ErrorCode.GIT_BUSY, write)
    refused(ErrorCode.GIT_BUSY, fetch)
    leave.set()
    thread.join()
    write()
    assert locks.Locks.of(clone._tree.common_dir) is mine
