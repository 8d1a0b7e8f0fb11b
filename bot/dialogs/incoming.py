"""What a person did, as a plain value: the edge makes it from a Telegram update, the dialogues read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Every kind of event from a private chat that Bob tells apart."""

    TEXT = "text"
    COMMAND = "command"
    BUTTON = "button"
    VOICE = "voice"  # voice, audio, video note
    PHOTO = "photo"  # photo, video, animation
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    DOCUMENT = "document"
    FORWARDED = "forwarded"  # forwarded text keeps its text
    EDITED = "edited"  # an edited text message
    OTHER = "other"  # polls, dice, stories, service messages, what does not exist yet
    BLOCKED = "blocked"  # the person blocked the bot or deleted the chat
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed inline button, unpacked from its callback data."""

    dialogue: str
    version: int
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event of one person, in their private chat with Bob.

    `telegram_id` and `chat_id` never go further than the shell (`bot.turns`); dialogues see the rest.
    `command` has neither slash nor bot name ("start"), `text` then holds its argument. `press` is None for a button
    whose data cannot be unpacked (forged or of another age). `message_id`: the message that bears the button.
    """

    kind: Kind
    telegram_id: int
    chat_id: int
    text: str = ""
    command: str = ""
    press: Press | None = None
    message_id: int | None = None
    callback_id: str | None = None
    location: tuple[float, float] | None = None  # latitude, longitude in degrees; never stored
    sent_id: int | None = None  # of the person's own message, for the shell
    reply_to: int | None = None  # the message that theirs answers
    album: str | None = None  # what is sent together has the same
    later_of_album: bool = False  # an earlier one of the same album speaks for it
    media: str = ""  # for the shell: photo | document | voice..., "" for a text
    file_id: str | None = None  # for the shell
    client_language: str = ""  # IETF tag of the person's app, "" when Telegram does not tell
