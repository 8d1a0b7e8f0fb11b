"""Long polling: fetch updates, confirm them only when they are safe, survive whatever Telegram answers."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.telegram.intake import Intake, Raw
from bot.telegram.limits import POLL_LIMIT_MAX
from storage.errors import StoreError

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 30  # how long Telegram may hold an empty answer back
POLL_MARGIN: Final = 15  # seconds of patience beyond that
DRAIN_SECONDS: Final = 20.0
FIRST_WAIT: Final = 1.0  # seconds after a failed poll; doubles
LONGEST_WAIT: Final = 30.0
LONGEST_REFUSED: Final = 60.0  # the same while the token is refused or somebody else polls
T = TypeVar("T")


class GetRawUpdates(TelegramMethod[list[Raw]]):
    """getUpdates, its updates unread: one that the library cannot read must not hide the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = POLL_LIMIT_MAX
    timeout: int = POLL_SECONDS
    allowed_updates: list[str] | None = None


class Poller:
    """The loop of one bot. Nobody else may poll with the same token."""

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        *,
        allowed_updates: list[str],
        random: Callable[[], float],
        poll_seconds: int = POLL_SECONDS,
        first_wait: float = FIRST_WAIT,
    ) -> None:
        """`random` gives numbers from 0 (included) to 1 (excluded): it spreads the tries."""
        self._bot = bot
        self._intake = intake
        self._allowed = allowed_updates
        self._random = random
        self._poll_seconds = poll_seconds
        self._first_wait = first_wait
        self._trouble = ""
        self._tries = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set, then finish what was begun (20 seconds at most)."""
        offset: int | None = None
        first = True
        try:
            while not stop.is_set():
                batch = await self._fetch(offset, stop, seconds=0 if first else self._poll_seconds)
                if batch or (first and batch is not None):
                    # The first time even without updates: some may wait in the inbox.
                    await _unless(stop, self._take_in(batch))
                    offset = _next_offset(batch, offset)
                    first = False
                elif batch is not None:
                    # Everything is confirmed. After a week of silence ids start anew, perhaps lower: ask from
                    # the beginning then, instead of confirming what was never read.
                    offset = None
        finally:
            await self._intake.drain(DRAIN_SECONDS)

    async def _take_in(self, batch: list[Raw]) -> None:
        """Insist until the batch is safe: without a database nothing is confirmed."""
        tries = 0
        while True:
            try:
                await self._intake.accept(batch)
                return
            except StoreError as error:
                tries += 1
                log.error("updates=%d cannot be kept error=%s", len(batch), type(error).__name__)
            await asyncio.sleep(self._wait(tries, LONGEST_WAIT))

    async def _fetch(self, offset: int | None, stop: asyncio.Event, *, seconds: int) -> list[Raw] | None:
        """One poll: its updates; None after a failure (and a pause), or when stopped."""
        call = GetRawUpdates(offset=offset, timeout=seconds, allowed_updates=self._allowed)
        patience = seconds + POLL_MARGIN
        try:
            batch = await _unless(stop, self._bot(call, request_timeout=patience))
        except AiogramError as error:
            self._tries += 1
            sentence, wait = self._explain(error)
            if sentence != self._trouble:
                log.error("%s", sentence)
            self._trouble = sentence
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await stop.wait()
            return None
        if batch is None:
            return None
        if self._trouble:
            log.info("Telegram answers again after tries=%d", self._tries)
        self._trouble, self._tries = "", 0
        return batch

    def _explain(self, error: AiogramError) -> tuple[str, float]:
        """A sentence for the log (never the error's own words: they may hold the token) and seconds."""
        wait = self._wait(self._tries, LONGEST_WAIT)
        refused = self._wait(self._tries, LONGEST_REFUSED)
        match error:
            case TelegramRetryAfter():
                return "Telegram asks to poll less often; waiting as told", float(error.retry_after)
            case TelegramConflictError() if "webhook" in error.message.lower():
                return "A webhook is set for this bot, so polling is refused: remove it, or stop Bob", refused
            case TelegramConflictError():
                return "Another program polls with the same token: stop it, only one may run", refused
            case TelegramUnauthorizedError() | TelegramNotFound():
                return "Telegram refuses the token: it was revoked, put the new one in BOT_TOKEN", refused
            case TelegramServerError():
                return "Telegram has a fault of its own (5xx); trying again", wait
            case TelegramNetworkError():
                return "Telegram cannot be reached over the network; trying again", wait
            case ClientDecodeError():
                return "What answers in Telegram's place is not Telegram; trying again", wait
            case _:
                return f"Telegram refuses to give updates ({type(error).__name__}); trying again", wait

    def _wait(self, tries: int, longest: float) -> float:
        doubled = self._first_wait * 2.0 ** min(tries - 1, 16)
        return min(doubled, longest) * (0.75 + self._random() / 2)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` on SIGTERM or SIGINT; call it inside the running loop."""
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(wanted, stop.set)


def _next_offset(batch: list[Raw], offset: int | None) -> int | None:
    ids = [raw["update_id"] for raw in batch if isinstance(raw.get("update_id"), int)]
    return max(ids) + 1 if ids else offset


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of `work`, or None as soon as `stop` is set: the work is cancelled then."""
    task = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        return None
    finally:
        stopped.cancel()
        if not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
