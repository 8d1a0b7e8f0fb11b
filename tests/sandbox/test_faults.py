"""Faults that a test or a person asks for."""

from __future__ import annotations

import time

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.sandbox import FaultKind, SandboxServer
from bot.sandbox.people import Person


def texts(server: SandboxServer, chat_id: int) -> list[str]:
    """What the bot has said in a chat."""
    bot_id = server.world.bot_id
    return [
        each.content["text"] for each in server.world.messages.history(chat_id) if each.sender_id == bot_id
    ]


@pytest.mark.parametrize(
    ("kind", "args", "error", "text"),
    [
        (FaultKind.TOO_MANY, {"retry_after": 7}, TelegramRetryAfter, "Too Many Requests: retry after 7"),
        (FaultKind.BLOCKED, {}, TelegramForbiddenError, "bot was blocked by the user"),
        (FaultKind.BLOCKED, {"text": "user is deactivated"}, TelegramForbiddenError, "user is deactivated"),
        (FaultKind.BAD_REQUEST, {"text": "message thread not found"}, TelegramBadRequest, "thread not found"),
        (FaultKind.INTERNAL, {}, TelegramServerError, "Internal Server Error"),
        (FaultKind.BAD_GATEWAY, {}, TelegramServerError, "Bad Gateway"),
        (FaultKind.MIGRATE, {"migrate_to_chat_id": -1009}, TelegramMigrateToChat, "-1009"),
        (FaultKind.DROP_BEFORE, {}, TelegramNetworkError, "ServerDisconnectedError"),
    ],
)
async def test_a_fault_has_no_effect_and_is_over_after_its_times(
    server: SandboxServer,
    bot: Bot,
    ana: Person,
    kind: FaultKind,
    args: dict[str, object],
    error: type[Exception],
    text: str,
) -> None:
    server.faults.add("sendMessage", kind, 2, **args)
    for _ in range(2):
        with pytest.raises(error, match=text):
            await bot.send_message(ana.id, "a")
    assert texts(server, ana.id) == []
    assert await bot.send_message(ana.id, "b")
    assert texts(server, ana.id) == ["b"]


async def test_retry_after_is_given_as_a_number(server: SandboxServer, bot: Bot, ana: Person) -> None:
    server.faults.add("sendMessage", "429", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.send_message(ana.id, "a")
    assert refused.value.retry_after == 7


async def test_a_lost_answer_leaves_the_message_sent(server: SandboxServer, bot: Bot, ana: Person) -> None:
    server.faults.add("sendMessage", FaultKind.DROP_AFTER)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ana.id, "reçu ?")
    assert texts(server, ana.id) == ["reçu ?"]
    assert [call.method for call in server.calls] == ["sendMessage"]


async def test_a_slow_answer_comes_late(server: SandboxServer, bot: Bot, ana: Person) -> None:
    server.faults.add("sendMessage", "slow", seconds=0.4)
    began = time.monotonic()
    await bot.send_message(ana.id, "a")
    assert time.monotonic() - began >= 0.4


async def test_a_fault_may_strike_one_chat_only(
    server: SandboxServer, bot: Bot, ana: Person, team: int
) -> None:
    server.faults.add("sendMessage", "403", only_chat=team)
    assert await bot.send_message(ana.id, "a")
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(team, "a")


async def test_any_method_but_polling_can_be_struck_at_once(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    server.faults.add("*", "500")
    assert await bot.get_updates()
    with pytest.raises(TelegramServerError):
        await bot.get_me()
    server.faults.add("getUpdates", "502")
    with pytest.raises(TelegramServerError):
        await bot.get_updates()


async def test_a_call_that_is_wrong_anyway_does_not_use_the_fault_up(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    server.faults.add("sendMessage", "500")
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(ana.id, "")
    assert len(server.faults.pending()) == 1
    server.faults.clear()
    assert await bot.send_message(ana.id, "a")


@pytest.mark.parametrize(
    ("kind", "args"),
    [("418", {}), ("429", {"seconds": 3}), ("migrate", {}), ("500", {"times": 0})],
)
def test_a_fault_that_makes_no_sense_is_an_error(
    server: SandboxServer, kind: str, args: dict[str, int]
) -> None:
    with pytest.raises(ValueError):
        server.faults.add("sendMessage", kind, **args)


async def test_faults_can_be_asked_for_over_http(server: SandboxServer, bot: Bot, ana: Person) -> None:
    fault = {"method": "sendMessage", "kind": "429", "times": 1, "retry_after": 3}
    async with aiohttp.ClientSession(server.url) as http, http.post("/api/faults", json=fault) as response:
        assert await response.json() == {"pending": 1}
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(ana.id, "a")


async def test_calls_and_refusals_are_recorded_in_order(server: SandboxServer, bot: Bot, ana: Person) -> None:
    await bot.send_message(ana.id, "a")
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(ana.id, "")
    await bot.get_me()
    await bot.get_updates()
    assert [call.method for call in server.calls] == ["sendMessage", "getMe"]
    assert server.calls.of("sendMessage")[0].params == {"chat_id": ana.id, "text": "a"}
    assert [(each.method, each.code) for each in server.refused] == [("sendMessage", 400)]
    assert server.polls == 1
