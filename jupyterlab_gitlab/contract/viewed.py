"""What a reviewer has ticked off in a merge request, by contents: a mark holds for as long as those stay.

Digests are the page's: the server keeps them without looking at them.
"""

from __future__ import annotations

from .base import Body, Reply


class ViewedMarks(Reply, kw_only=True):
    """This user's marks. *files*: the digest under which a file was ticked off, by path id; *cells*: those of cells."""

    files: dict[str, str]
    cells: dict[str, list[str]]


class ViewedBody(Body, kw_only=True):
    """The marks of one file, in place of those it had. *file* is null where the file as a whole is not ticked off."""

    path: str
    file: str | None = None
    cells: list[str] = []
