"""Chains: the heaviest pairs of indices that rise on both sides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Pair = tuple[int, int]


def heaviest_chain(pairs: Sequence[Pair], weights: Sequence[float]) -> list[Pair]:
    """The subset of *pairs* with the greatest total weight in which both indices rise strictly.

    O(n log n): a Fenwick tree over the second indices holds the best chain that ends at or before each.
    """
    order = sorted(range(len(pairs)), key=lambda k: (pairs[k][0], -pairs[k][1]))
    seconds = sorted({second for _, second in pairs})
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(seconds) + 1)
    before = [-1] * len(pairs)
    best: tuple[float, int] = (0.0, -1)
    for k in order:
        rank = bisect_left(seconds, pairs[k][1])
        at, found = rank, (0.0, -1)
        while at > 0:
            found = max(found, tree[at], key=lambda entry: entry[0])
            at -= at & -at
        before[k] = found[1]
        entry = (found[0] + weights[k], k)
        if entry[0] > best[0]:
            best = entry
        at = rank + 1
        while at < len(tree):
            if entry[0] > tree[at][0]:
                tree[at] = entry
            at += at & -at
    chain = []
    k = best[1]
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]
