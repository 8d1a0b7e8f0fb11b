"""What people do: write, press buttons, block the bot. Used by the web page and by the tests."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from bot.sandbox.changing import Changing
from bot.sandbox.chats import FIRST_PERSON_ID
from bot.sandbox.content import Content
from bot.sandbox.errors import JSON
from bot.sandbox.messages import Message
from bot.telegram.limits import CALLBACK_KEPT_SECONDS


@dataclass(frozen=True)
class Person:
    id: int
    first_name: str
    last_name: str | None
    username: str | None
    language_code: str


class People(Changing):
    """All gestures of people: who they are and what they press here; what they write, and do to messages, in
    `Writing` and `Changing`."""

    def create(
        self,
        first_name: str,
        language_code: str = "fr",
        last_name: str | None = None,
        username: str | None = None,
    ) -> Person:
        """A new person, who has not talked to the bot yet."""
        with self._world.store.transaction():
            user_id = self._world.store.next_number("next_person_id", FIRST_PERSON_ID)
            self._world.chats.add_user(
                user_id,
                first_name,
                self._world.clock.now(),
                language_code=language_code,
                last_name=last_name,
                username=username,
            )
            self._world.event("people")
        return self.get(user_id)

    def get(self, user_id: int) -> Person:
        user = self._world.chats.user(user_id)
        return Person(
            user["id"],
            user["first_name"],
            user.get("last_name"),
            user.get("username"),
            user.get("language_code", "fr"),
        )

    def all(self) -> list[Person]:
        return [self.get(user["id"]) for user in self._world.chats.people()]

    # Buttons

    def press(self, user_id: int, message_id: int, button: str, chat_id: int | None = None) -> str:
        """Press an inline button by callback data, exact label, or a part of the label; the query's id."""
        message = self._message(chat_id or user_id, message_id)
        found = find_button(message, button)
        if "callback_data" not in found:
            raise LookupError(f"the button {found['text']!r} calls nothing back")
        return self.press_raw(user_id, message_id, found["callback_data"], chat_id)

    def press_raw(self, user_id: int, message_id: int, data: str, chat_id: int | None = None) -> str:
        """Send any callback data on any message, even a deleted one, a changed keyboard, another's chat."""
        with self._world.store.transaction():
            where = chat_id or user_id
            if self._world.chats.find(where) is None:
                raise LookupError(f"no chat {where}")
            message = self._world.messages.find(where, message_id)
            query_id = str(secrets.randbits(60))
            expires_at = self._world.clock.now().timestamp() + CALLBACK_KEPT_SECONDS
            self._world.store.run(
                "INSERT INTO callbacks (id, user_id, chat_id, message_id, data, expires_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                query_id,
                user_id,
                where,
                message_id,
                data,
                expires_at,
            )
            payload = {
                "id": query_id,
                "from": self._world.chats.user(user_id),
                "message": self._world.messages.json(message)
                if message
                else self._world.messages.inaccessible(where, message_id),
                "chat_instance": str(where * 7919),
                "data": data,
            }
            self._world.queue.add("callback_query", payload, queue=f"callback:{user_id}")
        return query_id

    def answer(self, query_id: str) -> JSON | None:
        """The bot's answer to a press (`text`, `show_alert`, `url`); None while there is none."""
        stored = self._world.store.value("SELECT answer FROM callbacks WHERE id = ?", query_id)
        return None if stored is None else json.loads(stored)

    def press_reply_button(self, user_id: int, label: str, chat_id: int | None = None) -> Message:
        """Press a button of the reply keyboard: its text is sent, or the contact or place it asks for."""
        keyboard = self.reply_keyboard(user_id, chat_id) or {"keyboard": []}
        button = _matching([each for row in keyboard["keyboard"] for each in row], label)
        if button.get("request_contact"):
            person = self.get(user_id)
            return self.send(user_id, Content.contact("+33612345678", person.first_name, user_id), chat_id)[0]
        if button.get("request_location"):
            return self.send(user_id, Content.location(48.8566, 2.3522), chat_id)[0]
        return self.send_text(user_id, button["text"], chat_id)

    def reply_keyboard(self, user_id: int, chat_id: int | None = None) -> JSON | None:
        """The reply keyboard that the person sees now."""
        keyboard = self._world.messages.last_keyboard(chat_id or user_id)
        return keyboard if keyboard and "keyboard" in keyboard else None


def find_button(message: Message, wanted: str) -> JSON:
    """An inline button by callback data, then exact label, then a part of the label that only one has."""
    rows = (message.inline_keyboard or {}).get("inline_keyboard", [])
    return _matching([button for row in rows for button in row], wanted)


def _matching(buttons: list[JSON], wanted: str) -> JSON:
    for matches in (
        [button for button in buttons if button.get("callback_data") == wanted],
        [button for button in buttons if button["text"] == wanted],
        [button for button in buttons if wanted.casefold() in button["text"].casefold()],
    ):
        if len(matches) == 1 or (matches and matches[0]["text"] == wanted):
            return matches[0]
        if matches:
            raise LookupError(f"several buttons match {wanted!r}: {[each['text'] for each in matches]}")
    raise LookupError(f"no button {wanted!r} among {[each['text'] for each in buttons]}")
