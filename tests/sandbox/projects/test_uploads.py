from __future__ import annotations

import pytest
import requests

from jupyterlab_gitlab.sandbox.projects.uploads import safe_name

from ..review_world import Branches, World


@pytest.fixture(scope="module")
def project(world: World) -> Branches:
    return world.project()


def send(world: World, project: Branches, name: str, content: bytes, user: str = "guest") -> requests.Response:
    url, headers = f"{world.url}/api/v4{project.api}/uploads", {"PRIVATE-TOKEN": world.tokens[user]}
    return requests.post(url, headers=headers, files={"file": (name, content)}, timeout=30)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a b.png", "a_b.png"),
        ("../../etc/passwd", "passwd"),
        ("..", "_.."),
        ("C:\\x.csv", "x.csv"),
        ("Größe.md", "Größe.md"),
    ],
)
def test_names_are_made_harmless(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_an_image_comes_back_as_it_was_sent(world: World, project: Branches) -> None:
    content = bytes(range(256)) * 300
    answer = send(world, project, "loss curve.png", content)
    assert answer.status_code == 201
    made = answer.json()
    assert made["alt"] == "loss_curve" and made["markdown"] == f"![loss_curve]({made['url']})"
    assert made["full_path"] == f"/-/project/{project.id}{made['url']}"
    got = world.call("GET", f"{project.api}{made['url']}", "guest")
    assert got.content == content and got.headers["Content-Type"] == "image/png"
    assert got.headers["Content-Disposition"].startswith("attachment")
    again = requests.get(
        f"{world.url}/api/v4{project.api}{made['url']}",
        headers={"PRIVATE-TOKEN": world.tokens["guest"], "If-None-Match": got.headers["ETag"]},
        timeout=30,
    )
    assert (again.status_code, again.content) == (304, b"")


def test_other_files_are_links(world: World, project: Branches) -> None:
    made = send(world, project, "data.csv", b"1").json()
    assert made["markdown"] == f"[data.csv]({made['url']})"


def test_who_may_see_list_and_delete(world: World, project: Branches) -> None:
    made = send(world, project, "x.txt", b"x").json()
    path = f"{project.api}{made['url']}"
    assert send(world, project, "x.txt", b"x", "stranger").status_code == 404
    assert world.call("GET", path, "stranger").status_code == 404
    assert world.call("GET", path.replace("x.txt", "y.txt"), "guest").status_code == 404
    by_id = f"{project.api}/uploads/{made['id']}"
    assert world.call("GET", by_id, "dev").status_code == 403
    assert world.call("GET", by_id, "ada").content == b"x"
    listed = world.ok("GET", f"{project.api}/uploads")[0]
    assert (listed["filename"], listed["size"], listed["uploaded_by"]["username"]) == ("x.txt", 1, "guest")
    assert world.call("DELETE", path, "guest").status_code == 403
    assert world.call("DELETE", by_id, "ada").status_code == 204
    assert world.call("GET", path, "guest").status_code == 404


def test_a_file_is_needed(world: World, project: Branches) -> None:
    assert world.call("POST", f"{project.api}/uploads", "ada").json() == {"error": "file is missing"}
    assert world.call("POST", f"{project.api}/uploads", "ada", file="x").json() == {"error": "file is invalid"}


def test_python_gitlab_uploads(world: World, project: Branches) -> None:
    made = world.client().projects.get(project.id).upload("a.txt", "content")
    assert made["markdown"] == f"[a.txt]({made['url']})"


def test_markdown_is_rendered_without_its_html(world: World, project: Branches) -> None:
    text = "**b** ~~c~~\n\n<script>alert(1)</script> [x](javascript:alert) <img src=x onerror=alert(1)>"
    html = world.ok("POST", "/markdown", "rita", text=text, gfm=True, project=project.path)["html"]
    assert "<strong>b</strong>" in html and "<del>c</del>" in html
    assert "<script" not in html and "<img" not in html and 'href="javascript:' not in html
    hidden = world.call("POST", "/markdown", "stranger", text="x", project=project.path)
    assert (hidden.status_code, hidden.json()) == (404, {"message": "404 Project Not Found"})
