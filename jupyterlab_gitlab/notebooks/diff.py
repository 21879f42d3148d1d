"""Two versions of a file to the diff that fits them: by cells, by lines, or none."""

from __future__ import annotations

import hashlib
import mimetypes

from ..contract.diffs import BinaryDiff, FileDiff, FileSide, NotebookDiff, TextDiff
from ..contract.paths import file_path
from .align import Match, align
from .cells import CellMaker
from .classify import summarise_cells
from .lines import CellLines, scan
from .metadata import notebook_changes
from .model import Notebook
from .parse import parse
from .raw import RawPairing
from .rows import RowMaker
from .shown import NotebookView, is_viewable
from .text import is_binary, text_rows

_SUFFIX = b".ipynb"


def diff_files(
    old: bytes | None,
    new: bytes | None,
    old_path: bytes,
    new_path: bytes,
    *,
    old_revision: str = "",
    new_revision: str = "",
    old_blob: str | None = None,
    new_blob: str | None = None,
) -> FileDiff:
    """Compare two versions of a file. Never raises.

    Parameters
    ----------
    old, new: the bytes; None for the side of an added or deleted file (one of them at least is given).
    old_path, new_path: bytes relative to the top of the work tree.
    old_revision, new_revision: what the caller asked for, handed on.
    old_blob, new_blob: blob ids where known; else git's SHA-1 of the bytes.
    """
    old_side = _side(old, old_path, old_revision, old_blob)
    new_side = _side(new, new_path, new_revision, new_blob)
    reason = None
    if old_path.endswith(_SUFFIX) or new_path.endswith(_SUFFIX):
        notebooks = _notebooks(old, new)
        if not isinstance(notebooks, str):
            return _notebook_diff(*notebooks, old, new, old_side, new_side)
        reason = notebooks
    equal = old == new
    if is_binary(old or b"") or is_binary(new or b""):
        mime_type = mimetypes.guess_type((new_path if new is not None else old_path).decode("utf-8", "replace"))[0]
        return BinaryDiff(old=old_side, new=new_side, equal=equal, mime_type=mime_type, reason=reason)
    rows, truncated = text_rows(old, new, RawPairing(old, new))
    return TextDiff(old=old_side, new=new_side, equal=equal, reason=reason, rows=rows, truncated=truncated)


def _side(data: bytes | None, path: bytes, revision: str, blob: str | None) -> FileSide | None:
    if data is None:
        return None
    if blob is None:
        header = b"blob %d\0" % len(data)
        digest = hashlib.sha1(header, usedforsecurity=False)
        digest.update(data)
        blob = digest.hexdigest()
    return FileSide(path=file_path(path), revision=revision, blob=blob, size=len(data))


def _notebooks(old: bytes | None, new: bytes | None) -> tuple[Notebook, Notebook, list[str]] | str:
    """Both notebooks with notes for the user, or why they can't be compared as such.

    A side that does not exist or is empty is a notebook without cells.
    """
    notes: list[str] = []
    parsed: list[Notebook] = []
    for name, data, other in (("old", old, new), ("new", new, old)):
        if data is None or (not data.strip() and other is not None and other.strip()):
            parsed.append(Notebook(data=data or b"", nbformat=0, nbformat_minor=0, cells=[]))
            if data is not None:
                notes.append(f"The {name} version is empty.")
            continue
        notebook = parse(data)
        if isinstance(notebook, str):
            return f"The {name} version can't be read as a notebook: {notebook}."
        notes += [f"The {name} version {note}." for note in notebook.notes]
        parsed.append(notebook)
    return parsed[0], parsed[1], notes


def _notebook_diff(
    old: Notebook,
    new: Notebook,
    notes: list[str],
    old_data: bytes | None,
    new_data: bytes | None,
    old_side: FileSide | None,
    new_side: FileSide | None,
) -> NotebookDiff:
    equal = old_data == new_data
    pairing = RawPairing(old_data, new_data)
    old_lines, new_lines = _scanned(old), _scanned(new)
    if old_lines is None or new_lines is None:
        notes.append("The raw line numbers of some cells are unknown: comments can't be placed there.")
    if old.cells and new.cells and (bool(_ids(old)) and bool(_ids(new))) and not _ids(old) & _ids(new):
        notes.append("All cell ids differ: cells were matched by their contents.")
    view = None if equal else _view(old, old_lines, new, new_lines)
    maker = CellMaker((old, old_lines), (new, new_lines), pairing, RowMaker(pairing, view))
    matches = [Match(k, k) for k in range(len(new.cells))] if equal else align(old.cells, new.cells)
    cells = [maker.cell(match) for match in matches]
    metadata = notebook_changes(old, new) if old.nbformat and new.nbformat else []
    return NotebookDiff(
        old=old_side,
        new=new_side,
        equal=equal,
        language=new.language or old.language,
        summary=summarise_cells(cells, metadata, equal),
        cells=cells,
        metadata=metadata,
        notes=notes,
    )


def _ids(notebook: Notebook) -> set[str]:
    return {cell.id for cell in notebook.cells if cell.id is not None}


def _scanned(notebook: Notebook) -> list[CellLines] | None:
    return scan(notebook) if notebook.nbformat else []


def _view(
    old: Notebook, old_lines: list[CellLines] | None, new: Notebook, new_lines: list[CellLines] | None
) -> NotebookView | None:
    """GitLab's notebook view of the change; None where GitLab shows the raw diff instead."""
    if old_lines is None or new_lines is None or not is_viewable(old, new):
        return None
    return NotebookView(
        (old, old_lines) if old.nbformat else None,
        (new, new_lines) if new.nbformat else None,
    )
