# %% [markdown]
# # Is the model calibrated?
#
# Of the customers with a predicted risk of 30 %, about 30 % should leave.
# %%
import sys
from pathlib import Path

sys.path.insert(0, str(Path.cwd().parent))

from churn.data import customers, split
from churn.display import Lines, Table
from churn.model import ChurnModel

train, test = split(customers())
model = ChurnModel().fit(train)
# %%
bins = [[] for _ in range(5)]
for row, p in zip(test, model.predict_proba(test)):
    bins[min(4, int(p * 5))].append((p, row["churned"]))

rows = [
    {
        "risk": f"{20 * i}–{20 * i + 20} %",
        "customers": len(group),
        "predicted": sum(p for p, _ in group) / len(group),
        "observed": sum(t for _, t in group) / len(group),
    }
    for i, group in enumerate(bins)
    if group
]
Table(rows, index="risk")
# %%
Lines(
    {"predicted": [r["predicted"] for r in rows], "observed": [r["observed"] for r in rows]},
    title="Calibration",
    xlabel="risk group",
)
