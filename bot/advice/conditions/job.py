"""Conditions on the job sought, diplomas, experience, liking and network."""

from __future__ import annotations

from collections.abc import Callable

from bot.advice.conditions.registry import Arg, Choice, Number, condition, own_argument
from bot.advice.conditions.truth import Truth, all_of, at_least, at_most
from bot.advice.facts import Facts
from bot.advice.occupation import JobFamily
from bot.advice.profile import (
    DIPLOMA_RANK,
    Contract,
    Diploma,
    Hours,
    JobChoice,
    Liking,
    Network,
    Profile,
    Situation,
)

JOB_FAMILIES = tuple(JobFamily)

WORKED_BEFORE = frozenset(
    (Situation.OUT_OF_WORK, Situation.BETWEEN_CONTRACTS, Situation.EMPLOYED, Situation.RETURNING)
)
"""Situations of people who have had a job."""


def experience(profile: Profile) -> float | None:
    """Years in the job wanted; somebody who has never worked has none."""
    if profile.experience_years is None and profile.situation is Situation.FIRST_JOB:
        return 0
    return profile.experience_years


def _setting(field: str, value: object) -> Callable[..., Profile]:
    return lambda profile, *args: profile.with_answers(**{field: value})


@condition(reads=("job",))
def job_known(facts: Facts) -> Truth:
    """Bob has words for the job wanted; never unknown."""
    return facts.profile.job is not None


@condition(reads=("place",))
def place_known(facts: Facts) -> Truth:
    """Bob has the name of the town; never unknown."""
    return facts.profile.place is not None


@condition(reads=("has_first_name",))
def first_name_known(facts: Facts) -> Truth:
    """Bob has a first name; never unknown."""
    return facts.profile.first_name is not None


@condition("job_choice", reads=("job_choice", "job"))
def job_undecided(facts: Facts) -> Truth:
    """The person does not know which job they want."""
    if facts.profile.job_choice is None:
        return False if facts.profile.job is not None else None
    return facts.profile.job_choice is JobChoice.UNDECIDED


@condition("job_choice", reads=("job_choice", "other_jobs"))
def several_jobs(facts: Facts) -> Truth:
    """The person names several jobs."""
    if facts.profile.other_jobs:
        return True
    return None if facts.profile.job_choice is None else facts.profile.job_choice is JobChoice.SEVERAL


def _own_family(facts: Facts, *args: Arg) -> str | None:
    return facts.occupation.family if facts.occupation else None


@condition(
    "job_code", takes=Choice("family", JOB_FAMILIES), many=True, reads=("occupation",), variant=_own_family
)
def job_family(facts: Facts, *families: str) -> Truth:
    """The job wanted is in one of these families of trades; unknown if Bob has no code for the job."""
    return None if facts.occupation is None else facts.occupation.family in families


@condition("job_code", reads=("occupation",))
def hires_in_person(facts: Facts) -> Truth:
    """A trade where people are hired on sight (shops, kitchens, building, cleaning, hotels...)."""
    return None if facts.occupation is None else facts.occupation.hires_in_person


@condition("job_code", reads=("occupation",))
def diploma_required(facts: Facts) -> Truth:
    """The job requires a diploma or a licence, by law or in practice."""
    return None if facts.occupation is None else facts.occupation.required is not None


@condition("job_code", "diploma", reads=("occupation", "diploma"))
def unqualified_for_job(facts: Facts) -> Truth:
    """The job requires a diploma above the person's own."""
    if facts.occupation is None:
        return None
    if facts.occupation.required is None:
        return False
    diploma = facts.profile.diploma
    return None if diploma is None else DIPLOMA_RANK[diploma] < DIPLOMA_RANK[facts.occupation.required]


def _own_diploma(facts: Facts, *args: Arg) -> str | None:
    return facts.profile.diploma.value if facts.profile.diploma else None


@condition("diploma", takes=Choice("level", ("cap", "bac", "bac2", "bac3", "bac5")), variant=_own_diploma)
def qualified(facts: Facts, level: str) -> Truth:
    """Highest diploma of that level or above: CAP or BEP, bac, bac+2, bac+3, bac+5."""
    diploma = facts.profile.diploma
    return None if diploma is None else DIPLOMA_RANK[diploma] >= DIPLOMA_RANK[Diploma(level)]


@condition("diploma")
def no_diploma(facts: Facts) -> Truth:
    """No diploma at all."""
    return None if facts.profile.diploma is None else facts.profile.diploma is Diploma.NONE


@condition("experience_years", takes=Number("n", 0, 50, whole=False), reads=("experience_years", "situation"))
def experienced(facts: Facts, n: float) -> Truth:
    """n years or more in that job; none for somebody who has never worked."""
    return at_least(experience(facts.profile), n)


@condition("experience_years", reads=("experience_years", "situation"))
def new_to_job(facts: Facts) -> Truth:
    """Has never done that job."""
    return at_most(experience(facts.profile), 0)


@condition("situation", "experience_years", reads=("experience_years", "situation"))
def career_change(facts: Facts) -> Truth:
    """Has worked before, and never did the job wanted."""
    situation = facts.profile.situation
    worked = None if situation is None else situation in WORKED_BEFORE
    return all_of((worked, at_most(experience(facts.profile), 0)))


def _network_change(profile: Profile, size: str) -> Profile:
    return profile.with_answers(network=Network(size))


@condition("network", takes=Choice("size", tuple(Network)), change=_network_change, variant=own_argument)
def network(facts: Facts, size: str) -> Truth:
    """Knows few (small), some (medium) or many (large) people in that trade."""
    return None if facts.profile.network is None else facts.profile.network.value == size


@condition("liking", takes=Choice("meaning", tuple(Liking)), variant=own_argument)
def liking(facts: Facts, meaning: str) -> Truth:
    """What the job means to the person."""
    return None if facts.profile.liking is None else facts.profile.liking.value == meaning


@condition("hours_wanted", change=_setting("hours_wanted", Hours.PART))
def part_time(facts: Facts) -> Truth:
    """Wants part-time hours."""
    return None if facts.profile.hours_wanted is None else facts.profile.hours_wanted is Hours.PART


@condition("hours_wanted", change=_setting("hours_wanted", Hours.FULL))
def full_time(facts: Facts) -> Truth:
    """Wants full-time hours."""
    return None if facts.profile.hours_wanted is None else facts.profile.hours_wanted is Hours.FULL


def _own_contract(facts: Facts, *args: Arg) -> str | None:
    wanted = facts.profile.contracts or frozenset()
    return next((str(arg) for arg in args if arg in wanted), str(args[0]) if args else None)


def _contract_change(profile: Profile, *contracts: str) -> Profile:
    return profile.with_answers(contracts=(profile.contracts or frozenset()) | {Contract(contracts[0])})


@condition(
    "contracts",
    takes=Choice("contract", tuple(Contract)),
    many=True,
    change=_contract_change,
    variant=_own_contract,
)
def wants(facts: Facts, *contracts: str) -> Truth:
    """The contracts wanted include one of these."""
    wanted = facts.profile.contracts
    return None if wanted is None else any(contract in wanted for contract in contracts)
