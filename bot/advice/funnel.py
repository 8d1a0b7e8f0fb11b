"""Where a search stops: leads, applications, answers, offers. Counts of the last 4 weeks; unknown is never
zero.
"""

from __future__ import annotations

from enum import StrEnum

from bot.advice.profile import Profile, Situation

FEW_LEADS = 2
"""Suitable offers seen in 4 weeks, at or below which leads are few (our choice)."""

ENOUGH_APPLICATIONS = 3
"""Applications in 4 weeks from which a lack of interviews says something about the method (our choice)."""

BEGINNING_MONTHS = 1
"""Months of search up to which few applications say nothing of what is in the way (our choice)."""

APPLICATIONS_PER_INTERVIEW = 8
"""Applications for one interview, at or above which the method is what blocks (our choice)."""

EMPLOYED_SHARE = 0.5
"""An employed person may search slowly: their thresholds of applications are multiplied by this."""

FUNNEL_FIELDS = ("leads", "applications", "interviews", "offers", "situation")


class Stage(StrEnum):
    """The step of the funnel that is not passed; THROUGH when there is a job offer."""

    LEADS = "leads"
    APPLICATIONS = "applications"
    ANSWERS = "answers"
    OFFERS = "offers"
    THROUGH = "through"


def search_is_started(profile: Profile) -> bool | None:
    """What the person said, else what their months, applications, interviews or offers show; None when
    unknown.
    """
    if profile.search_started is not None:
        return profile.search_started
    shown = (profile.months, profile.applications, profile.interviews, profile.offers)
    return True if any(shown) else None


def application_threshold(profile: Profile, usual: float) -> float:
    """The usual number of applications, halved for an employed person."""
    return usual * EMPLOYED_SHARE if profile.situation is Situation.EMPLOYED else usual


def weak_answers(profile: Profile) -> bool | None:
    """Enough applications, and no interview or far too few of them; None when a count is missing."""
    applications, interviews = profile.applications, profile.interviews
    if applications is None:
        return None
    if applications < application_threshold(profile, ENOUGH_APPLICATIONS):
        return False
    if interviews is None:
        return None
    return interviews == 0 or applications / interviews >= APPLICATIONS_PER_INTERVIEW


def funnel_stage(profile: Profile) -> Stage | None:
    """The step at which the search stops, None when the counts given do not tell.

    Job offers are asked for last: interviews without a word on offers stop at the offers.
    """
    if profile.offers:
        return Stage.THROUGH
    weak = weak_answers(profile)
    if weak:
        return Stage.ANSWERS
    if profile.interviews:
        return Stage.OFFERS
    if profile.applications is None or weak is None:
        return None
    if profile.leads is None:
        return None
    return Stage.LEADS if profile.leads <= FEW_LEADS else Stage.APPLICATIONS
