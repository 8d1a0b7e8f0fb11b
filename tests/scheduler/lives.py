"""One life with Bob, without a database: the real planner and the real settings, at random, watched by a witness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.dialogs import reach, settings, silence, unasked
from bot.dialogs.effects import OpenAction
from bot.dialogs.pausing import Asked
from bot.dialogs.turn import ActionView, OpenDialogue, Person, PlanView, Turn, World
from bot.dialogs.welcome import CONSENT_VERSION
from bot.turns import planning
from scheduler.daily import covers
from tests.scheduler.rules import Broken, Witness

ZONES = (
    "Europe/Paris", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Toronto", "Pacific/Noumea", "Pacific/Tahiti",
    "Indian/Reunion", "Australia/Lord_Howe", "America/Guadeloupe", "Asia/Kathmandu",
)  # fmt: skip
DAYS = (None, None, None, {1}, {1, 3, 5}, {6, 7}, {1, 2, 3, 4, 5, 6, 7}, {2, 7})
STEPS = (
    timedelta(seconds=5), timedelta(minutes=7), timedelta(hours=2), timedelta(hours=5), timedelta(hours=11),
    timedelta(days=1), timedelta(days=2), timedelta(days=6), timedelta(days=17),
)  # fmt: skip


@dataclass(slots=True)
class Kept:
    """What the database would hold of when the person is due."""

    profile: Profile
    status: str = "active"
    paused_until: datetime | None = None
    last_push_date: Any = None
    unanswered: int = 0
    next_due_at: datetime | None = None
    dialogues: dict[str, OpenDialogue] = field(default_factory=dict)


class Life:
    """Starts from a seed; `live` runs it. `log` says what happened, for whoever looks for a fault."""

    def __init__(self, seed: int, world: World) -> None:
        self.chance = chance = Random(seed)
        self.world = world
        self.now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(3 * 365 * 86_400))
        profile = Profile(
            time_zone=chance.choice(ZONES),
            hour=chance.choice((None, time(8), time(9), time(12, 30), time(18), time(20))),
            days=chance.choice(DAYS),
            public_holidays=chance.random() < 0.2,
        )
        self.person = Person(
            "fr", "vous", profile, dialogues={"onboarding": OpenDialogue("done", 1)},
            consents=frozenset({"use"}), consent_version=CONSENT_VERSION,
        )  # fmt: skip
        self.kept = Kept(profile)
        self.open: ActionView | None = None
        self.witness = Witness()
        self.log: list[str] = []
        self.opened = 0
        self.latest = self.now
        self._save(self._turn())

    def live(self, events: int) -> None:
        """So many events, each followed by time in which Bob is up, down, or whose clock jumps."""
        for _ in range(events):
            event = self.chance.choices(EVENTS, WEIGHTS)[0]
            self.log.append(f"{self.now:%Y-%m-%d %H:%M} {event.__name__} {self.person.profile.time_zone}")
            event(self)
            self.witness.note(self.person.status)

    # The shell

    def _turn(self) -> Turn:
        turn = Turn(self.world, self.person, self.now, seed="life")
        turn.open_action = self.open
        return turn

    def _save(self, turn: Turn) -> None:
        """As `bot.turns.saving` does, in memory."""
        openings = [effect for effect in turn.effects if isinstance(effect, OpenAction)]
        if len(openings) > 1:
            raise Broken("two actions opened at once")
        if openings:
            self.opened += 1
            self.open = ActionView(self.opened, "x", turn.today, Outcome.OPEN, False, False)
        person, kept = self.person, self.kept
        if planning.rhythm_changed(kept, turn):
            kept.next_due_at = planning.next_due_of(turn, self.now)
        kept.profile, kept.status, kept.paused_until = person.profile, person.status, person.paused_until
        kept.last_push_date, kept.unanswered = person.last_push, person.unanswered

    def tick(self) -> None:
        """Bob looks at what is due, as the scheduler does."""
        person, kept = self.person, self.kept
        if kept.paused_until is not None and kept.paused_until <= self.now:
            turn = self._turn()
            person.paused_until = None
            if person.status == "paused":
                person.status = "active"
            self._save(turn)
        if kept.next_due_at is not None and kept.next_due_at <= self.now:
            self._due()
        if self.now >= self.latest:  # hours lived twice are not owed twice
            self.witness.missing(person.profile, self.now, person.status)
            self.latest = self.now
        self.witness.note(person.status)

    def _due(self) -> None:
        person, kept, turn = self.person, self.kept, self._turn()
        if person.status != "active":
            kept.next_due_at = None
            return
        ruling = silence.rule(person.profile, self.now, person.last_push, person.unanswered, kept.next_due_at)
        if not ruling.speak:
            kept.next_due_at = ruling.next_due
            return
        person.last_push = turn.today
        if covers(turn):
            self.witness.covered(person.profile, self.now)
        else:
            self.log.append(f"{self.now:%Y-%m-%d %H:%M} push")
            self.witness.pushed(person.profile, self.now, person.status)
            unasked.say_many([turn])
        self._save(turn)

    def _answered(self, answer: Callable[[Turn], object]) -> None:
        self.witness.heard(self.person.profile, self.now)
        turn = self._turn()
        reach.back_in_touch(turn)
        answer(turn)
        self._save(turn)
        self.tick()

    # Events

    def wait(self) -> None:
        """Time passes; Bob is up, and looks whenever something is due."""
        target = self.now + self.chance.choice(STEPS) * self.chance.uniform(0.5, 1.5)
        while True:
            due = [at for at in (self.kept.next_due_at, self.kept.paused_until) if at and at > self.now]
            step = min([*due, target])
            self.now = step
            self.tick()
            if step >= target:
                return

    def outage(self) -> None:
        """Nothing runs, then Bob is started again; the same for a clock that jumps forward."""
        self.now += self.chance.choice(STEPS) * self.chance.uniform(0.5, 1.5)
        self.tick()
        self.tick()

    def clock_back(self) -> None:
        self.now -= timedelta(minutes=self.chance.randrange(1, 180))
        self.tick()

    def answer(self) -> None:
        self._answered(lambda _: None)

    def does_it(self) -> None:
        self._answered(lambda _: None)
        self.open = None

    def asks_for_one(self) -> None:
        self._answered(lambda turn: turn.do(OpenAction("x", "x", "small", 5, "asked")))

    def plans(self) -> None:
        self.answer()
        if self.open is not None:
            when = self._turn().local_now.replace(tzinfo=None) + timedelta(days=self.chance.randrange(3))
            view = ActionView(self.open.id, "x", self.open.day, Outcome.OPEN, False, False)
            self.open = ActionView(
                view.id, "x", view.day, Outcome.OPEN, False, False, plan=PlanView(when, None, None, None)
            )

    def pause(self) -> None:
        days = self.chance.choice((1, 3, 7, 30))
        until = self._turn().today + timedelta(days=days)
        self._answered(lambda turn: settings.DIALOGUE.fire(turn, "pause", Asked(until)))

    def rest(self) -> None:
        self._answered(settings.rest)

    def undo_pause(self) -> None:
        self._answered(lambda turn: settings.press(turn, "undo"))

    def stop(self) -> None:
        self._answered(settings.stop)

    def resume(self) -> None:
        self._answered(settings.resume)

    def closing_button(self) -> None:
        self._answered(lambda turn: settings.press(turn, self.chance.choice(("resume", "leave_it"))))

    def less(self) -> None:
        self._answered(
            lambda turn: settings.DIALOGUE.enter(turn, "less") or settings.press(turn, self.chance.choice(
                ("daily", "three", "weekly", "pause3")
            ))
        )  # fmt: skip

    def block(self) -> None:
        turn = self._turn()
        reach.blocked(turn)
        self._save(turn)
        self.tick()

    def unblock(self) -> None:
        self._answered(lambda _: None)

    def moves(self) -> None:
        zone, hour, days = (
            self.chance.choice(ZONES),
            time(self.chance.randrange(8, 21)),
            self.chance.choice(DAYS),
        )
        changed: dict[str, Any] = self.chance.choice(
            ({"time_zone": zone}, {"time_zone": zone}, {"hour": hour}, {"days": days})
        )

        def move(turn: Turn) -> None:
            turn.profile = turn.profile.with_answers(**changed)

        self._answered(move)


EVENTS: tuple[Callable[[Life], None], ...] = (
    Life.wait, Life.outage, Life.clock_back, Life.answer, Life.does_it, Life.asks_for_one, Life.plans, Life.pause,
    Life.rest, Life.undo_pause, Life.stop, Life.resume, Life.closing_button, Life.less, Life.block, Life.unblock,
    Life.moves,
)  # fmt: skip
WEIGHTS = (60, 12, 4, 5, 4, 4, 3, 3, 2, 2, 1, 4, 2, 2, 2, 4, 6)
