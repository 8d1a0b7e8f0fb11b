"""Keyboards within Telegram's limits, and beyond."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox import SandboxServer
from bot.sandbox.people import Person
from tests.sandbox.conftest import refused


def inline(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def one(**fields: Any) -> InlineKeyboardMarkup:
    return inline([InlineKeyboardButton(text="Bouton", **fields)])


def grid(rows: int, per_row: int) -> InlineKeyboardMarkup:
    return inline(*[[InlineKeyboardButton(text="b", callback_data="x")] * per_row for _ in range(rows)])


@pytest.mark.parametrize(
    "markup",
    [
        one(callback_data="é" * 32),
        one(callback_data="a" * 64),
        one(copy_text=CopyTextButton(text="a" * 256)),
        one(url="https://www.francetravail.fr/accueil?x=é"),
        one(url="tg://user?id=5"),
        one(callback_data="a", style="danger"),
        grid(12, 8),
        grid(100, 1),
        inline([], [InlineKeyboardButton(text="a", callback_data="b")]),
    ],
)
async def test_permitted_inline_keyboards_are_accepted(
    bot: Bot, ana: Person, markup: InlineKeyboardMarkup
) -> None:
    sent = await bot.send_message(ana.id, "a", reply_markup=markup)
    assert sent.reply_markup is not None
    assert len(sent.reply_markup.inline_keyboard) == len([row for row in markup.inline_keyboard if row])


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (one(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (one(callback_data="a" * 65), "BUTTON_DATA_INVALID"),
        (one(copy_text=CopyTextButton(text="a" * 257)), "BUTTON_COPY_TEXT_INVALID"),
        (
            one(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            one(url="javascript:alert(1)"),
            "inline keyboard button URL 'javascript:alert(1)' is invalid: Unsupported URL protocol",
        ),
        (one(url="exemple"), "inline keyboard button URL 'exemple' is invalid: Wrong HTTP URL"),
        (
            one(url="https://localhost/a"),
            "inline keyboard button URL 'https://localhost/a' is invalid: Wrong HTTP URL",
        ),
        (grid(1, 9), "reply markup is too long"),
        (grid(101, 1), "reply markup is too long"),
        (inline([InlineKeyboardButton(text=" ", callback_data="a")]), "BUTTON_TEXT_INVALID"),
        (
            one(callback_data="a", style="rainbow"),
            "can't parse inline keyboard button: invalid button style 'rainbow'",
        ),
        (
            one(callback_data="a", url="https://x.fr"),
            "sandbox: button 'Bouton' has several actions: url, callback_data",
        ),
    ],
)
async def test_inline_keyboards_beyond_the_limits_are_refused(
    bot: Bot, ana: Person, markup: InlineKeyboardMarkup, refusal: str
) -> None:
    await refused(bot.send_message(ana.id, "a", reply_markup=markup), refusal)


async def test_an_empty_inline_keyboard_is_none(bot: Bot, ana: Person) -> None:
    assert (await bot.send_message(ana.id, "a", reply_markup=inline())).reply_markup is None


async def test_a_reply_keyboard_stays_until_it_is_removed(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    rows = [[KeyboardButton(text="Oui"), KeyboardButton(text="Non")]]
    await bot.send_message(ana.id, "a", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    await bot.send_message(ana.id, "b")
    pressed = server.people.press_reply_button(ana.id, "Non")
    assert pressed.content == {"text": "Non"}
    await bot.send_message(ana.id, "c", reply_markup=ReplyKeyboardRemove())
    assert server.people.reply_keyboard(ana.id) is None
    with pytest.raises(LookupError):
        server.people.press_reply_button(ana.id, "Oui")


async def test_buttons_may_ask_for_a_place_or_a_contact(server: SandboxServer, bot: Bot, ana: Person) -> None:
    row = [
        KeyboardButton(text="Ma position", request_location=True),
        KeyboardButton(text="Mon numéro", request_contact=True),
    ]
    await bot.send_message(ana.id, "a", reply_markup=ReplyKeyboardMarkup(keyboard=[row]))
    assert server.people.press_reply_button(ana.id, "Ma position").kind == "location"
    contact = server.people.press_reply_button(ana.id, "Mon numéro")
    assert contact.content["contact"]["user_id"] == ana.id


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (ReplyKeyboardMarkup(keyboard=[[]]), "reply keyboard is empty"),
        (
            ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text=" ")]]),
            "keyboard button text must be non-empty",
        ),
        (ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="a")] * 13]), "reply markup is too long"),
        (
            ForceReply(input_field_placeholder="a" * 65),
            "input field placeholder must be 1-64 characters long",
        ),
    ],
)
async def test_faulty_reply_keyboards_are_refused(bot: Bot, ana: Person, markup: Any, refusal: str) -> None:
    await refused(bot.send_message(ana.id, "a", reply_markup=markup), refusal)
