"""What happens to the messages of a group as a whole: it moves, it is lost; what is given up is told.

A group that becomes a supergroup (enabling topics does it) gets a new id, and its messages are numbered anew from 1: an
old number would name another message there. So what points to an old message is dropped, and pairs of messages
(`storage.relays`) stay with the old id, where they can never be taken for new ones.
"""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Boolean, ColumnElement, Connection, bindparam, case, delete, exists, select, update

from storage import counters, outbox
from storage import outbox_sql as sql
from storage.outbox import OutboxRow
from storage.statements import Statement, is_in
from storage.tables.core import account, team_group, topic
from storage.tables.core import outbox as rows
from storage.words import UNSETTLED

_new: ColumnElement[int] = bindparam("new")
_old: ColumnElement[int] = bindparam("old")
_other = team_group.alias("other")
_POINTING = Statement(
    select(rows.c.id, rows.c.method, rows.c.target_message_id, rows.c.body).where(
        rows.c.chat_id == _old, is_in(rows.c.state, UNSETTLED)
    )
)
_POINT = Statement(
    update(rows)
    .where(rows.c.id == bindparam("of"))
    .values(target_message_id=None, body=bindparam("with_body", type_=rows.c.body.type))
)
_MOVE = Statement(update(rows).where(rows.c.chat_id == _old).values(chat_id=_new))
_MOVE_ACCOUNT = Statement(update(account).where(account.c.chat_id == _old).values(chat_id=_new))
_MOVE_TOPICS = Statement(
    update(topic)
    .where(topic.c.chat_id == _old)
    .values(chat_id=_new, thread_id=None, card_message=None, card_digest=None, card_due_at=bindparam("now"))
)
_MOVE_GROUP = Statement(
    update(team_group)
    .where(team_group.c.chat_id == _old, ~exists().where(_other.c.chat_id == _new))
    .values(
        chat_id=_new,
        is_forum=case(
            (bindparam("forum_is_known", type_=Boolean), bindparam("forum", type_=Boolean)),
            else_=team_group.c.is_forum,
        ),
    )
)
_DROP_GROUP = Statement(delete(team_group).where(team_group.c.chat_id == _old))
_POINTERS = ("delete", "pin", "react")  # without their message, nothing remains to be done


def migrate_chat(conn: Connection, old: int, new: int, now: datetime, *, is_forum: bool | None = None) -> int:
    """A chat has a new id: all that is said there or known of it follows; returns how many messages were moved.

    `is_forum`: whether it has topics now; None when that is not known. Harmless when it was done before.
    """
    if old < 0:
        for row_id, method, target, body in _POINTING.rows(conn, old=old):
            _unpoint(conn, row_id, method, target, body, now)
        _MOVE_TOPICS.count(conn, old=old, new=new, now=now)
        _MOVE_GROUP.count(conn, old=old, new=new, forum_is_known=is_forum is not None, forum=bool(is_forum))
        _DROP_GROUP.count(conn, old=old)
    _MOVE_ACCOUNT.count(conn, old=old, new=new)
    return _MOVE.count(conn, old=old, new=new)


def _unpoint(
    conn: Connection, row_id: int, method: str, target: int | None, body: dict[str, Any], now: datetime
) -> None:
    """A waiting row points to no message of the old chat any more: an edit becomes a new message."""
    if method in _POINTERS:
        outbox.fail(conn, row_id, "migrated", now)
    elif target is not None or "reply_to" in body:
        kept = {name: value for name, value in body.items() if name != "reply_to"}
        _POINT.count(conn, of=row_id, with_body=kept)


def give_up_chat(conn: Connection, chat_id: int, because: str, now: datetime) -> list[OutboxRow]:
    """The group is lost: fail what waits for it and is in nobody's hands. Returns these rows, in order."""
    waiting = [OutboxRow(*found) for found in sql.WAITING_IN.rows(conn, chat=chat_id)]
    return [row for row in waiting if outbox.fail(conn, row.id, because, now)]


def given_up(conn: Connection, now: datetime) -> list[tuple[OutboxRow, Literal["expired", "lost"]]]:
    """Settle the rows that the counsellors' room is told of and that nobody will try again, and tell which.

    Expired: their time passed before their call began. Lost: their fate is unknown twice over.
    """
    lost = [OutboxRow(*found) for found in sql.TOLD_LOST.rows(conn, now=now)]
    told: list[tuple[OutboxRow, Literal["expired", "lost"]]] = [
        (row, "lost") for row in lost if outbox.lose(conn, row.id, now)
    ]
    for found in sql.TOLD_EXPIRED.rows(conn, now=now):
        row = OutboxRow(*found)
        outbox.fail(conn, row.id, "expired", now)
        counters.bump(conn, "lost", int(row.unknowns > 0))
        told.append((row, "lost" if row.unknowns else "expired"))
    return told
