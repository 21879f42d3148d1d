"""Two versions of a notebook that holds every kind of cell, of change and of output."""

from __future__ import annotations

import base64
import json
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

KINDS = "kinds.ipynb"


def write_kinds(clone: Path) -> None:
    """Commit the old version to *clone* and leave the new one in its work tree."""
    identity = ["-c", "user.name=Mira", "-c", "user.email=mira@example.com"]
    (clone / KINDS).write_text(notebook("old"), encoding="utf-8")
    for arguments in (["add", KINDS], [*identity, "commit", "--quiet", "--message=Every kind"]):
        subprocess.run(["git", "-C", str(clone), *arguments], check=True)
    (clone / KINDS).write_text(notebook("new"), encoding="utf-8")


def picture(grey: int, size: int = 24) -> str:
    """A PNG of one grey, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([grey]) * size) * size
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(png).decode()


def shown(mime_type: str, value: Any) -> dict[str, Any]:
    """An output with one representation."""
    return {"output_type": "display_data", "metadata": {}, "data": {mime_type: value}}


def outputs(side: str) -> list[dict[str, Any]]:
    """One output of every kind, another one on each side."""
    number = {"old": 1, "new": 2}[side]
    table = (
        "<table><thead><tr><th></th><th>auc</th><th>loss</th></tr></thead><tbody>"
        f"<tr><th>train</th><td>0.9{number}</td><td>0.3</td></tr>"
        f"<tr><th>test</th><td>0.8{number}</td><td>0.4</td></tr></tbody></table>"
    )
    circle = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="{9 * number}"/></svg>'
    return [
        {"output_type": "stream", "name": "stdout", "text": f"epochs\nloss {number}\n"},
        {"output_type": "stream", "name": "stderr", "text": f"warning {number}\n"},
        {
            "output_type": "error",
            "ename": "KeyError",
            "evalue": f"'column {number}'",
            "traceback": ["Traceback (most recent call last)", f"KeyError: 'column {number}'"],
        },
        shown("image/png", picture(90 * number)),
        shown("image/svg+xml", circle),
        shown("text/html", table),
        shown("text/html", f"<p>The <b>answer</b> is <a href='https://example.org'>{number}</a>.</p>"),
        shown("text/markdown", f"The *answer* is {number}."),
        shown("text/latex", f"$x = {number}$"),
        shown("application/json", {"answer": number}),
        shown("application/vnd.vegalite.v5+json", {"mark": "bar", "data": {"values": [{"a": number}]}}),
        shown("application/x-unknown", f"{number}"),
    ]


def cell(kind: str, name: str, source: str, **more: Any) -> dict[str, Any]:
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source.splitlines(True), **code, **more}


def notebook(side: str) -> str:
    """The notebook as a file, ``old`` or ``new``."""
    is_new = side == "new"
    long = "\n".join(f"value_{line} = {line}" for line in range(40))
    kinds = [
        cell("code", kind, f"show({kind!r})", outputs=[output], execution_count=index + 1 + 20 * is_new)
        for index, output in enumerate(outputs(side))
        for kind in [f"kind-{index}"]
    ]
    moved = cell("code", "moved", "first = load('first')\nsecond = load('second')\nthird = load('third')")
    same = [cell("code", f"same-{index}", f"same_{index} = {index}") for index in range(4)]
    plot = cell("code", "plot", "plot()", outputs=outputs(side)[3:5] if is_new else [])
    only = cell("markdown", f"only-{side}", f"Written on the {side} side alone, about nothing else.")
    title = "# Every kind\n\nA [link](https://example.org)" + (" and **more** words.\n\n- one\n" if is_new else ".\n")
    cells = [
        *([] if is_new else [moved]),
        cell("markdown", "title", title),
        cell("code", "long", long + ("\nvalue_40 = load()\n" if is_new else "\nvalue_40 = read()\n")),
        *kinds,
        *same,
        plot,
        only,
        cell("raw", "raw", f"raw {side}"),
        *([moved] if is_new else []),
    ]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.12" if is_new else "3.11"},
    }
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
