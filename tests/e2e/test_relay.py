"""Messages to and fro in the running sandbox: every kind, both ways, and whatever happens to chats meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sandbox.client import Seeker, text_of
from bot.sandbox.content import PIXEL, Content
from bot.sandbox.messages import Message
from tests.e2e.conftest import Home
from tests.e2e.team_room import TeamRoom


@pytest.fixture
async def room(home: Home) -> TeamRoom:
    made = TeamRoom(home)
    await made.open()
    return made


async def latest(room: TeamRoom, chat: int, kind: str, than: int = 0) -> Message:
    """The newest message of Bob of a kind."""

    def found() -> Message | None:
        return next(
            (
                m
                for m in reversed(room.seen(chat))
                if m.kind == kind and m.sender_id == room.server.world.bot_id and m.message_id > than
            ),
            None,
        )

    message = await room.until(found)
    assert isinstance(message, Message)
    return message


async def test_a_message_and_its_answer_are_replies_to_each_other_and_bear_receipts(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy = await room.writes(sofia, "Bonjour, j'ai un entretien jeudi")
    assert copy.thread_id == room.topic(sofia).thread_id
    answer = room.reply(room.nadia, copy, "Bravo ! On prépare mardi ?")
    shown = await room.comes(sofia.id, "On prépare mardi")
    assert text_of(shown.content).startswith("Nadia :")
    own = next(m for m in room.seen(sofia.id) if "entretien jeudi" in text_of(m.content))
    assert shown.reply_to == own.message_id
    await room.settled()
    assert "👍" in room.reactions(room.group, answer.message_id)
    assert "👍" in room.reactions(sofia.id, own.message_id)
    room.server.people.send_text(sofia.id, "Oui mardi", reply_to=shown.message_id)
    again = await room.comes(room.group, "Oui mardi")
    assert again.reply_to == answer.message_id


async def test_every_kind_goes_from_the_person_to_the_topic(room: TeamRoom) -> None:
    sofia = await room.follow()
    _, _ = await room.answered(sofia)
    shown = room.find(sofia.id, "Réponse")
    assert shown is not None
    to, people = {"reply_to": shown.message_id}, room.server.people
    people.send_photo(sofia.id, caption="ma lettre", **to)
    photo = await latest(room, room.group, "photo")
    assert text_of(photo.content) == "Sofia M. :\nma lettre"
    people.send_document(sofia.id, b"%PDF", "cv.pdf", **to)
    await latest(room, room.group, "document")
    people.send_voice(sofia.id, **to)
    await latest(room, room.group, "voice")
    people.send_sticker(sofia.id, **to)
    await latest(room, room.group, "sticker")
    people.send_location(sofia.id, 47.2, -1.55, **to)
    await latest(room, room.group, "location")
    thread = room.topic(sofia).thread_id
    assert all(
        m.thread_id == thread for m in room.seen(room.group) if m.kind in ("photo", "voice", "sticker")
    )


async def test_every_kind_goes_to_the_person_under_the_counsellors_name(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy = await room.writes(sofia, "Bonjour Nadia")
    people, to = room.server.people, {"reply_to": copy.message_id}
    people.send_photo(room.nadia.id, PIXEL, "un modèle", room.group, **to)
    assert text_of((await latest(room, sofia.id, "photo")).content) == "Nadia :\nun modèle"
    people.send_document(room.nadia.id, b"%PDF", "modele.pdf", "", room.group, **to)
    assert text_of((await latest(room, sofia.id, "document")).content) == "Nadia :"
    people.send_voice(room.nadia.id, chat_id=room.group, **to)
    assert text_of((await latest(room, sofia.id, "voice")).content) == "Nadia :"
    people.send_sticker(room.nadia.id, chat_id=room.group, **to)
    sticker = await latest(room, sofia.id, "sticker")
    before = [m for m in room.seen(sofia.id) if m.message_id < sticker.message_id][-1]
    assert text_of(before.content) == "Nadia :"


async def test_a_caption_too_long_with_the_name_follows_its_picture(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy = await room.writes(sofia, "Bonjour Nadia")
    long = "mot " * 255
    room.server.people.send_photo(room.nadia.id, PIXEL, long, room.group, reply_to=copy.message_id)
    photo = await latest(room, sofia.id, "photo")
    assert text_of(photo.content) == ""
    text = await room.comes(sofia.id, "mot mot")
    assert text.message_id > photo.message_id
    assert text_of(text.content).startswith("Nadia :")


async def test_an_album_stays_one_both_ways_and_what_follows_comes_after_it(room: TeamRoom) -> None:
    sofia = await room.follow()
    await sofia.say("/conseiller")
    await room.comes(sofia.id, "Envoyez votre message")
    room.server.people.send_album(sofia.id, [PIXEL, PIXEL, PIXEL], "trois pages")
    await room.until(lambda: sum(m.kind == "photo" for m in room.seen(room.group)) == 3)
    photos = [m for m in room.seen(room.group) if m.kind == "photo"]
    assert len({m.content.get("media_group_id") for m in photos}) == 1
    assert [text_of(m.content) for m in photos] == ["trois pages", "", ""]
    assert sum("C'est parti" in text for text in room.texts(sofia.id)) == 1
    room.server.people.send_album(
        room.nadia.id, [PIXEL, PIXEL], "modèles", room.group, reply_to=photos[1].message_id
    )
    room.reply(room.nadia, photos[0], "et un mot")
    await room.comes(sofia.id, "et un mot")
    got = [m for m in room.seen(sofia.id) if m.sender_id == room.server.world.bot_id][-4:]
    assert [m.kind for m in got] == ["text", "photo", "photo", "text"]
    assert text_of(got[0].content) == "Nadia :"
    assert got[1].content["media_group_id"] == got[2].content["media_group_id"]


async def test_edits_follow_both_ways(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy, answer = await room.answered(sofia, "mardi")
    own = next(m for m in room.seen(sofia.id) if text_of(m.content) == "mardi")
    await room.settled()
    room.server.people.edit_text(sofia.id, own.message_id, "mercredi")
    await room.until(
        lambda: text_of(room.server.world.messages.need(room.group, copy.message_id).content).endswith(
            "mercredi"
        )
    )
    room.server.people.edit_text(room.nadia.id, answer.message_id, "Alors mercredi", room.group)
    edited = await room.comes(sofia.id, "Alors mercredi")
    assert text_of(edited.content).startswith("Nadia :")
    assert not room.find(sofia.id, "Réponse à mardi")


async def test_edited_captions_and_replaced_files_follow(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy = await room.writes(sofia, "Bonjour Nadia")
    people = room.server.people
    sent = people.send_photo(room.nadia.id, PIXEL, "avant", room.group, reply_to=copy.message_id)
    photo = await latest(room, sofia.id, "photo")
    people.edit_text(room.nadia.id, sent.message_id, "après", room.group)
    await room.comes(sofia.id, "après")
    people.edit_media(
        room.nadia.id, sent.message_id, Content.document(b"%PDF", "modele.pdf", "le modèle"), room.group
    )
    await room.comes(sofia.id, "le modèle")
    now = room.server.world.messages.need(sofia.id, photo.message_id)
    assert now.kind == "document"
    assert text_of(now.content) == "Nadia :\nle modèle"


async def test_what_is_no_answer_never_leaves_and_is_explained_once(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy, _ = await room.answered(sofia)
    people, thread = room.server.people, copy.thread_id
    before = len(room.seen(sofia.id))
    people.send_text(room.nadia.id, "entre nous", room.group, thread_id=thread)
    await room.comes(room.group, "Entre collègues")
    people.send_text(room.nadia.id, "encore entre nous", room.group, thread_id=thread)
    people.send_forwarded(room.nadia.id, "transféré", "Ali", room.group, reply_to=copy.message_id)
    people.send_text(room.nadia.id, "/note secret", room.group, reply_to=copy.message_id)
    people.send_text(room.nadia.id, "anonyme", room.group, reply_to=copy.message_id, anonymous=True)
    stranger = Seeker(room.server, "Inconnu")
    room.server.groups.join(room.group, stranger.id)
    people.send_text(stranger.id, "bonjour", room.group, reply_to=copy.message_id)
    people.send_text(room.karim.id, "je ne suis pas lié", room.group, reply_to=copy.message_id)
    await room.comes(room.group, "Nadia suit Sofia M. et peut")
    await room.settled()
    assert sum("Entre collègues" in text for text in room.texts(room.group)) == 1
    assert len(room.seen(sofia.id)) == before


async def test_the_write_button_opens_a_message_of_its_own(room: TeamRoom) -> None:
    sofia = await room.follow()
    card = await room.until(lambda: next((m for m in room.seen(room.group) if m.inline_keyboard), None))
    room.server.people.press(room.nadia.id, card.message_id, "Écrire", room.group)
    prompt = await room.comes(room.group, "répondez à ce message-ci")
    room.reply(room.nadia, prompt, "Comment ça va ?")
    assert text_of((await room.comes(sofia.id, "Comment ça va")).content).startswith("Nadia :")


async def test_who_blocks_bob_is_told_once_and_comes_back(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy, _ = await room.answered(sofia)
    room.server.people.block(sofia.id)
    await room.comes(room.group, "la discussion est bloquée")
    await room.until(lambda: room.topic(sofia).state == "closed")
    late = room.reply(room.nadia, copy, "Toujours là ?")
    await room.until(lambda: "👎" in room.reactions(room.group, late.message_id))
    await room.settled()
    assert sum("la discussion est bloquée" in text for text in room.texts(room.group)) == 1
    room.server.people.unblock(sofia.id)
    await room.comes(room.group, "est de retour")
    await room.until(lambda: room.topic(sofia).state == "open")
    assert room.link(sofia).cut_at is None


async def test_a_closed_topic_opens_when_the_person_writes(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy, _ = await room.answered(sofia)
    room.server.groups.close_topic(room.group, copy.thread_id or 0, room.nadia.id)
    await room.until(lambda: room.topic(sofia).state == "closed")
    await room.writes(sofia, "Encore une question")
    topic = room.server.world.chats.topic(room.group, copy.thread_id or 0)
    assert topic is not None
    assert not topic.closed


async def test_a_deleted_topic_is_made_again_once_then_asked_for_in_general(room: TeamRoom) -> None:
    sofia = await room.follow()
    await room.answered(sofia)
    people = room.server.people
    room.server.groups.delete_topic(room.group, room.topic(sofia).thread_id, room.nadia.id)
    await room.writes(sofia, "après le premier")
    room.server.groups.delete_topic(room.group, room.topic(sofia).thread_id, room.nadia.id)
    await sofia.say("/conseiller")
    await room.settled()
    await sofia.say("après le second")
    asked = await room.comes(room.group, "a été effacé deux fois")
    assert asked.thread_id is None
    people.press(room.nadia.id, asked.message_id, "Recréer", room.group)
    again = await room.comes(room.group, "après le second")
    assert again.thread_id == room.topic(sofia).thread_id is not None


async def test_both_who_follow_answer_each_by_name_in_order(room: TeamRoom) -> None:
    from storage import links

    sofia = await room.follow()
    karim = room.counsellor("Karim").id
    until = room.now.date() + timedelta(days=7)
    room.run(links.save, room.link(sofia).id, cover_id=karim, cover_until=until)
    copy = await room.writes(sofia, "Une question")
    room.reply(room.nadia, copy, "premier")
    await room.comes(sofia.id, "premier")
    room.reply(room.karim, copy, "second")
    await room.comes(sofia.id, "second")
    said = [text for text in room.texts(sofia.id) if "premier" in text or "second" in text]
    assert [text.split(" ")[0] for text in said] == ["Nadia", "Karim"]


async def test_words_in_private_go_to_the_counsellor_alone_and_back(room: TeamRoom) -> None:
    sofia = await room.follow(words_to="private")
    copy = await room.writes(sofia, "Rien que pour vous")
    assert text_of(copy.content).startswith("Sofia M. :")
    await room.comes(room.group, "Sofia M. a écrit en privé")
    assert not room.find(room.group, "Rien que pour vous")
    room.reply(room.nadia, copy, "Je garde cela")
    assert text_of((await room.comes(sofia.id, "Je garde cela")).content).startswith("Nadia :")
    assert not room.find(room.group, "Je garde cela")
    room.server.people.send_photo(
        sofia.id, caption="photo", reply_to=room.find(sofia.id, "Je garde cela").message_id
    )  # type: ignore[union-attr]
    await room.comes(room.nadia.id, "Sofia M. :\nphoto")


async def test_a_counsellor_who_blocked_bob_loses_no_private_message(room: TeamRoom) -> None:
    sofia = await room.follow(words_to="private")
    room.server.people.block(room.nadia.id)
    await sofia.say("/conseiller")
    await room.comes(sofia.id, "Envoyez votre message")
    await sofia.say("important")
    await room.comes(sofia.id, "ne reçoit pas mes messages privés")
    await room.comes(room.group, "notre discussion m'est fermée")
    assert not room.find(room.group, "important")
    await sofia.press("Envoyer à l'équipe")
    assert (await room.comes(room.group, "important")).thread_id == room.topic(sofia).thread_id


async def test_messages_are_taken_back_both_ways(room: TeamRoom) -> None:
    sofia = await room.follow()
    copy, answer = await room.answered(sofia, "à reprendre")
    await room.settled()
    room.server.people.send_text(room.nadia.id, "/effacer", room.group, reply_to=answer.message_id)
    await room.until(lambda: not room.find(sofia.id, "Réponse à à reprendre"))
    await room.comes(room.group, "C'est effacé")
    await sofia.press("Effacer ce message")
    await room.until(lambda: room.server.world.messages.find(room.group, copy.message_id) is None)
    await room.comes(sofia.id, "C'est effacé")


async def test_who_waits_for_two_working_days_brings_one_reminder(room: TeamRoom) -> None:
    sofia = await room.follow()
    await room.writes(sofia, "Une question")
    jump = room.server.jumps.jump
    await jump(room.now + timedelta(days=1, hours=20))
    assert not room.find(room.group, "Deux jours ouvrés")
    await jump(room.now + timedelta(days=9))
    await room.settled()
    assert sum("Deux jours ouvrés" in text for text in room.texts(room.group)) == 1
    assert room.link(sofia).reminded_at is not None


async def test_messages_that_wait_follow_a_group_to_its_new_id(home: Home) -> None:
    room = TeamRoom(home, forum=False)
    await room.open()
    sofia = await room.follow()
    copy = await room.writes(sofia, "Bonjour")
    assert text_of(copy.content).startswith("Sofia M. :")
    room.group = room.server.groups.migrate(room.group)
    await sofia.say("/conseiller")
    await sofia.say("pendant le déménagement")
    moved = await room.comes(room.group, "pendant le déménagement")
    await room.until(lambda: room.topic(sofia).chat_id == room.group)
    room.reply(room.nadia, moved, "bien reçu")
    await room.comes(sofia.id, "bien reçu")
