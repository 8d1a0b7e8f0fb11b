"""Sending, copying, forwarding, editing and deleting, by the real aiogram client."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramForbiddenError, TelegramServerError
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from bot.sandbox import SandboxServer
from bot.sandbox.content import PIXEL
from bot.sandbox.errors import NOT_MODIFIED
from bot.sandbox.people import Person
from bot.telegram.limits import CAPTION_MAX, DELETE_BATCH_MAX, TEXT_MAX
from tests.sandbox.conftest import refused

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Oui", callback_data="y")]])


def photo(data: bytes = PIXEL) -> BufferedInputFile:
    return BufferedInputFile(data, "photo.png")


async def test_a_text_arrives_as_it_was_sent(server: SandboxServer, bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "<b>Bonjour</b> 👋 ", parse_mode="HTML", reply_markup=KEYBOARD)
    assert sent.text == "Bonjour 👋"
    assert sent.html_text == "<b>Bonjour</b> 👋"
    assert sent.chat.first_name == "Ana"
    assert sent.from_user is not None
    assert sent.from_user.username == "BobSandboxBot"
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == KEYBOARD.model_dump()
    assert server.calls[-1].method == "sendMessage"
    assert server.calls[-1].params["chat_id"] == ana.id
    assert server.calls[-1].result["message_id"] == sent.message_id


@pytest.mark.parametrize("length", [1, TEXT_MAX])
async def test_texts_of_permitted_length_are_accepted(bot: Bot, ana: Person, length: int) -> None:
    assert len((await bot.send_message(ana.id, "é" * length)).text or "") == length


async def test_length_is_counted_in_utf16_after_parsing(bot: Bot, ana: Person) -> None:
    half = TEXT_MAX // 2
    assert await bot.send_message(ana.id, "<b>" + "👋" * half + "</b>", parse_mode="HTML")
    await refused(bot.send_message(ana.id, "👋" * half + "a"), "message is too long")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", "message text is empty"), (" \n ", "text must be non-empty"), ("a" * 4097, "message is too long")],
)
async def test_empty_and_long_texts_are_refused(bot: Bot, ana: Person, text: str, refusal: str) -> None:
    await refused(bot.send_message(ana.id, text), refusal)


async def test_given_entities_are_kept_and_checked(bot: Bot, ana: Person) -> None:
    bold = MessageEntity(type="bold", offset=0, length=2)
    sent = await bot.send_message(ana.id, "👋 a", entities=[bold])
    assert sent.html_text == "<b>👋</b> a"
    beyond = MessageEntity(type="bold", offset=0, length=9)
    await refused(bot.send_message(ana.id, "court", entities=[beyond]), "entity beyond the text")


async def test_who_never_wrote_cannot_be_reached(server: SandboxServer, bot: Bot) -> None:
    stranger = server.people.create("Zoé")
    await refused(bot.send_message(stranger.id, "a"), "chat not found")
    await refused(bot.send_message(12345, "a"), "chat not found")
    await refused(bot.send_message("@somebody", "a"), "chat not found")


async def test_who_blocked_the_bot_gets_nothing(server: SandboxServer, bot: Bot, ana: Person) -> None:
    server.people.block(ana.id)
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(ana.id, "a")
    server.people.unblock(ana.id)
    assert await bot.send_message(ana.id, "a")


async def test_what_is_not_simulated_is_said_to_be_so(bot: Bot, ana: Person) -> None:
    with pytest.raises(TelegramServerError, match="does not simulate sendDice"):
        await bot.send_dice(ana.id)
    with pytest.raises(TelegramServerError, match="the parameter business_connection_id"):
        await bot.send_message(ana.id, "a", business_connection_id="x")


async def test_a_reply_shows_what_it_answers(server: SandboxServer, bot: Bot, ana: Person) -> None:
    question = server.people.send_text(ana.id, "Vous êtes là ?")
    sent = await bot.send_message(
        ana.id, "Oui", reply_parameters=ReplyParameters(message_id=question.message_id, quote="là")
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Vous êtes là ?"
    assert sent.quote is not None
    assert sent.quote.position == 10


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot, ana: Person) -> None:
    absent = ReplyParameters(message_id=999)
    await refused(bot.send_message(ana.id, "a", reply_parameters=absent), "message to be replied not found")
    tolerant = ReplyParameters(message_id=999, allow_sending_without_reply=True)
    assert (await bot.send_message(ana.id, "a", reply_parameters=tolerant)).reply_to_message is None


async def test_link_previews_and_protection_are_kept(bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(
        ana.id,
        "https://x.fr",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
    )
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled
    assert sent.has_protected_content
    await refused(bot.copy_message(ana.id, ana.id, sent.message_id), "the message can't be copied")


async def test_a_photo_can_be_sent_again_by_its_id(bot: Bot, ana: Person) -> None:
    sent = await bot.send_photo(ana.id, photo(), caption="<i>Progrès</i>", parse_mode="HTML")
    assert sent.photo is not None
    assert (sent.photo[0].width, sent.photo[0].height) == (1, 1)
    again = await bot.send_photo(ana.id, sent.photo[0].file_id)
    assert again.photo == sent.photo
    document = await bot.send_document(ana.id, BufferedInputFile(b"a", "a.txt"))
    assert document.document is not None
    await refused(
        bot.send_photo(ana.id, document.document.file_id), "can't use file of type Document as Photo"
    )


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", "file must be non-empty"),
        (b"text", "IMAGE_PROCESS_FAILED"),
        (PIXEL[:16] + (9000).to_bytes(4, "big") + (1001).to_bytes(4, "big"), "PHOTO_INVALID_DIMENSIONS"),
        (PIXEL[:16] + (21).to_bytes(4, "big") + (1).to_bytes(4, "big"), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_pictures_that_telegram_would_not_take(
    bot: Bot, ana: Person, data: bytes, refusal: str
) -> None:
    await refused(bot.send_photo(ana.id, photo(data)), refusal)


async def test_captions_have_their_own_limit(bot: Bot, ana: Person) -> None:
    assert await bot.send_photo(ana.id, photo(), caption="a" * CAPTION_MAX)
    await refused(bot.send_photo(ana.id, photo(), caption="a" * 1025), "message caption is too long")


async def test_a_document_is_downloaded_as_it_was_sent(server: SandboxServer, bot: Bot, ana: Person) -> None:
    received = server.people.send_document(ana.id, b"%PDF-1.7", "cv.pdf", "Mon CV")
    file = await bot.get_file(received.content["document"]["file_id"])
    assert file.file_path is not None
    downloaded = await bot.download_file(file.file_path)
    assert downloaded is not None
    assert downloaded.read() == b"%PDF-1.7"
    await refused(bot.get_file("nothing"), "wrong file identifier/HTTP URL specified")


async def test_a_copy_hides_its_origin_and_a_forward_shows_it(
    server: SandboxServer, bot: Bot, ana: Person, team: int
) -> None:
    written = server.people.send_text(ana.id, "Je voudrais parler à quelqu'un")
    copied = await bot.copy_message(team, ana.id, written.message_id)
    kept = server.world.messages.need(team, copied.message_id)
    assert kept.content == written.content
    forwarded = await bot.forward_message(team, ana.id, written.message_id)
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.sender_user.id == ana.id


@pytest.mark.parametrize(
    "kind", ["photo", "voice", "sticker", "contact", "location", "document", "forwarded"]
)
async def test_everything_people_send_can_be_copied(
    server: SandboxServer, bot: Bot, ana: Person, team: int, kind: str
) -> None:
    arguments: dict[str, tuple[Any, ...]] = {
        "contact": ("+33600000000", "Ana"),
        "location": (45.76, 4.83),
        "document": (b"a", "a.txt"),
        "forwarded": ("Offre", "Paul"),
    }
    sent = getattr(server.people, f"send_{kind}")(ana.id, *arguments.get(kind, ()))
    copied = await bot.copy_message(team, ana.id, sent.message_id)
    assert server.world.messages.need(team, copied.message_id).kind == sent.kind


async def test_a_copy_may_change_the_caption(server: SandboxServer, bot: Bot, ana: Person) -> None:
    sent = server.people.send_photo(ana.id, caption="Ancien")
    copied = await bot.copy_message(ana.id, ana.id, sent.message_id, caption="<b>Neuf</b>", parse_mode="HTML")
    assert server.world.messages.need(ana.id, copied.message_id).content["caption"] == "Neuf"


async def test_several_messages_are_copied_at_once_and_absent_ones_left_out(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    first = server.people.send_text(ana.id, "un").message_id
    second = server.people.send_text(ana.id, "deux").message_id
    assert len(await bot.copy_messages(ana.id, ana.id, [first, second, second + 50])) == 2
    assert len(await bot.forward_messages(ana.id, ana.id, [first])) == 1
    await refused(
        bot.copy_messages(ana.id, ana.id, [second, first]),
        "message identifiers must be in a strictly increasing order",
    )
    await refused(bot.copy_messages(ana.id, ana.id, [9001]), "there are no messages to copy")


async def test_what_is_not_there_cannot_be_copied_or_forwarded(bot: Bot, ana: Person) -> None:
    await refused(bot.copy_message(ana.id, ana.id, 999), "message to copy not found")
    await refused(bot.forward_message(ana.id, ana.id, 999), "message to forward not found")


async def test_an_edit_replaces_text_and_keyboard(server: SandboxServer, bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "avant", reply_markup=KEYBOARD)
    edited = await bot.edit_message_text("après", chat_id=ana.id, message_id=sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.text == "après"
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    kept = server.world.messages.need(ana.id, sent.message_id)
    assert kept.content["text"] == "après"


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "pareil", reply_markup=KEYBOARD)
    place = {"chat_id": ana.id, "message_id": sent.message_id}
    await refused(bot.edit_message_text("pareil", reply_markup=KEYBOARD, **place), NOT_MODIFIED)
    await refused(bot.edit_message_reply_markup(reply_markup=KEYBOARD, **place), NOT_MODIFIED)
    assert await bot.edit_message_reply_markup(reply_markup=None, **place)


async def test_captions_are_edited_by_their_own_method(bot: Bot, ana: Person) -> None:
    sent = await bot.send_photo(ana.id, photo(), caption="avant")
    place = {"chat_id": ana.id, "message_id": sent.message_id}
    edited = await bot.edit_message_caption(caption="après", **place)
    assert not isinstance(edited, bool)
    assert edited.caption == "après"
    await refused(bot.edit_message_text("texte", **place), "there is no text in the message to edit")
    text = await bot.send_message(ana.id, "texte")
    await refused(
        bot.edit_message_caption(caption="a", chat_id=ana.id, message_id=text.message_id),
        "there is no caption in the message to edit",
    )


async def test_only_own_messages_can_be_edited(server: SandboxServer, bot: Bot, ana: Person) -> None:
    theirs = server.people.send_text(ana.id, "de moi")
    own = {"chat_id": ana.id, "message_id": theirs.message_id}
    await refused(bot.edit_message_text("a", **own), "message can't be edited")
    absent = {"chat_id": ana.id, "message_id": 999}
    await refused(bot.edit_message_text("a", **absent), "message to edit not found")
    await refused(bot.edit_message_text("a", chat_id=ana.id), "message identifier is not specified")
    asked = await bot.send_message(ana.id, "Et ?", reply_markup=ForceReply())
    await refused(
        bot.edit_message_text("a", chat_id=ana.id, message_id=asked.message_id), "message can't be edited"
    )


async def test_a_deleted_message_is_gone(server: SandboxServer, bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "a")
    assert await bot.delete_message(ana.id, sent.message_id)
    assert server.world.messages.find(ana.id, sent.message_id) is None
    await refused(bot.delete_message(ana.id, sent.message_id), "message to delete not found")
    place = {"chat_id": ana.id, "message_id": sent.message_id}
    await refused(bot.edit_message_text("b", **place), "message to edit not found")


async def test_messages_older_than_two_days_stay(server: SandboxServer, bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "a")
    await server.jumps.jump(server.clock.now().replace(year=server.clock.now().year + 1, day=1))
    await refused(bot.delete_message(ana.id, sent.message_id), "message can't be deleted for everyone")
    assert await bot.delete_messages(ana.id, [sent.message_id])
    assert server.world.messages.find(ana.id, sent.message_id) is not None


async def test_deleting_many_ignores_absent_ones_and_has_a_limit(
    server: SandboxServer, bot: Bot, ana: Person
) -> None:
    sent = [(await bot.send_message(ana.id, str(number))).message_id for number in range(3)]
    assert await bot.delete_messages(ana.id, [*sent, 999])
    assert [message.kind for message in server.world.messages.history(ana.id)] == ["text"]
    too_many = list(range(1, DELETE_BATCH_MAX + 2))
    await refused(bot.delete_messages(ana.id, too_many), "too many message identifiers specified")


async def test_pins_are_announced_and_can_be_taken_back(server: SandboxServer, bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "à retenir")
    assert await bot.pin_chat_message(ana.id, sent.message_id)
    shown = await bot.get_chat(ana.id)
    assert shown.pinned_message is not None
    assert shown.pinned_message.message_id == sent.message_id
    announced = server.world.messages.history(ana.id)[-1]
    assert announced.content == {"pinned_message": sent.message_id}
    assert await bot.unpin_chat_message(ana.id)
    assert (await bot.get_chat(ana.id)).pinned_message is None
    await refused(bot.pin_chat_message(ana.id, 999), "message to pin not found")
    await refused(bot.unpin_chat_message(ana.id), "message to unpin not found")


async def test_reactions_are_one_known_emoji(server: SandboxServer, bot: Bot, ana: Person) -> None:
    written = server.people.send_text(ana.id, "a")
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert await bot.set_message_reaction(ana.id, written.message_id, reaction=thumb)
    stored = server.world.messages.need(ana.id, written.message_id)
    assert list(stored.reactions.values()) == [thumb]
    odd = [{"type": "emoji", "emoji": "🥕"}]
    await refused(bot.set_message_reaction(ana.id, written.message_id, reaction=odd), "REACTION_INVALID")
    await refused(
        bot.set_message_reaction(ana.id, written.message_id, reaction=thumb + thumb), "REACTIONS_TOO_MANY"
    )
    assert await bot.set_message_reaction(ana.id, written.message_id, reaction=[])
    assert server.world.messages.need(ana.id, written.message_id).reactions == {}


async def test_chat_actions_are_known_words(bot: Bot, ana: Person) -> None:
    assert await bot.send_chat_action(ana.id, ChatAction.TYPING)
    await refused(bot.send_chat_action(ana.id, "dancing"), "wrong parameter action in request")


async def test_message_ids_are_shared_by_private_chats_and_counted_apart_in_supergroups(
    server: SandboxServer, bot: Bot, ana: Person, team: int
) -> None:
    other = server.people.create("Léo")
    server.people.start(other.id)
    first = await bot.send_message(ana.id, "a")
    second = await bot.send_message(other.id, "b")
    in_group = await bot.send_message(team, "c")
    assert second.message_id == first.message_id + 1
    assert in_group.message_id == 2
