"""Single notes over HTTP: changed, taken away, reacted to; and the files in them."""

from __future__ import annotations

import pytest
import requests
from api_client import Api, FailedError

from .conftest import Opened

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def failure(api: Api, name: str, body: object = None, **parameters: object) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    return caught.value


def test_a_note_is_changed_and_taken_away(opened: Opened) -> None:
    thread = opened.api("create_discussion", {"body": "Why?"}, iid=opened.iid)
    note = thread.notes[0]
    changed = opened.api("update_note", {"body": "Why pi?"}, iid=opened.iid, note_id=note.id)
    assert (changed.id, changed.body, changed.can_edit) == (note.id, "Why pi?", True)
    assert changed.web_url.endswith(f"/-/merge_requests/{opened.iid}#note_{note.id}")
    assert opened.api("delete_note", iid=opened.iid, note_id=note.id).id == note.id
    assert opened.api("delete_note", iid=opened.iid, note_id=note.id).id == note.id
    assert opened.api("list_discussions", iid=opened.iid).discussions == []
    assert failure(opened.api, "update_note", {"body": "x"}, iid=opened.iid, note_id=note.id).code == "not_found"
    assert failure(opened.api, "update_note", {"body": " "}, iid=opened.iid, note_id=note.id).code == "bad_request"


def test_a_changed_note_still_leads_to_its_cell(opened: Opened) -> None:
    refs = opened.api("get_merge_request", iid=opened.iid).diff_refs
    cell = {"base_sha": refs.base_sha, "start_sha": refs.start_sha, "head_sha": refs.head_sha}
    cell |= {"old_path": "train.ipynb", "new_path": "train.ipynb", "side": "new", "index": 1}
    thread = opened.api("create_discussion", {"body": "Why?", "cell": cell}, iid=opened.iid)
    opened.api("update_note", {"body": "Why pi?"}, iid=opened.iid, note_id=thread.notes[0].id)
    (seen,) = opened.api("list_discussions", iid=opened.iid).discussions
    assert (seen.notes[0].body, seen.cell) == ("Why pi?", thread.cell)


def test_reactions_come_and_go(opened: Opened) -> None:
    note = opened.api("create_discussion", {"body": "Why?"}, iid=opened.iid).notes[0].id
    where = {"iid": opened.iid, "note_id": note}
    assert opened.api("list_award_emoji", **where).award_emoji == []
    (given,) = opened.api("give_award_emoji", {"name": "thumbsup"}, **where).award_emoji
    assert (given.name, given.user.username) == ("thumbsup", "author")
    assert opened.api("give_award_emoji", {"name": "thumbsup"}, **where).award_emoji == [given]
    assert [each.name for each in opened.api("give_award_emoji", {"name": "tada"}, **where).award_emoji] == [
        "thumbsup",
        "tada",
    ]
    (left,) = opened.api("take_award_emoji", award_id=given.id, **where).award_emoji
    assert opened.api("take_award_emoji", award_id=given.id, **where).award_emoji == [left]
    assert failure(opened.api, "give_award_emoji", {"name": "../x"}, **where).code == "bad_request"
    assert failure(opened.api, "list_award_emoji", iid=opened.iid, note_id=999_999).code == "not_found"


def test_a_picture_is_put_into_a_comment_and_shown(opened: Opened) -> None:
    made = opened.api("create_upload", PNG, filename="../my plot.png")
    assert made.markdown == f"![{made.alt}]({made.url})"
    _, kind, secret, name = made.url.split("/")
    assert kind == "uploads"
    response = opened.api.response("get_upload", secret=secret, filename=name)
    assert (response.content, response.headers["Content-Type"]) == (PNG, "image/png")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert failure(opened.api, "get_upload", secret="a" * 32, filename=name).code == "not_found"
    assert failure(opened.api, "get_upload", secret="../../user", filename=name).code == "not_found"
    assert failure(opened.api, "create_upload", b"x", filename="..").code == "bad_request"


def test_a_file_of_any_size_goes_through_in_pieces(opened: Opened) -> None:
    size = 12_000_000

    def pieces() -> object:
        for _ in range(size // 100_000):
            yield b"x" * 100_000

    made = opened.api("create_upload", pieces(), filename="big.csv")  # without Content-Length
    _, _, secret, name = made.url.split("/")
    assert opened.api("get_upload", secret=secret, filename=name) == b"x" * size


def test_a_file_that_is_too_large_is_refused_before_it_is_read(opened: Opened) -> None:
    response = requests.post(
        f"{opened.api.url}/gitlab/api/v1/uploads",
        params={"folder": opened.api.folder, "filename": "x"},
        headers={"Authorization": f"token {opened.api.token}", "Content-Length": str(60_000_000)},
        data=b"",
        timeout=30,
    )
    assert (response.status_code, response.json()["code"]) == (413, "too_large")
