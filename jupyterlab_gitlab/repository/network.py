"""The commands that talk to a server: one way to run them, with a credential, without questions."""

from __future__ import annotations

from . import credentials, failures, settings
from .environment import quiet_ssh
from .remotes import parse_url
from .run import Output
from .values import Cancel, Credential
from .worktree import WorkTree


def talk(
    tree: WorkTree,
    url: str,
    *args: str,
    credential: Credential | None,
    cancel: Cancel | None,
    stdin: bytes | None = None,
    merge: bool = False,
) -> Output:
    """Runs a fetch or push that talks to *url*; every exit code comes back, for the caller to judge."""
    with credentials.given(credential, url) as options:
        return tree.git.write(
            *options,
            *args,
            stdin=stdin,
            ok=range(256),
            env=quiet_ssh(settings.read(tree.git).get("core.sshcommand")),
            timeout=tree.limits.network,
            merge=merge,
            cancel=cancel,
        )


def check(output: Output, url: str) -> Output:
    """*output* if the command went well, else the error in words that name the server."""
    if output.code != 0:
        address = parse_url(url)
        name = address.netloc if address else "The remote"
        raise failures.remote_failure(output.command, name, output.code, output.stdout + output.stderr)
    return output
