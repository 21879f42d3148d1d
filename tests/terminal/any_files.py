"""Files that may stand where a notebook should: bytes, and JSON with values of any type in the places of a notebook."""

from __future__ import annotations

import json

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=8), values, max_size=3),
    max_leaves=8,
)
OUTPUTS = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"]) | JSON},
    optional={
        key: JSON | st.lists(st.text(max_size=8), max_size=3)
        for key in ("text", "name", "ename", "evalue", "traceback", "execution_count")
    }
    | {
        "data": JSON
        | st.dictionaries(
            st.sampled_from(["text/plain", "text/html", "image/png", "image/jpeg", "text/markdown", "a/b+json"]),
            st.text(max_size=20) | JSON | st.lists(st.text(max_size=8), max_size=3),
            max_size=3,
        )
    },
)
CELLS = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON},
    optional={
        "source": st.text(max_size=40) | st.lists(st.text(max_size=12), max_size=4) | JSON,
        "outputs": st.lists(OUTPUTS | JSON, max_size=3) | JSON,
        "metadata": JSON,
        "id": st.sampled_from("abc") | JSON,
        "execution_count": st.integers(0, 9) | JSON,
    },
)
NOTEBOOKS = st.fixed_dictionaries(
    {"cells": st.lists(CELLS | JSON, max_size=4) | JSON},
    optional={"metadata": JSON, "nbformat": st.integers(2, 5) | JSON, "nbformat_minor": JSON, "worksheets": JSON},
).map(lambda value: json.dumps(value).encode())
FILES = st.binary(max_size=60) | NOTEBOOKS
