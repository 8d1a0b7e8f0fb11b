"""The composition root: the only place where everything meets. Plain constructor calls, no global state."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import sqlite3
import time
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from aiogram import Bot

from bot.advice.learning.exploring import InUse, Policy
from bot.advice.learning.learnt import NOTHING_LEARNT
from bot.advice.loading import load_catalogue
from bot.counsellors.handling import GroupTurns
from bot.counsellors.settled import on_settled
from bot.dialogs.texts import Voice, texts
from bot.dialogs.turn import World
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from bot.sources.occupations import Occupations, occupations
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.places import places
from bot.telegram.gateway import TelegramMessenger
from bot.telegram.intake import Intake
from bot.telegram.locks import KeyedLocks
from bot.telegram.polling import Poller, stop_on_signals
from bot.telegram.routers import dispatcher
from bot.telegram.session import make_bot
from bot.telegram.startup import StartupError
from bot.telegram.team_watch import watching
from bot.turns.handling import Turns
from scheduler.clock import Clock, SystemClock
from scheduler.courier import Courier
from scheduler.pacing import Pacing
from scheduler.ticks import Ticks
from storage import agenda, learning, outbox, rome
from storage.engine import Store
from storage.migrations import upgrade

if TYPE_CHECKING:
    from bot.sources.live.lookups import LiveSources

log = logging.getLogger(__name__)

SANDBOX_TOKEN: Final = "424242:sandbox-token-of-no-value-anywhere"  # noqa: S105  (opens nothing but the local sandbox)
SANDBOX_OPERATOR: Final = "Bob (bac à sable)"
SANDBOX_CONTACT: Final = "personne@example.org"
SANDBOX_PRIVACY: Final = "https://example.org/confidentialite"
DELETIONS_FILE: Final = "deletions.txt"
QUIET_SECONDS: Final = 30.0
HANDOVER_SECONDS: Final = 10.0


def world_of(settings: Settings, store: Store, username: str = "") -> World:
    """What is the same for everybody; the sandbox has an operator of its own. `username`: of the bot at Telegram."""
    texts()
    imported = store.run_sync(rome.load)
    learnt = store.run_sync(learning.load) or NOTHING_LEARNT
    return World(
        catalogue=load_catalogue(),
        operator=settings.operator_name or SANDBOX_OPERATOR,
        contact=settings.operator_contact or SANDBOX_CONTACT,
        privacy_url=settings.privacy_url or SANDBOX_PRIVACY,
        occupations=occupations() if imported is None else Occupations(load_lexicon(), imported),
        places=places(),
        learning=InUse(Policy(learnt, settings.explored_percent / 100)),
        planless_percent=settings.planless_percent,
        username=username,
    )


class Deletions:
    """The list of deletions beside the database: a restored backup replays it. Holds digests only."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / DELETIONS_FILE

    def append(self, digest: str) -> None:
        """Add one, on disk before it returns; a full disk is logged (the database keeps the digest too)."""
        try:
            with self._file.open("a", encoding="ascii") as lines:
                lines.write(digest + "\n")
        except OSError as error:
            log.error("deletion not added to %s: %s", self._file, error.strerror)


@dataclass(slots=True)
class Bob:
    """One running bot: updates in, ticks, messages out."""

    bot: Bot
    store: Store
    clock: Clock
    world: World
    ticks: Ticks
    courier: Courier
    poller: Poller
    intake: Intake
    live: LiveSources | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll, tick and send until `stop` is set; finish what was begun."""
        await self.store.run(outbox.reclaim, self.clock.now())
        await asyncio.to_thread(self.world.occupations.warm_up)
        gc.collect()
        gc.freeze()  # catalogue and modules live as long as the process: no use in going through them again and again
        self.ticks.start()
        sending = asyncio.create_task(self.courier.run(stop), name="courier")
        try:
            await self.poller.run(stop)
        finally:
            stop.set()
            self.ticks.stop()
            await sending
            if self.live is not None:
                await self.live.close()

    async def play_until(self, target: datetime, clock: SandboxClock) -> None:
        """Move the sandbox's clock to `target`, playing every due instant on the way, in order."""
        while True:
            await self.quiet()
            due = await self.store.run(agenda.next_due, after=clock.now())
            step = target if due is None else min(due, target)
            clock.set_at_least(step)
            await self.catch_up()
            if step >= target:
                return

    async def quiet(self) -> None:
        """Wait until nobody's update is being worked on: the clock must not run away under a conversation."""
        with suppress(TimeoutError):
            async with asyncio.timeout(QUIET_SECONDS):
                await asyncio.sleep(0)  # others have their turn, even where nothing else would wait
                while len(self.intake):  # noqa: ASYNC110 (no event says that every sender's line is empty)
                    await asyncio.sleep(0.01)

    async def catch_up(self) -> None:
        """Do everything that is due now, and send what it left to send."""
        await self.ticks.run_due()
        while await self.courier.run_once():
            await self.ticks.run_due()


def compose(
    settings: Settings, bot: Bot, store: Store, clock: Clock, pacing: Pacing, username: str = ""
) -> Bob:
    """Put a bot together. `username`: of the bot at Telegram."""
    world = world_of(settings, store, username)
    chance = random.Random()
    deletions = Deletions(settings.data_dir)
    live = _live_sources(settings, world, chance)
    courier = Courier(
        store, TelegramMessenger(bot), clock, pacing, random=chance.random, on_settled=on_settled
    )
    turns = Turns(store, clock, world, deletions.append, live, courier.wake)
    router = dispatcher()
    groups = GroupTurns(store, clock, world, courier.wake)
    intake = Intake(bot, router, turns, courier.deliver, store, clock, KeyedLocks(), groups=groups)
    poller = Poller(bot, intake, allowed_updates=router.resolve_used_update_types(), random=chance.random)
    ticks = Ticks(store, clock, world, deletions.append)
    return Bob(bot, store, clock, world, ticks, courier, poller, intake, live)


def _live_sources(settings: Settings, world: World, chance: random.Random) -> LiveSources | None:
    if not settings.live_sources:
        return None
    from bot.sources.live.setup import configuration_of, live_sources  # 40 ms that most do without

    return live_sources(
        configuration_of(settings),
        world.occupations,
        world.places,
        pause=lambda: chance.uniform(0.03, 0.1),
    )


def command_list() -> dict[str, list[tuple[str, str]]]:
    """The commands of Telegram's menu by language: (name, description), in their order."""
    from bot.dialogs.conversation import MENU

    return {
        language: [
            (Voice(language)(f"commands.{command}.name"), Voice(language)(f"commands.{command}.description"))
            for command in MENU
        ]
        for language in ("fr", "en")
    }


@contextmanager
def held(folder: Path, patience: float = HANDOVER_SECONDS) -> Iterator[None]:
    """Make the data folder, and keep others off it meanwhile; StartupError says what to do when that cannot be.

    `patience`: seconds that a predecessor has to finish, as when a supervisor restarts Bob.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "running.lock").open("a", encoding="ascii")
    except OSError as error:
        raise StartupError(
            f"The data folder {folder} cannot be used ({error.strerror}): set DATA_DIR to a folder where Bob may write."
        ) from None
    with lock:
        deadline = time.monotonic() + patience
        while not _locked(lock):
            if time.monotonic() >= deadline:
                raise StartupError(
                    f"Another Bob runs on the data folder {folder}: stop it, or give this one a DATA_DIR of its own."
                )
            time.sleep(0.05)  # nothing of this process runs yet
        yield


def _locked(file: IO[str]) -> bool:
    """Whether the lock on the file is this process's now; it falls with the process, however that ends."""
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError) as error:
        log.debug("no file locks here, two may start: %s", error)
    return True


@asynccontextmanager
async def sandbox(settings: Settings) -> AsyncIterator[tuple[Bob, SandboxServer]]:
    """A sandbox with its own database, server and clock; the bot is composed but not running yet."""
    folder = settings.data_dir
    with held(folder):
        clock = SandboxClock()
        file = folder / "sandbox-telegram.sqlite"
        try:
            server = SandboxServer(file, SANDBOX_TOKEN, clock)
        except sqlite3.Error as error:
            raise StartupError(
                f"{file} cannot be used ({error}): move it away or delete it, then start again."
            ) from None
        url = await server.start(settings.sandbox_host, settings.sandbox_port)
        database = f"sqlite:///{folder / 'sandbox.sqlite'}"
        upgrade(database)
        store = Store(database)
        bot = make_bot(SANDBOX_TOKEN, url)
        me = await bot.me()
        bob = compose(settings, bot, store, clock, Pacing.unlimited(), me.username or "")
        server.jumps.on_jump = lambda target: bob.play_until(target, clock)
        try:
            yield bob, server
        finally:
            await bot.session.close()
            await server.stop()
            store.close()


async def run_sandbox(settings: Settings) -> None:
    """Bob in the browser, until interrupted."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with sandbox(settings) as (bob, server):
        from bot.demo import set_up
        from bot.telegram.commands import publish

        await publish(bob.bot, command_list())
        print(f"Bob is in the sandbox: {server.url}/  (Ctrl+C to stop)", flush=True)
        if settings.open_browser:
            with suppress(webbrowser.Error):
                webbrowser.open(f"{server.url}/")
        example = asyncio.create_task(set_up(bob, server)) if settings.sandbox_team else None
        async with watching(bob.bot, bob.store, command_list(), stop):
            await bob.run(stop)
        if example is not None:
            example.cancel()
            with suppress(asyncio.CancelledError):
                await example


async def run_live(settings: Settings, *, take_over: bool = False) -> None:
    """Bob on Telegram by long polling, until interrupted; StartupError says in one sentence what is wrong."""
    from bot.telegram import commands, startup

    token = settings.bot_token
    if token is None:
        raise ValueError("live needs a token")
    with held(settings.data_dir):
        store = startup.open_store(settings)
        bot = make_bot(token.get_secret_value(), settings.telegram_api_url)
        stop = asyncio.Event()
        stop_on_signals(stop)
        try:
            me = await startup.check(bot, store, take_over=take_over)
            await commands.publish(bot, command_list())
            bob = compose(settings, bot, store, SystemClock(), Pacing(), me.username or "")
            async with watching(bot, store, command_list(), stop):
                await bob.run(stop)
        finally:
            await bot.session.close()
            store.close()
