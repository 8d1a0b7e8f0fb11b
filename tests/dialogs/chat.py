"""A person who chats with Bob: the real dialogues, turns, ticks and storage; only Telegram is left out.

    chat.command("/start")
    chat.press("J'ai 15 ans ou plus")
    chat.say("Amina")
    assert "Quel métier" in chat.last.text

Every message is rendered as Telegram would get it, so that a text or a button that breaks a limit fails at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendDocument, SendMessage, SendPhoto
from sqlalchemy import Connection

from bot.advice.wording import choose_form
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.replies import Button, Reply, Toast
from bot.dialogs.texts import Voice, texts
from bot.dialogs.turn import World
from bot.pictures.drawing import progress_png
from bot.telegram import callbacks, limits, render
from bot.turns.handling import one_turn
from scheduler import daily, pauses, recalls, reminders, retention
from storage import agenda, days, outbox, people
from storage.days import ActionRow
from storage.engine import Store
from storage.outbox import OutboxRow
from storage.people import PersonRecord, VisitorRecord

PARIS = ZoneInfo("Europe/Paris")
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=PARIS)
"""When conversations begin: Thursday 26 November 2026, 10:00 in Paris; no public holiday near."""

_people = count(7_000_000_000)
_updates = count(1)
_TAGS = re.compile(r"<[^>]+>")


def paris(text: str) -> datetime:
    """ "2026-11-27 09:00" as an instant of Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@dataclass(slots=True)
class Message:
    """One message of Bob as it stands in the chat, edits included."""

    id: int
    reply: Reply
    at: datetime
    purpose: str = ""
    bulk: bool = False

    @property
    def text(self) -> str:
        """Everything that can be read in it but its buttons."""
        reply = self.reply
        return "\n".join(part for part in (reply.title, reply.text, reply.payload, reply.footer) if part)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.reply.buttons for button in row]


@dataclass(slots=True)
class Said:
    """What one event brought: messages sent or edited, in order, and the toast."""

    messages: list[Message] = field(default_factory=list)
    toast: Toast | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(message.text for message in self.messages)

    def __bool__(self) -> bool:
        return bool(self.messages) or self.toast is not None


class Chat:
    """One person in their private chat with Bob."""

    def __init__(
        self,
        store: Store,
        world: World,
        *,
        now: datetime = THURSDAY,
        client_language: str = "fr",
        telegram_id: int | None = None,
    ) -> None:
        self.store = store
        self.world = world
        self.now = now.astimezone(UTC)
        self.client_language = client_language
        self.telegram_id = telegram_id or next(_people)
        self.messages: list[Message] = []
        self.said = Said()
        self.deletions: list[str] = []
        self.elsewhere: list[OutboxRow] = []  # what was said in other chats: a team's group, a counsellor's
        self.checks: list[Callable[[Message], None]] = [check_message]
        self._message_ids = count(1)

    # What the person does

    def say(self, text: str) -> Said:
        """Type words."""
        return self._send(Kind.TEXT, text=text)

    def command(self, text: str) -> Said:
        """Send a command, as "/profil" or "/start code"."""
        name, _, argument = text.removeprefix("/").partition(" ")
        return self._send(Kind.COMMAND, command=name, text=argument)

    def send(self, kind: Kind, text: str = "", location: tuple[float, float] = (43.604, 1.444)) -> Said:
        """Send something that is not words: a photo, a voice message, a `location` (in Toulouse)..."""
        return self._send(kind, text=text, location=location if kind is Kind.LOCATION else None)

    def press(self, label: str, *, on: Message | None = None) -> Said:
        """Press the newest button whose label holds these words (`on`: on that message)."""
        message, button = self.button(label, on=on)
        return self.press_button(button, message)

    def tap(self, key: str, *, on: Message | None = None) -> Said:
        """Press the newest button whose label is the text of this key ("day.button.done"), however it is worded."""
        return self.press(self.words(key), on=on)

    def press_button(self, button: Button, message: Message | None = None) -> Said:
        """Press a button that is there, or was: its data goes through Telegram's form and back."""
        return self.press_data(callbacks.pack(button), message)

    def press_data(self, data: str, message: Message | None = None) -> Said:
        """Press with any callback data, forged ones included."""
        press = callbacks.unpack(data)
        return self.press_as(press, message)

    def press_as(self, press: Press | None, message: Message | None = None) -> Said:
        last = message or (self.messages[-1] if self.messages else None)
        return self._send(Kind.BUTTON, press=press, message_id=last.id if last else 1, callback_id="1")

    def _send(self, kind: Kind, **values: Any) -> Said:
        incoming = Incoming(
            kind, self.telegram_id, self.telegram_id, client_language=self.client_language, **values
        )
        return self.handle(incoming)

    def handle(self, incoming: Incoming) -> Said:
        """One event from its arrival to the delivery of what it brought."""
        saved, toast = self.store.run_sync(one_turn, self.world, incoming, next(_updates), self.now)
        if saved.deletion:
            self.deletions.append(saved.deletion)
        self.said = Said(toast=toast)
        for row in saved.rows:
            self._deliver(row)
        for row in self.store.run_sync(self._claim):
            self._deliver(row)
        return self.said

    # What is seen in the chat

    @property
    def last(self) -> Message:
        """The last message that was sent or edited."""
        if self.said.messages:
            return self.said.messages[-1]
        return self.messages[-1]

    @property
    def text(self) -> str:
        """All that the last event said."""
        return self.said.text

    @property
    def buttons(self) -> list[str]:
        """Labels on the messages of the last event; on the newest message with buttons if it had none."""
        labels = [label for message in self.said.messages for label in message.labels]
        return labels or next((message.labels for message in reversed(self.messages) if message.labels), [])

    def button(self, label: str, *, on: Message | None = None) -> tuple[Message, Button]:
        """The newest button whose label is these words, or begins with them, or holds them; and its message."""
        for fits in (str.__eq__, str.startswith, str.__contains__):
            for message in [on] if on else reversed(self.messages):
                for row in message.reply.buttons:
                    for button in row:
                        if fits(button.label, label) and button.url is None:
                            return message, button
        raise AssertionError(
            f"no button {label!r}; there are {[m.labels for m in self.messages if m.labels]}"
        )

    def has(self, key: str) -> bool:
        """Whether the last event left a button with the label of this key."""
        return self.words(key) in self.buttons

    def words(self, key: str, **values: object) -> str:
        """The text of a key in the person's language and form."""
        return self.voice(key, **values)

    def hears(self, key: str) -> bool:
        """Whether the last event said the text of this key, whatever its variables."""
        return says(self.voice, key, self.text + (f"\n{self.said.toast.text}" if self.said.toast else ""))

    @property
    def voice(self) -> Voice:
        known = self.known
        return Voice(known.language, known.form) if known else Voice(self.client_language)

    # Time

    @property
    def local_now(self) -> datetime:
        return self.now.astimezone(PARIS)

    def wait(self, step: timedelta) -> Said:
        """Let time pass, with all that falls due."""
        return self.tick_to(self.now + step)

    def tick_to(self, moment: datetime) -> Said:
        """Play every due instant until that one, in order: ends of pauses, pushes, recalls, retention."""
        target = moment.astimezone(UTC)
        self.said = Said()
        self._due()
        while True:
            due = self.store.run_sync(agenda.next_due, after=self.now)
            step = target if due is None else min(due, target)
            self.now = max(self.now, step)
            self._due()
            if step >= target:
                return self.said

    def sleep_to(self, moment: datetime) -> Said:
        """An outage: nothing runs until that moment, then everything that is due."""
        self.now = moment.astimezone(UTC)
        self.said = Said()
        self._due()
        return self.said

    def _due(self) -> None:
        works = (
            daily.close_unsent,
            pauses.resume_due,
            daily.push_due,
            reminders.remind_due,
            recalls.recall_due,
        )
        for work in works:
            self.store.run_sync(work, self.world, self.now, 100)
        self.deletions += self.store.run_sync(retention.tidy, self.world, self.now)
        for row in self.store.run_sync(self._claim):
            self._deliver(row)

    def _claim(self, conn: Connection) -> list[OutboxRow]:
        """Everything that waits, one row of each chat at a time."""
        rows: list[OutboxRow] = []
        while True:
            limits_by_lane = {"interactive": 100, "bulk": 100}
            found = outbox.claim(conn, self.now, limits_by_lane, 100, timedelta(seconds=30))  # type: ignore[arg-type]
            if not found:
                return rows
            for row in found:
                outbox.start(conn, row.id)
                outbox.settle(conn, row.id, None, self.now)
            rows += [row for row in found if row.chat_id == self.telegram_id]
            self.elsewhere += [row for row in found if row.chat_id != self.telegram_id]

    # Delivery

    def _deliver(self, row: OutboxRow) -> None:
        reply = Reply.from_json(row.body)
        edited = next((message for message in self.messages if message.id == row.target_message_id), None)
        if row.method == "edit" and edited is not None:
            edited.reply, message = reply, edited
        else:
            bulk = row.lane == "bulk"
            message = Message(next(self._message_ids), reply, self.now, row.purpose, bulk)
            self.messages.append(message)
        for check in self.checks:
            check(message)
        if message not in self.said.messages:
            self.said.messages.append(message)
        self.store.run_sync(outbox.settle, row.id, message.id, self.now)

    # What the database holds

    @property
    def record(self) -> PersonRecord:
        found = self.store.run_sync(people.load_by_telegram, self.telegram_id)
        assert isinstance(found, PersonRecord), "nobody with a profile"
        return found

    @property
    def known(self) -> PersonRecord | VisitorRecord | None:
        return self.store.run_sync(people.load_by_telegram, self.telegram_id)

    @property
    def open_action(self) -> ActionRow | None:
        return self.store.run_sync(days.open_action_of, self.record.id)

    @property
    def actions(self) -> list[ActionRow]:
        """Every action received, oldest first."""
        return self.store.run_sync(_actions, self.record.id)

    def state(self, dialogue: str) -> str | None:
        """Where the person stands in a conversation."""
        place = self.record.dialogues.get(dialogue)
        return place.state if place else None

    # Shortcuts

    def agree(self) -> None:
        """From nothing to the first question."""
        self.command("/start")
        self.tap("welcome.agree")

    def onboard(self, **answers: str) -> None:
        """From nothing to the diagnosis, with typed or pressed answers; `answers` replaces some, by state."""
        self.agree()
        for name, answer in answers_for(self.client_language, **answers):
            if self.state("onboarding") == name:
                self.answer(answer)
        assert self.state("onboarding") == "done", self.state("onboarding")
        while self.state("diagnosis") == "asking":
            self.tap("questions.skip")

    def answer(self, answer: str) -> Said:
        """Press the button of this label if there is one, else type it; "@key" taps the button of a key."""
        if answer.startswith("@"):
            return self.tap(answer[1:])
        if any(answer == label for label in self.buttons):
            return self.press(answer)
        return self.say(answer)


SKIP = "@questions.skip"
USUAL = {
    "fr": {
        "first_name": "Amina",
        "job": "aide-soignante",
        "place": "Angers",
        "distance": "Jusqu'à 30 km",
        "situation": "Sans emploi",
        "months": "6 mois",
        "micro": "@onboarding.micro_done",
        "experience": "2 à 5 ans",
        "diploma": "CAP, BEP",
        "barriers": "pas de réponse",
        "applications": "12",
        "interviews": "0",
        "hour": "9 h",
    },
    "en": {
        "first_name": "Amina",
        "job": "care assistant",
        "place": "Angers",
        "distance": "Up to 30 km",
        "situation": "Out of work",
        "months": "6 months",
        "micro": "@onboarding.micro_done",
        "experience": "2 to 5 years",
        "diploma": "CAP, BEP",
        "barriers": "no answer",
        "applications": "12",
        "interviews": "0",
        "hour": "9:00",
    },
}
"""A usual person's answer at each step of the first conversation."""


def answers_for(language: str, **changed: str) -> Iterator[tuple[str, str]]:
    """The steps of the first conversation with the answer to each; steps that are not reached are left out."""
    answers = USUAL[language] | changed
    for name, answer in answers.items():
        yield name, answer
        if name == "job":
            yield "job_pick", answers.get("job_pick", SKIP)
        if name == "place":
            yield "place_pick", answers.get("place_pick", SKIP)


def _actions(conn: Connection, person_id: str) -> list[ActionRow]:
    ids = conn.exec_driver_sql("SELECT id FROM action ORDER BY id").scalars().all()
    found = [days.action_by_id(conn, person_id, action_id) for action_id in ids]
    return [action for action in found if action is not None]


def says(voice: Voice, key: str, text: str) -> bool:
    """Whether a text holds the sentence of a key, whatever its variables."""
    entry = texts()[key]
    variants = [entry[field] for field in (voice.language, f"{voice.language}_one") if field in entry]
    return any(_pattern(choose_form(variant, voice.form)).search(text) for variant in variants)


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"\{[a-z][a-z0-9_]*\}", text)
    return re.compile(".*?".join(map(re.escape, parts)), re.DOTALL)


# What holds for every message


def check_message(message: Message) -> None:
    """Telegram accepts it as one message, it says something, and its buttons can be read on a phone."""
    reply = message.reply
    assert message.text.strip(), f"nothing to read: {reply}"
    for row in reply.buttons:
        assert 1 <= len(row) <= 3, f"{len(row)} buttons in a row: {[button.label for button in row]}"
        for button in row:
            assert button.label.strip()
            if button.url is None:
                assert len(callbacks.pack(button).encode()) <= limits.CALLBACK_DATA_MAX_BYTES
    calls = render.send(reply, 1, progress_png(reply.picture) if reply.picture else None)
    assert len(calls) == 1, "too long for one message"
    for call in calls:
        if isinstance(call, SendMessage | EditMessageText):
            assert 0 < limits.utf16_length(_TAGS.sub("", call.text or "")) <= limits.TEXT_MAX
        else:
            assert isinstance(call, SendPhoto if reply.picture else SendDocument)


def no_blank_left(message: Message) -> None:
    """No `{variable}` of a text was left unfilled (for conversations in which nobody types braces)."""
    assert not re.search(r"\{[^}]*\}", message.text), message.text
    assert not any("{" in label for label in message.labels), message.labels


def transcript(chat: Chat, messages: Sequence[Message] | None = None) -> str:
    """Messages as one reads them on a phone; for looking at a conversation while writing it."""
    lines = []
    for message in messages if messages is not None else chat.said.messages:
        lines.append(message.text)
        lines += ["  " + " ".join(f"[{button.label}]" for button in row) for row in message.reply.buttons]
        lines.append("")
    if chat.said.toast:
        lines.append(f"({chat.said.toast.text})")
    return "\n".join(lines)
