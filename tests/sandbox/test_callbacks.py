"""Pressing buttons and answering."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.types import InaccessibleMessage, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import SandboxServer
from bot.sandbox.errors import QUERY_TOO_OLD
from bot.sandbox.people import Person
from bot.telegram.limits import CALLBACK_ANSWER_MAX, CALLBACK_KEPT_SECONDS
from tests.sandbox.conftest import refused


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=label, callback_data=f"data:{label}") for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_a_press_reaches_the_bot_with_message_and_data(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    sent = await bot.send_message(ana.id, "Alors ?", reply_markup=keyboard("Oui", "Non"))
    server.people.press(ana.id, sent.message_id, "oui")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.data == "data:Oui"
    assert query.from_user.id == ana.id
    assert query.message is not None
    assert query.message.message_id == sent.message_id


async def test_the_first_answer_is_shown_and_later_ones_change_nothing(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    query_id = server.people.press_raw(ana.id, 1, "x")
    assert server.people.answer(query_id) is None
    assert await bot.answer_callback_query(query_id, "Noté", show_alert=True)
    assert await bot.answer_callback_query(query_id, "Encore")
    assert server.people.answer(query_id) == {"text": "Noté", "show_alert": True, "url": None}


async def test_a_late_answer_is_refused(server: SandboxServer, bot: Bot, ana: Person) -> None:
    query_id = server.people.press_raw(ana.id, 1, "x")
    await server.jumps.jump(server.clock.now() + timedelta(seconds=CALLBACK_KEPT_SECONDS + 1))
    await refused(bot.answer_callback_query(query_id), QUERY_TOO_OLD)
    await refused(bot.answer_callback_query("12345"), QUERY_TOO_OLD)


async def test_an_answer_has_at_most_200_characters(server: SandboxServer, bot: Bot, ana: Person) -> None:
    query_id = server.people.press_raw(ana.id, 1, "x")
    await refused(bot.answer_callback_query(query_id, "é" * (CALLBACK_ANSWER_MAX + 1)), "MESSAGE_TOO_LONG")
    await refused(bot.answer_callback_query(query_id, url="https://example.org"), "URL_INVALID")
    assert await bot.answer_callback_query(query_id, "é" * CALLBACK_ANSWER_MAX)


async def test_a_button_that_is_gone_can_still_be_pressed_raw(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    sent = await bot.send_message(ana.id, "a", reply_markup=keyboard("Oui"))
    await bot.delete_message(ana.id, sent.message_id)
    with pytest.raises(LookupError):
        server.people.press(ana.id, sent.message_id, "Oui")
    server.people.press_raw(ana.id, sent.message_id, "data:Oui")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)


async def test_somebody_else_can_press_the_button_of_a_private_message(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    stranger = server.people.create("Zoé")
    sent = await bot.send_message(ana.id, "a", reply_markup=keyboard("Oui"))
    server.people.press_raw(stranger.id, sent.message_id, "data:Oui", chat_id=ana.id)
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.from_user.id == stranger.id
    assert query.message is not None
    assert query.message.chat.id == ana.id


async def test_a_label_that_fits_several_buttons_is_an_error(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    sent = await bot.send_message(ana.id, "a", reply_markup=keyboard("Plus tard", "Plus facile", "Plus"))
    with pytest.raises(LookupError, match="several buttons"):
        server.people.press(ana.id, sent.message_id, "plus ")
    assert server.people.press(ana.id, sent.message_id, "Plus")
