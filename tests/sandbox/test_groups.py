"""Groups: members, rights, privacy, migration."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import ChatMemberAdministrator, ChatMemberLeft, ChatMemberOwner

from bot.sandbox import SandboxServer
from bot.sandbox.people import Person
from tests.sandbox.conftest import refused

ALL_KINDS = ["message", "my_chat_member", "chat_member"]


async def kinds(bot: Bot) -> list[str]:
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.event_type for update in updates]


async def seen(bot: Bot) -> list[str | None]:
    """Texts of the waiting messages."""
    updates = await bot.get_updates()
    await bot.get_updates(offset=updates[-1].update_id + 1 if updates else 0)
    return [update.message.text for update in updates if update.message and update.message.text]


async def test_a_new_group_tells_the_bot_that_it_was_added(bot: Bot, team: int) -> None:
    updates = await bot.get_updates()
    assert [update.event_type for update in updates] == ["my_chat_member", "message"]
    assert updates[0].my_chat_member is not None
    assert updates[0].my_chat_member.chat.id == team
    assert updates[0].my_chat_member.new_chat_member.status == "administrator"
    assert updates[1].message is not None
    assert updates[1].message.new_chat_members is not None
    assert updates[1].message.new_chat_members[0].id == bot.id


async def test_the_bot_can_ask_about_chat_and_members(
    server: SandboxServer, bot: Bot, team: int, nadia: Person, ana: Person
) -> None:
    chat = await bot.get_chat(team)
    assert (chat.type, chat.title, chat.is_forum) == ("supergroup", "Équipe", True)
    assert isinstance(await bot.get_chat_member(team, nadia.id), ChatMemberOwner)
    own = await bot.get_chat_member(team, bot.id)
    assert isinstance(own, ChatMemberAdministrator)
    assert own.can_manage_topics
    assert isinstance(await bot.get_chat_member(team, ana.id), ChatMemberLeft)
    await refused(bot.get_chat_member(team, 424242), "PARTICIPANT_ID_INVALID")
    assert {member.user.id for member in await bot.get_chat_administrators(team)} == {nadia.id, bot.id}
    assert await bot.get_chat_member_count(team) == 2
    assert (await bot.get_chat(ana.id)).first_name == "Ana"
    await refused(bot.get_chat_administrators(ana.id), "there are no administrators in the private chat")


async def test_who_joins_and_leaves_is_told_when_asked_for(
    server: SandboxServer, bot: Bot, team: int, ana: Person
) -> None:
    await bot.get_updates(offset=1_000_000, allowed_updates=ALL_KINDS)
    server.groups.join(team, ana.id)
    assert await kinds(bot) == ["chat_member", "message"]
    server.groups.leave(team, ana.id)
    assert await kinds(bot) == ["chat_member", "message"]
    with pytest.raises(PermissionError):
        server.people.send_text(ana.id, "encore là ?", team)


async def test_a_removed_bot_is_refused(server: SandboxServer, bot: Bot, team: int, nadia: Person) -> None:
    server.groups.remove_bot(team, nadia.id)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(team, "a")
    assert (await kinds(bot))[-1] == "my_chat_member"
    server.groups.add_bot(team, nadia.id)
    await bot.leave_chat(team)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.send_message(team, "a")


async def test_an_administrator_sees_everything_and_a_member_what_is_meant_for_it(
    server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    server.people.send_text(nadia.id, "bavardage", team)
    assert await seen(bot) == ["bavardage"]
    server.groups.add_bot(team, nadia.id, admin=False)
    question = await bot.send_message(team, "Une question ?")
    for text in ("bavardage", "/urgent", "/urgent@BobSandboxBot", "/jouer@autre_bot", "dis @bobsandboxbot"):
        server.people.send_text(nadia.id, text, team)
    server.people.send_text(nadia.id, "ma réponse", team, reply_to=question.message_id)
    assert await seen(bot) == ["/urgent", "/urgent@BobSandboxBot", "dis @bobsandboxbot", "ma réponse"]


async def test_what_only_administrators_are_told_is_kept_from_a_mere_member(
    server: SandboxServer, bot: Bot, team: int, nadia: Person, ana: Person
) -> None:
    written = server.people.send_text(nadia.id, "a", team)
    asked = [*ALL_KINDS, "message_reaction"]
    await bot.get_updates(offset=1_000_000, allowed_updates=asked)
    server.people.react(nadia.id, written.message_id, "👍", team)
    assert await kinds(bot) == ["message_reaction"]
    server.groups.add_bot(team, nadia.id, admin=False)
    server.people.react(nadia.id, written.message_id, None, team)
    server.groups.join(team, ana.id)
    assert await kinds(bot) == ["my_chat_member", "message"]


async def test_a_bot_that_was_removed_hears_nothing_more(
    server: SandboxServer, bot: Bot, team: int, nadia: Person, ana: Person
) -> None:
    server.groups.remove_bot(team, nadia.id)
    await kinds(bot)
    server.people.send_text(nadia.id, "/urgent", team)
    server.groups.join(team, ana.id)
    assert await kinds(bot) == []


async def test_rights_are_checked(server: SandboxServer, bot: Bot, team: int, nadia: Person) -> None:
    written = server.people.send_text(nadia.id, "a", team)
    server.groups.add_bot(team, nadia.id, can_pin_messages=False, can_delete_messages=False)
    await refused(
        bot.pin_chat_message(team, written.message_id),
        "not enough rights to manage pinned messages in the chat",
    )
    await refused(bot.delete_message(team, written.message_id), "message can't be deleted for everyone")
    own = await bot.send_message(team, "b")
    assert await bot.delete_message(team, own.message_id)


async def test_an_anonymous_administrator_writes_as_the_group(
    server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    server.people.send_text(nadia.id, "sans nom", team, anonymous=True)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.sender_chat is not None
    assert message.sender_chat.id == team
    assert message.from_user is not None
    assert message.from_user.username == "GroupAnonymousBot"


async def test_a_basic_group_that_migrates_refuses_its_old_id(
    server: SandboxServer, bot: Bot, nadia: Person
) -> None:
    old = server.groups.create("Équipe", nadia.id, basic=True)
    assert (await bot.get_chat(old)).type == "group"
    new = server.groups.migrate(old)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(old, "a")
    assert moved.value.migrate_to_chat_id == new
    services = [update.message for update in await bot.get_updates() if update.message]
    assert services[-2].migrate_to_chat_id == new
    assert services[-1].migrate_from_chat_id == old
    assert (await bot.create_forum_topic(new, "a")).name == "a"
