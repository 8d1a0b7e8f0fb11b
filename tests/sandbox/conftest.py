"""A server of its own for each test, the real aiogram client that talks to it, and a person."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox import SandboxClock, SandboxServer
from bot.sandbox.people import Person

TOKEN = "700000001:sandbox-test-token"


def aiogram_bot(url: str, token: str = TOKEN) -> Bot:
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    server = SandboxServer(":memory:", TOKEN, SandboxClock())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    bot = aiogram_bot(server.url)
    yield bot
    await bot.session.close()


@pytest.fixture
def ana(server: SandboxServer) -> Person:
    """A person who has started the bot."""
    person = server.people.create("Ana")
    server.people.start(person.id)
    return person
