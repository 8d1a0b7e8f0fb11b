"""E3: whatever Bob writes where a team reads, it holds nothing that was told to him: every command, button and tick.

Every command is typed and every button that comes up is pressed, in the topic, in General and in private, by whoever
follows Zébulon and by a colleague; then days pass. What people write themselves is copied and is theirs: all else is
searched for the words of `MARKERS`. At the end Zébulon leaves: nothing that names them may be left.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.counsellors import linking
from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.registry import COMMANDS, PRESSES
from bot.counsellors.settled import on_settled
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.replies import Toast
from bot.dialogs.turn import World
from scheduler.clock import ManualClock
from scheduler.courier import Courier
from scheduler.messenger import Delivered
from scheduler.pacing import Pacing
from scheduler.ticks import Ticks
from storage import links
from storage.engine import Store
from storage.outbox import OutboxRow
from tests.counsellors.scene import (
    CARD,
    GROUP,
    MARKERS,
    NADIA,
    PAUL,
    RELAYED,
    SHOWN_NAME,
    TOPIC,
    ZEBULON,
    Scene,
    build,
)
from tests.counsellors.telling import TELLING

WORKSHOP = "Atelier CV\n12 mars 14 h\nSalle 2\n5"
ARGUMENTS = ("", "demain 10 h", "candidature", "Sofia", "Paul jusqu'à vendredi", WORKSHOP)
WORDS = ("Bonjour", WORKSHOP, "demain à 10 h", "3")
MOST_PRESSES = 30
"""In one room of buttons, by one counsellor: some lists grow while they are pressed."""
THEIRS = frozenset(("copy", "copy_album", "edit_copy"))
"""Calls that show what people wrote, not Bob."""


@dataclass(slots=True)
class Written:
    """A message as it stands at Telegram."""

    words: str
    thread_id: int | None
    is_theirs: bool
    body: dict[str, Any] = field(default_factory=dict)


class Telegram:
    """Takes every call, and keeps what stands in each chat."""

    def __init__(self) -> None:
        self.chats: dict[int, dict[int, Written]] = {}
        self.calls: list[OutboxRow] = []
        self._ids = count(1_000)

    async def perform(self, row: OutboxRow) -> Delivered:
        self.calls.append(row)
        chat = self.chats.setdefault(row.chat_id, {})
        body = dict(row.body)
        match row.method:
            case "send" | "copy":
                return Delivered(self._write(chat, row, body))
            case "copy_album":
                made = tuple(self._write(chat, row, body) for _ in body["message_ids"])
                return Delivered(made[0], message_ids=made)
            case "edit" | "edit_copy" if row.target_message_id is not None:
                theirs = row.method == "edit_copy"
                chat[row.target_message_id] = Written(_words(body), row.thread_id, theirs, body)
                return Delivered(row.target_message_id)
            case "delete":
                for message_id in body.get("message_ids", [row.target_message_id]):
                    chat.pop(message_id, None)
            case "topic" if body["do"] == "open":
                return Delivered(next(self._ids))
            case "topic" if body["do"] == "delete":
                for message_id in [one for one, it in chat.items() if it.thread_id == body["thread_id"]]:
                    del chat[message_id]
        return Delivered()

    def _write(self, chat: dict[int, Written], row: OutboxRow, body: dict[str, Any]) -> int:
        message_id = next(self._ids)
        chat[message_id] = Written(_words(body), row.thread_id, row.method in THEIRS, body)
        return message_id


def _words(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)


class Play:
    """Counsellors who try everything."""

    def __init__(self, store: Store, world: World, *, is_forum: bool) -> None:
        self.store = store
        self.scene: Scene = build(store.run_sync, world, is_forum=is_forum)
        self.telegram = Telegram()
        self.clock = ManualClock(self.scene.now)
        pacing = Pacing.unlimited()
        self.courier = Courier(
            store, self.telegram, self.clock, pacing, random=lambda: 0.5, on_settled=on_settled
        )
        self.ticks = Ticks(store, self.clock, world, lambda digest: None)
        self.toasts: list[str] = []
        self.pressed: set[tuple[int, Press]] = set()
        self.rooms: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.telling: Counter[str] = Counter()
        """Rooms of buttons, and commands, that made a message to Zébulon by themselves."""
        self._ids = count(50)

    async def settle(self) -> None:
        """Everything that waits goes out."""
        self.clock.move_to(max(self.scene.now, self.clock.now()))
        self.scene.now = self.clock.now()
        while await self.courier.run_once():
            pass

    async def wait(self, step: timedelta) -> None:
        self.clock.advance(step)
        await self.ticks.run_due()
        await self.settle()

    def event(self, sender: int, where: str, kind: GroupKind, **values: Any) -> None:
        """Something in the topic, in General, or in the sender's private chat."""
        values.setdefault("message_id", next(self._ids))
        toast: Toast | None
        newest = max((call["id"] for call in self.scene.calls()), default=0)
        if where == "private":
            kinds = {GroupKind.COMMAND: Kind.COMMAND, GroupKind.BUTTON: Kind.BUTTON}
            sent = values.pop("message_id")
            button = kind is GroupKind.BUTTON
            toast = self.scene.private(
                Incoming(
                    kinds.get(kind, Kind.TEXT), sender, sender, sent_id=None if button else sent,
                    message_id=sent if button else None, **values,
                )
            )  # fmt: skip
        else:
            thread = TOPIC if where == "topic" and self.scene.is_forum else None
            toast = self.scene.group(
                GroupEvent(
                    kind, GROUP, sender_id=sender, is_forum=self.scene.is_forum, thread_id=thread, **values
                )
            )
        if toast is not None:
            self.toasts.append(toast.text)
        told = [call for call in self.scene.calls() if call["chat_id"] == ZEBULON and call["id"] > newest]
        if told and kind is GroupKind.BUTTON:
            self.telling[values["press"].dialogue] += 1
        elif told and kind is GroupKind.COMMAND and "reply_to" not in values:
            self.telling[f"/{values['command']}"] += 1

    async def press_everything(self, sender: int) -> None:
        """Each button that is to be seen once, and what it brings; questions are answered."""
        pressed: Counter[str] = Counter()
        while (found := next(self._unpressed(sender), None)) is not None:
            chat_id, message_id, press = found
            if pressed[press.dialogue] >= MOST_PRESSES:
                continue
            pressed[press.dialogue] += 1
            self.rooms[press.dialogue] += 1
            where = self._where(sender, chat_id, message_id)
            self.event(sender, where, GroupKind.BUTTON, press=press, callback_id="q", message_id=message_id)
            await self.settle()
            await self.answer_questions(sender)

    def _where(self, sender: int, chat_id: int, message_id: int) -> str:
        if chat_id == sender:
            return "private"
        return "general" if self.telegram.chats[chat_id][message_id].thread_id is None else "topic"

    def _unpressed(self, sender: int) -> Iterator[tuple[int, int, Press]]:
        for chat_id in (GROUP, sender):
            for message_id, written in list(self.telegram.chats.get(chat_id, {}).items()):
                for row in written.body.get("buttons", ()):
                    for one in row:
                        if one.get("dialogue") not in PRESSES:
                            continue
                        press = Press(one["dialogue"], one["version"], one["step"], one["value"])
                        if (sender, press) not in self.pressed:
                            self.pressed.add((sender, press))
                            yield chat_id, message_id, press

    async def answer_questions(self, sender: int) -> None:
        """Reply to each message that asks for words: each question a few times, with other words each time."""
        for chat_id in (GROUP, sender):
            for message_id, written in list(self.telegram.chats.get(chat_id, {}).items()):
                asked = written.body.pop("force_reply", None) and written.body["text"]
                if asked and self.answered[asked] < len(WORDS):
                    words = WORDS[self.answered[asked]]
                    self.answered[asked] += 1
                    where = self._where(sender, chat_id, message_id)
                    self.event(sender, where, GroupKind.TEXT, text=words, reply_to=message_id)
                    await self.settle()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("is_forum", [True, False], ids=["topics", "plain group"])
async def test_nothing_that_was_told_to_bob_is_written_where_a_team_reads(
    sqlite_url: str, world: World, is_forum: bool
) -> None:
    store = Store(sqlite_url)
    play = Play(store, world, is_forum=is_forum)
    now = play.scene.now
    play.scene.run(links.save, play.scene.link.id, waiting_since=now, human_asked_at=now, call_asked_at=now)
    for sender in (NADIA, PAUL):
        for name in COMMANDS:
            for argument in ARGUMENTS:
                for where in ("topic", "general", "private"):
                    replied = {"topic": CARD if argument else RELAYED}.get(where)
                    play.event(
                        sender, where, GroupKind.COMMAND, command=name, text=argument, reply_to=replied
                    )
            await play.settle()
            await play.answer_questions(sender)
        await play.press_everything(sender)
    for _ in range(12):
        await play.wait(timedelta(hours=12))
        await play.press_everything(NADIA)
    for word in MARKERS:
        assert [text for text in play.toasts if word in text] == []
    read = [
        row for row in play.telegram.calls if row.chat_id in (GROUP, NADIA, PAUL) and row.method not in THEIRS
    ]
    assert len(read) > 100
    shown = [(word, _words(row.body)) for row in read for word in MARKERS if word in _words(row.body)]
    assert shown == []
    assert any(SHOWN_NAME in _words(row.body) for row in read)
    assert play.rooms.keys() == PRESSES.keys()  # each room of buttons was gone through
    assert set(play.telling) <= TELLING["presses"] | {f"/{name}" for name in TELLING["commands"]}
    await _nothing_is_left_after_leaving(play)
    store.close()


async def _nothing_is_left_after_leaving(play: Play) -> None:
    for link in play.scene.run(links.of_person, play.scene.person_id):
        play.scene.run(linking.leave, link, play.clock.now())
    play.scene.now = play.clock.now()
    await play.settle()
    left = [
        (chat_id, written.words)
        for chat_id in (GROUP, NADIA, PAUL)
        for written in play.telegram.chats.get(chat_id, {}).values()
        if SHOWN_NAME in written.words or str(ZEBULON) in written.words
    ]
    assert not left, "\n".join(f"{chat}: {words}" for chat, words in left)
