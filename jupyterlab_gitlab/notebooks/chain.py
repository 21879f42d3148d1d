"""Chains: the heaviest pairs of indices that rise on both sides."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

Pair = tuple[int, int]


def heaviest_chain(pairs: Sequence[Pair], weights: Sequence[float]) -> list[Pair]:
    """The subset of *pairs* with the greatest total weight in which both indices rise strictly; weights are positive.

    O(n log n): a Fenwick tree over the second indices holds the best chain that ends at or before each.
    """
    if all(i < k and j < m for (i, j), (k, m) in pairwise(pairs)):
        return list(pairs)
    order = sorted(range(len(pairs)), key=lambda k: (pairs[k][0], -pairs[k][1]))
    seconds = sorted({second for _, second in pairs})
    size = len(seconds) + 1
    tree_weight, tree_pair = [0.0] * size, [-1] * size
    before = [-1] * len(pairs)
    best_weight, best_pair = 0.0, -1
    for k in order:
        rank = bisect_left(seconds, pairs[k][1])
        at, weight, found = rank, 0.0, -1
        while at:
            if tree_weight[at] > weight:
                weight, found = tree_weight[at], tree_pair[at]
            at &= at - 1
        before[k] = found
        weight += weights[k]
        if weight > best_weight:
            best_weight, best_pair = weight, k
        at = rank + 1
        while at < size:
            if weight > tree_weight[at]:
                tree_weight[at], tree_pair[at] = weight, k
            at += at & -at
    chain = []
    while best_pair >= 0:
        chain.append(pairs[best_pair])
        best_pair = before[best_pair]
    return chain[::-1]
