"""Remote URLs: which host and which project a clone belongs to.

The forms are those of git-fetch(1), "GIT URLS": ``https://``, ``http://``, ``ssh://``, ``git://`` and the scp-like
``user@host:path``. Everything else (``file://``, a local path, a transport helper) leads to no host.
"""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass

from ..contract.repositories import Remote

DEFAULT_PORTS = {"http": 80, "https": 443, "ssh": 22, "git": 9418}
_SCP_LIKE = re.compile(r"(?:[^@/:\[\]]+@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^@/:\[\]\\]+):(?P<path>.*)", re.DOTALL)
_USER_INFO = re.compile(r"(?<=://)[^/\s]*@")


@dataclass(frozen=True)
class Address:
    """Where a remote URL leads. *scheme* is ``ssh`` for the scp-like form; *port* is null where it is the default.

    *path* has neither the leading slash nor the trailing slash and ``.git``. On a GitLab under a relative URL it begins
    with that prefix; :meth:`project_path` takes it away.
    """

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def web(self) -> bool:
        """Whether the URL itself is the web address of the host (then its port is the web port, too)."""
        return self.scheme in ("http", "https")

    @property
    def netloc(self) -> str:
        """Host with the port of a web URL; an ssh port says nothing about the web server and is left out."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{name}:{self.port}" if self.web and self.port is not None else name

    def project_path(self, base_path: str = "") -> str | None:
        """The project's full path on an installation below *base_path* (``gitlab`` of ``https://host/gitlab``).

        Null if a web URL does not lie below it. Ssh paths never carry the prefix, so they may come without it.
        """
        prefix = base_path.strip("/")
        if not prefix:
            return self.path
        if self.path.startswith(prefix + "/"):
            return self.path[len(prefix) + 1 :]
        return None if self.web else self.path


def parse_url(url: str) -> Address | None:
    """The address that *url* means, or null if it leads to no host's project."""
    if any(ord(character) < 32 or ord(character) == 127 for character in url):
        return None
    if "://" in url:
        return _parse_standard(url)
    found = _SCP_LIKE.fullmatch(url)
    if found is None or len(found["host"]) == 1:  # a single letter is a Windows drive
        return None
    path = found["path"]
    if path.startswith(":"):  # "helper::address"
        return None
    return _address("ssh", found["host"].strip("[]"), None, path)


def _parse_standard(url: str) -> Address | None:
    scheme, _, rest = url.partition("://")
    scheme = scheme.lower()
    if scheme in ("git+ssh", "ssh+git"):
        scheme = "ssh"
    if scheme not in DEFAULT_PORTS:
        return None
    try:
        parts = urllib.parse.urlsplit(f"{scheme}://{rest}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    path = urllib.parse.unquote(parts.path)
    if scheme == "ssh" and path.startswith("/~"):
        return None
    return _address(scheme, host, None if port == DEFAULT_PORTS[scheme] else port, path)


def _address(scheme: str, host: str, port: int | None, path: str) -> Address | None:
    path = path.strip("/")
    while path.endswith(".git"):
        path = path[: -len(".git")].rstrip("/")
    if not path or any(ord(character) < 32 for character in path):
        return None
    return Address(scheme=scheme, host=host.lower(), port=port, path=path)


def without_credentials(text: str) -> str:
    """*text* with user name and password taken out of every URL in it."""
    return _USER_INFO.sub("", text)


def remote(name: str, url: str) -> Remote:
    """The contract's view of a remote; *url* is what git really uses (``insteadOf`` applied)."""
    address = parse_url(url)
    return Remote(
        name=name,
        url=without_credentials(url),
        host=address.netloc if address else None,
        project_path=address.path if address else None,
    )


def choose(remotes: list[Remote], upstream: str | None) -> Remote | None:
    """The remote that leads to GitLab: the upstream's, else ``origin``, else the only one."""
    by_name = {each.name: each for each in remotes}
    for name in (upstream, "origin"):
        if name is not None and name in by_name:
            return by_name[name]
    return remotes[0] if len(remotes) == 1 else None
