"""Synthetic customers, the same on every machine."""

import math
import random

FEATURES = ("tenure_years", "monthly_price", "support_calls", "late_payments")


def customers(count=600, seed=7):
    """A list of dicts with the features above, a plan and `churned` (0 or 1)."""
    rng = random.Random(seed)
    rows = []
    for number in range(count):
        tenure = round(rng.expovariate(0.4), 1)
        price = rng.choice([12.5, 21.0, 34.0, 58.0])
        calls = min(9, int(rng.expovariate(0.7)))
        late = min(6, int(rng.expovariate(1.1)))
        risk = 0.55 * calls + 0.6 * late + 0.012 * price - 0.75 * tenure - 0.5
        churned = int(rng.random() < 1 / (1 + math.exp(-risk)))
        rows.append(
            {
                "customer": f"C{number:04d}",
                "tenure_years": tenure,
                "monthly_price": price,
                "support_calls": calls,
                "late_payments": late,
                "churned": churned,
            }
        )
    return rows


def split(rows, share=0.75):
    """Training and test rows; the order of `rows` is already random."""
    cut = int(len(rows) * share)
    return rows[:cut], rows[cut:]
