from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.source import Changed, Same, compare_lines
from jupyterlab_gitlab.notebooks.spans import changed_spans

from .builders import line_texts, words

Row = tuple[str, int | None, int | None]


def rows(old: list[str], new: list[str], context: int | None = None) -> list[Row]:
    """Every line of a comparison: its kind and its indices."""
    found: list[Row] = []
    for part in compare_lines(old, new, context=context):
        if isinstance(part, Same):
            found += [("same", part.old + k, part.new + k) for k in range(part.count)]
        else:
            found.append(("removed" if part.new is None else "added", part.old, part.new))
    return found


source_lines = st.lists(st.one_of(words, line_texts), max_size=8)


@given(source_lines, source_lines)
def test_the_lines_of_a_comparison_give_back_both_sides(old: list[str], new: list[str]) -> None:
    found = rows(old, new)
    assert [i for _, i, _ in found if i is not None] == list(range(len(old)))
    assert [j for _, _, j in found if j is not None] == list(range(len(new)))
    for kind, i, j in found:
        if kind == "same":
            assert i is not None and j is not None and old[i] == new[j]


@given(source_lines)
def test_equal_sides_have_only_equal_lines(lines: list[str]) -> None:
    assert list(compare_lines(lines, list(lines))) == ([Same(0, 0, len(lines))] if lines else [])


@given(line_texts, line_texts)
def test_what_no_span_covers_is_in_both_texts(old: str, new: str) -> None:
    rests = []
    for text, spans in zip((old, new), changed_spans(old, new), strict=True):
        units = text.encode("utf-16-le")
        at, rest = 0, b""
        for start, stop in spans:
            assert at <= start < stop <= len(units) // 2
            rest += units[2 * at : 2 * start]
            at = stop
        rests.append((rest + units[2 * at :]).decode("utf-16-le"))  # spans never cut a character
    assert rests[0] == rests[1]


def test_spans_mark_whole_words() -> None:
    old, new = "score = accuracy(y, model.predict(X))", "score = roc_auc(y, model.predict_proba(X))"
    old_spans, new_spans = changed_spans(old, new)
    assert [old[slice(*span)] for span in old_spans] == ["accuracy", "predict"]
    assert [new[slice(*span)] for span in new_spans] == ["roc_auc", "predict_proba"]


def test_spans_count_utf16_code_units() -> None:
    assert changed_spans("😀 a", "😀 b") == (((3, 4),), ((3, 4),))


def test_a_small_change_in_a_very_long_line_is_marked_alone() -> None:
    long = "word " * 60_000
    assert changed_spans(f"{long}a {long}", f"{long}b😀 {long}") == (((300_000, 300_001),), ((300_000, 300_003),))


def test_a_very_long_change_gets_one_span() -> None:
    old, new = (f"value {' '.join(f'{letter}{number} same' for number in range(25_000))} end" for letter in "ab")
    assert changed_spans(old, new) == (((6, len(old) - 9),), ((6, len(new) - 9),))


def test_a_changed_line_is_a_removed_one_directly_followed_by_an_added_one() -> None:
    old = ["import os", "x = compute(1)", "print(x)"]
    new = ["import os", "# a new comment here", "x = compute(2)", "print(x)"]
    assert rows(old, new) == [
        ("same", 0, 0),
        ("added", None, 1),
        ("removed", 1, None),
        ("added", None, 2),
        ("same", 2, 3),
    ]


def test_context_leaves_out_what_is_far_from_a_change() -> None:
    old = [str(number) for number in range(20)]
    new = [*old[:10], "x", *old[10:]]
    found = list(compare_lines(old, new, context=2))
    assert found == [Same(8, 8, 2), Changed(None, 10), Same(10, 11, 2)]
    new[3] = "y"
    found = list(compare_lines(old, new, context=2))
    assert [part for part in found if isinstance(part, Same)] == [
        Same(1, 1, 2),
        Same(4, 4, 2),
        Same(8, 8, 2),
        Same(10, 11, 2),
    ]


@pytest.mark.parametrize("size", [31, 6_000])
def test_large_rewritten_blocks_pair_by_order(size: int) -> None:
    old = [f"value_{number} = old({number})" for number in range(size)]
    new = [f"value_{number} = new({number})" for number in range(size)]
    kinds = [kind for kind, _, _ in rows(old, new)]
    assert kinds[:4] == ["removed", "added", "removed", "added"]
    assert kinds.count("removed") == kinds.count("added") == size


def test_after_a_thousand_changed_lines_one_stretch_of_each_is_marked() -> None:
    old = [f"before {number} one {number} two" for number in range(1_001)]
    new = [f"before {number} 1 {number} 2" for number in range(1_001)]
    found = [part for part in compare_lines(old, new) if isinstance(part, Changed)]
    marked = [[text[slice(*span)] for span in part.spans] for part, text in zip(found[1::2], new, strict=True)]
    assert marked[0] == ["1", "2"] and marked[999] == ["1", "2"]
    assert marked[1_000] == ["1 1000 2"]
