"""The whole bot: over HTTP against the strict local Bot API server, in this process or in one to be killed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import SandboxServer
from bot.settings import load_settings
from tests.e2e.bots import Process, Zygote, zygote


@pytest.fixture(scope="session")
def bots() -> Iterator[Zygote]:
    """Starts bots in a tenth of a second."""
    with zygote() as made:
        yield made


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    """The strict local Bot API server, in this process."""
    server = SandboxServer(tmp_path / "telegram.sqlite", app.SANDBOX_TOKEN, SandboxClock())
    await server.start()
    yield server
    await server.stop()


class Home:
    """A running sandbox: the bot in this process, people, and a clock that can be moved."""

    def __init__(self, bob: app.Bob, server: SandboxServer) -> None:
        self.bob = bob
        self.server = server

    @property
    def clock(self) -> SandboxClock:
        return self.server.clock


@asynccontextmanager
async def running_sandbox(folder: Path, **variables: str) -> AsyncIterator[Home]:
    """`bob sandbox` without a browser, with further variables: may be opened again on the same folder, as after a
    restart.
    """
    import asyncio

    settings = load_settings({"DATA_DIR": str(folder), "SANDBOX_PORT": "0", "OPEN_BROWSER": "no"} | variables)
    async with app.sandbox(settings) as (bob, server):
        stop = asyncio.Event()
        running = asyncio.create_task(bob.run(stop))
        try:
            yield Home(bob, server)
        finally:
            stop.set()
            await running


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with running_sandbox(tmp_path) as made:
        yield made


__all__ = ["Home", "Process", "bots", "home", "running_sandbox", "telegram"]
