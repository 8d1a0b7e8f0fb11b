"""What happened in a group, or to the bot there, as a plain value: the edge makes it from a Telegram update."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogs.incoming import Press


class GroupKind(StrEnum):
    """Every kind of event of a group that is told apart."""

    TEXT = "text"
    COMMAND = "command"
    MEDIA = "media"  # photo, document, voice, video, sticker...: what can be copied
    EDITED = "edited"
    BUTTON = "button"
    REACTION = "reaction"
    JOINED = "joined"
    LEFT = "left"
    BOT = "bot"  # the bot's own place or rights in the group changed
    MIGRATED = "migrated"
    TOPIC_CLOSED = "topic_closed"
    TOPIC_REOPENED = "topic_reopened"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class GroupEvent:
    """One event of one chat. What stands for nobody in particular has no `sender_id`: anonymous admins, channels.

    `reply_to`: the message that it answers, but for the first line of a topic. `thread_id`: the topic; None in General.
    `reply_by`: who wrote what it answers.
    `message_id`: of the message itself, of the one that bears a pressed button, or of the one reacted to.
    `member_id`: who joined or left. `rights` (of BOT): the names of the bot's rights; None when it is not in the group.
    """

    kind: GroupKind
    chat_id: int
    sender_id: int | None = None
    sender_name: str = ""
    is_forum: bool = False
    thread_id: int | None = None
    message_id: int | None = None
    reply_to: int | None = None
    reply_by: int | None = None
    text: str = ""
    command: str = ""
    media: str = ""  # photo | document | voice | video | audio | animation | sticker | video_note | other
    file_id: str | None = None
    album: str | None = None
    press: Press | None = None
    callback_id: str | None = None
    emoji: tuple[str, ...] = ()
    member_id: int | None = None
    member_is_bot: bool = False
    new_chat_id: int | None = None
    forwarded: bool = False  # somebody else's words, which are handed on to nobody
    rights: frozenset[str] | None = None
