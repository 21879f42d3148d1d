"""Opening and merging."""

from __future__ import annotations

from api_client import Api
from conftest import host_of
from git_workspace import Workspace
from gitlab.v4.objects import Project
from sandbox_server import SandboxGitlab

from .conftest import BODY, meanwhile, told


def test_a_merge_request_that_is_there_already(feature: tuple[Workspace, Api]) -> None:
    _, api = feature
    iid = api("create_merge_request", BODY).iid
    assert told(api, "create_merge_request", BODY) == (
        "merge_request_exists",
        f"The branch feature already has an open merge request: !{iid}.",
        "Open that one: what you push to the branch becomes part of it.",
    )


def test_a_branch_that_gitlab_does_not_have(feature: tuple[Workspace, Api]) -> None:
    _, api = feature
    api("create_branch", {"name": "only-here"})
    assert told(api, "create_merge_request", {**BODY, "source_branch": "only-here"}) == (
        "no_upstream",
        "The branch only-here is not on GitLab yet.",
        "Push it first, then open the merge request.",
    )


def test_what_gitlab_refuses_in_words_of_its_own(feature: tuple[Workspace, Api], gitlab_server: SandboxGitlab) -> None:
    _, api = feature
    code, message, hint = told(api, "create_merge_request", {**BODY, "source_branch": "main"})
    said = "You can't use same project/branch for source and target"
    assert (code, message) == ("gitlab_refused", f"{host_of(gitlab_server.url)} refused: {said}")
    assert hint == "Change what it names and try again; if it names nothing, look at it on GitLab."


def test_conflicts(feature: tuple[Workspace, Api], project: Project) -> None:
    workspace, api = feature
    opened = api("create_merge_request", BODY)
    meanwhile(project)
    found = api("get_merge_request", iid=opened.iid).mergeability
    reason = "It conflicts with the target branch."
    way_out = "Merge the target branch into the source branch, solve the conflicts and push."
    assert (found.mergeable, found.reason, found.hint) == (False, reason, way_out)
    sha = opened.diff_refs.head_sha
    refused = told(api, "merge", {"sha": sha}, iid=opened.iid)
    assert refused == ("not_mergeable", f"It can't be merged: {reason}", way_out)
    # The way out: what the panel says while it is walked.
    api("fetch", {})
    assert "CONFLICT" in workspace.git("merge", "origin/main", check=False)
    assert api("get_repository").operation == "merge"
    code, message, hint = told(api, "commit", {"message": "Merge"})
    assert (code, message) == ("conflicted", "1 file(s) still have conflicts: README.md.")
    assert hint == "Resolve and stage them, then commit."
    workspace.write("README.md", "# Feature, meanwhile\n")
    workspace.git("add", "README.md")
    api("commit", {"message": "Merge"})
    api("push", {})
    assert api("merge", {"sha": workspace.git("rev-parse", "HEAD")}, iid=opened.iid).state == "merged"


def test_somebody_pushed_meanwhile(feature: tuple[Workspace, Api]) -> None:
    workspace, api = feature
    opened = api("create_merge_request", BODY)
    workspace.commit("More", {"more.txt": "x\n"})
    api("push", {})
    for name in ("merge", "approve"):
        assert told(api, name, {"sha": opened.diff_refs.head_sha}, iid=opened.iid) == (
            "head_moved",
            "Somebody has pushed new commits since you looked.",
            "Look at the new version, then try again.",
        )
