"""Telegram's updates of a private chat become `Incoming` values. Pure: nothing is asked or sent here."""

from __future__ import annotations

import re
from typing import Any

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, User

from bot.dialogs.incoming import Incoming, Kind
from bot.telegram import callbacks
from bot.telegram.cleaning import clean

LONGEST_TEXT = 16_384  # characters; Telegram's own limit is 4,096, a self-hosted server may have another
COMMAND = re.compile(r"/(?P<name>\w{1,64})(?:@\w{1,64})?(?:\s+(?P<argument>.*))?", re.DOTALL)
# The first field that is set tells the kind; an animation also sets `document`, a venue also `location`.
_KINDS = (
    ("voice", Kind.VOICE),
    ("audio", Kind.VOICE),
    ("video_note", Kind.VOICE),
    ("photo", Kind.PHOTO),
    ("video", Kind.PHOTO),
    ("animation", Kind.PHOTO),
    ("paid_media", Kind.PHOTO),
    ("sticker", Kind.STICKER),
    ("contact", Kind.CONTACT),
    ("location", Kind.LOCATION),
    ("document", Kind.DOCUMENT),
)


# What can be copied, by the field that is set; the more telling ones first (an animation also sets `document`).
_MEDIA = (
    "animation", "photo", "document", "voice", "video", "audio", "video_note", "sticker", "contact", "location", "poll",
)  # fmt: skip


def media_of(message: Message) -> tuple[str, str | None]:
    """What a message bears beside words, and its file; ("", None) for a text, and for what cannot be copied."""
    for name in _MEDIA:
        found = getattr(message, name)
        if found:
            last = found[-1] if isinstance(found, list) else found
            return name, getattr(last, "file_id", None)
    return "", None


def from_message(message: Message) -> Incoming | None:
    """What a message of a private chat says; None for what a bot wrote, Bob himself included."""
    if message.from_user is not None and message.from_user.is_bot:
        return None
    text = _text(message)
    if message.forward_origin is not None:
        return _event(Kind.FORWARDED, message, text=text)
    for field, kind in _KINDS:
        if getattr(message, field, None):
            return _event(kind, message, text=text, location=_location(message))
    if message.text is None:
        return _event(Kind.OTHER, message)
    command = COMMAND.fullmatch(text)
    if command is None:
        return _event(Kind.TEXT, message, text=text)
    argument = (command["argument"] or "").strip()
    return _event(Kind.COMMAND, message, text=argument, command=command["name"].lower())


def from_edited(message: Message) -> Incoming | None:
    """An edited text or caption. A live location is edited every few seconds: that says nothing."""
    if message.location is not None or (message.from_user is not None and message.from_user.is_bot):
        return None
    return _event(Kind.EDITED, message, text=_text(message))


def from_callback(callback: CallbackQuery) -> Incoming:
    """A pressed button. Its message may be too old to be read (id and chat remain), or be absent."""
    message = callback.message
    return Incoming(
        kind=Kind.BUTTON,
        telegram_id=callback.from_user.id,
        chat_id=message.chat.id if message is not None else callback.from_user.id,
        press=callbacks.unpack(callback.data),
        message_id=message.message_id if message is not None else None,
        callback_id=callback.id,
        client_language=_language(callback.from_user),
    )


def from_member(change: ChatMemberUpdated) -> Incoming:
    """The person blocked Bob or deleted the chat, or came back."""
    gone = change.new_chat_member.status in (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)
    return Incoming(
        kind=Kind.BLOCKED if gone else Kind.UNBLOCKED,
        telegram_id=change.from_user.id,
        chat_id=change.chat.id,
        client_language=_language(change.from_user),
    )


def from_unreadable(raw: dict[str, Any]) -> Incoming | None:
    """An update of a shape that the library does not know: who sent it and, for a button, which one.

    None unless it is a message or a press in a private chat.
    """
    pressed = isinstance(raw.get("callback_query"), dict)
    event = _part(raw, "callback_query" if pressed else "message")
    message = _part(event, "message") if pressed else event
    sender, chat = _part(event, "from"), _part(message, "chat")
    person = sender.get("id")
    private = chat.get("type") == ChatType.PRIVATE or (pressed and not chat)
    if not isinstance(person, int) or sender.get("is_bot") or not private:
        return None
    if not pressed:
        return Incoming(Kind.OTHER, telegram_id=person, chat_id=person)
    data, callback_id = event.get("data"), event.get("id")
    return Incoming(
        Kind.BUTTON,
        telegram_id=person,
        chat_id=person,
        press=callbacks.unpack(data) if isinstance(data, str) else None,
        message_id=message.get("message_id"),
        callback_id=callback_id if isinstance(callback_id, str) else None,
    )


def sender_of(raw: dict[str, Any]) -> int | None:
    """Whose update this is: the person, else the chat, else nobody. Works on any kind of update."""
    for name, event in raw.items():
        if name != "update_id" and isinstance(event, dict):
            for part in ("from", "user", "chat"):
                identity = _part(event, part).get("id")
                if isinstance(identity, int):
                    return identity
    return None


def kind_of(raw: dict[str, Any]) -> str:
    """The type of an update, e.g. "message"; "unknown" when it names none."""
    return next((name for name in raw if name != "update_id"), "unknown")


def _event(kind: Kind, message: Message, **values: Any) -> Incoming:
    person = message.from_user
    answered = message.reply_to_message
    media, file_id = media_of(message)
    return Incoming(
        sent_id=message.message_id,
        reply_to=answered.message_id if answered is not None else None,
        album=message.media_group_id,
        media=media,
        file_id=file_id,
        kind=kind,
        telegram_id=person.id if person is not None else message.chat.id,
        chat_id=message.chat.id,
        client_language=_language(person),
        **values,
    )


def _text(message: Message) -> str:
    return clean((message.text or message.caption or "")[:LONGEST_TEXT])


def _location(message: Message) -> tuple[float, float] | None:
    place = message.location
    return (place.latitude, place.longitude) if place is not None else None


def _language(person: User | None) -> str:
    return clean((person.language_code or "")[:35]) if person is not None else ""


def _part(event: Any, name: str) -> dict[str, Any]:
    part = event.get(name) if isinstance(event, dict) else None
    return part if isinstance(part, dict) else {}
