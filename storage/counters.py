"""How often things happened: "repeats", "lost", "set_aside"..."""

from typing import Any

from sqlalchemy import Connection, select

from storage.statements import Statement
from storage.tables.core import counter


def _bump(insert_into: Any) -> Any:
    new = insert_into(counter)
    return new.on_conflict_do_update(
        index_elements=["name"], set_={"value": counter.c.value + new.excluded.value}
    )


_BUMP = Statement(_bump)
_ALL = Statement(select(counter.c.name, counter.c.value).order_by(counter.c.name))


def bump(conn: Connection, name: str, by: int = 1) -> None:
    """Add to a counter, which starts at zero."""
    if by:
        _BUMP.count(conn, name=name, value=by)


def counters(conn: Connection) -> dict[str, int]:
    """All counters by name; one that never counted is missing."""
    return dict(_ALL.rows(conn))
