"""A server of its own for each test, the real aiogram client that talks to it, and people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ForumTopic

from bot.sandbox import SandboxClock, SandboxServer
from bot.sandbox.people import Person

TOKEN = "700000001:sandbox-test-token"

Refuses = Callable[[str, Any], Any]


class Http:
    """A browser's fetch, against the test's server."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str, **options: Any) -> tuple[int, Any]:
        async with self.session.get(path, **options) as response:
            return response.status, await response.json(content_type=None)

    async def post(self, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        if body is not None:
            options["json"] = body
        async with self.session.post(path, **options) as response:
            return response.status, await response.json(content_type=None)


@asynccontextmanager
async def serving(store: Any = ":memory:", **options: Any) -> AsyncIterator[SandboxServer]:
    """A started server, stopped at the end."""
    clock = options.pop("clock", None) or SandboxClock()
    server = SandboxServer(store, TOKEN, clock, **options)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def aiogram_bot(url: str, token: str = TOKEN) -> AsyncIterator[Bot]:
    """The real client, closed at the end."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    try:
        yield Bot(token, session=session)
    finally:
        await (await session.create_session()).close()  # session.close() would wait 0.25 s for TLS


async def refused(call: Any, text: str) -> None:
    """The call is answered 400 with exactly Telegram's text."""
    with pytest.raises(TelegramBadRequest) as refusal:
        await call
    assert refusal.value.message == f"Bad Request: {text}"


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    async with serving() as server:
        yield server


@pytest.fixture
async def http(server: SandboxServer) -> AsyncIterator[Http]:
    async with aiohttp.ClientSession(server.url) as session:
        yield Http(session)


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    async with aiogram_bot(server.url) as bot:
        yield bot


@pytest.fixture
def ana(server: SandboxServer) -> Person:
    """A person who has started the bot."""
    person = server.people.create("Ana")
    server.people.start(person.id)
    return person


@pytest.fixture
def nadia(server: SandboxServer) -> Person:
    """A counsellor."""
    return server.people.create("Nadia")


@pytest.fixture
def team(server: SandboxServer, nadia: Person) -> int:
    """The id of Nadia's forum group, where the bot is an administrator."""
    return server.groups.create("Équipe", nadia.id)


@pytest.fixture
async def topic(bot: Bot, team: int) -> ForumTopic:
    return await bot.create_forum_topic(team, "Ana D.")
