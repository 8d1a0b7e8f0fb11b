"""Messages to send: added with the work that caused them, claimed, tried, settled.

A row waits, is leased by whoever will send it, is started just before the call, and settles as sent, failed
or lost. A lease that ends before the call started costs nothing. One that ends after it leaves the message's
fate unknown: it is sent again once (counted as "repeats"); when that call's fate is unknown too, the row is
lost (counted as "lost").
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Text,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from storage import counters
from storage.statements import Statement, is_in, word
from storage.tables.core import account, outbox, sender_pause
from storage.types import LARGEST_INTEGER, Instant
from storage.words import UNSETTLED, Lane, Method

_LANES: tuple[Lane, ...] = ("interactive", "bulk")  # the first goes first
_HELD = ("leased", "started")
_NO_BODY: dict[str, Any] = {}  # what a settled row keeps of its message


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One call to Telegram.

    `body` is a reply as plain values; `lease_until` tells when others may take the row.
    """

    id: int
    person_id: str | None
    chat_id: int
    lane: Lane
    method: Method
    target_message_id: int | None
    body: dict[str, Any]
    purpose: str
    tries: int
    unknowns: int
    created_at: datetime
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Depth:
    """How many messages are unsettled, by lane, and since when the longest due one waits."""

    interactive: int
    bulk: int
    oldest_due_at: datetime | None


_COLUMNS = (
    outbox.c.id,
    outbox.c.person_id,
    outbox.c.chat_id,
    outbox.c.lane,
    outbox.c.method,
    outbox.c.target_message_id,
    outbox.c.body,
    outbox.c.purpose,
    outbox.c.tries,
    outbox.c.unknowns,
    outbox.c.created_at,
)
_BY_ID = Statement(select(*_COLUMNS, outbox.c.due_at).where(outbox.c.id == bindparam("of")))
_ADD = Statement(insert(outbox).returning(outbox.c.id))
_ADD_ONCE = Statement(
    lambda insert_into: (
        insert_into(outbox).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(outbox.c.id)
    )
)

_earlier = outbox.alias("earlier")
_held = outbox.alias("held")
_mine = outbox.alias("mine")
_OLDER = Statement(
    select(
        exists().where(
            _mine.c.id == bindparam("of"),
            _earlier.c.chat_id == bindparam("chat"),
            is_in(_earlier.c.state, UNSETTLED),
            tuple_(_earlier.c.not_before, _earlier.c.id) < tuple_(_mine.c.not_before, _mine.c.id),
        )
    )
)


def _claimable() -> Select[Any]:
    now = bindparam("now", type_=Instant)
    return (
        select(*_COLUMNS, outbox.c.state)
        .where(
            outbox.c.lane == bindparam("in_lane"),
            is_in(outbox.c.state, UNSETTLED),
            outbox.c.due_at <= now,
            or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now, outbox.c.state == word("started")),
            ~exists().where(
                _earlier.c.chat_id == outbox.c.chat_id,
                is_in(_earlier.c.state, UNSETTLED),
                tuple_(_earlier.c.not_before, _earlier.c.id) < tuple_(outbox.c.not_before, outbox.c.id),
            ),
            ~exists().where(
                _held.c.chat_id == outbox.c.chat_id,
                is_in(_held.c.state, UNSETTLED),
                _held.c.state != word("waiting"),
                _held.c.due_at > now,
            ),
            ~exists().where(
                sender_pause.c.scope == "chat:" + cast(outbox.c.chat_id, Text),
                sender_pause.c.until > now,
            ),
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("at_most"))
        .with_for_update(of=outbox, skip_locked=True)
    )


_CLAIMABLE = Statement(_claimable())
_LEASE = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"))
    .values(
        state="leased",
        due_at=bindparam("until"),
        unknowns=outbox.c.unknowns + case((outbox.c.state == "started", 1), else_=0),
    )
)
_GIVE_UP = Statement(
    update(outbox)
    .where(outbox.c.state == word("started"), outbox.c.due_at <= bindparam("now"), outbox.c.unknowns > 0)
    .values(state="lost", body=_NO_BODY, settled_at=bindparam("now"))
)
_GIVE_UP_NOBODYS = Statement(
    delete(outbox).where(
        outbox.c.state == word("started"),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.unknowns > 0,
        outbox.c.person_id.is_(None),
    )
)
_past_their_time = (
    outbox.c.expires_at <= bindparam("now"),
    is_in(outbox.c.state, UNSETTLED),
    outbox.c.state != word("started"),
)
_DROP_NOBODYS_EXPIRED = Statement(delete(outbox).where(*_past_their_time, outbox.c.person_id.is_(None)))
_EXPIRED = Statement(
    update(outbox)
    .where(*_past_their_time, outbox.c.person_id.is_not(None))
    .values(state="failed", body=_NO_BODY, settled_at=bindparam("now"), error="expired")
    .returning(outbox.c.person_id, outbox.c.purpose)
)
_RECLAIM = Statement(
    update(outbox)
    .where(is_in(outbox.c.state, _HELD), outbox.c.due_at > bindparam("now"))
    .values(due_at=bindparam("now"))
)
_START = Statement(
    update(outbox)
    .where(
        outbox.c.id == bindparam("of"),
        outbox.c.state == "leased",
        or_(
            bindparam("until", type_=Instant).is_(None), outbox.c.due_at == bindparam("until", type_=Instant)
        ),
    )
    .values(state="started", tries=outbox.c.tries + 1)
)
_SENT = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), outbox.c.person_id.is_not(None))
    .values(
        state="sent",
        body=_NO_BODY,
        message_id=bindparam("as_message"),
        settled_at=bindparam("now"),
        error=None,
    )
)
_FAILED = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), outbox.c.person_id.is_not(None))
    .values(state="failed", body=_NO_BODY, settled_at=bindparam("now"), error=bindparam("because"))
)
_DROP_NOBODYS = Statement(
    delete(outbox).where(
        outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), outbox.c.person_id.is_(None)
    )
)
_AGAIN = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, _HELD))
    .values(state="waiting", due_at=bindparam("at"))
)
_AGAIN_UNKNOWN = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, _HELD), outbox.c.unknowns == 0)
    .values(state="waiting", due_at=bindparam("at"), unknowns=1)
)
_LOST = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, _HELD))
    .values(state="lost", body=_NO_BODY, settled_at=bindparam("at"))
)
_RELEASE = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, _HELD))
    .values(
        state="waiting",
        due_at=outbox.c.not_before,
        tries=outbox.c.tries - case((outbox.c.state == "started", 1), else_=0),
    )
)
_DROP_OF_PERSON = Statement(
    delete(outbox).where(outbox.c.person_id == bindparam("of"), is_in(outbox.c.state, UNSETTLED))
)
_MOVE = Statement(update(outbox).where(outbox.c.chat_id == bindparam("old")).values(chat_id=bindparam("new")))
_MOVE_ACCOUNT = Statement(
    update(account).where(account.c.chat_id == bindparam("old")).values(chat_id=bindparam("new"))
)
_FIRST_TO_KEEP = Statement(
    select(outbox.c.id).where(outbox.c.created_at >= bindparam("before")).order_by(outbox.c.id).limit(1)
)
_PRUNE = Statement(delete(outbox).where(outbox.c.id < bindparam("kept"), ~is_in(outbox.c.state, UNSETTLED)))
_PAUSED = Statement(
    select(sender_pause.c.until).where(
        sender_pause.c.scope == bindparam("in_scope"), sender_pause.c.until > bindparam("now")
    )
)
_PRUNE_PAUSES = Statement(delete(sender_pause).where(sender_pause.c.until < bindparam("before")))
_DEPTH = Statement(
    select(outbox.c.lane, func.count(), func.min(outbox.c.due_at, type_=Instant))
    .where(is_in(outbox.c.state, UNSETTLED))
    .group_by(outbox.c.lane)
)


def _pause(insert_into: Any) -> Any:
    new = insert_into(sender_pause)
    return new.on_conflict_do_update(
        index_elements=["scope"],
        set_={"until": new.excluded.until},
        where=sender_pause.c.until < new.excluded.until,
    )


_PAUSE = Statement(_pause)


def add(
    conn: Connection,
    now: datetime,
    *,
    person_id: str | None,
    chat_id: int,
    lane: Lane,
    method: Method,
    body: Mapping[str, Any],
    dedupe_key: str | None = None,
    purpose: str = "",
    not_before: datetime | None = None,
    target_message_id: int | None = None,
    leased_for: timedelta | None = None,
    expires_at: datetime | None = None,
) -> int | None:
    """Add a message; returns its id, or None when one with this dedupe key was added before.

    With `expires_at`, it is not sent at all when its call has not begun by then (see `expired`).
    With `leased_for`, the caller sends it itself right after the commit: the row is leased to them and counts
    as started, since nobody will know when a kill fell. Without, the courier takes it from `not_before` on.
    """
    first = max(now, not_before) if not_before is not None else now
    values = {
        "person_id": person_id,
        "chat_id": chat_id,
        "lane": lane,
        "method": method,
        "target_message_id": target_message_id,
        "body": dict(body),
        "dedupe_key": dedupe_key,
        "purpose": purpose,
        "state": "waiting" if leased_for is None else "started",
        "not_before": first,
        "due_at": first if leased_for is None else now + leased_for,
        "expires_at": expires_at,
        "tries": 0 if leased_for is None else 1,
        "unknowns": 0,
        "message_id": None,
        "created_at": now,
        "settled_at": None,
        "error": None,
    }
    statement = _ADD if dedupe_key is None else _ADD_ONCE
    row_id: int | None = statement.value(conn, **values)
    return row_id


def expired(conn: Connection, now: datetime) -> list[tuple[str, str]]:
    """Give up the messages whose time passed before their call began; (person id, purpose) of each."""
    _DROP_NOBODYS_EXPIRED.count(conn, now=now)
    return [(person_id, purpose) for person_id, purpose in _EXPIRED.rows(conn, now=now)]


def row(conn: Connection, row_id: int) -> OutboxRow | None:
    """The row of this id, None when it was deleted."""
    found = _BY_ID.row(conn, of=row_id)
    return None if found is None else OutboxRow(*found)


def older_waiting(conn: Connection, chat_id: int, row_id: int) -> bool:
    """True when an unsettled row of the chat comes before this one, and would be overtaken by it."""
    return bool(_OLDER.value(conn, chat=chat_id, of=row_id))


def claim(
    conn: Connection, now: datetime, lane_limits: Mapping[Lane, int], limit: int, lease: timedelta
) -> list[OutboxRow]:
    """Lease up to `limit` rows, at most `lane_limits[lane]` of each lane, the interactive ones first.

    Only the first unsettled row of a chat is given out, and none while another row of the chat is in
    somebody's hands or a pause holds. A row whose call began before its lease ran out is given out once more
    at most.
    """
    lost = _GIVE_UP_NOBODYS.count(conn, now=now)
    lost += _GIVE_UP.count(conn, now=now)
    counters.bump(conn, "lost", lost)
    if paused_until(conn, "all", now) is not None:
        return []
    until = now + lease
    claimed: list[OutboxRow] = []
    repeats = 0
    for lane in _LANES:
        room = min(lane_limits.get(lane, 0), limit - len(claimed))
        if room <= 0:
            continue
        for found in _CLAIMABLE.rows(conn, now=now, in_lane=lane, at_most=room):
            state, found[-1] = found[-1], until
            message = OutboxRow(*found)
            if state == "started":
                repeats += 1
                message = replace(message, unknowns=message.unknowns + 1)
            claimed.append(message)
    for message in claimed:
        _LEASE.count(conn, of=message.id, until=until)
    counters.bump(conn, "repeats", repeats)
    return claimed


def reclaim(conn: Connection, now: datetime) -> int:
    """End every lease: for the only sender of a database, when it starts. Returns how many rows were held.

    What a killed process held would otherwise wait for the end of its lease.
    """
    return _RECLAIM.count(conn, now=now)


def start(conn: Connection, row_id: int, *, lease_until: datetime | None = None) -> bool:
    """Note that the call begins. False when the row is not the caller's (any more): then it must not be sent.

    Give the row's `lease_until` to be sure that nobody else took it after the lease ran out.
    """
    return _START.count(conn, of=row_id, until=lease_until) == 1


def settle(conn: Connection, row_id: int, message_id: int | None, now: datetime | None = None) -> bool:
    """Note that Telegram accepted it.

    What it said is forgotten; to somebody without a profile, the whole row is.
    """
    if _SENT.count(conn, of=row_id, as_message=message_id, now=now) == 1:
        return True
    return _DROP_NOBODYS.count(conn, of=row_id) == 1


def fail(conn: Connection, row_id: int, error: str, now: datetime | None = None) -> bool:
    """Give it up: Telegram refuses it. `error` holds no personal data."""
    if _FAILED.count(conn, of=row_id, because=error, now=now) == 1:
        return True
    return _DROP_NOBODYS.count(conn, of=row_id) == 1


def retry_later(conn: Connection, row_id: int, at: datetime, *, unknown: bool) -> bool:
    """Hand it to the courier, for a try at `at`. `unknown`: it may have been delivered.

    False when it is not tried again: a second unknown fate loses it (counted), or it was not held by the
    caller.
    """
    if not unknown:
        return _AGAIN.count(conn, of=row_id, at=at) == 1
    if _AGAIN_UNKNOWN.count(conn, of=row_id, at=at) == 1:
        counters.bump(conn, "repeats")
        return True
    lost = _DROP_NOBODYS.count(conn, of=row_id) or _LOST.count(conn, of=row_id, at=at)
    counters.bump(conn, "lost", lost)
    return False


def release(conn: Connection, row_id: int) -> bool:
    """Give a held row back untried: the courier may take it at once, in its turn."""
    return _RELEASE.count(conn, of=row_id) == 1


def drop_for_person(conn: Connection, person_id: str) -> int:
    """Delete what still waits for a person; returns how many messages."""
    return _DROP_OF_PERSON.count(conn, of=person_id)


def migrate_chat(conn: Connection, old: int, new: int) -> int:
    """Give a chat's rows its new id; returns how many messages."""
    _MOVE_ACCOUNT.count(conn, old=old, new=new)
    return _MOVE.count(conn, old=old, new=new)


def prune(conn: Connection, before: datetime) -> int:
    """Delete settled rows added before this instant, and pauses that ended before it; returns how many rows.

    With a row goes its dedupe key: keep them for longer than the work that made the key may be repeated.
    """
    _PRUNE_PAUSES.count(conn, before=before)
    # Ids grow with time: walking them from the oldest needs no index on the time, and touches only what goes.
    kept = _FIRST_TO_KEEP.value(conn, before=before)
    return _PRUNE.count(conn, kept=LARGEST_INTEGER if kept is None else kept)


def pause(conn: Connection, scope: str, until: datetime) -> None:
    """Let nobody send to "all" or "chat:<id>" before `until`. A pause that lasts longer already stays."""
    _PAUSE.count(conn, scope=scope, until=until)


def paused_until(conn: Connection, scope: str, now: datetime) -> datetime | None:
    """When the pause of this very scope ends; None when there is none."""
    until: datetime | None = _PAUSED.value(conn, in_scope=scope, now=now)
    return until


def depth(conn: Connection) -> Depth:
    """How much is unsettled."""
    lanes = {lane: (count, oldest) for lane, count, oldest in _DEPTH.rows(conn)}
    return Depth(
        interactive=lanes.get("interactive", (0, None))[0],
        bulk=lanes.get("bulk", (0, None))[0],
        oldest_due_at=min((oldest for _, oldest in lanes.values()), default=None),
    )
