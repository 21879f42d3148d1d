"""The program that git asks for a credential (gitcredentials(7), "Custom helpers").

``python -I -S credential_helper.py FILE get``: FILE holds four lines (protocol, host, user name, password) and is
readable by the user only. Answers only if git asks for exactly that protocol and host; says nothing otherwise, so that
git fails instead of sending the token elsewhere. Imports nothing but ``sys``: it starts on every push.
"""

from __future__ import annotations

import sys

_DEFAULT_PORT = {b"http": b":80", b"https": b":443"}


def answer(stored: bytes, asked: bytes) -> bytes:
    """The reply to git's question *asked* (``key=value`` lines), empty if the stored credential is not for it."""
    protocol, host, username, password = stored.split(b"\n")[:4]
    question = dict(line.split(b"=", 1) for line in asked.splitlines() if b"=" in line)
    same = question.get(b"protocol") == protocol and _host(protocol, question.get(b"host", b"")) == _host(
        protocol, host
    )
    return b"username=" + username + b"\npassword=" + password + b"\n" if same else b""


def _host(protocol: bytes, host: bytes) -> bytes:
    return host.lower().removesuffix(_DEFAULT_PORT.get(protocol, b":"))


def main(arguments: list[str]) -> int:
    """*arguments*: the file and git's verb; ``store`` and ``erase`` are not ours to do."""
    if len(arguments) == 2 and arguments[1] == "get":
        try:
            with open(arguments[0], "rb") as file:
                stored = file.read()
        except OSError:
            return 0
        sys.stdout.buffer.write(answer(stored, sys.stdin.buffer.read()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
