"""Where a comment hangs: the position object of GitLab's REST interface, read, checked and shown.

The schema is GitLab's ``app/validators/json_schemas/position.json``; which lines can be commented follows
``app/models/diff_note.rb`` and ``lib/gitlab/diff/position.rb``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from ..rest.parameters import Param
from .raw import Comparisons, FileDiff

_RANGE_KEYS = {"line_code", "type", "old_line", "new_line"}


@dataclass(frozen=True)
class DiffRefs:
    """The three commits of a diff: merge base, target head when the version was made, source head."""

    base_sha: str
    start_sha: str
    head_sha: str


@dataclass(frozen=True)
class Position:
    """One place in a diff. Line numbers are those of the raw files, 1-based."""

    base_sha: str | None
    start_sha: str | None
    head_sha: str | None
    position_type: str
    old_path: str | None = None
    new_path: str | None = None
    old_line: int | None = None
    new_line: int | None = None
    line_range: dict[str, Any] | None = None
    width: int | None = None
    height: int | None = None
    x: int | float | None = None
    y: int | float | None = None

    @property
    def refs(self) -> DiffRefs | None:
        """The position's three commits, None when one is missing."""
        if self.base_sha and self.start_sha and self.head_sha:
            return DiffRefs(self.base_sha, self.start_sha, self.head_sha)
        return None

    @property
    def file_path(self) -> str | None:
        return self.new_path or self.old_path

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(path for path in (self.old_path, self.new_path) if path))

    @property
    def kind(self) -> str | None:
        """``new`` for an added line, ``old`` for a removed one, None for an unchanged one (both numbers given)."""
        if self.old_line is not None and self.new_line is not None:
            return None
        return "new" if self.new_line is not None else "old"

    @property
    def complete(self) -> bool:
        if not self.file_path or self.refs is None:
            return False
        if self.position_type == "text":
            return self.old_line is not None or self.new_line is not None
        if self.position_type == "image":
            return None not in (self.x, self.y, self.width, self.height)
        return True

    def entity(self) -> dict[str, Any]:
        """The position as REST shows it: line keys for text, sizes for images, neither for whole files."""
        common: dict[str, Any] = {
            "base_sha": self.base_sha,
            "start_sha": self.start_sha,
            "head_sha": self.head_sha,
            "old_path": self.old_path,
            "new_path": self.new_path,
            "position_type": self.position_type,
        }
        if self.position_type == "text":
            return {**common, "old_line": self.old_line, "new_line": self.new_line, "line_range": self.line_range}
        if self.position_type == "image":
            return {**common, "width": self.width, "height": self.height, "x": self.x, "y": self.y}
        return common

    def to_json(self) -> str:
        return json.dumps({key: value for key, value in asdict(self).items() if value is not None})

    @classmethod
    def from_json(cls, text: str) -> Position:
        return cls(**json.loads(text))

    def at(self, refs: DiffRefs, file: FileDiff | None, old_line: int | None, new_line: int | None) -> Position:
        """The same comment in another diff; ``line_range`` goes along untouched, as GitLab leaves it."""
        return replace(
            self,
            base_sha=refs.base_sha,
            start_sha=refs.start_sha,
            head_sha=refs.head_sha,
            old_path=file.old_path if file else self.old_path,
            new_path=file.new_path if file else self.new_path,
            old_line=old_line,
            new_line=new_line,
        )


_END = (Param("line_code"), Param("type"), Param("old_line", "integer"), Param("new_line", "integer"))

PARAM = Param(
    "position",
    "hash",
    fields=(
        Param("base_sha", required=True),
        Param("start_sha", required=True),
        Param("head_sha", required=True),
        Param("position_type", required=True, values=("text", "image", "file")),
        Param("new_path"),
        Param("new_line", "integer"),
        Param("old_path"),
        Param("old_line", "integer"),
        Param("width", "integer"),
        Param("height", "integer"),
        Param("x", "float"),
        Param("y", "float"),
        Param("line_range", "hash", fields=(Param("start", "hash", fields=_END), Param("end", "hash", fields=_END))),
    ),
)
"""The ``position`` parameter of a route that starts a discussion. GitLab declares the numbers inside ``line_range`` as
strings but saves whole numbers only, so numbers in text become numbers here."""


def read_position(sent: Mapping[str, Any]) -> Position:
    """The position in a parameter that was checked against PARAM; keys that nobody declared are dropped."""
    kind = sent["position_type"]
    ends = sent.get("line_range")
    line_range = None
    if kind == "text" and ends:
        line_range = {
            name: {key: value for key, value in ends[name].items() if key in _RANGE_KEYS}
            for name in ("start", "end")
            if ends.get(name) is not None
        }
    keys = ("old_line", "new_line") if kind == "text" else ("width", "height", "x", "y") if kind == "image" else ()
    return Position(
        base_sha=sent["base_sha"] or None,
        start_sha=sent["start_sha"] or None,
        head_sha=sent["head_sha"] or None,
        position_type=kind,
        old_path=sent.get("old_path") or None,
        new_path=sent.get("new_path") or None,
        line_range=line_range,
        **{key: sent.get(key) for key in keys},
    )


def fits_schema(position: Position) -> bool:
    """Whether a position read from parameters also fits the JSON schema it is saved under."""
    shas = (position.base_sha, position.start_sha, position.head_sha)
    if any(sha is not None and len(sha) > 64 for sha in shas):
        return False
    if any(path is not None and len(path) > 1000 for path in (position.old_path, position.new_path)):
        return False
    for end in (position.line_range or {}).values():
        if not set(end) <= _RANGE_KEYS or not isinstance(end.get("line_code", ""), str):
            return False
        if len(end.get("line_code", "")) > 100 or len(end.get("type") or "") > 100:
            return False
    return True


def diff_left(comparisons: Comparisons, refs: DiffRefs) -> str | None:
    """The commit a version's diff starts from: the merge base, or ``start`` itself when the two are one."""
    if refs.start_sha == refs.base_sha:
        return refs.start_sha if comparisons.exists(refs.start_sha) else None
    return comparisons.merge_base(refs.start_sha, refs.head_sha)


def position_file(comparisons: Comparisons, position: Position) -> FileDiff | None:
    """The changed file a position lies in, None when there is no such change or a commit is unknown."""
    refs = position.refs
    if refs is None or not position.paths or not comparisons.exists(refs.head_sha):
        return None
    left = diff_left(comparisons, refs)
    if left is None:
        return None
    files = comparisons.files(left, refs.head_sha, position.paths)
    return files[0] if files else None


def position_line_code(comparisons: Comparisons, position: Position) -> str | None:
    """The line code of a text position, None when no comment can hang there."""
    file = position_file(comparisons, position)
    return comparisons.line_code(file, position.old_line, position.new_line) if file else None


def position_errors(comparisons: Comparisons, position: Position) -> dict[str, list[str]]:
    """What GitLab's models object to in a position, by field; empty when the comment may be saved."""
    errors: dict[str, list[str]] = {}
    if not fits_schema(position):
        errors["position"] = ["must be a valid json schema"]
        errors["original_position"] = ["must be a valid json schema"]
    if position.position_type == "text" and not position_line_code(comparisons, position):
        errors["line_code"] = ["can't be blank", "must be a valid line code"]
    if not position.complete:
        errors.setdefault("position", []).append("is incomplete")
    return errors
