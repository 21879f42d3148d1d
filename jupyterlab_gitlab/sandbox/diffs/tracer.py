"""Follow a comment's position from one version of a merge request to the next.

The rules are those of GitLab's PositionTracer, line strategy (``lib/gitlab/diff/position_tracer/line_strategy.rb``).
Names of the four commits: A old base, B old head, C new base, D new head.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .lines import map_line
from .positions import DiffRefs, Position
from .raw import Comparisons, FileDiff


@dataclass(frozen=True)
class Traced:
    """What became of a position: its new place, or, when outdated, the change that outdated it (None: nowhere)."""

    position: Position | None
    outdated: bool


def _by_old_path(files: Iterable[FileDiff], path: str | None) -> FileDiff | None:
    return next((file for file in files if file.old_path == path), None)


def _by_new_path(files: Iterable[FileDiff], path: str | None) -> FileDiff | None:
    return next((file for file in files if file.new_path == path), None)


def _map(file: FileDiff | None, line: int, *, to_new: bool) -> int | None:
    return line if file is None else map_line(file.rows, line, to_new=to_new)


class PositionTracer:
    """Traces positions of version ``old`` to version ``new`` of one merge request.

    ``paths`` limits the diffs to the files under discussion, so a file that a push renames away from them counts as
    removed, as in GitLab. Works in the repository behind ``comparisons``; raises what running git raises.
    """

    def __init__(
        self, comparisons: Comparisons, old: DiffRefs, new: DiffRefs, paths: Iterable[str] | None = None
    ) -> None:
        self._comparisons = comparisons
        self._old, self._new = old, new
        self._paths = None if paths is None else tuple(paths)

    def trace(self, position: Position) -> Traced | None:
        """Follow one position; None when it does not belong to the old version."""
        if position.refs != self._old:
            return None
        if position.position_type != "text":
            return self._trace_file(position)
        if position.kind == "new":
            return self._trace_added(position)
        if position.kind == "old":
            return self._trace_removed(position)
        return self._trace_unchanged(position)

    def _files(self, left: str, right: str) -> tuple[FileDiff, ...]:
        return self._comparisons.files(left, right, self._paths)

    @property
    def _a_to_c(self) -> tuple[FileDiff, ...]:
        return self._files(self._old.base_sha, self._new.base_sha)

    @property
    def _b_to_d(self) -> tuple[FileDiff, ...]:
        return self._files(self._old.head_sha, self._new.head_sha)

    @property
    def _c_to_d(self) -> tuple[FileDiff, ...]:
        return self._files(self._new.base_sha, self._new.head_sha)

    def _on_bases(self, position: Position, file: FileDiff | None, old: int | None, new: int | None) -> Position:
        refs = DiffRefs(self._old.base_sha, self._old.base_sha, self._new.base_sha)
        return position.at(refs, file, old, new)

    def _on_heads(self, position: Position, file: FileDiff | None, old: int | None, new: int | None) -> Position:
        refs = DiffRefs(self._old.head_sha, self._old.head_sha, self._new.head_sha)
        return position.at(refs, file, old, new)

    def _trace_added(self, position: Position) -> Traced:
        line = position.new_line
        assert line is not None
        heads = _by_old_path(self._b_to_d, position.new_path)
        d_path = heads.new_path if heads else position.new_path
        d_line = _map(heads, line, to_new=True)
        if d_line is None:
            return Traced(self._on_heads(position, heads, line, None), outdated=True)
        file = _by_new_path(self._c_to_d, d_path)
        c_line = _map(file, d_line, to_new=False)
        if c_line is None:
            return Traced(position.at(self._new, file, None, d_line), outdated=False)
        if file and self._comparisons.row_at(file, c_line, d_line):
            return Traced(position.at(self._new, file, c_line, d_line), outdated=False)
        bases = _by_new_path(self._a_to_c, file.old_path if file else d_path)
        return Traced(self._on_bases(position, bases, None, c_line), outdated=True)

    def _trace_removed(self, position: Position) -> Traced:
        line = position.old_line
        assert line is not None
        bases = _by_old_path(self._a_to_c, position.old_path)
        c_path = bases.new_path if bases else position.old_path
        c_line = _map(bases, line, to_new=True)
        if c_line is None:
            return Traced(self._on_bases(position, bases, line, None), outdated=True)
        file = _by_old_path(self._c_to_d, c_path)
        d_line = _map(file, c_line, to_new=True)
        if d_line is None:
            return Traced(position.at(self._new, file, c_line, None), outdated=False)
        heads = _by_new_path(self._b_to_d, file.new_path if file else c_path)
        return Traced(self._on_heads(position, heads, None, d_line), outdated=True)

    def _trace_unchanged(self, position: Position) -> Traced:
        a_line, b_line = position.old_line, position.new_line
        assert a_line is not None and b_line is not None
        bases = _by_old_path(self._a_to_c, position.old_path)
        c_path = bases.new_path if bases else position.old_path
        c_line = _map(bases, a_line, to_new=True)
        heads = _by_old_path(self._b_to_d, position.new_path)
        d_line = _map(heads, b_line, to_new=True)
        if d_line is None:
            return Traced(self._on_heads(position, heads, b_line, None), outdated=True)
        file = _by_old_path(self._c_to_d, c_path)
        if c_line is None:
            return Traced(position.at(self._new, file, None, d_line), outdated=False)
        if file and self._comparisons.row_at(file, c_line, d_line):
            return Traced(position.at(self._new, file, c_line, d_line), outdated=False)
        return Traced(None, outdated=True)

    def _trace_file(self, position: Position) -> Traced:
        """A comment on a whole file or an image: outdated as soon as the head's file changes (``file_strategy.rb``)."""
        heads = _by_old_path(self._b_to_d, position.new_path)
        if heads:
            return Traced(self._on_heads(position, heads, None, None), outdated=True)
        file = _by_new_path(self._c_to_d, position.new_path)
        if file:
            return Traced(position.at(self._new, file, None, None), outdated=False)
        bases = _by_old_path(self._a_to_c, position.old_path)
        return Traced(self._on_bases(position, bases, None, None) if bases else None, outdated=True)
