"""How connections are opened: addresses, pragmas, session settings."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from storage.errors import StoreError

SQLITE_BUSY_MS = 50  # the longest that a locked file may hold up the event loop
WAL_LIMIT_BYTES = 16 * 1024 * 1024  # the write-ahead log shrinks to this after a checkpoint
# A commit survives a killed process at once (NORMAL). To survive a power cut it must have reached the disk, which
# costs ten times as much: `Store.sync` sees to it once for a whole batch, before the batch is confirmed to Telegram.
_SQLITE_PRAGMAS = (
    f"busy_timeout={SQLITE_BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",  # deleted people leave no readable bytes in the file
    f"journal_size_limit={WAL_LIMIT_BYTES}",
    "temp_store=MEMORY",
)
_POSTGRES_OPTIONS = (
    "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
)


def parse_url(url: str) -> URL:
    """The address, with Bob's driver. Raises StoreError for anything but SQLite and PostgreSQL."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "DATABASE_URL is not an address; expected sqlite:///folder/bob.sqlite or postgresql://user@host/bob."
        ) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(f"DATABASE_URL names {backend!r}; Bob works on sqlite and postgresql.")


def is_memory(url: URL) -> bool:
    """True for a SQLite database that lives in memory only."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def open_engine(url: URL, *, connections: int = 1, foreign_keys: bool = True) -> Engine:
    """An engine whose connections are set up as Bob needs them.

    A missing SQLite file is made, for its owner only.
    """
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url, foreign_keys=foreign_keys)
    return create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"options": _POSTGRES_OPTIONS, "connect_timeout": 5},
    )


def _open_sqlite(url: URL, *, foreign_keys: bool) -> Engine:
    if not is_memory(url):
        _make_private(Path(str(url.database)))
    engine = create_engine(
        url,
        poolclass=StaticPool if is_memory(url) else NullPool,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys=OFF").close()

    # A deferred transaction that reads before it writes fails at once when another process wrote in between.
    engine.dialect.do_begin = _begin_immediate  # type: ignore[method-assign, assignment]
    return engine


def _begin_immediate(connection: Any) -> None:
    if not connection.in_transaction:  # the store may have begun on the driver already
        connection.execute("BEGIN IMMEDIATE").close()


def _make_private(path: Path) -> None:
    """Create the file and its folder if they are missing, readable by their owner only."""
    if path.exists():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"The database file {path} cannot be made ({error.strerror}): check the folder and its rights."
        ) from error
