"""People, chats, memberships and topics, as rows and as the objects of the Bot API."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.errors import JSON, bad_request, migrated
from bot.sandbox.store import Store

ADMIN_RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
    "can_manage_tags": False,
}
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
GROUP_TYPES = frozenset({"group", "supergroup"})
FIRST_PERSON_ID = 5_100_000_001  # beyond 32 bits, as many real ids are
FIRST_GROUP_ID = 4_200_001
FIRST_SUPERGROUP_ID = 2_300_000_001
# The accounts that stand as senders for administrators who stay anonymous, and for channels.
ANONYMOUS_ADMIN_ID = 1087968824
CHANNEL_BOT_ID = 136817688
SPEAKERS: dict[int, JSON] = {
    ANONYMOUS_ADMIN_ID: {"is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    CHANNEL_BOT_ID: {"is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
}


@dataclass(frozen=True)
class Chat:
    id: int
    type: str
    title: str | None
    is_forum: bool
    migrated_to: int | None

    @property
    def is_private(self) -> bool:
        return self.type == "private"


@dataclass(frozen=True)
class Topic:
    chat_id: int
    thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None
    closed: bool
    deleted: bool


class Chats:
    """Who exists and who is where."""

    def __init__(self, store: Store, bot_id: int) -> None:
        self._store = store
        self.bot_id = bot_id

    # People

    def add_user(self, user_id: int, first_name: str, created_at: datetime, **fields: Any) -> None:
        self._store.run(
            "INSERT OR IGNORE INTO users "
            "(id, is_bot, first_name, last_name, username, language_code, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            user_id,
            int(fields.get("is_bot", False)),
            first_name,
            fields.get("last_name"),
            fields.get("username"),
            fields.get("language_code"),
            created_at.isoformat(),
        )

    def user(self, user_id: int) -> JSON:
        """A `User` object; raises LookupError for nobody."""
        if user_id in SPEAKERS:
            return {"id": user_id, **SPEAKERS[user_id]}
        row = self._store.row("SELECT * FROM users WHERE id = ?", user_id)
        if row is None:
            raise LookupError(f"no person {user_id}")
        found: JSON = {"id": row["id"], "is_bot": bool(row["is_bot"]), "first_name": row["first_name"]}
        for field in ("last_name", "username", "language_code"):
            if row[field]:
                found[field] = row[field]
        return found

    def ids_of_username(self, username: str) -> set[int]:
        """Who has this name, without its @; capitals do not count."""
        rows = self._store.rows("SELECT id FROM users WHERE lower(username) = lower(?)", username)
        return {row["id"] for row in rows}

    def people(self) -> list[JSON]:
        """All persons (no bots), oldest first."""
        rows = self._store.rows("SELECT id FROM users WHERE is_bot = 0 ORDER BY created_at, id")
        return [self.user(row["id"]) for row in rows]

    # Chats

    def add_chat(self, chat_id: int, kind: str, title: str | None = None, is_forum: bool = False) -> None:
        self._store.run(
            "INSERT OR IGNORE INTO chats (id, type, title, is_forum) VALUES (?, ?, ?, ?)",
            chat_id,
            kind,
            title,
            int(is_forum),
        )

    def find(self, chat_id: int) -> Chat | None:
        row = self._store.row("SELECT * FROM chats WHERE id = ?", chat_id)
        if row is None:
            return None
        return Chat(row["id"], row["type"], row["title"], bool(row["is_forum"]), row["migrated_to"])

    def chat(self, chat_id: int | str) -> Chat:
        """The chat that a call names; refuses as Telegram does. Only public groups have names, and none is here."""
        if isinstance(chat_id, str) and not chat_id.strip():
            raise bad_request("chat_id is empty")
        found = self.find(chat_id) if isinstance(chat_id, int) else None
        if found is None:
            raise bad_request("chat not found")
        if found.migrated_to is not None:
            raise migrated(found.migrated_to)
        return found

    def open(self, chat_id: int) -> Chat:
        """A chat that people can still use; raises LookupError otherwise."""
        found = self.find(chat_id)
        if found is None or found.migrated_to is not None:
            raise LookupError(f"no chat {chat_id}")
        return found

    def groups(self) -> list[Chat]:
        """Groups that people can use, oldest first."""
        return self._of_types(GROUP_TYPES)

    def channels(self) -> list[Chat]:
        return self._of_types({"channel"})

    def _of_types(self, types: Set[str]) -> list[Chat]:
        rows = self._store.rows("SELECT id FROM chats WHERE migrated_to IS NULL ORDER BY rowid")
        found = [chat for row in rows if (chat := self.find(row["id"]))]
        return [chat for chat in found if chat.type in types]

    def set_forum(self, chat_id: int) -> None:
        self._store.run("UPDATE chats SET is_forum = 1 WHERE id = ?", chat_id)

    def set_migrated(self, chat_id: int, new_chat_id: int) -> None:
        self._store.run("UPDATE chats SET migrated_to = ? WHERE id = ?", new_chat_id, chat_id)

    def chat_json(self, chat: Chat) -> JSON:
        """A `Chat` object."""
        if chat.is_private:
            user = self.user(chat.id)
            names: JSON = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
            return {"id": chat.id, "type": "private", **names}
        body: JSON = {"id": chat.id, "type": chat.type, "title": chat.title}
        if chat.is_forum:
            body["is_forum"] = True
        return body

    # Members

    def set_member(self, chat_id: int, user_id: int, status: str, rights: JSON | None = None) -> None:
        self._store.run(
            "INSERT INTO members (chat_id, user_id, status, rights) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (chat_id, user_id) DO UPDATE SET status = excluded.status, rights = excluded.rights",
            chat_id,
            user_id,
            status,
            json.dumps(rights or {}),
        )

    def status(self, chat_id: int, user_id: int) -> str:
        found = self._store.value(
            "SELECT status FROM members WHERE chat_id = ? AND user_id = ?", chat_id, user_id
        )
        return found or "left"

    def is_present(self, chat_id: int, user_id: int) -> bool:
        return self.status(chat_id, user_id) in PRESENT

    def has_right(self, chat_id: int, user_id: int, right: str) -> bool:
        member = self.member_json(chat_id, user_id)
        return member["status"] == "creator" or bool(member.get(right))

    def members(self, chat_id: int) -> list[tuple[int, str]]:
        rows = self._store.rows(
            "SELECT user_id, status FROM members WHERE chat_id = ? ORDER BY rowid", chat_id
        )
        return [(row["user_id"], row["status"]) for row in rows]

    def member_json(self, chat_id: int, user_id: int) -> JSON:
        """A `ChatMember` object."""
        row = self._store.row(
            "SELECT status, rights FROM members WHERE chat_id = ? AND user_id = ?", chat_id, user_id
        )
        status = row["status"] if row else "left"
        rights = json.loads(row["rights"]) if row else {}
        body: JSON = {"status": status, "user": self.user(user_id)}
        if status == "creator":
            body["is_anonymous"] = bool(rights.get("is_anonymous", False))
        elif status == "administrator":
            body.update({"can_be_edited": False, "is_anonymous": False, **ADMIN_RIGHTS, **rights})
        elif status == "kicked":
            body["until_date"] = 0
        return body

    # Topics

    def add_topic(self, topic: Topic) -> None:
        self._store.run(
            "INSERT INTO topics (chat_id, thread_id, name, icon_color, icon_custom_emoji_id) "
            "VALUES (?, ?, ?, ?, ?)",
            topic.chat_id,
            topic.thread_id,
            topic.name,
            topic.icon_color,
            topic.icon_custom_emoji_id,
        )

    def topic(self, chat_id: int, thread_id: int) -> Topic | None:
        """A topic that exists (deleted ones do not)."""
        row = self._store.row(
            "SELECT * FROM topics WHERE chat_id = ? AND thread_id = ? AND deleted = 0", chat_id, thread_id
        )
        return _topic(row) if row else None

    def topics(self, chat_id: int) -> list[Topic]:
        rows = self._store.rows(
            "SELECT * FROM topics WHERE chat_id = ? AND deleted = 0 ORDER BY thread_id", chat_id
        )
        return [_topic(row) for row in rows]

    def change_topic(self, chat_id: int, thread_id: int, **fields: Any) -> None:
        """Set `name`, `icon_custom_emoji_id`, `closed` or `deleted`."""
        self._store.change("topics", {"chat_id": chat_id, "thread_id": thread_id}, fields)


def _topic(row: Any) -> Topic:
    return Topic(
        row["chat_id"],
        row["thread_id"],
        row["name"],
        row["icon_color"],
        row["icon_custom_emoji_id"],
        bool(row["closed"]),
        bool(row["deleted"]),
    )
