from __future__ import annotations

from urllib.parse import quote

import pytest

from ..review_world import Branches, World


@pytest.fixture(scope="module")
def project(world: World) -> Branches:
    """!1 dev's, reviewed by ada, labelled; !2 ada's draft, assigned to dev; !3 dev's, closed; !4 ada's, merged."""
    found, ids = world.project(), world.ids
    for branch in ("two", "three", "four"):
        world.push(found, branch, found.feature)
    world.open(found, reviewer_ids=[ids["ada"]], labels="bug,ui", title="Fix the 50% plot", description="It's broken")
    draft = {"source_branch": "two", "title": "Draft: Second try", "assignee_id": ids["dev"]}
    world.open(found, "ada", **draft)
    world.open(found, source_branch="three", title="Third")
    world.ok("PUT", f"{found.api}/merge_requests/3", state_event="close")
    world.open(found, "ada", source_branch="four", title="fourth", labels="ui", target_branch="three")
    world.ok("POST", f"{found.api}/merge_requests/1/approve")
    world.ok("PUT", f"{found.api}/merge_requests/1", milestone_id=None)
    world.sandbox.instance.store.execute("UPDATE merge_requests SET state = 'merged', merged_by_id = ? WHERE iid = 4",
                                         ids["ada"])  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("query", "iids"),
    [
        ("", [4, 3, 2, 1]),
        ("sort=asc", [1, 2, 3, 4]),
        ("order_by=title&sort=asc", [2, 1, 4, 3]),
        ("order_by=updated_at&sort=asc", [2, 3, 4, 1]),
        ("state=opened", [2, 1]),
        ("state=closed", [3]),
        ("state=merged", [4]),
        ("iids[]=1&iids[]=3", [3, 1]),
        ("source_branch=two", [2]),
        ("target_branch=three", [4]),
        ("author_username=dev", [3, 1]),
        ("author_id={ada}", [4, 2]),
        ("not[author_username]=dev", [4, 2]),
        ("reviewer_username=ada", [1]),
        ("reviewer_id={ada}", [1]),
        ("reviewer_id=None", [4, 3, 2]),
        ("reviewer_id=Any", [1]),
        ("assignee_id={dev}", [2]),
        ("assignee_username[]=dev", [2]),
        ("assignee_id=None", [4, 3, 1]),
        ("labels=ui", [4, 1]),
        ("labels=ui,bug", [1]),
        ("labels=None", [3, 2]),
        ("labels=Any", [4, 1]),
        ("not[labels]=bug", [4, 3, 2]),
        ("milestone=None", [4, 3, 2, 1]),
        ("milestone=Any", []),
        ("wip=yes", [2]),
        ("wip=no", [4, 3, 1]),
        ("draft=true", [2]),
        ("search=fix plot", [1]),
        ("search=50%25", [1]),
        ("search=it's", [1]),
        ("search=it's&in=title", []),
        ('search="try second"', []),
        ("search=nothing", []),
        ("scope=created_by_me", [4, 2]),
        ("scope=assigned_to_me", []),
        ("scope=reviews_for_me", [1]),
        ("approved=yes", [1]),
        ("approved=no", [4, 3, 2]),
        ("approved_by_usernames[]=ada", [1]),
        ("approved_by_usernames[]=None", [4, 3, 2]),
        ("merge_user_username=ada", [4]),
        ("created_after=2999-01-01", []),
        ("updated_before=2999-01-01", [4, 3, 2, 1]),
        ("source_project_id=99999", []),
    ],
)
def test_filters(world: World, project: Branches, query: str, iids: list[int]) -> None:
    wanted = query.format(**world.ids).replace(" ", "%20")
    found = world.ok("GET", f"{project.api}/merge_requests?{wanted}")
    assert [merge_request["iid"] for merge_request in found] == iids


def test_the_global_list_is_the_callers_own_unless_told_otherwise(world: World, project: Branches) -> None:
    mine = world.ok("GET", "/merge_requests", "dev")
    assert [found["iid"] for found in mine] == [3, 1]
    assert mine[0]["references"]["relative"] == f"{project.path}!3"
    every = world.ok("GET", "/merge_requests?scope=all", "dev")
    assert len(every) == 4
    assert world.ok("GET", "/merge_requests?scope=all", "stranger") == []
    assert world.ok("GET", "/merge_requests?scope=all", "guest") == [], "guests of private projects see no code"
    for_review = world.ok("GET", "/merge_requests?scope=all&reviewer_username=ada&state=opened")
    assert [found["iid"] for found in for_review] == [1]
    assert world.call("GET", "/merge_requests", None).status_code == 401
    assert world.call("GET", "/merge_requests?scope=all", None).json() == []


def test_a_groups_list_covers_its_projects_and_subgroups(world: World) -> None:
    group = world.ok("POST", "/groups", "root", name="lab", path="lab")
    inner = world.ok("POST", "/groups", "root", name="inner", path="inner", parent_id=group["id"])
    world.ok("POST", f"/groups/{group['id']}/members", "root", user_id=world.ids["ada"], access_level=40)
    inside = world.project(namespace_id=inner["id"])
    world.open(inside)
    (found,) = world.ok("GET", f"/groups/{quote('lab', safe='')}/merge_requests")
    assert found["project_id"] == inside.id
    assert world.call("GET", "/groups/lab/merge_requests", "stranger").status_code == 404


def test_the_simple_view_shows_little(world: World, project: Branches) -> None:
    simple = world.ok("GET", f"{project.api}/merge_requests?view=simple&state=closed")
    keys = {"id", "iid", "project_id", "title", "description", "state", "created_at", "updated_at", "web_url"}
    assert [set(found) for found in simple] == [keys]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("state=open", "state does not have a valid value"),
        ("author_id=me", "author_id is invalid"),
        ("reviewer_id=me", "reviewer_id is invalid"),
        ("author_id=1&author_username=x", "author_id, author_username are mutually exclusive"),
        ("page=0", "page does not have a valid value"),
        ("created_after=soon", "created_after is invalid"),
    ],
)
def test_filters_that_make_no_sense_are_refused(world: World, project: Branches, query: str, error: str) -> None:
    answer = world.call("GET", f"{project.api}/merge_requests?{query}", "ada")
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_lists_come_in_pages_with_links_that_keep_the_filters(world: World, project: Branches) -> None:
    answer = world.call("GET", f"{project.api}/merge_requests?state=opened&per_page=1", "ada")
    headers = ("X-Total", "X-Total-Pages", "X-Next-Page", "X-Prev-Page")
    assert [answer.headers[name] for name in headers] == ["2", "2", "2", ""]
    assert "state=opened" in answer.links["next"]["url"] and f"id={project.id}" in answer.links["next"]["url"]
    assert list(answer.links) == ["next", "first", "last"]
