"""The address of a git remote, in the parts that lead to a GitLab project."""

from __future__ import annotations

import ipaddress
import re
import urllib.parse
from dataclasses import dataclass
from typing import Literal

_SCP_LIKE = re.compile(r"^(?:[^@/:\s]+@)?(\[[^\]]+\]|[^@/:\s\[\]]+):(?!//|:)(.+)$", re.DOTALL)
_DEFAULT_PORTS = {"https": 443, "http": 80, "ssh": 22}


@dataclass(frozen=True)
class RemoteAddress:
    """*host* is in lower case, an IPv6 address without its brackets; *port* is null for the scheme's own.

    *path* has neither a leading slash nor ``.git``; on a relative-URL install it still begins with the install's path.
    """

    scheme: Literal["https", "http", "ssh"]
    host: str
    port: int | None
    path: str

    @classmethod
    def parse(cls, url: str) -> RemoteAddress | None:
        """The address that a remote's URL means to git, null for a local path or a scheme that GitLab does not serve.

        User name and password are dropped. ``host:path`` is ssh, as in git-clone(1); ``C:\\dir`` is a local path.
        """
        if any(ord(character) < 32 or ord(character) == 127 for character in url):
            return None
        if "://" in url:
            return cls._parse_url(url)
        match = _SCP_LIKE.match(url)
        if match is None or (len(match[1]) == 1 and url[1:3] in (":\\", ":/")):
            return None
        return cls._of_parts("ssh", match[1].strip("[]"), None, match[2])

    @classmethod
    def _parse_url(cls, url: str) -> RemoteAddress | None:
        try:
            parts = urllib.parse.urlsplit(url)
            port = parts.port
        except ValueError:
            return None
        scheme = parts.scheme.lower().removeprefix("git+").removesuffix("+git")
        if parts.hostname is None or scheme not in _DEFAULT_PORTS:
            return None
        return cls._of_parts(scheme, parts.hostname, port, urllib.parse.unquote(parts.path))

    @classmethod
    def _of_parts(cls, scheme: str, host: str, port: int | None, path: str) -> RemoteAddress | None:
        path = path.strip("/").removesuffix(".git").rstrip("/")
        if any(ord(character) < 32 for character in path) or ".." in path.split("/"):
            return None
        host = host_name(host)
        if not host or not path:
            return None
        if port == _DEFAULT_PORTS[scheme]:
            port = None
        if scheme == "https":
            return cls("https", host, port, path)
        if scheme == "http":
            return cls("http", host, port, path)
        return cls("ssh", host, port, path)

    @property
    def authority(self) -> str:
        """``host`` or ``host:port``, as a URL writes it."""
        return authority(self.host, self.port)


@dataclass(frozen=True)
class BaseUrl:
    """Where a GitLab answers: ``scheme://host[:port][/path]``, the host in lower case, without a default port."""

    scheme: Literal["https", "http"]
    host: str
    port: int | None
    path: str

    @classmethod
    def parse(cls, text: str) -> BaseUrl | None:
        """The base of *text*, a URL or a bare ``host[:port][/path]`` (https); null if it is neither."""
        try:
            parts = urllib.parse.urlsplit(text.strip() if "://" in text else f"https://{text.strip()}")
            port = parts.port
        except ValueError:
            return None
        if not parts.hostname or parts.scheme not in ("https", "http") or parts.query or parts.fragment:
            return None
        if port == _DEFAULT_PORTS[parts.scheme]:
            port = None
        scheme: Literal["https", "http"] = "http" if parts.scheme == "http" else "https"
        return cls(scheme, host_name(parts.hostname), port, parts.path.strip("/"))

    @property
    def url(self) -> str:
        """Without a trailing slash."""
        return f"{self.scheme}://{self.name}"

    @property
    def name(self) -> str:
        """``host[:port][/path]``: how users see the host, and the key that a token belongs to."""
        return authority(self.host, self.port) + (f"/{self.path}" if self.path else "")

    @property
    def loopback(self) -> bool:
        return is_loopback(self.host)

    def contains(self, url: str) -> bool:
        """Whether *url* is at this very scheme, host and port, at or below the path."""
        try:
            parts = urllib.parse.urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if port == _DEFAULT_PORTS.get(parts.scheme):
            port = None
        here = (self.scheme, self.host, self.port) == (parts.scheme, host_name(parts.hostname or ""), port)
        # A server may resolve dot segments after the comparison, so a URL that has any is somebody else's.
        dots = any(segment in (".", "..") for segment in urllib.parse.unquote(parts.path).split("/"))
        return here and not dots and (not self.path or f"{parts.path}/".startswith(f"/{self.path}/"))


def authority(host: str, port: int | None) -> str:
    """``host[:port]`` as a URL writes it, IPv6 addresses in brackets."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def host_name(host: str) -> str:
    """*host* in the one form that is compared: lower case, no final dot, international names in ASCII (RFC 3490)."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def is_loopback(host: str) -> bool:
    """Whether *host* can only be this machine (RFC 6761 for names)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
