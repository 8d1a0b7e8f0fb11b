"""Conditions on the search: how long, how much, what is in the way, where the funnel stops."""

from __future__ import annotations

from bot.advice.conditions.registry import Choice, Number, condition, own_argument
from bot.advice.conditions.truth import Truth, at_least, at_most
from bot.advice.facts import Facts
from bot.advice.funnel import FUNNEL_FIELDS, Stage, funnel_stage, search_is_started
from bot.advice.profile import Barrier, Profile, Situation

_STARTED_FROM = ("search_started", "months", "applications", "interviews", "offers")


def _start(profile: Profile) -> Profile:
    return profile.with_answers(search_started=True)


@condition("search_started", reads=_STARTED_FROM, change=_start)
def search_started(facts: Facts) -> Truth:
    """The search has started: the person said so, or has months of search, applications or interviews."""
    return search_is_started(facts.profile)


@condition("months", takes=Number("n", 0, 120, whole=False), reads=("months", "search_started"))
def long_search(facts: Facts, n: float) -> Truth:
    """Searching for n months or more; false when the search has not started."""
    if facts.profile.search_started is False:
        return False
    return at_least(facts.profile.months, n)


@condition("months", takes=Number("n", 0, 120, whole=False), reads=("months", "search_started"))
def short_search(facts: Facts, n: float) -> Truth:
    """Searching for n months or fewer; false when the search has not started."""
    if facts.profile.search_started is False:
        return False
    return at_most(facts.profile.months, n)


EMPLOYED_FACTOR = 3
"""An employed person searches slowly: their months count so many times less."""


@condition(
    "months",
    "situation",
    takes=Number("n", 0, 120, whole=False),
    reads=("months", "search_started", "situation"),
)
def long_accumulated(facts: Facts, n: float) -> Truth:
    """Searching for n months or more, 3 n for somebody in work; false when the search has not started."""
    profile = facts.profile
    if profile.search_started is False:
        return False
    if profile.situation is not None:
        return at_least(
            profile.months, n * (EMPLOYED_FACTOR if profile.situation is Situation.EMPLOYED else 1)
        )
    enough, surely = at_least(profile.months, n), at_least(profile.months, n * EMPLOYED_FACTOR)
    return enough if enough is surely else None


@condition("barriers", takes=Choice("x", tuple(Barrier)), variant=own_argument)
def frustrated(facts: Facts, x: str) -> Truth:
    """The person named this as being in the way."""
    return None if facts.profile.barriers is None else x in facts.profile.barriers


@condition("barriers", takes=Number("n", 1, len(Barrier)))
def very_frustrated(facts: Facts, n: int) -> Truth:
    """The person named n things or more as being in the way."""
    return None if facts.profile.barriers is None else len(facts.profile.barriers) >= n


@condition("leads", takes=Number("n", 0, 100))
def few_leads(facts: Facts, n: int) -> Truth:
    """Saw n suitable offers or fewer in the last 4 weeks."""
    return at_most(facts.profile.leads, n)


@condition("applications", takes=Number("n", 0, 1000))
def few_applications(facts: Facts, n: int) -> Truth:
    """Sent n applications or fewer in the last 4 weeks."""
    return at_most(facts.profile.applications, n)


def _apply_more(profile: Profile, n: int) -> Profile:
    return profile.with_answers(applications=n)


@condition("applications", takes=Number("n", 0, 1000), change=_apply_more)
def many_applications(facts: Facts, n: int) -> Truth:
    """Sent n applications or more in the last 4 weeks."""
    return at_least(facts.profile.applications, n)


@condition("interviews")
def no_interview(facts: Facts) -> Truth:
    """No interview in the last 4 weeks."""
    return at_most(facts.profile.interviews, 0)


@condition("interviews", takes=Number("n", 1, 100))
def interviews(facts: Facts, n: int) -> Truth:
    """n interviews or more in the last 4 weeks."""
    return at_least(facts.profile.interviews, n)


@condition(
    "applications",
    "interviews",
    "leads",
    takes=Choice("where", tuple(stage for stage in Stage if stage is not Stage.THROUGH)),
    reads=FUNNEL_FIELDS,
    variant=own_argument,
)
def stage(facts: Facts, where: str) -> Truth:
    """Where the search stops: few leads seen, leads but no applications, applications but no interviews
    (answers), interviews but no job offer (offers).
    """
    reached = funnel_stage(facts.profile)
    return None if reached is None else reached.value == where
