"""Conditions on what the lexicon says of the job wanted: how people get hired, what it asks, what is close."""

from __future__ import annotations

from collections.abc import Callable

from bot.advice.conditions.registry import Arg, Choice, Code, condition
from bot.advice.conditions.truth import Truth
from bot.advice.facts import Facts
from bot.advice.occupation import Channel, Constraint, Licence, Occupation
from bot.advice.profile import DIPLOMA_RANK

_NEEDS_DRIVING = frozenset((Licence.DRIVING, Licence.HEAVY_GOODS, Licence.BUS, Licence.TAXI_CARD))
"""Licences that are, or start from, the car driving licence."""


def _held(part: Callable[[Occupation], frozenset[str]]) -> Callable[..., str | None]:
    """The words are those of the first argument that the job has; else those of the first."""

    def variant(facts: Facts, *args: Arg) -> str | None:
        own = part(facts.occupation) if facts.occupation else frozenset()
        return next((str(arg) for arg in args if arg in own), str(args[0]) if args else None)

    return variant


@condition(
    "job_code",
    takes=Choice("channel", tuple(Channel)),
    many=True,
    reads=("occupation",),
    variant=_held(lambda job: job.channels),
)
def hires_through(facts: Facts, *channels: str) -> Truth:
    """People get hired in this job in one of these ways; unknown if Bob has no code for the job."""
    return None if facts.occupation is None else not facts.occupation.channels.isdisjoint(channels)


@condition(
    "job_code",
    takes=Choice("constraint", tuple(Constraint)),
    many=True,
    reads=("occupation",),
    variant=_held(lambda job: job.constraints),
)
def job_asks(facts: Facts, *constraints: str) -> Truth:
    """The job has one of these constraints; unknown if Bob has no code for the job."""
    return None if facts.occupation is None else not facts.occupation.constraints.isdisjoint(constraints)


@condition(
    "job_code",
    takes=Choice("licence", tuple(Licence)),
    many=True,
    reads=("occupation",),
    variant=_held(lambda job: job.licences),
)
def job_needs(facts: Facts, *licences: str) -> Truth:
    """The job asks for one of these licences or cards; unknown if Bob has no code for the job."""
    return None if facts.occupation is None else not facts.occupation.licences.isdisjoint(licences)


@condition("job_code", "driving_licence", reads=("occupation", "driving_licence"))
def no_licence_for_job(facts: Facts) -> Truth:
    """The job asks for a driving licence (car, lorry, bus, taxi) and the person has none for a car."""
    if facts.occupation is not None and facts.occupation.licences.isdisjoint(_NEEDS_DRIVING):
        return False
    if facts.profile.driving_licence:
        return False
    return None if facts.occupation is None or facts.profile.driving_licence is None else True


@condition(
    "job_code",
    takes=Code(
        "code", r"[A-N]\d{0,4}", "a code of the third edition of ROME, or its beginning: G, G16, G1602"
    ),
    many=True,
    reads=("occupation",),
)
def occupation(facts: Facts, *codes: str) -> Truth:
    """The job wanted has one of these codes (third edition of ROME), or a code that starts so."""
    return None if facts.occupation is None else facts.occupation.code.startswith(codes)


@condition("job_code", "diploma", reads=("occupation", "diploma"))
def diploma_fits(facts: Facts) -> Truth:
    """The job requires a diploma, and the person has it or one above; false if it requires none."""
    if facts.occupation is None:
        return None
    if facts.occupation.required is None:
        return False
    diploma = facts.profile.diploma
    return None if diploma is None else DIPLOMA_RANK[diploma] >= DIPLOMA_RANK[facts.occupation.required]


@condition("job_code", reads=("occupation", "country"))
def shortage_job(facts: Facts) -> Truth:
    """In France, employers judged most hirings in this job difficult (national surveys of 2019 and 2025)."""
    if facts.profile.country != "FR":
        return False
    return None if facts.occupation is None else facts.occupation.shortage


@condition("job_code", reads=("occupation",))
def close_jobs(facts: Facts) -> Truth:
    """Bob knows jobs close to the one wanted, into which people move easily."""
    return None if facts.occupation is None else bool(facts.occupation.close)
