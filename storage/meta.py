"""Single values of the installation, such as the bot's id and the polling offset."""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.statements import Statement
from storage.tables.core import meta


def _put(insert_into: Any) -> Any:
    new = insert_into(meta)
    return new.on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value})


_PUT = Statement(_put)
_GET = Statement(select(meta.c.value).where(meta.c.key == bindparam("of")))


def get(conn: Connection, key: str) -> str | None:
    """The value, None when it was never put."""
    value: str | None = _GET.value(conn, of=key)
    return value


def put(conn: Connection, key: str, value: str) -> None:
    """Set the value."""
    _PUT.count(conn, key=key, value=value)
