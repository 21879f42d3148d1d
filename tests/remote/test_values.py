"""Small rules: drafts, times, words, merge states, kept answers."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.remote import entities, mergeability
from jupyterlab_gitlab.remote.faults import words
from jupyterlab_gitlab.remote.keeping import Kept
from jupyterlab_gitlab.remote.parallel import together
from jupyterlab_gitlab.remote.times import utc
from jupyterlab_gitlab.remote.titles import with_draft, without_draft


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Draft: A", "A"),
        ("draft:A", "A"),
        ("[Draft] A", "A"),
        ("(DRAFT) Draft: A", "A"),
        ("Drafty: A", "Drafty: A"),
        ("A draft: B", "A draft: B"),
        ("Draft:", "Draft:"),
    ],
)
def test_draft_prefixes_are_gitlabs(title: str, plain: str) -> None:
    assert without_draft(title) == plain


@given(st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())), st.booleans())
def test_a_draft_state_set_twice_is_set_once(title: str, draft: bool) -> None:
    once = with_draft(title, draft)
    assert with_draft(once, draft) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z"),
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"),
        ("2026-01-02T03:04:05.678+02:00", "2026-01-02T01:04:05.678Z"),
        ("2026-01-02 03:04:05 -0530", "2026-01-02T08:34:05.000Z"),
        ("2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.123Z"),
        ("2026-01-02 03:04:05 UTC", "2026-01-02T03:04:05.000Z"),
        ("2026-99-02T03:04:05Z", "2026-99-02T03:04:05Z"),
        ("yesterday", "yesterday"),
    ],
)
def test_times_become_utc(text: str, expected: str) -> None:
    assert utc(text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"message": "404 Project Not Found"}, "404 Project Not Found"),
        ({"message": ["Another one exists: !59", "and more"]}, "Another one exists: !59, and more"),
        ({"message": {"title": ["can't be blank"], "base": ["No commits"]}}, "title can't be blank; No commits"),
        ({"message": {"error": "Too many requests."}}, "Too many requests."),
        ({"error": "title is missing"}, "title is missing"),
        ({"error": "invalid_token", "error_description": "Token is expired."}, "Token is expired."),
        ({}, ""),
        ([1], ""),
        ({"message": "x" * 10_000}, "x" * 500),
    ],
)
def test_gitlabs_own_words_are_found_in_every_shape(body: Any, expected: str) -> None:
    assert words(body) == expected


def merge_request(**fields: Any) -> entities.MergeRequest:
    user = entities.User(id=1, username="a", name="A")
    given_fields: dict[str, Any] = {"state": "opened", **fields}
    return entities.MergeRequest(
        iid=1,
        title="t",
        author=user,
        source_branch="s",
        target_branch="main",
        target_project_id=1,
        created_at="",
        updated_at="",
        web_url="",
        **given_fields,
    )


# https://docs.gitlab.com/api/merge_requests/#merge-status, and the names of the checks in GitLab's source
STATES = (
    *("approvals_syncing", "blocked_status", "broken_status", "checking", "ci_must_pass", "ci_still_running"),
    *("commits_status", "conflict", "discussions_not_resolved", "draft_status", "external_status_checks"),
    *("jira_association_missing", "locked_lfs_files", "locked_paths", "merge_request_blocked", "merge_time"),
    *("mergeable", "need_rebase", "not_approved", "not_open", "policies_denied", "preparing", "requested_changes"),
    *("security_policy_pipeline_check", "security_policy_violations", "status_checks_must_pass"),
    *("title_not_matching", "title_regex", "unchecked"),
)


@pytest.mark.parametrize("status", STATES)
def test_every_merge_status_has_words_and_says_what_to_do(status: str) -> None:
    found = mergeability.of(merge_request(detailed_merge_status=status))
    assert (found.status, found.mergeable) == (status, status == "mergeable")
    assert found.reason.endswith(".") and not found.reason.startswith("GitLab says")
    assert found.hint or status == "mergeable"
    assert found.checking is (status in {"preparing", "checking", "unchecked", "approvals_syncing"})


@pytest.mark.parametrize(
    ("status", "awaitable"),
    [
        ("ci_still_running", True),
        ("draft_status", True),
        ("not_approved", True),
        ("conflict", False),
        ("mergeable", False),
    ],
)
def test_what_can_be_waited_for_is_told_apart(status: str, awaitable: bool) -> None:
    assert mergeability.of(merge_request(detailed_merge_status=status)).awaitable is awaitable


def test_a_merge_status_of_the_future_is_shown_as_gitlab_calls_it() -> None:
    found = mergeability.of(merge_request(detailed_merge_status="moon_phase"))
    assert (found.mergeable, found.reason) == (False, "GitLab says: moon phase.")


@pytest.mark.parametrize(
    ("merge_status", "status"),
    [("can_be_merged", "mergeable"), ("cannot_be_merged", "conflict"), ("unchecked", "unchecked"), ("", "unchecked")],
)
def test_an_old_gitlab_tells_less(merge_status: str, status: str) -> None:
    assert mergeability.of(merge_request(merge_status=merge_status)).status == status


def test_the_reason_of_a_failed_merge_is_passed_on() -> None:
    found = mergeability.of(merge_request(detailed_merge_status="mergeable", merge_error="pre-receive hook declined"))
    assert "pre-receive hook declined" in found.reason


def test_an_answer_is_kept_for_its_time_and_no_longer() -> None:
    now = [0.0]
    kept = Kept(most=2, clock=lambda: now[0])
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name

    kept.get("a", 10, lambda: make("a1"))
    now[0] = 9.9
    assert kept.get("a", 10, lambda: make("a2")) == "a1"
    now[0] = 10.0
    assert kept.get("a", 10, lambda: make("a3")) == "a3"
    kept.get("b", 10, lambda: make("b"))
    kept.get("c", 10, lambda: make("c"))
    assert kept.get("a", 10, lambda: make("a4")) == "a4", "the oldest makes room"
    kept.drop("a")
    assert kept.get("a", 10, lambda: make("a5")) == "a5"


def test_a_failure_is_not_kept() -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get("a", 10, lambda: 1 // 0)
    assert kept.get("a", 10, lambda: 2) == 2


def test_questions_are_asked_at_once_and_answered_in_order() -> None:
    meeting = threading.Barrier(3, timeout=5)

    def meet(answer: str) -> str:
        meeting.wait()
        return answer

    assert together(lambda: meet("a"), lambda: meet("b"), lambda: meet("c")) == ("a", "b", "c")
    with pytest.raises(ZeroDivisionError):
        together(lambda: 1, lambda: 1 // 0)
