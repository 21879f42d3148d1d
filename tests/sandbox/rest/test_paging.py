"""Pages, links, tags and the answers to what is not there."""

from __future__ import annotations

import re

import pytest
import requests
from sandbox_server import SandboxGitlab


def links(answer: requests.Response) -> list[str]:
    return re.findall(r'rel="(\w+)"', answer.headers.get("Link", ""))


@pytest.fixture(scope="module")
def project_id(gitlab_server: SandboxGitlab) -> int:
    project = gitlab_server.project()
    for number in range(5):
        project.labels.create({"name": f"label {number}", "color": "#428BCA"})
    return int(project.id)


def test_a_middle_page_has_all_headers_and_links_in_order(gitlab_server: SandboxGitlab, project_id: int) -> None:
    answer = gitlab_server.call("GET", f"/projects/{project_id}/labels?per_page=2&page=2&search=label")
    assert [label["name"] for label in answer.json()] == ["label 2", "label 3"]
    paging = {name: value for name, value in answer.headers.items() if name.startswith("X-") and "Pa" in name + "Pa"}
    assert (
        paging.items()
        >= {
            "X-Page": "2",
            "X-Per-Page": "2",
            "X-Next-Page": "3",
            "X-Prev-Page": "1",
            "X-Total": "5",
            "X-Total-Pages": "3",
        }.items()
    )
    assert links(answer) == ["prev", "next", "first", "last"]
    start = f"{gitlab_server.url}/api/v4/projects/{project_id}/labels?"
    query = f"id={project_id}&include_ancestor_groups=true&page=3&per_page=2&search=label&with_counts=false"
    assert f'<{start}{query}>; rel="next"' in answer.headers["Link"]


def test_the_ends_have_empty_headers(gitlab_server: SandboxGitlab, project_id: int) -> None:
    answer = gitlab_server.call("GET", f"/projects/{project_id}/labels")
    assert (answer.headers["X-Next-Page"], answer.headers["X-Prev-Page"]) == ("", "")
    assert links(answer) == ["first", "last"]


def test_links_can_be_followed_to_the_end(gitlab_server: SandboxGitlab, project_id: int) -> None:
    project = gitlab_server.root.gl.projects.get(project_id)
    assert len(project.labels.list(per_page=2, iterator=True)) == 5
    assert len(list(project.labels.list(per_page=2, iterator=True))) == 5


def test_links_never_carry_the_token(gitlab_server: SandboxGitlab, project_id: int) -> None:
    path = f"/projects/{project_id}/labels?private_token={gitlab_server.root.token}"
    assert gitlab_server.root.token not in gitlab_server.call("GET", path, None).headers["Link"]


def test_at_most_a_hundred_fit_on_a_page(gitlab_server: SandboxGitlab, project_id: int) -> None:
    answer = gitlab_server.call("GET", f"/projects/{project_id}/labels?per_page=1000")
    assert answer.headers["X-Per-Page"] == "100"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("page=0", "page does not have a valid value"),
        ("per_page=-1", "per_page does not have a valid value"),
        ("page=x", "page is invalid"),
    ],
)
def test_a_page_that_cannot_be_is_400(gitlab_server: SandboxGitlab, project_id: int, query: str, error: str) -> None:
    answer = gitlab_server.call("GET", f"/projects/{project_id}/labels?{query}")
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_offsets_beyond_the_limit_are_405(gitlab_server: SandboxGitlab) -> None:
    answer = gitlab_server.call("GET", "/projects?page=501&per_page=100")
    assert answer.status_code == 405
    assert answer.json()["error"].startswith("Offset pagination has a maximum allowed offset of 50000")


def test_keyset_pages_have_only_a_next_link(gitlab_server: SandboxGitlab) -> None:
    for _ in range(3):
        gitlab_server.project()
    answer = gitlab_server.call("GET", "/projects?pagination=keyset&order_by=id&sort=asc&per_page=2")
    assert links(answer) == ["next"]
    assert f"id_after={answer.json()[-1]['id']}" in answer.headers["Link"]
    assert "X-Total" not in answer.headers
    gl = gitlab_server.root.gl
    ids = [p.id for p in gl.projects.list(pagination="keyset", order_by="id", sort="asc", per_page=2, iterator=True)]
    assert ids == sorted(p.id for p in gl.projects.list(get_all=True))


def test_an_etag_saves_the_body(gitlab_server: SandboxGitlab, project_id: int) -> None:
    path = f"/projects/{project_id}/labels"
    first = gitlab_server.call("GET", path)
    tag = first.headers["ETag"]
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', tag)
    assert first.headers["Cache-Control"] == "max-age=0, private, must-revalidate"
    again = gitlab_server.call("GET", path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    gitlab_server.call("POST", path, json={"name": "more", "color": "red"})
    assert gitlab_server.call("GET", path, headers={"If-None-Match": tag}).status_code == 200
    gitlab_server.call("DELETE", f"{path}/more")


def test_head_answers_like_get_without_a_body(gitlab_server: SandboxGitlab, project_id: int) -> None:
    path = f"/projects/{project_id}/labels"
    head, get = gitlab_server.call("HEAD", path), gitlab_server.call("GET", path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["X-Total"] == get.headers["X-Total"]
    assert head.headers["ETag"] == get.headers["ETag"]


def test_an_unknown_address_is_404_and_a_wrong_verb_405(gitlab_server: SandboxGitlab) -> None:
    unknown = gitlab_server.call("GET", "/nothing/here")
    assert (unknown.status_code, unknown.json()) == (404, {"error": "404 Not Found"})
    wrong = gitlab_server.call("PATCH", "/version")
    assert (wrong.status_code, wrong.json()) == (405, {"error": "405 Not Allowed"})
    assert wrong.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_an_id_too_large_for_any_record_is_404(gitlab_server: SandboxGitlab) -> None:
    for path in ("/users/100000000000000000000", "/projects/100000000000000000000"):
        assert gitlab_server.call("GET", path).status_code == 404


def test_a_page_of_the_web_interface_says_what_this_is(gitlab_server: SandboxGitlab) -> None:
    for path in ("/", "/group/project/-/merge_requests/1", "/<script>"):
        answer = requests.get(gitlab_server.url + path, timeout=10)
        assert answer.status_code == 200
        assert "sandbox GitLab for the demo and tests" in answer.text
        assert "<script>" not in answer.text
