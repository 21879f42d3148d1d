# %% [markdown]
# # Training the churn model
#
# Logistic regression on four features. Run from top to bottom; it takes a few seconds.
# %%
import sys
from pathlib import Path

sys.path.insert(0, str(Path.cwd().parent))

from churn.data import FEATURES, customers, split
from churn.display import Heatmap, Lines, Table
from churn.metrics import accuracy, confusion, log_loss
from churn.model import ChurnModel

train, test = split(customers())
print(len(train), "to train on,", len(test), "to test")
# %% [markdown]
# ## Fit
# %%
model = ChurnModel(rate=0.3, epochs=60).fit(train)
print(f"final loss {model.losses[-1]:.4f}")
# %%
Lines({"training loss": model.losses}, title="Loss", xlabel="epoch")
# %% [markdown]
# ## What the model looks at
# %%
Table(
    [{"feature": f, "weight": w} for f, w in zip(FEATURES, model.weights)],
    index="feature",
)


# %% [markdown]
# ## How good is it?
# %%
def report(rows):
    truth = [row["churned"] for row in rows]
    probabilities = model.predict_proba(rows)
    predicted = model.predict(rows)
    return {
        "accuracy": accuracy(truth, predicted),
        "log loss": log_loss(truth, probabilities),
    }


on_train, on_test = report(train), report(test)
Table(
    [{"metric": name, "train": on_train[name], "test": on_test[name]} for name in on_train],
    index="metric",
)
# %%
matrix = confusion([row["churned"] for row in test], model.predict(test))
print("stayed:", matrix[0], " left:", matrix[1])
Heatmap(matrix)
# %% [markdown]
# ## Next steps
#
# - choose the threshold by cost
# - compare with a baseline
