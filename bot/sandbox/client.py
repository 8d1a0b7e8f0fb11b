"""People of the sandbox: they speak, press and read, as people with a chat app do. For examples and for tests."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bot.sandbox.errors import JSON
from bot.sandbox.hub import Subscription
from bot.sandbox.messages import Message
from bot.sandbox.people import find_button
from bot.sandbox.server import SandboxServer

PATIENCE_SECONDS = 10.0
SETTLE_SECONDS = 0.25


class Seeker:
    """A person in the private chat with the bot.

    New messages and edits of the bot are read one after the other, each once: `one_message` gives the next,
    `last` the latest. Both fail with the whole conversation in the text when nothing comes in time.
    """

    def __init__(
        self, server: SandboxServer, name: str, language: str = "fr", *, user_id: int | None = None
    ) -> None:
        """`user_id`: be a person who exists already (after a restart of the server, for instance)."""
        self.server = server
        self.people = server.people
        person = server.people.create(name, language) if user_id is None else server.people.get(user_id)
        self.id = person.id
        self.chat_id = person.id
        self.name = person.first_name
        self.last_query: str | None = None
        self._changes: Subscription = server.world.hub.subscribe()
        self._unread: list[JSON] = []

    async def say(self, text: str) -> Message:
        """Write to the bot; what was not read before is skipped."""
        self.skip()
        return self.people.send_text(self.id, text)

    async def start(self, payload: str = "") -> Message:
        self.skip()
        return self.people.start(self.id, payload)

    async def press(self, label: str) -> str:
        """Press the newest button whose label contains `label`, inline or on the reply keyboard."""
        self.skip()
        message, button = self._newest_button(label)
        if message is None:
            self.people.press_reply_button(self.id, label)
            return ""
        if "callback_data" not in button:
            raise AssertionError(f"the button {button['text']!r} does not call the bot: {button}")
        self.last_query = self.people.press_raw(
            self.id, message.message_id, button["callback_data"], self.chat_id
        )
        return self.last_query

    async def answer(self, within: float = PATIENCE_SECONDS) -> JSON:
        """What the bot answered to the latest press: `text` (None for silence), `show_alert`, `url`."""
        deadline = time.monotonic() + within
        while True:
            found = self.people.answer(self.last_query or "")
            if found is not None:
                return found
            if time.monotonic() >= deadline:
                raise AssertionError(f"the button was never answered\n{self.transcript()}")
            await asyncio.sleep(0.01)

    async def one_message(self, within: float = PATIENCE_SECONDS) -> JSON:
        """The next unread message or edit of the bot, as a `Message` object."""
        deadline = time.monotonic() + within
        while True:
            self._collect()
            if self._unread:
                return self._unread.pop(0)
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"the bot said nothing in {within} s\n{self.transcript()}")
            await self._wait(left)

    async def last(self, within: float = PATIENCE_SECONDS, settle: float = SETTLE_SECONDS) -> JSON:
        """The latest message or edit: waits for one, then until `settle` seconds have brought no other."""
        latest = await self.one_message(within)
        while True:
            try:
                latest = await self.one_message(settle)
            except AssertionError:
                return latest

    async def silence(self, seconds: float = SETTLE_SECONDS) -> None:
        """Nothing new comes for `seconds`."""
        try:
            message = await self.one_message(seconds)
        except AssertionError:
            return
        raise AssertionError(f"silence was expected, not {text_of(message)!r}\n{self.transcript()}")

    def skip(self) -> None:
        """Take everything that has arrived as read."""
        self._collect()
        self._unread.clear()

    def buttons(self, message: JSON | None = None) -> list[str]:
        """Labels under a message; by default the newest that has some, else those of the reply keyboard."""
        if message is not None:
            return _labels((message.get("reply_markup") or {}).get("inline_keyboard", []))
        for shown in reversed(self.messages()):
            if shown.inline_keyboard:
                return _labels(shown.inline_keyboard["inline_keyboard"])
        return _labels((self.people.reply_keyboard(self.id) or {}).get("keyboard", []))

    def messages(self) -> list[Message]:
        """Everything in the chat now, oldest first."""
        return self.server.world.messages.history(self.chat_id)

    def transcript(self) -> str:
        """The chat as text: who said what, buttons in brackets."""
        lines = []
        for message in self.messages():
            sender = message.author_id or self.server.world.bot_id
            author = self.server.world.chats.user(sender)["first_name"]
            labels = _labels((message.inline_keyboard or {}).get("inline_keyboard", []))
            shown = text_of(message.content) or f"({message.kind})"
            lines.append(f"{author}: {shown}" + "".join(f" [{label}]" for label in labels))
        return "\n".join(lines)

    def close(self) -> None:
        self.server.world.hub.unsubscribe(self._changes)

    def _newest_button(self, label: str) -> tuple[Message | None, JSON]:
        for message in reversed(self.messages()):
            if message.inline_keyboard is None:
                continue
            try:
                return message, find_button(message, label)
            except LookupError as fault:
                if "several" in str(fault):
                    raise
        keyboard = (self.people.reply_keyboard(self.id) or {}).get("keyboard", [])
        if any(label.casefold() in each.casefold() for each in _labels(keyboard)):
            return None, {}
        raise AssertionError(f"no button {label!r}\n{self.transcript()}")

    def _collect(self) -> None:
        for event in self._changes.waiting():
            self._take(event)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                self._take(await self._changes.next())
        except TimeoutError:
            return

    def _take(self, event: JSON) -> None:
        if event["type"] in ("message", "edit") and event["chat_id"] == self.chat_id:
            message: dict[str, Any] = event["message"]
            if message["outgoing"] and not message["service"]:
                self._unread.append(message)


class Colleague(Seeker):
    """A member of a group: reads everything the bot says there, or in one topic only when `topic` is set.

    `topic` is a topic's id, 0 for the general one, None for the whole group; what they write goes there too.
    """

    def __init__(
        self,
        server: SandboxServer,
        name: str,
        group_id: int,
        language: str = "fr",
        *,
        user_id: int | None = None,
    ) -> None:
        """Joins the group unless `user_id` is a member already."""
        super().__init__(server, name, language, user_id=user_id)
        if not server.world.chats.is_present(group_id, self.id):
            server.groups.join(group_id, self.id)
        self.chat_id = group_id
        self.topic: int | None = None

    async def say(self, text: str, **where: Any) -> Message:
        """Write in the group; `where` as in `People.send_text` (reply_to, anonymous, ...)."""
        self.skip()
        if "reply_to" not in where:
            where.setdefault("thread_id", self.topic or None)
        return self.people.send_text(self.id, text, self.chat_id, **where)

    async def start(self, payload: str = "") -> Message:
        """In the private chat with the bot, which this object does not read: see `Seeker` with `user_id`."""
        return self.people.start(self.id, payload)

    def topics(self) -> dict[str, int]:
        """Name and id of every topic."""
        return {topic.name: topic.thread_id for topic in self.server.world.chats.topics(self.chat_id)}

    def messages(self) -> list[Message]:
        """What is in the group, or in the topic, now; oldest first."""
        return [each for each in super().messages() if self._reads(each.thread_id)]

    def _reads(self, thread_id: int | None) -> bool:
        return self.topic is None or (thread_id or 0) == self.topic

    def _take(self, event: JSON) -> None:
        if self._reads(event.get("message", {}).get("message_thread_id")):
            super()._take(event)


def text_of(message: JSON) -> str:
    """Text or caption of a message; empty when it has neither."""
    return str(message.get("text") or message.get("caption") or "")


def _labels(rows: list[Any]) -> list[str]:
    return [button["text"] for row in rows for button in row]
