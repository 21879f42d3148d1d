"""What the demo project holds, in the order in which its people made it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from ..accounts import tokens, users
from ..instance import Instance
from .history import Commit, History
from .rest import Rest

MAINTAINER = 40
NOTEBOOK = "notebooks/train.ipynb"


class Person(NamedTuple):
    """Somebody of the demo."""

    username: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.username}@example.com"


MIRA = Person("mira", "Mira Solberg")
JONAS = Person("jonas", "Jonas Weber")
PEOPLE = (MIRA, JONAS)

COMMITS = {
    commit.files: commit
    for commit in (
        Commit("main", None, "mira", "Start the churn project", "start", 12),
        Commit("main", "main", "mira", "Look at the customers", "explore", 11),
        Commit("main", "main", "mira", "Train a first model", "train", 9),
        Commit("feature/calibration", "main", "jonas", "Check the calibration", "calibration", 7),
        Commit("feature/clients", "main", "jonas", "Say clients, not customers", "clients", 5),
        Commit("main", "main", "mira", "Give the notebooks telling titles", "titles", 4),
        Commit("feature/learning-rate", "main", "mira", "Raise the learning rate", "learning-rate", 1),
        Commit("feature/auc-metric", "main", "mira", "Report AUC beside accuracy", "auc", 0.2),
    )
}


def plant(instance: Instance) -> None:
    """Plant the project into an empty sandbox that answers already."""
    root = _client(instance, "root")
    ids, clients = {}, []
    for person in PEOPLE:
        made = root.post("/users", username=person.username, name=person.name, email=person.email, reset_password=True)
        ids[person.username] = made["id"]
        clients.append(_client(instance, person.username))
    mira, jonas = clients
    group = root.post("/groups", name="Analytics", path="analytics", visibility="private")
    for user_id in ids.values():
        root.post(f"/groups/{group['id']}/members", user_id=user_id, access_level=MAINTAINER)
    project = mira.post("/projects", name="churn-model", namespace_id=group["id"], visibility="private")
    for name, color in (("model", "#1f75cb"), ("data", "#108548"), ("wording", "#c17d10")):
        mira.post(f"/projects/{project['id']}/labels", name=name, color=color)
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder), project["http_url_to_repo"], root.token)
        _live(history, f"/projects/{project['id']}", mira, jonas, ids)


def _client(instance: Instance, username: str) -> Rest:
    """A client with the token that is announced for this user."""
    user = users.by_username(instance.store, username)
    assert user is not None
    return Rest(instance.url, tokens.announced(instance.store, user)["token"])


def _live(history: History, project: str, mira: Rest, jonas: Rest, ids: dict[str, int]) -> None:
    """Commits, merge requests and threads, in the order in which they happened."""
    names = {person.username: person for person in PEOPLE}

    def commit(files: str) -> str:
        made = COMMITS[files]
        history.commit(made, names[made.author].name, names[made.author].email)
        return made.branch

    def propose(who: Rest, branch: str, title: str, description: str, **more: Any) -> str:
        history.push(branch)
        merge_request = who.post(
            f"{project}/merge_requests",
            source_branch=branch,
            target_branch="main",
            title=title,
            description=description,
            remove_source_branch=True,
            **more,
        )
        return f"{project}/merge_requests/{merge_request['iid']}"

    for files in ("start", "explore", "train"):
        commit(files)
    history.push("main")

    calibration = propose(
        jonas,
        commit("calibration"),
        "Check the calibration",
        "Compares predicted with observed churn in five risk groups.",
        labels="model",
        reviewer_ids=[ids["mira"]],
    )
    mira.post(f"{calibration}/discussions", body="The lowest group looks too pessimistic, but that is for another day.")
    mira.post(f"{calibration}/approve")
    mira.put(f"{calibration}/merge", should_remove_source_branch=True)
    history.update("main")

    propose(
        jonas,
        commit("clients"),
        "Draft: Say clients, not customers",
        "Marketing asked for it. **Conflicts with the new titles on main**, to be sorted out first.",
        labels="wording",
        reviewer_ids=[ids["mira"]],
    )
    commit("titles")
    history.push("main")

    rate = propose(
        mira,
        commit("learning-rate"),
        "Raise the learning rate",
        "A rate of 0.8 reaches the same loss in far fewer epochs.\n\n"
        "- [x] Notebooks were restarted and run from top to bottom\n"
        "- [ ] Figures in the text match the outputs",
        labels="model",
        reviewer_ids=[ids["jonas"]],
    )
    _review(history, rate, mira, jonas)
    history.push(commit("auc"))


def _review(history: History, merge_request: str, mira: Rest, jonas: Rest) -> None:
    """Two threads on lines of the notebook, one of them resolved, and a general one."""
    refs = mira.get(merge_request)["diff_refs"]

    def ask(text: str, line: str) -> str:
        position = {
            **refs,
            "position_type": "text",
            "old_path": NOTEBOOK,
            "new_path": NOTEBOOK,
            "new_line": history.line_of(NOTEBOOK, line),
        }
        thread = jonas.post(f"{merge_request}/discussions", body=text, position=position)
        return f"{merge_request}/discussions/{thread['id']}"

    ask("Does it still converge with `rate=0.8`? A line in the text would help.", "rate=0.8, epochs=150")
    rates = ask("Nice. Could this be a table?", "for rate in (0.1, 0.3, 0.8):")
    mira.post(f"{rates}/notes", body="Three lines are fine for now, I would say.")
    mira.put(rates, resolved=True)
    jonas.post(f"{merge_request}/discussions", body="The test loss did not move at all: shall we stop earlier?")
