"""What Telegram shows about the bot: menu of commands and descriptions, set only when they changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import (
    GetMyCommands,
    GetMyDescription,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.telegram.limits import BOT_DESCRIPTION_MAX, BOT_SHORT_DESCRIPTION_MAX

log = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "fr"  # shown to everybody whose language has no list of its own
Commands = Mapping[str, Sequence[tuple[str, str]]]  # language -> (name without slash, description), in order
Texts = Mapping[str, str]  # language -> text
Scope = BotCommandScopeAllPrivateChats | BotCommandScopeChat
T = TypeVar("T")


async def publish(
    bot: Bot,
    commands: Commands,
    *,
    descriptions: Texts | None = None,
    short_descriptions: Texts | None = None,
) -> None:
    """Bring Telegram up to date. What it refuses is logged: Bob works without a menu.

    Descriptions (512 characters at most) show in an empty chat, short ones (120) on the bot's page.
    """
    for language, listed in commands.items():
        await menu_of(bot, _code(language), list(listed), BotCommandScopeAllPrivateChats())
    for language, text in (descriptions or {}).items():
        await _description(bot, _code(language), text[:BOT_DESCRIPTION_MAX])
    for language, text in (short_descriptions or {}).items():
        await _short_description(bot, _code(language), text[:BOT_SHORT_DESCRIPTION_MAX])


async def menu_of(bot: Bot, code: str | None, wanted: list[tuple[str, str]], scope: Scope) -> None:
    """Bring the menu of some chats up to date, for readers of one language (None: of any without a list)."""
    shown = await _asked(bot, GetMyCommands(scope=scope, language_code=code))
    # Compared by value: aiogram's objects differ when one came from Telegram.
    if shown is None or [(one.command, one.description) for one in shown] != wanted:
        commands = [BotCommand(command=name, description=text) for name, text in wanted]
        await _done(bot, SetMyCommands(commands=commands, scope=scope, language_code=code), "menu", code)


async def _description(bot: Bot, code: str | None, wanted: str) -> None:
    shown = await _asked(bot, GetMyDescription(language_code=code))
    if shown is None or shown.description != wanted:
        await _done(bot, SetMyDescription(description=wanted, language_code=code), "description", code)


async def _short_description(bot: Bot, code: str | None, wanted: str) -> None:
    shown = await _asked(bot, GetMyShortDescription(language_code=code))
    if shown is None or shown.short_description != wanted:
        call = SetMyShortDescription(short_description=wanted, language_code=code)
        await _done(bot, call, "short description", code)


def _code(language: str) -> str | None:
    return None if language == DEFAULT_LANGUAGE else language


async def _asked(bot: Bot, call: TelegramMethod[T]) -> T | None:
    """What Telegram shows now; None when it does not tell, and so it is set again."""
    try:
        return await bot(call)
    except AiogramError:
        return None


async def _done(bot: Bot, call: TelegramMethod[bool], what: str, code: str | None) -> None:
    try:
        await bot(call)
        log.info("%s updated language=%s", what, code or DEFAULT_LANGUAGE)
    except AiogramError as error:
        log.warning(
            "%s not updated language=%s error=%s", what, code or DEFAULT_LANGUAGE, type(error).__name__
        )
