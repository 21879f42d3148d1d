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


def test_the_known_keys_of_a_host_are_taken() -> None:
    hosts = {"gitlab.example.org": {"url": "https://x.org/gitlab", "ca_file": "/x", "verify": True, "allow_http": False}}
    assert GitLabConfig(config=Config({"GitLabConfig": {"hosts": hosts}})).hosts == hosts
