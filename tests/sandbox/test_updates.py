"""getUpdates: order, confirmation, kinds, long polling, one poller at a time."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError

from bot.sandbox import SandboxServer
from bot.sandbox.people import Person
from bot.telegram.limits import CALLBACK_KEPT_SECONDS, UPDATE_KEPT_SECONDS


def texts(updates: list[Any]) -> list[str]:
    return [update.message.text for update in updates]


async def test_updates_come_in_order_until_they_are_confirmed(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    for text in ("un", "deux", "trois"):
        server.people.send_text(ana.id, text)
    updates = await bot.get_updates()
    assert texts(updates) == ["/start", "un", "deux", "trois"]
    assert texts(await bot.get_updates(limit=2)) == ["/start", "un"]
    assert texts(await bot.get_updates(offset=updates[2].update_id)) == ["deux", "trois"]
    assert texts(await bot.get_updates(offset=-1)) == ["trois"]
    assert await bot.get_updates(offset=updates[3].update_id + 1) == []


async def test_a_waiting_poll_ends_when_somebody_writes(server: SandboxServer, bot: Bot, ana: Person) -> None:
    last = (await bot.get_updates())[-1].update_id
    began = time.monotonic()
    waiting = asyncio.create_task(bot.get_updates(offset=last + 1, timeout=20))
    await asyncio.sleep(0.1)
    server.people.send_text(ana.id, "me voilà")
    assert texts(await waiting) == ["me voilà"]
    assert time.monotonic() - began < 5


async def test_a_poll_in_vain_ends_at_its_timeout(bot: Bot) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(bot.get_updates(timeout=1))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    assert await second == []


async def test_polling_is_refused_while_a_webhook_is_set(server: SandboxServer, bot: Bot) -> None:
    await bot.set_webhook(f"{server.url}/nowhere")
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_updates_expire_after_a_day_and_buttons_after_150_seconds(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    server.people.press_raw(ana.id, 1, "x")
    assert len(await bot.get_updates()) == 2
    start = server.clock.now().timestamp()
    await jump(server, start + CALLBACK_KEPT_SECONDS + 1)
    assert texts(await bot.get_updates()) == ["/start"]
    await jump(server, start + UPDATE_KEPT_SECONDS + 1)
    assert await bot.get_updates() == []


async def jump(server: SandboxServer, timestamp: float) -> None:
    moment = server.clock.now()
    await server.jumps.jump(moment.fromtimestamp(timestamp, moment.tzinfo))


async def test_only_the_kinds_that_were_asked_for_come_and_the_choice_is_kept(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    await bot.get_updates(offset=-1, allowed_updates=["callback_query", "message_reaction"])
    server.people.send_text(ana.id, "pas demandé")
    server.people.react(ana.id, 1, "👍")
    kinds = [update.event_type for update in await bot.get_updates(offset=2)]
    assert kinds == ["message_reaction"]
    await bot.get_updates(offset=100, allowed_updates=[])
    server.people.react(ana.id, 1, None)
    server.people.send_text(ana.id, "par défaut")
    assert [update.event_type for update in await bot.get_updates()] == ["message"]


async def test_edits_deletions_and_blocks_reach_the_bot_as_on_telegram(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    sent = server.people.send_text(ana.id, "avant")
    server.people.edit_text(ana.id, sent.message_id, "après")
    server.people.delete(ana.id, sent.message_id)
    server.people.block(ana.id)
    updates = await bot.get_updates()
    assert [update.event_type for update in updates] == [
        "message",
        "message",
        "edited_message",
        "my_chat_member",
    ]
    assert updates[2].edited_message is not None
    assert updates[2].edited_message.text == "après"
    assert updates[3].my_chat_member is not None
    assert updates[3].my_chat_member.new_chat_member.status == "kicked"


async def test_a_negative_limit_is_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest):
        await bot.get_updates(limit=-3)
