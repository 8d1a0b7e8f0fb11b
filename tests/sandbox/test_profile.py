"""The bot's commands and descriptions."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.sandbox import SandboxServer
from bot.sandbox.methods.bot_profile import visible_commands
from bot.sandbox.people import Person
from bot.telegram import limits
from tests.sandbox.conftest import refused


def command(name: str, description: str = "Une commande") -> list[BotCommand]:
    return [BotCommand(command=name, description=description)]


def menu(server: SandboxServer, chat_id: int, user_id: int, language: str = "fr") -> list[str]:
    return [each["command"] for each in visible_commands(server.world, chat_id, user_id, language)]


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (700000001, True, "BobSandboxBot")


async def test_commands_are_kept_by_scope_and_language(bot: Bot) -> None:
    await bot.set_my_commands(command("start"))
    await bot.set_my_commands(command("aide"), language_code="fr")
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(command("prive"), scope=private)
    assert [each.command for each in await bot.get_my_commands()] == ["start"]
    assert [each.command for each in await bot.get_my_commands(language_code="fr")] == ["aide"]
    assert [each.command for each in await bot.get_my_commands(scope=private)] == ["prive"]
    assert await bot.delete_my_commands(scope=private)
    assert await bot.get_my_commands(scope=private) == []


async def test_a_person_sees_the_narrowest_menu_in_their_language(
    server: SandboxServer, bot: Bot, ana: Person, team: int, nadia: Person
) -> None:
    await bot.set_my_commands(command("start"))
    await bot.set_my_commands(command("demarrer"), language_code="fr")
    assert menu(server, ana.id, ana.id) == ["demarrer"]
    assert menu(server, ana.id, ana.id, "de") == ["start"]
    await bot.set_my_commands(command("prive"), scope=BotCommandScopeAllPrivateChats())
    assert menu(server, ana.id, ana.id) == ["prive"]
    await bot.set_my_commands(command("ana"), scope=BotCommandScopeChat(chat_id=ana.id))
    assert menu(server, ana.id, ana.id) == ["ana"]
    await bot.set_my_commands(command("urgent"), scope=BotCommandScopeAllChatAdministrators())
    assert menu(server, team, nadia.id) == ["urgent"]
    assert menu(server, team, ana.id) == ["demarrer"]


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        (command("Start"), "BOT_COMMAND_INVALID"),
        (command("détails"), "BOT_COMMAND_INVALID"),
        (command("a" * (limits.COMMAND_NAME_MAX + 1)), "BOT_COMMAND_INVALID"),
        (command("a", "d" * (limits.COMMAND_DESCRIPTION_MAX + 1)), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (command("a", " "), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (command("a") * (limits.COMMANDS_MAX + 1), "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_faulty_commands_are_refused(bot: Bot, commands: list[BotCommand], refusal: str) -> None:
    await refused(bot.set_my_commands(commands), refusal)


async def test_a_scope_must_name_a_chat_that_exists(bot: Bot) -> None:
    scope = BotCommandScopeChat(chat_id=404)
    await refused(bot.set_my_commands(command("a"), scope=scope), "chat not found")
    await refused(
        bot.set_my_commands(command("a"), language_code="français"), "invalid language code specified"
    )


async def test_descriptions_and_name_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_description("An assistant")
    await bot.set_my_description("Un assistant", language_code="fr")
    assert (await bot.get_my_description()).description == "An assistant"
    assert (await bot.get_my_description(language_code="fr")).description == "Un assistant"
    assert (await bot.get_my_description(language_code="es")).description == "An assistant"
    await bot.set_my_short_description("Bref")
    assert (await bot.get_my_short_description()).short_description == "Bref"
    await bot.set_my_name("Bob d'essai")
    assert (await bot.get_my_name()).name == "Bob d'essai"


async def test_descriptions_have_limits(bot: Bot) -> None:
    await refused(bot.set_my_description("a" * 513), "bot's description is too long")
    await refused(bot.set_my_short_description("a" * 121), "bot's short description is too long")
    await refused(bot.set_my_name("a" * 65), "bot's name is too long")
