"""The menu and the descriptions are set for each language, and only when they changed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.types import BotCommandScopeAllPrivateChats

from bot.sandbox import SandboxServer
from bot.telegram.commands import publish
from bot.telegram.session import make_bot
from tests.telegram.echo import TOKEN

COMMANDS = {
    "fr": [("action", "L'action du jour"), ("aide", "Ce que je sais faire")],
    "en": [("action", "Today's action"), ("help", "What I can do")],
}
ABOUT = {"fr": "Bob vous aide à chercher un emploi.", "en": "Bob helps you look for work."}


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    bot = make_bot(TOKEN, server.url)
    yield bot
    await bot.session.close()


async def shown(bot: Bot, language: str | None) -> list[tuple[str, str]]:
    commands = await bot.get_my_commands(BotCommandScopeAllPrivateChats(), language_code=language)
    return [(each.command, each.description) for each in commands]


async def test_each_language_has_its_menu_and_its_words(bot: Bot) -> None:
    await publish(bot, COMMANDS, descriptions=ABOUT, short_descriptions=ABOUT)
    assert await shown(bot, None) == COMMANDS["fr"]
    assert await shown(bot, "en") == COMMANDS["en"]
    assert (await bot.get_my_description()).description == ABOUT["fr"]
    assert (await bot.get_my_short_description(language_code="en")).short_description == ABOUT["en"]


async def test_nothing_is_set_again_until_it_changes(bot: Bot, server: SandboxServer) -> None:
    await publish(bot, COMMANDS, descriptions=ABOUT, short_descriptions=ABOUT)
    server.calls.clear()
    await publish(bot, COMMANDS, descriptions=ABOUT, short_descriptions=ABOUT)
    assert [call.method for call in server.calls if call.method.startswith("set")] == []
    await publish(bot, COMMANDS | {"en": [("help", "Everything I can do")]})
    assert [call.method for call in server.calls if call.method.startswith("set")] == ["setMyCommands"]
    assert await shown(bot, "en") == [("help", "Everything I can do")]


async def test_a_menu_that_cannot_be_set_stops_nobody(
    bot: Bot, server: SandboxServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.add("setMyCommands", "500", 1)
    server.faults.add("getMyDescription", "drop_before", 1)
    await publish(bot, COMMANDS, descriptions=ABOUT)
    assert await shown(bot, None) == []
    assert await shown(bot, "en") == COMMANDS["en"]
    assert (await bot.get_my_description()).description == ABOUT["fr"]
    assert "menu not updated language=fr" in caplog.text
