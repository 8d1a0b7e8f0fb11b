"""The sandbox server: the Bot API for the bot, the web page and its API for people, on one port."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.sandbox.api import BotApi
from bot.sandbox.calls import CallLog, Refusal
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Faults
from bot.sandbox.groups import Groups
from bot.sandbox.jumps import Jumps, OnJump
from bot.sandbox.people import People
from bot.sandbox.webapi import WebApi
from bot.sandbox.world import World
from bot.telegram.limits import UPLOAD_MAX_BYTES

BODY_MAX_BYTES = UPLOAD_MAX_BYTES + 1024 * 1024
SHUTDOWN_SECONDS = 1.0


class SandboxServer:
    """A local Telegram for one bot.

    `store`: a file, or ":memory:"; `token`: "<bot id>:<secret>", as from BotFather; `on_jump(target)` is
    awaited when somebody moves the clock: it plays everything due until `target` (aware, UTC).
    """

    def __init__(
        self,
        store: Path | str,
        token: str,
        clock: SandboxClock,
        *,
        bot_username: str = "BobSandboxBot",
        enforce_rates: bool = False,
        on_jump: OnJump | None = None,
    ) -> None:
        self.world = World(store, token, clock, bot_username)
        self.clock = clock
        self.token = token
        self.faults = Faults()
        self.people = People(self.world)
        self.groups = Groups(self.world)
        self.jumps = Jumps(self.world, on_jump)
        self._api = BotApi(self.world, self.faults, enforce_rates)
        self._web = WebApi(self.world, self.people, self.groups, self.faults, self.jumps)
        self._runner: web.AppRunner | None = None
        self._url: str | None = None

    @property
    def url(self) -> str:
        """Base URL, without a slash at its end; the server has to be started."""
        if self._url is None:
            raise RuntimeError("the sandbox server is not started")
        return self._url

    @property
    def calls(self) -> CallLog:
        """Every accepted call of the bot, in order (getUpdates is counted in `polls`)."""
        return self._api.calls

    @property
    def refused(self) -> list[Refusal]:
        """Every refused call of the bot, faults that were asked for included."""
        return self._api.refused

    @property
    def polls(self) -> int:
        """How many getUpdates calls were answered."""
        return self._api.polls

    @property
    def on_jump(self) -> OnJump | None:
        """What plays everything due while the clock moves; may be set after the server has started."""
        return self.jumps.on_jump

    @on_jump.setter
    def on_jump(self, on_jump: OnJump | None) -> None:
        self.jumps.on_jump = on_jump

    async def jump(self, target: datetime) -> datetime:
        """Move the clock to `target` (aware) as the page's buttons do; gives the new time."""
        return await self.jumps.jump(target)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen (port 0: any free one) and give the base URL."""
        app = web.Application(client_max_size=BODY_MAX_BYTES)
        app.add_routes(self._api.routes())
        self._web.attach(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self._url = f"http://{_bracketed(host)}:{self._runner.addresses[0][1]}"
        self._api.webhook.start()
        return self._url

    async def stop(self) -> None:
        """Answer the waiting poll, close all connections and the store."""
        self._api.polling.stop()
        self._web.stop()
        await self.jumps.stop()
        await self._api.webhook.stop()
        if self._runner is not None:
            await asyncio.sleep(0)
            await self._runner.cleanup()
            self._runner = None
        self.world.close()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
