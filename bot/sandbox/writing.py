"""What people write in their chats with the bot and in groups; and blocking the bot."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.chats import ANONYMOUS_ADMIN, Chat
from bot.sandbox.content import PIXEL, Content
from bot.sandbox.entities import with_found
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
        """`where`: thread_id, reply_to (a message id), anonymous (as a group's administrator)."""
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
    ) -> list[Message]:
        """Send any content; a text that is too long goes out in parts, as chat apps do."""
        with self._world.store.transaction():
            chat = self._chat_to_write(user_id, chat_id)
            self._check_place(chat, thread_id, reply_to)
            if reply_to is not None and thread_id is None:
                thread_id = self._world.messages.need(chat.id, reply_to).thread_id
            sent = []
            for fields in content.parts(self._world.files):
                message = self._world.post(
                    chat,
                    fields,
                    int(str(ANONYMOUS_ADMIN["id"])) if anonymous else user_id,
                    sender_chat_id=chat.id if anonymous else None,
                    thread_id=thread_id,
                    reply_to=reply_to,
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

    def edit_text(self, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> Message:
        """Change one's own text or caption."""
        with self._world.store.transaction():
            message = self._own(user_id, message_id, chat_id)
            content = {k: v for k, v in message.content.items() if k not in ("entities", "caption_entities")}
            name = "text" if message.kind == "text" else "caption"
            content[name] = text
            found = with_found(text, [])
            if found:
                content["entities" if name == "text" else "caption_entities"] = found
            changed = self._world.edit(message, content=content)
            chat = self._world.chats.find(message.chat_id)
            if chat is not None and self._bot_sees(chat, changed):
                self._world.notify(changed, "edited_message")
        return changed

    def delete(self, user_id: int, message_id: int, chat_id: int | None = None) -> None:
        """Delete one's own message, or in the private chat any; the bot is not told."""
        with self._world.store.transaction():
            message = self._message(chat_id or user_id, message_id)
            if chat_id is not None and message.sender_id != user_id:
                raise PermissionError("only one's own messages")
            self._world.remove(message)

    def react(self, user_id: int, message_id: int, emoji: str | None, chat_id: int | None = None) -> None:
        """React with an emoji, or take the reaction back."""
        with self._world.store.transaction():
            message = self._message(chat_id or user_id, message_id)
            old = message.reactions.get(str(user_id), [])
            new = [{"type": "emoji", "emoji": emoji}] if emoji else []
            kept = {**message.reactions, str(user_id): new}
            changed = self._world.messages.change(message, reactions={k: v for k, v in kept.items() if v})
            self._world.show(changed, "change")
            chat = self._world.chats.find(message.chat_id)
            assert chat is not None
            payload = {
                "chat": self._world.chats.chat_json(chat),
                "message_id": message_id,
                "user": self._world.chats.user(user_id),
                "date": self._world.timestamp(),
                "old_reaction": old,
                "new_reaction": new,
            }
            if chat.is_private or self._world.bot_is_admin(chat.id):
                self._world.queue.add("message_reaction", payload, queue=f"reaction:{chat.id}")

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

    def _check_place(self, chat: Chat, thread_id: int | None, reply_to: int | None) -> None:
        if thread_id is not None and self._world.chats.topic(chat.id, thread_id) is None:
            raise LookupError(f"no topic {thread_id}")
        if reply_to is not None:
            self._message(chat.id, reply_to)

    def _message(self, chat_id: int, message_id: int) -> Message:
        return self._world.messages.need(chat_id, message_id)

    def _own(self, user_id: int, message_id: int, chat_id: int | None) -> Message:
        message = self._message(chat_id or user_id, message_id)
        if message.sender_id != user_id or message.is_service or "forward_origin" in message.content:
            raise PermissionError("only one's own messages can be edited")
        if message.kind not in ("text", "photo", "document", "voice"):
            raise PermissionError(f"a {message.kind} has no text")
        return message

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
