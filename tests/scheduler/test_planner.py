"""C1, C5, C6: thousands of random lives through the planner, in memory; and that each rule can be seen to break."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs import offering, rhythm, silence
from bot.dialogs.effects import OpenAction
from bot.dialogs.turn import Turn, World
from bot.turns import planning
from tests.dialogs.conftest import world
from tests.scheduler.lives import Life
from tests.scheduler.rules import Broken

__all__ = ["world"]

LIVES = int(os.environ.get("LIVES", "10000"))
"""Random lives in `make test`; more with the variable."""
EVENTS = 30


@pytest.fixture(autouse=True)
def any_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice of the action is not what is tried here: something is opened and said."""

    def push_many(turns: list[Turn]) -> None:
        for turn in turns:
            turn.do(OpenAction("x", "x", "small", 5, "push"))
            turn.say("x")

    monkeypatch.setattr(offering, "push_many", push_many)


def live(world: World, seeds: range) -> Iterator[Life]:
    for seed in seeds:
        life = Life(seed, world)
        try:
            life.live(EVENTS)
        except Broken as broken:
            history = "\n".join(life.log)
            raise Broken(f"seed {seed}: {broken}\n{history}") from None
        yield life


@pytest.mark.timeout(600 + LIVES // 20)
def test_whatever_happens_the_rules_of_the_day_hold(world: World) -> None:
    """Answers, silences, moves of zone, DST, pauses, outages, clock jumps: never two a date, never outside the hours
    or on a day off, never after a stop, never a missing day while Bob is up; and each place is reached and left.
    """
    seen: set[str] = set()
    messages = 0
    for life in live(world, range(LIVES)):
        seen |= life.witness.seen
        messages += len(life.witness.sent)
    assert messages > LIVES
    assert {f"rung {count}" for count in range(12)} <= seen
    assert {f"status {name}" for name in ("active", "paused", "stopped", "unreachable")} <= seen


def _two_a_date(patch: pytest.MonkeyPatch) -> None:
    """Forget that today's is used up."""
    real = rhythm.next_due
    patch.setattr(
        rhythm, "next_due", lambda profile, now, taken, gap=rhythm.A_DAY: real(profile, now, None, gap)
    )


def _at_night(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rhythm, "within_hours", lambda profile, now: True)


def _on_days_off(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rhythm, "is_day_off", lambda profile, day: False)


def _a_day_is_24_hours(patch: pytest.MonkeyPatch) -> None:
    """The classic: the next one a day later, whatever the wall clock and the calendar say."""
    real = silence.next_due

    def next_due(*args: Any) -> Any:
        found = real(*args)
        return found and found + timedelta(hours=24)

    patch.setattr(silence, "next_due", next_due)


def _nothing_late(patch: pytest.MonkeyPatch) -> None:
    """Give a day up whose hour has passed."""
    patch.setattr(rhythm, "within_hours", lambda profile, now: False)
    patch.setattr(rhythm, "_LOOK_AHEAD_DAYS", 90)


def _no_ladder(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(silence, "gap", lambda unanswered: rhythm.A_DAY)


def _no_end(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(silence, "next_due", lambda profile, now, taken, unanswered: rhythm.next_due(
        profile, now, taken, silence.gap(min(unanswered, 10))
    ))  # fmt: skip


def _answers_do_not_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(silence, "heard", lambda person, now: None)


def _moves_are_not_noticed(patch: pytest.MonkeyPatch) -> None:
    """The due instant stays where it was, whatever changes."""
    patch.setattr(planning, "rhythm_changed", lambda kept, turn: kept.next_due_at is None)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (_two_a_date, "two messages on"),
        (_at_night, "outside the hours"),
        (_on_days_off, "a day off"),
        (_a_day_is_24_hours, "nothing came on"),
        (_nothing_late, "nothing came on"),
        (_no_ladder, "too soon after"),
        (_no_end, "after the closing"),
        (_answers_do_not_count, "nothing came on"),
        (_moves_are_not_noticed, "nothing came on"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else None,
)
def test_a_broken_planner_is_found_out(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch], None], told: str
) -> None:
    """Each rule can fail: with that fault in the planner, some life of the first thousand breaks it."""
    fault(monkeypatch)
    found = set()
    for seed in range(1000):
        life = Life(seed, world)
        try:
            life.live(EVENTS)
        except Broken as broken:
            found.add(str(broken))
        except AssertionError:
            continue  # the planner's own safeguard
        if any(told in one for one in found):
            return
    raise AssertionError(f"not found out; only {sorted(found)[:5]}")
