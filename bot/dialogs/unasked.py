"""What Bob says unasked on a day: one message for each local date, for which everything unasked bids.

The bids are asked in their order: the first that has something to say uses the day up; where none has, it is the daily
action's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogs import follow_up, offering, weekly
from bot.dialogs.turn import Turn


@dataclass(frozen=True, slots=True)
class Bid:
    """due: whether this has something to say on the turn's date. say: says it, and counts as the day's message."""

    name: str
    due: Callable[[Turn], bool]
    say: Callable[[Turn], None]


ORDER: tuple[Bid, ...] = (Bid("follow_up", follow_up.is_due, follow_up.say),)
"""By precedence: check after distress, counsellor's action, follow-up of an application, survey."""

AROUND: tuple[Bid, ...] = (Bid("weekly_review", weekly.is_due, weekly.say_around),)
"""What goes into the message of the day's action, whichever it is: the weekly review carries it."""


def say_many(turns: Sequence[Turn]) -> None:
    """The day's message of each; the daily actions are chosen together, which is much faster."""
    usual = []
    around = [(turn, bid) for turn in turns for bid in AROUND if bid.due(turn)]
    for turn in turns:
        bid = next((bid for bid in ORDER if bid.due(turn)), None)
        if bid is None:
            usual.append(turn)
        else:
            bid.say(turn)
    offering.push_many(usual)
    for turn, bid in around:
        bid.say(turn)
