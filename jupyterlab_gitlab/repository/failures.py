"""Words for what git refuses.

Exit codes and porcelain output decide wherever git has them. Where it has none (128 stands for a full disk, a held lock
and a wrong password alike), this module looks for fixed pieces of the messages of the C locale, and of the system's own
error strings. A message that nothing here knows is still an error with git's own output in its details.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .remotes import without_credentials

_SHOWN = 8000  # characters of git's output that go into an error
_LOCK = re.compile(rb"'(?P<path>[^'\n]+\.lock)': File exists")
_OWNER = re.compile(rb"safe\.directory (?P<path>[^\n]+)")
_DISK_FULL = (b"No space left on device", b"Disk quota exceeded", b"There is not enough space on the disk")
_HOST_KEY = b"Host key verification failed"
_NO_CREDENTIALS = (b"could not read Username", b"could not read Password")
_AUTH = (
    b"Authentication failed for",
    b"HTTP Basic: Access denied",
    b"Permission denied (",
    b"Too many authentication failures",
)
_FORBIDDEN = (b"The requested URL returned error: 403", b"You are not allowed to")
_NOT_FOUND = (
    b"The project you were looking for could not be found",
    b" not found\n",
    b"does not appear to be a git repository",
)
_CERTIFICATE = (b"certificate", b"SSL peer", b"CAfile")
_SERVER_FAULT = re.compile(rb"The requested URL returned error: (?P<status>5\d\d)")
_TOO_MANY = b"The requested URL returned error: 429"
_NO_GIT_THERE = (b"not valid: is this a git repository?", b"git-http-push failed", b"invalid server response")
_UNREACHABLE = (
    b"Could not resolve host",
    b"Could not resolve proxy",
    b"Couldn't connect to server",
    b"Failed to connect",
    b"Connection refused",
    b"Connection reset",
    b"Connection timed out",
    b"Network is unreachable",
    b"No route to host",
    b"Operation timed out",
    b"Empty reply from server",
    b"unexpected disconnect",
    b"the remote end hung up",
)


def readable(output: bytes) -> str:
    """git's output for people: decoded, without credentials in URLs, cut in the middle if very long."""
    text = without_credentials(output.decode("utf-8", "backslashreplace")).replace("\0", "\n").strip()
    if len(text) > _SHOWN:
        half = _SHOWN // 2
        return f"{text[:half]}\n…\n{text[-half:]}"
    return text


def command_name(args: Sequence[str]) -> str:
    """``git fetch`` for an argument list that begins with options of git itself."""
    skip = False
    for arg in args:
        if skip:
            skip = False
        elif arg in ("-c", "-C"):
            skip = True
        elif not arg.startswith("-"):
            return f"git {arg}"
    return "git"


def git_missing() -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.GIT_MISSING,
        "git is not installed on the machine that runs Jupyter.",
        "Install git 2.31 or newer there (https://git-scm.com) and restart the Jupyter server.",
    )


def not_started(error: OSError, directory: str) -> GitLabWorkflowError:
    """For an ``OSError`` of the start itself."""
    if not Path(directory).is_dir():
        return GitLabWorkflowError(
            ErrorCode.NOT_A_REPOSITORY,
            "The folder of this repository no longer exists.",
            "Open another folder in the file browser.",
        )
    if isinstance(error, FileNotFoundError):
        return git_missing()
    return GitLabWorkflowError(
        ErrorCode.GIT_FAILED, f"git could not be started: {error.strerror}.", "Check the machine that runs Jupyter."
    )


def timed_out(command: str, seconds: float) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.GIT_TIMEOUT,
        f"“{command}” did not finish within {seconds:g} seconds and was stopped.",
        "Try again. If it happens again, run it in a terminal to see where it waits (network, a hook, a slow disk).",
    )


def cancelled(command: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(ErrorCode.CANCELLED, f"“{command}” was cancelled.", "Start it again when you like.")


def too_much_output(command: str, limit: int) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.GIT_FAILED,
        f"“{command}” printed more than {limit // (1024 * 1024)} MB and was stopped.",
        "Add folders that don't belong in git, such as data or environments, to .gitignore.",
    )


def failed(command: str, code: int, output: bytes) -> GitLabWorkflowError:
    """The error for an unexpected exit code, as exact as git's answer allows."""
    return local_failure(output) or GitLabWorkflowError(
        ErrorCode.GIT_FAILED,
        f"“{command}” failed.",
        "See git's own words below; they mostly say what to do.",
        output=readable(output),
        exit_code=code,
    )


def local_failure(output: bytes) -> GitLabWorkflowError | None:
    """Failures that any command can meet: a full disk, a held lock, a repository of somebody else."""
    if any(sign in output for sign in _DISK_FULL):
        return GitLabWorkflowError(
            ErrorCode.DISK_FULL,
            "The disk is full, so git could not write.",
            "Free some space (or ask for a larger quota) and try again. Your files are as they were.",
            output=readable(output),
        )
    lock = _LOCK.search(output)
    if lock is not None:
        return busy(lock["path"].decode("utf-8", "backslashreplace"), readable(output))
    owner = _OWNER.search(output)
    if owner is not None:
        return dubious_ownership(owner["path"].decode("utf-8", "backslashreplace").strip())
    return None


def busy(lock: str, output: str = "") -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.GIT_BUSY,
        "Another git command is working in this repository.",
        f"Wait until it has finished and try again. If no git is running, a crash left its lock behind: delete {lock}.",
        lock=lock,
        output=output,
    )


def dubious_ownership(directory: str) -> GitLabWorkflowError:
    """*directory* is quoted for a shell, as git's message has it."""
    command = f"git config --global --add safe.directory {directory}"
    return GitLabWorkflowError(
        ErrorCode.DUBIOUS_OWNERSHIP,
        "This repository belongs to another user of the machine, so git refuses to work in it.",
        f"If you trust its owner, run this in a terminal: {command}",
        command=command,
    )


def remote_failure(command: str, remote: str, code: int, output: bytes) -> GitLabWorkflowError:
    """The error for a fetch or push that ended before anything was decided about a branch."""
    shown = readable(output)
    local = local_failure(output)
    if local is not None:
        return local
    if _HOST_KEY in output:
        return GitLabWorkflowError(
            ErrorCode.GIT_AUTH_FAILED,
            f"ssh does not know the host key of “{remote}” yet.",
            "Run “git fetch” once in a terminal, compare the fingerprint, and accept it.",
            output=shown,
        )
    if any(sign in output for sign in _NO_CREDENTIALS):
        return GitLabWorkflowError(
            ErrorCode.GIT_AUTH_FAILED,
            f"“{remote}” asks who you are, and there are no credentials for it.",
            "Sign in with an access token in the GitLab panel, or give git a credential helper for this host.",
            output=shown,
        )
    if any(sign in output for sign in _AUTH):
        return GitLabWorkflowError(
            ErrorCode.GIT_AUTH_FAILED,
            f"“{remote}” did not accept the credentials.",
            "Sign in with a token that has the scope “api” or “write_repository”. "
            "For an ssh remote, load your key into the ssh agent. "
            "If the remote's URL carries a password of its own, remove it with “git remote set-url”.",
            output=shown,
        )
    if any(sign in output for sign in _FORBIDDEN):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_FORBIDDEN,
            f"“{remote}” knows you but does not allow this.",
            "Your token may lack “write_repository”, or your role in the project may be too low: ask a maintainer.",
            output=shown,
        )
    if any(sign in output for sign in _CERTIFICATE):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_UNREACHABLE,
            f"The certificate of “{remote}” can't be verified.",
            "If your company has a certificate authority of its own, name its file with “git config http.sslCAInfo”.",
            output=shown,
        )
    fault = _SERVER_FAULT.search(output)
    if fault is not None:
        return GitLabWorkflowError(
            ErrorCode.GITLAB_ERROR,
            f"“{remote}” failed to answer (HTTP {fault['status'].decode()}).",
            "This is a fault of the GitLab server. Try again later; if it stays, tell its administrator.",
            output=shown,
        )
    if _TOO_MANY in output:
        return GitLabWorkflowError(
            ErrorCode.RATE_LIMITED, f"“{remote}” received too many requests.", "Try again in a minute.", output=shown
        )
    if any(sign in output for sign in _NO_GIT_THERE):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_ERROR,
            f"“{remote}” answers, but not as git does.",
            "Something else than GitLab may stand at this address, such as a proxy or a sign-in page: open the "
            "remote's URL in a browser to see.",
            output=shown,
        )
    if any(sign in output for sign in _UNREACHABLE):
        return GitLabWorkflowError(
            ErrorCode.GITLAB_UNREACHABLE,
            f"“{remote}” can't be reached.",
            "Check the network, VPN and proxy, then try again. Local work goes on as usual.",
            output=shown,
        )
    if any(sign in output for sign in _NOT_FOUND):
        return GitLabWorkflowError(
            ErrorCode.PROJECT_NOT_FOUND,
            f"“{remote}” has no such project, or you may not see it.",
            "Check the remote's URL with “git remote -v” and that your account is a member of the project.",
            output=shown,
        )
    return failed(command, code, output)
