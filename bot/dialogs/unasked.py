"""What Bob says unasked on a day: one message for each local date, for which everything unasked bids.

The bids are asked in their order: the first that has something to say uses the day up; where none has, it is the daily
action's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogs import found, in_work, offering
from bot.dialogs.turn import Turn


@dataclass(frozen=True, slots=True)
class Bid:
    """due: whether this has something to say on the turn's date. say: says it, and counts as the day's message."""

    name: str
    due: Callable[[Turn], bool]
    say: Callable[[Turn], None]


ORDER: tuple[Bid, ...] = (
    # Due of everybody in work, on every day: they get no daily action, and mostly nothing at all.
    Bid("in work", lambda turn: in_work.is_working(turn.person), found.say_due),
)
"""By precedence: check after distress, counsellor's action, weekly review, follow-up of an application, survey."""


def say_many(turns: Sequence[Turn]) -> None:
    """The day's message of each; the daily actions are chosen together, which is much faster."""
    usual = []
    for turn in turns:
        bid = next((bid for bid in ORDER if bid.due(turn)), None)
        if bid is None:
            usual.append(turn)
        else:
            bid.say(turn)
    offering.push_many(usual)
