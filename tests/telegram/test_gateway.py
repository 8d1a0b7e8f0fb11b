"""Rows performed over real HTTP against the strict server: calls are valid, outcomes are told right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.dialogs.replies import Button, Reply
from bot.pictures.paper import MOST_BYTES
from bot.sandbox import SandboxServer
from bot.sandbox.client import Seeker
from bot.telegram.gateway import TelegramMessenger
from bot.telegram.session import make_bot
from scheduler.messenger import Delivered, Failure, NotDelivered
from storage.outbox import OutboxRow
from tests.pictures.test_progress import picture_of
from tests.telegram.echo import TOKEN

HOSTILE = '<b>Zoé & "fils"\x00</pre>\u202e \ud83d שלום 😀'


@pytest.fixture
async def messenger(server: SandboxServer) -> AsyncIterator[TelegramMessenger]:
    bot = make_bot(TOKEN, server.url)
    bot.session.timeout = 1
    yield TelegramMessenger(bot)
    await bot.session.close()


@pytest.fixture
async def chat(ana: Seeker) -> int:
    await ana.start()
    return ana.id


def row(chat_id: int, method: Any = "send", reply: Reply | None = None, **values: Any) -> OutboxRow:
    body = reply.to_json() if reply else values.pop("body", {})
    defaults: dict[str, Any] = {
        "id": 1,
        "person_id": None,
        "chat_id": chat_id,
        "lane": "interactive",
        "method": method,
        "target_message_id": None,
        "body": body,
        "purpose": "",
        "tries": 1,
        "unknowns": 0,
        "created_at": datetime(2026, 12, 1, tzinfo=UTC),
    }
    return OutboxRow(**defaults | values)


def texts(seeker: Seeker) -> list[str]:
    bot = seeker.server.world.bot_id
    return [str(message.content.get("text")) for message in seeker.messages() if message.sender_id == bot]


async def test_a_reply_of_all_parts_is_accepted(messenger: TelegramMessenger, chat: int, ana: Seeker) -> None:
    button = Button(HOSTILE, "day", 1, "ask", "yes")
    reply = Reply(HOSTILE, title=HOSTILE, payload=HOSTILE, footer=HOSTILE, buttons=((button,),))
    outcome = await messenger.perform(row(chat, reply=reply))
    assert isinstance(outcome, Delivered)
    shown = ana.messages()[-1]
    assert shown.message_id == outcome.message_id
    assert {entity["type"] for entity in shown.content["entities"]} >= {"bold", "pre"}
    assert ana.server.refused == []


async def test_each_kind_of_markup_and_document_is_accepted(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    replies = [
        Reply("?", keyboard=(("Oui", "Non"),), ask_location="📍"),
        Reply("!", keyboard="remove"),
        Reply(
            "Copier, voir",
            buttons=((Button("C", copy="0102"), Button("V", url="https://example.org/x?a=1&b=2")),),
        ),
        Reply("Vos données", document_name="données.json", document='{"é": 1}'),
        Reply("Un paragraphe.\n\n" * 600, document_name="long.txt", document="x"),
    ]
    for reply in replies:
        assert isinstance(await messenger.perform(row(chat, reply=reply)), Delivered)
    assert ana.server.refused == []


async def test_a_picture_is_drawn_when_it_goes_out(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    reply = Reply("Trois actions faites.", picture=picture_of("ninety-days-vous"))
    assert isinstance(await messenger.perform(row(chat, reply=reply)), Delivered)
    shown = ana.messages()[-1].content
    assert shown["caption"] == "Trois actions faites."
    assert (shown["photo"][-1]["width"], shown["photo"][-1]["file_size"] <= MOST_BYTES) == (640, True)
    assert ana.server.refused == []


async def test_where_a_picture_cannot_be_drawn_its_words_go_out(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    reply = Reply("Trois actions faites.", picture={"title": "nothing else"})
    assert isinstance(await messenger.perform(row(chat, reply=reply)), Delivered)
    assert texts(ana)[-1] == "Trois actions faites."


async def test_a_long_text_goes_out_in_order_and_its_last_message_is_told(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    outcome = await messenger.perform(row(chat, reply=Reply("Un mot. " * 1500)))
    assert len(texts(ana)) == 3
    sent = [message.message_id for message in ana.messages()[-3:]]
    assert outcome == Delivered(sent[-1], tuple(sent))


async def test_a_retry_goes_on_where_a_long_text_stopped(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    long = row(chat, reply=Reply("\n\n".join(letter * 3000 for letter in "abc")))
    calls = iter((None, "500", None, "500"))

    async def perform() -> Delivered | NotDelivered:
        return await messenger.perform(long)

    original = messenger._bot.session.make_request

    async def sometimes(bot: Any, method: Any, timeout: Any = None) -> Any:
        if fault := next(calls, None):
            ana.server.faults.add("sendMessage", fault, 1)
        return await original(bot, method, timeout)

    messenger._bot.session.make_request = sometimes  # type: ignore[method-assign]
    assert isinstance(await perform(), NotDelivered)
    assert isinstance(await perform(), NotDelivered)
    assert isinstance(await perform(), Delivered)
    assert [text[0] for text in texts(ana)] == ["a", "b", "c"]


async def test_an_edit_replaces_its_message(messenger: TelegramMessenger, chat: int, ana: Seeker) -> None:
    sent = await messenger.perform(row(chat, reply=Reply("avant")))
    assert isinstance(sent, Delivered)
    edit = row(chat, "edit", Reply("après"), target_message_id=sent.message_id)
    assert await messenger.perform(edit) == Delivered(sent.message_id)
    assert texts(ana) == ["après"]
    again = await messenger.perform(edit)
    assert isinstance(again, NotDelivered)
    assert again.failure is Failure.HARMLESS


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    outcome = await messenger.perform(row(chat, "edit", Reply("quand même"), target_message_id=9999))
    assert isinstance(outcome, Delivered)
    assert texts(ana) == ["quand même"]
    assert isinstance(await messenger.perform(row(chat, "edit", Reply("sans cible"))), Delivered)


async def test_pins_copies_and_deletions_are_performed(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    sent = await messenger.perform(row(chat, reply=Reply("à garder")))
    assert isinstance(sent, Delivered)
    target = sent.message_id
    assert await messenger.perform(row(chat, "pin", target_message_id=target)) == Delivered(None)
    body = {"from_chat_id": chat, "message_id": target}
    copied = await messenger.perform(row(chat, "copy", body=body))
    assert isinstance(copied, Delivered)
    assert copied.message_id is not None
    assert await messenger.perform(row(chat, "delete", target_message_id=target)) == Delivered(None)
    again = await messenger.perform(row(chat, "delete", target_message_id=target))
    assert isinstance(again, NotDelivered)
    assert again.failure is Failure.HARMLESS


@pytest.mark.parametrize(
    ("kind", "method", "failure"),
    [
        ("429", "sendMessage", Failure.RATE_LIMITED),
        ("403", "sendMessage", Failure.UNREACHABLE),
        ("400", "sendMessage", Failure.OUR_BUG),
        ("500", "sendMessage", Failure.TEMPORARY),
        ("502", "sendMessage", Failure.TEMPORARY),
        ("drop_before", "sendMessage", Failure.UNKNOWN),
        ("drop_after", "sendMessage", Failure.UNKNOWN),
        ("slow", "sendMessage", Failure.UNKNOWN),
        ("drop_after", "editMessageText", Failure.TEMPORARY),
    ],
)
async def test_each_fault_has_its_outcome(
    messenger: TelegramMessenger, chat: int, ana: Seeker, kind: str, method: str, failure: Failure
) -> None:
    sent = await messenger.perform(row(chat, reply=Reply("avant")))
    assert isinstance(sent, Delivered)
    args = {"seconds": 2} if kind == "slow" else {}
    ana.server.faults.add(method, kind, 1, **args)
    verb = "edit" if method == "editMessageText" else "send"
    outcome = await messenger.perform(row(chat, verb, Reply("x"), target_message_id=sent.message_id))
    assert isinstance(outcome, NotDelivered)
    assert outcome.failure is failure


async def test_a_person_who_blocked_the_bot_is_unreachable_and_a_group_is_lost(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    ana.people.block(ana.id)
    for chat_id, failure in ((chat, Failure.UNREACHABLE), (-5, Failure.CHAT_LOST)):
        outcome = await messenger.perform(row(chat_id, reply=Reply("x")))
        assert isinstance(outcome, NotDelivered)
        assert outcome.failure is failure


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "send", "body": {"texte": "x"}},
        {"method": "send", "body": {}},
        {"method": "pin"},
        {"method": "copy", "body": {}},
        {"method": "dance"},
        {"method": "send", "body": Reply("x", buttons=((Button("x", "DAY"),),)).to_json()},
    ],
)
async def test_a_row_that_cannot_be_performed_is_a_fault_of_ours(
    messenger: TelegramMessenger, chat: int, wrong: dict[str, Any]
) -> None:
    outcome = await messenger.perform(row(chat, **wrong))
    assert isinstance(outcome, NotDelivered)
    assert outcome.failure is Failure.OUR_BUG
