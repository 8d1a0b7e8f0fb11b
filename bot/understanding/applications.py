"""An application in one's own words: "postulé chez Leroy Merlin comme vendeuse hier"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from dateutil.relativedelta import relativedelta
from rapidfuzz.distance import OSA

from bot.understanding import dates, words
from bot.understanding.durations import has
from bot.understanding.lengths import lengths
from bot.understanding.naming import names
from bot.understanding.text import Typed, typed


class Status(StrEnum):
    """What has become of an application."""

    TODO = "todo"
    SENT = "sent"
    INTERVIEW = "interview"
    OFFER = "offer"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Application:
    """What was told of an application; None for what was not. All is None when the words tell of none.

    `company` and `job` are as typed; `date` is the day of what `status` says.
    """

    company: str | None = None
    job: str | None = None
    status: Status | None = None
    date: date | None = None


NOTHING = Application()
_FIRST = (Status.REFUSED, Status.OFFER, Status.INTERVIEW, Status.TODO, Status.SENT)
"""The later something happens, the more it counts: "pas prise après l'entretien" is a refusal."""
_KEY_WORDS = (
    "postule", "postuler", "candidature", "candidate", "entretien", "refuse", "refusee", "embauche", "embauchee",
    "applied", "application", "interview", "rejected", "convoquee", "envoye", "relance", "retenue",
)  # fmt: skip
_SHORTEST_MISSPELT = 6
_LONGEST_PERIOD = 7
_HOUR = re.compile(r"(?:\b(?:a|at|vers|around) )?\b\d{1,2} ?(?:h|heures?|am|pm)\b(?: \d{2}\b)?")
_AGO = re.compile(r"(?:il y a|y a|ya|depuis|ca fait|it s been) (?:environ )?$")
_AHEAD = re.compile(r"(?:dans|d ici|in) $")


def application(text: str, today: date, *, is_job: Callable[[str], bool] = lambda _: False) -> Application:
    """What a text tells of an application. `is_job` says whether words alone are the name of a job."""
    told = _spelled(typed(text))
    found = _states(told.said)
    if not found:
        return NOTHING
    status = next(status for status in _FIRST if any(status is other for other, _, _ in found))
    ahead = status in (Status.INTERVIEW, Status.TODO) and not has("application", "over", told.said)
    day, dated = _day(told, today, ahead=ahead)
    dated += [hour.span() for hour in _HOUR.finditer(told.said)]
    if status is Status.SENT and day is not None and day > today:
        status = Status.TODO  # "je postule demain"
    stated = [(start, end) for _, start, end in found]
    company, job = names(told, stated, dated, is_job)
    return Application(company, job, status, day)


def _spelled(told: Typed) -> Typed:
    """The same with the words that matter spelled right ("posutle", "aplied")."""
    parts = told.said.split()
    changed = [_right(part) for part in parts]
    if changed == parts:
        return told
    starts, at = [], 0
    for part in changed:
        starts.append(at)
        at += len(part) + 1
    return Typed(told.original, " ".join(changed), tuple(starts), told.spans)


@cache
def _known_words() -> frozenset[str]:
    return frozenset(
        word for status in Status for phrase in words.group("application")[status] for word in phrase.split()
    )


def _right(word: str) -> str:
    if len(word) < _SHORTEST_MISSPELT or word in _known_words():
        return word
    near = [key for key in _KEY_WORDS if len(key) >= _SHORTEST_MISSPELT and OSA.distance(word, key) == 1]
    return near[0] if near else word


@cache
def _patterns() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    group = words.group("application")
    return tuple(
        (
            status,
            re.compile(r"(?<!\w)(?:" + "|".join(sorted(group[status], key=len, reverse=True)) + r")(?!\w)"),
        )
        for status in _FIRST
    )


def _states(said: str) -> list[tuple[Status, int, int]]:
    """What is said of the application, each with its place in the text; longer phrases hide those within them."""
    found = [
        (status, match.start(), match.end())
        for status, pattern in _patterns()
        for match in pattern.finditer(said)
    ]

    def within(one: tuple[Status, int, int]) -> bool:
        return any(
            other[1] <= one[1] and one[2] <= other[2] and other[2] - other[1] > one[2] - one[1]
            for other in found
        )

    return [one for one in found if not within(one)]


def _day(told: Typed, today: date, *, ahead: bool) -> tuple[date | None, list[tuple[int, int]]]:
    """The day that is named, and the places of all that names days."""
    placed: list[tuple[int, int]] = []
    day: date | None = None
    for length in lengths(told):
        before, after = told.said[: length.start], told.said[length.end :]
        ago, coming = _AGO.search(before), _AHEAD.search(before)
        if not (ago or coming or after.startswith(" ago")):
            continue
        step = (
            timedelta(days=round(length.days))
            if length.days is not None
            else relativedelta(months=round(length.months))
        )
        if length.months > 600:
            continue
        opening = ago or coming
        placed.append(
            (opening.start() if opening else length.start, length.end + 4 * after.startswith(" ago"))
        )
        day = day or (today + step if coming else today - step)
    for named in dates.named(told, today, ahead=ahead):
        if any(start < named.end and named.start < end for start, end in placed):
            continue
        placed.append((named.start, named.end))
        if (named.last - named.first).days < _LONGEST_PERIOD and day is None:
            week = (named.last - named.first).days == _LONGEST_PERIOD - 1
            day = today + timedelta(weeks=1 if named.first > today else -1) if week else named.first
            if week and named.first <= today <= named.last:
                day = None  # "cette semaine": no day
    return day, placed
