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

from bot.sandbox import topics
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.methods.table import Context, Handler
from bot.sandbox.methods.target import reachable
from bot.telegram.limits import GENERAL_TOPIC_ID, TOPIC_ICON_COLORS


def create_forum_topic(context: Context, call: CreateForumTopic) -> JSON:
    world = context.world
    chat = _forum(context, call.chat_id)
    name = topics.checked_name(call.name)
    color = TOPIC_ICON_COLORS[0] if call.icon_color is None else call.icon_color
    if color not in TOPIC_ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    thread_id, created = topics.create(world, chat, world.bot_id, name, color, call.icon_custom_emoji_id)
    return {"message_thread_id": thread_id, **created}


def edit_forum_topic(context: Context, call: EditForumTopic) -> bool:
    chat, topic = _topic(context, call)
    changes: JSON = {}
    if call.name is not None and topics.checked_name(call.name) != topic.name:
        changes["name"] = topics.checked_name(call.name)
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
    chat, topic = _topic(context, call, right="can_delete_messages")
    topics.delete(context.world, chat, topic.thread_id)
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


def _change(context: Context, chat: Chat, topic: Topic, service: str, details: JSON, **columns: Any) -> None:
    world = context.world
    topics.change(world, chat, topic.thread_id, world.bot_id, service, details, **columns)


HANDLERS: dict[str, Handler] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
