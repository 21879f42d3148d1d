"""The demo's project: ``analytics/churn-model`` with a history, branches, merge requests and threads.

It is planted through the sandbox's own front doors, REST and git over HTTP, so whatever it holds is something that
users could have made.
"""

from __future__ import annotations

from .plant import PEOPLE, Person, plant

__all__ = ["PEOPLE", "Person", "plant"]
