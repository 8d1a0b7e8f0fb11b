"""Which versions of the database's shape this code knows, without loading the migration machinery."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.errors import StoreTooNew

FOLDER = Path(__file__).parent / "migrations"


@cache
def known(folder: Path = FOLDER) -> tuple[str, ...]:
    """The revisions, oldest first. A migration's file is named after its number: `0002_what_changes.py`."""
    return tuple(sorted(path.stem.split("_")[0] for path in (folder / "versions").glob("[0-9]*.py")))


def revision_of(conn: Connection) -> str | None:
    """The revision of the database behind this connection, None when it is empty."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_newer(conn: Connection) -> None:
    """Raise StoreTooNew when the database has a revision that this code does not know."""
    revision = revision_of(conn)
    if revision is not None and revision not in known():
        raise StoreTooNew(
            f"The database was written by a newer Bob (revision {revision}): "
            "update Bob, or restore an older backup."
        )
