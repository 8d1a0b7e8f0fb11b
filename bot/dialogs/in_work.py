"""After a job was found: which message is due when. Pure; the dialogue and the ticks share it.

Each comes once, if the person agreed to its kind, and lapses when its moment has passed: after an outage or a pause one
comes at the most, and none late. They take the day's one unasked message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.advice.profile import Profile
from bot.dialogs import rhythm
from bot.dialogs.turn import Person, Turn

NAME: Final = "found"
"""The dialogue that holds the place (`bot.dialogs.found`)."""
OUTSIDE: Final = ("quiet", "sure")
"""Its states in which no job was found; in all others, no action of the day comes."""

WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
TRIAL: Final = timedelta(days=55)
"""When the end of a trial period is spoken of where nobody told its date."""
BEFORE_ITS_END: Final = timedelta(days=5)
"""Days before the end of a trial period at which it is spoken of."""
SURVEYS: Final = {"month1": 1, "month3": 3, "month6": 6}
"""Name of each survey and its months after the news."""
_LAPSE: Final = {"week": timedelta(days=10), "month": timedelta(days=20), "trial": timedelta(days=20)}
_SURVEY_LAPSE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Note:
    """One message to come: from the local date `first` to `last`."""

    name: str
    first: date
    last: date

    @property
    def is_survey(self) -> bool:
        return self.name in SURVEYS


def is_working(person: Person) -> bool:
    """Whether the person told of a job and not of its end."""
    place = person.dialogues.get(NAME)
    return place is not None and place.state not in OUTSIDE


def notes(profile: Profile, data: Mapping[str, Any]) -> list[Note]:
    """The messages still to come, the first-weeks ones before the surveys; `data` is the dialogue's."""
    said = set(data.get("said", ()))
    found = _date(data.get("on"))
    if found is None:
        return []
    listed = (_first_weeks(profile, data, found) if data.get("weeks") else []) + (
        _surveys(found) if data.get("surveys") else []
    )
    return [note for note in listed if note.name not in said]


def _first_weeks(profile: Profile, data: Mapping[str, Any], found: date) -> list[Note]:
    start = _date(data.get("start"))
    begins = start or found
    listed = []
    eve = _eve(profile, found, start) if start else None
    if start is not None and eve is not None:
        listed.append(Note("eve", eve, start - timedelta(days=1)))
    days = {"week": begins + WEEK, "month": begins + MONTH}
    if data.get("trial") is None:
        days["trial"] = begins + TRIAL
    elif trial := _date(data["trial"]):
        days["trial"] = trial - BEFORE_ITS_END
    return listed + [Note(name, day, day + _LAPSE[name]) for name, day in days.items()]


def _eve(profile: Profile, found: date, start: date) -> date | None:
    """The last day before the first one on which something may come; None when that is not after the news."""
    day = start - timedelta(days=1)
    while day > found and rhythm.is_day_off(profile, day):
        day -= timedelta(days=1)
    return day if day > found else None


def _surveys(found: date) -> list[Note]:
    days = {name: found + relativedelta(months=months) for name, months in SURVEYS.items()}
    return [Note(name, day, day + _SURVEY_LAPSE) for name, day in days.items()]


def _date(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def first_day_of(data: Mapping[str, Any]) -> date | None:
    """The first day at work, where it was told."""
    return _date(data.get("start"))


def passes(one: Note, said: Note) -> bool:
    """Whether a message is out of time once another is said: that one itself, and the older of its kind."""
    return one.is_survey is said.is_survey and one.first <= said.first


def due(turn: Turn) -> Note | None:
    """What is due on the turn's date: the newest message of the first weeks, else the newest survey."""
    place = turn.person.dialogues.get(NAME)
    if place is None or not is_working(turn.person):
        return None
    fitting = [note for note in notes(turn.profile, place.data) if note.first <= turn.today <= note.last]
    return max(fitting, key=lambda note: (not note.is_survey, note.first), default=None)


def next_due(person: Person, now: datetime) -> datetime | None:
    """The instant (UTC) of the next message to somebody in work; None when none is to come."""
    profile, place = person.profile, person.dialogues[NAME]
    zone = ZoneInfo(profile.time_zone)
    moments = []
    for note in notes(profile, place.data):
        opens = datetime.combine(note.first, time(), zone).astimezone(UTC)
        moment = rhythm.next_due(profile, max(now, opens), person.last_push)
        if moment.astimezone(zone).date() <= note.last:
            moments.append(moment)
    return min(moments, default=None)
