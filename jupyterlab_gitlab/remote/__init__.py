"""GitLab through python-gitlab: the only room that holds a token.

:class:`Connections` leads from the address of a git remote to its :class:`GitLabHost` (the account there) and its
:class:`GitLabProject` (everything else). Calls block, may come from several threads, return structs of the contract and
raise :class:`~..contract.errors.GitLabWorkflowError`. Importing this package loads neither python-gitlab nor requests
nor keyring: they come with the first call.
"""

from __future__ import annotations

from .addresses import RemoteAddress
from .connections import Connections
from .gitlab_host import GitCredential, GitLabHost
from .merge_request_data import MergeRequestSource
from .project import GitLabProject
from .review import GitLabReview
from .secret import Secret
from .sending import Sent
from .settings import HostSettings, RemoteSettings

__all__ = [
    "Connections",
    "GitCredential",
    "GitLabHost",
    "GitLabProject",
    "GitLabReview",
    "HostSettings",
    "MergeRequestSource",
    "RemoteAddress",
    "RemoteSettings",
    "Secret",
    "Sent",
]
