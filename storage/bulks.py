"""Messages to several people at once: drafts, whom they go to, what became of each."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.statements import Changes, Statement, is_in, word
from storage.tables.core import bulk, bulk_recipient, link
from storage.types import Instant
from storage.words import BulkState, RecipientState

KEPT = timedelta(days=30)
"""How long a message and what became of it are kept."""
COUNTED: tuple[RecipientState, ...] = ("waiting", "queued", "delivered")


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A message to several people. `message_id`: its preview, which becomes its report."""

    id: int
    team_id: str
    counsellor_id: int
    chat_id: int
    message_id: int | None
    words: str | None
    choice: str
    state: BulkState
    planned: int
    created_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """Somebody whom it goes to. `reason`: why not, one of our words."""

    bulk_id: int
    link_id: int
    person_id: str
    local_date: date
    not_before: datetime
    state: RecipientState
    reason: str | None
    outbox_id: int | None


class BulkChanges(TypedDict, total=False):
    """The columns of a message to several people that can be set."""

    message_id: int | None
    words: str | None
    choice: str
    planned: int
    state: BulkState
    due_at: datetime | None


_BULK = Changes(bulk.c.id, BulkChanges)
_ADD = Statement(insert(bulk).returning(bulk.c.id))
_BY_ID = Statement(select(*bulk.c).where(bulk.c.id == bindparam("of")))
_MOVE = Statement(
    update(bulk)
    .where(bulk.c.id == bindparam("of"), bulk.c.state == bindparam("former"))
    .values(state=bindparam("to_state"))
)
_ADD_RECIPIENT = Statement(lambda insert_into: insert_into(bulk_recipient).on_conflict_do_nothing())
_DUE_RECIPIENTS = Statement(
    select(*bulk_recipient.c)
    .where(
        bulk_recipient.c.state == word("waiting"),
        bulk_recipient.c.not_before <= bindparam("now", type_=Instant),
    )
    .order_by(bulk_recipient.c.not_before, bulk_recipient.c.bulk_id, bulk_recipient.c.link_id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_SET_RECIPIENT = Statement(
    update(bulk_recipient)
    .where(
        bulk_recipient.c.bulk_id == bindparam("of"),
        bulk_recipient.c.link_id == bindparam("the_link"),
        bulk_recipient.c.state == bindparam("former"),
    )
    .values(state=bindparam("to_state"), reason=bindparam("because"), outbox_id=bindparam("the_row"))
)
_PUT_OFF = Statement(
    update(bulk_recipient)
    .where(
        bulk_recipient.c.bulk_id == bindparam("of"),
        bulk_recipient.c.link_id == bindparam("the_link"),
        bulk_recipient.c.state == word("waiting"),
    )
    .values(not_before=bindparam("at", type_=Instant), local_date=bindparam("on"))
)
_UNDO = Statement(
    update(bulk_recipient)
    .where(bulk_recipient.c.bulk_id == bindparam("of"), bulk_recipient.c.state == word("waiting"))
    .values(state="undone")
)
_RECIPIENTS = Statement(
    select(*bulk_recipient.c)
    .where(bulk_recipient.c.bulk_id == bindparam("of"))
    .order_by(bulk_recipient.c.link_id)
)
_BY_OUTBOX = Statement(select(*bulk_recipient.c).where(bulk_recipient.c.outbox_id == bindparam("the_row")))
_TAKEN = Statement(
    select(link.c.team_id)
    .select_from(bulk_recipient.join(link, link.c.id == bulk_recipient.c.link_id))
    .where(
        bulk_recipient.c.person_id == bindparam("of"),
        bulk_recipient.c.local_date == bindparam("on"),
        is_in(bulk_recipient.c.state, COUNTED),
    )
)
_DUE = Statement(
    select(*bulk.c)
    .where(bulk.c.due_at <= bindparam("now", type_=Instant))
    .order_by(bulk.c.due_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_WANT_REPORT = Statement(
    update(bulk)
    .where(
        bulk.c.id == bindparam("of"),
        (bulk.c.due_at.is_(None)) | (bulk.c.due_at > bindparam("at", type_=Instant)),
    )
    .values(due_at=bindparam("at", type_=Instant))
)
_FORGET = Statement(delete(bulk).where(bulk.c.created_at <= bindparam("before", type_=Instant)))


def create(
    conn: Connection, team_id: str, counsellor_id: int, now: datetime, *, chat_id: int, words: str | None
) -> int:
    """A draft; its id."""
    values: dict[str, Any] = {
        "message_id": None,
        "words": words,
        "choice": "",
        "state": "draft",
        "planned": 0,
        "created_at": now,
        "due_at": None,
    }
    return int(_ADD.value(conn, team_id=team_id, counsellor_id=counsellor_id, chat_id=chat_id, **values))


def by_id(conn: Connection, bulk_id: int) -> BulkRow | None:
    """The message of this id."""
    found = _BY_ID.row(conn, of=bulk_id)
    return None if found is None else BulkRow(*found)


def save(conn: Connection, bulk_id: int, **changes: Unpack[BulkChanges]) -> None:
    """Set columns of a message to several people."""
    _BULK.count(conn, bulk_id, changes)


def move(conn: Connection, bulk_id: int, former: BulkState, to_state: BulkState) -> bool:
    """From one state to another; False when it has left the first one already: a second tap does nothing."""
    return _MOVE.count(conn, of=bulk_id, former=former, to_state=to_state) == 1


def add_recipient(conn: Connection, row: RecipientRow) -> bool:
    """Somebody whom it goes to; False when another one goes to them on that date."""
    values = {name: getattr(row, name) for name in RecipientRow.__slots__}
    return _ADD_RECIPIENT.count(conn, **values) == 1


def due_recipients(conn: Connection, now: datetime, limit: int) -> list[RecipientRow]:
    """Those whose time has come, at most `limit`; locked."""
    return [RecipientRow(*row) for row in _DUE_RECIPIENTS.rows(conn, now=now, at_most=limit)]


def set_recipient(
    conn: Connection,
    row: RecipientRow,
    state: RecipientState,
    *,
    reason: str | None = None,
    outbox_id: int | None = None,
) -> bool:
    """What became of it; False when that changed meanwhile."""
    return (
        _SET_RECIPIENT.count(
            conn,
            of=row.bulk_id,
            the_link=row.link_id,
            former=row.state,
            to_state=state,
            because=reason,
            the_row=outbox_id if outbox_id is not None else row.outbox_id,
        )
        == 1
    )


def put_off(conn: Connection, row: RecipientRow, at: datetime, on: date) -> None:
    """It goes to this person at another time, on another date of theirs."""
    _PUT_OFF.count(conn, of=row.bulk_id, the_link=row.link_id, at=at, on=on)


def undo(conn: Connection, bulk_id: int) -> int:
    """Whoever does not have it yet will not get it; how many those are."""
    return _UNDO.count(conn, of=bulk_id)


def recipients(conn: Connection, bulk_id: int) -> list[RecipientRow]:
    """Whom it goes to. Those who left the team meanwhile are not among them."""
    return [RecipientRow(*row) for row in _RECIPIENTS.rows(conn, of=bulk_id)]


def by_outbox(conn: Connection, outbox_id: int) -> RecipientRow | None:
    """Whose message this call is."""
    found = _BY_OUTBOX.row(conn, the_row=outbox_id)
    return None if found is None else RecipientRow(*found)


def teams_on(conn: Connection, person_id: str, day: date) -> set[str]:
    """The teams of which a message to several people goes to this person on that date of theirs."""
    return {team_id for (team_id,) in _TAKEN.rows(conn, of=person_id, on=day)}


def due(conn: Connection, now: datetime, limit: int) -> list[BulkRow]:
    """Messages whose report is to be written anew, at most `limit`; locked."""
    return [BulkRow(*row) for row in _DUE.rows(conn, now=now, at_most=limit)]


def want_report(conn: Connection, bulk_id: int, at: datetime) -> None:
    """The report is to be written anew at `at`, or earlier if it was to be already."""
    _WANT_REPORT.count(conn, of=bulk_id, at=at)


def counts(rows: list[RecipientRow]) -> Counter[RecipientState]:
    """How many people by what became of it."""
    return Counter(row.state for row in rows)


def forget(conn: Connection, now: datetime) -> int:
    """Delete what was made 30 days ago; returns how many."""
    return _FORGET.count(conn, before=now - KEPT)
