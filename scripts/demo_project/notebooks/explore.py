# %% [markdown]
# # Who are the customers?
#
# A first look at the customers of the last year: how long they have been with us, what they pay, how often they call.
# %%
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path.cwd().parent))

from churn.data import FEATURES, customers
from churn.display import Lines, Table

rows = customers()
print(f"{len(rows)} customers, {sum(row['churned'] for row in rows)} of them left")
# %%
Table(rows[:6], index="customer")


# %% [markdown]
# ## Means by group
#
# Those who left called more often, paid later and were with us for a shorter time.
# %%
def mean(group, feature):
    return sum(row[feature] for row in group) / len(group)


stayed = [row for row in rows if not row["churned"]]
left = [row for row in rows if row["churned"]]
Table(
    [{"feature": f, "stayed": mean(stayed, f), "left": mean(left, f)} for f in FEATURES],
    index="feature",
)
# %% [markdown]
# ## Support calls
# %%
calls = Counter(row["support_calls"] for row in rows)
gone = Counter(row["support_calls"] for row in left)
Lines(
    {"share that left": [gone[n] / calls[n] for n in range(7)]},
    title="Churn by number of support calls",
    xlabel="support calls in the last year",
)
# %% [markdown]
# ## Plans
#
# The plan's name is not in the export yet, so the last cell fails until it is.
# %%
Counter(row["plan"] for row in rows)
