"""Files of every kind that the diff view has a face for, each in the version before and the version after."""

from __future__ import annotations

import base64
import json
import math
import random
import struct
import zlib
from pathlib import Path
from typing import Any, NamedTuple

Cell = dict[str, Any]


class Versions(NamedTuple):
    """Both versions of a file; None where there is none. *old_path*: where it was before, if at another place."""

    old: bytes | None
    new: bytes | None
    old_path: str | None = None


def notebook(cells: list[Cell], **metadata: Any) -> bytes:
    """A notebook as Jupyter writes it; the cells' ids are their places in the list unless they have one."""
    named = [{**cell, "id": cell.get("id", f"cell-{place}")} for place, cell in enumerate(cells)]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    whole = {
        "cells": named,
        "metadata": {**kernel, "language_info": {"name": "python"}, **metadata},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def code(source: str, *outputs: dict[str, Any], count: int | None = None, **more: Any) -> Cell:
    """A code cell."""
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": list(outputs),
        "source": source.splitlines(True),
        **more,
    }


def markdown(source: str, **more: Any) -> Cell:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(True), **more}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """What was printed."""
    return {"output_type": "stream", "name": name, "text": text.splitlines(True)}


def display(**data: Any) -> dict[str, Any]:
    """A display; ``text_plain`` stands for ``text/plain``."""
    names = {name.replace("_", "/", 1): value for name, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": names}


def error(name: str, value: str, *lines: str) -> dict[str, Any]:
    """An exception with the traceback as IPython colours it."""
    red, none = "\x1b[0;31m", "\x1b[0m"
    traceback = [
        f"{red}{'-' * 75}{none}",
        f"{red}{name}{none}                                Traceback (most recent call last)",
        *lines,
        f"{red}{name}{none}: {value}",
    ]
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": traceback}


def table(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> dict[str, Any]:
    """What pandas shows of a data frame."""
    head = "".join(f"      <th>{column}</th>\n" for column in ("", *columns))
    body = "".join(
        f"    <tr>\n      <th>{name}</th>\n" + "".join(f"      <td>{value}</td>\n" for value in values) + "    </tr>\n"
        for name, *values in rows
    )
    html = (
        '<div>\n<table border="1" class="dataframe">\n  <thead>\n    <tr style="text-align: right;">\n'
        f"{head}    </tr>\n  </thead>\n  <tbody>\n{body}  </tbody>\n</table>\n</div>"
    )
    return display(text_html=html, text_plain=f"[{len(rows)} rows x {len(columns)} columns]")


def plot(bend: float, width: int = 460, height: int = 280) -> bytes:
    """A PNG with the curve of a classifier: the larger *bend*, the better it is."""
    left, bottom = 40, height - 30
    canvas = [bytearray(b"\xff" * 3 * width) for _ in range(height)]

    def dot(x: float, y: float, colour: tuple[int, int, int]) -> None:
        for row in (int(y), int(y) + 1):
            for column in (int(x), int(x) + 1):
                if 0 <= row < height and 0 <= column < width:
                    canvas[row][3 * column : 3 * column + 3] = bytes(colour)

    for step in range(4000):
        share = step / 4000
        x = left + share * (width - left - 20)
        dot(x, bottom, (90, 90, 90))
        dot(left, 15 + share * (bottom - 15), (90, 90, 90))
        if step % 200 < 100:
            dot(x, bottom - share * (bottom - 25), (170, 170, 170))
        dot(x, bottom - (1 - math.pow(1 - share, bend)) * (bottom - 25), (31, 119, 180))
    raw = b"".join(b"\0" + bytes(row) for row in canvas)
    return _png(width, height, raw)


def _png(width: int, height: int, raw: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def picture(bend: float, **size: int) -> dict[str, Any]:
    """The curve as an output."""
    data = base64.b64encode(plot(bend, **size)).decode() + "\n"
    return display(image_png=data, text_plain="<Figure size 460x280 with 1 Axes>")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")


def vega(values: list[int]) -> dict[str, Any]:
    """A bar chart for Vega-Lite, with the words that Altair puts beside it."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"month": month, "sales": sales} for month, sales in zip(_MONTHS, values, strict=True)]},
        "mark": "bar",
        "width": 260,
        "height": 150,
        "encoding": {
            "x": {"field": "month", "type": "ordinal", "sort": None},
            "y": {"field": "sales", "type": "quantitative"},
        },
    }
    made = display(text_plain="alt.Chart(...)")
    made["data"]["application/vnd.vegalite.v5+json"] = spec
    return made


_SETUP = "import pandas as pd\nfrom churn.model import fit\n\nframe = pd.read_csv('data/train.csv')"
_TRAIN = [
    "from sklearn.linear_model import LogisticRegression",
    "from sklearn.metrics import accuracy_score",
    "",
    "",
    "def fit_model(features, target, rate=0.1):",
    '    """Train on the months before the last one."""',
    "    model = LogisticRegression(C=1 / rate)",
    "    model.fit(features, target)",
    "    return model",
    "",
    "",
    "def split(frame):",
    "    last = frame.month.max()",
    "    train = frame[frame.month < last]",
    "    test = frame[frame.month == last]",
    "    return train, test",
    "",
    "",
    "train, test = split(frame)",
    "model = fit_model(train[COLUMNS], train.churned)",
    "score = accuracy_score(test.churned, model.predict(test[COLUMNS]))",
    'print(f"accuracy {score:.3f}")',
]


def _retrained() -> list[str]:
    lines = list(_TRAIN)
    lines[1] = "from sklearn.metrics import accuracy_score, roc_auc_score"
    lines[20] = "score = roc_auc_score(test.churned, model.predict_proba(test[COLUMNS])[:, 1])"
    lines[21:] = ['print(f"AUC {score:.3f}")  # reported in the table below']
    return lines


def _notebooks() -> dict[str, Versions]:
    quiet = [code(f"step_{place} = prepare(frame, {place})", count=place + 3) for place in range(5)]
    log = [f"epoch {epoch:2d}  loss {0.99 / (epoch + 1):.4f}" for epoch in range(30)]
    relog = [
        line if epoch % 11 else f"epoch {epoch:2d}  loss {0.9 / (epoch + 1):.4f}" for epoch, line in enumerate(log)
    ]
    scores = [("accuracy", "0.912", "0.874"), ("log loss", "0.231", "0.319")]
    rescored = [("accuracy", "0.912", "0.874"), ("log loss", "0.231", "0.302"), ("AUC", "0.958", "0.921")]
    frame = "  File <ipython-input>, line 21\n---> 21 score = accuracy_score(test.churned, guess)"
    story = "# Choice of metric\n\nAccuracy hides the **rare** class, so we look at\n\n- precision\n- recall\n"
    retold = story.replace("**rare** class, so we look at", "*rare* class; we report the AUC")
    retold += "- AUC, $\\int_0^1 t(f)\\,df$\n"

    def one(name: str, old: list[Cell], new: list[Cell]) -> tuple[str, Versions]:
        return f"notebooks/{name}.ipynb", Versions(notebook(old), notebook(new))

    cases = [
        one(
            "source",
            [code(_SETUP, count=1), *quiet, code("\n".join(_TRAIN), stream("accuracy 0.874\n"), count=8)],
            [code(_SETUP, count=1), *quiet, code("\n".join(_retrained()), stream("AUC 0.921\n"), count=9)],
        ),
        one("text", [code("train()", stream("\n".join(log)))], [code("train()", stream("\n".join(relog)))]),
        one(
            "error",
            [code("score()", error("NameError", "name 'guess' is not defined", frame))],
            [code("score()", error("ValueError", "y_true contains 3 labels", frame.replace("guess", "guesses")))],
        ),
        one("image", [code("plot(model)", picture(2.2))], [code("plot(model)", picture(3.6))]),
        one(
            "table",
            [code("scores", table(scores, ("train", "test")), count=4)],
            [code("scores", table(rescored, ("train", "test")), count=6)],
        ),
        one("markdown", [markdown(story)], [markdown(retold)]),
        one("interactive", [code("chart", vega([3, 5, 2, 8, 6, 4]))], [code("chart", vega([3, 6, 2, 8, 9, 4]))]),
        one(
            "moved",
            [code("import os", id="a"), code("load()", id="b"), code("clean()", id="c"), code("plot(model)", id="d")],
            [code("import os", id="a"), code("plot(model)", id="d"), code("load()", id="b"), code("clean()", id="c")],
        ),
        one(
            "kinds",
            [
                code("old_only()", stream("gone\n")),
                code("kind()", stream("a text\n"), id="kind"),
                code("html()", display(text_html="<b>12</b> left", text_plain="12"), id="html"),
                code("formula()", display(text_latex="$$x^2$$", text_plain="x"), id="latex"),
            ],
            [
                code("kind()", picture(2, width=200, height=120), id="kind"),
                code("html()", display(text_html="<b>14</b> left", text_plain="14"), id="html"),
                code("formula()", display(text_latex="$$x^3$$", text_plain="x"), id="latex"),
                code("new_only()", stream("new\n"), stream("careful\n", "stderr"), id="new"),
            ],
        ),
        one(
            "metadata",
            [code("parameters = 1", metadata={"tags": []}, id="p"), code("rest()", count=2, id="r")],
            [code("parameters = 1", metadata={"tags": ["parameters"]}, id="p"), code("rest()", count=7, id="r")],
        ),
    ]
    return dict(cases)


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _texts() -> dict[str, Versions]:
    def changed(*lines: str, **places: str) -> Versions:
        """*places*: what stands in line number ``l3`` afterwards."""
        new = [places.get(f"l{number}", line) for number, line in enumerate(lines, 1)]
        return Versions(_lines(*lines), _lines(*new))

    numbers = random.Random(1)  # noqa: S311 - made up
    rows = [f"{row},{numbers.uniform(0, 1):.4f},{'yes' if row % 3 else 'no'}" for row in range(40)]
    return {
        "texts/train.py": Versions(_lines(*_TRAIN), _lines(*_retrained())),
        "texts/report.md": changed(
            "# Report", "", "The score is *0.91*.", "", "See [the data](data.csv).", l3="The score is **0.93**."
        ),
        "texts/data.csv": changed("id,score,churned", *rows, l5="3,0.9999,no", l30="28,0.1111,yes"),
        "texts/params.json": changed("{", '  "rate": 0.1,', '  "depth": 4', "}", l2='  "rate": 0.05,'),
        "texts/model.R": changed(
            "library(mgcv)", "fit <- gam(y ~ s(x), data = d)", "# done", l2="fit <- gam(y ~ s(x, k = 20), data = d)"
        ),
        "texts/query.sql": changed("SELECT id, score", "FROM scores", "WHERE month = 3;", l3="WHERE month >= 3;"),
        "texts/blanks.py": Versions(
            _lines("def f(x):", "  return x", "", "print(f(1))"),
            _lines("def f(x):", "    return x", "", "print( f(2) )"),
        ),
        "texts/only-blanks.py": Versions(_lines("def f(x):", "  return x"), _lines("def f(x):", "    return x")),
        "texts/new.py": Versions(None, _lines("print('new')")),
        "texts/deleted.py": Versions(_lines("print('old')"), None),
    }


def _others() -> dict[str, Versions]:
    noise = random.Random(2)  # noqa: S311
    rename = _lines(*_TRAIN)
    long_old = [f"{row},{row * 7 % 1000}" for row in range(12_000)]
    long_new = [line if row % 4000 else f"{row},changed" for row, line in enumerate(long_old)]
    return {
        "others/curve.png": Versions(plot(2.2), plot(3.6)),
        "others/curve.svg": Versions(_svg("M0 80 Q 20 10 160 0"), _svg("M0 80 Q 60 30 160 0")),
        "others/model.bin": Versions(noise.randbytes(3000), noise.randbytes(4200)),
        "others/renamed-only.py": Versions(rename, rename, "others/before.py"),
        "others/renamed.py": Versions(rename, _lines(*_retrained()), "others/features.py"),
        "others/long.csv": Versions(_lines(*long_old), _lines(*long_new)),
        "others/broken.ipynb": Versions(
            notebook([code("a = 1")]), b'{"cells": [\n<<<<<<< ours\n "a"\n>>>>>>> theirs\n'
        ),
        "others/too-large.csv": Versions(b"1,2,3\n" * 8_400_000, b"1,2,4\n" * 8_400_000),
    }


def _svg(path: str) -> bytes:
    return _lines(
        '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90">',
        f'  <path d="{path}" fill="none" stroke="#1f77b4" stroke-width="2"/>',
        "</svg>",
    )


def all_files() -> dict[str, Versions]:
    """By the path of the version after (of the one before, where there is none after)."""
    return {**_notebooks(), **_texts(), **_others()}


def write(clone: Path, files: dict[str, Versions], side: str) -> None:
    """Put one side (``old`` or ``new``) into a work tree; what that side does not have is removed."""
    for path, versions in files.items():
        data = versions.old if side == "old" else versions.new
        place = clone / ((versions.old_path or path) if side == "old" else path)
        if side == "new" and versions.old_path is not None:
            (clone / versions.old_path).unlink()
        if data is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
