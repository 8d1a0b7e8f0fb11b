"""Backups while Bob runs, and their restoration."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, text

from storage import migrations, privacy
from storage.connections import is_memory, parse_url
from storage.engine import Store
from storage.errors import StoreError

_WAIT_SECONDS = 10.0
_GRACE_SECONDS = 2.0  # a connection that was just closed is still listed for a moment
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def backup(url: str, target: Path) -> None:
    """Write a copy of the whole database to the file `target`, while others go on writing to the database.

    The copy is one consistent instant. It appears under its name only when it is complete, readable by its
    owner only. SQLite: a database file. PostgreSQL: an archive of `pg_dump` (custom format). Raises
    StoreError.
    """
    parsed = parse_url(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        if parsed.get_backend_name() == "sqlite":
            _copy_sqlite(_file_of(parsed), partial)
        else:
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={partial}", url=parsed)
        _settle(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def restore(file: Path, url: str, deletions: Iterable[str], *, now: datetime, leave: privacy.Leave) -> int:
    """Replace the database by a backup, upgraded, without the people deleted since.

    `deletions`: the digests listed beside the database; those in the present database count as well. `leave`
    ends the links of whoever is deleted again. Returns how many people that were. Bob must be stopped: a database
    in use is refused with StoreError. The present content is lost.
    """
    if not file.is_file():
        raise StoreError(f"There is no backup at {file}.")
    parsed = parse_url(url)
    forgotten = set(deletions)
    if parsed.get_backend_name() == "sqlite":
        forgotten |= _restore_sqlite(file, _file_of(parsed))
    else:
        forgotten |= _release_postgres(url)
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            str(file),
            url=parsed,
        )
    migrations.upgrade(url)
    store = Store(url)
    try:
        returned = store.run_sync(privacy.replay_deletions, forgotten, now, leave)
        store.scrub()
    finally:
        store.close()
    return returned


def _file_of(url: URL) -> Path:
    if is_memory(url):
        raise StoreError("A database in memory cannot be backed up: set DATABASE_URL to a file.")
    return Path(str(url.database))


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        raise StoreError(f"There is no database at {source}.")
    try:
        with _Opened(source) as reading, _Opened(target) as writing:
            # All pages in one step: a backup in small steps starts again with each write of another process.
            reading.backup(writing, pages=-1)
            writing.execute("PRAGMA journal_mode=DELETE").close()  # one file, nothing beside it
            _check(writing, target)
    except sqlite3.Error as error:
        raise StoreError(
            f"The backup failed ({error}): check the disk's space and the rights of {target.parent}."
        ) from error


def _restore_sqlite(file: Path, target: Path) -> set[str]:
    """Put the backup in the place of `target`; returns the digests of deletions that `target` knew."""
    try:
        with _Opened(file, read_only=True) as stored:
            _check(stored, file)
            forgotten = _release(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".restored")
            partial.unlink(missing_ok=True)
            os.close(os.open(partial, os.O_CREAT | os.O_RDWR, 0o600))
            with _Opened(partial) as writing:
                stored.backup(writing, pages=-1)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{file} cannot be restored ({error}): choose another backup.") from error
    _settle(partial, target)
    return forgotten


def _release(target: Path) -> set[str]:
    """Make sure that nobody uses the database to be replaced, and that nothing is left beside it."""
    if not target.exists():
        return set()
    forgotten: set[str] = set()
    try:
        with _Opened(target) as present:
            if present.execute("SELECT 1 FROM sqlite_master WHERE name = 'deletion'").fetchone():
                forgotten = {row[0] for row in present.execute("SELECT digest FROM deletion")}
            # Leaving WAL mode needs the file to oneself.
            present.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(f"{target} is in use: stop Bob, then restore.") from error
        raise
    except sqlite3.DatabaseError:
        pass  # a damaged file is the very reason to restore
    for suffix in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    return forgotten


class _Opened:
    """A SQLite connection of the standard library, closed at the end."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        mode = "ro" if read_only else "rw"
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT_SECONDS, isolation_level=None
        )

    def __enter__(self) -> sqlite3.Connection:
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _check(connection: sqlite3.Connection, path: Path) -> None:
    answer = connection.execute("PRAGMA quick_check").fetchone()
    if answer is None or answer[0] != "ok":
        raise StoreError(f"{path} is damaged: choose another backup.")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        raise StoreError(f"{path} is not a backup of Bob.")


def _settle(partial: Path, path: Path) -> None:
    """Put the complete file in its place, so that a power cut finds either the former one or this one."""
    _sync(partial)
    partial.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _other_connections(conn: Connection) -> int:
    return int(conn.execute(_OTHERS).scalar_one())


def _release_postgres(url: str) -> set[str]:
    """The same on a server: refuse while others are connected; returns the digests of deletions known there."""
    if migrations.current(url) is None:
        return set()
    store = Store(url, connections=1)
    try:
        until = time.monotonic() + _GRACE_SECONDS
        while (others := store.run_sync(_other_connections)) and time.monotonic() < until:
            time.sleep(0.1)
        if others:
            raise StoreError(f"The database is in use by {others} other connections: stop Bob, then restore.")
        return set(store.run_sync(privacy.deletions))
    finally:
        store.close()


def _run(program: str, *arguments: str, url: URL) -> None:
    """Run a tool of PostgreSQL on this database; the password goes by the environment, not by an argument."""
    path = shutil.which(program)
    if path is None:
        raise StoreError(
            f"{program} is not installed: install PostgreSQL's client tools (Debian: postgresql-client)."
        )
    environment = dict(os.environ)
    if url.password is not None:
        environment["PGPASSWORD"] = str(url.password)
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run(
        [path, "--dbname", plain, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise StoreError(f"{program} failed: {last[0]}")
