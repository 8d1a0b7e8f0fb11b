"""Updates: those that had their effect, and those that failed and are tried again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from storage import counters
from storage.statements import Statement, word
from storage.tables.core import inbox, update_seen


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update that failed `tries` times. `payload` is the update as JSON text."""

    update_id: int
    telegram_id: int | None
    payload: str
    tries: int
    next_try_at: datetime
    update_type: str
    received_at: datetime


_COLUMNS = (
    inbox.c.update_id,
    inbox.c.telegram_id,
    inbox.c.payload,
    inbox.c.tries,
    inbox.c.next_try_at,
    inbox.c.update_type,
    inbox.c.received_at,
)
_SEEN = Statement(lambda insert_into: insert_into(update_seen).on_conflict_do_nothing())
_KEEP = Statement(lambda insert_into: insert_into(inbox).on_conflict_do_nothing())
_DUE = Statement(
    select(*_COLUMNS)
    .where(inbox.c.state == word("waiting"), inbox.c.next_try_at <= bindparam("now"))
    .order_by(inbox.c.next_try_at, inbox.c.update_id)
    .limit(bindparam("at_most"))
)
_OF_SENDER = Statement(
    select(*_COLUMNS)
    .where(inbox.c.state == word("waiting"), inbox.c.telegram_id == bindparam("of"))
    .order_by(inbox.c.update_id)
)
_HELD = Statement(select(inbox.c.state).where(inbox.c.update_id == bindparam("of")))
_TRIED = Statement(
    update(inbox)
    .where(inbox.c.update_id == bindparam("of"), inbox.c.state == word("waiting"))
    .values(tries=inbox.c.tries + 1, next_try_at=bindparam("again_at"))
)
_SET_ASIDE = Statement(
    update(inbox)
    .where(inbox.c.update_id == bindparam("of"), inbox.c.state == word("waiting"))
    .values(state="set_aside", payload="", telegram_id=None)
)
_FINISHED = Statement(delete(inbox).where(inbox.c.update_id == bindparam("of")))
_PRUNE_SEEN = Statement(delete(update_seen).where(update_seen.c.seen_at < bindparam("before")))
_PRUNE_INBOX = Statement(
    delete(inbox).where(inbox.c.state == "set_aside", inbox.c.received_at < bindparam("before"))
)


def seen(conn: Connection, update_id: int, now: datetime) -> bool:
    """Note that the update has its effect in this transaction; True when it had it in an earlier one."""
    return _SEEN.count(conn, update_id=update_id, seen_at=now) == 0


def keep(
    conn: Connection,
    now: datetime,
    *,
    update_id: int,
    telegram_id: int | None,
    payload: str,
    update_type: str,
    next_try_at: datetime,
    tries: int = 1,
) -> bool:
    """Keep an update that failed (`tries` times so far), to be tried again; False when it is kept already."""
    values: dict[str, Any] = {
        "update_id": update_id,
        "telegram_id": telegram_id,
        "payload": payload,
        "tries": tries,
        "next_try_at": next_try_at,
        "state": "waiting",
        "update_type": update_type,
        "received_at": now,
    }
    return _KEEP.count(conn, **values) == 1


def due(conn: Connection, now: datetime, limit: int = 100) -> list[InboxRow]:
    """Updates whose next try has come, longest due first."""
    return [InboxRow(*row) for row in _DUE.rows(conn, now=now, at_most=limit)]


def waiting_for(conn: Connection, telegram_id: int) -> list[InboxRow]:
    """Updates of this sender that wait, oldest first: later ones of theirs go behind them."""
    return [InboxRow(*row) for row in _OF_SENDER.rows(conn, of=telegram_id)]


def held(conn: Connection, update_id: int) -> bool:
    """True when the update is in the inbox, waiting or set aside: redelivered, it needs no work."""
    return _HELD.row(conn, of=update_id) is not None


def tried(conn: Connection, update_id: int, next_try_at: datetime) -> None:
    """Count one more failed try."""
    _TRIED.count(conn, of=update_id, again_at=next_try_at)


def set_aside(conn: Connection, update_id: int) -> bool:
    """Give up on an update: its id and type stay, what it said and who sent it do not.

    Counted as "set_aside".
    """
    if _SET_ASIDE.count(conn, of=update_id) == 0:
        return False
    counters.bump(conn, "set_aside")
    return True


def finished(conn: Connection, update_id: int) -> None:
    """Drop an update that had its effect at last."""
    _FINISHED.count(conn, of=update_id)


def prune(conn: Connection, before: datetime) -> int:
    """Forget the updates seen, and those set aside, before this instant (48 hours ago); returns how many."""
    seen_rows = _PRUNE_SEEN.count(conn, before=before)
    return seen_rows + _PRUNE_INBOX.count(conn, before=before)
