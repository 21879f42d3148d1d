from __future__ import annotations

from pathlib import Path

from jupyterlab_gitlab.sandbox.store.sqlite import Store

OLD = "CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
NEW = """
CREATE TABLE IF NOT EXISTS things (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'new', size INTEGER
);
CREATE INDEX IF NOT EXISTS things_by_state ON things (state);
"""


def test_a_file_of_an_older_sandbox_gets_the_columns_it_lacks(tmp_path: Path) -> None:
    first = Store(tmp_path / "db", [OLD])
    key = first.insert("things", name="one")
    first.close()
    for _ in range(2):
        again = Store(tmp_path / "db", [NEW])
        assert again.get("things", key) == {"id": key, "name": "one", "state": "new", "size": None}
        again.close()
