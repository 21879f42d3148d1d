"""Namespaces: the places where projects live, groups and users' own."""

from __future__ import annotations

import re
from typing import Any

from ..instance import Instance
from ..store.sqlite import Row, Store

PATH = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
PATH_RULE = "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'"


def valid_path(path: str) -> bool:
    """Whether GitLab takes this as the last part of a group's or project's address."""
    return bool(PATH.match(path)) and not path.endswith((".git", ".atom"))


def slug(name: str) -> str:
    """The path GitLab derives from a name: ``Churn model`` gives ``churn-model``."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9_.-]+", "-", name.strip()).lower()).strip("-.")


def full_name(store: Store, namespace: Row) -> str:
    """``Research / Churn``: the names from the top down."""
    names = [namespace["name"]]
    while namespace["parent_id"] is not None:
        namespace = store.get("namespaces", namespace["parent_id"])
        names.append(namespace["name"])
    return " / ".join(reversed(names))


def basic(instance: Instance, namespace: Row) -> dict[str, Any]:
    """GitLab's NamespaceBasic, as projects show it."""
    inner = "groups/" if namespace["kind"] == "group" else ""
    return {
        "id": namespace["id"],
        "name": namespace["name"],
        "path": namespace["path"],
        "kind": namespace["kind"],
        "full_path": namespace["full_path"],
        "parent_id": namespace["parent_id"],
        "avatar_url": None,
        "web_url": f"{instance.url}/{inner}{namespace['full_path']}",
    }


def lookup(store: Store, key: str) -> Row | None:
    """A namespace by id or full path."""
    if key.isdigit():
        return store.row("SELECT * FROM namespaces WHERE id = ?", int(key)) if len(key) < 19 else None
    return store.row("SELECT * FROM namespaces WHERE full_path = ?", key)
