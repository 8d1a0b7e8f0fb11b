"""Telegram's updates of a group become `GroupEvent` values. Pure: nothing is asked or sent here."""

from __future__ import annotations

from typing import Any

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    User,
)

from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.telegram import callbacks
from bot.telegram.cleaning import clean
from bot.telegram.incoming import COMMAND, LONGEST_TEXT, media_of

GROUPS = frozenset((ChatType.GROUP, ChatType.SUPERGROUP))
PRESENT = frozenset((ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER))
ANONYMOUS = 1087968824  # GroupAnonymousBot, in whose name hidden administrators speak


def from_message(message: Message, *, edited: bool = False) -> GroupEvent:
    """A message of a group, service messages included."""
    if message.migrate_to_chat_id is not None:
        return _event(GroupKind.MIGRATED, message, new_chat_id=message.migrate_to_chat_id)
    if message.new_chat_members:
        came = message.new_chat_members[0]
        return _event(GroupKind.JOINED, message, member_id=came.id, member_is_bot=came.is_bot)
    if message.left_chat_member is not None:
        gone = message.left_chat_member
        return _event(GroupKind.LEFT, message, member_id=gone.id, member_is_bot=gone.is_bot)
    if message.forum_topic_closed is not None:
        return _event(GroupKind.TOPIC_CLOSED, message)
    if message.forum_topic_reopened is not None:
        return _event(GroupKind.TOPIC_REOPENED, message)
    text = clean((message.text or message.caption or "")[:LONGEST_TEXT])
    media, file_id = media_of(message)
    if edited:
        return _event(GroupKind.EDITED, message, text=text, media=media, file_id=file_id)
    if media:
        return _event(GroupKind.MEDIA, message, text=text, media=media, file_id=file_id)
    if message.text is None:
        return _event(GroupKind.OTHER, message)
    command = COMMAND.fullmatch(text) if message.forward_origin is None else None
    if command is None:
        return _event(GroupKind.TEXT, message, text=text)
    argument = (command["argument"] or "").strip()
    return _event(GroupKind.COMMAND, message, text=argument, command=command["name"].lower())


def from_callback(callback: CallbackQuery) -> GroupEvent | None:
    """A pressed button under a message of a group."""
    message = callback.message
    if message is None:
        return None
    written = message if isinstance(message, Message) else None
    return GroupEvent(
        GroupKind.BUTTON,
        message.chat.id,
        sender_id=_person(callback.from_user),
        sender_name=_name(callback.from_user),
        is_forum=bool(message.chat.is_forum),
        thread_id=_thread(written) if written is not None else None,
        message_id=message.message_id,
        press=callbacks.unpack(callback.data),
        callback_id=callback.id,
    )


def from_member(change: ChatMemberUpdated, *, own: bool) -> GroupEvent | None:
    """Somebody came, left, or was removed; or (`own`) the bot's own place or rights have changed."""
    now = change.new_chat_member
    if own:
        rights = None
        if now.status in PRESENT:
            names = (name for name in type(now).model_fields if name.startswith("can_"))
            rights = frozenset(name for name in names if getattr(now, name))
        return _member_event(GroupKind.BOT, change, rights=rights)
    there, was_there = _is_in(now), _is_in(change.old_chat_member)
    if there == was_there:
        return None
    kind = GroupKind.JOINED if there else GroupKind.LEFT
    return _member_event(kind, change, member_id=now.user.id, member_is_bot=now.user.is_bot)


def from_reaction(change: MessageReactionUpdated) -> GroupEvent:
    """Somebody put a reaction on a message, or took it back."""
    emoji = tuple(each.emoji for each in change.new_reaction if isinstance(each, ReactionTypeEmoji))
    return GroupEvent(
        GroupKind.REACTION,
        change.chat.id,
        sender_id=_person(change.user) if change.user is not None else None,
        is_forum=bool(change.chat.is_forum),
        message_id=change.message_id,
        emoji=emoji,
    )


def is_group(chat: Chat) -> bool:
    """Whether this is a group; channels are none."""
    return chat.type in GROUPS


def _is_in(member: Any) -> bool:
    return member.status in PRESENT or bool(getattr(member, "is_member", False))


def _member_event(kind: GroupKind, change: ChatMemberUpdated, **values: Any) -> GroupEvent:
    return GroupEvent(
        kind,
        change.chat.id,
        sender_id=_person(change.from_user),
        sender_name=_name(change.from_user),
        is_forum=bool(change.chat.is_forum),
        **values,
    )


def _event(kind: GroupKind, message: Message, **values: Any) -> GroupEvent:
    nobody = message.sender_chat is not None or message.from_user is None
    return GroupEvent(
        kind,
        message.chat.id,
        sender_id=None if nobody else _person(message.from_user),
        sender_name=_name(message.from_user),
        is_forum=bool(message.chat.is_forum),
        thread_id=_thread(message),
        message_id=message.message_id,
        reply_to=_reply_to(message),
        reply_by=_person(message.reply_to_message.from_user)
        if message.reply_to_message is not None
        else None,
        album=message.media_group_id,
        forwarded=message.forward_origin is not None,
        **values,
    )


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def _reply_to(message: Message) -> int | None:
    """What it answers. In a topic, what answers nothing is shown as an answer to the topic's first line."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return None
    return answered.message_id


def _person(user: User | None) -> int | None:
    """Anonymous administrators and bots are nobody in particular."""
    return None if user is None or user.is_bot or user.id == ANONYMOUS else user.id


def _name(user: User | None) -> str:
    return clean((user.first_name or "")[:64]) if user is not None else ""
