"""The database's shape, version by version. Bob needs no configuration file for it: all is done from here."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage import revisions
from storage.connections import is_memory, open_engine, parse_url
from storage.patience import Tries
from storage.revisions import FOLDER

if TYPE_CHECKING:
    from alembic.config import Config

_UPGRADE_LOCK = 7_302_611  # PostgreSQL advisory lock: one upgrade at a time
_PATIENCE = 30.0  # seconds that an upgrade waits for whoever holds the database


def head() -> str:
    """The newest revision that this code knows."""
    return revisions.known()[-1]


def upgrade(url: str) -> None:
    """Bring the database to `head()`, all or nothing. Safe to call from several processes at once.

    Raises StoreTooNew when a newer Bob wrote it, StoreError when the database cannot be reached or written.
    """
    parsed = parse_url(url)
    if is_memory(parsed):
        raise ValueError("a database in memory is made by its Store")
    # Foreign keys are off meanwhile: on SQLite, changing a table means making it anew and dropping the old one,
    # which would delete the rows that refer to it.
    engine = open_engine(parsed, foreign_keys=False)
    tries = Tries(_PATIENCE)
    try:
        while True:
            try:
                with engine.begin() as conn:
                    _alone(conn)
                    upgrade_connection(conn)
                return
            except DBAPIError as error:
                wait = tries.wait_after(error)
            time.sleep(wait)
    finally:
        engine.dispose()


def _alone(conn: Connection) -> None:
    """Keep other upgrades away until the end of the transaction (SQLite's does so by itself)."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SET LOCAL statement_timeout = 0"))
        conn.execute(text("SET LOCAL lock_timeout = 0"))
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})


def upgrade_connection(conn: Connection) -> None:
    """The same within the transaction of this connection."""
    revisions.refuse_newer(conn)
    if revisions.revision_of(conn) == head():
        return
    # Loaded here only: Alembic takes longer to load than a start of Bob should.
    from alembic import command

    command.upgrade(config(conn), "head")
    if conn.dialect.name == "sqlite":
        orphans = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"the upgrade would leave {len(orphans)} rows that refer to nothing")


def config(conn: Connection, folder: Path = FOLDER) -> "Config":
    """What Alembic needs to know, in the place of its usual file."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(folder).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = conn
    return settings


def current(url: str) -> str | None:
    """The revision of the database, None when it is empty."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        return None
    engine = open_engine(parsed)
    tries = Tries()
    try:
        while True:
            try:
                with engine.connect() as conn:
                    return revisions.revision_of(conn)
            except DBAPIError as error:
                wait = tries.wait_after(error)
            time.sleep(wait)
    finally:
        engine.dispose()


def check(url: str) -> str:
    """How the database stands to this code: "ok", "behind" (run `bob db upgrade`), or "newer"."""
    revision = current(url)
    if revision == head():
        return "ok"
    return "behind" if revision is None or revision in revisions.known() else "newer"
