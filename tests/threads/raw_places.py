"""What stands on each raw line of a notebook, read from its JSON alone: an oracle that shares no code with the core."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:\n]|[^\s"{}\[\],:]+')


@dataclass
class Place:
    """*cell* and *output* count from 0; *source* is the line of the cell's source, from 1. Null: none of it."""

    cell: int | None = None
    source: int | None = None
    output: int | None = None


def raw_places(text: str) -> list[Place]:
    """A place for each raw line, in order. *text* is a notebook of format 4."""
    places = [Place()]
    path: list[str | int] = []  # keys and indices down to where we are
    naming = False  # whether a key comes
    for token in _TOKEN.findall(text):
        if token == "\n":
            places.append(Place())
        elif token in ("{", "["):
            _see(places[-1], path)
            path.append("" if token == "{" else 0)
            naming = token == "{"
        elif token in ("}", "]"):
            path.pop()
            _see(places[-1], path)
        elif token == ",":
            index = path.pop()
            path.append(index + 1 if isinstance(index, int) else "")
            naming = isinstance(index, str)
        elif token == ":":
            naming = False
        elif naming:
            path[-1] = json.loads(token)
            _see(places[-1], path)
        else:
            _see(places[-1], path, text=True)
    return places


def _see(place: Place, path: list[str | int], *, text: bool = False) -> None:
    if path[:1] != ["cells"] or len(path) < 2 or not isinstance(path[1], int):
        return
    place.cell = path[1]
    if path[2:3] == ["outputs"] and len(path) > 3 and isinstance(path[3], int):
        place.output = path[3]
    if text and path[2:3] == ["source"] and place.source is None:
        line = path[3] if len(path) > 3 else 0
        assert isinstance(line, int)
        place.source = line + 1
