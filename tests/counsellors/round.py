"""A team that writes to several people: Bob's messages are delivered, people press and answer, time passes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection

from bot.counsellors import settled
from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.several import bulk_sending
from bot.counsellors.workshops import event_changes
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.replies import Reply, Toast
from bot.dialogs.welcome import CONSENT_VERSION
from bot.turns.handling import one_turn
from scheduler import outcomes
from scheduler.messenger import Delivered, Failure, NotDelivered
from storage import consents, outbox, people
from storage.engine import Store
from storage.outbox import OutboxRow
from tests.counsellors.following import TUESDAY
from tests.counsellors.office import GROUP, NADIA, WORLD, Office

LEASE = timedelta(seconds=30)


@dataclass
class Shown:
    """A message as it stands in a chat, edits included."""

    id: int
    reply: Reply
    purpose: str
    at: datetime
    edits: int = 0

    @property
    def text(self) -> str:
        reply = self.reply
        return "\n".join(part for part in (reply.title, reply.text, reply.footer) if part)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.reply.buttons for button in row]

    def press(self, label: str) -> Press:
        """The button whose label begins so."""
        buttons = [button for row in self.reply.buttons for button in row]
        found = next((one for one in buttons if one.label.startswith(label)), None)
        assert found is not None, f"no button {label!r} among {self.labels}"
        return Press(found.dialogue, found.version, found.step, found.value)


@dataclass
class Chats:
    """Every message by chat."""

    by_chat: dict[int, list[Shown]] = field(default_factory=dict)

    def of(self, chat: int) -> list[Shown]:
        return self.by_chat.setdefault(chat, [])


class Round(Office):
    """The office with a courier: what Bob adds to the outbox arrives, or fails for those who blocked him."""

    def __init__(self, store: Store, now: datetime = TUESDAY) -> None:
        super().__init__(store, now)
        self.chats, self.blocked, self.ids, self.seen = Chats(), set[int](), count(100), count(1_000_000)
        self.failing: Failure = Failure.UNREACHABLE

    def follow(
        self, first_name: str = "Sofia", counsellor: int | None = None, days_ago: int = 100, **known: Any
    ) -> int:
        """Somebody who agreed to use Bob and to be followed. `language`, `form`, `time_zone`: of theirs."""
        theirs = {name: known.pop(name) for name in ("language", "form", "status") if name in known}
        zone = known.pop("time_zone", None)
        link = super().follow(first_name, counsellor, days_ago, **known)
        person = self.person_of(link)
        self(consents.give, person, "use", text_version=CONSENT_VERSION, language="fr", now=self.now)
        self(self._dress, person, theirs, zone)
        return link

    def _dress(self, conn: Connection, person: str, theirs: dict[str, Any], zone: str | None) -> None:
        record = people.load_person(conn, person)
        assert record is not None
        if zone is not None:
            theirs = theirs | {"profile": record.profile.model_copy(update={"time_zone": zone})}
        if theirs:
            people.save_person(conn, person, **theirs)

    def chat_of(self, link: int) -> int:
        record = self(people.load_person, self.person_of(link))
        return int(record.chat_id)

    # What members do

    def write(self, text: str, *, reply_to: int | None = None, who: int = NADIA, **known: Any) -> None:
        """A message in General, as an answer to one of Bob's or not."""
        kind = known.pop("kind", GroupKind.TEXT)
        self._event(
            GroupEvent(kind, GROUP, who, text=text, reply_to=reply_to, message_id=next(self.ids), **known)
        )
        self.deliver()

    def order(
        self, name: str, argument: str = "", who: int = NADIA, *, thread: int | None = None, chat: int = GROUP
    ) -> Shown:
        """A command with words after it; the last message that Bob says in that chat then."""
        event = GroupEvent(
            GroupKind.COMMAND, chat, who, command=name, text=argument, thread_id=thread, message_id=next(self.ids)
        )  # fmt: skip
        self._event(event)
        self.deliver()
        return self.chats.of(chat)[-1]

    def push(self, shown: Shown, label: str, who: int = NADIA, chat: int = GROUP) -> Toast | None:
        """A member presses the button whose label begins so."""
        return self.push_as(shown, shown.press(label), who, chat)

    def push_as(self, shown: Shown, pressed: Press, who: int = NADIA, chat: int = GROUP) -> Toast | None:
        event = GroupEvent(GroupKind.BUTTON, chat, who, message_id=shown.id, press=pressed, callback_id="1")
        toast = self._event(event)
        self.deliver()
        return toast

    # What people do

    def answers(self, link: int, label: str, shown: Shown | None = None) -> Toast | None:
        """Somebody presses a button of the last message that they have, or of another one."""
        message = shown or next(one for one in reversed(self.of(link)) if one.labels)
        return self.answers_as(link, message.press(label), message)

    def answers_as(self, link: int, pressed: Press, message: Shown) -> Toast | None:
        chat = self.chat_of(link)
        incoming = Incoming(Kind.BUTTON, chat, chat, press=pressed, message_id=message.id, callback_id="1")
        saved, toast = self(one_turn, WORLD, incoming, next(self.seen), self.now)
        for row in saved.rows:
            self._arrive(row)
        self.deliver()
        return toast

    def of(self, link: int) -> list[Shown]:
        """What Bob said to somebody."""
        return self.chats.of(self.chat_of(link))

    # Time and delivery

    def wait(self, **step: float) -> None:
        """Time passes, with all that falls due, in steps of ten seconds at first, then of minutes."""
        until = self.now + timedelta(**step)
        while self.now < until:
            left = until - self.now
            self.now += min(
                left, timedelta(seconds=10) if left < timedelta(minutes=3) else timedelta(minutes=10)
            )
            self.tick()

    def tick(self) -> None:
        for work in (
            bulk_sending.send_several_due,
            bulk_sending.report_several_due,
            event_changes.workshops_due,
        ):
            self(work, WORLD, self.now, 100)
        self.deliver()

    def deliver(self) -> None:
        """Everything that may go out now does."""
        while rows := self(outbox.claim, self.now, {"interactive": 100, "bulk": 100}, 100, LEASE):
            for row in rows:
                if self(outbox.start, row.id, lease_until=row.lease_until):
                    self._arrive(row)

    def _arrive(self, row: OutboxRow) -> None:
        if row.chat_id in self.blocked:
            outcome: Delivered | NotDelivered = NotDelivered(self.failing)
        else:
            outcome = Delivered(self._show(row))
        self(outcomes.record, row, outcome, self.now, timedelta(seconds=1), settled.on_settled)

    def _show(self, row: OutboxRow) -> int | None:
        shown = self.chats.of(row.chat_id)
        if row.method == "edit":
            old = next((one for one in shown if one.id == row.target_message_id), None)
            if old is not None:
                old.reply, old.edits = Reply.from_json(row.body), old.edits + 1
            return row.target_message_id
        message_id = next(self.ids)
        reply = Reply.from_json(row.body) if row.method == "send" else Reply(row.method)
        shown.append(Shown(message_id, reply, row.purpose, self.now))
        return message_id
