"""The local clone, through the git binary.

:class:`.clone.Clones` finds the clone that a folder of the server lies in; :class:`.clone.Clone` does everything with
it. All calls are synchronous and thread-safe; services run them in the pool. They answer with structs of the contract
and raise :class:`jupyterlab_gitlab.contract.errors.GitLabWorkflowError`. Nothing here knows GitLab's API.
"""

from __future__ import annotations

from .cached_clones import CachedClone, CachedClones
from .clone import Clone, Clones
from .remotes import Address, parse_url
from .values import Cancel, Credential, FileVersion, Limits

__all__ = [
    "Address",
    "CachedClone",
    "CachedClones",
    "Cancel",
    "Clone",
    "Clones",
    "Credential",
    "FileVersion",
    "Limits",
    "parse_url",
]
