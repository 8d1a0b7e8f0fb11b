"""What Bob says unasked on a day: one message for each local date, for which everything unasked bids.

The bids are asked in their order: the first that has something to say uses the day up; where none has, it is the daily
action's. Each message that is said counts as unanswered until the person shows a sign of life; of people in work none
does: they are expected to be silent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogs import assigned, follow_up, found, in_work, offering, settings, weekly
from bot.dialogs.silence import Rung, rung
from bot.dialogs.turn import Turn


@dataclass(frozen=True, slots=True)
class Bid:
    """due: whether this has something to say on the turn's date. say: says it, and counts as the day's message."""

    name: str
    due: Callable[[Turn], bool]
    say: Callable[[Turn], None]


def _is_working(turn: Turn) -> bool:
    return in_work.is_working(turn.person)


def _is_closing(turn: Turn) -> bool:
    return rung(turn.person.unanswered) is Rung.CLOSING


def _may_carry_more(turn: Turn) -> bool:
    """Whoever has been silent for a while is not asked about their week on top; people in work not at all."""
    return not _is_working(turn) and rung(turn.person.unanswered) < Rung.EVERY_THREE


ORDER: tuple[Bid, ...] = (
    Bid("assigned", assigned.is_due, assigned.say),
    # Due of everybody in work, on every day: they get no daily action, and mostly nothing at all.
    Bid("in_work", _is_working, found.say_due),
    Bid("closing", _is_closing, settings.close_softly),
    Bid("follow_up", follow_up.is_due, follow_up.say),
)
"""By precedence: what a counsellor chose (on a hard day it waits), what people in work agreed to (surveys among it),
closing after long silence, follow-up of an application.
"""

AROUND: tuple[Bid, ...] = (Bid("weekly_review", weekly.is_due, weekly.say_around),)
"""What goes into the message of the day's action, whichever it is: the weekly review carries it."""

ANNOUNCED: Final = {
    Rung.SMALLER: "silence.smaller",
    Rung.EVERY_THREE: "silence.every_three",
    Rung.WEEKLY: "silence.weekly",
}
"""What the first message on a rung says of it."""


def say_many(turns: Sequence[Turn]) -> None:
    """The day's message of each; the daily actions are chosen together, which is much faster."""
    usual = []
    around = [(turn, bid) for turn in turns if _may_carry_more(turn) for bid in AROUND if bid.due(turn)]
    for turn in turns:
        bid = next((bid for bid in ORDER if bid.due(turn)), None)
        if bid is None:
            usual.append(turn)
        else:
            bid.say(turn)
    offering.push_many(usual)
    for turn, bid in around:
        bid.say(turn)
    for turn in turns:
        if turn.replies and not _is_working(turn):
            _count(turn)


def _count(turn: Turn) -> None:
    """One more that waits for an answer; a rhythm that changes with it is announced under its words."""
    person = turn.person
    announced = next((key for first, key in ANNOUNCED.items() if first == person.unanswered), None)
    person.unanswered += 1
    if announced is not None:
        last = turn.replies[-1]
        footer = "\n\n".join(part for part in (last.footer, turn.voice(announced)) if part)
        turn.replies[-1] = replace(last, footer=footer)
