"""The simulated Telegram: everything that both the bot's calls and the people's gestures act upon."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.chats import Chat, Chats
from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import JSON
from bot.sandbox.files import Files
from bot.sandbox.hub import Hub
from bot.sandbox.messages import Message, Messages
from bot.sandbox.store import Store
from bot.sandbox.updates import UpdateQueue

BOT_NAME = "Bob"


class World:
    """The state in the store, the queue of updates, and the changes that pages and clients follow."""

    def __init__(self, store: Path | str, token: str, clock: SandboxClock, bot_username: str) -> None:
        self.token = token
        self.clock = clock
        self.bot_id = int(token.partition(":")[0])
        self.store = Store(store)
        self.hub = Hub()
        self.queue = UpdateQueue(self.store, clock)
        self.chats = Chats(self.store, self.bot_id)
        self.messages = Messages(self.store, self.chats)
        self.files = Files(self.store)
        self._restore_clock()
        self.chats.add_user(self.bot_id, BOT_NAME, clock.now(), is_bot=True, username=bot_username)

    def close(self) -> None:
        self._unbind_clock()
        self.store.close()

    def _restore_clock(self) -> None:
        self.clock.restore(timedelta(microseconds=self.store.get("clock_offset", 0)))
        self._unbind_clock = self.clock.on_move(self._clock_moved)
        self._clock_moved()

    def _clock_moved(self) -> None:
        self.store.put("clock_offset", self.clock.offset // timedelta(microseconds=1))
        self.event("clock", now=self.clock.now().isoformat())

    def event(self, kind: str, **fields: Any) -> None:
        """Tell pages and clients, once the change is committed."""
        self.store.after_commit(lambda: self.hub.publish({"type": kind, **fields}))

    def timestamp(self) -> int:
        """Now, in Unix seconds."""
        return int(self.clock.now().timestamp())

    def post(self, chat: Chat, content: JSON, sender_id: int | None, **fields: Any) -> Message:
        """Add a message to a chat and show it; the bot is not told (see `notify`)."""
        number = self.messages.next_id(chat)
        content = self.with_mentioned(content)
        message = self.messages.add(chat, number, self.timestamp(), content, sender_id=sender_id, **fields)
        self.show(message, "message")
        return message

    def service(self, chat: Chat, content: JSON, sender_id: int, thread_id: int | None = None) -> Message:
        """A line such as "... pinned a message", of which the bot is told, even of its own."""
        message = self.post(chat, content, sender_id, thread_id=thread_id)
        self.notify(message)
        return message

    def bot_is_admin(self, chat_id: int) -> bool:
        return self.chats.status(chat_id, self.bot_id) == "administrator"

    def notify(self, message: Message, kind: str = "message") -> None:
        """Tell the bot of a message, unless it is in a group that the bot is not in."""
        chat = self.chats.find(message.chat_id)
        if chat is None or not (chat.is_private or self.chats.is_present(chat.id, self.bot_id)):
            return
        self.queue.add(kind, self.messages.json(message), queue=str(message.chat_id))

    def show(self, message: Message, kind: str) -> None:
        """`kind`: message (a new one), edit (changed by its author), change (anything else about it)."""
        self.event(kind, chat_id=message.chat_id, message=self.view(message))

    def edit(self, message: Message, **fields: Any) -> Message:
        """Change a message's content or keyboard, and its date of edition."""
        if "content" in fields:
            fields["content"] = self.with_mentioned(fields["content"])
        changed = self.messages.change(message, edit_date=self.timestamp(), **fields)
        self.show(changed, "edit")
        return changed

    def with_mentioned(self, content: JSON) -> JSON:
        """Mentions by id get the whole user; one of nobody that is known here is plain text, as on Telegram."""
        found = dict(content)
        for name in ("entities", "caption_entities"):
            if name not in found:
                continue
            entities = [self._mention(entity) for entity in found.pop(name)]
            if kept := [entity for entity in entities if entity is not None]:
                found[name] = kept
        return found

    def _mention(self, entity: JSON) -> JSON | None:
        if entity["type"] != "text_mention":
            return entity
        try:
            return {**entity, "user": self.chats.user(int(entity["user"]["id"]))}
        except LookupError:
            return None

    def remove(self, message: Message) -> None:
        self.messages.change(message, deleted=1, pinned=0)
        self.event("delete", chat_id=message.chat_id, message_id=message.message_id)

    def view(self, message: Message) -> JSON:
        """The message as a chat app shows it: more than the bot is told."""
        return {
            **self.messages.json(message),
            "pinned": message.pinned,
            "outgoing": message.sender_id == self.bot_id,
            "service": message.is_service,
            "reactions": message.reactions,
            "reply_keyboard": message.reply_keyboard,
            "author_id": message.author_id,
            "force_reply_to": self._asked(message),
        }

    def _asked(self, message: Message) -> list[int] | None:
        """Whom a forced reply that is selective concerns: who is mentioned, who is answered; None for all."""
        if not (message.reply_keyboard or {}).get("selective"):
            return None
        ids = set()
        text = str(message.content.get("text") or message.content.get("caption") or "")
        units = text.encode("utf-16-le")
        for entity in message.content.get("entities") or message.content.get("caption_entities") or []:
            if entity["type"] == "text_mention":
                ids.add(int(entity["user"]["id"]))
            elif entity["type"] == "mention":
                at = 2 * entity["offset"]
                name = units[at : at + 2 * entity["length"]].decode("utf-16-le").removeprefix("@")
                ids |= self.chats.ids_of_username(name)
        replied = message.reply_to and self.messages.find(message.chat_id, message.reply_to)
        if replied and replied.sender_id is not None:
            ids.add(replied.sender_id)
        return sorted(ids)

    def member_update(self, chat: Chat, user_id: int, actor_id: int, old: JSON, kind: str) -> None:
        """Tell the bot that its own standing changed (`my_chat_member`), or, to an administrator, somebody
        else's (`chat_member`)."""
        payload = {
            "chat": self.chats.chat_json(chat),
            "from": self.chats.user(actor_id),
            "date": self.timestamp(),
            "old_chat_member": old,
            "new_chat_member": self.chats.member_json(chat.id, user_id),
        }
        if kind == "my_chat_member" or self.bot_is_admin(chat.id):
            self.queue.add(kind, payload, queue=f"{kind}:{chat.id}")
        self.event("members", chat_id=chat.id)
