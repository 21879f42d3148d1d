"""Quick actions: lines like ``/close`` or ``/label ~bug`` in notes and descriptions.

Follows GitLab's ``lib/gitlab/quick_actions``: what is no known command stays text, a command that is known is taken out
of the text whether or not the writer may use it, and only those that may be used do something and say so.
"""

from __future__ import annotations

import re

from ...rest.errors import ApiError
from ...rest.routing import Request
from ...store.sqlite import Row
from . import changes, deeds
from .plan import Plan

_COMMANDS = {**changes.commands, **deeds.commands}
_SHRUG, _TABLEFLIP = "¯\\＿(ツ)＿/¯", "(╯°□°)╯︵ ┻━┻"


def _pattern(names: list[str]) -> re.Pattern[str]:
    """Commands on lines of their own, outside code, quotes and HTML blocks."""
    blocks = r"^```.+?\n```$|^>>>.+?\n>>>$|^<[^>]+?>\n.+?\n</[^>]+?>$"
    command = rf"^/(?P<command>{'|'.join(names)})(?: (?P<argument>[^\n]*))?(?:\s*\n|$)"
    return re.compile(f"{blocks}|{command}", re.MULTILINE | re.DOTALL | re.IGNORECASE)


def extract(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A text without its commands, and these: name in lower case and argument."""
    found: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        if not match["command"]:
            return match[0]
        found.append((match["command"].lower(), (match["argument"] or "").strip()))
        return ""

    def put(match: re.Match[str]) -> str:
        if not match["command"]:
            return match[0]
        symbol = _SHRUG if match["command"].lower() == "shrug" else _TABLEFLIP
        return f"{(match['argument'] or '').strip()} {symbol}".strip()

    content = _pattern(sorted(_COMMANDS, key=len, reverse=True)).sub(take, text.replace("\r", "")).rstrip()
    return _pattern(["shrug", "tableflip"]).sub(put, content), found


def plan(request: Request, merge_request: Row, commands: list[tuple[str, str]]) -> Plan:
    """What ``commands`` of the caller come to on a merge request."""
    made = Plan(request, merge_request)
    for name, argument in commands:
        made.used += _COMMANDS[name](made, argument)
    return made


def perform(made: Plan) -> str | None:
    """Do what a plan has besides changes of the merge request; the first failure in words, None when all went well."""
    problem = None
    for deed in made.deeds:
        try:
            deed()
        except ApiError as error:
            problem = problem or str(error.body["message"])
    return problem
