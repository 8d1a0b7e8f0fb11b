"""What the outcome of a call means for its row, decided once; and who is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from scheduler.messenger import Failure, NotDelivered, Outcome
from storage import counters, groups, outbox, people
from storage.outbox import OutboxRow

log = logging.getLogger(__name__)

Random = Callable[[], float]  # from 0 (included) to 1 (excluded)
OnSettled = Callable[[Connection, OutboxRow, Outcome, datetime], None]
"""Told what became of a row, in the transaction that records it. It may run again, as all work of a transaction."""

FIRST_BACKOFF: Final = 1.0  # seconds before the second try; doubles with each
LONGEST_BACKOFF: Final = 300.0  # seconds
GIVE_UP_AFTER: Final = timedelta(hours=24)  # a message that could not go out for so long helps nobody
_MARGIN: Final = timedelta(seconds=1)  # at most, added to the wait that Telegram asks for
_TRIED_AGAIN = (Failure.RATE_LIMITED, Failure.TEMPORARY, Failure.UNKNOWN)
_UNCOUNTED = ("react", "delete", "pin")


def backoff(tries: int, random: Random) -> timedelta:
    """How long to wait after `tries` failed tries (1 or more): doubling, and spread at random."""
    longest = min(FIRST_BACKOFF * 2 ** min(tries - 1, 20), LONGEST_BACKOFF)
    return timedelta(seconds=longest * (0.5 + random() / 2))


def is_tried_again(outcome: Outcome) -> bool:
    """Whether the row may still go out, so that the next ones of its chat must not overtake it."""
    return isinstance(outcome, NotDelivered) and (outcome.again or outcome.failure in _TRIED_AGAIN)


def messages_of(row: OutboxRow) -> int:
    """How much of a group's budget the row uses: messages, edits and changes of topics count, an album each of its own.

    Reactions, deletions and pins do not.
    """
    if row.method in _UNCOUNTED or (row.method == "topic" and row.body.get("do") == "delete"):
        return 0
    return max(len(row.body.get("message_ids", ())), 1) if row.method == "copy_album" else 1


def record(
    conn: Connection,
    row: OutboxRow,
    outcome: Outcome,
    now: datetime,
    wait: timedelta,
    on_settled: OnSettled | None,
) -> Outcome:
    """Write down what became of the row, and tell it; returns the outcome, with `again` as it was decided."""
    if isinstance(outcome, NotDelivered):
        log.log(
            _LEVELS[outcome.failure], "row=%d failure=%s detail=%s", row.id, outcome.failure, outcome.detail
        )
        counters.bump(conn, outcome.failure.value)
        outcome, is_settled = _not_delivered(conn, row, outcome, now, wait)
    else:
        outbox.settle(conn, row.id, outcome.message_id, now)
        is_settled = True
    tell = _teller(on_settled)
    if is_settled:
        tell(conn, row, outcome, now)
    if isinstance(outcome, NotDelivered) and outcome.failure is Failure.CHAT_LOST and row.chat_id < 0:
        for other in groups.give_up_chat(conn, row.chat_id, Failure.CHAT_LOST.value, now):
            tell(conn, other, outcome, now)
    return outcome


def settle_given_up(conn: Connection, now: datetime, on_settled: OnSettled | None) -> None:
    """Rows of groups whose time passed, or whose fate stays unknown: settle and tell them."""
    given_up = groups.given_up(conn, now)
    if not given_up:
        return
    tell = _teller(on_settled)
    for row, why in given_up:
        failure = Failure.EXPIRED if why == "expired" else Failure.UNKNOWN
        tell(conn, row, NotDelivered(failure), now)


def _teller(on_settled: OnSettled | None) -> OnSettled:
    def tell(conn: Connection, row: OutboxRow, outcome: Outcome, now: datetime) -> None:
        if on_settled is not None and row.is_told:
            on_settled(conn, row, outcome, now)

    return tell


def _not_delivered(
    conn: Connection, row: OutboxRow, outcome: NotDelivered, now: datetime, wait: timedelta
) -> tuple[NotDelivered, bool]:
    """Retry or give up; the outcome as decided, and whether there is something to tell."""
    match outcome.failure:
        case Failure.RATE_LIMITED:
            _wait_as_told(conn, row, outcome, now, wait)
            return outcome, False
        case Failure.TEMPORARY | Failure.UNKNOWN if now - row.created_at > GIVE_UP_AFTER:
            return outcome, outbox.fail(conn, row.id, f"given up: {outcome.failure}", now)
        case Failure.TEMPORARY:
            outbox.retry_later(conn, row.id, now + wait, unknown=False)
            return outcome, False
        case Failure.UNKNOWN:
            is_kept = outbox.retry_later(conn, row.id, now + wait, unknown=True)
            return outcome, row.unknowns > 0 and not is_kept
        case Failure.UNREACHABLE:
            _mark_unreachable(conn, row.person_id)
            return outcome, outbox.fail(conn, row.id, outcome.failure.value, now)
        case Failure.MIGRATED if row.chat_id < 0 and outcome.new_chat_id not in (None, row.chat_id):
            assert outcome.new_chat_id is not None
            again = outbox.retry_later(conn, row.id, now, unknown=False)
            groups.migrate_chat(conn, row.chat_id, outcome.new_chat_id, now)
            return replace(outcome, again=again), True
        case Failure.TOPIC_LOST if row.topic_id is not None and outbox.try_elsewhere(conn, row.id, now):
            return replace(outcome, again=True), True
        case Failure.HARMLESS:
            outbox.settle(conn, row.id, row.target_message_id, now)
            return outcome, True
        case _:
            return outcome, outbox.fail(conn, row.id, f"{outcome.failure}: {outcome.detail}"[:200], now)


def _wait_as_told(
    conn: Connection, row: OutboxRow, outcome: NotDelivered, now: datetime, wait: timedelta
) -> None:
    """Pause after a 429: everybody, or one group.

    Telegram does not tell which of its limits was passed. In a private chat it may be that of all messages together,
    and everybody waits. In a group it is nearly always the group's 20 a minute, whose wait may last most of a minute:
    it must not silence everybody else. Should the limit of all messages be meant after all, the next call to a
    private chat is refused too, and pauses everybody: at most the calls in flight more than needed.
    """
    # A little more than told, and not the same for all: else the next second is refused as well.
    until = now + timedelta(seconds=outcome.retry_after or 0) + min(wait, _MARGIN)
    outbox.pause(conn, f"chat:{row.chat_id}" if row.chat_id < 0 else "all", until)
    outbox.retry_later(conn, row.id, until, unknown=False)


def _mark_unreachable(conn: Connection, person_id: str | None) -> None:
    """No pushes any more, until the person comes back; one who stopped by themselves stays so."""
    person = people.load_person(conn, person_id) if person_id is not None else None
    if person is not None and person.status != "stopped":
        people.save_person(conn, person.id, status="unreachable", next_due_at=None)


_LEVELS = {
    Failure.RATE_LIMITED: logging.WARNING,
    Failure.TEMPORARY: logging.WARNING,
    Failure.UNKNOWN: logging.WARNING,
    Failure.UNREACHABLE: logging.INFO,
    Failure.CHAT_LOST: logging.ERROR,
    Failure.TOPIC_LOST: logging.WARNING,
    Failure.NO_RIGHT: logging.ERROR,
    Failure.MIGRATED: logging.WARNING,
    Failure.HARMLESS: logging.DEBUG,
    Failure.OUR_BUG: logging.ERROR,
    Failure.EXPIRED: logging.INFO,
}
