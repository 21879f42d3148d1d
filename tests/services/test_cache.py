"""What is kept, and what goes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.services.cache import ByteCache


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache = ByteCache(40)
    for key in "abcd":
        cache.put(key, b"x" * 10)
    assert cache.get("a") == b"x" * 10
    cache.put("e", b"x" * 10)
    assert cache.get("b") is None
    assert [key for key in "acde" if cache.get(key) is not None] == list("acde")


def test_one_answer_never_drives_out_all_others() -> None:
    cache = ByteCache(40)
    cache.put("small", b"x")
    cache.put("large", b"x" * 11)
    assert cache.get("large") is None
    assert cache.get("small") == b"x"


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=12))))
def test_it_never_holds_more_than_its_limit_and_never_gives_a_wrong_answer(puts: list[tuple[int, bytes]]) -> None:
    cache, newest = ByteCache(40), {}
    for key, value in puts:
        cache.put(key, value)
        newest[key] = value
    kept = {key: value for key in range(10) if (value := cache.get(key)) is not None}
    assert sum(map(len, kept.values())) <= 40
    assert all(newest[key] == value for key, value in kept.items())
