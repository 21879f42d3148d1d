"""Users, groups, projects and members, through the real client."""

from __future__ import annotations

import gitlab
import pytest
from sandbox_server import SandboxGitlab


def status(call: object, *arguments: object, **more: object) -> int:
    """The HTTP status with which a call of the client is refused."""
    with pytest.raises(gitlab.GitlabError) as refused:
        call(*arguments, **more)  # type: ignore[operator]
    return int(refused.value.response_code or 0)


def test_users_are_found_by_name_and_search(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person("ada.lovelace")
    gl = person.gl
    assert [user.id for user in gl.users.list(username="ADA.Lovelace")] == [person.id]
    assert [user.username for user in gl.users.list(search="lovelace")] == ["ada.lovelace"]
    assert gl.users.get(person.id).username == "ada.lovelace"
    assert not hasattr(gl.users.list(username="root")[0], "email")
    assert status(gl.users.get, 99999) == 404


def test_the_same_user_name_or_address_cannot_be_taken_twice(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person()
    new = {"username": person.username, "name": "X", "email": "other@example.com", "reset_password": True}
    assert status(gitlab_server.root.gl.users.create, new) == 409
    new = {"username": "another", "name": "X", "email": f"{person.username}@example.com", "reset_password": True}
    assert status(gitlab_server.root.gl.users.create, new) == 409


def test_version_and_metadata_answer(gitlab_server: SandboxGitlab) -> None:
    version, revision = gitlab_server.root.gl.version()
    assert int(version.split(".")[0]) >= 17
    assert revision == "sandbox"
    assert gitlab_server.call("GET", "/metadata").json()["enterprise"] is False
    assert gitlab_server.call("GET", "/version", None).status_code == 401


def test_a_new_project_is_found_by_id_and_by_path(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person()
    made = person.gl.projects.create({"name": "Churn model"})
    assert made.path_with_namespace == f"{person.username}/churn-model"
    assert made.empty_repo is True
    assert made.visibility == "private"
    by_path = person.gl.projects.get(f"{person.username}/Churn-Model")
    assert by_path.id == made.id
    assert by_path.permissions["project_access"]["access_level"] == 50
    assert by_path.http_url_to_repo == f"{gitlab_server.url}/{person.username}/churn-model.git"


def test_a_taken_path_is_refused_with_the_fields(gitlab_server: SandboxGitlab) -> None:
    person = gitlab_server.person()
    person.gl.projects.create({"name": "one"})
    answer = gitlab_server.call("POST", "/projects", person.token, json={"name": "one"})
    assert answer.status_code == 400
    assert answer.json()["message"]["path"] == ["has already been taken"]
    missing = gitlab_server.call("POST", "/projects", person.token, json={})
    assert missing.json() == {"error": "name, path are missing, at least one parameter must be provided"}


def test_initialize_with_readme_makes_a_protected_default_branch(gitlab_server: SandboxGitlab) -> None:
    project = gitlab_server.project(initialize_with_readme=True, default_branch="trunk")
    assert (project.default_branch, project.empty_repo) == ("trunk", False)
    assert project.readme_url.endswith("/-/blob/trunk/README.md")
    assert [rule.name for rule in project.protectedbranches.list()] == ["trunk"]


def test_a_private_project_is_not_there_for_others(gitlab_server: SandboxGitlab) -> None:
    owner, other = gitlab_server.person(), gitlab_server.person()
    project = owner.gl.projects.create({"name": "secret"})
    for token in (other.token, None):
        answer = gitlab_server.call("GET", f"/projects/{project.id}", token)
        assert (answer.status_code, answer.json()) == (404, {"message": "404 Project Not Found"})
    assert project.id not in [found.id for found in other.gl.projects.list(get_all=True)]
    assert gitlab_server.call("PUT", f"/projects/{project.id}", None, json={"name": "x"}).status_code == 401


def test_visibility_opens_a_project_step_by_step(gitlab_server: SandboxGitlab) -> None:
    owner, other = gitlab_server.person(), gitlab_server.person()
    project = owner.gl.projects.create({"name": "open", "visibility": "internal", "initialize_with_readme": True})
    assert other.gl.projects.get(project.id).name == "open"
    assert gitlab_server.call("GET", f"/projects/{project.id}", None).status_code == 404
    project.visibility = "public"
    project.save()
    assert gitlab_server.call("GET", f"/projects/{project.id}/repository/tree", None).status_code == 200
    assert gitlab_server.call("PUT", f"/projects/{project.id}", other.token, json={"name": "x"}).status_code == 403


def test_a_guest_of_a_private_project_sees_it_but_not_its_code(gitlab_server: SandboxGitlab) -> None:
    owner, guest = gitlab_server.person(), gitlab_server.person()
    project = owner.gl.projects.create({"name": "g", "initialize_with_readme": True})
    project.members.create({"user_id": guest.id, "access_level": 10})
    assert gitlab_server.call("GET", f"/projects/{project.id}", guest.token).status_code == 200
    assert gitlab_server.call("GET", f"/projects/{project.id}/repository/tree", guest.token).status_code == 403


def test_settings_are_kept(gitlab_server: SandboxGitlab) -> None:
    project = gitlab_server.project(squash_option="always", topics=["ml"])
    project.only_allow_merge_if_all_discussions_are_resolved = True
    project.merge_method = "ff"
    project.description = "About"
    project.save()
    found = gitlab_server.root.gl.projects.get(project.id)
    assert found.only_allow_merge_if_all_discussions_are_resolved is True
    assert (found.merge_method, found.squash_option, found.topics) == ("ff", "always", ["ml"])
    assert found.description == "About"


def test_lists_can_be_narrowed(gitlab_server: SandboxGitlab) -> None:
    owner, member = gitlab_server.person(), gitlab_server.person()
    one = owner.gl.projects.create({"name": "alpha", "visibility": "public"})
    two = owner.gl.projects.create({"name": "beta", "visibility": "public"})
    two.members.create({"user_id": member.id, "access_level": 30})
    assert [p.id for p in member.gl.projects.list(membership=True)] == [two.id]
    assert member.gl.projects.list(owned=True) == []
    assert [p.id for p in owner.gl.projects.list(owned=True, order_by="name", sort="asc")] == [one.id, two.id]
    assert [p.id for p in owner.gl.projects.list(search="alph", owned=True)] == [one.id]
    assert [p.id for p in owner.gl.projects.list(min_access_level=50)] == [two.id, one.id]
    assert gitlab_server.root.gl.projects.list(membership=True, search="alpha") == []
    assert [p.id for p in owner.gl.users.get(owner.id).projects.list()] == [two.id, one.id]
    simple = gitlab_server.call("GET", "/projects?simple=true&search=alpha").json()[0]
    assert "permissions" not in simple


def test_a_deleted_project_waits_marked_and_frees_its_path(gitlab_server: SandboxGitlab) -> None:
    owner = gitlab_server.person()
    project = owner.gl.projects.create({"name": "gone"})
    answer = gitlab_server.call("DELETE", f"/projects/{project.id}", owner.token)
    assert (answer.status_code, answer.json()) == (202, {"message": "202 Accepted"})
    found = owner.gl.projects.get(project.id)
    assert found.marked_for_deletion_on
    assert owner.gl.projects.list(owned=True) == []
    assert owner.gl.projects.create({"name": "gone"}).id != project.id
    more = {"permanently_remove": True, "full_path": found.path_with_namespace}
    assert gitlab_server.call("DELETE", f"/projects/{project.id}", owner.token, params=more).status_code == 202
    assert gitlab_server.call("GET", f"/projects/{project.id}", owner.token).status_code == 404


def test_groups_hold_groups_and_projects(gitlab_server: SandboxGitlab) -> None:
    owner = gitlab_server.person()
    name = f"research-{owner.id}"
    group = owner.gl.groups.create({"name": "Research", "path": name})
    inner = owner.gl.groups.create({"name": "Churn", "path": "churn", "parent_id": group.id})
    assert inner.full_path == f"{name}/churn"
    assert inner.full_name == "Research / Churn"
    project = owner.gl.projects.create({"name": "model", "namespace_id": inner.id})
    assert owner.gl.projects.get(f"{name}/churn/model").id == project.id
    assert [sub.id for sub in group.subgroups.list()] == [inner.id]
    assert group.projects.list() == []
    assert [p.id for p in group.projects.list(include_subgroups=True)] == [project.id]
    assert owner.gl.groups.get(f"{name}/churn").id == inner.id
    assert group.id in [found.id for found in owner.gl.groups.list(owned=True)]
    stranger = gitlab_server.person()
    assert status(stranger.gl.groups.get, group.id) == 404
    group.delete()
    assert status(owner.gl.projects.get, project.id) == 404


def test_members_of_a_group_are_members_below_it(gitlab_server: SandboxGitlab) -> None:
    owner, dev = gitlab_server.person(), gitlab_server.person()
    group = owner.gl.groups.create({"name": "G", "path": f"g{owner.id}"})
    project = owner.gl.projects.create({"name": "p", "namespace_id": group.id})
    group.members.create({"user_id": dev.id, "access_level": 30})
    assert dev.gl.projects.get(project.id).permissions["group_access"]["access_level"] == 30
    assert project.members.list() == []
    everyone = {member.username: member.access_level for member in project.members_all.list()}
    assert everyone == {owner.username: 50, dev.username: 30}
    assert [m.username for m in project.members_all.list(query=dev.username)] == [dev.username]
    assert {user.username for user in project.users.list()} == set(everyone)
    assert project.members_all.get(dev.id).access_level == 30


def test_members_are_added_changed_and_removed_within_ones_own_level(gitlab_server: SandboxGitlab) -> None:
    owner, maintainer, other = (gitlab_server.person() for _ in range(3))
    project = owner.gl.projects.create({"name": "m"})
    project.members.create({"user_id": maintainer.id, "access_level": 40})
    theirs = maintainer.gl.projects.get(project.id)
    assert status(theirs.members.create, {"user_id": other.id, "access_level": 50}) == 403
    member = theirs.members.create({"user_id": other.id, "access_level": 30})
    again = gitlab_server.call(
        "POST", f"/projects/{project.id}/members", json={"user_id": other.id, "access_level": 30}
    )
    assert (again.status_code, again.json()) == (409, {"message": "Member already exists"})
    member.access_level = 20
    member.save()
    assert project.members.get(other.id).access_level == 20
    refused = other.gl.projects.get(project.id)
    assert status(refused.members.create, {"user_id": owner.id, "access_level": 10}) == 403
    member.delete()
    assert status(project.members.get, other.id) == 404


def test_labels_and_milestones_are_kept(gitlab_server: SandboxGitlab) -> None:
    project = gitlab_server.project()
    label = project.labels.create({"name": "needs data", "color": "#ffff00", "description": "More"})
    assert label.text_color == "#1F1E24"
    assert status(project.labels.create, {"name": "needs data", "color": "red"}) == 409
    assert status(project.labels.create, {"name": "x", "color": "no colour"}) == 400
    label.new_name = "has data"
    label.save()
    assert [found.name for found in project.labels.list()] == ["has data"]
    project.labels.delete("has data")
    assert project.labels.list() == []
    project.milestones.create({"title": "v1", "due_date": "2020-01-01"})
    assert [(m.iid, m.title, m.expired) for m in project.milestones.list()] == [(1, "v1", True)]
    assert project.pipelines.list() == []
    assert project.forks.list() == []


def test_a_fork_is_a_copy_in_another_place(gitlab_server: SandboxGitlab) -> None:
    owner, other = gitlab_server.person(), gitlab_server.person()
    project = owner.gl.projects.create({"name": "origin", "visibility": "public", "initialize_with_readme": True})
    fork = other.gl.projects.get(project.id).forks.create({})
    found = other.gl.projects.get(fork.id)
    assert found.path_with_namespace == f"{other.username}/origin"
    assert found.forked_from_project["id"] == project.id
    assert found.branches.get("main").commit["id"] == project.branches.get("main").commit["id"]
    assert [listed.id for listed in project.forks.list()] == [fork.id]
    assert status(other.gl.projects.get(project.id).forks.create, {}) == 409
