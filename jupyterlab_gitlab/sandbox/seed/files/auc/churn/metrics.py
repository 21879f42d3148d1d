"""How good the model is."""

import math


def accuracy(truth, predicted):
    return sum(t == p for t, p in zip(truth, predicted)) / len(truth)


def log_loss(truth, probabilities):
    return -sum(math.log(p if t else 1 - p) for t, p in zip(truth, probabilities)) / len(truth)


def confusion(truth, predicted):
    """Rows: stayed, left. Columns: predicted to stay, predicted to leave."""
    matrix = [[0, 0], [0, 0]]
    for t, p in zip(truth, predicted):
        matrix[t][p] += 1
    return matrix


def roc_auc(truth, scores):
    """The chance that a customer who left has a higher score than one who stayed."""
    left = [s for t, s in zip(truth, scores) if t]
    stayed = [s for t, s in zip(truth, scores) if not t]
    wins = sum((l > s) + 0.5 * (l == s) for l in left for s in stayed)
    return wins / (len(left) * len(stayed))
