"""Updates taken in: each one has its effect once, in the order of its sender, whatever fails.

An update is safe once its turn is committed or once it is kept in the inbox; only then may Telegram forget
it. One that fails is kept and tried again for a minute, the sender's later updates behind it; then it is set
aside with its id and type only. One that merely takes long is kept too, so that it holds up nobody else.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError
from sqlalchemy import Connection

from bot.counsellors.incoming import GroupEvent
from bot.dialogs.incoming import Incoming
from bot.dialogs.replies import Toast
from bot.telegram import incoming as reading
from bot.telegram.locks import KeyedLocks
from bot.telegram.logs import describe
from bot.telegram.presses import answer_press
from scheduler.clock import Clock
from storage import inbox
from storage.engine import Store
from storage.errors import StoreError
from storage.outbox import OutboxRow

log = logging.getLogger(__name__)

Raw = dict[str, Any]  # an update as Telegram sent it
Deliver = Callable[[Sequence[OutboxRow]], Awaitable[None]]

SLOW_SECONDS: Final = 2.0  # an update that takes longer is kept, so that the next ones can be fetched
SET_ASIDE_SECONDS: Final = 60.0  # how long a failing update may hold up the later ones of its sender
TURN_SECONDS: Final = 60.0  # a turn that lasts longer has failed
LONGEST_WAIT: Final = 15.0  # seconds between two tries; 1, 2, 4, 8 before
HANDS: Final = 32  # turns at once
IN_FLIGHT: Final = 2000  # updates in memory; beyond, no more are fetched
_EVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


class TurnResult(Protocol):
    """What one turn leaves to do: rows that it committed as leased to its handler, and the press's answer."""

    @property
    def rows(self) -> Sequence[OutboxRow]: ...

    @property
    def toast(self) -> Toast | None: ...


class Turns(Protocol):
    """Performs one event in one transaction, its update noted as seen; raising leaves no effect at all.

    For an update that was seen before it returns neither rows nor toast.
    """

    async def handle(self, incoming: Incoming, update_id: int) -> TurnResult: ...


class GroupTurns(Protocol):
    """The same for an event of a group; its rows are left to the courier."""

    async def handle(self, event: GroupEvent, update_id: int) -> TurnResult: ...


@dataclass(eq=False, slots=True)
class _Item:
    """An update in memory. `safe` is set once Telegram may forget it."""

    raw: Raw
    update_id: int
    sender: int | None
    give_up_at: float  # loop time
    tries: int = 0
    safe: asyncio.Event = field(default_factory=asyncio.Event)
    keeping: asyncio.Task[bool] | None = None
    kept: bool = False


class Intake:
    """Takes batches of updates to their turns: one at a time per sender, many senders at once."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        turns: Turns,
        deliver: Deliver,
        store: Store,
        clock: Clock,
        locks: KeyedLocks,
        *,
        groups: GroupTurns | None = None,
        slow_seconds: float = SLOW_SECONDS,
        set_aside_seconds: float = SET_ASIDE_SECONDS,
        hands: int = HANDS,
        in_flight: int = IN_FLIGHT,
    ) -> None:
        """`locks` are keyed by Telegram id and shared with whoever else works on a person in this process.

        Without `groups`, what happens in groups is only recorded as seen.
        """
        self._groups = groups
        self._bot = bot
        self._dispatcher = dispatcher
        self._turns = turns
        self._deliver = deliver
        self._store = store
        self._clock = clock
        self._locks = locks
        self._slow = slow_seconds
        self._set_aside_after = set_aside_seconds
        self._hands = asyncio.Semaphore(hands)
        self._most = in_flight
        self._items: dict[int, _Item] = {}
        self._lanes: dict[object, deque[_Item]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._restored = False
        self._progress = asyncio.Event()
        self._stopping = asyncio.Event()

    def __len__(self) -> int:
        """How many updates are in memory: being worked on, or behind one that is."""
        return len(self._items)

    async def accept(self, batch: Sequence[Raw]) -> None:
        """Returns once every update of the batch is safe, and there is room for more.

        The first call also takes up what waits in the inbox since an earlier run, whatever the batch holds.
        """
        before = [] if self._restored else await self._left_behind()
        self._restored = True
        items = {item.update_id: item for item in (*map(self._read, batch), *before) if item is not None}
        for update_id in sorted(items):
            items[update_id] = self._put(items[update_id])
        unsafe = list(items.values())
        try:
            async with asyncio.timeout(self._slow):
                for item in unsafe:
                    await item.safe.wait()
        except TimeoutError:
            await asyncio.gather(*(self._keep(item) for item in unsafe if not item.safe.is_set()))
        if unsafe:
            await asyncio.to_thread(
                self._store.sync
            )  # on the disk before Telegram forgets: a power cut loses nothing
        while len(self._items) >= self._most:
            self._progress.clear()
            await self._progress.wait()

    async def drain(self, seconds: float) -> None:
        """Finish what is being worked on; what takes longer is cut and comes back with the next start."""
        self._stopping.set()
        if not self._workers:
            return
        _, late = await asyncio.wait(self._workers, timeout=seconds)
        if late:
            log.warning("shutdown cuts updates=%d", len(late))
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _left_behind(self) -> list[_Item]:
        """What waits in the inbox."""
        rows = await self._store.run(inbox.due, _EVER, 100_000)
        now, time = self._clock.now(), asyncio.get_running_loop().time()
        left = []
        for row in rows:
            waited = max((now - row.received_at).total_seconds(), 0.0)
            give_up_at = time + max(self._set_aside_after - waited, 0.0)
            item = _Item(json.loads(row.payload), row.update_id, row.telegram_id, give_up_at, row.tries)
            item.kept = True
            item.safe.set()
            left.append(item)
        return left

    def _read(self, raw: Raw) -> _Item | None:
        update_id = raw.get("update_id")
        if not isinstance(update_id, int):
            log.error("update without an id ignored")
            return None
        give_up_at = asyncio.get_running_loop().time() + self._set_aside_after
        return _Item(raw, update_id, reading.sender_of(raw), give_up_at)

    def _put(self, item: _Item) -> _Item:
        """Put an update behind the earlier ones of its sender; gives back the one that is in memory already."""
        known = self._items.get(item.update_id)
        if known is not None:
            return known
        self._items[item.update_id] = item
        # What has no sender goes by itself.
        key: object = item.sender if item.sender is not None else ("update", item.update_id)
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(item)
            return item
        self._lanes[key] = deque([item])
        worker = asyncio.create_task(self._work(key), name=f"updates-from-{item.update_id}")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)
        return item

    async def _work(self, key: object) -> None:
        lane = self._lanes[key]
        try:
            while lane and not self._stopping.is_set():
                await self._finish(lane[0])
                done = lane.popleft()
                self._forget(done)
        finally:
            for left in lane:
                self._forget(left)
            del self._lanes[key]

    def _forget(self, item: _Item) -> None:
        self._items.pop(item.update_id, None)
        self._progress.set()

    async def _finish(self, item: _Item) -> None:
        """Work on an update until it has had its effect or is set aside."""
        while True:
            try:
                await self._process(item)
                return
            except Exception as error:
                item.tries += 1
                kind = reading.kind_of(item.raw)
                what = describe(error)
                log.error("update=%d type=%s try=%d failed error=%s", item.update_id, kind, item.tries, what)
            wait = min(2.0 ** (item.tries - 1), LONGEST_WAIT)
            try:
                if await self._give_up_or_keep(item, wait):
                    return
            except StoreError as error:
                log.error("update=%d not kept error=%s", item.update_id, type(error).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()
                    return

    async def _give_up_or_keep(self, item: _Item, wait: float) -> bool:
        """After a failure: whether the update is given up."""
        if not await self._keep(item):
            return True
        late = asyncio.get_running_loop().time() >= item.give_up_at
        if late and item.tries > 1:
            await self._store.run(inbox.set_aside, item.update_id)
            log.error("update=%d type=%s set aside", item.update_id, reading.kind_of(item.raw))
            return True
        await self._store.run(inbox.tried, item.update_id, self._clock.now() + timedelta(seconds=wait))
        return False

    async def _process(self, item: _Item) -> None:
        """One try: the turn, its commit, then the answer to the press and the messages."""
        turned: list[tuple[Incoming | GroupEvent, TurnResult]] = []

        async def handle(event: Incoming, update_id: int) -> None:
            turned.append((event, await self._turns.handle(event, update_id)))

        async def handle_group(event: GroupEvent, update_id: int) -> None:
            if self._groups is not None:
                turned.append((event, await self._groups.handle(event, update_id)))

        lock = item.sender if item.sender is not None else item
        async with self._locks.hold(lock):
            async with self._hands, asyncio.timeout(TURN_SECONDS):
                await self._route(item, handle, handle_group)
                if not turned:
                    await self._store.run(inbox.seen, item.update_id, self._clock.now())
            await self._committed(item)
            for event, result in turned:
                await self._follow_up(event, result)

    async def _route(
        self,
        item: _Item,
        handle: Callable[[Incoming, int], Awaitable[None]],
        handle_group: Callable[[GroupEvent, int], Awaitable[None]],
    ) -> None:
        try:
            update = Update.model_validate(item.raw, context={"bot": self._bot})
            kind = update.event_type
        except (ValidationError, UpdateTypeLookupError):
            # Of a shape or kind that the library does not know yet: a person behind it still gets an answer.
            log.warning("update=%d type=%s cannot be read", item.update_id, reading.kind_of(item.raw))
            event = reading.from_unreadable(item.raw)
            if event is not None:
                await handle(event, item.update_id)
            return
        log.debug("update=%d type=%s", item.update_id, kind)
        await self._dispatcher.feed_update(self._bot, update, handle=handle, handle_group=handle_group)

    async def _committed(self, item: _Item) -> None:
        item.safe.set()
        if item.keeping is not None:
            with suppress(StoreError):
                await asyncio.shield(item.keeping)
        if item.kept:
            try:
                await self._store.run(inbox.finished, item.update_id)
            except StoreError as error:
                # It stays in the inbox, comes back with the next start and is recognised as done.
                log.error("update=%d stays in the inbox error=%s", item.update_id, type(error).__name__)

    async def _follow_up(self, event: Incoming | GroupEvent, result: TurnResult) -> None:
        """After the commit, nothing that fails may bring the update back: the courier sends what is left."""
        if event.callback_id is not None:
            await answer_press(self._bot, event.callback_id, result.toast)
        if not result.rows:
            return
        try:
            await self._deliver(result.rows)
        except Exception as error:
            rows = ",".join(str(row.id) for row in result.rows)
            log.error("rows=%s left to the courier error=%s", rows, describe(error))

    async def _keep(self, item: _Item) -> bool:
        """Put the update in the inbox, once. False when it was set aside in an earlier run: nothing to do."""
        if item.kept or item.safe.is_set():
            return True
        if item.keeping is None or (item.keeping.done() and item.keeping.exception() is not None):
            item.keeping = asyncio.create_task(self._store_in_inbox(item))
        return await asyncio.shield(item.keeping)

    async def _store_in_inbox(self, item: _Item) -> bool:
        payload = json.dumps(item.raw, separators=(",", ":"))
        item.kept = await self._store.run(_keep_row, item, payload, self._clock.now())
        item.safe.set()
        return item.kept


def _keep_row(conn: Connection, item: _Item, payload: str, now: datetime) -> bool:
    """Keep an update, unless it was set aside; one that waits already (an unsure commit) counts as kept."""
    kept = inbox.keep(
        conn,
        now,
        update_id=item.update_id,
        telegram_id=item.sender,
        payload=payload,
        update_type=reading.kind_of(item.raw),
        next_try_at=now,
        tries=item.tries,
    )
    if kept or item.sender is None:
        return kept
    return any(row.update_id == item.update_id for row in inbox.waiting_for(conn, item.sender))
