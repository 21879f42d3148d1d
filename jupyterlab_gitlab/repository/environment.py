"""What git finds in its environment, so that it answers the same whatever the user configured.

The user's configuration stays in force where it is the user's wish (identity, hooks, signing, ``insteadOf``, proxies,
certificates, credential helpers); what only changes the form of the output is overridden.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

# Variables that send git to another repository or index, change its output, or write what it exchanges to a file.
_REMOVED = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_ATTR_SOURCE",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_CURL_VERBOSE",
        "GIT_DEFAULT_HASH",
        "GIT_DIFF_OPTS",
        "GIT_DIR",
        "GIT_EXTERNAL_DIFF",
        "GIT_GLOB_PATHSPECS",
        "GIT_GRAFT_FILE",
        "GIT_ICASE_PATHSPECS",
        "GIT_INDEX_FILE",
        "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_REDIRECT_STDERR",
        "GIT_REDIRECT_STDIN",
        "GIT_REDIRECT_STDOUT",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
        "LANG",
        "LANGUAGE",
    }
)

# Options of the command line, stronger than any configuration file.
OVERRIDES: tuple[str, ...] = (
    "core.quotePath=false",
    "color.ui=false",
    "column.ui=never",
    "diff.orderFile=/dev/null",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "log.follow=false",
    "log.showSignature=false",
)


def environment(*, read_only: bool, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of one git process.

    ``GIT_ASKPASS`` is empty, not absent: git then asks neither ``core.askPass`` nor ``SSH_ASKPASS`` for a password.
    *read_only* commands take no optional lock, look behind no replacement object (GitLab's comparisons don't either)
    and never fetch a missing object of a partial clone: each would be a round trip without a credential. Versions of
    git before 2.45 know no ``GIT_NO_LAZY_FETCH``; for them the fetch is stopped by allowing no protocol.
    """
    kept = {
        name: value for name, value in os.environ.items() if name not in _REMOVED and not name.startswith("GIT_TRACE")
    }
    kept["LC_ALL"] = "C"
    kept["GIT_TERMINAL_PROMPT"] = "0"
    kept["GIT_ASKPASS"] = ""
    kept["SSH_ASKPASS_REQUIRE"] = "never"
    kept["GCM_INTERACTIVE"] = "never"  # Git Credential Manager
    kept["GIT_PAGER"] = "cat"
    kept["GIT_EDITOR"] = ":"
    kept["GIT_MERGE_AUTOEDIT"] = "no"
    if read_only:
        kept["GIT_OPTIONAL_LOCKS"] = "0"
        kept["GIT_NO_REPLACE_OBJECTS"] = "1"
        kept["GIT_NO_LAZY_FETCH"] = "1"
        kept["GIT_ALLOW_PROTOCOL"] = "none"
    if extra:
        kept.update(extra)
    return kept


def quiet_ssh(configured: str | None) -> dict[str, str]:
    """Variables that keep ssh from asking anything. *configured* is the user's ``core.sshCommand``.

    A user who configured ssh is left alone: there is no terminal and no askpass program anyway.
    """
    if configured or os.environ.get("GIT_SSH_COMMAND") or os.environ.get("GIT_SSH"):
        return {}
    return {"GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
