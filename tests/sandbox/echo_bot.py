"""A tiny bot that shows something of everything a message can be; for the tests of the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher, F
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from bot.sandbox.content import PIXEL

LETTER = "Bonjour Madame,\nje vous écris au sujet du poste de serveuse.\nAvez-vous dix minutes mardi ?"


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def choices() -> InlineKeyboardMarkup:
    return keyboard(
        [
            InlineKeyboardButton(text="C'est fait ✅", callback_data="done"),
            InlineKeyboardButton(text="Plus tard", callback_data="later"),
        ],
        [InlineKeyboardButton(text="Copier le message", copy_text=CopyTextButton(text=LETTER))],
        [InlineKeyboardButton(text="Ouvrir l'annonce", url="https://www.example.org/annonce")],
    )


async def start(message: Message) -> None:
    name = message.from_user.first_name if message.from_user else ""
    await message.answer(f"Bonjour {name} 👋\nJe suis un bot d'essai.")
    await message.answer(
        f"<b>Votre action du jour</b>, 10 minutes : envoyez ce message à <i>La Brasserie du Port</i>."
        f"<pre>{LETTER}</pre>Elle embauche souvent en saison. <tg-spoiler>Bonne chance !</tg-spoiler>",
        reply_markup=choices(),
        parse_mode="HTML",
    )


async def show_reply_keyboard(message: Message) -> None:
    rows = [
        [KeyboardButton(text="Oui"), KeyboardButton(text="Non")],
        [KeyboardButton(text="Partager ma position", request_location=True)],
    ]
    markup = ReplyKeyboardMarkup(keyboard=rows, input_field_placeholder="Oui ou non ?")
    await message.answer("Cherchez-vous près de chez vous ?", reply_markup=markup)


async def show_photo(message: Message) -> None:
    await message.bot.send_chat_action(message.chat.id, "upload_photo")  # type: ignore[union-attr]
    await message.answer_photo(BufferedInputFile(PIXEL, "p.png"), caption="Votre progrès")
    await message.answer_document(BufferedInputFile(b"BEGIN:VCALENDAR", "rendez-vous.ics"))


async def echo(message: Message) -> None:
    if message.text:
        await message.reply(message.text)
    else:
        await message.reply(f"Reçu : {message.content_type}")


async def done(query: CallbackQuery, bot: Bot) -> None:
    await query.answer("Bravo !")
    assert query.message is not None
    await bot.edit_message_text(
        "C'est noté. Bravo !", chat_id=query.message.chat.id, message_id=query.message.message_id
    )


async def later(query: CallbackQuery) -> None:
    await asyncio.sleep(0.5)
    await query.answer("On en reparle à 18 heures.", show_alert=True)


@asynccontextmanager
async def running(bot: Bot) -> AsyncIterator[None]:
    """The bot polls while the block runs."""
    dispatcher = Dispatcher()
    dispatcher.message.register(start, CommandStart())
    dispatcher.message.register(show_reply_keyboard, Command("clavier"))
    dispatcher.message.register(show_photo, Command("photo"))
    dispatcher.message.register(echo, F.chat.type == "private")
    dispatcher.callback_query.register(done, F.data == "done")
    dispatcher.callback_query.register(later, F.data == "later")
    commands = [("start", "Recommencer"), ("clavier", "Un clavier de réponse"), ("photo", "Une photo")]
    await bot.set_my_commands([BotCommand(command=name, description=text) for name, text in commands])
    await bot.set_my_description("Un bot d'essai : il répète ce que vous dites.")
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False, polling_timeout=5)
    )
    try:
        yield
    finally:
        await dispatcher.stop_polling()
        await polling
