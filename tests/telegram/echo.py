"""A bot that repeats what it hears: the real edge and the real storage, with turns simple enough to count."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from aiogram import Bot
from sqlalchemy import Connection

from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.replies import Button, Reply, Toast
from bot.telegram.gateway import TelegramMessenger
from bot.telegram.intake import Intake
from bot.telegram.locks import KeyedLocks
from bot.telegram.polling import Poller
from bot.telegram.routers import dispatcher
from bot.telegram.session import make_bot
from scheduler.clock import Clock
from scheduler.courier import Courier
from scheduler.pacing import Pacing
from storage import counters, inbox, outbox
from storage.engine import Store
from storage.outbox import OutboxRow

TOKEN = "700000001:sandbox-test-token-000"
AGAIN = Button("Encore", "echo", 1, "again", "x")


@dataclass(frozen=True)
class Turned:
    """What a turn leaves to do."""

    rows: list[OutboxRow]
    toast: Toast | None = None


@dataclass
class EchoTurns:
    """Turns that say again what they heard, one effect per update; a test interferes through `before`."""

    store: Store
    clock: Clock
    lease: timedelta = timedelta(seconds=30)
    heard: list[Incoming] = field(default_factory=list)
    before: Callable[[Incoming], Awaitable[None]] | None = None
    toast: Toast | None = None

    async def handle(self, incoming: Incoming, update_id: int) -> Turned:
        if self.before is not None:
            await self.before(incoming)
        rows = await self.store.run(self._work, incoming, update_id)
        if rows is None:
            return Turned([])
        self.heard.append(incoming)
        return Turned(rows, self.toast)

    def _work(self, conn: Connection, incoming: Incoming, update_id: int) -> list[OutboxRow] | None:
        now = self.clock.now()
        if inbox.seen(conn, update_id, now):
            return None
        counters.bump(conn, "effects")
        if incoming.kind in (Kind.BLOCKED, Kind.UNBLOCKED):
            return []
        said = incoming.text or (incoming.press.value if incoming.press else incoming.kind.value)
        must_wait = outbox.must_wait(conn, incoming.chat_id, now)
        row_id = outbox.add(
            conn,
            now,
            person_id=None,
            chat_id=incoming.chat_id,
            lane="interactive",
            method="send",
            body=Reply(said, buttons=((AGAIN,),)).to_json(),
            leased_for=None if must_wait else self.lease,
        )
        assert row_id is not None
        if must_wait:
            return []
        row = outbox.row(conn, row_id)
        assert row is not None
        return [row]


@dataclass
class Echo:
    """The whole edge."""

    store: Store
    clock: Clock
    turns: EchoTurns
    bot: Bot
    intake: Intake
    poller: Poller
    courier: Courier
    locks: KeyedLocks

    async def count(self, name: str) -> int:
        return (await self.store.run(counters.counters)).get(name, 0)

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        """Poll and send while the block runs, then shut down as on SIGTERM."""
        stop = asyncio.Event()
        running = asyncio.gather(self.poller.run(stop), self.courier.run(stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(running, 30)


def assemble(
    url: str,
    store: Store,
    clock: Clock,
    *,
    set_aside_seconds: float = 60,
    slow_seconds: float = 2,
    in_flight: int = 2000,
    pacing: Pacing | None = None,
) -> Echo:
    """Put an edge together that talks to the server at `url`; close its bot's session in the end."""
    bot, chance = make_bot(TOKEN, url), random.Random(1).random
    paced = Pacing.unlimited() if pacing is None else pacing
    courier = Courier(store, TelegramMessenger(bot), clock, paced, random=chance)
    turns, locks, routes = EchoTurns(store, clock), KeyedLocks(), dispatcher()
    intake = Intake(
        bot,
        routes,
        turns,
        courier.deliver,
        store,
        clock,
        locks,
        slow_seconds=slow_seconds,
        set_aside_seconds=set_aside_seconds,
        in_flight=in_flight,
    )
    kinds = routes.resolve_used_update_types()
    poller = Poller(bot, intake, allowed_updates=kinds, random=chance, poll_seconds=1, first_wait=0.05)
    return Echo(store, clock, turns, bot, intake, poller, courier, locks)
