"""The demo's project: ``analytics/churn-model`` with a history, branches, merge requests and threads.

It is planted through the sandbox's own front doors, REST and git over HTTP, so whatever it holds is something that
users could have made.
"""

from __future__ import annotations

from .attempt import attempt, undo_interrupted
from .plant import plant

__all__ = ["attempt", "plant", "undo_interrupted"]
