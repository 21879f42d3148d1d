"""What can go wrong with the servers: no repository, a token that does not serve, a restart, a GitLab that is down.

The two servers are started here and not by the demo, which ends when one of them ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import gitlab
import pytest
from lab import Lab
from playwright.sync_api import BrowserContext, expect
from servers import BRANCH, PROJECT, Sandbox, Server, sign_in


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    found = Sandbox(tmp_path_factory.mktemp("sandbox"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Server]:
    found = Server(tmp_path_factory.mktemp("server"), sandbox)
    yield found
    found.stop()
    assert not any(token in found.log() for token in sandbox.users.values())


@pytest.fixture(autouse=True)
def running(sandbox: Sandbox, server: Server) -> Iterator[None]:
    """What a failing test has stopped runs again for the next one."""
    yield
    for program in (sandbox, server):
        if program.stopped:
            program.start()


@pytest.fixture
def signed_out(server: Server) -> None:
    assert server.call("DELETE", "/gitlab/api/v1/accounts?folder=churn-model").ok


@pytest.fixture
def signed_in(server: Server, sandbox: Sandbox) -> None:
    sign_in(server, sandbox, sandbox.users["mira"])


@pytest.fixture
def open_page(server: Server, new_context: Callable[..., BrowserContext]) -> Callable[..., Lab]:
    """A page with the JupyterLab on the file *path* if one is given, with its panel open unless told otherwise."""

    def open_(path: str = "", panel: bool = True) -> Lab:
        lab = Lab(new_context(viewport={"width": 1440, "height": 900}, locale="en-GB").new_page(), server.url)
        lab.load(path)
        # JupyterLab's own words about a server that is away; they come at their own time.
        lost = lab.page.locator(".jp-Dialog", has_text="Server Connection Error")
        lab.page.add_locator_handler(lost, lambda: lost.get_by_role("button", name="Close").click())
        if panel:
            lab.open_panel()
        return lab

    return open_


def test_a_folder_without_a_repository_says_what_to_do(signed_in: None, open_page: Callable[..., Lab]) -> None:
    lab = open_page()
    expect(lab.panel).to_contain_text("No git repository here")
    expect(lab.panel).to_contain_text("Open a folder or a notebook inside a clone, and the panel follows.")
    expect(lab.panel.get_by_role("alert")).to_have_count(0)
    lab.panel.get_by_role("button", name="Show files").click()
    lab.page.locator(".jp-DirListing-item", has_text="plain").dblclick()
    lab.open_panel()
    expect(lab.panel).to_contain_text("The folder “plain” is not inside a clone.")
    lab.panel.get_by_role("button", name="Show files").click()
    lab.page.locator(".jp-BreadCrumbs-home").click()
    lab.page.locator(".jp-DirListing-item", has_text="churn-model").dblclick()
    lab.open_panel()
    expect(lab.panel.get_by_label(f"Branch: {BRANCH}")).to_be_visible()


def test_outside_of_a_clone_the_panel_shows_the_inbox_of_the_gitlab_that_was_chosen(
    signed_in: None, sandbox: Sandbox, open_page: Callable[..., Lab]
) -> None:
    host = sandbox.url.partition("://")[2]
    theirs = sandbox.project().mergerequests.list(iterator=False, state="opened", author_username="mira")[0]
    sandbox.project().mergerequests.get(theirs.iid).notes.create({"body": "@mira one thing more"})
    lab = open_page()
    icon = lab.page.locator('.jp-SideBar li[data-id="jp-gitlab-panel"]')
    inbox = lab.panel.get_by_role("region", name=f"Inbox of {host}")
    heading = inbox.get_by_role("heading", name="Inbox")
    expect(heading).to_have_text(re.compile(r"Inbox \(\d+\)"))
    waiting = re.sub(r"\D", "", heading.inner_text())
    expect(icon).to_have_attribute("data-gitlab-waiting", waiting)

    # gitlab.com is known as well, but nobody is signed in there; the choice stays.
    inbox.get_by_role("combobox", name="GitLab").select_option("gitlab.com")
    elsewhere = lab.panel.get_by_role("region", name="Inbox of gitlab.com")
    expect(elsewhere.get_by_role("button", name="Sign in to gitlab.com")).to_be_visible()
    expect(icon).not_to_have_attribute("data-gitlab-waiting", re.compile(r"\d"))
    lab.load()
    lab.open_panel()
    expect(elsewhere).to_be_visible()
    elsewhere.get_by_role("combobox", name="GitLab").select_option(host)
    expect(icon).to_have_attribute("data-gitlab-waiting", waiting)

    # A merge request opens without a clone.
    inbox.get_by_role("radio", name="Mine").click()
    inbox.get_by_text(theirs.title).click()
    expect(lab.document.get_by_role("heading", name=theirs.title)).to_be_visible()
    expect(lab.panel).to_contain_text("No git repository here")


def test_a_wrong_token_is_told_and_can_be_corrected(
    signed_out: None, sandbox: Sandbox, server: Server, open_page: Callable[..., Lab]
) -> None:
    host = sandbox.url.partition("://")[2]
    lab = open_page("churn-model/README.md")
    form = lab.panel.get_by_role("form", name=f"Sign in to {host}")
    field = form.get_by_label("Personal access token")
    field.fill("glpat-of-nobody-at-all")
    form.get_by_role("button", name="Sign in").click()
    alert = form.get_by_role("alert")
    expect(alert).to_contain_text("You are not signed in.")
    expect(alert).to_contain_text(f"{host} does not know this access token.")
    expect(alert).to_contain_text("Check that it was copied whole and belongs to this host, or make a new one.")
    expect(field).to_have_value("glpat-of-nobody-at-all")

    mira = sandbox.root().users.list(username="mira")[0]
    field.fill(sandbox.token(mira.id, "read_api"))
    form.get_by_role("button", name="Sign in").click()
    expect(alert).to_contain_text("lacks the scope “api”. It has: read_api.")
    expect(alert).to_contain_text("make a new one with the scope “api” and sign in with it.")

    field.fill(sandbox.users["mira"])
    form.get_by_role("button", name="Sign in").click()
    expect(form).to_have_count(0)
    expect(lab.panel).to_contain_text("No merge request yet")
    assert sandbox.users["mira"] not in lab.page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def test_a_project_without_access_and_a_token_that_ends_are_told(
    signed_out: None, sandbox: Sandbox, server: Server, open_page: Callable[..., Lab]
) -> None:
    host = sandbox.url.partition("://")[2]
    new = {"username": "nina", "name": "Nina", "email": "nina@example.com", "reset_password": True}
    nina = sandbox.root().users.create(new)
    token = sandbox.token(nina.id)
    sign_in(server, sandbox, token)
    lab = open_page("churn-model/README.md")
    alert = lab.panel.get_by_role("alert").first
    expect(alert).to_contain_text(f"There is no project {PROJECT} on {host}, or you may not see it.")
    expect(alert).to_contain_text("check the remote's address, or ask for access")
    sandbox.project().members.create({"user_id": nina.id, "access_level": gitlab.const.AccessLevel.DEVELOPER})
    alert.get_by_role("button", name="Try again").click()
    expect(lab.panel).to_contain_text("No merge request yet")

    gitlab.Gitlab(sandbox.url, private_token=token).personal_access_tokens.get("self").delete()
    lab.panel.get_by_role("button", name="Refresh").click()
    form = lab.panel.get_by_role("form", name=f"Your token for {host} was revoked")
    expect(form.get_by_role("alert")).to_contain_text("Make a new access token and sign in with it.")
    form.get_by_label("Personal access token").fill(sandbox.users["mira"])
    form.get_by_role("button", name="Sign in").click()
    expect(form).to_have_count(0)
    expect(lab.panel).to_contain_text("No merge request yet")


def test_what_is_typed_in_a_dialog_outlives_a_restart_of_the_server(
    signed_in: None, sandbox: Sandbox, server: Server, open_page: Callable[..., Lab]
) -> None:
    lab = open_page("churn-model/README.md")
    lab.panel.get_by_role("button", name="Create merge request").click()
    dialog = lab.page.locator(".jp-gitlab-SubmitDialog")
    dialog.get_by_label("Title").fill("Report AUC, too")
    dialog.get_by_label("Description").fill("Because accuracy hides the rare class.")

    server.stop()
    dialog.get_by_role("button", name="Create merge request").click()
    alert = dialog.get_by_role("alert")
    expect(alert).to_contain_text("The Jupyter server does not answer.")
    expect(alert).to_contain_text("Check that it is still running, then try again.")
    server.start()
    expect(dialog.get_by_label("Title")).to_have_value("Report AUC, too")
    expect(dialog.get_by_label("Description")).to_have_value("Because accuracy hides the rare class.")

    # The server is back: the same click does it.
    dialog.get_by_role("button", name="Create merge request").click()
    expect(dialog).to_have_count(0)
    (made,) = sandbox.project().mergerequests.list(source_branch=BRANCH, state="opened")
    assert (made.title, made.description) == ("Report AUC, too", "Because accuracy hides the rare class.")
    expect(lab.panel).to_contain_text("Report AUC, too")
    made.delete()


def test_a_panel_that_is_opened_while_the_server_is_away_comes_later(
    signed_in: None, server: Server, open_page: Callable[..., Lab]
) -> None:
    lab = open_page("churn-model", panel=False)
    expect(lab.page.locator(".jp-DirListing-item", has_text="README.md")).to_be_visible()
    server.stop()
    lab.open_panel()
    expect(lab.panel).to_contain_text("A part of the GitLab extension could not be loaded.")
    expect(lab.panel).to_contain_text("Check that the Jupyter server is running and try again")
    server.start()
    lab.page.locator('.jp-SideBar li[data-id="filebrowser"]').click()
    lab.open_panel()
    expect(lab.panel.get_by_label(f"Branch: {BRANCH}")).to_be_visible()
    expect(lab.panel).to_contain_text("No merge request yet")


def test_a_comment_outlives_a_gitlab_that_is_down(
    signed_in: None, sandbox: Sandbox, server: Server, open_page: Callable[..., Lab]
) -> None:
    (about,) = (one for one in sandbox.project().mergerequests.list(state="opened") if not one.draft)
    text = "Does it still converge?"
    lab = open_page("churn-model/README.md")
    lab.merge_requests.get_by_role("radio", name="Mine").click()
    lab.panel.get_by_role("button", name=about.title).click()
    lab.tab("Overview")
    box = lab.document.get_by_label("Comment on the merge request")
    box.fill(text)

    sandbox.stop()
    lab.document.get_by_role("button", name="Comment", exact=True).click()
    alert = lab.document.get_by_role("alert").filter(has_text="Your text is kept")
    expect(alert).to_contain_text("It is not known yet whether GitLab has the comment.")
    expect(alert).to_contain_text("Retry looks before it sends again.")
    expect(alert).to_contain_text("can't be reached.")
    expect(alert).to_contain_text("Local work goes on meanwhile.")
    expect(box).to_have_value(text)
    # Local work goes on.
    expect(lab.panel).to_contain_text("GitLab has not answered since")
    (server.clone / "notes.txt").write_text("notes\n")
    lab.panel.get_by_role("button", name="Refresh").click()
    lab.tick("notes.txt")
    lab.commit("Add notes")
    expect(lab.file_row("notes.txt")).to_have_count(0)
    assert server.git("log", "-1", "--format=%s") == "Add notes"
    server.git("reset", "-q", "--hard", "HEAD~")
    expect(box).to_have_value(text)

    sandbox.start()
    alert.get_by_role("button", name="Retry").click()
    expect(lab.thread(text)).to_be_visible()
    expect(box).to_have_value("")
    notes = sandbox.project().mergerequests.get(about.iid).notes.list(get_all=True)
    assert [note.body for note in notes].count(text) == 1
    expect(lab.panel).not_to_contain_text("GitLab has not answered since")
