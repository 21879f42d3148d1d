"""Logistic regression by gradient descent, in plain Python."""

import math

from .data import FEATURES


def sigmoid(z):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


class ChurnModel:
    """Standardises the features, then fits one weight a feature."""

    def __init__(self, rate=0.3, epochs=60):
        self.rate = rate
        self.epochs = epochs
        self.losses = []

    def fit(self, rows):
        count = len(rows)
        self.means = [sum(row[f] for row in rows) / count for f in FEATURES]
        self.scales = [
            math.sqrt(sum((row[f] - mean) ** 2 for row in rows) / count) or 1.0 for f, mean in zip(FEATURES, self.means)
        ]
        self.weights = [0.0] * len(FEATURES)
        self.bias = 0.0
        inputs = [self._scaled(row) for row in rows]
        for _ in range(self.epochs):
            loss, steps, step = 0.0, [0.0] * len(FEATURES), 0.0
            for x, row in zip(inputs, rows):
                p = sigmoid(self.bias + sum(w * v for w, v in zip(self.weights, x)))
                error = p - row["churned"]
                loss -= math.log(p if row["churned"] else 1 - p)
                steps = [s + error * v for s, v in zip(steps, x)]
                step += error
            self.weights = [w - self.rate * s / count for w, s in zip(self.weights, steps)]
            self.bias -= self.rate * step / count
            self.losses.append(loss / count)
        return self

    def predict_proba(self, rows):
        return [sigmoid(self.bias + sum(w * v for w, v in zip(self.weights, self._scaled(row)))) for row in rows]

    def predict(self, rows, threshold=0.5):
        return [int(p >= threshold) for p in self.predict_proba(rows)]

    def _scaled(self, row):
        return [(row[f] - m) / s for f, m, s in zip(FEATURES, self.means, self.scales)]
