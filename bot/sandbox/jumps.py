"""Moving the clock: one jump at a time, everything due on the way played in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.errors import JSON
from bot.sandbox.world import World

DEFAULT_ZONE = "Europe/Paris"
OnJump = Callable[[datetime], Awaitable[None]]


class JumpRefused(Exception):
    """`code`: past, running, or invalid; the text is a sentence for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Jump:
    start: datetime
    target: datetime


class Jumps:
    """The clock's buttons. `on_jump(target)` moves the clock itself while it plays what is due."""

    def __init__(self, world: World, on_jump: OnJump | None) -> None:
        self._world = world
        self.on_jump = on_jump
        self._running: Jump | None = None
        self._task: asyncio.Task[None] | None = None

    def state(self) -> JSON:
        """Now, and the jump that runs, for the page."""
        running = self._running
        jump = running and {"from": running.start.isoformat(), "to": running.target.isoformat()}
        return {"now": self._world.clock.now().isoformat(), "jump": jump, "zone": DEFAULT_ZONE}

    async def jump(self, target: datetime) -> datetime:
        """Move to `target` and come back when everything due has been played; raises `JumpRefused`."""
        if self._running is not None:
            raise JumpRefused("running", "The clock is already moving; wait until it has arrived.")
        now = self._world.clock.now()
        if target <= now:
            raise JumpRefused(
                "past", f"The clock only moves forward: {target:%Y-%m-%d %H:%M %Z} is already past."
            )
        self._running = Jump(now, target)
        self._task = asyncio.create_task(self._play(target))
        await asyncio.shield(self._task)
        return self._world.clock.now()

    async def _play(self, target: datetime) -> None:
        self._announce()
        try:
            if self.on_jump is not None:
                await self.on_jump(target)
            self._world.clock.set_at_least(target)
        finally:
            self._running = None
            self._announce()

    async def stop(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _announce(self) -> None:
        self._world.event("jump", **self.state())


def target_of(request: Any, now: datetime) -> datetime:
    """The instant (UTC) that a request names: {"plus_minutes": n}, {"to": iso} or {"tomorrow": "09:00"}.

    `zone` says whose wall clock is meant by "tomorrow" and by an instant without offset.
    """
    if not isinstance(request, dict):
        raise JumpRefused("invalid", "A JSON object is expected.")
    asked = [name for name in ("plus_minutes", "to", "tomorrow") if name in request]
    if len(asked) != 1:
        raise JumpRefused("invalid", "Give one of plus_minutes, to, tomorrow.")
    try:
        zone = ZoneInfo(request.get("zone", DEFAULT_ZONE))
        value = request[asked[0]]
        if asked[0] == "plus_minutes":
            return now + timedelta(minutes=float(value))
        if asked[0] == "tomorrow":
            day = now.astimezone(zone).date() + timedelta(days=1)
            return datetime.combine(day, time.fromisoformat(value), zone).astimezone(UTC)
        instant = datetime.fromisoformat(value)
        return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, ZoneInfoNotFoundError) as fault:
        raise JumpRefused("invalid", f"This is not a moment that can be reached: {request}") from fault
