"""C1, C4, C5, C6, C7 through each database: random histories of many people at once, with kills, outages and moves.

The people press the buttons that they were sent, type, fall silent, pause, block, move. The same rules are watched as
in `test_planner`, and nobody ever has two actions open.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from bot.advice.profile import Profile
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.pressing import DIALOGUES
from bot.dialogs.turn import World
from bot.dialogs.welcome import CONSENT_VERSION
from bot.turns.handling import one_turn
from scheduler import daily, pauses, recalls
from storage import consents, people
from storage.engine import Store
from storage.errors import StoreError
from storage.people import PersonRecord
from storage.tables.core import action, day
from storage.tables.core import outbox as outbox_table
from storage.tables.core import person as person_table
from tests.databases import *  # noqa: F403
from tests.dialogs.conftest import known_ids, world
from tests.scheduler.lives import DAYS, ZONES
from tests.scheduler.rules import Witness

__all__ = ["known_ids", "world"]

HISTORIES = int(os.environ.get("HISTORIES", "300"))
"""People in `make test`; `make test-long` takes more."""
TOGETHER = 100
ROUNDS = 36
COMING_BACK = 26
"""From this round on, those who were hardly ever there come by now and then: after a silence that Bob has closed."""
SAYINGS = (
    "bonjour", "c'est fait", "plus tard", "pas pour moi", "trop dur", "je bloque", "une autre", "demain 10h", "annuler",
    "j'ai la grippe", "vacances jusqu'au 12", "pas cette semaine", "je suis malade", "3 jours", "encore un refus",
    "j'en ai marre", "sale journée", "aujourd'hui je vais plutôt appeler la mairie", "oui", "non", "facile", "stop",
)  # fmt: skip
COMMANDS = (
    "action",
    "moins",
    "reprendre",
    "reprendre",
    "stop",
    "start",
    "monaction",
    "profil",
    "pourquoi",
    "langue",
)
STEPS = (
    timedelta(minutes=4), timedelta(hours=3), timedelta(hours=7), timedelta(hours=13), timedelta(days=1),
    timedelta(days=1), timedelta(days=2), timedelta(days=5), timedelta(days=70),
)  # fmt: skip
LOOKS = timedelta(hours=8)
STEP_WEIGHTS = (4, 6, 8, 10, 14, 12, 18, 20, 4)


class Killed(Exception):
    """The process dies before its commit."""


class Town:
    """Some people who live at the same time, with one Bob."""

    def __init__(self, store: Store, world: World, seed: int, size: int) -> None:
        self.store, self.world, self.chance = store, world, Random(seed)
        self.now = datetime(2026, self.chance.choice((3, 6, 10)), 20, 6, tzinfo=UTC)
        self.updates = count(seed * 1_000_000 + 1)
        self.people = [self._moves_in(seed * 10_000 + number) for number in range(size)]
        # Some are there every day, some hardly ever.
        self.liveliness = {
            person_id: self.chance.choice((0.02, 0.1, 0.2, 0.4)) for person_id, _ in self.people
        }
        self.witnesses = {person_id: Witness() for person_id, _ in self.people}
        self.buttons: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.newest: dict[str, list[dict[str, Any]]] = {}
        self.read_up_to = 0
        self.reached: set[tuple[str, str]] = set()
        self.left: set[tuple[str, str]] = set()
        self.records: dict[str, PersonRecord] = {}
        self.events = 0
        for person in self.people:
            self._event(person, Kind.TEXT, text="bonjour")

    def _moves_in(self, number: int) -> tuple[str, int]:
        chance = self.chance
        profile = Profile(
            first_name="Amina", job="aide-soignante", place="Angers", months=6, applications=12, interviews=0,
            time_zone=chance.choice(ZONES), hour=chance.choice((time(8), time(9), time(18), time(20))),
            days=chance.choice(DAYS),
        )  # fmt: skip

        def move_in(conn: Connection) -> str:
            person_id, _ = people.create_person(
                conn,
                self.now,
                telegram_id=number,
                chat_id=number,
                language="fr",
                form="vous",
                profile=profile,
            )
            consents.give(conn, person_id, "use", text_version=CONSENT_VERSION, language="fr", now=self.now)
            people.save_dialogue(
                conn, person_id, "onboarding", version=DIALOGUES["onboarding"].version, state="done", data={},
                now=self.now,
            )  # fmt: skip
            return person_id

        return self.store.run_sync(move_in), number

    # What people do

    def somebody_does_something(self, person: tuple[str, int]) -> None:
        chance, buttons = self.chance, self.buttons[person[0]]
        kind = chance.random()
        if kind < 0.5 and buttons:
            button = chance.choice(self.newest[person[0]] if chance.random() < 0.85 else buttons)
            press = Press(button["dialogue"], button["version"], button["step"], button["value"])
            self._event(person, Kind.BUTTON, press=press, message_id=1)
            if chance.random() < 0.1:
                self._event(person, Kind.BUTTON, press=press, message_id=1)
        elif kind < 0.75:
            self._event(person, Kind.TEXT, text=chance.choice(SAYINGS))
        elif kind < 0.9:
            self._event(person, Kind.COMMAND, command=chance.choice(COMMANDS))
        elif kind < 0.95:
            self._event(person, chance.choice((Kind.BLOCKED, Kind.UNBLOCKED)))
        else:
            self._event(person, Kind.TEXT, text="bonjour", zone=chance.choice(ZONES))

    def somebody_comes_back(self, person: tuple[str, int]) -> None:
        """At the end everybody presses a button of the newest message that has any."""
        if newest := self.newest.get(person[0]):
            button = self.chance.choice(newest)
            press = Press(button["dialogue"], button["version"], button["step"], button["value"])
            self._event(person, Kind.BUTTON, press=press, message_id=1)

    def _event(self, person: tuple[str, int], kind: Kind, *, zone: str | None = None, **values: Any) -> None:
        person_id, telegram_id = person
        before = self._load(person_id)
        profile = before.profile if zone is None else before.profile.with_answers(time_zone=zone)
        if kind is not Kind.BLOCKED:
            self.witnesses[person_id].heard(profile, self.now)
        incoming = Incoming(kind, telegram_id, telegram_id, **values)

        def unit(conn: Connection) -> None:
            if zone is not None:  # as /profil does, without its questions
                people.save_person(conn, person_id, profile=profile, next_due_at=None)
            one_turn(conn, self.world, incoming, next(self.updates), self.now)

        self._maybe_killed_first(unit)
        self.events += 1
        after = self._load(person_id)
        self._note_places(before, after)
        self._read()

    def _note_places(self, before: PersonRecord, after: PersonRecord) -> None:
        for name, place in before.dialogues.items():
            now = after.dialogues.get(name)
            if now is None or now.state != place.state:
                self.left.add((name, place.state))
        for record in (before, after):
            self.reached |= {(name, place.state) for name, place in record.dialogues.items()}

    # What Bob does

    def goes_on(self) -> None:
        """Time passes, with Bob up all along or only at its end; sometimes his clock is a little wrong."""
        chance = self.chance
        if chance.random() < 0.05:
            self.now -= timedelta(minutes=chance.randrange(1, 50))
        else:
            [step] = chance.choices(STEPS, STEP_WEIGHTS)
            until = self.now + step * chance.uniform(0.7, 1.3)
            if step < timedelta(days=30) and chance.random() < 0.7:  # else it was an outage
                while self.now + LOOKS < until:
                    self.now += LOOKS
                    self.tick()
            self.now = until
        latest = getattr(self, "latest", self.now)
        self.tick()
        if self.now >= latest:
            self.latest = self.now
            for person_id, _ in self.people:
                record = self._load(person_id)
                self.witnesses[person_id].missing(record.profile, self.now, record.status)

    def tick(self) -> None:
        for work in (daily.close_unsent, pauses.resume_due, daily.push_due, recalls.recall_due):
            while True:
                done: list[int] = []

                def unit(conn: Connection, work: Callable[..., int] = work, done: list[int] = done) -> None:
                    done.append(work(conn, self.world, self.now, 50))

                self._maybe_killed_first(unit)
                if done[-1] < 50:
                    break
        self._read()

    def _maybe_killed_first(self, unit: Callable[[Connection], None]) -> None:
        """Now and then the process dies just before the commit, and another one does it again."""

        def dies(conn: Connection) -> None:
            unit(conn)
            raise Killed

        if self.chance.random() < 0.03:
            with pytest.raises(Killed):
                self.store.run_sync(dies)
        self.store.run_sync(unit)

    # What is watched

    def _load(self, person_id: str) -> PersonRecord:
        found = self.store.run_sync(people.load_person, person_id)
        assert found is not None
        return found

    def _read(self) -> None:
        """Take note of what was said since, and of dates that an own action covers; then settle it as delivered."""
        for person_id, purpose, body in self.store.run_sync(self._new_messages):
            record = self._load(person_id)
            if purpose == "daily":
                self.witnesses[person_id].pushed(record.profile, self.now, record.status)
            rows = json.loads(body).get("buttons", ()) if isinstance(body, str) else body.get("buttons", ())
            found = [button for row in rows for button in row if _may_be_pressed(button)]
            if found:
                self.newest[person_id] = found
                self.buttons[person_id] += found
        for person_id, used in self.store.run_sync(_used_days):
            self.witnesses[person_id].used.add(used)
        doubles = self.store.run_sync(_two_open)
        assert not doubles, f"two open actions: {doubles}"

    def _new_messages(self, conn: Connection) -> list[Any]:
        table = outbox_table
        rows = conn.execute(
            select(table.c.id, table.c.person_id, table.c.purpose, table.c.body)
            .where(table.c.id > self.read_up_to)
            .order_by(table.c.id)
        ).all()
        conn.execute(
            table.update().where(table.c.id > self.read_up_to).values(state="sent", settled_at=self.now)
        )
        self.read_up_to = max([self.read_up_to, *(row.id for row in rows)])
        return [(row.person_id, row.purpose, row.body) for row in rows]


def _may_be_pressed(button: dict[str, Any]) -> bool:
    """Nobody leaves for good here: deletions have tests of their own."""
    return "dialogue" in button and button["dialogue"] != "mydata"


def _used_days(conn: Connection) -> list[Any]:
    """Dates that had an action, a message, or nothing useful to say."""
    return list(conn.execute(select(day.c.person_id, day.c.local_date).where(day.c.origin != "missed")))


def _two_open(conn: Connection) -> list[Any]:
    grouped = (
        select(action.c.person_id, func.count())
        .where(action.c.outcome == "open")
        .group_by(action.c.person_id)
    )
    return list(conn.execute(grouped.having(func.count() > 1)))


@pytest.mark.timeout(900 + 3 * HISTORIES)
def test_random_histories_keep_the_rules_and_come_to_every_place(store: Store, world: World) -> None:
    reached: set[tuple[str, str]] = set()
    left: set[tuple[str, str]] = set()
    pushes = 0
    for seed in range(-(-HISTORIES // TOGETHER)):
        town = Town(store, world, seed + 1, TOGETHER)
        for number in range(ROUNDS):
            for person in town.people:
                least = 0.1 if number >= COMING_BACK else 0.0
                if town.chance.random() < max(town.liveliness[person[0]], least):
                    for _ in range(town.chance.choice((1, 1, 2, 5))):
                        town.somebody_does_something(person)
            town.goes_on()
        for person in town.people:
            town.somebody_comes_back(person)
        reached |= town.reached
        left |= town.left
        store.run_sync(lambda conn: conn.execute(person_table.delete()))
        pushes += sum(len(witness.sent) for witness in town.witnesses.values())
    assert pushes > 3 * HISTORIES
    for name in ("day", "plan", "settings", "setback", "own", "back"):
        states = {(name, state) for state in DIALOGUES[name].states}
        lasting = states - {("plan", "set")}  # said and closed at once
        assert lasting <= reached, f"never reached: {lasting - reached}"
        assert lasting <= left, f"never left: {lasting - left}"


def test_a_second_open_action_would_be_found_out(
    store: Store, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a fault in the closing of the former action, the histories break: here the database itself refuses."""

    class Nothing:
        def count(self, conn: Connection, **values: Any) -> int:
            return 0

    monkeypatch.setattr("storage.days_sql.CLOSE_FORMER", Nothing())
    town = Town(store, world, 1, 5)

    def lives() -> None:
        for _ in range(ROUNDS):
            town.goes_on()

    with pytest.raises(StoreError, match=r"uq_action_open|UNIQUE"):
        lives()
