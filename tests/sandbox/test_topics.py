"""Forum topics."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.types import ForumTopic, ReplyParameters

from bot.sandbox import SandboxServer
from bot.sandbox.people import Person
from bot.telegram.limits import TOPIC_ICON_COLORS, TOPIC_NAME_MAX
from tests.sandbox.conftest import refused


async def test_a_topic_takes_messages_and_tells_the_bot_of_its_creation(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic
) -> None:
    sent = await bot.send_message(team, "a", message_thread_id=topic.message_thread_id)
    assert sent.message_thread_id == topic.message_thread_id
    assert sent.is_topic_message
    created = (await bot.get_updates(offset=-1))[0].message
    assert created is not None
    assert created.forum_topic_created is not None
    assert created.forum_topic_created.name == "Ana D."


async def test_what_is_written_in_a_topic_looks_like_a_reply_to_its_first_line(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic, nadia: Person
) -> None:
    server.people.send_text(nadia.id, "entre nous", team, thread_id=topic.message_thread_id)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None
    server.people.send_text(nadia.id, "général", team)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.reply_to_message is None
    assert message.message_thread_id is None


async def test_a_reply_goes_to_the_topic_of_what_it_answers(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic, nadia: Person
) -> None:
    asked = server.people.send_text(nadia.id, "?", team, thread_id=topic.message_thread_id)
    sent = await bot.send_message(team, "!", reply_parameters=ReplyParameters(message_id=asked.message_id))
    assert sent.message_thread_id == topic.message_thread_id
    answered = server.people.send_text(nadia.id, "ok", team, reply_to=sent.message_id)
    assert answered.thread_id == topic.message_thread_id


@pytest.mark.parametrize("thread_id", [1, 999])
async def test_the_general_topic_and_unknown_ones_cannot_be_named(
    bot: Bot, team: int, topic: ForumTopic, thread_id: int
) -> None:
    await refused(bot.send_message(team, "a", message_thread_id=thread_id), "message thread not found")
    await refused(bot.close_forum_topic(team, thread_id), "message thread not found")


async def test_names_and_colours_have_limits(bot: Bot, team: int) -> None:
    made = await bot.create_forum_topic(team, "n" * TOPIC_NAME_MAX, icon_color=TOPIC_ICON_COLORS[3])
    assert made.icon_color == TOPIC_ICON_COLORS[3]
    await refused(bot.create_forum_topic(team, "n" * (TOPIC_NAME_MAX + 1)), "TOPIC_TITLE_TOO_LONG")
    await refused(bot.create_forum_topic(team, "  "), "topic name must be non-empty")
    await refused(bot.create_forum_topic(team, "n", icon_color=5), "TOPIC_ICON_COLOR_INVALID")


async def test_editing_closing_and_reopening_are_announced(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic
) -> None:
    thread = topic.message_thread_id
    assert await bot.edit_forum_topic(team, thread, name="Ana D. (en pause)")
    await refused(bot.edit_forum_topic(team, thread, name="Ana D. (en pause)"), "TOPIC_NOT_MODIFIED")
    assert await bot.close_forum_topic(team, thread)
    await refused(bot.close_forum_topic(team, thread), "TOPIC_NOT_MODIFIED")
    assert await bot.reopen_forum_topic(team, thread)
    await refused(bot.reopen_forum_topic(team, thread), "TOPIC_NOT_MODIFIED")
    services = [next(iter(each.content)) for each in server.world.messages.in_topic(team, thread)]
    assert services == [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    ]


async def test_a_closed_topic_takes_only_what_an_administrator_sends(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic, nadia: Person
) -> None:
    await bot.close_forum_topic(team, topic.message_thread_id)
    assert await bot.send_message(team, "a", message_thread_id=topic.message_thread_id)
    server.groups.add_bot(team, nadia.id, can_manage_topics=False)
    await refused(bot.send_message(team, "a", message_thread_id=topic.message_thread_id), "TOPIC_CLOSED")


async def test_a_deleted_topic_goes_with_its_messages(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic
) -> None:
    thread = topic.message_thread_id
    sent = await bot.send_message(team, "a", message_thread_id=thread)
    assert await bot.delete_forum_topic(team, thread)
    assert server.world.messages.find(team, sent.message_id) is None
    await refused(bot.send_message(team, "a", message_thread_id=thread), "message thread not found")


async def test_a_topic_deleted_by_a_person_is_noticed_only_when_writing_to_it(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic
) -> None:
    before = server.world.queue.count()
    server.groups.delete_topic(team, topic.message_thread_id)
    assert server.world.queue.count() == before
    thread = topic.message_thread_id
    await refused(bot.send_message(team, "a", message_thread_id=thread), "message thread not found")


async def test_topics_need_a_forum_and_the_right(
    server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    plain = server.groups.create("Sans sujets", nadia.id, forum=False)
    await refused(bot.create_forum_topic(plain, "a"), "the chat is not a forum")
    server.groups.add_bot(team, nadia.id, can_manage_topics=False)
    await refused(bot.create_forum_topic(team, "a"), "not enough rights to manage topics in the chat")


async def test_pins_of_one_topic_are_taken_back_together(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic
) -> None:
    in_topic = await bot.send_message(team, "carte", message_thread_id=topic.message_thread_id)
    general = await bot.send_message(team, "règles")
    await bot.pin_chat_message(team, in_topic.message_id)
    await bot.pin_chat_message(team, general.message_id)
    assert await bot.unpin_all_forum_topic_messages(team, topic.message_thread_id)
    assert [each.message_id for each in server.world.messages.pinned(team, None)] == [general.message_id]
    assert await bot.unpin_all_chat_messages(team)
    assert server.world.messages.pinned(team, None) == []
