"""Whatever people do, in any order: the bot is told only what a real Telegram could tell it."""

from __future__ import annotations

from typing import Any

from aiogram.types import Message, Update
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.sandbox import SandboxClock, SandboxServer
from bot.sandbox.content import PIXEL
from bot.sandbox.errors import ApiError
from tests.sandbox.conftest import TOKEN

KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]
REFUSALS = (LookupError, PermissionError, ValueError, ApiError)
WORDS = ["text", "answer", "album", "voice", "edit", "delete", "react", "forward", "press"]
TOPICS = ["topic", "close", "reopen", "rename", "drop"]
PLACES = ["join", "leave", "promote", "rights", "remove_bot", "add_bot", "block", "unblock", "migrate"]
GESTURES = [*WORDS * 3, *TOPICS * 2, *PLACES]
STEP = st.tuples(
    st.sampled_from(GESTURES), st.integers(0, 2), st.integers(0, 2), st.integers(0, 5), st.sampled_from("pac")
)


class Town:
    """Three people, a basic group that may migrate, a forum, a channel; every gesture picks by number."""

    def __init__(self) -> None:
        self.server = SandboxServer(":memory:", TOKEN, SandboxClock())
        self.people, self.groups, self.world = self.server.people, self.server.groups, self.server.world
        self.world.queue.allow(KINDS)
        self.ids = [self.people.create(name).id for name in ("Ana", "Nadia", "Zoé")]
        self.chats = [
            self.groups.create("Équipe", self.ids[1]),
            self.groups.create("Petite", self.ids[1], basic=True),
        ]
        self.channel = self.groups.create_channel("Emploi 44", self.ids[1])

    def step(self, gesture: str, who: int, where: int, which: int, signature: str) -> None:
        user = self.ids[who]
        chat = None if where == 2 else self.chats[where]
        group = self.chats[where % 2]
        place = chat or user
        found = self.world.messages.history(place)
        message = found[-1 - which % len(found)].message_id if found else 1
        topics = self.world.chats.topics(group)
        thread = topics[which % len(topics)].thread_id if topics else 1
        signed: dict[str, Any] = {"a": {"anonymous": True}, "c": {"channel": self.channel}}.get(signature, {})
        people, groups = self.people, self.groups
        actions = {
            "text": lambda: people.send_text(user, "bonjour @BobSandboxBot", chat, **signed),
            "answer": lambda: people.send_text(user, "/qui", chat, reply_to=message, **signed),
            "album": lambda: people.send_album(user, [PIXEL, PIXEL], "a", chat, **signed),
            "voice": lambda: people.send_voice(user, chat_id=group, thread_id=thread),
            "edit": lambda: people.edit_text(user, message, "corrigé", chat),
            "delete": lambda: people.delete(user, message, chat),
            "react": lambda: people.react(user, message, "👍", chat, anonymous=signature == "a"),
            "forward": lambda: people.forward(user, message, place, group, **signed),
            "press": lambda: people.press_raw(user, message, "x", chat),
            "topic": lambda: groups.create_topic(group, user, f"Sujet {which}"),
            "close": lambda: groups.close_topic(group, thread, user),
            "reopen": lambda: groups.reopen_topic(group, thread, user),
            "rename": lambda: groups.rename_topic(group, thread, user, f"Nom {which}"),
            "drop": lambda: groups.delete_topic(group, thread, user),
            "join": lambda: groups.join(group, user, actor_id=self.ids[1]),
            "leave": lambda: groups.leave(group, user),
            "promote": lambda: groups.join(group, user, status="administrator"),
            "rights": lambda: groups.set_bot_rights(group, user, can_manage_topics=bool(which % 2)),
            "remove_bot": lambda: groups.remove_bot(group, user),
            "add_bot": lambda: groups.add_bot(group, user, admin=bool(which % 2)),
            "block": lambda: people.block(user),
            "unblock": lambda: people.unblock(user),
            "migrate": lambda: self.chats.__setitem__(1, groups.enable_topics(self.chats[1])),
        }
        try:
            actions[gesture]()
        except REFUSALS:
            return

    def told(self) -> list[dict[str, Any]]:
        return self.world.queue.pending(1000)


def unknown_fields(value: Any) -> list[str]:
    """Fields that no type of the Bot API has, at any depth."""
    if isinstance(value, list):
        return [name for item in value for name in unknown_fields(item)]
    if not isinstance(value, BaseModel):
        return []
    inside = [name for field in value.model_fields_set for name in unknown_fields(getattr(value, field))]
    return [*(value.model_extra or {}), *inside]


@settings(max_examples=60, deadline=None)
@given(st.lists(STEP, max_size=40))
def test_every_update_is_one_that_telegram_could_send(steps: list[tuple[str, int, int, int, str]]) -> None:
    town = Town()
    for step in steps:
        town.step(*step)
    for update in town.told():
        parsed = Update.model_validate(update)
        assert unknown_fields(parsed) == []
        message = parsed.message or parsed.edited_message
        if message is None:
            continue
        assert message.from_user is not None
        assert message.is_topic_message is None or message.chat.is_forum
        if message.sender_chat is not None:  # who hides behind it is told to nobody
            assert message.from_user.is_bot
            assert message.from_user.id not in town.ids
    for chat in town.world.chats.groups():
        for kept in town.world.messages.history(chat.id):
            assert unknown_fields(Message.model_validate(town.world.messages.json(kept))) == []
    town.world.close()
