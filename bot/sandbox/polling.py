"""getUpdates: long polling, one poller at a time."""

from __future__ import annotations

import asyncio
import time

from aiogram.methods import GetUpdates

from bot.sandbox.errors import JSON, bad_request, conflict
from bot.sandbox.world import World
from bot.telegram.limits import POLL_LIMIT_MAX, POLL_TIMEOUT_MAX_SECONDS

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
STEP_SECONDS = 1.0  # how often a waiting poll looks again, for updates that expire or a clock that moved


class Polling:
    """The waiting poll, if any. A second one ends the first with a 409, as on Telegram."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._current: object | None = None
        self._stopping = False

    async def get_updates(self, call: GetUpdates) -> list[JSON]:
        if self._world.store.get("webhook"):
            raise conflict(WEBHOOK_ACTIVE)
        limit = self._limit(call.limit)
        queue = self._world.queue
        with self._world.store.transaction():
            queue.allow(call.allowed_updates)
            if call.offset is not None:
                queue.confirm(call.offset)
        me = self._current = object()
        queue.wake()
        deadline = time.monotonic() + min(max(call.timeout or 0, 0), POLL_TIMEOUT_MAX_SECONDS)
        await asyncio.sleep(0)
        while True:
            if self._current is not me:
                raise conflict(OTHER_POLLER)
            updates = queue.pending(limit)
            left = deadline - time.monotonic()
            if updates or left <= 0 or self._stopping:
                self._current = None
                return updates
            await queue.arrival(min(left, STEP_SECONDS))

    def stop(self) -> None:
        """Let a waiting poll return at once (the server is closing)."""
        self._stopping = True
        self._world.queue.wake()

    def _limit(self, limit: int | None) -> int:
        if limit is None:
            return POLL_LIMIT_MAX
        if limit < 0:
            raise bad_request("invalid limit specified")
        return min(max(limit, 1), POLL_LIMIT_MAX)
