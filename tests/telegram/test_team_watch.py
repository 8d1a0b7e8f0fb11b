"""While Bob runs, the teams' groups get their menu, and whoever runs him is told which rights are missing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from aiogram import Bot
from aiogram.types import BotCommandScopeChat
from sqlalchemy import Connection

from bot.counsellors import command_menu
from bot.sandbox import SandboxServer
from bot.telegram.group_rights import faults
from bot.telegram.routers import dispatcher
from bot.telegram.session import make_bot
from bot.telegram.team_watch import TeamWatch, watching
from storage.engine import Store
from tests.counsellors.making import make_team
from tests.telegram.echo import TOKEN

NADIA = 501
SEEKERS = {"fr": [("action", "L'action du jour"), ("aide", "De l'aide")], "en": [("help", "Help")]}
ALL = ("can_manage_topics", "can_delete_messages", "can_pin_messages")


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    bot = make_bot(TOKEN, server.url)
    yield bot
    await bot.session.close()


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def nadia(server: SandboxServer) -> int:
    person = server.people.create("Nadia")
    server.people.send_text(person.id, "/start code")
    return person.id


@pytest.fixture
def group(server: SandboxServer, nadia: int) -> int:
    """A group with topics, in which the bot is an administrator."""
    return server.groups.create("Équipe", nadia, forum=True)


def team_of(store: Store, chat_id: int, counsellor: int, language: str = "fr") -> None:
    def work(conn: Connection) -> None:
        make_team(conn, "Mission locale", chat_id, {"Nadia": counsellor}, language=language)

    store.run_sync(work)


async def menu(bot: Bot, chat_id: int, code: str | None = None) -> list[tuple[str, str]]:
    found = await bot.get_my_commands(BotCommandScopeChat(chat_id=chat_id), language_code=code)
    return [(each.command, each.description) for each in found]


async def test_a_group_has_the_counsellors_commands_in_both_languages(
    bot: Bot, store: Store, group: int, nadia: int
) -> None:
    team_of(store, group, nadia)
    assert await TeamWatch(bot, store, SEEKERS, between=0).look() == []
    assert await menu(bot, group) == command_menu.in_group("fr")
    assert await menu(bot, group, "en") == command_menu.in_group("en")


async def test_an_english_team_reads_english_first(bot: Bot, store: Store, group: int, nadia: int) -> None:
    team_of(store, group, nadia, language="en")
    await TeamWatch(bot, store, SEEKERS, between=0).look()
    assert await menu(bot, group) == command_menu.in_group("en")
    assert await menu(bot, group, "fr") == command_menu.in_group("fr")


async def test_a_counsellors_private_chat_keeps_the_job_seekers_commands(
    bot: Bot, store: Store, group: int, nadia: int
) -> None:
    team_of(store, group, nadia)
    await TeamWatch(bot, store, SEEKERS, between=0).look()
    assert await menu(bot, nadia) == [*command_menu.in_private("fr"), *SEEKERS["fr"]]
    assert await menu(bot, nadia, "en") == [*command_menu.in_private("en"), *SEEKERS["en"]]


async def test_each_chat_is_looked_after_once_and_a_new_one_within_the_next_look(
    bot: Bot, store: Store, server: SandboxServer, group: int, nadia: int
) -> None:
    watch = TeamWatch(bot, store, SEEKERS, between=0)
    assert await watch.look() == []
    team_of(store, group, nadia)
    await watch.look()
    server.calls.clear()
    await watch.look()
    assert list(server.calls) == []


async def test_a_lost_group_is_one_line_that_says_what_to_do(
    bot: Bot, store: Store, server: SandboxServer, group: int, nadia: int, caplog: pytest.LogCaptureFixture
) -> None:
    team_of(store, group, nadia)
    server.groups.remove_bot(group, nadia)
    (fault,) = await TeamWatch(bot, store, SEEKERS, between=0).look()
    assert fault.grave
    assert f"Bob is not in the group {group} of the team Mission locale any more" in caplog.text
    assert "bob team code" in fault.text


async def test_what_telegram_refuses_stops_nobody(
    bot: Bot, store: Store, server: SandboxServer, group: int, nadia: int
) -> None:
    team_of(store, group, nadia)
    server.faults.add("getChat", "500", 1)
    assert await TeamWatch(bot, store, SEEKERS, between=0).look() == []
    stop = asyncio.Event()
    async with watching(bot, store, SEEKERS, stop):
        stop.set()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "teams"]


@pytest.mark.parametrize(
    ("chat", "member", "words"),
    [
        ({"is_forum": True}, {"status": "member"}, "Bob is no administrator of G"),
        (
            {"is_forum": True},
            {"status": "administrator", "can_pin_messages": True},
            "Delete messages, Manage topics",
        ),
        ({"is_forum": True}, {"status": "kicked"}, "Bob is not in G any more"),
        ({"is_forum": True}, {"status": "left"}, "Bob is not in G any more"),
    ],
)
def test_each_fault_says_what_to_tick(chat: dict[str, object], member: dict[str, object], words: str) -> None:
    (fault,) = faults("G", chat, member)
    assert words in fault.text
    assert fault.grave


def test_with_all_rights_nothing_is_wrong_and_a_plain_group_is_a_hint() -> None:
    member = {"status": "administrator", **dict.fromkeys(ALL, True)}
    assert faults("G", {"is_forum": True}, member) == []
    (hint,) = faults("G", {"type": "group"}, member)
    assert not hint.grave
    assert "enable Topics" in hint.text
    assert faults("G", {"is_forum": True}, {"status": "creator"}) == []


def test_telegram_is_asked_for_who_comes_and_goes_and_for_reactions() -> None:
    assert {"chat_member", "my_chat_member", "message_reaction", "edited_message"} <= set(
        dispatcher().resolve_used_update_types()
    )
