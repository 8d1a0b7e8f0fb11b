"""Conditions on the person: situation, age, means, time."""

from __future__ import annotations

from bot.advice.conditions.registry import Number, condition
from bot.advice.conditions.truth import Truth, at_least, negate
from bot.advice.facts import Facts
from bot.advice.profile import AgeBand, Profile, Situation


def _situation(facts: Facts, wanted: Situation) -> Truth:
    return None if facts.profile.situation is None else facts.profile.situation is wanted


@condition("situation")
def first_job(facts: Facts) -> Truth:
    """Has never worked."""
    return _situation(facts, Situation.FIRST_JOB)


@condition("situation")
def out_of_work(facts: Facts) -> Truth:
    """Left or lost a job."""
    return _situation(facts, Situation.OUT_OF_WORK)


@condition("situation")
def between_contracts(facts: Facts) -> Truth:
    """Goes from one contract to the next."""
    return _situation(facts, Situation.BETWEEN_CONTRACTS)


@condition("situation")
def employed(facts: Facts) -> Truth:
    """Has a job and looks for another."""
    return _situation(facts, Situation.EMPLOYED)


@condition("situation")
def in_training(facts: Facts) -> Truth:
    """Is in training or studies."""
    return _situation(facts, Situation.IN_TRAINING)


@condition("situation")
def returning(facts: Facts) -> Truth:
    """Comes back after a break: children, care for somebody, living elsewhere."""
    return _situation(facts, Situation.RETURNING)


def _age(facts: Facts, band: AgeBand) -> Truth:
    return None if facts.profile.age is None else facts.profile.age is band


@condition("age")
def minor(facts: Facts) -> Truth:
    """15 to 17, only if the person told their age."""
    return _age(facts, AgeBand.MINOR)


@condition("age")
def young(facts: Facts) -> Truth:
    """18 to 25, only if the person told their age."""
    return _age(facts, AgeBand.YOUNG)


@condition("age")
def senior(facts: Facts) -> Truth:
    """50 or over, only if the person told their age."""
    return _age(facts, AgeBand.SENIOR)


def _get_licence(profile: Profile) -> Profile:
    return profile.with_answers(driving_licence=True)


@condition("driving_licence", change=_get_licence)
def driver(facts: Facts) -> Truth:
    """Has a car driving licence."""
    return facts.profile.driving_licence


@condition("driving_licence")
def no_licence(facts: Facts) -> Truth:
    """Has no car driving licence."""
    return None if facts.profile.driving_licence is None else not facts.profile.driving_licence


def _write_cv(profile: Profile) -> Profile:
    return profile.with_answers(has_cv=True)


@condition("has_cv", change=_write_cv)
def has_cv(facts: Facts) -> Truth:
    """Has a CV."""
    return facts.profile.has_cv


@condition("has_cv")
def no_cv(facts: Facts) -> Truth:
    """Has no CV."""
    return None if facts.profile.has_cv is None else not facts.profile.has_cv


@condition("has_computer")
def phone_only(facts: Facts) -> Truth:
    """Has no computer at hand."""
    return None if facts.profile.has_computer is None else not facts.profile.has_computer


def _give_time(profile: Profile, n: int) -> Profile:
    return profile.with_answers(minutes_per_day=n)


@condition("minutes_per_day", takes=Number("n", 1, 600), change=_give_time)
def minutes_available(facts: Facts, n: int) -> Truth:
    """Can give n minutes a day or more."""
    return at_least(facts.profile.minutes_per_day, n)


@condition("minutes_per_day", takes=Number("n", 2, 600))
def minutes_under(facts: Facts, n: int) -> Truth:
    """Can give fewer than n minutes a day."""
    return negate(at_least(facts.profile.minutes_per_day, n))
