"""Tags: list, read, make, delete."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level, find_code, find_project
from ..git.repository import ZERO_SHA, Git
from ..instance import RefChange
from ..rest.errors import ApiError, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from .commit_entity import present as present_commit
from .commit_entity import read

routes = Routes()


def present(request: Request, project: Row, name: str, sha: str) -> dict[str, Any]:
    """GitLab's Tag; ``target`` is the tag object of an annotated one."""
    git = request.instance.repository(project)
    commit = git.object(f"{sha}^{{commit}}")
    return {
        "name": name,
        "message": _message(git, sha),
        "target": sha,
        "commit": present_commit(request.instance, project, read(git, [commit])[0]) if commit else None,
        "release": None,
        "protected": False,
        "created_at": None,
    }


def _message(git: Git, sha: str) -> str:
    if git.kind(sha) != "tag":
        return ""
    return git.text("cat-file", "tag", sha).partition("\n\n")[2].rstrip("\n")


@routes(
    "GET",
    "/projects/:id/repository/tags",
    Param("search"),
    Param("order_by", values=("name", "updated", "version"), default="updated"),
    Param("sort", values=("asc", "desc"), default="desc"),
    *PAGING,
)
def list_tags(request: Request) -> Reply:
    project = find_code(request)
    git = request.instance.repository(project)
    key = {"name": "refname", "updated": "creatordate", "version": "version:refname"}[request.get("order_by")]
    sign = "-" if request.get("sort") == "desc" else ""
    lines = git.text("for-each-ref", f"--sort={sign}{key}", "--format=%(objectname) %(refname)", "refs/tags/")
    found = [(line[41 + len("refs/tags/") :], line[:40]) for line in lines.splitlines()]
    if search := request.get("search", "").strip("^$").lower():
        found = [(name, sha) for name, sha in found if search in name.lower()]
    return paginate(request, found, lambda item: present(request, project, *item))


def _find(request: Request, project: Row) -> str:
    sha = request.instance.repository(project).ref(f"refs/tags/{request.params['tag_name']}")
    if sha is None:
        raise not_found("Tag")
    return sha


@routes("GET", "/projects/:id/repository/tags/:tag_name")
def get_tag(request: Request) -> Any:
    project = find_code(request)
    return present(request, project, request.params["tag_name"], _find(request, project))


@routes(
    "POST",
    "/projects/:id/repository/tags",
    Param("tag_name", required=True, blank=False),
    Param("ref", required=True, blank=False),
    Param("message"),
)
def create_tag(request: Request) -> Any:
    project = find_project(request, Level.DEVELOPER)
    git, name = request.instance.repository(project), request.params["tag_name"]
    if name.startswith("-") or not git.ok("check-ref-format", f"refs/tags/{name}"):
        raise ApiError(400, "Tag name invalid")
    sha = git.commit(request.params["ref"])
    if sha is None:
        raise ApiError(400, f"Target {request.params['ref']} is invalid")
    target = sha
    if message := request.get("message"):
        env = {"GIT_COMMITTER_NAME": request.me["name"], "GIT_COMMITTER_EMAIL": request.me["email"]}
        tagger = git.text("var", "GIT_COMMITTER_IDENT", env=env)
        text = f"object {sha}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message.rstrip()}\n"
        target = git.text("mktag", input=text.encode())
    ref = f"refs/tags/{name}"
    with request.instance.lock(project):
        if not git.update_ref(ref, target, ZERO_SHA):
            raise ApiError(400, f"Tag {name} already exists")
        request.instance.post_receive(project, [RefChange(ref, ZERO_SHA, target)], request.me)
    return present(request, project, name, target)


@routes("DELETE", "/projects/:id/repository/tags/:tag_name")
def delete_tag(request: Request) -> None:
    project = find_project(request, Level.DEVELOPER)
    sha = _find(request, project)
    ref = f"refs/tags/{request.params['tag_name']}"
    with request.instance.lock(project):
        request.instance.repository(project).delete_ref(ref, sha)
        request.instance.post_receive(project, [RefChange(ref, sha, ZERO_SHA)], request.me)
