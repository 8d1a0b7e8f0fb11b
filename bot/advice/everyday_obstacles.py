"""The rules of the obstacles that lie around the search: time, French, the online world, people, heart.

Something named as being in the way is worth a look, no more: most people name two or three things, and their search
may work all the same. It becomes the main obstacle when the counts of the last 4 weeks agree, so each rule asks two
things: the person named it (or an answer of theirs shows it), and the search stops where this would stop it.

What nobody is asked for at the start (minutes a day, a computer, the network) counts where it was told; it is never
asked for the sake of these rules, and its absence makes no diagnosis thin.
"""

from __future__ import annotations

from dataclasses import replace

from bot.advice.facts import Facts
from bot.advice.funnel import (
    BEGINNING_MONTHS,
    ENOUGH_APPLICATIONS,
    application_threshold,
    search_is_started,
    weak_answers,
)
from bot.advice.profile import Barrier, Network, Profile, Situation
from bot.advice.steps import Step, Verdict, every, some, started, step, unknown

FEW_MINUTES = 10
"""Minutes a day that leave room for one small step only."""

MANY_MINUTES = 30
"""Minutes a day from which time is no matter."""

LASTING_MONTHS = 3
"""Months of search from which few contacts or a low mood weigh of themselves."""

LONG_MONTHS = 6
"""Months without an interview, applications sent all the same, that wear people down."""

STILL_ACTIVE = 8
"""Applications in 4 weeks, two a week, from which the drive is there and the answers are what is missing."""

EMPLOYED_MONTHS = 3
"""Months wear so many times less on somebody in work, who searches slowly."""

SPEAKS_OF_ANSWERS = (Barrier.NO_ANSWERS, Barrier.CV, Barrier.INTERVIEWS)
"""Named, these say that the way of applying is what the person would work on."""

_FRENCH = (Barrier.LANGUAGE,)
_ONLINE = (Barrier.DIGITAL,)
_TAKES_TIME = (Barrier.FAMILY, Barrier.TIME, Barrier.DISABILITY)
_LOW = (Barrier.MOTIVATION, Barrier.CONFIDENCE)
_PEOPLE = (Barrier.NETWORK,)


def french_language(facts: Facts) -> Verdict:
    """French is named, and applications bring no interviews or hardly leave.

    First of these five, since forms, calls and adverts all go through it; after the diploma, which the law or the
    trade asks for whatever one speaks.
    """
    profile = facts.profile
    if _unnamed(profile, _FRENCH):
        return Verdict(False)
    found = every(_hinders(profile, some(_hardly_applies(profile), _weak(profile))), _named(profile, _FRENCH))
    return _verdict(profile, _FRENCH, found, "applications", "interviews", "months")


def digital_ease(facts: Facts) -> Verdict:
    """Doing things online is named, or there is no computer; and hardly any application leaves.

    Before the time that a search takes: what is hard online takes all the time there is. Not when applications leave:
    then something else keeps the answers away.
    """
    profile = facts.profile
    phone_only = profile.has_computer is False
    if _unnamed(profile, _ONLINE) and not phone_only:
        return Verdict(False, good=profile.has_computer is True)
    shown = True if phone_only else _named(profile, _ONLINE)
    found = every(_hinders(profile, _hardly_applies(profile)), shown)
    verdict = _verdict(profile, _ONLINE, found, "phone_only", "applications", "months")
    return replace(verdict, case="phone" if phone_only and not verdict.attention else None)


def little_time(facts: Facts) -> Verdict:
    """Family, health or time is named, and hardly any application leaves, or the few minutes a day are told.

    Before a search to be started or livened up: "a few more applications" is no help to somebody who has no time.
    """
    profile = facts.profile
    minutes = profile.minutes_per_day
    if _unnamed(profile, _TAKES_TIME):
        return Verdict(False, good=minutes is not None and minutes >= MANY_MINUTES)
    short = minutes is not None and minutes <= FEW_MINUTES
    comes = profile.interviews or profile.offers
    told = short and not comes and (search_is_started(profile) is False or profile.applications is None)
    hindered = True if told else _hinders(profile, _hardly_applies(profile))
    found = every(hindered, _named(profile, _TAKES_TIME))
    return _verdict(profile, _TAKES_TIME, found, *(("minutes",) if short else ()), "applications", "months")


def discouragement(facts: Facts) -> Verdict:
    """Motivation or confidence is named, the search lasts, and applications have nearly stopped; or some still leave
    and no interview has come for a long time.

    After what has a cause in the person's means, which lowers the mood too; before a search to be livened up, which
    asks for the very drive that is missing. Those who say that answers, the CV or interviews are the trouble get help
    with these: an interview lifts the mood more than words.
    """
    profile = facts.profile
    if _unnamed(profile, _LOW):
        return Verdict(False)
    names_answers = any(barrier in (profile.barriers or ()) for barrier in SPEAKS_OF_ANSWERS)
    slow = step(profile, "applications", lambda sent: sent < STILL_ACTIVE)
    silence = every(_lasting(profile, LONG_MONTHS), _none_comes(profile), slow, not names_answers)
    found = every(
        _lasting(profile, LASTING_MONTHS),
        _hinders(profile, some(_hardly_applies(profile), silence)),
        _named(profile, _LOW),
    )
    return _verdict(profile, _LOW, found, "months", "applications", "interviews")


def isolation(facts: Facts) -> Verdict:
    """Contacts are named as missing, or the network is small; the search lasts, and adverts alone bring no interview.

    Before the way of applying: after some months of adverts without an answer, people open more doors than better
    letters do. Not for those who point at their CV: that comes first.
    """
    profile = facts.profile
    small = profile.network is Network.SMALL
    if _unnamed(profile, _PEOPLE) and not small:
        return Verdict(False, good=profile.network is not None)
    found = every(
        step(profile, "months", lambda months: months >= LASTING_MONTHS),
        _hinders(profile, _none_comes(profile)),
        Barrier.CV not in (profile.barriers or ()),
        True if small else _named(profile, _PEOPLE),
    )
    verdict = _verdict(profile, _PEOPLE, found, "network_small", "applications", "interviews")
    return replace(verdict, attention=verdict.attention or small)


def _unnamed(profile: Profile, barriers: tuple[Barrier, ...]) -> bool:
    """They said what is in the way, and it is none of these."""
    return profile.barriers is not None and profile.barriers.isdisjoint(barriers)


def _verdict(profile: Profile, barriers: tuple[Barrier, ...], found: Step, *because: str) -> Verdict:
    """What was named comes first among the reasons. Named and not confirmed is worth attention."""
    own = tuple(f"barrier_{one}" for one in barriers if one in (profile.barriers or ()))
    return Verdict(found, None, (*own, *because), attention=bool(own))


def _hinders(profile: Profile, evidence: Step) -> Step:
    """The search has started, is past its beginning, and neither interviews nor offers come; then the evidence."""
    if profile.interviews and not weak_answers(profile):
        return False
    beginning = profile.months is not None and profile.months <= BEGINNING_MONTHS
    return False if profile.offers or beginning else every(started(profile), evidence)


def _hardly_applies(profile: Profile) -> Step:
    """Too few applications to tell how good they are, and no interview."""
    few = step(
        profile, "applications", lambda sent: sent < application_threshold(profile, ENOUGH_APPLICATIONS)
    )
    return every(few, not profile.interviews)


def _weak(profile: Profile) -> Step:
    """Enough applications, and no interview or far too few."""
    weak = weak_answers(profile)
    if weak is not None:
        return weak
    return unknown(profile, "applications" if profile.applications is None else "interviews")


def _none_comes(profile: Profile) -> Step:
    """Enough applications, and no interview at all."""
    return every(_weak(profile), step(profile, "interviews", lambda interviews: interviews == 0))


def _lasting(profile: Profile, months: float) -> Step:
    factor = EMPLOYED_MONTHS if profile.situation is Situation.EMPLOYED else 1
    return every(started(profile), step(profile, "months", lambda own: own >= months * factor))


def _named(profile: Profile, barriers: tuple[Barrier, ...]) -> Step:
    return step(profile, "barriers", lambda named: not named.isdisjoint(barriers))
