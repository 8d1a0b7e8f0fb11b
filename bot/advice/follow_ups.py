"""When to follow up on an application: after a delay that depends on how it went, and never often.

Delays are in days after the application (or the interview). They are our choices within what guidance for job seekers
and recruiters' habits agree on; each says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.advice.applications import Application, Board, Channel, State

AFTER_ADVERT = 8
"""An advert collects answers for about a week before anybody reads them: earlier is lost, later the choice is made."""

AFTER_SPONTANEOUS = 7
"""Nobody waits for a letter that nobody asked for: after a week it is still in somebody's memory."""

AFTER_PERSON = 4
"""A face is remembered for a few days: three or four."""

AFTER_AGENCY = 3
"""Agencies fill posts within days: who calls first is thought of first."""

AFTER_PLATFORM = 8
"""As an advert: the platform passes the answers on in the same rhythm."""

THANKS_AFTER_INTERVIEW = 1
"""Thanks are for the next day, while the talk is fresh."""

AFTER_INTERVIEW = 3
"""Where no thanks were sent, three days leave them time to compare and still tell of interest."""

DELAYS = {
    Channel.ADVERT: AFTER_ADVERT,
    Channel.SPONTANEOUS: AFTER_SPONTANEOUS,
    Channel.PERSON: AFTER_PERSON,
    Channel.AGENCY: AFTER_AGENCY,
    Channel.PLATFORM: AFTER_PLATFORM,
    None: AFTER_ADVERT,
}
REST_DAYS = 7
"""One application is spoken of once a week at most."""

MOST_PROMPTS = 2
"""In one state, so often: a third follow-up begins to harm."""

MOST_A_WEEK = 2
"""Follow-ups in seven days, all applications together: the other kinds of action keep their place. Thanks after an
interview do not wait for that.
"""

GONE_COLD = 45
"""Days after which an application without news is left in peace."""


class Kind(StrEnum):
    """Which script fits."""

    ADVERT = "advert"
    SPONTANEOUS = "spontaneous"
    PERSON = "person"
    AGENCY = "agency"
    PLATFORM = "platform"
    THANKS = "thanks"
    INTERVIEW = "interview"
    AGAIN = "again"  # the second time, which is the last


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One that is due. `since`: the date of the application or of the interview."""

    application: Application
    kind: Kind
    since: date


def kind_of(application: Application, today: date) -> Kind:
    """The script that fits on that day."""
    if application.state is State.INTERVIEW:
        return Kind.THANKS if (today - application.day).days < AFTER_INTERVIEW else Kind.INTERVIEW
    if application.prompts:
        return Kind.AGAIN
    return Kind(application.channel or Channel.ADVERT)


def due(application: Application, today: date) -> FollowUp | None:
    """The follow-up that this application is ready for on that day, whatever the others are."""
    since = application.days.get(application.state)
    if application.state not in (State.SENT, State.INTERVIEW) or since is None or not application.wanted:
        return None
    if application.prompts >= MOST_PROMPTS or _spoken_of(application, today):
        return None
    delay = THANKS_AFTER_INTERVIEW
    if application.state is State.SENT:
        delay = DELAYS[application.channel]
    if not delay <= (today - since).days <= GONE_COLD:
        return None
    return FollowUp(application, kind_of(application, today), since)


def _spoken_of(application: Application, today: date) -> bool:
    """Whether Bob, or the person to the employer, spoke of it within the week."""
    last = [day for day in (application.prompted, application.followed) if day is not None]
    return bool(last) and today - max(last) < timedelta(days=REST_DAYS)


def next_of(board: Board, today: date) -> FollowUp | None:
    """The one to propose on that day: after interviews first, then first ones, then whoever has waited longest."""
    ready = [found for one in board if (found := due(one, today)) is not None]
    week = timedelta(days=REST_DAYS)
    spoken = sum(one.prompted is not None and today - one.prompted < week for one in board)
    if spoken >= MOST_A_WEEK:
        ready = [one for one in ready if one.kind is Kind.THANKS]
    urgent = (Kind.THANKS, Kind.INTERVIEW)
    return min(
        ready,
        key=lambda one: (one.kind not in urgent, one.kind is Kind.AGAIN, one.since, one.application.number),
        default=None,
    )
