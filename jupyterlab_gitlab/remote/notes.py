"""Notes of a merge request."""

from __future__ import annotations

from ..contract.discussions import Note
from ..contract.paths import file_path
from ..contract.positions import CellMark
from ..notebooks.positions.marker import split_mark
from . import entities
from .projects import user
from .scope import MAINTAINER, ProjectScope
from .times import utc


def note(scope: ProjectScope, iid: int, found: entities.Note) -> Note:
    """The contract's note; what leads back to a cell is left out of its text."""
    level = scope.access_level
    may_edit = found.author.id == scope.me.id or (level is not None and level >= MAINTAINER)
    return Note(
        id=found.id,
        author=user(found.author),
        body=split_mark(found.body)[0],
        created_at=utc(found.created_at),
        updated_at=utc(found.updated_at),
        system=found.system,
        can_edit=may_edit and not found.system,
        web_url=f"{scope.target.web_url}/-/merge_requests/{iid}#note_{found.id}",
    )


def cell_mark(found: entities.Note) -> CellMark | None:
    """The cell that a comment was made on, null for one on a line or on nothing."""
    mark = None if found.system else split_mark(found.body)[1]
    if mark is None:
        return None
    return CellMark(path=file_path(mark.path), side=mark.side, index=mark.index, id=mark.id, output=mark.output)
