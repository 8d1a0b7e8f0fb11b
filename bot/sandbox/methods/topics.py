"""Forum topics."""

from __future__ import annotations

from typing import Any

from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    DeleteForumTopic,
    EditForumTopic,
    ReopenForumTopic,
)

from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.methods.target import reachable
from bot.telegram.limits import GENERAL_TOPIC_ID, TOPIC_ICON_COLORS, TOPIC_NAME_MAX, TOPIC_NAME_MIN


def create_forum_topic(context: Context, call: CreateForumTopic) -> JSON:
    world = context.world
    chat = _forum(context, call.chat_id)
    name = _name(call.name)
    color = TOPIC_ICON_COLORS[0] if call.icon_color is None else call.icon_color
    if color not in TOPIC_ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    created: JSON = {"name": name, "icon_color": color}
    if call.icon_custom_emoji_id:
        created["icon_custom_emoji_id"] = call.icon_custom_emoji_id
    message_id = world.messages.next_id(chat)
    world.chats.add_topic(Topic(chat.id, message_id, name, color, call.icon_custom_emoji_id, False, False))
    message = world.messages.add(
        chat,
        message_id,
        world.timestamp(),
        {"forum_topic_created": created},
        sender_id=world.bot_id,
        thread_id=message_id,
    )
    world.show(message, "message")
    world.notify(message)
    world.event("topics", chat_id=chat.id)
    return {"message_thread_id": message_id, **created}


def edit_forum_topic(context: Context, call: EditForumTopic) -> bool:
    chat, topic = _topic(context, call)
    changes: JSON = {}
    if call.name is not None and _name(call.name) != topic.name:
        changes["name"] = _name(call.name)
    if call.icon_custom_emoji_id is not None and call.icon_custom_emoji_id != (
        topic.icon_custom_emoji_id or ""
    ):
        changes["icon_custom_emoji_id"] = call.icon_custom_emoji_id
    if not changes:
        raise bad_request("TOPIC_NOT_MODIFIED")
    _change(context, chat, topic, "forum_topic_edited", changes, **changes)
    return True


def close_forum_topic(context: Context, call: CloseForumTopic) -> bool:
    chat, topic = _topic(context, call)
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    _change(context, chat, topic, "forum_topic_closed", {}, closed=1)
    return True


def reopen_forum_topic(context: Context, call: ReopenForumTopic) -> bool:
    chat, topic = _topic(context, call)
    if not topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    _change(context, chat, topic, "forum_topic_reopened", {}, closed=0)
    return True


def delete_forum_topic(context: Context, call: DeleteForumTopic) -> bool:
    """The topic goes with all its messages."""
    world = context.world
    chat, topic = _topic(context, call, right="can_delete_messages")
    for message in world.messages.in_topic(chat.id, topic.thread_id):
        world.remove(message)
    world.chats.change_topic(chat.id, topic.thread_id, deleted=1)
    world.event("topics", chat_id=chat.id)
    return True


def _forum(context: Context, chat_id: int | str, right: str = "can_manage_topics") -> Chat:
    world = context.world
    chat = reachable(world, chat_id)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not world.chats.has_right(chat.id, world.bot_id, right):
        raise bad_request("not enough rights to manage topics in the chat")
    return chat


def _topic(context: Context, call: Any, right: str = "can_manage_topics") -> tuple[Chat, Topic]:
    chat = _forum(context, call.chat_id, right)
    topic = context.world.chats.topic(chat.id, call.message_thread_id)
    if topic is None or call.message_thread_id == GENERAL_TOPIC_ID:
        raise bad_request("message thread not found")
    return chat, topic


def _name(name: str) -> str:
    """The limit counts characters."""
    stripped = name.strip()
    if not TOPIC_NAME_MIN <= len(stripped) <= TOPIC_NAME_MAX:
        raise bad_request("topic name must be non-empty" if not stripped else "TOPIC_TITLE_TOO_LONG")
    return stripped


def _change(context: Context, chat: Chat, topic: Topic, service: str, details: JSON, **columns: Any) -> None:
    context.world.chats.change_topic(chat.id, topic.thread_id, **columns)
    context.world.service(chat, {service: details}, context.world.bot_id, topic.thread_id)
    context.world.event("topics", chat_id=chat.id)


HANDLERS: dict[str, Handler] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
