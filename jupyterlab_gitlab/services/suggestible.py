"""What can be suggested: the lines that a suggestion would replace."""

from __future__ import annotations

from ..contract.diffs import Anchor
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.suggestions import Suggestible, SuggestibleParams
from ..notebooks.model import Notebook
from ..notebooks.parse import parse
from ..notebooks.raw import Position, RawPairing
from ..notebooks.suggestions.blocks import MOST_LINES
from ..notebooks.suggestions.edit import EditError, Refusal, source_lines, text_lines
from ..remote.positions import position_refused
from . import comments
from .context import ServiceContext

_WHY: dict[Refusal, str] = {
    "not_source": "Some of these lines hold no cell source.",
    "several_cells": "These lines belong to several cells.",
    "overlapping": "Two of the suggestions change the same line.",
    "no_such_line": "The file does not have these lines.",
    "unreadable": "The file can't be read as a notebook of format 4.",
}
NOTEBOOK = ".ipynb"


def get(context: ServiceContext, params: SuggestibleParams) -> Suggestible:
    """The lines to be edited, and where the comment that suggests the change stands.

    Raises
    ------
    GitLabWorkflowError: ``suggestion_refused`` for lines that are no cell source, or too many; ``position_refused``.
    """
    clone = context.clone(params.folder)
    old, new = comments.texts(context, clone, params)
    if new is None:
        raise position_refused()
    cell_type, language = None, ""
    try:
        if params.new_path.endswith(NOTEBOOK):
            place, lines = source_lines(new.data, params.first, params.last)
            notebook = parse(new)
            if isinstance(notebook, Notebook):
                cell_type, language = notebook.cells[place.cell].cell_type, notebook.language
        else:
            lines = text_lines(new.data, params.first, params.last)
    except EditError as error:
        raise refused(error.refusal) from None
    above = params.last - params.first
    if above > MOST_LINES:
        raise GitLabWorkflowError(
            ErrorCode.SUGGESTION_REFUSED,
            f"A suggestion can't reach over more than {MOST_LINES} lines above its own.",
            "Suggest the change in parts.",
        )
    pairing = RawPairing(old, new)
    end, start = pairing.of_new(params.last), pairing.of_new(params.first)
    if not pairing.accepts(*end) or not pairing.accepts(*start):
        raise position_refused()
    return Suggestible(
        lines=lines,
        cell_type=cell_type,
        language=language,
        above=above,
        position=_anchor(end),
        start=_anchor(start) if above else None,
    )


def refused(refusal: Refusal) -> GitLabWorkflowError:
    """For lines that can't be replaced."""
    return GitLabWorkflowError(
        ErrorCode.SUGGESTION_REFUSED,
        _WHY[refusal],
        "Choose lines of one cell's source that no other suggestion changes.",
    )


def _anchor(position: Position) -> Anchor:
    return Anchor(old_line=position[0], new_line=position[1])
