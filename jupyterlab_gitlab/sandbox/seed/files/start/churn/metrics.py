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
