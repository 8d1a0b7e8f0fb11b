"""Single values of the installation, such as the bot's id and the polling offset."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.statements import InsertOnce
from storage.tables.core import meta


def _put(insert_into: Any) -> Any:
    new = insert_into(meta)
    return new.on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value})


_PUT = InsertOnce(_put)
_GET = select(meta.c.value).where(meta.c.key == bindparam("of"))


def get(conn: Connection, key: str) -> str | None:
    """The value, None when it was never put."""
    return conn.execute(_GET, {"of": key}).scalar()


def put(conn: Connection, key: str, value: str) -> None:
    """Set the value."""
    _PUT.execute(conn, {"key": key, "value": value})
