"""What an administrator sets in ``jupyter_server_config.py`` (see docs/configuration.md)."""

from __future__ import annotations

import urllib.parse

from traitlets import Bool, Dict, Float, Int, TraitError, Unicode, validate
from traitlets.config import Configurable

_HOST_KEYS = {"url", "ca_file", "verify", "allow_http"}


class GitLabConfig(Configurable):
    """Hosts, tokens, time-outs and limits of the GitLab extension."""

    hosts = Dict(
        key_trait=Unicode(),
        value_trait=Dict(),
        help="""GitLab hosts by the host name (with its port, if not the usual one) that remotes use, each a dictionary:
        "url": address of the web page, needed for a relative URL ("https://example.org/gitlab") or where ssh and web
        differ; "ca_file": a file of certificate authorities; "verify": false switches certificate checks off;
        "allow_http": true lets a token travel over plain HTTP (loopback addresses may always). A host that is not
        listed is reached by https at its name.""",
    ).tag(config=True)

    only_listed_hosts = Bool(
        False,
        help="""Serve only the hosts of `hosts` (and gitlab.com if listed): tokens for others are refused.""",
    ).tag(config=True)

    tokens = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="""Access tokens by host, for a server that one person uses. They win over the environment (GITLAB_TOKEN
        belongs to GITLAB_HOST, gitlab.com by default) and over tokens typed into the panel.""",
    ).tag(config=True)

    use_keyring = Bool(
        True,
        help="""Keep typed tokens in the operating system's keyring. Without one, or with false, they go to a file that
        only the user may read, in Jupyter's data directory.""",
    ).tag(config=True)

    api_timeout = Float(20.0, min=0.1, help="Seconds that one request to GitLab may take.").tag(config=True)

    git_timeout = Float(60.0, min=1.0, help="Seconds that a local git command may take.").tag(config=True)

    transfer_timeout = Float(600.0, min=1.0, help="Seconds that a fetch or a push may take.").tag(config=True)

    hook_timeout = Float(
        600.0, min=1.0, help="Seconds that a commit may take, its hooks and signing program included."
    ).tag(config=True)

    pool_size = Int(8, min=2, max=64, help="Worker threads for git and diffs, and as many again for GitLab's API.").tag(
        config=True
    )

    large_file_size = Int(5_000_000, min=0, help="Bytes from which a file under Changes is marked as large.").tag(
        config=True
    )

    max_diff_size = Int(
        50_000_000, min=0, help="Bytes of one side from which a file is not compared but only said to differ."
    ).tag(config=True)

    max_changes = Int(2_000, min=1, help="How many changed files the panel lists at most.").tag(config=True)

    cache_size = Int(
        24_000_000, min=0, help="Bytes of compared files that are kept in memory to answer again at once."
    ).tag(config=True)

    cached_clones_size = Int(
        2_000_000_000,
        min=0,
        help="""Bytes on the disk for projects whose merge requests are opened without a clone (in Jupyter's data
        directory); beyond, those that were not used for longest go.""",
    ).tag(config=True)

    max_blob_size = Int(50_000_000, min=0, help="Bytes of the largest file version that is sent to the browser.").tag(
        config=True
    )

    max_upload_size = Int(
        50_000_000,
        min=0,
        help="Bytes of the largest file that can be put into a comment; GitLab has a limit of its own.",
    ).tag(config=True)

    @validate("tokens")
    def _hosts_of_tokens(self, proposal: dict[str, object]) -> object:
        value = proposal["value"]
        assert isinstance(value, dict)
        for host in value:
            if not _is_address(host if "://" in host else f"https://{host}"):
                raise TraitError(f"GitLabConfig.tokens: {host!r} is not the name of a host")
        return value

    @validate("hosts")
    def _addresses_and_keys(self, proposal: dict[str, object]) -> object:
        value = proposal["value"]
        assert isinstance(value, dict)
        for host, settings in value.items():
            unknown = sorted(set(settings) - _HOST_KEYS)
            if unknown:
                raise TraitError(f"GitLabConfig.hosts[{host!r}] has unknown keys: {', '.join(unknown)}")
            if not _is_address(settings.get("url") or f"https://{host}"):
                raise TraitError(f"GitLabConfig.hosts[{host!r}] is not the address of a GitLab")
        return value


def _is_address(url: object) -> bool:
    try:
        parts = urllib.parse.urlsplit(str(url))
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
