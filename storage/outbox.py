"""Messages to send: added with the work that caused them, claimed, tried, settled.

A row waits, is leased by whoever will send it, is started just before the call, and settles as sent, failed
or lost. A lease that ends before the call started costs nothing. One that ends after it leaves the message's
fate unknown: it is sent again once (counted as "repeats"); when that call's fate is unknown too, the row is
lost (counted as "lost").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from storage import counters
from storage import outbox_sql as sql
from storage.types import LARGEST_INTEGER
from storage.words import Lane, Method

_LANES: tuple[Lane, ...] = ("interactive", "bulk")  # the first goes first


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One call to Telegram.

    `body` is a reply as plain values; `lease_until` tells when others may take the row. `reply` is that reply itself
    where the row comes from whoever just added it, which saves reading it back. `topic_id` is the link in whose topic
    it is said; `thread_id` is that topic's (None: the whole group), and `is_homeless` tells that the topic is not
    there: not made yet, or gone with its link. See `placed`.
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
    topic_id: int | None = None
    thread_id: int | None = None
    is_homeless: bool = False
    reply: object = field(default=None, compare=False, repr=False)

    @property
    def is_told(self) -> bool:
        """Whether the counsellors' room is told what becomes of it."""
        return self.topic_id is not None or self.purpose.startswith(sql.TOLD)


@dataclass(frozen=True, slots=True)
class Depth:
    """How many messages are unsettled, by lane, and since when the longest due one waits."""

    interactive: int
    bulk: int
    oldest_due_at: datetime | None


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
    topic_id: int | None = None,
    before: int | None = None,
) -> int | None:
    """Add a message; returns its id, or None when one with this dedupe key was added before.

    `topic_id`: the link in whose topic of a group it is said, wherever that is when it goes out.
    `before`: the id of a row of the chat and lane (or of the bulk, for an interactive one) that it goes before.
    With `expires_at`, it is not sent at all when its call has not begun by then (see `expired`).
    With `leased_for`, the caller sends it itself right after the commit: the row is leased to them and counts
    as started, since nobody will know when a kill fell. Without, the courier takes it from `not_before` on.
    """
    first = max(now, not_before) if not_before is not None else now
    place = first
    if before is not None and (others := sql.NOT_BEFORE.value(conn, of=before)) is not None:
        place = min(first, others - timedelta(microseconds=1))
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
        "not_before": place,
        "due_at": first if leased_for is None else now + leased_for,
        "expires_at": expires_at,
        "tries": 0 if leased_for is None else 1,
        "unknowns": 0,
        "message_id": None,
        "topic_id": topic_id,
        "created_at": now,
        "settled_at": None,
        "error": None,
    }
    statement = sql.ADD if dedupe_key is None else sql.ADD_ONCE
    row_id: int | None = statement.value(conn, **values)
    return row_id


def expired(conn: Connection, now: datetime) -> list[tuple[str, str]]:
    """Give up the messages whose time passed before their call began; (person id, purpose) of each.

    Those that counsellors are told of are left to `storage.groups.given_up`.

    One that may have been delivered by an earlier call is lost (counted) and not among them.
    """
    sql.DROP_NOBODYS_EXPIRED.count(conn, now=now)
    counters.bump(conn, "lost", sql.LOST_IN_TIME.count(conn, now=now))
    return [(person_id, purpose) for person_id, purpose in sql.EXPIRED.rows(conn, now=now)]


def row(conn: Connection, row_id: int) -> OutboxRow | None:
    """The row of this id, None when it was deleted."""
    found = sql.BY_ID.row(conn, of=row_id)
    return None if found is None else placed(conn, OutboxRow(*found))


def placed(conn: Connection, message: OutboxRow) -> OutboxRow:
    """The same row with the place where its topic is now."""
    if message.topic_id is None or message.chat_id > 0:
        return message
    needs_no_place = message.method == "delete" or (
        message.method == "topic" and message.body.get("do") == "delete"
    )
    found = sql.PLACE.row(conn, of=message.topic_id)
    if found is None:
        return replace(message, thread_id=None, is_homeless=not needs_no_place)
    chat_id, thread_id, is_forum = found
    is_homeless = bool(is_forum) and thread_id is None and not needs_no_place and message.method != "topic"
    return replace(message, chat_id=chat_id, thread_id=thread_id, is_homeless=is_homeless)


def must_wait(conn: Connection, chat_id: int, now: datetime) -> bool:
    """True when a new message to the chat must be left to the courier: an older one waits, or a pause holds."""
    return bool(sql.MUST_WAIT.value(conn, chat=chat_id, scope=f"chat:{chat_id}", now=now))


def claim(
    conn: Connection, now: datetime, lane_limits: Mapping[Lane, int], limit: int, lease: timedelta
) -> list[OutboxRow]:
    """Lease up to `limit` rows, at most `lane_limits[lane]` of each lane, the interactive ones first.

    Only the first unsettled row of a chat is given out (in a group, the first interactive one before any of the
    bulk), and none while another row of the chat is in somebody's hands or a pause holds. A row whose call began
    before its lease ran out is given out once more at most.
    """
    lost = sql.GIVE_UP_NOBODYS.count(conn, now=now)
    lost += sql.GIVE_UP.count(conn, now=now)
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
        for found in sql.CLAIMABLE[lane].rows(conn, now=now, at_most=room):
            state, found[sql.LEASE_UNTIL] = found.pop(), until
            message = placed(conn, OutboxRow(*found))
            if state == "started":
                repeats += 1
                message = replace(message, unknowns=message.unknowns + 1)
            claimed.append(message)
    for message in claimed:
        sql.LEASE.count(conn, of=message.id, until=until)
    counters.bump(conn, "repeats", repeats)
    return claimed


def reclaim(conn: Connection, now: datetime) -> int:
    """End every lease: for the only sender of a database, when it starts. Returns how many rows were held.

    What a killed process held would otherwise wait for the end of its lease.
    """
    return sql.RECLAIM.count(conn, now=now)


def start(conn: Connection, row_id: int, *, lease_until: datetime | None = None) -> bool:
    """Note that the call begins. False when the row is not the caller's (any more): then it must not be sent.

    Give the row's `lease_until` to be sure that nobody else took it after the lease ran out.
    """
    return sql.START.count(conn, of=row_id, until=lease_until) == 1


def settle(conn: Connection, row_id: int, message_id: int | None, now: datetime | None = None) -> bool:
    """Note that Telegram accepted it.

    What it said is forgotten; to somebody without a profile, the whole row is, unless its key forbids it a second time.
    """
    if sql.SENT.count(conn, of=row_id, as_message=message_id, now=now) == 1:
        return True
    return sql.DROP_NOBODYS.count(conn, of=row_id) == 1


def fail(conn: Connection, row_id: int, error: str, now: datetime | None = None) -> bool:
    """Give it up: Telegram refuses it. `error` holds no personal data."""
    if sql.FAILED.count(conn, of=row_id, because=error, now=now) == 1:
        return True
    return sql.DROP_NOBODYS.count(conn, of=row_id) == 1


def drop_waiting(conn: Connection, person_id: str, error: str, now: datetime) -> int:
    """Give up what waits to be sent to a person and is in nobody's hands; returns how many messages.

    What counsellors are told the outcome of is left to be tried: they are told then.
    """
    return sql.FAIL_WAITING.count(conn, of=person_id, because=error, now=now)


def drop_about(conn: Connection, link_id: int) -> int:
    """Delete what waits to be said in the topic of a link, to its two sides, or of its person anywhere.

    Not what is in somebody's hands. Returns how many calls. Call it while the link is there.
    """
    return sql.DROP_ABOUT.count(conn, of=link_id)


def retry_later(conn: Connection, row_id: int, at: datetime, *, unknown: bool) -> bool:
    """Hand it to the courier, for a try at `at`. `unknown`: it may have been delivered.

    False when it is not tried again: a second unknown fate loses it (counted), or it was not held by the
    caller.
    """
    if not unknown:
        return sql.AGAIN.count(conn, of=row_id, at=at) == 1
    if sql.AGAIN_UNKNOWN.count(conn, of=row_id, at=at) == 1:
        counters.bump(conn, "repeats")
        return True
    lose(conn, row_id, at)
    return False


def try_elsewhere(conn: Connection, row_id: int, at: datetime) -> bool:
    """Its topic is gone: let it wait to be tried again in another one. False the second time, or when not held."""
    return sql.AGAIN_ELSEWHERE.count(conn, of=row_id, at=at) == 1


def lose(conn: Connection, row_id: int, now: datetime) -> bool:
    """Settle a started row as lost: nobody knows whether it was delivered, twice over. It is counted."""
    lost = sql.LOST_NOBODYS.count(conn, of=row_id) + sql.LOST.count(conn, of=row_id, at=now)
    counters.bump(conn, "lost", lost)
    return lost > 0


def release(conn: Connection, row_id: int) -> bool:
    """Give a held row back untried: the courier may take it at once, in its turn."""
    return sql.RELEASE.count(conn, of=row_id) == 1


def prune(conn: Connection, before: datetime) -> int:
    """Delete settled rows added before this instant, and pauses that ended before it; returns how many rows.

    With a row goes its dedupe key: keep them for longer than the work that made the key may be repeated.
    """
    sql.PRUNE_PAUSES.count(conn, before=before)
    # Ids grow with time: walking them from the oldest needs no index on the time, and touches only what goes.
    kept = sql.FIRST_TO_KEEP.value(conn, before=before)
    return sql.PRUNE.count(conn, kept=LARGEST_INTEGER if kept is None else kept)


def pause(conn: Connection, scope: str, until: datetime) -> None:
    """Let nobody send to "all" or "chat:<id>" before `until`. A pause that lasts longer already stays."""
    sql.PAUSE.count(conn, scope=scope, until=until)


def paused_until(conn: Connection, scope: str, now: datetime) -> datetime | None:
    """When the pause of this very scope ends; None when there is none."""
    until: datetime | None = sql.PAUSED.value(conn, in_scope=scope, now=now)
    return until


def depth(conn: Connection) -> Depth:
    """How much is unsettled."""
    lanes = {lane: (count, oldest) for lane, count, oldest in sql.DEPTH.rows(conn)}
    return Depth(
        interactive=lanes.get("interactive", (0, None))[0],
        bulk=lanes.get("bulk", (0, None))[0],
        oldest_due_at=min((oldest for _, oldest in lanes.values()), default=None),
    )
