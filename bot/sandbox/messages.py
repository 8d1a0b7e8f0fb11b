"""Messages as rows and as `Message` objects of the Bot API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.chats import Chat, Chats
from bot.sandbox.errors import JSON
from bot.sandbox.store import Store

SERVICE = frozenset(
    [
        "new_chat_members",
        "left_chat_member",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "group_chat_created",
        "supergroup_chat_created",
    ]
)
# What a message can be made of, besides its text.
MEDIA = ("photo", "document", "voice", "sticker", "contact", "location", "video", "audio", "venue", "poll")
BEYOND_ALL_IDS = 2**62
CAPTIONED = frozenset({"photo", "document", "voice", "video", "audio"})


@dataclass(frozen=True)
class Message:
    """One message; `content` holds the fields of the Bot API that say what is in it (text, photo, ...)."""

    chat_id: int
    message_id: int
    sender_id: int | None
    sender_chat_id: int | None
    date: int
    edit_date: int | None
    thread_id: int | None
    reply_to: int | None
    content: JSON
    inline_keyboard: JSON | None
    reply_keyboard: JSON | None
    pinned: bool
    deleted: bool
    reactions: dict[str, list[JSON]]
    author_id: int | None  # the person who wrote what a group or a channel signs; else the sender

    @property
    def is_service(self) -> bool:
        return bool(SERVICE & self.content.keys())

    @property
    def kind(self) -> str:
        """`text`, a media name, or `service`."""
        if self.is_service:
            return "service"
        return next((name for name in MEDIA if name in self.content), "text")


class Messages:
    """The messages of all chats."""

    def __init__(self, store: Store, chats: Chats) -> None:
        self._store = store
        self._chats = chats

    def next_id(self, chat: Chat) -> int:
        """Counted per supergroup; one common count for all other chats, as for a real account."""
        if chat.type != "supergroup":
            return self._store.next_number("next_message_id")
        number = int(self._store.value("SELECT next_message_id FROM chats WHERE id = ?", chat.id))
        self._store.run("UPDATE chats SET next_message_id = ? WHERE id = ?", number + 1, chat.id)
        return number

    def add(
        self,
        chat: Chat,
        message_id: int,
        date: int,
        content: JSON,
        *,
        sender_id: int | None,
        sender_chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        inline_keyboard: JSON | None = None,
        reply_keyboard: JSON | None = None,
        author_id: int | None = None,
    ) -> Message:
        self._store.run(
            "INSERT INTO messages "
            "(chat_id, message_id, sender_id, sender_chat_id, date, thread_id, reply_to, content, "
            "inline_keyboard, reply_keyboard, author_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            chat.id,
            message_id,
            sender_id,
            sender_chat_id,
            date,
            thread_id,
            reply_to,
            json.dumps(content),
            _dumped(inline_keyboard),
            _dumped(reply_keyboard),
            author_id,
        )
        return self.need(chat.id, message_id)

    def find(self, chat_id: int, message_id: int, *, deleted: bool = False) -> Message | None:
        """The message, None if there is none; a deleted one only when asked for."""
        row = self._store.row(
            "SELECT * FROM messages WHERE chat_id = ? AND message_id = ?", chat_id, message_id
        )
        if row is None or (row["deleted"] and not deleted):
            return None
        return _message(row)

    def need(self, chat_id: int, message_id: int) -> Message:
        found = self.find(chat_id, message_id)
        if found is None:
            raise LookupError(f"no message {message_id} in chat {chat_id}")
        return found

    def change(self, message: Message, **fields: Any) -> Message:
        """Set columns of the message: content, inline_keyboard, edit_date, pinned, deleted, reactions."""
        stored = {
            name: json.dumps(value) if isinstance(value, dict) else value for name, value in fields.items()
        }
        self._store.change("messages", {"chat_id": message.chat_id, "message_id": message.message_id}, stored)
        found = self.find(message.chat_id, message.message_id, deleted=True)
        assert found is not None
        return found

    def history(self, chat_id: int, limit: int | None = None) -> list[Message]:
        """Messages of a chat, oldest first; only the last `limit` when given."""
        rows = self._store.rows(
            "SELECT * FROM messages WHERE chat_id = ? AND deleted = 0 ORDER BY message_id DESC LIMIT ?",
            chat_id,
            -1 if limit is None else limit,
        )
        return [_message(row) for row in reversed(rows)]

    def page(self, chat_id: int, size: int, before: int | None, thread_id: int | None) -> list[Message]:
        """The last `size` messages, or those before a message; `thread_id` 0: those outside all topics."""
        rows = self._store.rows(
            "SELECT * FROM messages WHERE chat_id = ? AND deleted = 0 AND message_id < ? "
            "AND (? IS NULL OR coalesce(thread_id, 0) = ?) ORDER BY message_id DESC LIMIT ?",
            chat_id,
            BEYOND_ALL_IDS if before is None else before,
            thread_id,
            thread_id,
            size,
        )
        return [_message(row) for row in reversed(rows)]

    def pinned(self, chat_id: int, thread_id: int | None) -> list[Message]:
        """Pinned messages, oldest first; of one topic (0: the general one) when given."""
        rows = self._store.rows(
            "SELECT * FROM messages WHERE chat_id = ? AND pinned = 1 AND deleted = 0 "
            "AND (? IS NULL OR coalesce(thread_id, 0) = ?) ORDER BY message_id",
            chat_id,
            thread_id,
            thread_id,
        )
        return [_message(row) for row in rows]

    def last_keyboard(self, chat_id: int) -> JSON | None:
        """The latest reply keyboard, or its removal; forced replies do not count."""
        stored = self._store.value(
            "SELECT reply_keyboard FROM messages WHERE chat_id = ? AND deleted = 0 AND reply_keyboard IS NOT NULL "
            "AND json_extract(reply_keyboard, '$.force_reply') IS NULL ORDER BY message_id DESC LIMIT 1",
            chat_id,
        )
        return _loaded(stored)

    def in_topic(self, chat_id: int, thread_id: int) -> list[Message]:
        rows = self._store.rows(
            "SELECT * FROM messages WHERE chat_id = ? AND thread_id = ? AND deleted = 0", chat_id, thread_id
        )
        return [_message(row) for row in rows]

    def last_pinned(self, chat_id: int) -> Message | None:
        row = self._store.row(
            "SELECT * FROM messages WHERE chat_id = ? AND pinned = 1 AND deleted = 0 "
            "ORDER BY message_id DESC LIMIT 1",
            chat_id,
        )
        return _message(row) if row else None

    def json(self, message: Message, *, with_reply: bool = True) -> JSON:
        """A `Message` object, the replied-to message without its own reply."""
        chat = self._chats.find(message.chat_id)
        assert chat is not None
        body: JSON = {
            "message_id": message.message_id,
            "date": message.date,
            "chat": self._chats.chat_json(chat),
        }
        if message.sender_id is not None:
            body["from"] = self._chats.user(message.sender_id)
        if message.sender_chat_id is not None:
            sender_chat = self._chats.find(message.sender_chat_id)
            assert sender_chat is not None
            body["sender_chat"] = self._chats.chat_json(sender_chat)
        if message.thread_id is not None:
            body["message_thread_id"] = message.thread_id
            body["is_topic_message"] = True
        elif message.reply_to is not None and chat.type == "supergroup" and not chat.is_forum:
            body["message_thread_id"] = self._root(message)
        if message.edit_date is not None:
            body["edit_date"] = message.edit_date
        replied = self._replied(message, chat) if with_reply else None
        if replied is not None:
            body["reply_to_message"] = self.json(replied, with_reply=False)
        body.update(message.content)
        if "pinned_message" in body:
            body["pinned_message"] = self._pinned_json(message)
        if message.inline_keyboard is not None:
            body["reply_markup"] = message.inline_keyboard
        return body

    def _replied(self, message: Message, chat: Chat) -> Message | None:
        """In a topic, what replies to nothing is shown to bots as a reply to the topic's first line."""
        if message.reply_to is not None:
            return self.find(message.chat_id, message.reply_to)
        if chat.is_forum and message.thread_id not in (None, message.message_id):
            return self.find(message.chat_id, message.thread_id or 0)
        return None

    def _root(self, message: Message) -> int:
        """Without topics, replies in a supergroup hang together under the first message that was answered."""
        found: Message | None = message
        root = message.message_id
        while found is not None and found.reply_to is not None:
            root = found.reply_to
            found = self.find(message.chat_id, root, deleted=True)
        return root

    def album(self, message: Message) -> list[Message]:
        """The messages that were sent together with this one, itself included, in order; alone when it was."""
        group_id = message.content.get("media_group_id")
        if group_id is None:
            return [message]
        rows = self._store.rows(
            "SELECT * FROM messages WHERE chat_id = ? AND deleted = 0 "
            "AND json_extract(content, '$.media_group_id') = ? ORDER BY message_id",
            message.chat_id,
            group_id,
        )
        return [_message(row) for row in rows]

    def _pinned_json(self, message: Message) -> JSON:
        pinned = self.find(message.chat_id, message.content["pinned_message"])
        if pinned is None:
            return self.inaccessible(message.chat_id, message.content["pinned_message"])
        return self.json(pinned, with_reply=False)

    def inaccessible(self, chat_id: int, message_id: int) -> JSON:
        """What is left of a message that was deleted (`InaccessibleMessage`)."""
        chat = self._chats.find(chat_id)
        assert chat is not None
        return {"chat": self._chats.chat_json(chat), "message_id": message_id, "date": 0}


def _dumped(value: JSON | None) -> str | None:
    return None if value is None else json.dumps(value)


def _loaded(value: str | None) -> JSON | None:
    return None if value is None else json.loads(value)


def _message(row: Any) -> Message:
    return Message(
        row["chat_id"],
        row["message_id"],
        row["sender_id"],
        row["sender_chat_id"],
        row["date"],
        row["edit_date"],
        row["thread_id"],
        row["reply_to"],
        json.loads(row["content"]),
        _loaded(row["inline_keyboard"]),
        _loaded(row["reply_keyboard"]),
        bool(row["pinned"]),
        bool(row["deleted"]),
        json.loads(row["reactions"]),
        row["author_id"] or row["sender_id"],
    )
