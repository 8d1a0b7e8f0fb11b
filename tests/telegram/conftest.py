"""A bot that repeats what it hears, over real HTTP against the sandbox server, with the real storage."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiogram import Bot
from sqlalchemy import Connection

from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.replies import Button, Reply, Toast
from bot.sandbox import SandboxClock, SandboxServer
from bot.sandbox.client import Seeker
from bot.telegram.gateway import TelegramMessenger
from bot.telegram.intake import Intake
from bot.telegram.locks import KeyedLocks
from bot.telegram.polling import Poller
from bot.telegram.routers import dispatcher
from bot.telegram.session import make_bot
from scheduler.courier import Courier
from scheduler.pacing import Pacing
from storage import counters, inbox, outbox
from storage.engine import Store
from storage.outbox import OutboxRow
from tests.databases import *  # noqa: F403

TOKEN = "700000001:sandbox-test-token-000"
LEASE = timedelta(seconds=30)
AGAIN = Button("Encore", "echo", 1, "again", "x")


@dataclass(frozen=True)
class Turned:
    """What the test's turn leaves to do."""

    rows: list[OutboxRow]
    toast: Toast | None = None


@dataclass
class EchoTurns:
    """Turns that say again what they heard, one effect per update; a test interferes through `before`."""

    store: Store
    clock: SandboxClock
    heard: list[Incoming] = field(default_factory=list)
    before: Callable[[Incoming], Awaitable[None]] | None = None
    after: Callable[[Incoming], Awaitable[None]] | None = None
    toast: Toast | None = None

    async def handle(self, incoming: Incoming, update_id: int) -> Turned:
        if self.before is not None:
            await self.before(incoming)
        rows = await self.store.run(self._work, incoming, update_id)
        if rows is None:
            return Turned([])
        self.heard.append(incoming)
        if self.after is not None:
            await self.after(incoming)
        return Turned(rows, self.toast)

    def _work(self, conn: Connection, incoming: Incoming, update_id: int) -> list[OutboxRow] | None:
        now = self.clock.now()
        if inbox.seen(conn, update_id, now):
            return None
        counters.bump(conn, "effects")
        if incoming.kind in (Kind.BLOCKED, Kind.UNBLOCKED):
            return []
        said = incoming.text or (incoming.press.value if incoming.press else incoming.kind.value)
        row_id = outbox.add(
            conn,
            now,
            person_id=None,
            chat_id=incoming.chat_id,
            lane="interactive",
            method="send",
            body=Reply(said, buttons=((AGAIN,),)).to_json(),
            leased_for=LEASE,
        )
        assert row_id is not None
        row = outbox.row(conn, row_id)
        assert row is not None
        return [row]


@dataclass
class Echo:
    """The whole edge, running on a sandbox server."""

    server: SandboxServer
    clock: SandboxClock
    store: Store
    turns: EchoTurns
    bot: Bot
    intake: Intake
    poller: Poller
    courier: Courier
    locks: KeyedLocks
    stop: asyncio.Event = field(default_factory=asyncio.Event)

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


Build = Callable[..., Awaitable[Echo]]


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock()


@pytest.fixture
async def server(clock: SandboxClock) -> AsyncIterator[SandboxServer]:
    server = SandboxServer(":memory:", TOKEN, clock)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    store = Store(sqlite_url)
    yield store
    store.close()


@pytest.fixture
async def build(server: SandboxServer, clock: SandboxClock, store: Store) -> AsyncIterator[Build]:
    """Makes an edge; called again, it makes what a restarted process would."""
    bots: list[Bot] = []

    async def make(
        *, set_aside_seconds: float = 60, slow_seconds: float = 2, pacing: Pacing | None = None
    ) -> Echo:
        bot = make_bot(TOKEN, server.url)
        bots.append(bot)
        chance = random.Random(1).random
        courier = Courier(store, TelegramMessenger(bot), clock, pacing or Pacing.unlimited(), random=chance)
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
        )
        poller = Poller(
            bot,
            intake,
            clock,
            allowed_updates=routes.resolve_used_update_types(),
            random=chance,
            poll_seconds=1,
            first_wait=0.05,
        )
        return Echo(server, clock, store, turns, bot, intake, poller, courier, locks)

    yield make
    for bot in bots:
        await bot.session.close()


@pytest.fixture
async def echo(build: Build) -> Echo:
    return await build()


@pytest.fixture
def ana(server: SandboxServer) -> Seeker:
    return Seeker(server, "Ana")


@pytest.fixture
def ben(server: SandboxServer) -> Seeker:
    return Seeker(server, "Ben", "en")


async def until(true: Callable[[], bool], within: float = 10) -> None:
    """Wait for something to become true; fails when it does not."""
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.01)
