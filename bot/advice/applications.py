"""A person's applications: what each is, the date of each of its states, and what they mean for the funnel.

Counts of the last four weeks come from two places: what the person told (a number, on some day) and the board. They
are never added over the same days: up to the day of the telling the larger of the two counts, since what is on the
board was among what was told; what the board holds after that day comes on top. The told number fades as its four
weeks go by. A step on which the board says nothing stays as it was told, and what nobody told stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.advice.profile import COUNTED, Profile

WINDOW_DAYS = 28
"""The counts of a profile are of the last four weeks."""


class State(StrEnum):
    """Where an application stands."""

    TODO = "todo"
    SENT = "sent"
    INTERVIEW = "interview"
    OFFER = "offer"
    REFUSED = "refused"


class Channel(StrEnum):
    """By what way it went: it decides when and how to follow up."""

    ADVERT = "advert"
    SPONTANEOUS = "spontaneous"
    PERSON = "person"  # given in person, or through somebody
    AGENCY = "agency"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Application:
    """One line of the board. All dates are the person's local ones.

    `number` names it among this person's, and is never used twice. `days`: the date of each state it was in (that of
    an interview may lie ahead). `place`: a link or where it is. `prompted`, `prompts`: the last day on which Bob
    offered to follow up, and how often since the present state began. `followed`: when the person did. `wanted`:
    whether following up still is.
    """

    number: int
    created: date
    state: State
    days: Mapping[State, date] = field(default_factory=dict)
    company: str | None = None
    job: str | None = None
    channel: Channel | None = None
    place: str | None = None
    prompted: date | None = None
    prompts: int = 0
    followed: date | None = None
    wanted: bool = True

    @property
    def day(self) -> date:
        """The date of its present state."""
        return self.days.get(self.state, self.created)

    @property
    def latest(self) -> date:
        """The last date that anything of it happened or was noted."""
        return max((self.created, *self.days.values()))

    def moved(self, state: State, day: date) -> Application:
        """The same in another state since `day`; a state begins with no prompt behind it."""
        fresh = state is not self.state
        return replace(
            self,
            state=state,
            days={**self.days, state: day},
            prompts=0 if fresh else self.prompts,
            wanted=True if fresh else self.wanted,
        )


Board = Sequence[Application]


def newest_first(board: Iterable[Application]) -> list[Application]:
    """By the last date of each; of the same date, the one noted last comes first."""
    return sorted(board, key=lambda one: (one.latest, one.number), reverse=True)


def happened(board: Board) -> dict[str, list[date]]:
    """By count of the profile, the dates that the board holds."""
    return {
        "leads": [min((one.created, *one.days.values())) for one in board],
        "applications": [one.days[State.SENT] for one in board if State.SENT in one.days],
        "interviews": [one.days[State.INTERVIEW] for one in board if State.INTERVIEW in one.days],
        "offers": [one.days[State.OFFER] for one in board if State.OFFER in one.days],
    }


def between(days: Iterable[date], first: date, last: date) -> int:
    """How many of these dates lie between the two, both included."""
    return sum(first <= day <= last for day in days)


def fed(profile: Profile, board: Board, today: date) -> Profile:
    """The profile with its counts of the last four weeks as the board and the person together tell them."""
    if not board:
        return profile
    counts = {
        name: _count(getattr(profile, name), profile.told_on.get(name), days, today)
        for name, days in happened(board).items()
    }
    changed = {name: count for name, count in counts.items() if count != getattr(profile, name)}
    return profile.model_copy(update=changed) if changed else profile


def _count(told: int | None, on: date | None, days: list[date], today: date) -> int | None:
    recent = [day for day in days if today - timedelta(days=WINDOW_DAYS) < day <= today]
    if not recent or told is None:
        return len(recent) or told
    if on is None:
        return max(told, len(recent))
    before = sum(day <= on for day in recent)
    return max(faded(told, on, today), before) + len(recent) - before


def faded(told: int, on: date, today: date) -> int:
    """What is left in the last four weeks of a number told of four weeks: they were spread evenly, we take it."""
    return round(told * max(WINDOW_DAYS - max((today - on).days, 0), 0) / WINDOW_DAYS)


def with_week(told: int | None, on: date | None, week: int, today: date) -> int:
    """The number of the last four weeks, once the person has told that of the last seven days.

    Days of this week that the former number covered already are not counted twice.
    """
    if told is None:
        return week
    since = 7 if on is None else max((today - on).days, 0)
    left = faded(told, today - timedelta(days=since), today)
    return max(week, left + round(week * min(since, 7) / 7))


def with_told_dates(before: Profile, after: Profile, today: date) -> Profile:
    """The profile that came of a turn, with today as the date of each count that was told in it."""
    changed = [name for name in COUNTED if getattr(before, name) != getattr(after, name)]
    if not changed or before.told_on != after.told_on:
        return after
    told = dict(after.told_on)
    for name in changed:
        told.pop(name, None)
        if getattr(after, name) is not None:
            told[name] = today
    return after.model_copy(update={"told_on": told})
