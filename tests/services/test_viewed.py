"""What was ticked off survives a restart and belongs to one person, project and merge request."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_client import FailedError
from jupyter_process import JupyterProcess, clean_environment, jupyter_server
from sandbox_server import Person

from .conftest import Opened


def test_marks_are_set_in_place_of_those_before(opened: Opened) -> None:
    assert opened.api("list_viewed", iid=opened.iid).files == {}
    opened.api("set_viewed", {"path": "a.py", "file": "1" * 40}, iid=opened.iid)
    body = {"path": "train.ipynb", "cells": ["c1", "c2", "c2"]}
    marks = opened.api("set_viewed", body, iid=opened.iid)
    assert (marks.files, marks.cells) == ({"a.py": "1" * 40}, {"train.ipynb": ["c1", "c2"]})
    opened.api("set_viewed", {"path": "train.ipynb", "file": "2" * 40, "cells": ["c1"]}, iid=opened.iid)
    opened.api("set_viewed", {"path": "a.py"}, iid=opened.iid)
    found = opened.api("list_viewed", iid=opened.iid)
    assert (found.files, found.cells) == ({"train.ipynb": "2" * 40}, {"train.ipynb": ["c1"]})


def test_marks_outlive_the_server(opened: Opened, tmp_path: Path, author: Person, author_lab: JupyterProcess) -> None:
    environment = clean_environment(tmp_path, "Test Author", "author@example.com")
    host = opened.workspace.git("remote", "get-url", "origin").split("/")[2]
    for number in range(2):
        with jupyter_server(tmp_path, author_lab.root, {"tokens": {host: author.token}}, environment) as server:
            api = server.api.at(opened.api.folder)
            if number == 0:
                api("set_viewed", {"path": "a.py", "file": "1" * 40}, iid=opened.iid)
            assert api("list_viewed", iid=opened.iid).files == {"a.py": "1" * 40}
            assert api("list_viewed", iid=opened.iid + 1).files == {}


@pytest.mark.parametrize(
    "body",
    [
        {"path": ""},
        {"path": "a" * 5_000, "file": "1"},
        {"path": "é", "file": "1"},
        {"path": "a", "file": ""},
        {"path": "a", "file": "1" * 200},
        {"path": "a", "cells": ["1" * 200]},
        {"path": "a", "cells": ["1"] * 5_001},
    ],
)
def test_what_can_not_be_marks_is_refused(opened: Opened, body: dict[str, object]) -> None:
    with pytest.raises(FailedError) as caught:
        opened.api("set_viewed", body, iid=opened.iid)
    assert caught.value.code == "bad_request"


def test_a_record_stays_small(opened: Opened) -> None:
    digests = [f"{number:0128d}" for number in range(2_500)]
    for name in ("first", "second", "third", "fourth"):
        marks = opened.api("set_viewed", {"path": name, "cells": digests}, iid=opened.iid)
    assert list(marks.cells) == ["second", "third", "fourth"]
