"""The suggestions in the text of a comment."""

from __future__ import annotations

from collections.abc import Sequence

from ..contract.discussions import SuggestedRow, Suggestion
from ..notebooks.source import Changed, compare_lines
from ..notebooks.suggestions.blocks import blocks
from ..notebooks.suggestions.edit import shown_lines
from . import entities

_NOTEBOOK = ".ipynb"


def suggestions(
    body: str,
    position: entities.Position | None,
    known: Sequence[entities.Suggestion] = (),
    applied: frozenset[int] = frozenset(),
) -> list[Suggestion]:
    """Those of a comment on lines that are not removed; of any other GitLab takes none.

    Parameters
    ----------
    known: what GitLab knows of them, in the order of their blocks.
    applied: which of them were applied to a notebook.
    """
    if position is None or position.new_line is None:
        return []
    notebook = (position.new_path or "").endswith(_NOTEBOOK)
    made = []
    for index, block in enumerate(blocks(body)):
        theirs = known[index] if index < len(known) else None
        before = None if theirs is None or theirs.from_content is None else theirs.from_content
        old = None if before is None else shown_lines(before, notebook=notebook)
        made.append(
            Suggestion(
                index=index,
                begins=block.begins,
                ends=block.ends,
                id=None if theirs is None else theirs.id,
                above=block.above,
                below=block.below,
                lines=block.lines,
                old_lines=old,
                rows=_rows(old or [], block.lines),
                applied=index in applied or (theirs is not None and theirs.applied),
            )
        )
    return made


def _rows(old: Sequence[str], new: Sequence[str]) -> list[SuggestedRow]:
    rows = []
    for part in compare_lines(old, new):
        if not isinstance(part, Changed):
            rows += [SuggestedRow(kind="same", text=text) for text in new[part.new : part.new + part.count]]
        elif part.new is None:
            assert part.old is not None
            rows.append(SuggestedRow(kind="removed", text=old[part.old], spans=part.spans))
        else:
            rows.append(SuggestedRow(kind="added", text=new[part.new], spans=part.spans))
    return rows
