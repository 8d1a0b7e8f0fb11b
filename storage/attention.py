"""What counsellors saw to, and who came up because nobody had spoken to them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from storage.statements import Statement
from storage.tables.core import attention


def _set(column: str) -> Statement:
    def upsert(insert_into: Any) -> Any:
        new = insert_into(attention)
        return new.on_conflict_do_update(index_elements=["link_id"], set_={column: new.excluded[column]})

    return Statement(upsert)


_HANDLED = _set("handled_at")
_RAISED = _set("raised_on")


def handled(conn: Connection, link_id: int, now: datetime) -> None:
    """A counsellor saw to somebody: what there was is settled."""
    _HANDLED.count(conn, link_id=link_id, handled_at=now, raised_on=None)


def raised(conn: Connection, link_ids: Iterable[int], today: date) -> None:
    """These came up today, because nobody had spoken to them for long."""
    for link_id in link_ids:
        _RAISED.count(conn, link_id=link_id, handled_at=None, raised_on=today)
