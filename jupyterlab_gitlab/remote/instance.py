"""What a GitLab is able to do, by its version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..contract.errors import GitLabWorkflowError
from . import entities

if TYPE_CHECKING:
    from .client import Client

_KEPT = 3_600.0
_NUMBERS = re.compile(r"(\d{1,4})\.(\d{1,4})")
REVIEWER_STATE = (19, 2)
"""From this version on a review can be submitted with a state (``lib/api/draft_notes.rb``)."""


def has(client: Client, since: tuple[int, int]) -> bool:
    """Whether the GitLab is of version *since* or later; false where it does not tell."""
    try:
        version = client.kept.get("version", _KEPT, lambda: client.get("/version", entities.Metadata).version)
    except GitLabWorkflowError:
        return False
    found = _NUMBERS.match(version)
    return found is not None and (int(found[1]), int(found[2])) >= since
