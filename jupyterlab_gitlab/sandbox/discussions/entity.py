"""What the API shows of notes and discussions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ..accounts.users import basic_by_id
from ..diffs.positions import Position
from ..instance import Instance
from ..merge_requests.threads import resolvable
from ..store.sqlite import Row
from . import suggestions


class Presenter:
    """Shows the notes of one merge request; what many of them share is read once, for the length of one request."""

    def __init__(self, instance: Instance, merge_request: Row) -> None:
        self._instance, self._merge_request = instance, merge_request
        self._applicability = suggestions.Applicability(instance, merge_request)
        self._people: dict[int | None, dict[str, Any] | None] = {}

    def _person(self, key: int | None) -> dict[str, Any] | None:
        if key not in self._people:
            self._people[key] = basic_by_id(self._instance, key)
        return self._people[key]

    @cached_property
    def _suggestions(self) -> dict[int, list[Row]]:
        return suggestions.of_merge_request(self._instance, self._merge_request)

    def note(self, note: Row, commands_changes: dict[str, Any] | None = None) -> dict[str, Any]:
        """GitLab's Note."""
        merge_request, on_diff, open_ended = self._merge_request, note["type"] == "DiffNote", resolvable(note)
        position = Position.from_json(note["position"]) if on_diff else None
        shown: dict[str, Any] = {
            "id": note["id"],
            "type": note["type"],
            "body": note["body"],
            "author": self._person(note["author_id"]),
            "created_at": note["created_at"],
            "updated_at": note["updated_at"],
            "system": bool(note["system"]),
            "noteable_id": merge_request["id"],
            "noteable_type": "MergeRequest",
            "project_id": merge_request["project_id"],
        }
        if position is not None:
            shown |= {"commit_id": note["commit_id"], "position": position.entity()}
        shown["resolvable"] = open_ended
        if open_ended:
            shown |= {
                "resolved": note["resolved_at"] is not None,
                "resolved_by": self._person(note["resolved_by_id"]),
                "resolved_at": note["resolved_at"],
            }
        if position is not None:
            shown["suggestions"] = [
                suggestions.present(position, row, self._applicability) for row in self._suggestions.get(note["id"], ())
            ]
        return {
            **shown,
            "confidential": bool(note["internal"]),
            "internal": bool(note["internal"]),
            "imported": False,
            "imported_from": "none",
            "noteable_iid": merge_request["iid"],
            "commands_changes": commands_changes or {},
        }

    def discussion(self, notes: Sequence[Row]) -> dict[str, Any]:
        """GitLab's Discussion, of all its notes in order."""
        waiting = [note for note in notes if resolvable(note)]
        shown: dict[str, Any] = {
            "id": notes[0]["discussion_id"],
            "individual_note": notes[0]["type"] is None,
            "resolvable": bool(waiting),
        }
        if waiting:
            shown["resolved"] = all(note["resolved_at"] is not None for note in waiting)
        return {**shown, "notes": [self.note(note) for note in notes]}


def present_note(instance: Instance, merge_request: Row, note: Row) -> dict[str, Any]:
    """GitLab's Note, of a single one."""
    return Presenter(instance, merge_request).note(note)


def present_discussion(instance: Instance, merge_request: Row, notes: Sequence[Row]) -> dict[str, Any]:
    """GitLab's Discussion, of a single one."""
    return Presenter(instance, merge_request).discussion(notes)
