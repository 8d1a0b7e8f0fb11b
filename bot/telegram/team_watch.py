"""What Bob looks after at Telegram for each team while he runs: his rights in its groups, and the menus of commands.

New groups and counsellors are met within a minute. Nothing here stops or delays Bob: what Telegram refuses is a line in
the log that says what to do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import BotCommandScopeChat
from sqlalchemy import Connection

from bot.counsellors import command_menu
from bot.telegram.commands import menu_of
from bot.telegram.group_rights import Fault, faults, gone, moved
from storage import teams
from storage.engine import Store
from storage.errors import StoreError

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 60.0
BETWEEN_CHATS: Final = 0.2  # seconds: menus and checks take nothing from what people wait for
LANGUAGES: Final = ("fr", "en")
Commands = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Place:
    """A chat to look after: a group of a team, or (`is_private`) the private chat of one of its counsellors."""

    chat_id: int
    team: str
    language: str
    is_private: bool = False


def places(conn: Connection) -> list[Place]:
    """Every group and every present counsellor, each chat once."""
    found: dict[int, Place] = {}
    for team in teams.teams(conn):
        for group in teams.groups(conn, team.id):
            found[group.chat_id] = Place(group.chat_id, team.name, team.language)
        for member in teams.members(conn, team.id):
            if member.telegram_id is not None:
                found.setdefault(
                    member.telegram_id, Place(member.telegram_id, team.name, team.language, is_private=True)
                )
    return list(found.values())


class TeamWatch:
    """Sets menus and checks rights, once for each chat in the life of a process."""

    def __init__(self, bot: Bot, store: Store, seekers: Commands, *, between: float = BETWEEN_CHATS) -> None:
        """`seekers`: the commands of job seekers by language, which a counsellor's private chat keeps."""
        self._bot = bot
        self._store = store
        self._seekers = seekers
        self._between = between
        self._met: set[Place] = set()

    async def run(self, stop: asyncio.Event, *, every: float = EVERY_SECONDS) -> None:
        """Look after the teams until `stop` is set."""
        while not stop.is_set():
            await self.look()
            with suppress(TimeoutError):
                async with asyncio.timeout(every):
                    await stop.wait()

    async def look(self) -> list[Fault]:
        """Meet the chats that are new; returns what is wrong in the groups among them."""
        try:
            known = await self._store.run(places)
        except StoreError as error:
            log.warning("teams not looked after error=%s", type(error).__name__)
            return []
        found: list[Fault] = []
        for place in known:
            if place in self._met:
                continue
            self._met.add(place)
            if not place.is_private:
                wrong = await rights_in(self._bot, place)
                for fault in wrong:
                    log.log(logging.WARNING if fault.grave else logging.INFO, "%s", fault.text)
                found += wrong
            await self._menus(place)
            await asyncio.sleep(self._between)
        return found

    async def _menus(self, place: Place) -> None:
        """The team's language first: it is what everybody sees whose app speaks neither."""
        scope = BotCommandScopeChat(chat_id=place.chat_id)
        for language in sorted(LANGUAGES, key=lambda each: each != place.language):
            wanted = self._wanted(place, language)
            await menu_of(self._bot, None if language == place.language else language, wanted, scope)

    def _wanted(self, place: Place, language: str) -> list[tuple[str, str]]:
        if not place.is_private:
            return command_menu.in_group(language)
        own = command_menu.in_private(language)
        names = {name for name, _ in own}
        return [*own, *((name, text) for name, text in self._seekers[language] if name not in names)]


async def rights_in(bot: Bot, place: Place) -> list[Fault]:
    """What is wrong with the bot's place in a group; nothing when Telegram does not answer."""
    where = f"the group {place.chat_id} of the team {place.team}"
    try:
        chat = await bot.get_chat(place.chat_id)
        member = await bot.get_chat_member(place.chat_id, bot.id)
    except TelegramMigrateToChat:
        return [moved(where)]
    except (TelegramForbiddenError, TelegramBadRequest):
        return [gone(where)]
    except AiogramError as error:
        log.warning("rights not checked group=%d error=%s", place.chat_id, type(error).__name__)
        return []
    return faults(where, chat.model_dump(mode="json"), member.model_dump(mode="json"))


@asynccontextmanager
async def watching(bot: Bot, store: Store, seekers: Commands, stop: asyncio.Event) -> AsyncIterator[None]:
    """The teams are looked after meanwhile."""
    task = asyncio.create_task(TeamWatch(bot, store, seekers).run(stop), name="teams")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
