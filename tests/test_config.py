"""The administrator's settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from traitlets import TraitError
from traitlets.config import Config

from jupyterlab_gitlab.config import GitLabConfig

DOCUMENT = Path(__file__).parents[1] / "docs" / "configuration.md"


def test_every_setting_has_a_help_text_and_a_row_in_the_document() -> None:
    rows = DOCUMENT.read_text("utf-8").splitlines()
    for name, trait in GitLabConfig.class_own_traits(config=True).items():
        assert trait.help, name
        (row,) = [row for row in rows if row.startswith(f"| `{name}` |")]
        default = row.split("|")[2].strip().strip("`")
        assert default == repr(getattr(GitLabConfig(), name))


def test_an_unknown_key_of_a_host_is_named() -> None:
    with pytest.raises(TraitError, match="certificate"):
        GitLabConfig(config=Config({"GitLabConfig": {"hosts": {"gitlab.example.org": {"certificate": "x"}}}}))


@pytest.mark.parametrize("url", ["gitlab.example.org", "ftp://x.org", "https://", "https://x.org:port", "//x.org"])
def test_an_address_that_is_none_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(TraitError, match="address"):
        GitLabConfig(config=Config({"GitLabConfig": {"hosts": {"gitlab.example.org": {"url": url}}}}))


@pytest.mark.parametrize("host", ["", "host:port", "ssh://host"])
def test_a_token_needs_a_host(host: str) -> None:
    with pytest.raises(TraitError, match="host"):
        GitLabConfig(config=Config({"GitLabConfig": {"tokens": {host: "secret"}}}))


def test_the_known_keys_of_a_host_are_taken() -> None:
    hosts = {
        "gitlab.example.org": {"url": "https://x.org/gitlab", "ca_file": "/x", "verify": True, "allow_http": False}
    }
    assert GitLabConfig(config=Config({"GitLabConfig": {"hosts": hosts}})).hosts == hosts
