"""The client that speaks like a user."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.sandbox import Colleague, SandboxServer, Seeker, text_of


def inline(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=label, callback_data=label) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


@pytest.fixture
async def seeker(server: SandboxServer) -> Seeker:
    seeker = Seeker(server, "Ana")
    await seeker.start()
    return seeker


async def test_messages_are_read_one_after_the_other_each_once(bot: Bot, seeker: Seeker) -> None:
    await bot.send_message(seeker.id, "un")
    await bot.send_message(seeker.id, "deux")
    assert text_of(await seeker.one_message()) == "un"
    assert text_of(await seeker.one_message()) == "deux"
    with pytest.raises(AssertionError, match=r"said nothing in 0\.05 s\nAna: /start\nBob: un\nBob: deux"):
        await seeker.one_message(within=0.05)


async def test_the_last_of_several_is_waited_for(bot: Bot, seeker: Seeker) -> None:
    async def talk() -> None:
        for text in ("un", "deux", "trois"):
            await bot.send_message(seeker.id, text)

    talking = asyncio.create_task(talk())
    assert text_of(await seeker.last()) == "trois"
    await talking


async def test_an_edit_counts_as_something_new(bot: Bot, seeker: Seeker) -> None:
    sent = await bot.send_message(seeker.id, "avant")
    await seeker.one_message()
    await bot.edit_message_text("après", chat_id=seeker.id, message_id=sent.message_id)
    assert text_of(await seeker.one_message()) == "après"


async def test_speaking_skips_what_was_not_read(bot: Bot, seeker: Seeker) -> None:
    await bot.send_message(seeker.id, "ancien")
    await seeker.say("bonjour")
    await seeker.silence(0.05)
    await bot.send_message(seeker.id, "neuf")
    with pytest.raises(AssertionError, match="silence was expected, not 'neuf'"):
        await seeker.silence()


async def test_the_newest_button_with_the_label_is_pressed(bot: Bot, seeker: Seeker) -> None:
    old = await bot.send_message(seeker.id, "a", reply_markup=inline("Oui", "Non"))
    new = await bot.send_message(seeker.id, "b", reply_markup=inline("Oui, merci"))
    assert seeker.buttons() == ["Oui, merci"]
    await seeker.press("oui")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert query.message.message_id == new.message_id
    await seeker.press("Non")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert query.message.message_id == old.message_id
    await bot.answer_callback_query(query.id, "Vu")
    assert (await seeker.answer())["text"] == "Vu"


async def test_reply_buttons_are_pressed_by_label_too(bot: Bot, seeker: Seeker) -> None:
    rows = [[KeyboardButton(text="Plus tard")]]
    await bot.send_message(seeker.id, "a", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    assert seeker.buttons() == ["Plus tard"]
    await seeker.press("plus")
    assert seeker.transcript().endswith("Ana: Plus tard")


async def test_absent_buttons_and_missing_answers_fail_with_the_conversation(
    bot: Bot, seeker: Seeker
) -> None:
    await bot.send_message(seeker.id, "a", reply_markup=inline("Oui"))
    with pytest.raises(AssertionError, match=r"no button 'Non'\nAna: /start\nBob: a \[Oui\]"):
        await seeker.press("Non")
    await seeker.press("Oui")
    with pytest.raises(AssertionError, match="never answered"):
        await seeker.answer(within=0.05)


async def test_two_people_hear_only_what_is_theirs(server: SandboxServer, bot: Bot, seeker: Seeker) -> None:
    other = Seeker(server, "Léo", "en")
    await other.start()
    await bot.send_message(other.id, "pour Léo")
    assert text_of(await other.one_message()) == "pour Léo"
    await seeker.silence(0.05)
    other.close()


async def test_a_colleague_reads_and_writes_in_one_topic(
    server: SandboxServer, bot: Bot, team: int, seeker: Seeker
) -> None:
    karim = Colleague(server, "Karim", team)
    assert server.world.chats.is_present(team, karim.id)
    ana = (await bot.create_forum_topic(team, "Ana D.")).message_thread_id
    await bot.send_message(team, "général", reply_markup=inline("Oui"))
    shown = await bot.send_message(team, "carte", message_thread_id=ana, reply_markup=inline("Oui"))
    assert karim.topics() == {"Ana D.": ana}
    assert text_of(await karim.one_message()) == "général"
    assert text_of(await karim.one_message()) == "carte"
    karim.topic = ana
    written = await karim.say("Je m'en occupe")
    assert written.thread_id == ana
    await bot.send_message(team, "autre annonce")
    await karim.silence(0.05)
    await karim.press("Oui")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.from_user.id, query.message.chat.id) == (karim.id, team)
    assert query.message.message_id == shown.message_id
    answer = await karim.say("Bonjour Ana", reply_to=shown.message_id)
    assert (answer.thread_id, answer.reply_to) == (ana, shown.message_id)
    assert karim.transcript().splitlines()[-3:] == [
        "Bob: carte [Oui]",
        "Karim: Je m'en occupe",
        "Karim: Bonjour Ana",
    ]
    karim.topic = 0
    assert [text_of(each.content) for each in karim.messages()][-2:] == ["général", "autre annonce"]
