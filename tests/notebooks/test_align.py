from __future__ import annotations

import itertools
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.align import Match, align
from jupyterlab_gitlab.notebooks.chain import heaviest_chain
from jupyterlab_gitlab.notebooks.model import Cell

LOAD = "import pandas as pd\ndata = pd.read_csv('customers.csv')\ndata.head()"
TRAIN = "model = GradientBoosting(depth=4)\nmodel.fit(X_train, y_train)"
SCORE = "score = accuracy(y_test, model.predict(X_test))\nprint(score)"
PLOT = "plt.show()"


def cells(*sources: str, ids: str | None = None, kind: str = "code") -> list[Cell]:
    return [Cell(kind, source.splitlines(True), ids[index] if ids else None) for index, source in enumerate(sources)]


def pairs(old: list[Cell], new: list[Cell]) -> list[tuple[int | None, int | None]]:
    return [(match.old, match.new) for match in align(old, new)]


def test_an_inserted_cell_leaves_the_others_paired() -> None:
    assert pairs(cells(LOAD, SCORE), cells(LOAD, TRAIN, SCORE)) == [(0, 0), (None, 1), (1, 2)]


def test_an_edited_cell_is_still_itself_without_ids() -> None:
    edited = SCORE.replace("accuracy", "roc_auc").replace("print(score)", "print(f'{score:.3f}')")
    assert pairs(cells(LOAD, TRAIN, SCORE), cells(LOAD, TRAIN, edited)) == [(0, 0), (1, 1), (2, 2)]


def test_a_cell_that_has_grown_much_is_still_itself() -> None:
    grown = LOAD + "\n" + "\n".join(f"{name} = clean(data['{name}'], limit={at})" for at, name in enumerate("abcdefgh"))
    like = "\n".join(f"{name} = clean(frame['{name}'], limit={at})" for at, name in enumerate("abcd"))
    assert pairs(cells(LOAD, like), cells("# note", grown)) == [(None, 0), (0, 1), (1, None)]
    assert pairs(cells("# note", grown), cells(LOAD, like)) == [(0, None), (1, 0), (None, 1)]


def test_a_removed_cell_stands_after_its_former_predecessor_and_before_what_replaced_it() -> None:
    other = "from collections import Counter; words = Counter(); [words.update(line) for line in lines]"
    assert pairs(cells(LOAD, TRAIN, PLOT), cells(LOAD, other, PLOT)) == [(0, 0), (1, None), (None, 1), (2, 2)]


def test_ids_pair_cells_that_content_would_not() -> None:
    assert pairs(cells("x = 1", ids="a"), cells("# note\nx = 1 + offset", ids="a")) == [(0, 0)]


def test_an_id_whose_contents_share_nothing_pairs_nothing() -> None:
    prose = "This paragraph explains, in other terms altogether, why customers leave"
    assert pairs(cells(TRAIN, ids="a"), cells(prose, ids="a")) == [(0, None), (None, 0)]


def test_an_id_that_moved_to_another_cell_gives_way_to_the_content() -> None:
    old, new = cells(LOAD, TRAIN, ids="ab"), cells("unrelated = words(only)", LOAD, TRAIN, ids="abc")
    assert pairs(old, new) == [(None, 0), (0, 1), (1, 2)]


def test_ids_that_occur_twice_are_ignored() -> None:
    assert pairs(cells(LOAD, TRAIN, ids="aa"), cells(TRAIN, ids="a")) == [(0, None), (1, 0)]


def test_regenerated_ids_do_not_matter() -> None:
    assert pairs(cells(LOAD, TRAIN, ids="ab"), cells(LOAD, TRAIN, ids="cd")) == [(0, 0), (1, 1)]


def test_a_moved_cell_is_one_moved_cell() -> None:
    found = align(cells(LOAD, TRAIN, SCORE), cells(SCORE, LOAD, TRAIN))
    assert found == [Match(2, 0, moved=True), Match(0, 1), Match(1, 2)]


def test_a_cell_moved_and_edited_is_found() -> None:
    edited = SCORE + "\nlog(score)"
    assert Match(2, 0, moved=True) in align(cells(LOAD, TRAIN, SCORE), cells(edited, LOAD, TRAIN))


def test_a_lone_short_cell_does_not_break_a_run() -> None:
    old = cells(PLOT, LOAD, TRAIN, SCORE)
    new = cells(LOAD + "\ndata.info()", TRAIN + "\ncheck(model)", SCORE + "\nlog(score)", PLOT)
    assert {(1, 0), (2, 1), (3, 2)} <= set(pairs(old, new))


def test_a_rewritten_cell_between_agreeing_neighbours_is_one_cell_when_there_are_no_ids() -> None:
    assert pairs(cells(LOAD, "x = 1", TRAIN), cells(LOAD, "y", TRAIN)) == [(0, 0), (1, 1), (2, 2)]
    assert pairs(cells(LOAD, "x = 1", TRAIN, ids="abc"), cells(LOAD, "y", TRAIN, ids="adc"))[1] == (1, None)


def test_unrelated_prose_is_not_one_cell() -> None:
    old = cells("The churn model reads every contract of the last three years", kind="markdown")
    new = cells("Plots below: a histogram by region and one by product line", kind="markdown")
    assert pairs(old, new) == [(0, None), (None, 0)]


def _many(count: int, seed: int) -> list[str]:
    picked = random.Random(seed)
    return [f"name_{picked.randrange(10**9)} = call_{picked.randrange(10**9)}(a, b)\nshow()" for _ in range(count)]


def test_large_gaps_are_cut_at_what_occurs_once() -> None:
    sources = _many(400, 1)
    edited = [source.replace("show()", "display()") for source in sources]
    assert pairs(cells(*sources), cells(*edited)) == [(index, index) for index in range(400)]


def test_large_gaps_of_equal_cells_pair_in_order() -> None:
    found = pairs(cells("first", *["x"] * 300, "a"), cells("other", *["x"] * 200, "b"))
    assert sum(old is not None and new is not None for old, new in found) >= 200


@given(st.data())
def test_every_cell_stands_in_the_result_once_and_in_order(data: st.DataObject) -> None:
    source = st.sampled_from([LOAD, TRAIN, SCORE, PLOT, "", "x", LOAD + TRAIN])
    names: Any = st.sampled_from("abcde")
    old, new = (
        [Cell("code", [text], identifier) for text, identifier in drawn]
        for drawn in (data.draw(st.lists(st.tuples(source, st.none() | names), max_size=7)) for _ in range(2))
    )
    found = align(old, new)
    assert sorted(match.old for match in found if match.old is not None) == list(range(len(old)))
    assert [match.new for match in found if match.new is not None] == list(range(len(new)))
    kept = [match.old for match in found if match.old is not None and not match.moved]
    assert kept == sorted(kept)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)), max_size=12))
def test_the_chain_rises_and_none_is_heavier(entries: list[tuple[int, int, int]]) -> None:
    weights = {(first, second): float(weight) for first, second, weight in entries}
    found = heaviest_chain(list(weights), list(weights.values()))
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(found))

    def heaviest(after: tuple[int, int]) -> float:
        following = [pair for pair in weights if pair[0] > after[0] and pair[1] > after[1]]
        return max((weights[pair] + heaviest(pair) for pair in following), default=0.0)

    assert sum(weights[pair] for pair in found) == heaviest((-1, -1))
