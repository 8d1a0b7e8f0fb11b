"""When the weekly review comes: on the person's day, or the next one with a message; and for whom it does not."""

from __future__ import annotations

from datetime import date, timedelta

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.dialogs import distress, rhythm
from bot.dialogs.turn import Turn

DEFAULT_DAY = 5
"""Friday: the working week is over, and the goal stands before Monday's first action."""
NEVER = 0
LATE = timedelta(days=2)
"""A review whose day had no message (a holiday, an action of one's own) comes with the next, so much later at most."""
APART = timedelta(days=4)
"""Days between two reviews, at least, also after one that was asked for or a day that was changed."""
BEGINNING = timedelta(days=4)
"""After the first action: before, there is nothing to look back on."""
ALIVE = timedelta(days=7)
"""Who gave no sign for so long gets the day's action alone."""


def scheduled(profile: Profile, today: date) -> date | None:
    """The latest date up to today on which this person's review was to come; None when they want none.

    Where nothing is sent on that weekday, the last chosen day before it in the week, else the last one.
    """
    wanted = DEFAULT_DAY if profile.review_day is None else profile.review_day
    if wanted == NEVER:
        return None
    chosen = profile.days or rhythm.DEFAULT_DAYS
    weekday = max((day for day in chosen if day <= wanted), default=max(chosen))
    return today - timedelta(days=(today.isoweekday() - weekday) % 7)


def is_due(turn: Turn) -> bool:
    """Whether this day's message carries the review: its day has come, and there is a week to look back on.

    Not on the day after a hard one.
    """
    day = scheduled(turn.profile, turn.today)
    if day is None or turn.today - day > LATE or turn.person.pause_reason == distress.REASON:
        return False
    if turn.reviews and turn.today - turn.reviews[0].day < APART:
        return False
    past = turn.history.actions
    return bool(past) and turn.today - past[-1].day >= BEGINNING and _is_alive(turn)


def _is_alive(turn: Turn) -> bool:
    since = turn.today - ALIVE
    if any(one.latest >= since for one in turn.board):
        return True
    answers = (Outcome.DONE, Outcome.REFUSED, Outcome.REPLACED)
    return any(
        one.day >= since and (one.outcome in answers or one.easier or one.stuck)
        for one in turn.history.actions
    )
