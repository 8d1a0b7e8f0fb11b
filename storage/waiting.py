"""Calls that nobody has in hand yet, so that what they will say can still be changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from storage.statements import Statement, word
from storage.tables.core import outbox
from storage.types import Instant

_UNTOUCHED = (outbox.c.state == word("waiting"), outbox.c.unknowns == 0)
_BODY = Statement(
    select(outbox.c.method, outbox.c.body)
    .where(outbox.c.id == bindparam("of"), *_UNTOUCHED)
    .with_for_update(of=outbox)
)
_REWRITE = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), *_UNTOUCHED)
    .values(body=bindparam("with_body", type_=outbox.c.body.type))
)
_DROP = Statement(delete(outbox).where(outbox.c.id == bindparam("of"), *_UNTOUCHED))
_LAST_ALBUM = Statement(
    select(func.max(outbox.c.not_before, type_=Instant)).where(
        outbox.c.chat_id == bindparam("chat"),
        outbox.c.state == word("waiting"),
        outbox.c.method == word("copy_album"),
        outbox.c.not_before > bindparam("now", type_=Instant),
    )
)


def rewrite(conn: Connection, row_id: int, **changes: Any) -> bool:
    """Change parts of what a call will say; False when it is under way or done."""
    found = _BODY.row(conn, of=row_id)
    return found is not None and _REWRITE.count(conn, of=row_id, with_body={**found[1], **changes}) == 1


def add_to_album(conn: Connection, row_id: int, message_id: int) -> bool:
    """One more message for a copy of an album; False when it is under way or done."""
    found = _BODY.row(conn, of=row_id)
    if found is None or found[0] != "copy_album":
        return False
    ids = sorted({*found[1]["message_ids"], message_id})
    return _REWRITE.count(conn, of=row_id, with_body={**found[1], "message_ids": ids}) == 1


def drop(conn: Connection, row_id: int) -> bool:
    """Say it not at all; False when it is under way or done."""
    return _DROP.count(conn, of=row_id) == 1


def album_until(conn: Connection, chat_id: int, now: datetime) -> datetime | None:
    """Until when an album for this chat waits for its further items: what comes after it goes out after it."""
    found: datetime | None = _LAST_ALBUM.value(conn, chat=chat_id, now=now)
    return found
