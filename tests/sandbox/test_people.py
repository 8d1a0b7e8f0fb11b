"""What people can do."""

from __future__ import annotations

import pytest
from aiogram import Bot
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import SandboxServer
from bot.sandbox.content import Content, split_text
from bot.sandbox.people import Person
from bot.telegram.limits import TEXT_MAX, utf16_length


@given(st.text(st.characters(codec="utf-8"), max_size=50).map(lambda text: text * 200))
def test_a_long_text_is_cut_into_parts_that_fit_and_nothing_is_lost(text: str) -> None:
    parts = split_text(text)
    assert "".join(parts) == text
    assert all(utf16_length(part) <= TEXT_MAX for part in parts)
    assert all(utf16_length(part) >= TEXT_MAX - 1 for part in parts[:-1])


async def test_a_text_of_ten_thousand_characters_arrives_in_three(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    server.people.send(ana.id, Content.text("é" * 10_000))
    updates = (await bot.get_updates())[1:]
    assert [len(update.message.text or "") for update in updates if update.message] == [4096, 4096, 1808]


async def test_a_new_person_has_language_and_large_id_and_no_chat_yet(
    server: SandboxServer, bot: Bot
) -> None:
    person = server.people.create("Zoé", "en", "Martin", "zoe_m")
    assert person.id > 2**32
    assert server.world.chats.find(person.id) is None
    server.people.start(person.id, "equipe-42")
    message = (await bot.get_updates())[0].message
    assert message is not None
    assert message.text == "/start equipe-42"
    assert message.entities is not None
    assert (message.entities[0].type, message.entities[0].length) == ("bot_command", 6)
    assert message.from_user is not None
    assert message.from_user.language_code == "en"
    assert message.from_user.full_name == "Zoé Martin"


async def test_everything_people_send_is_what_aiogram_expects(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    people = server.people
    people.send_photo(ana.id, caption="Mon CV")
    people.send_voice(ana.id, seconds=4)
    people.send_sticker(ana.id, "🎉")
    people.send_contact(ana.id, "+33600000000", "Paul")
    people.send_location(ana.id, 45.73, 4.79)
    people.send_document(ana.id, b"%PDF", "cv.pdf", "le voici")
    people.send_forwarded(ana.id, "Offre d'emploi", "Inconnu")
    messages = [update.message for update in (await bot.get_updates())[1:] if update.message]
    assert [str(message.content_type.value) for message in messages] == [
        "photo",
        "voice",
        "sticker",
        "contact",
        "location",
        "document",
        "text",
    ]
    assert messages[0].caption == "Mon CV"
    assert messages[5].document is not None
    assert messages[5].document.mime_type == "application/pdf"
    assert messages[6].forward_origin is not None
    assert messages[6].forward_origin.type == "hidden_user"


async def test_writing_to_a_blocked_bot_unblocks_it(server: SandboxServer, bot: Bot, ana: Person) -> None:
    server.people.block(ana.id)
    server.people.block(ana.id)
    server.people.send_text(ana.id, "finalement")
    kinds = [update.event_type for update in await bot.get_updates()]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]
    assert not server.people.has_blocked(ana.id)


def test_only_own_texts_can_be_edited(server: SandboxServer, ana: Person) -> None:
    other = server.people.create("Léo")
    sent = server.people.send_text(ana.id, "a")
    sticker = server.people.send_sticker(ana.id)
    forwarded = server.people.send_forwarded(ana.id, "a", "b")
    with pytest.raises(PermissionError):
        server.people.edit_text(other.id, sent.message_id, "b", chat_id=ana.id)
    for message in (sticker, forwarded):
        with pytest.raises(PermissionError):
            server.people.edit_text(ana.id, message.message_id, "b")
    assert server.people.edit_text(ana.id, sent.message_id, "voir /aide").content == {
        "text": "voir /aide",
        "entities": [{"type": "bot_command", "offset": 5, "length": 5}],
    }


def test_what_does_not_exist_is_an_error(server: SandboxServer, ana: Person, team: int) -> None:
    with pytest.raises(LookupError):
        server.people.send_text(1, "a")
    with pytest.raises(LookupError):
        server.people.send_text(ana.id, "a", chat_id=-5)
    with pytest.raises(PermissionError):
        server.people.send_text(ana.id, "a", chat_id=team)
    with pytest.raises(LookupError):
        server.people.send_text(ana.id, "a", reply_to=99)
    with pytest.raises(ValueError, match="empty"):
        server.people.send_text(ana.id, " ")
    with pytest.raises(LookupError):
        server.people.block(server.people.create("Zoé").id)


@pytest.mark.parametrize("payload", ["é", "a b", "a" * 65])
def test_a_deep_link_carries_only_what_telegram_lets_through(
    server: SandboxServer, ana: Person, payload: str
) -> None:
    assert server.people.start(ana.id, "a" * 64).content["text"] == "/start " + "a" * 64
    with pytest.raises(ValueError, match="deep link"):
        server.people.start(ana.id, payload)


def test_in_a_group_only_own_messages_can_be_deleted(
    server: SandboxServer, ana: Person, team: int, nadia: Person
) -> None:
    server.groups.join(team, ana.id)
    sent = server.people.send_text(nadia.id, "a", team)
    with pytest.raises(PermissionError):
        server.people.delete(ana.id, sent.message_id, team)
    server.people.delete(nadia.id, sent.message_id, team)
    assert server.world.messages.find(team, sent.message_id) is None
