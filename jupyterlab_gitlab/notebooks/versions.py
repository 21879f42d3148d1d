"""Both versions of a notebook with their raw lines; what the two files share is read once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .beside import read_beside
from .lines import cell_lines
from .model import Notebook
from .parse import parse
from .places import CellLines
from .raw import RawPairing
from .rawtext import RawText


class Version(msgspec.Struct, frozen=True):
    """A notebook with the raw lines of its cells (None where they could not be told).

    A cell stands by its *offsets* further down than *lines* says.
    """

    notebook: Notebook
    lines: Sequence[CellLines] | None
    offsets: Sequence[int] | None = None
    in_layout: bool = False
    """Whether the lines were told by Jupyter's layout, in which cells stand on whole lines."""

    def lines_of(self, index: int) -> CellLines | None:
        """The raw lines of one cell."""
        if self.lines is None:
            return None
        lines = self.lines[index]
        return lines.shifted(self.offsets[index]) if self.offsets and self.offsets[index] else lines


class Versions(msgspec.Struct, frozen=True):
    """Both versions, with notes for the user. A cell that is the very same raw lines in both files, which git pairs,
    is the same object on both sides."""

    old: Version
    new: Version
    notes: list[str]
    pairing: RawPairing | None = None
    """Of the raw lines, if it is known."""


def read_versions(old: RawText | None, new: RawText | None, pairing: RawPairing | None = None) -> Versions | str:
    """Both versions, or why they can't be compared as notebooks.

    A side that does not exist or is empty is a notebook without cells.

    Parameters
    ----------
    pairing: of the raw lines, if it is known: what it says to be unchanged is read once.
    """
    notes: list[str] = []
    versions: list[Version] = []
    for name, text, other in (("old", old, new), ("new", new, old)):
        if text is None or (_is_blank(text) and other is not None and not _is_blank(other)):
            versions.append(Version(Notebook(raw=text or RawText(b""), nbformat=0, nbformat_minor=0, cells=[]), []))
            if text is not None:
                notes.append(f"The {name} version is empty.")
            continue
        version = _read(text, versions[0] if versions else None, pairing)
        if isinstance(version, str):
            return f"The {name} version can't be read as a notebook: {version}."
        notes += [f"The {name} version {note}." for note in version.notebook.notes]
        versions.append(version)
    before, after = versions
    return Versions(before, after, notes, pairing)


def _read(text: RawText, old: Version | None, pairing: RawPairing | None) -> Version | str:
    """A version; if it is the new one, its unchanged cells are those of the *old* one."""
    if old is not None and old.in_layout and old.lines and pairing is not None:
        found = read_beside(old.notebook, old.lines, text, pairing)
        if found is not None:
            return Version(found.notebook, found.lines, found.offsets)
    notebook = parse(text)
    if isinstance(notebook, str):
        return notebook
    lines, in_layout = cell_lines(notebook)
    return Version(notebook, lines, in_layout=in_layout)


def _is_blank(text: RawText) -> bool:
    return not text.data or text.data.isspace()
