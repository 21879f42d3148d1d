"""Changes that a note proposes in ```` ```suggestion:-0+0 ```` blocks, as records.

Follows GitLab's ``suggestion.rb``, ``suggestible.rb`` and ``lib/gitlab/diff/suggestions_parser.rb``. A suggestion
replaces whole lines of the new file round the line its note hangs on.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, NamedTuple

from ..diffs.positions import DiffRefs, Position, position_file
from ..instance import Instance
from ..merge_requests import versions
from ..store.sqlite import Row

MAX_CONTEXT = 100

SCHEMA = """
CREATE TABLE IF NOT EXISTS suggestions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    note_id INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    lines_above INTEGER NOT NULL,
    lines_below INTEGER NOT NULL,
    from_content TEXT NOT NULL,
    to_content TEXT NOT NULL,
    applied INTEGER NOT NULL DEFAULT 0,
    outdated INTEGER NOT NULL DEFAULT 0,
    commit_id TEXT
);
CREATE INDEX IF NOT EXISTS suggestions_by_note ON suggestions (note_id);
"""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(\S*)")
_CONTEXT = re.compile(r"(?:-(\d+))?(?:\+(\d+))?\Z")


class Block(NamedTuple):
    """One suggestion block of a note: its text without the last line end, and how far it reaches up and down."""

    text: str
    above: int
    below: int


def parse(body: str) -> list[Block]:
    """The suggestion blocks of a Markdown text, in order; one that is not closed ends with the text."""
    found: list[Block] = []
    fence, language = "", ""
    lines: list[str] = []
    for line in body.replace("\r\n", "\n").split("\n"):
        match = _FENCE.match(line)
        if not fence:
            if match and not (match[1][0] == "`" and "`" in line[match.end(1) :]):
                fence, language, lines = match[1], match[2], []
        elif match and match[1].startswith(fence) and not line[match.end(1) :].strip():
            found += _block(language, lines)
            fence = ""
        else:
            lines.append(line)
    return found + (_block(language, lines) if fence else [])


def _block(language: str, lines: list[str]) -> list[Block]:
    name, _, reach = language.partition(":")
    if name != "suggestion":
        return []
    context = _CONTEXT.match(reach)
    above, below = (int(number or 0) for number in context.groups()) if context else (0, 0)
    return [Block("\n".join(lines), above, below)]


def reach(suggestion: Row, line: int) -> tuple[int, int]:
    """First and last line that a suggestion on ``line`` replaces, 1-based."""
    above, below = (min(suggestion[column], MAX_CONTEXT) for column in ("lines_above", "lines_below"))
    return max(line - above, 1), line + below


def file_lines(instance: Instance, merge_request: Row, position: Position) -> list[str]:
    """The lines of the changed file as it is in the position's head, with their ends; empty where there is none.

    Bytes that are no UTF-8 are kept as surrogates.
    """
    file = position_file(versions.comparisons(instance, merge_request["project_id"]), position)
    if file is None or file.deleted_file:
        return []
    git = instance.repository(instance.store.get("projects", merge_request["project_id"]))
    content = git.blob(file.new_blob).decode("utf-8", "surrogateescape")
    return re.findall(r"[^\n]*\n|[^\n]+", content)


def save(instance: Instance, merge_request: Row, note: Row) -> None:
    """Read the suggestions of a new or changed note; those it had are gone. Removed lines take none."""
    instance.store.execute("DELETE FROM suggestions WHERE note_id = ?", note["id"])
    if note["type"] != "DiffNote" or note["system"]:
        return
    blocks, position = parse(note["body"]), Position.from_json(note["position"])
    if not blocks or position.position_type != "text" or position.new_line is None:
        return
    known = versions.comparisons(instance, merge_request["project_id"])
    file = position_file(known, position)
    if file is None or known.row_at(file, position.old_line, position.new_line) is None:
        return
    lines = file_lines(instance, merge_request, position)
    for block in blocks:
        first, last = reach({"lines_above": block.above, "lines_below": block.below}, position.new_line)
        replaced = lines[first - 1 : last]
        instance.store.insert(
            "suggestions",
            note_id=note["id"],
            lines_above=block.above,
            lines_below=block.below,
            from_content=_text("".join(replaced)),
            to_content=_replacement(block.text, replaced),
        )


def _text(content: str) -> str:
    return content.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _replacement(text: str, replaced: list[str]) -> str:
    """The new lines, ended as the last line they replace; a blank block takes the lines away."""
    if not text.strip():
        return ""
    end = re.search(r"\r\n|\r|\n", replaced[-1]) if replaced else None
    return text + (end[0] if end else "")


def of_merge_request(instance: Instance, merge_request: Row) -> dict[int, list[Row]]:
    """All suggestions under a merge request, by note."""
    rows = instance.store.rows(
        "SELECT suggestions.* FROM suggestions JOIN notes ON notes.id = note_id WHERE merge_request_id = ? ORDER BY"
        " suggestions.id",
        merge_request["id"],
    )
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["note_id"], []).append(row)
    return found


def outdated(instance: Instance, merge_request: Row, position: Position, suggestion: Row) -> bool:
    """Whether the lines are no longer those that the suggestion was written for."""
    if position.new_line is None:
        return True
    lines = file_lines(instance, merge_request, position)
    first, last = reach(suggestion, position.new_line)
    return not lines or _text("".join(lines[first - 1 : last])) != suggestion["from_content"]


class Applicability:
    """Tells which suggestions under one merge request GitLab would apply; git is asked once in a request."""

    def __init__(self, instance: Instance, merge_request: Row) -> None:
        self._instance, self._merge_request = instance, merge_request

    @cached_property
    def source_head(self) -> str | None:
        """Where the source branch stands; None when it is gone."""
        return versions.Heads(self._instance).source(self._merge_request)

    @cached_property
    def _current(self) -> DiffRefs | None:
        return versions.diff_refs(versions.latest(self._instance, self._merge_request))

    def objection(self, position: Position, suggestion: Row, *, cached: bool = True) -> str | None:
        """Why a suggestion at ``position`` is not applied, first reason first; None when it would be.

        ``cached`` trusts what the last push found of its lines instead of looking at them again.
        """
        state, single = self._merge_request["state"], not suggestion["lines_above"] and not suggestion["lines_below"]
        if suggestion["applied"]:
            return "Can't apply this suggestion."
        if state == "merged":
            return "This merge request was merged. To apply this suggestion, edit this file directly."
        if state == "closed":
            return "This merge request is closed. To apply this suggestion, edit this file directly."
        if self.source_head is None:
            return "Can't apply as the source branch was deleted."
        if max(suggestion["lines_above"], suggestion["lines_below"]) > MAX_CONTEXT:
            return f"Cannot apply as this suggestion spans more than {MAX_CONTEXT} lines."
        fresh = cached or not outdated(self._instance, self._merge_request, position, suggestion)
        if position.refs != self._current or not fresh or (cached and suggestion["outdated"]):
            return (
                f"Can't apply as {'this line was' if single else 'these lines were'} changed in a more recent version."
            )
        if suggestion["from_content"] == suggestion["to_content"]:
            return "This suggestion already matches its content."
        if (position.file_path or "").endswith("ipynb"):
            return "This file was modified for readability, and can't accept suggestions. Edit it directly."
        return None


def present(position: Position, suggestion: Row, applicability: Applicability) -> dict[str, Any]:
    """GitLab's Suggestion, of a note that hangs at ``position``."""
    first, last = reach(suggestion, position.new_line or 0)
    return {
        "id": suggestion["id"],
        "from_line": first,
        "to_line": last,
        "appliable": applicability.objection(position, suggestion) is None,
        "applied": bool(suggestion["applied"]),
        "from_content": suggestion["from_content"],
        "to_content": suggestion["to_content"],
    }
