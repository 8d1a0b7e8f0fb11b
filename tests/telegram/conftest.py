"""The echo bot over real HTTP against the sandbox server, and people who talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest

from bot.sandbox import SandboxClock, SandboxServer
from bot.sandbox.client import Seeker
from storage.engine import Store
from tests.databases import *  # noqa: F403
from tests.telegram.echo import TOKEN, Echo, assemble

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
    made: list[Echo] = []

    async def make(**options: Any) -> Echo:
        made.append(assemble(server.url, store, clock, **options))
        return made[-1]

    yield make
    for echo in made:
        await echo.bot.session.close()


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
