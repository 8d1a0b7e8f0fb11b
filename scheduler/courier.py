"""Sends what the outbox holds. The handler of an update tries its own rows first, the courier all others.

Sees Telegram through `Messenger` only; what an outcome means for the row is decided here, once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Text, and_, bindparam, case, cast, func, or_, select

from scheduler.clock import Clock
from scheduler.messenger import Failure, Messenger, NotDelivered, Outcome
from scheduler.outcomes import (
    OnSettled,
    Random,
    backoff,
    is_tried_again,
    messages_of,
    record,
    settle_given_up,
)
from scheduler.pacing import Pacing
from storage import outbox, outbox_sql
from storage.engine import Store
from storage.errors import StoreBusy, StoreError, StoreUncertain
from storage.outbox import OutboxRow
from storage.tables.core import outbox as outbox_table
from storage.tables.core import sender_pause
from storage.types import Instant
from storage.words import UNSETTLED, Lane

log = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=30)  # longer than any call to Telegram lasts, waits included
PATIENCE: Final = 1.5  # seconds that a row in hand may wait for its permit; beyond, others go first
CONCURRENCY: Final = 32  # calls at once
RHYTHM: Final = 0.05  # seconds between two looks at an outbox that had something to send
IDLE: Final = 0.5  # seconds between two looks at one that had nothing
ELSEWHERE: Final = 5.0  # seconds at most that one look waits for rows in other hands
DRAIN: Final = 20.0  # seconds that calls in flight are given at the end
RECORD_TRIES: Final = 3  # a message whose delivery cannot be recorded is sent twice: worth insisting

# When the first row that no other row of its chat holds back may go out, pauses of its chat counted.
_now = bindparam("now", type_=Instant)
_FIRST = outbox_sql.first_of_chat(_now)
_DUE = case((sender_pause.c.until > outbox_table.c.due_at, sender_pause.c.until), else_=outbox_table.c.due_at)
_FIRST_DUE = (
    select(func.min(_DUE, type_=Instant))
    .select_from(
        outbox_table.outerjoin(
            sender_pause, sender_pause.c.scope == "chat:" + cast(outbox_table.c.chat_id, Text)
        )
    )
    .where(
        outbox_table.c.state.in_(UNSETTLED),
        or_(*(and_(outbox_table.c.lane == lane, is_first) for lane, is_first in _FIRST.items())),
    )
)


async def deliver(
    store: Store,
    messenger: Messenger,
    row: OutboxRow,
    clock: Clock,
    *,
    pacing: Pacing,
    random: Random,
    on_settled: OnSettled | None = None,
) -> Outcome | None:
    """Try once a row that its handler committed as leased to itself, inside the person's lock.

    None when it was left to the courier untried, because the pace is full. That no older row of the chat waits was
    seen to when the row was added (`outbox.must_wait`). Raises what the store raises.
    """
    wait = None
    try:
        wait = pacing.reserve(row.chat_id, row.lane, PATIENCE, messages_of(row))
        if wait:
            await asyncio.sleep(wait)
        if row.topic_id is not None:  # an earlier row may have made its topic meanwhile
            row = await store.run(outbox.placed, row)
    except BaseException:
        await store.run(outbox.release, row.id)
        raise
    if wait is None:
        await store.run(outbox.release, row.id)
        return None
    return await _perform(store, messenger, row, clock, random, on_settled, tries=row.tries)


class Courier:
    """Sends waiting rows, the interactive ones first, at the permitted pace, one at a time per chat.

    `on_settled` is told, in the transaction that records it, what became of each row whose `is_told` is true:
    delivered, given up, or to be tried again elsewhere (`NotDelivered.again`). Where it fails, the row is recorded
    without it.
    """

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        pacing: Pacing,
        *,
        random: Random,
        concurrency: int = CONCURRENCY,
        on_settled: OnSettled | None = None,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._pacing = pacing
        self._random = random
        self._concurrency = concurrency
        self._on_settled = on_settled
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
                    on_settled=self._on_settled,
                )
                if outcome is None or is_tried_again(outcome):
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
        now = self._clock.now()
        try:
            rows = await self._store.run(_take, now, limits, at_most, self._on_settled)
        except StoreError:
            raise
        except Exception:
            log.exception("what was given up could not be told")
            rows = await self._store.run(_take, now, limits, at_most, None)
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
            messages = messages_of(row)
            wait = self._pacing.reserve(row.chat_id, row.lane, PATIENCE, messages)
            if wait is None:
                later = timedelta(seconds=self._pacing.wait(row.chat_id, row.lane, messages))
                await self._store.run(outbox.retry_later, row.id, self._clock.now() + later, unknown=False)
                return
            if wait:
                await asyncio.sleep(wait)
            if await self._store.run(outbox.start, row.id, lease_until=row.lease_until):
                await _perform(
                    self._store,
                    self._messenger,
                    row,
                    self._clock,
                    self._random,
                    self._on_settled,
                    tries=row.tries + 1,
                )
        except StoreError as error:
            log.error("row=%d not recorded error=%s", row.id, type(error).__name__)
        except Exception:
            log.exception("row=%d purpose=%s: unexpected fault", row.id, row.purpose)
        finally:
            self._put_down({row.id})


def _take(
    conn: Connection, now: datetime, limits: dict[Lane, int], at_most: int, on_settled: OnSettled | None
) -> list[OutboxRow]:
    """Claim what may go out, once what nobody will send any more is out of its way."""
    settle_given_up(conn, now, on_settled)
    return outbox.claim(conn, now, limits, at_most, LEASE)


async def _perform(
    store: Store,
    messenger: Messenger,
    row: OutboxRow,
    clock: Clock,
    random: Random,
    on_settled: OnSettled | None,
    *,
    tries: int,
) -> Outcome:
    """Make the call and record its outcome; `tries` counts this one."""
    outcome: Outcome
    if row.is_homeless:
        outcome = NotDelivered(Failure.TOPIC_LOST, detail="no topic")
    else:
        outcome = await messenger.perform(row)
    now = clock.now()
    wait = backoff(max(tries, 1), random)
    left = RECORD_TRIES
    while True:
        try:
            return await store.run_together(
                partial(record, row=row, outcome=outcome, now=now, wait=wait, on_settled=on_settled)
            )
        except (StoreBusy, StoreUncertain):
            left -= 1
            if not left:
                raise
            await asyncio.sleep(0.1)
        except StoreError:
            raise
        except Exception:
            if on_settled is None:
                raise
            log.exception("row=%d purpose=%s: its outcome could not be told", row.id, row.purpose)
            on_settled = None


def _next_attempt(conn: Connection, now: datetime) -> datetime | None:
    due = conn.execute(_FIRST_DUE, {"now": now}).scalar()
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
