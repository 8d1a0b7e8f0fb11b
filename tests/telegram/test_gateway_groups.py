"""Rows of groups performed over real HTTP against the strict server: topics, copies, albums, edits, reactions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    CopyMessage,
    CopyMessages,
    EditMessageMedia,
    ReopenForumTopic,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import MessageId

from bot.dialogs.replies import Button, Reply
from bot.sandbox import SandboxServer
from bot.sandbox.client import Seeker
from bot.sandbox.messages import Message
from bot.telegram.gateway import TelegramMessenger
from bot.telegram.limits import CAPTION_MAX, TOPIC_NAME_MAX
from bot.telegram.session import make_bot
from scheduler.messenger import Delivered, Failure, NotDelivered
from tests.telegram.echo import TOKEN
from tests.telegram.test_gateway import row

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
async def messenger(server: SandboxServer) -> AsyncIterator[TelegramMessenger]:
    bot = make_bot(TOKEN, server.url)
    bot.session.timeout = 5
    yield TelegramMessenger(bot)
    await bot.session.close()


@pytest.fixture
def team(server: SandboxServer) -> int:
    """A forum group where the bot is an administrator."""
    return server.groups.create("Équipe", server.people.create("Nadia").id)


@pytest.fixture
async def chat(ana: Seeker) -> int:
    await ana.start()
    return ana.id


@pytest.fixture
async def thread(messenger: TelegramMessenger, team: int) -> int:
    """A topic."""
    made = await messenger.perform(row(team, "topic", body={"do": "open", "name": "Ana D."}))
    assert isinstance(made, Delivered)
    assert made.message_id is not None
    return made.message_id


def heard(server: SandboxServer, chat_id: int, thread_id: int | None) -> list[Message]:
    """What the bot said there, in order."""
    bot, world = server.world.bot_id, server.world
    return [
        message
        for message in world.messages.page(chat_id, 200, None, thread_id)
        if message.sender_id == bot and not message.is_service
    ]


def says(message: Message) -> str:
    return str(message.content.get("text") or message.content.get("caption") or "")


async def delivered(messenger: TelegramMessenger, *args: Any, **values: Any) -> Delivered:
    outcome = await messenger.perform(row(*args, **values))
    assert isinstance(outcome, Delivered)
    return outcome


async def failed(messenger: TelegramMessenger, *args: Any, **values: Any) -> NotDelivered:
    outcome = await messenger.perform(row(*args, **values))
    assert isinstance(outcome, NotDelivered)
    return outcome


Answer = Callable[[TelegramMethod[Any]], Any]


def answering(messenger: TelegramMessenger, answer: Answer) -> list[TelegramMethod[Any]]:
    """Let `answer` speak for Telegram (None: Telegram itself answers); returns the calls, as they are made."""
    calls: list[TelegramMethod[Any]] = []
    original = messenger._bot.session.make_request

    async def make_request(bot: Any, method: TelegramMethod[Any], timeout: Any = None) -> Any:
        calls.append(method)
        result = answer(method)
        if isinstance(result, Exception):
            raise result
        return await original(bot, method, timeout) if result is None else result

    messenger._bot.session.make_request = make_request  # type: ignore[method-assign]
    return calls


def refusal(call: TelegramMethod[Any], text: str) -> TelegramBadRequest:
    return TelegramBadRequest(call, f"Bad Request: {text}")


# Topics


async def test_what_is_said_in_a_topic_is_in_it_and_nowhere_else(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    reply = Reply("un", buttons=((Button("Oui", "card", 1, "1", "yes"),),))
    await delivered(messenger, team, reply=reply, thread_id=thread)
    await delivered(messenger, team, reply=Reply("général"))
    await delivered(messenger, team, reply=Reply("général aussi"), thread_id=1)
    assert [says(each) for each in heard(server, team, thread)] == ["un"]
    assert [each.thread_id for each in heard(server, team, None) if says(each) != "un"] == [None, None]
    assert server.refused == []


async def test_a_topic_lives_its_life(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    def topic(**body: Any) -> Any:
        return messenger.perform(row(team, "topic", body=body, thread_id=thread))

    assert isinstance(await topic(do="rename", name="Ana D. \n(en pause) " + "x" * 200), Delivered)
    (kept,) = server.world.chats.topics(team)
    assert len(kept.name) == TOPIC_NAME_MAX
    assert kept.name.startswith("Ana D. (en pause)")
    for do in ("close", "reopen"):
        assert isinstance(await topic(do=do), Delivered)
        again = await topic(do=do)
        assert isinstance(again, NotDelivered)
        assert again.failure is Failure.HARMLESS
    assert await topic(do="open", name="Ana D.") == Delivered(thread), "it was made before"
    gone = row(team, "topic", body={"do": "delete", "thread_id": thread})
    assert isinstance(await messenger.perform(gone), Delivered)
    again = await messenger.perform(gone)
    assert isinstance(again, NotDelivered)
    assert again.failure is Failure.HARMLESS
    lost = await failed(messenger, team, reply=Reply("x"), thread_id=thread)
    assert lost.failure is Failure.TOPIC_LOST


async def test_in_a_plain_group_there_is_no_topic_to_do_anything_to(
    messenger: TelegramMessenger, server: SandboxServer
) -> None:
    plain = server.groups.create("Sans sujets", server.people.create("Nadia").id, forum=False)
    refused = await failed(messenger, plain, "topic", body={"do": "open", "name": "Ana D."})
    assert (refused.failure, refused.detail) == (Failure.NO_RIGHT, "the chat is not a forum")
    assert await delivered(messenger, plain, "topic", body={"do": "close"}) == Delivered()


async def test_a_missing_right_is_told_and_is_no_lost_group(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    said = await delivered(messenger, team, reply=Reply("carte"), thread_id=thread)
    server.groups.add_bot(
        team, server.people.create("Léa").id, can_manage_topics=False, can_pin_messages=False
    )
    pin = await failed(messenger, team, "pin", target_message_id=said.message_id)
    topic = await failed(messenger, team, "topic", body={"do": "open", "name": "Zoé"})
    assert (pin.failure, topic.failure) == (Failure.NO_RIGHT, Failure.NO_RIGHT)


async def test_a_closed_topic_is_opened_again_before_something_is_said_in_it(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    await delivered(messenger, team, "topic", body={"do": "close"}, thread_id=thread)
    closed = [True]

    def answer(call: TelegramMethod[Any]) -> Any:
        if isinstance(call, SendMessage) and closed.pop() if closed else False:
            return refusal(call, "TOPIC_CLOSED")
        return None

    answering(messenger, answer)
    outcome = await delivered(messenger, team, reply=Reply("coucou"), thread_id=thread)
    assert outcome.reopened
    assert [says(each) for each in heard(server, team, thread)] == ["coucou"]
    (topic,) = server.world.chats.topics(team)
    assert not topic.closed


async def test_a_topic_that_cannot_be_opened_again_is_told(
    messenger: TelegramMessenger, team: int, thread: int
) -> None:
    calls = answering(messenger, lambda call: refusal(call, "TOPIC_CLOSED"))
    assert (await failed(messenger, team, reply=Reply("x"), thread_id=thread)).failure is Failure.NO_RIGHT
    assert [type(call) for call in calls] == [SendMessage, ReopenForumTopic]


async def test_an_edit_that_is_sent_anew_stays_in_its_topic(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    await delivered(messenger, team, "edit", Reply("carte"), target_message_id=9999, thread_id=thread)
    assert [says(each) for each in heard(server, team, thread)] == ["carte"]


# Answers


async def test_an_answer_points_to_its_message_even_when_that_is_gone(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    first = await delivered(messenger, chat, reply=Reply("?"))
    reply = Reply("!", reply_to=first.message_id, force_reply="Votre réponse " + "x" * 100)
    await delivered(messenger, chat, reply=Reply.from_json(reply.to_json()))
    await delivered(messenger, chat, reply=Reply("perdu", reply_to=9999))
    answered, lost = ana.messages()[-2:]
    assert (answered.reply_to, lost.reply_to) == (first.message_id, None)
    assert ana.server.refused == []


async def test_only_the_first_of_several_messages_is_the_answer(
    messenger: TelegramMessenger, chat: int, ana: Seeker
) -> None:
    first = await delivered(messenger, chat, reply=Reply("?"))
    outcome = await delivered(messenger, chat, reply=Reply("Un mot. " * 900, reply_to=first.message_id))
    shown = ana.messages()[-2:]
    assert [each.reply_to for each in shown] == [first.message_id, None]
    assert outcome.message_ids == tuple(each.message_id for each in shown)


# Copies


async def test_a_copy_has_its_own_caption_or_the_given_one(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int, chat: int
) -> None:
    photo = server.people.send_photo(chat, PNG, caption="la mienne")
    body = {"from_chat_id": chat, "message_id": photo.message_id}
    await delivered(messenger, team, "copy", body=body, thread_id=thread)
    await delivered(messenger, team, "copy", body={**body, "caption": "Ana <D.> : oui"}, thread_id=thread)
    assert [says(each) for each in heard(server, team, thread)] == ["la mienne", "Ana <D.> : oui"]


async def test_a_caption_too_long_follows_its_media_as_a_text(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int, chat: int
) -> None:
    photo = server.people.send_photo(chat, PNG, caption="courte")
    long = "é" * (CAPTION_MAX + 1)
    body = {"from_chat_id": chat, "message_id": photo.message_id, "caption": long}
    outcome = await delivered(messenger, team, "copy", body=body, thread_id=thread)
    media, text = heard(server, team, thread)
    assert (says(media), says(text)) == ("", long)
    assert "photo" in media.content
    assert outcome == Delivered(media.message_id, (media.message_id, text.message_id))


async def test_a_copy_that_cannot_be_an_answer_is_made_without(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int, chat: int
) -> None:
    said = await delivered(messenger, team, reply=Reply("?"), thread_id=thread)
    word = server.people.send_text(chat, "oui")

    def answer(call: TelegramMethod[Any]) -> Any:
        is_answer = isinstance(call, CopyMessage) and call.reply_parameters is not None
        return refusal(call, "something about files") if is_answer else None

    body = {"from_chat_id": chat, "message_id": word.message_id, "reply_to": said.message_id}
    await delivered(messenger, team, "copy", body=body, thread_id=thread)
    assert heard(server, team, thread)[-1].reply_to == said.message_id
    answering(messenger, answer)
    await delivered(messenger, team, "copy", body=body, thread_id=thread)
    assert (says(heard(server, team, thread)[-1]), heard(server, team, thread)[-1].reply_to) == ("oui", None)


async def test_an_album_is_copied_with_an_id_for_each(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int, chat: int
) -> None:
    photos = [server.people.send_photo(chat, PNG, caption=str(n)).message_id for n in range(3)]
    body = {"from_chat_id": chat, "message_ids": photos}
    outcome = await delivered(messenger, team, "copy_album", body=body, thread_id=thread)
    shown = heard(server, team, thread)
    assert [says(each) for each in shown] == ["0", "1", "2"]
    assert outcome == Delivered(shown[0].message_id, tuple(each.message_id for each in shown))


async def test_where_part_of_an_album_is_gone_the_rest_is_still_told_apart(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int, chat: int
) -> None:
    one, three = (server.people.send_photo(chat, PNG, caption=text).message_id for text in "13")
    asked = [one, one + 500, one + 501]
    body = {"from_chat_id": chat, "message_ids": asked}
    outcome = await delivered(messenger, team, "copy_album", body=body, thread_id=thread)
    (shown,) = heard(server, team, thread)
    assert outcome == Delivered(shown.message_id, (shown.message_id, 0, 0))
    body = {"from_chat_id": chat, "message_ids": [three + 500, three + 501]}
    assert (
        await failed(messenger, team, "copy_album", body=body, thread_id=thread)
    ).failure is Failure.HARMLESS


async def test_copies_one_by_one_go_on_where_they_stopped(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int, chat: int
) -> None:
    photos = [server.people.send_photo(chat, PNG, caption=str(n)).message_id for n in range(3)]
    stop = [photos[1]]

    def answer(call: TelegramMethod[Any]) -> Any:
        if isinstance(call, CopyMessages):
            return [MessageId(message_id=9999)]
        if isinstance(call, CopyMessage) and call.message_id in stop:
            stop.clear()
            server.faults.add("copyMessage", "500", 1)
        return None

    answering(messenger, answer)
    album = row(team, "copy_album", body={"from_chat_id": chat, "message_ids": photos}, thread_id=thread)
    first = await messenger.perform(album)
    assert isinstance(first, NotDelivered)
    assert first.failure is Failure.TEMPORARY
    outcome = await messenger.perform(album)
    assert isinstance(outcome, Delivered)
    shown = heard(server, team, thread)
    assert [says(each) for each in shown] == ["0", "1", "2"]
    assert outcome.message_ids == tuple(each.message_id for each in shown)


# Edits of copies


async def test_an_edit_follows_its_copy(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int, chat: int
) -> None:
    photo = server.people.send_photo(chat, PNG, caption="avant")
    text = await delivered(messenger, team, reply=Reply("avant"), thread_id=thread)
    body = {"from_chat_id": chat, "message_id": photo.message_id}
    copy = await delivered(messenger, team, "copy", body=body, thread_id=thread)
    for target, change in ((text.message_id, {"text": "après <1>"}), (copy.message_id, {"caption": "après"})):
        edit = row(team, "edit_copy", body=change, target_message_id=target, thread_id=thread)
        assert await messenger.perform(edit) == Delivered(target)
        again = await messenger.perform(edit)
        assert isinstance(again, NotDelivered)
        assert again.failure is Failure.HARMLESS
    assert [says(each) for each in heard(server, team, thread)] == ["après <1>", "après"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "x"},  # there is no such message
        {"caption": "x" * (CAPTION_MAX + 1)},
        {"media": "voice", "file_id": "abc"},
        {"text": "x" * 5000},
    ],
)
async def test_an_impossible_edit_is_said_as_a_new_message(
    messenger: TelegramMessenger,
    server: SandboxServer,
    team: int,
    thread: int,
    change: dict[str, Any],
) -> None:
    body = {**change, "fallback": Reply("modifié : x").to_json()}
    edit = row(team, "edit_copy", body=body, target_message_id=9999, thread_id=thread)
    outcome = await messenger.perform(edit)
    (shown,) = heard(server, team, thread)
    assert (says(shown), outcome) == ("modifié : x", Delivered(shown.message_id))
    silent = await failed(messenger, team, "edit_copy", body=change, target_message_id=9999)
    assert silent.failure is Failure.HARMLESS


async def test_an_edit_that_may_still_succeed_is_not_said_twice(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    said = await delivered(messenger, team, reply=Reply("avant"), thread_id=thread)
    server.faults.add("editMessageText", "500", 1)
    body = {"text": "après", "fallback": Reply("modifié").to_json()}
    edit = row(team, "edit_copy", body=body, target_message_id=said.message_id, thread_id=thread)
    outcome = await messenger.perform(edit)
    assert isinstance(outcome, NotDelivered)
    assert outcome.failure is Failure.TEMPORARY
    assert isinstance(await messenger.perform(edit), Delivered)
    assert [says(each) for each in heard(server, team, thread)] == ["après"]


async def test_other_media_takes_the_place_of_the_copied_one(messenger: TelegramMessenger, team: int) -> None:
    calls = answering(messenger, lambda _: True)
    body = {"media": "photo", "file_id": "abc", "caption": "<après>"}
    await messenger.perform(row(team, "edit_copy", body=body, target_message_id=5))
    (call,) = calls
    assert isinstance(call, EditMessageMedia)
    assert (call.media.media, call.media.caption, call.media.type) == ("abc", "&lt;après&gt;", "photo")


# Reactions and deletions


async def test_a_reaction_is_set_and_taken_back_and_its_refusal_does_not_matter(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    said = await delivered(messenger, team, reply=Reply("bonjour"), thread_id=thread)

    async def react(body: dict[str, Any], target: int | None) -> Any:
        return await messenger.perform(row(team, "react", body=body, target_message_id=target))

    def shown() -> list[Any]:
        return list(heard(server, team, thread)[0].reactions.values())

    assert await react({"emoji": "👍"}, said.message_id) == Delivered()
    assert shown() == [[{"type": "emoji", "emoji": "👍"}]]
    assert await react({}, said.message_id) == Delivered()
    assert shown() == []
    for body, target in (({"emoji": "👍"}, 9999), ({"emoji": "nope"}, said.message_id)):
        outcome = await react(body, target)
        assert isinstance(outcome, NotDelivered)
        assert outcome.failure is Failure.HARMLESS


async def test_many_messages_are_deleted_a_hundred_at_a_time(
    messenger: TelegramMessenger, server: SandboxServer, team: int, thread: int
) -> None:
    ids = [
        (await delivered(messenger, team, reply=Reply(str(n)), thread_id=thread)).message_id for n in range(3)
    ]
    calls = answering(messenger, lambda _: None)
    body = {"message_ids": [*ids, *range(9000, 9120)]}
    assert await delivered(messenger, team, "delete", body=body) == Delivered()
    assert len(calls) == 2
    assert heard(server, team, thread) == []
    assert await delivered(messenger, team, "delete", body={"message_ids": []}) == Delivered()


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "topic", "body": {"do": "paint"}, "thread_id": 5},
        {"method": "topic", "body": {"do": "open"}},
        {"method": "topic", "body": {}},
        {"method": "react", "body": {"emoji": "👍"}},
        {"method": "copy_album", "body": {"from_chat_id": 1}},
        {"method": "edit_copy", "body": {"words": "x"}, "target_message_id": 5},
    ],
)
async def test_a_row_of_a_group_that_cannot_be_performed_is_a_fault_of_ours(
    messenger: TelegramMessenger, team: int, wrong: dict[str, Any]
) -> None:
    assert (await failed(messenger, team, **wrong)).failure is Failure.OUR_BUG
