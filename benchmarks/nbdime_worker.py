"""Compares pairs of notebooks with nbdime, in a process of its own that can be ended.

Reads lines of two paths, separated by a tab, and answers each with a line of JSON: seconds of processor time to read
both files (*read*) and to compare them (*diff*), or *error*.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from pathlib import Path

import nbformat
from nbdime.diffing.notebooks import diff_notebooks


def compare(old: str, new: str) -> dict[str, object]:
    """The times of one comparison."""
    texts = [Path(path).read_text("utf-8") for path in (old, new)]
    begun = time.thread_time()
    try:
        notebooks = [nbformat.reads(text, as_version=4) for text in texts]
        read = time.thread_time()
        diff_notebooks(*notebooks)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    return {"read": read - begun, "diff": time.thread_time() - read}


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable()
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        answers.write(json.dumps(compare(*line.rstrip("\n").split("\t"))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
