"""What GitLab itself writes under a merge request when something happens to it."""

from __future__ import annotations

import html
import secrets
from collections.abc import Sequence
from typing import Any

from ..instance import Instance
from ..store.sqlite import Row
from ..store.times import now


def write(instance: Instance, merge_request: Row, author: Row, body: str, **columns: Any) -> int:
    """Add a system note; ``columns`` place it inside a discussion instead of one of its own. Its id."""
    stamp = now()
    values = {"discussion_id": secrets.token_hex(20), "type": None, **columns}
    return instance.store.insert(
        "notes",
        merge_request_id=merge_request["id"],
        body=body,
        author_id=author["id"],
        created_at=stamp,
        updated_at=stamp,
        system=1,
        **values,
    )


def added_commits(
    instance: Instance, merge_request: Row, author: Row, commits: Sequence[tuple[str, str]], compare: str
) -> None:
    """``added N commits`` with a list of (sha, title), newest last, and a link to compare with the version before."""
    count = f"{len(commits)} commit{'' if len(commits) == 1 else 's'}"
    items = "".join(f"<li>{sha[:8]} - {html.escape(title)}</li>" for sha, title in commits)
    text = f"added {count}\n\n<ul>{items}</ul>\n\n[Compare with previous version]({compare})"
    write(instance, merge_request, author, text)


def people_changed(
    instance: Instance, merge_request: Row, author: Row, words: tuple[str, str], before: set[int], after: set[int]
) -> None:
    """``assigned to @a and unassigned @b``; ``words`` are the two verbs."""
    parts = []
    for verb, ids in zip(words, (after - before, before - after), strict=True):
        names = [instance.store.get("users", user)["username"] for user in sorted(ids)]
        if names:
            parts.append(f"{verb} {' and '.join('@' + name for name in names)}")
    if parts:
        write(instance, merge_request, author, " and ".join(parts))
