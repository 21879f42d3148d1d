"""The calls of python-gitlab that review a merge request from opening to merging."""

from __future__ import annotations

import gitlab
import pytest

from .review_world import World


def test_a_review_by_python_gitlab(world: World) -> None:
    branches = world.project()
    author = world.client("dev").projects.get(branches.path)
    wanted = {"source_branch": "feature", "target_branch": "main", "title": "t", "reviewer_ids": [world.ids["ada"]]}
    made = author.mergerequests.create(wanted)
    with pytest.raises(gitlab.GitlabCreateError, match="Another open merge request already exists") as twice:
        author.mergerequests.create(wanted)
    assert twice.value.response_code == 409

    client = world.client("ada")
    (waiting,) = client.mergerequests.list(scope="all", reviewer_username="ada", state="opened", get_all=True)
    assert waiting.iid == made.iid
    review = client.projects.get(branches.id).mergerequests.get(made.iid)
    (diff,) = review.diffs.list(get_all=True)
    assert diff.head_commit_sha == branches.feature and review.diffs.get(diff.id).diffs[0]["new_path"] == "f"
    assert review.changes()["changes_count"] == "1"
    position = {**review.diff_refs, "position_type": "text", "old_path": "f", "new_path": "f", "new_line": 30}
    thread = review.discussions.create({"body": "Why?", "position": position})
    with pytest.raises(gitlab.GitlabCreateError, match="line_code") as nowhere:
        review.discussions.create({"body": "Why?", "position": {**position, "new_line": 3}})
    assert nowhere.value.response_code == 400
    review.notes.create({"body": "Nice"})
    review.approve(sha=branches.feature)
    # the Free tier's answer has no iid, and the client takes the answer for the whole object
    review = client.projects.get(branches.id).mergerequests.get(made.iid)
    assert [one["user"]["username"] for one in review.approvals.get().approved_by] == ["ada"]

    mine = author.mergerequests.get(made.iid)
    answer = mine.discussions.get(thread.id)
    answer.notes.create({"body": "Because"})
    answer.resolved = True
    answer.save()
    threads = mine.discussions.list(iterator=True, per_page=1)
    notes = [[note["body"] for note in each.attributes["notes"]] for each in threads]
    assert notes == [
        ["requested review from @ada"],
        ["Why?", "Because"],
        ["Nice"],
        ["approved this merge request"],
        ["resolved all threads"],
    ]
    assert {person["username"] for person in mine.participants(get_all=True)} == {"ada", "dev"}
    assert [commit.id for commit in mine.commits(get_all=True)] == [branches.feature]
    mine.title = "Draft: t"
    mine.save()

    with pytest.raises(gitlab.GitlabMRClosedError) as draft:
        review.merge()
    assert draft.value.response_code == 405
    mine.title = "t"
    mine.save()
    with pytest.raises(gitlab.GitlabError, match="SHA does not match HEAD"):
        review.merge(sha="0" * 40)
    review.merge(sha=branches.feature, should_remove_source_branch=True)
    assert client.projects.get(branches.id).mergerequests.get(made.iid).state == "merged"
    review.unapprove()
    assert [branch.name for branch in author.branches.list(get_all=True)] == ["main"]
