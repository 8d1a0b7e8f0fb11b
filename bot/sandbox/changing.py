"""What people do to messages that exist: edit, delete, react, forward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.content import Content
from bot.sandbox.copies import forwarded, keep_albums
from bot.sandbox.entities import with_found
from bot.sandbox.errors import JSON
from bot.sandbox.messages import CAPTIONED, Message
from bot.sandbox.reactions import is_reaction
from bot.sandbox.writing import Writing


class Changing(Writing):
    """Gestures upon messages; `chat_id` and refusals as in `Writing`."""

    def edit_text(self, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> Message:
        """Change one's own text, or caption: an empty one takes it away."""
        with self._world.store.transaction():
            message = self._own(user_id, message_id, chat_id)
            if message.kind == "text" and not text.strip():
                raise ValueError("a text cannot be empty")
            kept = _without(message.content, "text", "caption", "entities", "caption_entities")
            return self._edit(message, {**kept, **_words(message, text)})

    def edit_media(
        self, user_id: int, message_id: int, content: Content, chat_id: int | None = None
    ) -> Message:
        """Put another photo or document, with its caption, in the place of one's own."""
        with self._world.store.transaction():
            message = self._own(user_id, message_id, chat_id)
            fields = content.parts(self._world.files)[0]
            if "media_group_id" in message.content:
                if message.kind not in fields:
                    raise PermissionError("an album keeps to its kind")
                fields = {**fields, "media_group_id": message.content["media_group_id"]}
            return self._edit(message, fields)

    def _edit(self, message: Message, content: JSON) -> Message:
        changed = self._world.edit(message, content=content)
        if self._bot_sees(self._world.chats.open(message.chat_id), changed):
            self._world.notify(changed, "edited_message")
        return changed

    def delete(self, user_id: int, message_id: int, chat_id: int | None = None) -> None:
        """Delete one's own message, any in the private chat, as an administrator any in the group.

        The bot is not told.
        """
        with self._world.store.transaction():
            chat, message = self._within(user_id, message_id, chat_id)
            may = chat.is_private or self._world.chats.has_right(chat.id, user_id, "can_delete_messages")
            if not may and message.author_id != user_id:
                raise PermissionError("only one's own messages")
            self._world.remove(message)

    def react(
        self,
        user_id: int,
        message_id: int,
        emoji: str | None,
        chat_id: int | None = None,
        *,
        anonymous: bool = False,
    ) -> None:
        """React with one of Telegram's emoji, or take the reaction back; an administrator may do so unnamed."""
        if emoji and not is_reaction(emoji):
            raise ValueError(f"Telegram has no reaction {emoji!r}")
        with self._world.store.transaction():
            chat, message = self._within(user_id, message_id, chat_id)
            _, actor_chat_id = self._signature(user_id, chat, anonymous, None)
            actor = str(actor_chat_id or user_id)
            old = message.reactions.get(actor, [])
            new = [{"type": "emoji", "emoji": emoji}] if emoji else []
            kept = {**message.reactions, actor: new}
            changed = self._world.messages.change(message, reactions={k: v for k, v in kept.items() if v})
            self._world.show(changed, "change")
            payload = {
                "chat": self._world.chats.chat_json(chat),
                "message_id": message_id,
                "date": self._world.timestamp(),
                "old_reaction": old,
                "new_reaction": new,
            }
            if actor_chat_id is not None:
                payload["actor_chat"] = self._world.chats.chat_json(chat)
            else:
                payload["user"] = self._world.chats.user(user_id)
            if chat.is_private or self._world.bot_is_admin(chat.id):
                self._world.queue.add("message_reaction", payload, queue=f"reaction:{chat.id}")

    def forward(
        self,
        user_id: int,
        message_ids: int | Sequence[int],
        from_chat_id: int,
        chat_id: int | None = None,
        **where: Any,
    ) -> list[Message]:
        """Forward messages of a chat (the id of the person: their private one) to another; albums stay so."""
        ids = [message_ids] if isinstance(message_ids, int) else sorted(message_ids)
        with self._world.store.transaction():
            sources = [self._within(user_id, message_id, from_chat_id)[1] for message_id in ids]
            for source in sources:
                if source.is_service or source.content.get("has_protected_content"):
                    raise PermissionError("this message cannot be forwarded")
            contents = keep_albums(sources, [forwarded(self._world, source) for source in sources])
            return self.send(user_id, Content(lambda files: contents), chat_id, **where)

    def _within(self, user_id: int, message_id: int, chat_id: int | None) -> tuple[Chat, Message]:
        """A message that the person can see, and its chat."""
        chat = self._world.chats.open(chat_id or user_id)
        allowed = chat.id == user_id if chat.is_private else self._world.chats.is_present(chat.id, user_id)
        if not allowed:
            raise PermissionError(f"{user_id} is not a member of {chat.id}")
        return chat, self._message(chat.id, message_id)

    def _own(self, user_id: int, message_id: int, chat_id: int | None) -> Message:
        _, message = self._within(user_id, message_id, chat_id)
        if message.author_id != user_id or message.is_service or "forward_origin" in message.content:
            raise PermissionError("only one's own messages can be edited")
        if message.kind != "text" and message.kind not in CAPTIONED:
            raise PermissionError(f"a {message.kind} has no text")
        return message


def _without(content: JSON, *names: str) -> JSON:
    return {key: value for key, value in content.items() if key not in names}


def _words(message: Message, text: str) -> JSON:
    """The fields of a new text or caption."""
    if not text:
        return {}
    name, entities = ("text", "entities") if message.kind == "text" else ("caption", "caption_entities")
    found = with_found(text, [])
    return {name: text, **({entities: found} if found else {})}
