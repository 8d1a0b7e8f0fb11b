"""What the page is shown, as plain objects."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.errors import JSON
from bot.sandbox.jumps import Jumps
from bot.sandbox.methods.bot_profile import visible_commands
from bot.sandbox.people import People
from bot.sandbox.world import World

PAGE_OF_MESSAGES = 60
# The rights of the bot that the page lets people tick.
SHOWN_RIGHTS = ("can_manage_topics", "can_delete_messages", "can_pin_messages")


class Views:
    """Reads the world for the page."""

    def __init__(self, world: World, people: People, jumps: Jumps) -> None:
        self._world = world
        self._people = people
        self._jumps = jumps

    def state(self) -> JSON:
        """Everything but the messages."""
        return {
            "bot": self._bot(),
            "clock": self._jumps.state(),
            "people": [self._person(user) for user in self._world.chats.people()],
            "groups": [self._group(chat) for chat in self._world.chats.groups()],
            "channels": [self._channel(chat) for chat in self._world.chats.channels()],
        }

    def _bot(self) -> JSON:
        user = self._world.chats.user(self._world.bot_id)
        store = self._world.store
        texts = {code: store.get(f"description:{code}", "") for code in ("", "fr", "en")}
        return {
            "id": user["id"],
            "name": user["first_name"],
            "username": user["username"],
            "description": texts,
        }

    def _person(self, user: JSON) -> JSON:
        started = self._world.chats.find(user["id"]) is not None
        return {**user, "started": started, "blocked": self._people.has_blocked(user["id"])}

    def _group(self, chat: Chat) -> JSON:
        chats = self._world.chats
        members = [
            {**chats.user(user_id), "status": status, "manages_topics": self._manages(chat, user_id)}
            for user_id, status in chats.members(chat.id)
            if chats.is_present(chat.id, user_id)
        ]
        topics = [
            {
                "id": topic.thread_id,
                "name": topic.name,
                "color": f"#{topic.icon_color:06x}",
                "closed": topic.closed,
            }
            for topic in chats.topics(chat.id)
        ]
        return {
            "id": chat.id,
            "title": chat.title,
            "type": chat.type,
            "is_forum": chat.is_forum,
            "members": members,
            "topics": topics,
            "bot": self._bot_in(chat),
        }

    def _manages(self, chat: Chat, user_id: int) -> bool:
        return self._world.chats.has_right(chat.id, user_id, "can_manage_topics")

    def _bot_in(self, chat: Chat) -> JSON:
        """The bot's standing in a group: `status`, and which of the `SHOWN_RIGHTS` are ticked."""
        member = self._world.chats.member_json(chat.id, self._world.bot_id)
        rights = {name: bool(member.get(name)) for name in SHOWN_RIGHTS}
        return {"status": member["status"], "rights": rights}

    def _channel(self, chat: Chat) -> JSON:
        members = self._world.chats.members(chat.id)
        return {"id": chat.id, "title": chat.title, "owner_id": members[0][0] if members else None}

    def chat(self, chat_id: int, viewer_id: int, before: int | None, thread_id: int | None) -> JSON:
        """A page of messages (the last ones, or those before a message) and what surrounds them.

        `thread_id` 0 is the general topic of a forum; None means the whole chat.
        """
        messages = self._world.messages.page(chat_id, PAGE_OF_MESSAGES + 1, before, thread_id)
        shown = messages[-PAGE_OF_MESSAGES:]
        user = self._world.chats.user(viewer_id)
        pinned = self._world.messages.pinned(chat_id, thread_id)
        return {
            "messages": [self._world.view(message) for message in shown],
            "more": len(messages) > len(shown),
            "pinned": [self._world.view(message) for message in pinned],
            "commands": visible_commands(self._world, chat_id, viewer_id, user.get("language_code", "")),
            "keyboard": self._keyboard(chat_id, viewer_id),
        }

    def _keyboard(self, chat_id: int, viewer_id: int) -> JSON | None:
        """The reply keyboard, in private chats."""
        return self._people.reply_keyboard(viewer_id) if chat_id == viewer_id else None

    def message(self, chat_id: int, message_id: int) -> JSON:
        return self._world.view(self._world.messages.need(chat_id, message_id))


def number(value: Any) -> int | None:
    """A number from a query string; None for nothing."""
    return None if value in (None, "") else int(value)
