"""Two versions of a file to the diff that fits them: by cells, by lines, or none."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable

from ..contract.diffs import BinaryDiff, FileDiff, FileSide, NotebookDiff, TextDiff
from ..contract.paths import file_path
from .align import Match, align
from .cells import CellMaker
from .classify import summarise_cells
from .metadata import notebook_changes
from .model import Notebook
from .numbering import view_numbering
from .raw import RawPairing, is_binary
from .rawtext import RawText
from .text import text_rows
from .versions import Versions, read_versions

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
    ignore_whitespace: bool = False,
    proceed: Callable[[], object] = lambda: None,
) -> FileDiff:
    """Compare two versions of a file. Never raises, but for what *proceed* raises.

    Parameters
    ----------
    old, new: the bytes; None for the side of an added or deleted file (one of them at least is given).
    old_path, new_path: bytes relative to the top of the work tree.
    old_revision, new_revision: what the caller asked for, handed on.
    old_blob, new_blob: blob ids where known; else git's SHA-1 of the bytes.
    ignore_whitespace: lines of sources and texts that differ in blanks only are the same.
    proceed: called again and again, at least at each changed cell or line; what it raises ends the work.
    """
    old_side = _side(old, old_path, old_revision, old_blob)
    new_side = _side(new, new_path, new_revision, new_blob)
    texts = _raw(old), _raw(new)
    reason = pairing = None
    if old_path.endswith(_SUFFIX) or new_path.endswith(_SUFFIX):
        pairing = RawPairing(*texts)
        proceed()
        found = read_versions(*texts, pairing)
        if not isinstance(found, str):
            sides = old_side, new_side
            return _notebook_diff(found, pairing, sides, proceed, ignore_whitespace=ignore_whitespace)
        reason = found
    equal = old == new
    if is_binary(old or b"") or is_binary(new or b""):
        mime_type = mimetypes.guess_type((new_path if new is not None else old_path).decode("utf-8", "replace"))[0]
        return BinaryDiff(old=old_side, new=new_side, equal=equal, mime_type=mime_type, reason=reason)
    rows, truncated = text_rows(*texts, pairing, ignore_whitespace=ignore_whitespace, proceed=proceed)
    return TextDiff(old=old_side, new=new_side, equal=equal, reason=reason, rows=rows, truncated=truncated)


def _raw(data: bytes | None) -> RawText | None:
    return None if data is None else RawText(data)


def _side(data: bytes | None, path: bytes, revision: str, blob: str | None) -> FileSide | None:
    if data is None:
        return None
    if blob is None:
        header = b"blob %d\0" % len(data)
        digest = hashlib.sha1(header, usedforsecurity=False)
        digest.update(data)
        blob = digest.hexdigest()
    return FileSide(path=file_path(path), revision=revision, blob=blob, size=len(data))


def _notebook_diff(
    versions: Versions,
    pairing: RawPairing,
    sides: tuple[FileSide | None, FileSide | None],
    proceed: Callable[[], object],
    *,
    ignore_whitespace: bool,
) -> NotebookDiff:
    proceed()
    old, new, notes = versions.old.notebook, versions.new.notebook, versions.notes
    if versions.old.lines is None or versions.new.lines is None:
        notes.append("The raw line numbers of some cells are unknown: comments can't be placed there.")
    if old.cells and new.cells and (old_ids := _ids(old)) and (new_ids := _ids(new)) and old_ids.isdisjoint(new_ids):
        notes.append("All cell ids differ: cells were matched by their contents.")
    if pairing.equal:
        matches = [Match(index, index) for index in range(len(new.cells))]
    else:
        matches = align(old.cells, new.cells, proceed)
        proceed()
    numbering = None if pairing.equal else view_numbering(versions)
    for notebook in (old, new):
        notebook.raw.forget_lines()
    maker = CellMaker(versions.old, versions.new, pairing, numbering, ignore_whitespace=ignore_whitespace)
    cells = maker.cells(matches, proceed)
    metadata = notebook_changes(old, new) if old.nbformat and new.nbformat else []
    return NotebookDiff(
        old=sides[0],
        new=sides[1],
        equal=pairing.equal,
        language=new.language or old.language,
        summary=summarise_cells(cells, metadata, pairing.equal),
        cells=cells,
        metadata=metadata,
        notes=notes,
    )


def _ids(notebook: Notebook) -> set[str]:
    return {cell.id for cell in notebook.cells if cell.id is not None}
