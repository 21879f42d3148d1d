"""What a reviewer has ticked off. It is kept on this machine: GitLab has no place for it in its API."""

from __future__ import annotations

from typing import Any

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from ..contract.viewed import ViewedBody, ViewedMarks
from .context import ServiceContext

LONGEST_PATH = 4_096
LONGEST_DIGEST = 128
MOST_CELLS = 5_000  # of one file
MOST_CHARACTERS = 1_000_000  # of one merge request; beyond, the files ticked off first lose their marks


def listed(context: ServiceContext, params: FolderParams, iid: int) -> ViewedMarks:
    """This user's marks in a merge request."""
    return _marks(context.viewed.read(_key(context, params, iid)))


def put(context: ServiceContext, params: FolderParams, iid: int, body: ViewedBody) -> ViewedMarks:
    """Sets the marks of one file; all marks.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for what is too much to be true, ``disk_full``, ``internal``.
    """
    digests = [*body.cells, *([] if body.file is None else [body.file])]
    if (
        not 0 < len(body.path) <= LONGEST_PATH
        or len(body.cells) > MOST_CELLS
        or any(not 0 < len(digest) <= LONGEST_DIGEST for digest in digests)
        or not all(text.isascii() for text in (body.path, *digests))
    ):
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "These can't be the marks of a file.")
    key = _key(context, params, iid)
    with context.viewed.lock:
        marks = _marks(context.viewed.read(key))
        marks.files.pop(body.path, None)
        marks.cells.pop(body.path, None)
        if body.file is not None:
            marks.files[body.path] = body.file
        if body.cells:
            marks.cells[body.path] = list(dict.fromkeys(body.cells))
        _bound(marks)
        context.viewed.write(key, {"files": marks.files, "cells": marks.cells} if marks.files or marks.cells else {})
    return marks


def _key(context: ServiceContext, params: FolderParams, iid: int) -> tuple[str | int, ...]:
    return (*context.project(params.folder).key(), iid)


def _marks(kept: dict[str, Any]) -> ViewedMarks:
    """What a record holds, as far as it is what was written."""
    files, cells = kept.get("files"), kept.get("cells")
    return ViewedMarks(
        files={path: digest for path, digest in files.items() if isinstance(digest, str)}
        if isinstance(files, dict)
        else {},
        cells={
            path: [digest for digest in digests if isinstance(digest, str)]
            for path, digests in cells.items()
            if isinstance(digests, list)
        }
        if isinstance(cells, dict)
        else {},
    )


def _bound(marks: ViewedMarks) -> None:
    """Forgets the oldest marks beyond :data:`MOST_CHARACTERS`, so that a record stays readable."""
    files = sum(len(path) + len(digest) for path, digest in marks.files.items())
    cells = sum(len(path) + sum(map(len, digests)) for path, digests in marks.cells.items())
    while files + cells > MOST_CHARACTERS:
        if files > cells:
            path = next(iter(marks.files))
            files -= len(path) + len(marks.files.pop(path))
        else:
            path = next(iter(marks.cells))
            cells -= len(path) + sum(map(len, marks.cells.pop(path)))
