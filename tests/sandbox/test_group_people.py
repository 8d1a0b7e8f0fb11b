"""Who speaks in a group, and what its people do to topics, to the bot and to the group itself."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import ChatMemberAdministrator, ForumTopic

from bot.sandbox import SandboxServer
from bot.sandbox.errors import ApiError
from bot.sandbox.people import Person
from tests.sandbox.conftest import refused


async def test_an_anonymous_administrator_can_change_what_they_wrote(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic, nadia: Person, ana: Person
) -> None:
    server.groups.join(team, ana.id)
    with pytest.raises(PermissionError, match="only administrators"):
        server.people.send_text(ana.id, "sans nom", team, anonymous=True)
    server.groups.join(team, ana.id, status="administrator")
    written = server.people.send_text(ana.id, "/qui", team, thread_id=topic.message_thread_id, anonymous=True)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.message_thread_id == topic.message_thread_id
    assert message.from_user is not None
    assert message.from_user.id != ana.id
    assert str(ana.id) not in message.model_dump_json()
    with pytest.raises(PermissionError):
        server.people.edit_text(nadia.id, written.message_id, "b", team)
    server.people.edit_text(ana.id, written.message_id, "/qui ?", team)
    edited = (await bot.get_updates(offset=-1))[0].edited_message
    assert edited is not None
    assert edited.sender_chat is not None
    assert edited.sender_chat.id == team


async def test_a_channel_signs_what_its_owner_writes(
    server: SandboxServer, bot: Bot, team: int, nadia: Person, ana: Person
) -> None:
    channel = server.groups.create_channel("Emploi 44", nadia.id)
    server.people.send_text(nadia.id, "Bonjour", team, channel=channel)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.sender_chat is not None
    assert (message.sender_chat.id, message.sender_chat.type) == (channel, "channel")
    assert message.from_user is not None
    assert message.from_user.username == "Channel_Bot"
    assert [chat.id for chat in server.world.chats.groups()] == [team]
    server.groups.join(team, ana.id)
    with pytest.raises(PermissionError, match="does not own"):
        server.people.send_text(ana.id, "a", team, channel=channel)
    with pytest.raises(PermissionError, match="only a group"):
        server.people.send_text(nadia.id, "a", channel=channel)
    with pytest.raises(TelegramForbiddenError, match="not a member of the channel chat"):
        await bot.send_message(channel, "a")


async def test_a_stranger_is_announced_with_who_brought_them(
    server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    stranger = server.people.create("Zoé")
    server.groups.join(team, stranger.id, actor_id=nadia.id)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.from_user is not None
    assert message.from_user.id == nadia.id
    assert message.new_chat_members is not None
    assert message.new_chat_members[0].id == stranger.id


async def test_a_person_closes_reopens_renames_and_deletes_a_topic(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic, nadia: Person
) -> None:
    thread = topic.message_thread_id
    server.groups.close_topic(team, thread, nadia.id)
    closed = (await bot.get_updates(offset=-1))[0].message
    assert closed is not None
    assert closed.forum_topic_closed is not None
    assert closed.message_thread_id == thread
    server.groups.close_topic(team, thread, nadia.id)  # already so: nothing happens
    server.groups.reopen_topic(team, thread, nadia.id)
    server.groups.rename_topic(team, thread, nadia.id, "Ana D. (emploi trouvé)")
    renamed = (await bot.get_updates(offset=-1))[0].message
    assert renamed is not None
    assert renamed.forum_topic_edited is not None
    assert renamed.forum_topic_edited.name == "Ana D. (emploi trouvé)"
    names = [next(iter(each.content)) for each in server.world.messages.in_topic(team, thread)]
    assert names.count("forum_topic_closed") == 1
    server.groups.delete_topic(team, thread, nadia.id)
    await refused(bot.send_message(team, "a", message_thread_id=thread), "message thread not found")
    with pytest.raises(LookupError):
        server.groups.close_topic(team, thread, nadia.id)


async def test_a_person_makes_a_topic(server: SandboxServer, bot: Bot, team: int, nadia: Person) -> None:
    thread = server.groups.create_topic(team, nadia.id, " Café ")
    made = (await bot.get_updates(offset=-1))[0].message
    assert made is not None
    assert made.forum_topic_created is not None
    assert made.forum_topic_created.name == "Café"
    assert made.from_user is not None
    assert made.from_user.id == nadia.id
    assert await bot.send_message(team, "a", message_thread_id=thread)
    with pytest.raises(ApiError, match="TOPIC_TITLE_TOO_LONG"):
        server.groups.create_topic(team, nadia.id, "n" * 129)


async def test_topics_are_for_administrators_to_change(
    server: SandboxServer, team: int, topic: ForumTopic, nadia: Person, ana: Person
) -> None:
    thread = topic.message_thread_id
    server.groups.join(team, ana.id)
    for gesture in (
        lambda: server.groups.create_topic(team, ana.id, "a"),
        lambda: server.groups.close_topic(team, thread, ana.id),
        lambda: server.groups.delete_topic(team, thread, ana.id),
    ):
        with pytest.raises(PermissionError, match="administrators"):
            gesture()
    server.groups.close_topic(team, thread, nadia.id)
    assert server.people.send_text(nadia.id, "a", team, thread_id=thread)
    with pytest.raises(PermissionError, match="closed"):
        server.people.send_text(ana.id, "a", team, thread_id=thread)


async def test_single_rights_of_the_bot_are_unticked_and_ticked(
    server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    server.groups.set_bot_rights(team, nadia.id, can_manage_topics=False)
    server.groups.set_bot_rights(team, nadia.id, can_pin_messages=False)
    own = await bot.get_chat_member(team, bot.id)
    assert isinstance(own, ChatMemberAdministrator)
    assert (own.can_manage_topics, own.can_pin_messages, own.can_delete_messages) == (False, False, True)
    update = (await bot.get_updates(offset=-1))[0].my_chat_member
    assert update is not None
    assert isinstance(update.old_chat_member, ChatMemberAdministrator)
    assert isinstance(update.new_chat_member, ChatMemberAdministrator)
    assert update.old_chat_member.can_pin_messages
    assert not update.new_chat_member.can_pin_messages
    await refused(bot.create_forum_topic(team, "a"), "not enough rights to manage topics in the chat")
    server.groups.set_bot_rights(team, nadia.id, can_manage_topics=True)
    assert await bot.create_forum_topic(team, "a")
    with pytest.raises(ValueError, match="can_fly"):
        server.groups.set_bot_rights(team, nadia.id, can_fly=True)
    server.groups.add_bot(team, nadia.id, admin=False)
    with pytest.raises(LookupError, match="no administrator"):
        server.groups.set_bot_rights(team, nadia.id, can_manage_topics=True)


async def test_topics_turn_a_basic_group_into_another_chat_and_a_supergroup_not(
    server: SandboxServer, bot: Bot, nadia: Person
) -> None:
    basic = server.groups.create("Équipe", nadia.id, basic=True)
    server.groups.set_bot_rights(basic, nadia.id, can_pin_messages=False)
    moved = server.groups.enable_topics(basic)
    with pytest.raises(TelegramMigrateToChat):
        await bot.get_chat(basic)
    assert (await bot.get_chat(moved)).is_forum
    own = await bot.get_chat_member(moved, bot.id)
    assert isinstance(own, ChatMemberAdministrator)
    assert not own.can_pin_messages
    plain = server.groups.create("Autre", nadia.id, forum=False)
    assert server.groups.enable_topics(plain) == plain
    assert await bot.create_forum_topic(plain, "a")
