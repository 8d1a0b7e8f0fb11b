"""The weeks of made-up people, as the picture gets them: through the real counting and the real words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.advice.profile import Profile
from bot.advice.progress import Past, first_monday
from bot.commands.cases import world
from bot.dialogs.progress import reply
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Person, Turn

TODAY = date(2026, 11, 26)
LONG_NAME = "Maximilienne-Antoinette de la Rochefoucauld-Montmorency"


def nothing() -> Past:
    """Somebody on their first day, before anything was done."""
    return Past(since=TODAY, recorded=frozenset({TODAY}), open=frozenset({TODAY}))


def one_day() -> Past:
    """Somebody who did the first action today."""
    return Past(since=TODAY, recorded=frozenset({TODAY}), done={TODAY: 1}, done_in_all=1)


def ninety_days() -> Past:
    """Somebody with three months behind them: busy weeks, empty ones, a pause."""
    draw, since = Random(7), TODAY - timedelta(days=90)
    days = [since + timedelta(days=number) for number in range(91)]
    awake = [day for day in days if day.isoweekday() != 7 and not 40 <= (day - since).days < 50]
    done = {day: draw.choice((1, 1, 1, 2)) for day in awake[:-1] if draw.random() < 0.6}
    applications = tuple(day for day in done if draw.random() < 0.4)
    return Past(
        since=since,
        recorded=frozenset(awake),
        done=done,
        open=frozenset({TODAY}),
        applications=applications,
        interviews=applications[3::6],
        done_in_all=sum(done.values()),
        applications_in_all=len(applications),
        interviews_in_all=len(applications[3::6]),
    )


def very_busy() -> Past:
    """Somebody with more than anybody does: every day of every week, and counts of three digits."""
    start = first_monday(TODAY)
    days = [start + timedelta(days=number) for number in range((TODAY - start).days + 1)]
    return Past(
        since=date(2020, 1, 1),
        recorded=frozenset(days),
        done=dict.fromkeys(days, 20),
        applications=tuple(days) * 16,
        interviews=tuple(days),
        done_in_all=12_345,
        applications_in_all=98_765,
        interviews_in_all=4_321,
    )


def told(past: Past, language: str, form: str, name: str | None) -> Reply:
    """What `/progres` says to somebody with that past."""
    person = Person(language, form, Profile(first_name=name), consents=frozenset({"use"}))
    now = datetime(2026, 11, 26, 14, tzinfo=UTC)
    return reply(Turn(world(), person, now, seed="somebody"), past)


CASES: dict[str, tuple[Callable[[], Past], str, str, str | None]] = {
    "empty-vous": (nothing, "fr", "vous", "Amina"),
    "empty-en": (nothing, "en", "vous", None),
    "one-day-tu": (one_day, "fr", "tu", "Zoé"),
    "ninety-days-vous": (ninety_days, "fr", "vous", "Amina"),
    "ninety-days-en": (ninety_days, "en", "vous", "Sam"),
    "long-name-tu": (ninety_days, "fr", "tu", LONG_NAME),
    "very-busy-en": (very_busy, "en", "vous", LONG_NAME),
    "no-letters-en": (one_day, "en", "vous", "アミナ"),
}
"""By name: a past, a language, a form, a first name."""
