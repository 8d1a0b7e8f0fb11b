"""A tiny bot over HTTP, as the application will be: polling, answering, editing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.types import Message as AiogramMessage

from bot.sandbox import SandboxServer, Seeker, text_of


async def answer_text(message: AiogramMessage) -> None:
    button = InlineKeyboardButton(text="Encore ✨", callback_data="again:1")
    await message.answer(
        f"<b>Vous dites :</b> {message.text}",
        parse_mode="HTML",
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )


async def answer_button(query: CallbackQuery, bot: Bot) -> None:
    await query.answer("Bien reçu")
    assert query.message is not None
    place = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
    await bot.edit_message_text("C'est fait", **place)


@pytest.fixture
async def echo(server: SandboxServer, bot: Bot) -> AsyncIterator[None]:
    dispatcher = Dispatcher()
    dispatcher.message.register(answer_text)
    dispatcher.callback_query.register(answer_button)
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
    )
    yield
    await dispatcher.stop_polling()
    await polling


@pytest.mark.usefixtures("echo")
async def test_a_person_speaks_presses_and_reads(server: SandboxServer) -> None:
    seeker = Seeker(server, "Léa")
    await seeker.say("bonjour 👋")
    reply = await seeker.one_message()
    assert text_of(reply) == "Vous dites : bonjour 👋"
    assert reply["entities"] == [{"type": "bold", "offset": 0, "length": 12}]
    assert seeker.buttons() == ["Encore ✨"]

    await seeker.press("Encore")
    assert (await seeker.answer())["text"] == "Bien reçu"
    assert text_of(await seeker.last()) == "C'est fait"
    assert seeker.buttons() == []
    assert seeker.transcript() == "Léa: bonjour 👋\nBob: C'est fait"
    assert server.refused == []
