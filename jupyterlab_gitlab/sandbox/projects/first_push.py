"""What the first branch of an empty project brings: it becomes the default branch, protected."""

from __future__ import annotations

from collections.abc import Sequence

from ..git.repository import ZERO_SHA, Identity
from ..instance import Instance, RefChange
from ..store.sqlite import Row
from ..store.times import now


def after_push(instance: Instance, project: Row, changes: Sequence[RefChange], user: Row) -> None:
    """Choose and protect the default branch if there is none yet; note that something happened."""
    stamp = now()
    instance.store.update("projects", project["id"], last_activity_at=stamp, updated_at=stamp)
    made = [c.ref[len("refs/heads/") :] for c in changes if c.ref.startswith("refs/heads/") and c.new != ZERO_SHA]
    if project["default_branch"] is not None or not made:
        return
    # several branches at once (a mirror push): the one that HEAD names already, else the usual names, else the first
    git = instance.repository(project)
    head = git.text("symbolic-ref", "--short", "HEAD")
    branch = next((name for name in (head, "main", "master") if name in made), made[0])
    git.run("symbolic-ref", "HEAD", f"refs/heads/{branch}")
    with instance.store.transaction():
        instance.store.update("projects", project["id"], default_branch=branch)
        instance.store.execute(
            "INSERT OR IGNORE INTO protected_branches (project_id, name) VALUES (?, ?)", project["id"], branch
        )


def commit_readme(instance: Instance, project: Row, user: Row, branch: str) -> None:
    """Make the first commit of a project that is initialised with a README."""
    git = instance.repository(project)
    text = f"# {project['name']}\n\n{project['description'] or ''}".rstrip() + "\n"
    blob = git.text("hash-object", "-w", "--stdin", input=text.encode())
    tree = git.text("mktree", input=f"100644 blob {blob}\tREADME.md\n".encode())
    commit = git.commit_tree(tree, [], "Initial commit", Identity(user["name"], user["email"]))
    ref = f"refs/heads/{branch}"
    git.update_ref(ref, commit, ZERO_SHA)
    instance.post_receive(project, [RefChange(ref, ZERO_SHA, commit)], user)
