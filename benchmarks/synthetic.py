"""Notebooks of a size that a corpus seldom holds, made in code."""

from __future__ import annotations

import json
import random
from typing import Any

Document = dict[str, Any]


def document(cells: list[Any]) -> Document:
    """A notebook of these cells."""
    return {
        "cells": cells,
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def written(cells: list[Any]) -> bytes:
    """A notebook file as Jupyter writes it."""
    return json.dumps(document(cells), indent=1, ensure_ascii=False).encode() + b"\n"


def code(
    source: str, outputs: list[Any] | None = None, *, count: int | None = None, name: str | None = None
) -> Document:
    """A code cell; without *name* it has no id."""
    cell: Document = {"cell_type": "code", "execution_count": count}
    if name is not None:
        cell["id"] = name
    return {**cell, "metadata": {}, "outputs": outputs or [], "source": source.splitlines(keepends=True)}


def many_cells(count: int, *, edited: float, ids: bool, seed: int = 1) -> tuple[bytes, bytes]:
    """*count* cells of which the share *edited* has one word changed."""
    chance = random.Random(seed)
    old, new = [], []
    for number in range(count):
        name = f"cell-{number}" if ids else None
        source = _source(chance, number)
        changed = chance.random() < edited
        old.append(code(source, name=name))
        new.append(code(source.replace("total", "result", 1) if changed else source, name=name))
    return written(old), written(new)


def _source(chance: random.Random, number: int) -> str:
    words = [f"{chance.choice(_NAMES)}_{chance.randrange(200)}" for _ in range(6)]
    return (
        f"total = {words[0]}.groupby('{words[1]}').agg({{'{words[2]}': 'mean'}})\n"
        f"for name in {words[3]}[{number}:]:\n"
        f"    {words[4]}.append(total[name] * {chance.random():.3f})\n"
        f"print({words[5]})"
    )


_NAMES = ("frame", "model", "train", "score", "plot", "city", "price", "index", "query", "table")


def rerun(cells: int, rows: int = 20, *, seed: int = 1) -> tuple[bytes, bytes]:
    """*cells* cells, each with text and a pandas table of *rows* rows; all outputs differ, no source does."""
    sides = []
    for side in range(2):
        chance = random.Random(seed + side)
        sides.append(
            written(
                [
                    code(
                        f"frame = load('table_{number}.csv')\nprint(frame.shape)\nframe.head({number})",
                        [_text(chance), _table(chance, rows, number + cells * side)],
                        count=number + cells * side,
                        name=f"cell-{number}",
                    )
                    for number in range(cells)
                ]
            )
        )
    return sides[0], sides[1]


def _text(chance: random.Random) -> Document:
    lines = [f"epoch {number}: loss {chance.random():.6f}\n" for number in range(10)]
    return {"name": "stdout", "output_type": "stream", "text": lines}


def _table(chance: random.Random, rows: int, count: int) -> Document:
    columns = ["city", "count", "mean", "std", "min", "max"]
    values = [[f"{chance.gauss(10, 3):.6f}" for _ in columns] for _ in range(rows)]
    head = "".join(f"      <th>{column}</th>\n" for column in columns)
    body = "".join(
        f"    <tr>\n      <th>{index}</th>\n" + "".join(f"      <td>{value}</td>\n" for value in row) + "    </tr>\n"
        for index, row in enumerate(values)
    )
    html = (
        '<div>\n<table border="1" class="dataframe">\n  <thead>\n    <tr style="text-align: right;">\n      <th></th>\n'
        f"{head}    </tr>\n  </thead>\n  <tbody>\n{body}  </tbody>\n</table>\n</div>"
    )
    plain = "\n".join("  ".join(row) for row in [columns, *values])
    return {
        "data": {"text/html": html.splitlines(keepends=True), "text/plain": plain.splitlines(keepends=True)},
        "execution_count": count,
        "metadata": {},
        "output_type": "execute_result",
    }


def long_output(size: int, *, seed: int = 1) -> tuple[bytes, bytes]:
    """One cell whose text output has *size* bytes and differs in every hundredth line."""
    sides = []
    for side in range(2):
        lines = [
            f"step {number:>9}: {number * 7919 % 100_003:>6} {'x' * 60} {side if number % 100 == 0 else 0}\n"
            for number in range(size // 90)
        ]
        output = {"name": "stdout", "output_type": "stream", "text": lines}
        sides.append(written([code("run()", [output], name="a"), code("done()", name="b")]))
    return sides[0], sides[1]
