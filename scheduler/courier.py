"""Sends what the outbox holds. The handler of an update tries its own rows first, the courier all others.

Sees Telegram through `Messenger` only; what an outcome means for the row is decided here, once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, exists, func, select, tuple_

from scheduler.clock import Clock
from scheduler.messenger import Delivered, Failure, Messenger, NotDelivered
from scheduler.pacing import Pacing
from storage import counters, outbox, people
from storage.engine import Store
from storage.errors import StoreBusy, StoreError, StoreUncertain
from storage.outbox import OutboxRow
from storage.tables.core import outbox as outbox_table
from storage.types import Instant
from storage.words import UNSETTLED, Lane

log = logging.getLogger(__name__)

Outcome = Delivered | NotDelivered
Random = Callable[[], float]  # from 0 (included) to 1 (excluded)

LEASE: Final = timedelta(seconds=30)  # longer than any call to Telegram lasts, waits included
FIRST_BACKOFF: Final = 1.0  # seconds before the second try; doubles with each
LONGEST_BACKOFF: Final = 300.0  # seconds
GIVE_UP_AFTER: Final = timedelta(hours=24)  # a message that could not go out for so long helps nobody
PATIENCE: Final = 1.5  # seconds that a row in hand may wait for its permit; beyond, others go first
CONCURRENCY: Final = 32  # calls at once
RHYTHM: Final = 0.05  # seconds between two looks at an outbox that had something to send
IDLE: Final = 0.5  # seconds between two looks at one that had nothing
ELSEWHERE: Final = 5.0  # seconds at most that one look waits for rows in other hands
DRAIN: Final = 20.0  # seconds that calls in flight are given at the end
_MARGIN: Final = timedelta(seconds=1)  # at most, added to the wait that Telegram asks for
RECORD_TRIES: Final = 3  # a message whose delivery cannot be recorded is sent twice: worth insisting

# When the first row that no other row of its chat holds back may go out.
_earlier = outbox_table.alias("earlier")
_FIRST_DUE = select(func.min(outbox_table.c.due_at, type_=Instant)).where(
    outbox_table.c.state.in_(UNSETTLED),
    ~exists().where(
        _earlier.c.chat_id == outbox_table.c.chat_id,
        _earlier.c.state.in_(UNSETTLED),
        tuple_(_earlier.c.not_before, _earlier.c.id) < tuple_(outbox_table.c.not_before, outbox_table.c.id),
    ),
)


async def deliver(
    store: Store, messenger: Messenger, row: OutboxRow, clock: Clock, *, pacing: Pacing, random: Random
) -> Outcome | None:
    """Try once a row that its handler committed as leased to itself, inside the person's lock.

    None when it was left to the courier untried, because the pace is full. That no older row of the chat waits was
    seen to when the row was added (`outbox.must_wait`). Raises what the store raises.
    """
    wait = None
    try:
        wait = pacing.reserve(row.chat_id, row.lane, PATIENCE)
        if wait:
            await asyncio.sleep(wait)
    except BaseException:
        await store.run(outbox.release, row.id)
        raise
    if wait is None:
        await store.run(outbox.release, row.id)
        return None
    return await _perform(store, messenger, row, clock, random, tries=row.tries)


class Courier:
    """Sends waiting rows, the interactive ones first, at the permitted pace, one at a time per chat."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        pacing: Pacing,
        *,
        random: Random,
        concurrency: int = CONCURRENCY,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._pacing = pacing
        self._random = random
        self._concurrency = concurrency
        # Rows that somebody in this process works on, whatever became of their lease.
        self._in_hand: set[int] = set()
        self._hands_empty = asyncio.Event()
        self._wake = asyncio.Event()

    async def deliver(self, rows: Sequence[OutboxRow]) -> None:
        """The handler's try: its rows, leased to it, in order. What fails or must wait is left to `run`."""
        waiting = list(rows)
        mine = {row.id for row in rows}
        self._in_hand |= mine
        try:
            while waiting:
                outcome = await deliver(
                    self._store,
                    self._messenger,
                    waiting.pop(0),
                    self._clock,
                    pacing=self._pacing,
                    random=self._random,
                )
                if outcome is None or (isinstance(outcome, NotDelivered) and outcome.failure in _TRIED_AGAIN):
                    break  # the next ones must not overtake it
        finally:
            self._put_down(mine)
            for row in waiting:
                await self._store.run(outbox.release, row.id)

    def wake(self) -> None:
        """Look at the outbox now: something was added."""
        self._wake.set()

    async def next_attempt(self) -> datetime | None:
        """When the next row may be sent, pauses counted; it may lie in the past. None when nothing waits."""
        return await self._store.run(_next_attempt, self._clock.now())

    async def run_once(self) -> int:
        """Claim what is due and may go out now, send it, return how many rows were taken in hand.

        When there is none to claim, it waits for those that `run` or a handler has in hand (and counts them): 0 means
        that all that could go out has.
        """
        if wait := self._pacing.room_in("bulk"):
            await asyncio.sleep(wait)
        rows = await self._claim(self._concurrency)
        if rows:
            await asyncio.gather(*(self._send(row) for row in rows))
            return len(rows)
        busy = len(self._in_hand)
        if busy:
            self._hands_empty.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(ELSEWHERE):
                    await self._hands_empty.wait()
        return busy

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then finish what is in flight (20 seconds at most)."""
        stopping = asyncio.ensure_future(stop.wait())
        sending: set[asyncio.Task[None]] = set()
        trouble = quiet = 0
        try:
            while not stop.is_set():
                self._wake.clear()
                try:
                    rows = await self._claim(self._concurrency - len(sending))
                    trouble, quiet = 0, 0 if rows else quiet + 1
                except StoreError as error:
                    rows, trouble = [], trouble + 1
                    log.error("outbox unavailable error=%s tries=%d", type(error).__name__, trouble)
                sending |= {asyncio.create_task(self._send(row), name=f"send-{row.id}") for row in rows}
                if trouble:
                    pause = backoff(trouble, self._random).total_seconds()
                else:
                    pause = RHYTHM if quiet * RHYTHM < IDLE else IDLE
                await self._pause(pause, stopping, sending)
                sending = {task for task in sending if not task.done()}
        finally:
            stopping.cancel()
            await _drain(sending)

    async def _pause(
        self, seconds: float, stopping: asyncio.Future[Any], sending: set[asyncio.Task[None]]
    ) -> None:
        """Wait for a reason to look again: time, new rows, a hand that becomes free, or the end."""
        woken = asyncio.ensure_future(self._wake.wait())
        reasons: set[asyncio.Future[Any]] = {stopping, woken}
        if len(sending) >= self._concurrency:
            reasons |= sending
        await asyncio.wait(reasons, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()

    async def _claim(self, hands: int) -> list[OutboxRow]:
        limits: dict[Lane, int] = {lane: self._pacing.room(lane) for lane in ("interactive", "bulk")}
        if hands <= 0 or not any(limits.values()):
            return []
        at_most = min(hands, limits["interactive"])
        rows = await self._store.run(outbox.claim, self._clock.now(), limits, at_most, LEASE)
        # A lease can end early when the clock is moved; whoever has the row in hand goes on with it.
        mine = [row for row in rows if row.id not in self._in_hand]
        self._in_hand |= {row.id for row in mine}
        return mine

    def _put_down(self, row_ids: set[int]) -> None:
        self._in_hand -= row_ids
        if not self._in_hand:
            self._hands_empty.set()

    async def _send(self, row: OutboxRow) -> None:
        """Send one claimed row; whatever goes wrong is recorded or logged, never raised."""
        try:
            wait = self._pacing.reserve(row.chat_id, row.lane, PATIENCE)
            if wait is None:
                later = timedelta(seconds=self._pacing.wait(row.chat_id, row.lane))
                await self._store.run(outbox.retry_later, row.id, self._clock.now() + later, unknown=False)
                return
            if wait:
                await asyncio.sleep(wait)
            if await self._store.run(outbox.start, row.id, lease_until=row.lease_until):
                await _perform(
                    self._store, self._messenger, row, self._clock, self._random, tries=row.tries + 1
                )
        except StoreError as error:
            log.error("row=%d not recorded error=%s", row.id, type(error).__name__)
        except Exception:
            log.exception("row=%d purpose=%s: unexpected fault", row.id, row.purpose)
        finally:
            self._put_down({row.id})


_TRIED_AGAIN = (Failure.RATE_LIMITED, Failure.TEMPORARY, Failure.UNKNOWN, Failure.MIGRATED)


def backoff(tries: int, random: Random) -> timedelta:
    """How long to wait after `tries` failed tries (1 or more): doubling, and spread at random."""
    longest = min(FIRST_BACKOFF * 2 ** min(tries - 1, 20), LONGEST_BACKOFF)
    return timedelta(seconds=longest * (0.5 + random() / 2))


async def _perform(
    store: Store, messenger: Messenger, row: OutboxRow, clock: Clock, random: Random, *, tries: int
) -> Outcome:
    """Make the call and record its outcome; `tries` counts this one."""
    outcome = await messenger.perform(row)
    now = clock.now()
    if isinstance(outcome, NotDelivered):
        log.log(
            _LEVELS[outcome.failure], "row=%d failure=%s detail=%s", row.id, outcome.failure, outcome.detail
        )
    for left in reversed(range(RECORD_TRIES)):
        try:
            await store.run_together(
                partial(_record, row=row, outcome=outcome, now=now, wait=backoff(max(tries, 1), random))
            )
            break
        except (StoreBusy, StoreUncertain):
            if not left:
                raise
            await asyncio.sleep(0.1)
    return outcome


def _record(conn: Connection, row: OutboxRow, outcome: Outcome, now: datetime, wait: timedelta) -> None:
    if isinstance(outcome, Delivered):
        outbox.settle(conn, row.id, outcome.message_id, now)
        return
    counters.bump(conn, outcome.failure.value)
    match outcome.failure:
        case Failure.RATE_LIMITED:
            # A little more than told, and not the same for all: else the next second is refused as well.
            until = now + timedelta(seconds=outcome.retry_after or 0) + min(wait, _MARGIN)
            outbox.pause(conn, "all", until)
            outbox.retry_later(conn, row.id, until, unknown=False)
        case Failure.TEMPORARY | Failure.UNKNOWN if now - row.created_at > GIVE_UP_AFTER:
            outbox.fail(conn, row.id, f"given up: {outcome.failure}", now)
        case Failure.TEMPORARY | Failure.UNKNOWN:
            outbox.retry_later(conn, row.id, now + wait, unknown=outcome.failure is Failure.UNKNOWN)
        case Failure.UNREACHABLE:
            outbox.fail(conn, row.id, outcome.failure.value, now)
            _mark_unreachable(conn, row.person_id)
        case Failure.MIGRATED if outcome.new_chat_id not in (None, row.chat_id):
            assert outcome.new_chat_id is not None
            outbox.retry_later(conn, row.id, now, unknown=False)
            outbox.migrate_chat(conn, row.chat_id, outcome.new_chat_id)
        case Failure.HARMLESS:
            outbox.settle(conn, row.id, row.target_message_id, now)
        case _:
            outbox.fail(conn, row.id, f"{outcome.failure}: {outcome.detail}"[:200], now)


def _mark_unreachable(conn: Connection, person_id: str | None) -> None:
    """No pushes any more, until the person comes back; one who stopped by themselves stays so."""
    person = people.load_person(conn, person_id) if person_id is not None else None
    if person is not None and person.status != "stopped":
        people.save_person(conn, person.id, status="unreachable", next_due_at=None)


def _next_attempt(conn: Connection, now: datetime) -> datetime | None:
    due = conn.execute(_FIRST_DUE).scalar()
    pause = outbox.paused_until(conn, "all", now)
    return max(due, pause) if due is not None and pause is not None else due


async def _drain(sending: set[asyncio.Task[None]]) -> None:
    """Let calls in flight finish; what takes too long is cut, and its fate is unknown."""
    if not sending:
        return
    _, late = await asyncio.wait(sending, timeout=DRAIN)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


_LEVELS = {
    Failure.RATE_LIMITED: logging.WARNING,
    Failure.TEMPORARY: logging.WARNING,
    Failure.UNKNOWN: logging.WARNING,
    Failure.UNREACHABLE: logging.INFO,
    Failure.CHAT_LOST: logging.ERROR,
    Failure.TOPIC_LOST: logging.WARNING,
    Failure.MIGRATED: logging.WARNING,
    Failure.HARMLESS: logging.DEBUG,
    Failure.OUR_BUG: logging.ERROR,
}
