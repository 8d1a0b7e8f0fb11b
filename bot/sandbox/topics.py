"""Forum topics, as both the bot and people make and change them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import JSON, bad_request
from bot.sandbox.world import World
from bot.telegram.limits import TOPIC_ICON_COLORS, TOPIC_NAME_MAX, TOPIC_NAME_MIN


def checked_name(name: str) -> str:
    """The limit counts characters; refused in Telegram's words."""
    stripped = name.strip()
    if not TOPIC_NAME_MIN <= len(stripped) <= TOPIC_NAME_MAX:
        raise bad_request("topic name must be non-empty" if not stripped else "TOPIC_TITLE_TOO_LONG")
    return stripped


def create(
    world: World,
    chat: Chat,
    actor_id: int,
    name: str,
    color: int = TOPIC_ICON_COLORS[0],
    icon_custom_emoji_id: str | None = None,
) -> tuple[int, JSON]:
    """A new topic, announced by its first line: the line's id names the topic. Also what the line says."""
    created: JSON = {"name": name, "icon_color": color}
    if icon_custom_emoji_id:
        created["icon_custom_emoji_id"] = icon_custom_emoji_id
    message_id = world.messages.next_id(chat)
    world.chats.add_topic(Topic(chat.id, message_id, name, color, icon_custom_emoji_id, False, False))
    content = {"forum_topic_created": created}
    message = world.messages.add(
        chat, message_id, world.timestamp(), content, sender_id=actor_id, thread_id=message_id
    )
    world.show(message, "message")
    world.notify(message)
    world.event("topics", chat_id=chat.id)
    return message_id, created


def change(
    world: World, chat: Chat, thread_id: int, actor_id: int, service: str, details: JSON, **columns: Any
) -> None:
    """Set columns of the topic and say so in it by a service line."""
    world.chats.change_topic(chat.id, thread_id, **columns)
    world.service(chat, {service: details}, actor_id, thread_id)
    world.event("topics", chat_id=chat.id)


def delete(world: World, chat: Chat, thread_id: int) -> None:
    """The topic goes with all its messages; nobody is told."""
    for message in world.messages.in_topic(chat.id, thread_id):
        world.remove(message)
    world.chats.change_topic(chat.id, thread_id, deleted=1)
    world.event("topics", chat_id=chat.id)
