"""Albums and replaced media, by the bot."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramServerError
from aiogram.types import (
    BufferedInputFile,
    ForumTopic,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyParameters,
)

from bot.sandbox import SandboxServer
from bot.sandbox.content import PIXEL
from bot.sandbox.errors import NOT_MODIFIED
from bot.sandbox.people import Person
from tests.sandbox.conftest import refused


def picture(caption: str | None = None) -> InputMediaPhoto:
    return InputMediaPhoto(media=BufferedInputFile(PIXEL, "p.png"), caption=caption)


def letter(name: str = "lettre.pdf") -> InputMediaDocument:
    return InputMediaDocument(media=BufferedInputFile(b"%PDF", name))


async def test_an_album_is_copied_into_a_topic_and_stays_one(
    server: SandboxServer, bot: Bot, ana: Person, team: int, topic: ForumTopic
) -> None:
    album = server.people.send_album(ana.id, [PIXEL, PIXEL, PIXEL], "Mes diplômes")
    ids = [each.message_id for each in album]
    server.people.delete(ana.id, ids[1])
    copies = await bot.copy_messages(team, ana.id, ids, message_thread_id=topic.message_thread_id)
    assert len(copies) == 2
    kept = [server.world.messages.need(team, each.message_id) for each in copies]
    assert {each.thread_id for each in kept} == {topic.message_thread_id}
    assert kept[0].content["caption"] == "Mes diplômes"
    assert kept[0].content["media_group_id"] == kept[1].content["media_group_id"]
    assert kept[0].content["media_group_id"] != album[0].content["media_group_id"]
    bare = await bot.copy_messages(team, ana.id, [ids[0], ids[2]], remove_caption=True)
    assert "caption" not in server.world.messages.need(team, bare[0].message_id).content


async def test_one_item_of_an_album_is_copied_alone(
    server: SandboxServer, bot: Bot, ana: Person, team: int, topic: ForumTopic
) -> None:
    album = server.people.send_album(ana.id, [PIXEL, PIXEL], "Mes diplômes")
    shown = await bot.send_message(team, "Ana :", message_thread_id=topic.message_thread_id)
    copied = await bot.copy_message(
        team,
        ana.id,
        album[0].message_id,
        message_thread_id=topic.message_thread_id,
        caption="Diplôme 1",
        reply_parameters=ReplyParameters(message_id=shown.message_id),
    )
    kept = server.world.messages.need(team, copied.message_id)
    assert "media_group_id" not in kept.content
    assert (kept.content["caption"], kept.reply_to) == ("Diplôme 1", shown.message_id)
    assert kept.thread_id == topic.message_thread_id


async def test_a_reply_across_topics_is_said_not_to_be_simulated(
    bot: Bot, team: int, topic: ForumTopic
) -> None:
    general = await bot.send_message(team, "a")
    with pytest.raises(TelegramServerError, match="replies across topics"):
        await bot.send_message(
            team,
            "b",
            message_thread_id=topic.message_thread_id,
            reply_parameters=ReplyParameters(message_id=general.message_id),
        )


async def test_the_bot_sends_an_album(bot: Bot, team: int, topic: ForumTopic) -> None:
    sent = await bot.send_media_group(
        team, [picture("Progrès"), picture()], message_thread_id=topic.message_thread_id
    )
    assert len({each.media_group_id for each in sent}) == 1
    assert [each.caption for each in sent] == ["Progrès", None]
    assert all(each.message_thread_id == topic.message_thread_id for each in sent)
    await refused(bot.send_media_group(team, [picture()]), "sandbox: an album has 2 to 10 items")
    await refused(bot.send_media_group(team, [picture()] * 11), "too many messages to send as an album")
    await refused(
        bot.send_media_group(team, [picture(), letter()]), "document can't be mixed with other media types"
    )


async def test_media_are_replaced_by_upload_or_id(server: SandboxServer, bot: Bot, ana: Person) -> None:
    sent = await bot.send_photo(ana.id, BufferedInputFile(PIXEL, "a.png"), caption="avant")
    place = {"chat_id": ana.id, "message_id": sent.message_id}
    edited = await bot.edit_message_media(letter(), **place)
    assert not isinstance(edited, bool)
    assert edited.document is not None
    assert (edited.document.file_name, edited.caption, edited.photo) == ("lettre.pdf", None, None)
    theirs = server.people.send_photo(ana.id, caption="la mienne")
    file_id = theirs.content["photo"][0]["file_id"]
    again = InputMediaPhoto(media=file_id, caption="après")
    edited = await bot.edit_message_media(again, **place)
    assert not isinstance(edited, bool)
    assert edited.photo is not None
    assert (edited.photo[0].file_id, edited.caption) == (file_id, "après")
    await refused(bot.edit_message_media(again, **place), NOT_MODIFIED)
    await refused(
        bot.edit_message_media(again, chat_id=ana.id, message_id=theirs.message_id), "message can't be edited"
    )


async def test_a_text_may_become_a_photo_and_an_album_keeps_its_kind(bot: Bot, ana: Person) -> None:
    text = await bot.send_message(ana.id, "a")
    edited = await bot.edit_message_media(picture("b"), chat_id=ana.id, message_id=text.message_id)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.caption) == (None, "b")
    first = (await bot.send_media_group(ana.id, [picture(), picture()]))[0]
    place = {"chat_id": ana.id, "message_id": first.message_id}
    await refused(
        bot.edit_message_media(letter(), **place), "message content type can't be changed in an album"
    )
    edited = await bot.edit_message_media(picture("neuf"), **place)
    assert not isinstance(edited, bool)
    assert edited.media_group_id == first.media_group_id
    video = InputMediaVideo(media=BufferedInputFile(b"a", "a.mp4"))
    with pytest.raises(TelegramServerError, match="InputMediaVideo"):
        await bot.edit_message_media(video, **place)


async def test_the_first_message_of_an_album_gets_the_reaction(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    album = server.people.send_album(ana.id, [PIXEL, PIXEL])
    await bot.set_message_reaction(ana.id, album[1].message_id, reaction=[{"type": "emoji", "emoji": "👀"}])
    kept = [server.world.messages.need(ana.id, each.message_id).reactions for each in album]
    assert [bool(each) for each in kept] == [True, False]
