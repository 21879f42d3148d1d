"""The notebooks of the browser benchmark: each committed, then all run again."""

from __future__ import annotations

import base64
import json
import random
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Cell = dict[str, Any]
Output = Callable[[random.Random, int], dict[str, Any]]


class Pair(NamedTuple):
    """A notebook: its path, and what must be read in it: words of the first cell and of its output.

    The words of the output are the same on both sides: a view may mark what differs beside them.
    """

    path: str
    cells: int
    output: Output
    source: str = "# step 0"
    value: str = "value of cell 0"


def table(numbers: random.Random, cell: int) -> dict[str, Any]:
    """What pandas shows of ten rows and eight columns."""
    head = "".join(f"      <th>column {column}</th>\n" for column in range(8))
    rows = "".join(
        f"    <tr>\n      <th>{row}</th>\n"
        + "".join(f"      <td>{numbers.uniform(0, 1000):.6f}</td>\n" for _ in range(8))
        + "    </tr>\n"
        for row in range(10)
    )
    html = (
        '<div>\n<table border="1" class="dataframe">\n  <thead>\n    <tr style="text-align: right;">\n'
        f"      <th></th>\n{head}    </tr>\n  </thead>\n  <tbody>\n{rows}  </tbody>\n</table>\n</div>"
    )
    text = "\n".join(" ".join(f"{numbers.uniform(0, 1000):11.6f}" for _ in range(8)) for _ in range(10))
    return {
        "output_type": "execute_result",
        "data": {"text/html": html.splitlines(True), "text/plain": text.splitlines(True)},
        "metadata": {},
    }


def picture(numbers: random.Random, cell: int) -> dict[str, Any]:
    """A picture of about 190 kB that no compression makes smaller."""
    width, height = 320, 200
    raw = b"".join(b"\0" + numbers.randbytes(3 * width) for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(raw, 1))
        + chunk(b"IEND", b"")
    )
    data = {"image/png": base64.b64encode(png).decode(), "text/plain": "<Figure size 320x200>"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


PAIRS = {
    "empty": Pair("empty.ipynb", 1, table),
    "20": Pair("cells-20.ipynb", 20, table),
    "150": Pair("cells-150.ipynb", 150, table),
    "300": Pair("cells-300.ipynb", 300, table),
    "images": Pair("images.ipynb", 40, picture),
}
"""By name; ``images`` has 10 MB a side."""


def notebook(pair: Pair, run: str) -> str:
    """The notebook as it was left by a run, ``old`` or ``new``: the code is the same, every output is another."""
    numbers = random.Random(f"{pair.path} {run}")
    cells = []
    for index in range(pair.cells):
        printed = {"output_type": "stream", "name": "stdout", "text": [f"{run} value of cell {index}\n"]}
        shown = pair.output(numbers, index)
        count = index + 1 if run == "old" else pair.cells + index + 1
        if shown["output_type"] == "execute_result":
            shown["execution_count"] = count
        source = [
            f"# step {index}\n",
            f"frame_{index} = load({index})\n",
            f"total_{index} = frame_{index}.sum()\n",
            f"show(frame_{index})",
        ]
        cells.append(
            {
                "cell_type": "code",
                "id": f"cell-{index}",
                "metadata": {},
                "execution_count": count,
                "source": source,
                "outputs": [printed, shown],
            }
        )
    language = {"name": "python", "version": "3.12.0"}
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": language,
    }
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def write_clone(folder: Path) -> Path:
    """A repository in *folder* with every pair: the old side committed, the new one in the work tree."""
    folder.mkdir(parents=True)

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org"]
        subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch=main")
    for run in ("old", "new"):
        for pair in PAIRS.values():
            (folder / pair.path).write_text(notebook(pair, run), encoding="utf-8")
        if run == "old":
            git("add", "--all")
            git("commit", "--quiet", "--message=Run all")
    return folder
