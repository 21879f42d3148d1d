"""Quick actions in notes: what is left of the text is saved, then the commands are carried out.

Follows GitLab's ``notes/create_service.rb`` and ``notes_helpers.rb#process_note_creation_result``: a note of commands
alone is never saved and answers 202, or 400 when nothing came of them; commands that fail beside a text answer 400
though the note is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..merge_requests import quick_actions
from ..merge_requests.update import change
from ..rest.errors import AnswerError, bad_request
from ..rest.routing import Reply, Request
from ..store.sqlite import Row
from .records import invalid


class Commands:
    """The quick actions in what somebody writes under a merge request; ``text`` is what is left without them."""

    def __init__(self, request: Request, merge_request: Row, body: str) -> None:
        self._request, self._merge_request = request, merge_request
        self.text, found = quick_actions.extract(body)
        if not found:
            self.text = body
        self._plan = quick_actions.plan(request, merge_request, found)
        self.alone = bool(found) and not self.text

    @property
    def changes(self) -> dict[str, Any]:
        """GitLab's ``commands_changes``."""
        return self._plan.changes

    @property
    def summary(self) -> list[str]:
        """GitLab's words for what was done, all in one."""
        return [" ".join(self._plan.messages)] if self._plan.messages else []

    def carry_out(self) -> str | None:
        """Do it; the first failure in words, None when all went well."""
        problem = None
        if self._plan.params:
            try:
                change(replace(self._request, params=self._plan.params), self._merge_request)
            except AnswerError as error:
                problem = str(error.body)
        problem = quick_actions.perform(self._plan) or problem
        if self.alone and self._plan.used and not self._plan.messages:
            problem = problem or "Failed to apply commands."
        return problem


def say(
    request: Request,
    merge_request: Row,
    save: Callable[[str], Row],
    show: Callable[[Row, dict[str, Any]], Any],
) -> Any:
    """Answer a request whose ``body`` becomes a note: ``save`` keeps the text, ``show`` presents it with the changes.

    Raises:
        ApiError: 400 as told above.
    """
    commands = Commands(request, merge_request, request.get("body", ""))
    note = None if commands.alone else save(commands.text)
    problem = commands.carry_out()
    if note is None:
        if problem:
            raise bad_request(problem)
        return Reply(202, {"commands_changes": commands.changes, "summary": commands.summary})
    if problem:
        raise invalid({"validation": [problem]})
    return show(request.store.get("notes", note["id"]), commands.changes)
