"""Commits as read from git, and what the API shows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..git.repository import EMPTY_TREE, Git
from ..instance import Instance
from ..projects.entity import web_url
from ..store.sqlite import Row
from ..store.times import commit_time
from . import pipeline_records

_PERSON = re.compile(r"(.*?) ?<([^>]*)> (-?\d+) ([+-]\d{4})\Z")
_TRAILER = re.compile(r"([A-Za-z0-9-]+): (.+)\Z")


@dataclass(frozen=True)
class Commit:
    """One commit object; dates in GitLab's form, ``tree`` and ``parents`` as full shas."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author_name: str
    author_email: str
    authored_date: str
    committer_name: str
    committer_email: str
    committed_date: str
    message: str

    @property
    def title(self) -> str:
        """The first line, cut at a word near 80 characters when it has 100 or more (GitLab's Commit#title)."""
        line = self.message.lstrip("\n").partition("\n")[0].strip()
        if len(line) < 100:
            return line
        cut = line[:80]
        return (cut.rpartition(" ")[0] or cut) + "…"


def read(git: Git, shas: Iterable[str]) -> list[Commit]:
    """The commits with these full shas, in the same order.

    Raises:
        GitError, ValueError: one of them is no commit of this repository.
    """
    wanted = list(shas)
    if not wanted:
        return []
    output = git.run("cat-file", "--batch", input="".join(f"{sha}\n" for sha in wanted).encode())
    found, position = [], 0
    for sha in wanted:
        end = output.index(b"\n", position)
        words = output[position:end].split()
        if len(words) != 3 or words[1] != b"commit":
            raise ValueError(f"{sha} is no commit")
        size = int(words[2])
        found.append(_parse(sha, output[end + 1 : end + 1 + size]))
        position = end + size + 2
    return found


def _parse(sha: str, raw: bytes) -> Commit:
    head, _, body = raw.partition(b"\n\n")
    fields: dict[str, list[str]] = {}
    encoding = "utf-8"
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        if name == b"encoding":
            encoding = value.decode("latin-1")
        if name:  # a line that starts with a blank goes on with a signature
            fields.setdefault(name.decode("latin-1"), []).append(value.decode("utf-8", "replace"))
    author, committer = _person(fields, "author"), _person(fields, "committer")
    try:
        message = body.decode(encoding, "replace")
    except LookupError:
        message = body.decode("utf-8", "replace")
    return Commit(sha, fields["tree"][0], tuple(fields.get("parent", ())), *author, *committer, message)


def _person(fields: dict[str, list[str]], role: str) -> tuple[str, str, str]:
    match = _PERSON.match(fields.get(role, [""])[0])
    if match is None:
        return "", "", commit_time(0, "+0000")
    return match[1], match[2], commit_time(int(match[3]), match[4])


def log(git: Git, *arguments: str, offset: int = 0, limit: int | None = None) -> list[Commit]:
    """The commits that ``git rev-list arguments`` gives, some skipped and not more than ``limit``."""
    bounds = [f"--skip={offset}"] if offset else []
    if limit is not None:
        bounds.append(f"--max-count={limit}")
    return read(git, git.text("rev-list", *bounds, *arguments).split())


def trailers(message: str) -> list[tuple[str, str]]:
    """The ``Key: value`` lines of the last paragraph, if it holds nothing else and is not the title."""
    paragraphs = re.split(r"\n\s*\n", message.strip())
    if len(paragraphs) < 2:
        return []
    matches = [_TRAILER.match(line) for line in paragraphs[-1].splitlines()]
    return [(match[1], match[2]) for match in matches if match] if all(matches) else []


def present(instance: Instance, project: Row, commit: Commit, *, with_trailers: bool = False) -> dict[str, Any]:
    """GitLab's Commit."""
    pairs = trailers(commit.message) if with_trailers else []
    extended: dict[str, list[str]] = {}
    for key, value in pairs:
        extended.setdefault(key, []).append(value)
    return {
        "id": commit.sha,
        "short_id": commit.sha[:8],
        "created_at": commit.committed_date,
        "parent_ids": list(commit.parents),
        "title": commit.title,
        "message": commit.message,
        "author_name": commit.author_name,
        "author_email": commit.author_email,
        "authored_date": commit.authored_date,
        "committer_name": commit.committer_name,
        "committer_email": commit.committer_email,
        "committed_date": commit.committed_date,
        "trailers": dict(pairs),
        "extended_trailers": extended,
        "web_url": f"{web_url(instance, project)}/-/commit/{commit.sha}",
    }


def present_detail(instance: Instance, project: Row, commit: Commit, *, stats: bool = True) -> dict[str, Any]:
    """GitLab's CommitDetail: a single commit with its counts and its newest pipeline."""
    shown = present(instance, project, commit, with_trailers=True)
    if stats:
        shown["stats"] = line_counts(instance.repository(project), commit)
    pipeline = pipeline_records.newest(instance, project["id"], commit.sha)
    last = None if pipeline is None else pipeline_records.present_basic(instance, pipeline)
    return {**shown, "status": last and last["status"], "project_id": project["id"], "last_pipeline": last}


def line_counts(git: Git, commit: Commit) -> dict[str, int]:
    """Lines added and removed against the first parent; binary files count nothing."""
    output = git.text("diff-tree", "-r", "--numstat", first_parent(commit), commit.sha)
    added = removed = 0
    for line in output.splitlines():
        plus, minus, _ = line.split("\t", 2)
        if plus != "-":
            added += int(plus)
            removed += int(minus)
    return {"additions": added, "deletions": removed, "total": added + removed}


def first_parent(commit: Commit) -> str:
    """What the changes of a commit are against: its first parent, or the empty tree."""
    parents: Sequence[str] = commit.parents
    return parents[0] if parents else EMPTY_TREE
