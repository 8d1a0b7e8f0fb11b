"""The sandbox's own SQLite file: one connection, short transactions, nothing cached outside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY, is_bot INTEGER NOT NULL, first_name TEXT NOT NULL, last_name TEXT,
    username TEXT, language_code TEXT, created_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chats (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, title TEXT, is_forum INTEGER NOT NULL DEFAULT 0,
    migrated_to INTEGER, next_message_id INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS members (
    chat_id INTEGER NOT NULL, user_id INTEGER NOT NULL, status TEXT NOT NULL,
    rights TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (chat_id, user_id));
CREATE TABLE IF NOT EXISTS messages (
    chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL, sender_id INTEGER, sender_chat_id INTEGER,
    date INTEGER NOT NULL, edit_date INTEGER, thread_id INTEGER, reply_to INTEGER,
    content TEXT NOT NULL, inline_keyboard TEXT, reply_keyboard TEXT,
    pinned INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,
    reactions TEXT NOT NULL DEFAULT '{}', author_id INTEGER,
    PRIMARY KEY (chat_id, message_id));
CREATE TABLE IF NOT EXISTS topics (
    chat_id INTEGER NOT NULL, thread_id INTEGER NOT NULL, name TEXT NOT NULL, icon_color INTEGER NOT NULL,
    icon_custom_emoji_id TEXT, closed INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (chat_id, thread_id));
CREATE TABLE IF NOT EXISTS updates (
    update_id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, queue TEXT NOT NULL,
    payload TEXT NOT NULL, expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS callbacks (
    id TEXT PRIMARY KEY, user_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
    data TEXT NOT NULL, expires_at REAL NOT NULL, answer TEXT);
CREATE TABLE IF NOT EXISTS commands (
    scope TEXT NOT NULL, language TEXT NOT NULL, commands TEXT NOT NULL, PRIMARY KEY (scope, language));
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, unique_id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT, mime TEXT NOT NULL,
    info TEXT NOT NULL, content BLOB NOT NULL);
"""
# Columns that files made by an earlier version lack: (table, column, type).
ADDED = (("messages", "author_id", "INTEGER"),)


class Store:
    """Access to the file; `":memory:"` keeps everything in memory.

    A killed process loses nothing that was committed (write-ahead log). Callbacks given to `after_commit` run
    once the outermost transaction is durable, so that nobody is told of what was rolled back.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = path
        if str(path) != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA busy_timeout=2000")
        self._connection.executescript(SCHEMA)
        self._upgrade()
        self._depth = 0
        self._waiting: list[Callable[[], None]] = []

    def _upgrade(self) -> None:
        for table, column, kind in ADDED:
            present = {row["name"] for row in self._connection.execute(f"PRAGMA table_info({table})")}
            if column not in present:
                self._connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested uses join the outermost one."""
        if self._depth == 0:
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("ROLLBACK")
                self._waiting.clear()
            raise
        self._depth -= 1
        if self._depth == 0:
            self._connection.execute("COMMIT")
            self._run_waiting()

    def after_commit(self, callback: Callable[[], None]) -> None:
        if self._depth == 0:
            callback()
        else:
            self._waiting.append(callback)

    def _run_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for callback in waiting:
            callback()

    def run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return found

    def value(self, statement: str, *values: Any) -> Any:
        """First column of the first row, or None."""
        found = self.row(statement, *values)
        return None if found is None else found[0]

    def change(self, table: str, key: dict[str, Any], columns: dict[str, Any]) -> None:
        """Set columns of the row that `key` names."""
        assignments = ", ".join(f"{name} = ?" for name in columns)
        condition = " AND ".join(f"{name} = ?" for name in key)
        statement = f"UPDATE {table} SET {assignments} WHERE {condition}"  # noqa: S608 names from our code
        self.run(statement, *columns.values(), *key.values())

    def get(self, key: str, default: Any = None) -> Any:
        """A value kept under a name (JSON)."""
        stored = self.value("SELECT value FROM meta WHERE key = ?", key)
        return default if stored is None else json.loads(stored)

    def put(self, key: str, value: Any) -> None:
        self.run(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            json.dumps(value),
        )

    def next_number(self, key: str, first: int = 1) -> int:
        """A number that is never given twice under this name."""
        number = int(self.get(key, first))
        self.put(key, number + 1)
        return number
