"""A team, its group and a person it follows: events in, delivered messages out, time between them.

room.command("/action")
room.press("1")
room.press("Demain")
room.wait_until(paris(25, 9, 1))
assert "Nadia" in room.sofia.last.text
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.advice.profile import Profile
from bot.commands.cases import world
from bot.counsellors.acts import later, outcomes
from bot.counsellors.handling import one_event
from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.settled import on_settled
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.replies import Button, Reply, Toast
from bot.telegram import callbacks, render
from bot.turns.handling import one_turn
from scheduler import daily, pauses, proposals, recalls, reminders, retention
from scheduler.messenger import Delivered
from storage import agenda, consents, days, links, outbox, people, teams
from storage.engine import Store
from storage.outbox import OutboxRow
from storage.people import PersonRecord
from tests.counsellors.following import TUESDAY

GROUP, THREAD = -1001, 77
NADIA, KARIM, STRANGER, SOFIA = 501, 502, 599, 9001
WORLD = world()
FIRST_MESSAGE = 1000


@dataclass
class Message:
    """One message as it stands in a chat, edits included; `body`: of a copy, where it comes from."""

    id: int
    chat: int
    method: str
    reply: Reply
    body: dict[str, Any]

    @property
    def text(self) -> str:
        reply = self.reply
        return "\n".join(part for part in (reply.title, reply.text, reply.payload, reply.footer) if part)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.reply.buttons for button in row]


class Room:
    """The team "Élan" with Nadia and Karim; Nadia follows Sofia, who has answered the questions."""

    def __init__(self, store: Store, now: datetime = TUESDAY) -> None:
        self.store, self.now, self.updates, self.ids = store, now, 0, FIRST_MESSAGE
        self.messages: list[Message] = []
        self.fresh: list[Message] = []
        self.toast: Toast | None = None
        self.team_id, code = self(teams.create_team, "Élan", now, language="fr", time_zone="Europe/Paris")
        self(teams.activate, code, GROUP, now, is_forum=True)
        self.nadia, self.karim = self.join("Nadia", NADIA), self.join("Karim", KARIM)
        self.person = self.somebody()
        self.link_id = self.follow(self.person, self.nadia)

    def __call__(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.store.run_sync(work, *args, **kwargs)

    # Who is there

    def join(self, name: str, chat: int) -> int:
        counsellor, code = self(teams.add_counsellor, self.team_id, name)
        self(teams.join, code, chat, self.now)
        return int(counsellor)

    def somebody(self, telegram_id: int = SOFIA, first_name: str = "Sofia", **profile: Any) -> str:
        """Somebody who gets a daily action at 9:00."""
        person, _ = self(
            people.create_person,
            self.now,
            telegram_id=telegram_id,
            chat_id=telegram_id,
            language="fr",
            form="vous",
            profile=Profile(first_name=first_name, time_zone="Europe/Paris", **profile),
        )
        self(consents.give, person, "use", text_version=consent_version(), language="fr", now=self.now)
        for name, state in (("onboarding", "done"), ("counsellor", "quiet")):
            self(people.save_dialogue, person, name, version=1, state=state, data={}, now=self.now)
        due = datetime.fromisoformat("2026-11-25T08:00:00+00:00")
        today = self.now.date()
        self(people.save_person, person, next_due_at=due, last_push_date=today, last_seen_at=self.now)
        return str(person)

    def follow(self, person: str, counsellor: int, thread: int = THREAD) -> int:
        link = self(
            links.create,
            person,
            self.team_id,
            counsellor,
            self.now,
            shown=["action", "activity", "rhythm", "appointment"],
            initial="M",
            words_to="topic",
        )
        self(links.open_topic, link.id, GROUP, "Sofia M.")
        self(links.save_topic, link.id, thread_id=thread, state="open")
        return int(link.id)

    @property
    def link(self) -> links.LinkRow:
        found = self(links.by_id, self.link_id)
        assert isinstance(found, links.LinkRow)
        return found

    @property
    def record(self) -> PersonRecord:
        found = self(people.load_person, self.person)
        assert isinstance(found, PersonRecord)
        return found

    @property
    def open_action(self) -> days.ActionRow | None:
        found: days.ActionRow | None = self(days.open_action_of, self.person)
        return found

    # What counsellors do

    def command(
        self, text: str, who: int = NADIA, *, thread: int | None = THREAD, **values: Any
    ) -> list[Message]:
        """A command in the topic, as "/action cv"."""
        name, _, argument = text.removeprefix("/").partition(" ")
        return self.event(GroupKind.COMMAND, who, command=name, text=argument, thread_id=thread, **values)

    def say(
        self, text: str, who: int = NADIA, *, thread: int | None = THREAD, **values: Any
    ) -> list[Message]:
        """Words in the topic; `reply_to`: the message that they answer."""
        return self.event(GroupKind.TEXT, who, text=text, thread_id=thread, **values)

    def answer(self, text: str, who: int = NADIA) -> list[Message]:
        """Words in answer to Bob's newest question."""
        asked = next(
            each for each in reversed(self.messages) if each.reply.force_reply and each.chat == GROUP
        )
        return self.say(text, who, reply_to=asked.id)

    def press(self, label: str, who: int = NADIA, *, on: Message | None = None) -> list[Message]:
        """The newest button of the group whose label begins so."""
        message, button = self.button(label, GROUP, on)
        return self.press_data(callbacks.pack(button), message, who)

    def press_data(self, data: str, message: Message, who: int = NADIA) -> list[Message]:
        return self.event(
            GroupKind.BUTTON,
            who,
            message_id=message.id,
            thread_id=THREAD,
            press=callbacks.unpack(data),
            callback_id="1",
        )

    def card_press(self, room: str, value: str = "ask", who: int = NADIA) -> list[Message]:
        """A button of the card."""
        pressed = Press(room, 1, str(self.link_id), value)
        values: dict[str, Any] = {"thread_id": THREAD, "press": pressed, "callback_id": "1", "message_id": 1}
        return self.event(GroupKind.BUTTON, who, **values)

    def event(self, kind: GroupKind, who: int | None, **values: Any) -> list[Message]:
        self.updates += 1
        self.ids += 1
        known = {"message_id": self.ids} | values
        event = GroupEvent(kind, GROUP, who, is_forum=True, **known)
        self.toast = self(one_event, WORLD, event, self.updates, self.now)
        return self.deliver()

    # What the person does

    def tap(self, label: str, *, on: Message | None = None) -> list[Message]:
        """The newest button of the person's chat whose label begins so."""
        message, button = self.button(label, SOFIA, on)
        pressed = callbacks.unpack(callbacks.pack(button))
        return self.person_does(Kind.BUTTON, press=pressed, message_id=message.id, callback_id="1")

    def tells(self, text: str, **values: Any) -> list[Message]:
        self.ids += 1
        return self.person_does(Kind.TEXT, text=text, sent_id=self.ids, **values)

    def person_command(self, name: str) -> list[Message]:
        return self.person_does(Kind.COMMAND, command=name)

    def person_does(self, kind: Kind, **values: Any) -> list[Message]:
        self.updates += 1
        incoming = replace(Incoming(kind, SOFIA, SOFIA, client_language="fr"), **values)
        saved, self.toast = self(one_turn, WORLD, incoming, self.updates, self.now)
        for row in saved.rows:
            self(outbox.release, row.id)
        return self.deliver()

    # Time, and what is delivered

    def wait_until(self, moment: datetime) -> list[Message]:
        """Play every due instant until that one, in order; the messages that came."""
        came: list[Message] = self._due()
        while True:
            due = self(agenda.next_due, after=self.now)
            self.now = max(self.now, moment if due is None else min(due, moment))
            came += self._due()
            if self.now >= moment:
                self.fresh = came
                return came

    def _due(self) -> list[Message]:
        works: tuple[Callable[..., int], ...] = (
            daily.close_unsent,
            pauses.resume_due,
            daily.push_due,
            reminders.remind_due,
            recalls.recall_due,
            proposals.propose_due,
            later.send_due,
            outcomes.tell_due,
        )
        for work in works:
            self(work, WORLD, self.now, 100)
        self(retention.tidy, WORLD, self.now)
        return self.deliver()

    def deliver(self) -> list[Message]:
        """Everything that waits arrives, and is settled as the courier does it."""
        self.fresh = []
        while rows := self(self._claim):
            for row in rows:
                self._arrive(row)
        return self.fresh

    def _claim(self, conn: Connection) -> list[OutboxRow]:
        lanes: Any = {"interactive": 100, "bulk": 100}
        rows = outbox.claim(conn, self.now, lanes, 100, timedelta(seconds=30))
        for row in rows:
            outbox.start(conn, row.id)
        return rows

    def _arrive(self, row: OutboxRow) -> None:
        self.ids += 1
        if row.method in ("send", "copy", "edit"):
            body = dict(row.body)
            reply = (
                Reply.from_json(body) if row.method != "copy" else Reply("", reply_to=body.get("reply_to"))
            )
            if row.method != "copy":
                render.send(reply, row.chat_id, None)  # Telegram would take it
            known = next((each for each in self.messages if each.id == row.target_message_id), None)
            if row.method == "edit" and known is not None:
                known.reply = reply
                self.fresh.append(known)
            else:
                made = Message(self.ids, row.chat_id, row.method, reply, body)
                self.messages.append(made)
                self.fresh.append(made)
        self(outbox.settle, row.id, self.ids, self.now)
        self(on_settled, row, Delivered(self.ids), self.now)

    # What is seen

    def button(self, label: str, chat: int, on: Message | None = None) -> tuple[Message, Button]:
        for message in [on] if on else reversed([each for each in self.messages if each.chat == chat]):
            for row in message.reply.buttons:
                for button in row:
                    if button.label.startswith(label):
                        return message, button
        raise AssertionError(f"no button {label!r} in {chat}: {[each.labels for each in self.messages]}")

    def in_group(self) -> str:
        """What the last event or wait said in the group."""
        return "\n\n".join(each.text for each in self.fresh if each.chat == GROUP)

    def to_sofia(self) -> str:
        """What the last event or wait said to the person."""
        return "\n\n".join(each.text for each in self.fresh if each.chat == SOFIA)

    def last(self, chat: int) -> Message:
        return next(each for each in reversed(self.messages) if each.chat == chat)


def consent_version() -> str:
    from bot.dialogs.welcome import CONSENT_VERSION

    return CONSENT_VERSION
