"""What people write in their chats with the bot and in groups; and blocking the bot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.sandbox.chats import ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, Chat
from bot.sandbox.content import PIXEL, Content
from bot.sandbox.messages import Message
from bot.sandbox.world import World
from bot.telegram.limits import DEEP_LINK_PAYLOAD_MAX

PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{DEEP_LINK_PAYLOAD_MAX}}}")


class Writing:
    """Messages of people. `chat_id` is a group's id; left out, the private chat with the bot is meant.

    A gesture that a chat app would not offer raises LookupError (no such message or chat) or PermissionError
    (not a member, not one's own message).
    """

    def __init__(self, world: World) -> None:
        self._world = world

    # Messages

    def send_text(self, user_id: int, text: str, chat_id: int | None = None, **where: Any) -> Message:
        """`where`: thread_id, reply_to (a message id), anonymous or channel (see `send`)."""
        return self.send(user_id, Content.text(text), chat_id, **where)[0]

    def send(
        self,
        user_id: int,
        content: Content,
        chat_id: int | None = None,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        channel: int | None = None,
    ) -> list[Message]:
        """Send any content; a text that is too long goes out in parts, as chat apps do.

        In a group, an administrator may stay `anonymous` (the group signs), and the owner of a `channel` (its
        id) may let it sign.
        """
        with self._world.store.transaction():
            chat = self._chat_to_write(user_id, chat_id)
            sender_id, sender_chat_id = self._signature(user_id, chat, anonymous, channel)
            thread_id = self._place(user_id, chat, thread_id, reply_to)
            sent = []
            for fields in content.parts(self._world.files):
                message = self._world.post(
                    chat,
                    fields,
                    sender_id,
                    sender_chat_id=sender_chat_id,
                    thread_id=thread_id,
                    reply_to=reply_to,
                    author_id=user_id,
                )
                if self._bot_sees(chat, message):
                    self._world.notify(message)
                sent.append(message)
        return sent

    def send_photo(
        self, user_id: int, data: bytes = PIXEL, caption: str = "", chat_id: int | None = None, **where: Any
    ) -> Message:
        return self.send(user_id, Content.photo(data, caption), chat_id, **where)[0]

    def send_document(
        self,
        user_id: int,
        data: bytes,
        name: str,
        caption: str = "",
        chat_id: int | None = None,
        **where: Any,
    ) -> Message:
        return self.send(user_id, Content.document(data, name, caption), chat_id, **where)[0]

    def send_album(
        self,
        user_id: int,
        photos: Sequence[bytes | tuple[bytes, str]],
        caption: str = "",
        chat_id: int | None = None,
        **where: Any,
    ) -> list[Message]:
        """2 to 10 photos (bytes), or documents (bytes, file name), sent together; the first has the caption."""
        captions = [caption, *([""] * (len(photos) - 1))]
        items = [
            Content.photo(item, text) if isinstance(item, bytes) else Content.document(*item, text)
            for item, text in zip(photos, captions, strict=True)
        ]
        return self.send(user_id, Content.album(items), chat_id, **where)

    def send_voice(
        self, user_id: int, data: bytes = b"OggS", seconds: int = 3, chat_id: int | None = None, **where: Any
    ) -> Message:
        return self.send(user_id, Content.voice(data, seconds), chat_id, **where)[0]

    def send_sticker(
        self, user_id: int, emoji: str = "👍", chat_id: int | None = None, **where: Any
    ) -> Message:
        return self.send(user_id, Content.sticker(emoji), chat_id, **where)[0]

    def send_contact(
        self, user_id: int, phone: str, first_name: str, chat_id: int | None = None, **where: Any
    ) -> Message:
        return self.send(user_id, Content.contact(phone, first_name), chat_id, **where)[0]

    def send_location(
        self, user_id: int, latitude: float, longitude: float, chat_id: int | None = None, **where: Any
    ) -> Message:
        return self.send(user_id, Content.location(latitude, longitude), chat_id, **where)[0]

    def send_forwarded(
        self, user_id: int, text: str, author: str, chat_id: int | None = None, **where: Any
    ) -> Message:
        """A text that somebody named `author` (who hides their account) wrote elsewhere."""
        return self.send(user_id, Content.forwarded(text, author), chat_id, **where)[0]

    def start(self, user_id: int, payload: str = "") -> Message:
        """The START button, or a deep link with a payload (1-64 of A-Z a-z 0-9 _ -)."""
        if payload and not PAYLOAD.fullmatch(payload):
            raise ValueError(f"not a payload of a deep link: {payload!r}")
        return self.send_text(user_id, f"/start {payload}".strip())

    # The bot, blocked or not

    def block(self, user_id: int) -> None:
        self._set_bot_status(user_id, "kicked")

    def unblock(self, user_id: int) -> None:
        self._set_bot_status(user_id, "member")

    def has_blocked(self, user_id: int) -> bool:
        return self._world.chats.status(user_id, self._world.bot_id) == "kicked"

    def _set_bot_status(self, user_id: int, status: str) -> None:
        with self._world.store.transaction():
            chat = self._world.chats.find(user_id)
            if chat is None:
                raise LookupError("no private chat yet")
            old = self._world.chats.member_json(user_id, self._world.bot_id)
            if old["status"] == status:
                return
            self._world.chats.set_member(user_id, self._world.bot_id, status)
            self._world.member_update(chat, self._world.bot_id, user_id, old, "my_chat_member")

    # Checks

    def _chat_to_write(self, user_id: int, chat_id: int | None) -> Chat:
        """The chat; the private one is opened by the first message and unblocked by a later one."""
        self._world.chats.user(user_id)
        if chat_id is not None and chat_id != user_id:
            chat = self._world.chats.open(chat_id)
            if not self._world.chats.is_present(chat_id, user_id):
                raise PermissionError(f"{user_id} is not a member of {chat_id}")
            return chat
        if self._world.chats.find(user_id) is None:
            self._world.chats.add_chat(user_id, "private")
            self._world.chats.set_member(user_id, self._world.bot_id, "member")
            self._world.event("people")
        if self.has_blocked(user_id):
            self.unblock(user_id)
        return self._world.chats.open(user_id)

    def _signature(
        self, user_id: int, chat: Chat, anonymous: bool, channel: int | None
    ) -> tuple[int, int | None]:
        """(the account, the chat) that stand as senders."""
        if not anonymous and channel is None:
            return user_id, None
        if chat.is_private:
            raise PermissionError("only a group shows other senders")
        if anonymous:
            if self._world.chats.status(chat.id, user_id) not in ("creator", "administrator"):
                raise PermissionError("only administrators can stay anonymous")
            return ANONYMOUS_ADMIN_ID, chat.id
        assert channel is not None
        if self._world.chats.status(channel, user_id) != "creator":
            raise PermissionError(f"{user_id} does not own the channel {channel}")
        return CHANNEL_BOT_ID, channel

    def _place(self, user_id: int, chat: Chat, thread_id: int | None, reply_to: int | None) -> int | None:
        """The topic where the message goes: the one named, else that of the message it answers."""
        if reply_to is not None:
            replied = self._message(chat.id, reply_to)
            if thread_id is not None and replied.thread_id != thread_id:
                raise LookupError(f"no message {reply_to} in the topic {thread_id}")
            thread_id = replied.thread_id
        if thread_id is None:
            return None
        topic = self._world.chats.topic(chat.id, thread_id)
        if topic is None:
            raise LookupError(f"no topic {thread_id}")
        if topic.closed and not self._world.chats.has_right(chat.id, user_id, "can_manage_topics"):
            raise PermissionError("the topic is closed")
        return thread_id

    def _message(self, chat_id: int, message_id: int) -> Message:
        return self._world.messages.need(chat_id, message_id)

    def _bot_sees(self, chat: Chat, message: Message) -> bool:
        """Privacy mode: a bot that is no administrator sees commands, mentions and replies to it."""
        status = self._world.chats.status(chat.id, self._world.bot_id)
        if chat.is_private or status == "administrator":
            return True
        if status not in ("member", "restricted"):
            return False
        text = message.content.get("text") or message.content.get("caption") or ""
        name = f"@{self._world.chats.user(self._world.bot_id)['username']}".lower()
        command = text.split(maxsplit=1)[0].lower() if text.startswith("/") else ""
        if name in text.lower() or (command and "@" not in command):
            return True
        replied = message.reply_to and self._world.messages.find(chat.id, message.reply_to)
        return bool(replied and replied.sender_id == self._world.bot_id)
