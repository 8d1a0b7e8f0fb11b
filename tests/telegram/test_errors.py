"""The table of refusals, line by line, from Telegram's answer to what is done about it."""

from __future__ import annotations

import json
import socket
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
)
from aiogram.methods import SendMessage
from aiohttp import web

from bot.telegram import errors
from bot.telegram.errors import classify, edit_is_impossible
from bot.telegram.session import Session, make_bot
from scheduler.messenger import Failure, NotDelivered

CALL = SendMessage(chat_id=7, text="Secret de Polichinelle")
F = Failure


def refused(status: int, description: str, **parameters: Any) -> Exception:
    """The exception that our session raises for this answer of Telegram."""
    body = {"ok": False, "error_code": status, "description": description}
    body |= {"parameters": parameters} if parameters else {}
    return raised(status, json.dumps(body))


def raised(status: int, content: str) -> Exception:
    with pytest.raises(Exception) as caught:
        Session().check_response(Bot("42:not-a-real-token-at-all-000"), CALL, status, content)
    return caught.value


@pytest.mark.parametrize(
    ("status", "description", "failure"),
    [
        (403, "Forbidden: bot was blocked by the user", F.UNREACHABLE),
        (403, "Forbidden: user is deactivated", F.UNREACHABLE),
        (403, "Forbidden: bot can't initiate conversation with a user", F.UNREACHABLE),
        (403, "Forbidden: bot can't send messages to bots", F.UNREACHABLE),
        (400, "Bad Request: chat not found", F.UNREACHABLE),
        (400, "Bad Request: user not found", F.UNREACHABLE),
        (400, "Bad Request: PEER_ID_INVALID", F.UNREACHABLE),
        (403, "Forbidden: something new", F.UNREACHABLE),
        (403, "Forbidden: bot was kicked from the supergroup chat", F.CHAT_LOST),
        (403, "Forbidden: bot is not a member of the supergroup chat", F.CHAT_LOST),
        (403, "Forbidden: the group chat was deleted", F.CHAT_LOST),
        (400, "Bad Request: have no rights to send a message", F.CHAT_LOST),
        (400, "Bad Request: not enough rights to send text messages to the chat", F.CHAT_LOST),
        (400, "Bad Request: message thread not found", F.TOPIC_LOST),
        (400, "Bad Request: TOPIC_DELETED", F.TOPIC_LOST),
        (400, "Bad Request: message is not modified: specified new message content and ...", F.HARMLESS),
        (400, "Bad Request: message to edit not found", F.HARMLESS),
        (400, "Bad Request: message can't be edited", F.HARMLESS),
        (400, "Bad Request: message to delete not found", F.HARMLESS),
        (400, "Bad Request: message can't be deleted", F.HARMLESS),
        (400, "Bad Request: message to copy not found", F.HARMLESS),
        (
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
            F.HARMLESS,
        ),
        (400, "Bad Request: reply markup is too long", F.OUR_BUG),
        (400, "Bad Request: BUTTON_DATA_INVALID", F.OUR_BUG),
        (400, 'Bad Request: can\'t parse entities: Unsupported start tag "moi" at byte offset 3', F.OUR_BUG),
        (400, "Bad Request: message text is empty", F.OUR_BUG),
        (400, "Bad Request: something new", F.OUR_BUG),
        (401, "Unauthorized", F.TEMPORARY),
        (404, "Not Found", F.TEMPORARY),
        (409, "Conflict: terminated by other getUpdates request", F.TEMPORARY),
        (429, "Too Many Requests: no time told", F.RATE_LIMITED),
        (500, "Internal Server Error", F.TEMPORARY),
        (502, "Bad Gateway", F.TEMPORARY),
        (503, "Service Unavailable", F.TEMPORARY),
        (504, "Gateway Timeout", F.TEMPORARY),
    ],
)
def test_each_refusal_has_its_meaning(status: int, description: str, failure: Failure) -> None:
    assert classify(refused(status, description)).failure is failure


def test_a_429_tells_how_long_to_wait() -> None:
    error = refused(429, "Too Many Requests: retry after 17", retry_after=17)
    assert classify(error) == NotDelivered(F.RATE_LIMITED, retry_after=17.0, detail="429")


def test_a_migrated_group_tells_its_new_id() -> None:
    error = refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100)
    assert classify(error) == NotDelivered(F.MIGRATED, new_chat_id=-100, detail="migrated")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_proxy_that_answers_with_a_page_is_a_temporary_fault(status: int) -> None:
    assert classify(raised(status, "<html>Bad Gateway</html>")).failure is F.TEMPORARY


def test_a_proxy_that_limits_is_waited_for_and_an_odd_answer_leaves_the_fate_unknown() -> None:
    assert classify(raised(429, "slow down")).failure is F.RATE_LIMITED
    assert classify(raised(200, "<html>")).failure is F.UNKNOWN


def key() -> Any:
    return aiohttp.client_reqrep.ConnectionKey("h", 443, True, True, None, None, None, None)


@pytest.mark.parametrize(
    ("cause", "failure"),
    [
        (aiohttp.ClientConnectorError(key(), ConnectionRefusedError(111, "refused")), F.TEMPORARY),
        (aiohttp.ClientConnectorDNSError(key(), socket.gaierror(-2, "unknown")), F.TEMPORARY),
        (aiohttp.ConnectionTimeoutError(), F.TEMPORARY),
        (aiohttp.SocketTimeoutError(), F.UNKNOWN),
        (aiohttp.ServerDisconnectedError(), F.UNKNOWN),
        (aiohttp.ClientOSError(104, "reset"), F.UNKNOWN),
        (aiohttp.ClientPayloadError(), F.UNKNOWN),
        (TimeoutError(), F.UNKNOWN),
    ],
)
def test_only_a_connection_that_never_was_is_surely_not_delivered(cause: Exception, failure: Failure) -> None:
    error = TelegramNetworkError(CALL, f"{cause}")
    error.__cause__ = cause
    assert classify(error).failure is failure


async def test_nobody_listening_is_surely_not_delivered() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    bot = make_bot("42:not-a-real-token-at-all-000", f"http://127.0.0.1:{port}")
    try:
        with pytest.raises(TelegramNetworkError) as caught:
            await bot(CALL)
    finally:
        await bot.session.close()
    assert classify(caught.value).failure is F.TEMPORARY


async def test_an_answer_that_is_not_even_text_leaves_the_fate_unknown() -> None:
    async def noise(_: web.Request) -> web.Response:
        return web.Response(body=b"\xff\xfe\xfa", content_type="text/plain", charset="utf-8")

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", noise)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot = make_bot("42:not-a-real-token-at-all-000", f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        with pytest.raises(ClientDecodeError) as caught:
            await bot(CALL)
    finally:
        await bot.session.close()
        await runner.cleanup()
    assert classify(caught.value).failure is F.UNKNOWN


def test_what_is_not_of_telegram_is_a_fault_of_ours() -> None:
    assert classify(TelegramEntityTooLarge(CALL, "413")).failure is F.OUR_BUG
    assert classify(UnicodeEncodeError("utf-8", "\ud800", 0, 1, "x")).failure is F.OUR_BUG
    assert classify(ClientDecodeError("x", ValueError("y"), "Polichinelle")).detail == "answer unreadable"


def test_details_never_repeat_what_telegram_quotes() -> None:
    for description in ('Bad Request: can\'t parse entities: "moi"', "Bad Request: moi", "Forbidden: moi"):
        assert "moi" not in classify(refused(400, description)).detail


def test_the_table_is_lower_case_and_no_line_hides_a_later_one() -> None:
    parts = [part for part, _ in errors.TEXTS]
    assert all(part == part.lower() for part in (*parts, *errors.EDIT_IMPOSSIBLE, *errors.OUR_FAULTS))
    for index, (earlier, meaning) in enumerate(errors.TEXTS):
        for later, other in errors.TEXTS[index + 1 :]:
            assert earlier not in later or meaning is other


def test_an_edit_is_impossible_when_its_message_is_beyond_reach() -> None:
    assert edit_is_impossible(refused(400, "Bad Request: message to edit not found"))
    assert edit_is_impossible(refused(400, "Bad Request: message can't be edited"))
    assert not edit_is_impossible(refused(400, "Bad Request: message is not modified"))
    assert not edit_is_impossible(ValueError("message to edit not found"))
