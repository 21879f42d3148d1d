"""The sandbox's records in one SQLite file; a restart loses nothing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = dict[str, Any]
"""One record: column name to value (int, float, str, bytes or None)."""


def _as_dict(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}


def _add_missing_columns(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Bring the tables that are there already up to what ``scripts`` would make of them."""
    wanted = sqlite3.connect(":memory:")
    for script in scripts:
        wanted.executescript(script)
    for (table,) in wanted.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        have = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        for _, name, kind, required, default, _ in wanted.execute(f"PRAGMA table_info({table})"):
            if have and name not in have:
                rule = f"{' NOT NULL' if required else ''}{f' DEFAULT {default}' if default is not None else ''}"
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}{rule}")
    wanted.close()


class Store:
    """Records by plain SQL, safe from any thread: each thread has a connection of its own.

    ``fragments`` are ``CREATE TABLE IF NOT EXISTS`` scripts; each resource module may bring its own (its ``SCHEMA``).
    Columns that a table of an older file lacks are added with their defaults. Reads see the last committed state.
    Writes outside a transaction commit at once.
    """

    def __init__(self, path: Path, fragments: Iterable[str]) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        connection, scripts = self._connection(), list(fragments)
        _add_missing_columns(connection, scripts)
        for script in scripts:
            connection.executescript(script)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # isolation_level None: transactions begin where the code says so, not where the driver guesses
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
            connection.row_factory = _as_dict
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA foreign_keys=ON")
            self._local.connection = connection
            self._local.depth = 0
            with self._lock:
                self._connections.append(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one writer at a time; nests (the outermost one commits).

        Do not run git inside one unless the command is quick: other writers wait.
        """
        connection = self._connection()
        if self._local.depth:
            self._local.depth += 1
            try:
                yield
            finally:
                self._local.depth -= 1
            return
        connection.execute("BEGIN IMMEDIATE")
        self._local.depth = 1
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        else:
            connection.execute("COMMIT")
        finally:
            self._local.depth = 0

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """Every record that ``sql`` selects."""
        return self._connection().execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first record that ``sql`` selects, or None."""
        found: Row | None = self._connection().execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first record, or None."""
        found = self.row(sql, *values)
        return next(iter(found.values())) if found else None

    def execute(self, sql: str, *values: Any) -> int:
        """Run a writing statement; the number of records it touched."""
        return self._connection().execute(sql, values).rowcount

    def get(self, table: str, key: int) -> Row:
        """The record with this id.

        Raises:
            KeyError: there is none.
        """
        found = self.row(f"SELECT * FROM {table} WHERE id = ?", key)
        if found is None:
            raise KeyError(f"{table} {key}")
        return found

    def insert(self, table: str, **values: Any) -> int:
        """Add a record; its new id (ids are never used twice)."""
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
        return self._connection().execute(sql, tuple(values.values())).lastrowid or 0

    def update(self, table: str, key: int, **values: Any) -> None:
        """Change columns of the record with this id."""
        if values:
            columns = ", ".join(f"{column} = ?" for column in values)
            self.execute(f"UPDATE {table} SET {columns} WHERE id = ?", *values.values(), key)

    def delete(self, table: str, key: int) -> None:
        """Remove the record with this id, and by foreign keys what hangs on it."""
        self.execute(f"DELETE FROM {table} WHERE id = ?", key)

    def close(self) -> None:
        """Close every thread's connection; the store can't be used afterwards."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()


def marks(values: Sequence[Any]) -> str:
    """``?, ?, ?`` for an ``IN (…)`` of these values."""
    return ", ".join("?" * len(values))
