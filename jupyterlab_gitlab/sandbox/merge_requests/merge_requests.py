"""Merge requests: lists, making, reading, changing, deleting."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level, can_read_code, can_read_project, find_group, find_project, require_level
from ..accounts.users import basic, like
from ..instance import Instance
from ..projects.settings import settings
from ..rest.errors import ApiError, forbidden, not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param, require_one
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row, marks
from ..store.times import now
from . import schema, todos, versions
from .access import IID, find_merge_request
from .entity import participants, present, present_basic, present_simple
from .filters import PARAMS as FILTERS
from .filters import Filter, narrow, order
from .mergeability import is_draft
from .people import change_labels, change_people
from .refresh import reload
from .system_notes import write

SCHEMA = schema.SCHEMA

routes = Routes()

_LIST = "/projects/:id/merge_requests"
_ONE = f"{_LIST}/:merge_request_iid"

_COMMON = (
    Param("assignee_id", "integer"),
    Param("assignee_ids", "integers"),
    Param("reviewer_ids", "integers"),
    Param("description"),
    Param("labels", "strings"),
    Param("add_labels", "strings"),
    Param("remove_labels", "strings"),
    Param("milestone_id", "integer"),
    Param("remove_source_branch", "boolean"),
    Param("allow_collaboration", "boolean"),
    Param("allow_maintainer_to_push", "boolean"),
    Param("squash", "boolean"),
    Param("merge_after"),
)
_CHANGEABLE = (
    *("assignee_id", "assignee_ids", "reviewer_ids", "description", "discussion_locked", "labels", "add_labels"),
    *("remove_labels", "milestone_id", "remove_source_branch", "allow_collaboration", "allow_maintainer_to_push"),
    *("squash", "target_branch", "title", "state_event", "merge_after"),
)


# -- lists


@routes("GET", "/merge_requests", *FILTERS, Param("non_archived", "boolean", default=False), *PAGING)
def list_all(request: Request) -> Reply:
    """Everywhere the caller may look; only the caller's own unless ``scope`` says otherwise."""
    request.params.setdefault("scope", "created_by_me")
    if request.user is None and request.get("scope") != "all":
        raise ApiError(401, "401 Unauthorized")
    return _listed(request, _visible_projects(request, "1"), "")


@routes("GET", "/groups/:id/merge_requests", *FILTERS, Param("non_archived", "boolean", default=True), *PAGING)
def list_group(request: Request) -> Reply:
    group = find_group(request)
    below = like(group["full_path"] + "/")[1:]
    inside = "namespace_id IN (SELECT id FROM namespaces WHERE id = ? OR full_path LIKE ? ESCAPE '\\')"
    return _listed(request, _visible_projects(request, inside, group["id"], below), "group")


@routes("GET", _LIST, *FILTERS, Param("iids", "integers"), *PAGING)
def list_project(request: Request) -> Reply:
    project = find_project(request)
    if not can_read_code(request.store, request.user, project):
        raise forbidden()
    return _listed(request, [project["id"]], "project")


def _visible_projects(request: Request, condition: str, *values: Any) -> list[int]:
    rows = request.store.rows(f"SELECT * FROM projects WHERE {condition}", *values)
    return [
        row["id"]
        for row in rows
        if can_read_code(request.store, request.user, row)
        and not (request.get("non_archived") and settings(row)["archived"])
    ]


def _listed(request: Request, projects: list[int], relative: str) -> Reply:
    wanted = Filter(f"project_id IN ({marks(projects)})", *projects)
    narrow(request, wanted)
    found = Query(request, "*", f"merge_requests WHERE {wanted.sql}", *wanted.values, order=order(request))
    details, heads = bool(request.get("with_labels_details")), versions.Heads(request.instance)

    def show(row: Row) -> Any:
        if request.get("view") == "simple":
            return present_simple(request, row)
        return present_basic(request, row, heads, relative=relative, label_details=details)

    return paginate(request, found, show, limited="MergeRequest")


# -- one


@routes(
    "POST",
    _LIST,
    Param("title", required=True),
    Param("source_branch", required=True),
    Param("target_branch", required=True),
    Param("target_project_id", "integer"),
    *_COMMON,
)
def create(request: Request) -> Any:
    """The ``:id`` of the route is the source project; the merge request belongs to the target project."""
    store, instance = request.store, request.instance
    source = find_project(request, Level.DEVELOPER)
    target = _target_project(request, source)
    title, source_branch, target_branch = (
        request.get(key, "").strip() for key in ("title", "source_branch", "target_branch")
    )
    _refuse_same_branch(source["id"], target["id"], source_branch, target_branch)
    _refuse_bad_fields(instance, source, title, source_branch=source_branch, target_branch=target_branch)
    stamp = now()
    places = {
        "project_id": target["id"],
        "source_project_id": source["id"],
        "source_branch": source_branch,
        "target_branch": target_branch,
    }
    with instance.lock(target):
        _refuse_twin(request, source["id"], target["id"], source_branch, target_branch)
        version = versions.measure(instance, places)
        with store.transaction():
            store.execute(
                "INSERT INTO merge_request_counters (project_id, last) VALUES (?, 1)"
                " ON CONFLICT (project_id) DO UPDATE SET last = last + 1",
                target["id"],
            )
            made = store.insert(
                "merge_requests",
                **places,
                iid=store.value("SELECT last FROM merge_request_counters WHERE project_id = ?", target["id"]),
                title=title,
                description=request.get("description"),
                author_id=request.me["id"],
                squash=int(request.get("squash", settings(target)["squash_option"] in ("always", "default_on"))),
                force_remove_source_branch=_integer(request.get("remove_source_branch")),
                milestone_id=request.get("milestone_id") or None,
                created_at=stamp,
                updated_at=stamp,
                prepared_at=now(),
            )
            merge_request = store.get("merge_requests", made)
            versions.save(instance, merge_request, version)
            change_people(request, merge_request)
            change_labels(request, merge_request)
            todos.mention(instance, merge_request, request.me, merge_request["description"] or "")
    return present(request, store.get("merge_requests", made))


@routes(
    "GET",
    _ONE,
    IID,
    Param("render_html", "boolean"),
    Param("include_diverged_commits_count", "boolean"),
    Param("include_rebase_in_progress", "boolean"),
    Param("include_subscribed", "boolean"),
)
def get(request: Request) -> Any:
    return present(request, find_merge_request(request), single=True)


@routes(
    "PUT",
    _ONE,
    IID,
    Param("title", blank=False),
    Param("target_branch", blank=False),
    Param("state_event", values=("close", "reopen")),
    Param("discussion_locked", "boolean"),
    *_COMMON,
)
def update(request: Request) -> Any:
    require_one(request.params, *_CHANGEABLE)
    merge_request = find_merge_request(request, writing=True)
    store, instance = request.store, request.instance
    changes: dict[str, Any] = {}
    target_project = store.get("projects", merge_request["project_id"])
    branch = request.get("target_branch", merge_request["target_branch"])
    moved = branch != merge_request["target_branch"] and merge_request["state"] != "merged"
    if moved:
        source_branch, source_id = merge_request["source_branch"], merge_request["source_project_id"]
        _refuse_same_branch(source_id, target_project["id"], source_branch, branch)
        _refuse_bad_fields(instance, target_project, "", target_branch=branch)
        if merge_request["state"] == "opened":
            _refuse_twin(request, source_id, target_project["id"], source_branch, branch, merge_request)
        changes["target_branch"] = branch
    title = request.get("title", merge_request["title"]).strip()
    if title != merge_request["title"]:
        _refuse_bad_fields(instance, target_project, title)
        changes["title"] = title
    if "description" in request.params:
        changes["description"] = request.params["description"]
    for name, column in (("squash", "squash"), ("discussion_locked", "discussion_locked"),
                         ("remove_source_branch", "force_remove_source_branch")):  # fmt: skip
        if request.get(name) is not None:
            changes[column] = int(request.params[name])
    if "milestone_id" in request.params:
        changes["milestone_id"] = request.get("milestone_id") or None
    event = request.get("state_event")
    with instance.lock(target_project):
        with store.transaction():
            changes |= _change_state(request, merge_request, event)
            store.update("merge_requests", merge_request["id"], updated_at=now(), **changes)
            changed = store.get("merge_requests", merge_request["id"])
            _tell(request, merge_request, changed)
            change_people(request, changed)
            change_labels(request, changed)
            texts = changed["description"] or "", merge_request["description"] or ""
            todos.mention(instance, changed, request.me, texts[0], before=texts[1])
        reopened = changes.get("state") == "opened"
        if moved or (reopened and versions.Heads(instance).source(changed)):
            reload(instance, changed, request.me)
    return present(request, store.get("merge_requests", merge_request["id"]))


@routes("DELETE", _ONE, IID)
def delete(request: Request) -> None:
    merge_request = find_merge_request(request)
    project = request.store.get("projects", merge_request["project_id"])
    require_level(request, project, Level.OWNER)
    versions.forget_refs(request.instance, merge_request)
    request.store.delete("merge_requests", merge_request["id"])


@routes("GET", f"{_ONE}/participants", IID, *PAGING)
def list_participants(request: Request) -> Reply:
    return paginate(request, participants(request.instance, find_merge_request(request)))


@routes("GET", f"{_ONE}/reviewers", IID, *PAGING)
def list_reviewers(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    found = request.store.rows(
        "SELECT * FROM merge_request_reviewers WHERE merge_request_id = ? ORDER BY user_id", merge_request["id"]
    )

    def show(row: Row) -> Any:
        user = basic(request.instance, request.store.get("users", row["user_id"]))
        return {"user": user, "state": row["state"], "created_at": row["created_at"]}

    return paginate(request, found, show)


@routes("GET", f"{_ONE}/pipelines", IID, *PAGING)
@routes("GET", f"{_ONE}/closes_issues", IID, *PAGING)
@routes("GET", f"{_ONE}/related_issues", IID, *PAGING)
def list_nothing(request: Request) -> Reply:
    """Pipelines and issues, of which the sandbox has none."""
    find_merge_request(request)
    return paginate(request, [])


# -- what create and update share


def _target_project(request: Request, source: Row) -> Row:
    key = request.get("target_project_id")
    if key is None or key == source["id"]:
        return source
    target = request.store.row("SELECT * FROM projects WHERE id = ?", key)
    if target is None or not can_read_project(request.store, request.user, target):
        raise not_found("Project")
    if source["forked_from_id"] != target["id"]:
        raise ApiError(422, ["Source project is not a fork of the target project"])
    if not can_read_code(request.store, request.user, target):
        raise forbidden()
    return target


def _refuse_same_branch(source_id: int | None, target_id: int, source_branch: str, target_branch: str) -> None:
    if source_id == target_id and source_branch == target_branch:
        raise ApiError(422, ["You can't use same project/branch for source and target"])


def _refuse_bad_fields(instance: Instance, project: Row, title: str, **branches: str) -> None:
    """The complaints of GitLab's model. A branch need only have a possible name: it may be pushed later."""
    errors: dict[str, list[str]] = {}
    git = instance.repository(project)
    for field, name in branches.items():
        if not name:
            errors[field] = ["can't be blank"]
        elif git.branch(name) is None and not git.valid_branch(name):
            errors[field] = ["is invalid"]
    if "source_branch" in branches and not title.strip():
        errors["title"] = ["can't be blank"]
    elif len(title) > 255:
        errors["title"] = ["is too long (maximum is 255 characters)"]
    if errors:
        raise ApiError(400, errors)


def _refuse_twin(
    request: Request,
    source_id: int | None,
    target_id: int,
    source_branch: str,
    target_branch: str,
    itself: Row | None = None,
) -> None:
    twin = request.store.value(
        "SELECT iid FROM merge_requests WHERE project_id = ? AND source_project_id = ? AND source_branch = ?"
        " AND target_branch = ? AND state = 'opened' AND id != ?",
        target_id,
        source_id,
        source_branch,
        target_branch,
        itself["id"] if itself else 0,
    )
    if twin is not None:
        raise ApiError(409, [f"Another open merge request already exists for this source branch: !{twin}"])


def _change_state(request: Request, merge_request: Row, event: str | None) -> dict[str, Any]:
    if event == "close" and merge_request["state"] == "opened":
        todos.finish(request.instance, merge_request, request.me)
        return {"state": "closed", "closed_at": now(), "closed_by_id": request.me["id"]}
    if event == "reopen" and merge_request["state"] == "closed":
        branches = (merge_request["source_branch"], merge_request["target_branch"])
        _refuse_twin(request, merge_request["source_project_id"], merge_request["project_id"], *branches, merge_request)
        return {"state": "opened", "closed_at": None, "closed_by_id": None}
    return {}


def _tell(request: Request, before: Row, after: Row) -> None:
    """Write down what changed, in GitLab's words."""
    texts = []
    if before["title"] != after["title"]:
        draft = is_draft(after["title"])
        if draft != is_draft(before["title"]):
            texts.append(f"marked this merge request as **{'draft' if draft else 'ready'}**")
        else:
            texts.append(f"changed title from **{before['title']}** to **{after['title']}**")
    if before["description"] != after["description"]:
        texts.append("changed the description")
    if before["target_branch"] != after["target_branch"]:
        texts.append(f"changed target branch from `{before['target_branch']}` to `{after['target_branch']}`")
    for text in texts:
        write(request.instance, after, request.me, text)


def _integer(value: bool | None) -> int | None:
    return None if value is None else int(value)
