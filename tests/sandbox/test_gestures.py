"""What people do to messages: answer, edit, delete, react, forward, send several photos at once."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.types import ForumTopic, Message, ReactionTypeEmoji, Update

from bot.sandbox import SandboxServer
from bot.sandbox.content import PIXEL, Content
from bot.sandbox.people import Person

KINDS = ["message", "edited_message", "message_reaction"]


@pytest.fixture(autouse=True)
async def everything_is_asked_for(bot: Bot) -> None:
    await bot.get_updates(allowed_updates=KINDS)


async def latest(bot: Bot) -> Update:
    return (await bot.get_updates(offset=-1))[0]


async def told(bot: Bot) -> Message:
    """The latest update, which is a new message."""
    message = (await latest(bot)).message
    assert message is not None
    return message


async def test_an_answer_in_the_private_chat_names_what_it_answers(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    question = await bot.send_message(ana.id, "Et demain ?")
    server.people.send_text(ana.id, "Oui", reply_to=question.message_id)
    answer = await told(bot)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == question.message_id


async def test_an_answer_stays_in_the_topic_of_what_it_answers(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic, nadia: Person
) -> None:
    shown = await bot.send_message(team, "Ana : bonjour", message_thread_id=topic.message_thread_id)
    server.people.send_voice(nadia.id, chat_id=team, reply_to=shown.message_id)
    answer = await told(bot)
    assert answer.message_thread_id == topic.message_thread_id
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == shown.message_id
    other = await bot.create_forum_topic(team, "Léo M.")
    with pytest.raises(LookupError, match="in the topic"):
        server.people.send_text(
            nadia.id, "a", team, reply_to=shown.message_id, thread_id=other.message_thread_id
        )


async def test_answers_in_a_group_without_topics_carry_a_thread_that_is_no_topic(
    server: SandboxServer, bot: Bot, nadia: Person
) -> None:
    group = server.groups.create("Équipe", nadia.id, forum=False)
    first = server.people.send_text(nadia.id, "un", group)
    second = server.people.send_text(nadia.id, "deux", group, reply_to=first.message_id)
    server.people.send_text(nadia.id, "trois", group, reply_to=second.message_id)
    message = await told(bot)
    assert message.message_thread_id == first.message_id
    assert not message.is_topic_message


async def test_photos_sent_together_come_one_by_one_with_a_common_mark(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    sent = server.people.send_album(ana.id, [PIXEL, PIXEL, PIXEL], "Mes diplômes")
    updates = (await bot.get_updates())[-3:]
    messages = [update.message for update in updates if update.message]
    assert [message.message_id for message in messages] == [each.message_id for each in sent]
    assert len({message.media_group_id for message in messages}) == 1
    assert messages[0].media_group_id
    assert [message.caption for message in messages] == ["Mes diplômes", None, None]
    again = server.people.send_album(ana.id, [(b"a", "a.txt"), (b"b", "b.txt")])
    assert again[0].content["media_group_id"] != sent[0].content["media_group_id"]
    assert [each.kind for each in again] == ["document", "document"]


def test_an_album_has_two_to_ten_items_of_one_kind(server: SandboxServer, ana: Person) -> None:
    with pytest.raises(ValueError, match="2 to 10"):
        server.people.send_album(ana.id, [PIXEL])
    with pytest.raises(ValueError, match="2 to 10"):
        server.people.send_album(ana.id, [PIXEL] * 11)
    with pytest.raises(ValueError, match="photos, or of documents"):
        server.people.send_album(ana.id, [PIXEL, (b"a", "a.txt")])
    assert len(server.world.messages.history(ana.id)) == 1


async def test_a_caption_is_edited_and_taken_away(server: SandboxServer, bot: Bot, ana: Person) -> None:
    photo = server.people.send_photo(ana.id, caption="Mon CV")
    server.people.edit_text(ana.id, photo.message_id, "Mon CV, à jour : https://cv.fr")
    edited = (await latest(bot)).edited_message
    assert edited is not None
    assert edited.caption == "Mon CV, à jour : https://cv.fr"
    assert edited.caption_entities is not None
    server.people.edit_text(ana.id, photo.message_id, "")
    edited = (await latest(bot)).edited_message
    assert edited is not None
    assert (edited.caption, edited.caption_entities) == (None, None)
    text = server.people.send_text(ana.id, "a")
    with pytest.raises(ValueError, match="cannot be empty"):
        server.people.edit_text(ana.id, text.message_id, " ")


async def test_another_photo_takes_the_place_of_the_first(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    album = server.people.send_album(ana.id, [PIXEL, PIXEL], "Avant")
    server.people.edit_media(ana.id, album[0].message_id, Content.photo(PIXEL, "Après"))
    edited = (await latest(bot)).edited_message
    assert edited is not None
    assert edited.caption == "Après"
    assert edited.media_group_id == album[0].content["media_group_id"]
    assert edited.photo is not None
    assert edited.photo[0].file_id != album[0].content["photo"][0]["file_id"]
    with pytest.raises(PermissionError, match="keeps to its kind"):
        server.people.edit_media(ana.id, album[0].message_id, Content.document(b"a", "a.txt"))


def test_only_ones_own_words_can_be_edited(
    server: SandboxServer, team: int, nadia: Person, ana: Person
) -> None:
    written = server.people.send_text(nadia.id, "a", team)
    server.groups.join(team, ana.id)
    with pytest.raises(PermissionError):
        server.people.edit_text(ana.id, written.message_id, "b", team)
    forwarded = server.people.forward(nadia.id, written.message_id, team, team)[0]
    with pytest.raises(PermissionError):
        server.people.edit_text(nadia.id, forwarded.message_id, "b", team)


async def test_who_left_the_group_can_do_nothing_to_its_messages(
    server: SandboxServer, team: int, nadia: Person, ana: Person
) -> None:
    server.groups.join(team, ana.id)
    written = server.people.send_text(ana.id, "a", team)
    server.groups.leave(team, ana.id)
    for gesture in (
        lambda: server.people.edit_text(ana.id, written.message_id, "b", team),
        lambda: server.people.delete(ana.id, written.message_id, team),
        lambda: server.people.react(ana.id, written.message_id, "👍", team),
        lambda: server.people.forward(ana.id, written.message_id, team),
    ):
        with pytest.raises(PermissionError, match="not a member"):
            gesture()


async def test_deleting_tells_nobody_and_has_its_rules(
    server: SandboxServer, bot: Bot, team: int, nadia: Person, ana: Person
) -> None:
    server.groups.join(team, ana.id)
    by_ana = server.people.send_text(ana.id, "a", team)
    by_nadia = server.people.send_text(nadia.id, "b", team)
    by_bot = await bot.send_message(ana.id, "c")
    waiting = server.world.queue.count()
    with pytest.raises(PermissionError, match="own messages"):
        server.people.delete(ana.id, by_nadia.message_id, team)
    server.people.delete(nadia.id, by_ana.message_id, team)  # the owner may
    server.people.delete(ana.id, by_bot.message_id, ana.id)  # in one's private chat everything
    assert server.world.queue.count() == waiting
    assert server.world.messages.find(team, by_ana.message_id) is None
    assert server.world.messages.find(ana.id, by_bot.message_id) is None


async def test_a_reaction_is_told_with_the_one_before(
    server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    shown = await bot.send_message(team, "Fait")
    server.people.react(nadia.id, shown.message_id, "👍", team)
    server.people.react(nadia.id, shown.message_id, "🎉", team)
    changed = (await latest(bot)).message_reaction
    assert changed is not None
    assert changed.user is not None
    assert (changed.user.id, changed.message_id) == (nadia.id, shown.message_id)
    assert [each.emoji for each in changed.old_reaction if isinstance(each, ReactionTypeEmoji)] == ["👍"]
    assert [each.emoji for each in changed.new_reaction if isinstance(each, ReactionTypeEmoji)] == ["🎉"]
    server.people.react(nadia.id, shown.message_id, "🎉", team, anonymous=True)
    unnamed = (await latest(bot)).message_reaction
    assert unnamed is not None
    assert unnamed.user is None
    assert unnamed.actor_chat is not None
    assert unnamed.actor_chat.id == team
    with pytest.raises(ValueError, match="no reaction"):
        server.people.react(nadia.id, shown.message_id, "🥕", team)


async def test_reactions_are_not_told_to_a_bot_that_did_not_ask(
    server: SandboxServer, bot: Bot, team: int, nadia: Person
) -> None:
    await bot.get_updates(allowed_updates=["message"])
    shown = await bot.send_message(team, "Fait")
    waiting = server.world.queue.count()
    server.people.react(nadia.id, shown.message_id, "👍", team)
    assert server.world.queue.count() == waiting


async def test_a_forward_shows_who_wrote_first_and_keeps_albums_together(
    server: SandboxServer, bot: Bot, team: int, topic: ForumTopic, nadia: Person, ana: Person
) -> None:
    server.groups.join(team, ana.id)
    album = server.people.send_album(ana.id, [PIXEL, PIXEL], "Mes diplômes")
    sent = server.people.forward(
        ana.id, [each.message_id for each in album], ana.id, team, thread_id=topic.message_thread_id
    )
    message = await told(bot)
    assert message.message_thread_id == topic.message_thread_id
    assert message.forward_origin is not None
    assert message.forward_origin.sender_user.id == ana.id
    groups = {each.content["media_group_id"] for each in sent}
    assert len(groups) == 1
    assert groups != {album[0].content["media_group_id"]}
    to_bob = server.people.forward(nadia.id, sent[0].message_id, team)
    assert to_bob[0].chat_id == nadia.id
    assert to_bob[0].content["forward_origin"]["sender_user"]["id"] == ana.id
    assert "media_group_id" not in to_bob[0].content


async def test_what_is_not_ones_own_to_see_cannot_be_forwarded(
    server: SandboxServer, bot: Bot, team: int, nadia: Person, ana: Person
) -> None:
    private = server.people.send_text(ana.id, "entre nous")
    with pytest.raises(PermissionError):
        server.people.forward(nadia.id, private.message_id, ana.id, team)
    protected = await bot.send_message(ana.id, "secret", protect_content=True)
    with pytest.raises(PermissionError, match="cannot be forwarded"):
        server.people.forward(ana.id, protected.message_id, ana.id)
