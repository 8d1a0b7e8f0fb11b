"""Can anybody meet these conditions? People are made up for each `when`, from the values that
it speaks of.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations, product
from math import prod
from typing import Any, TypeVar

from bot.advice.conditions import all_true
from bot.advice.conditions.parsing import Line, Literal
from bot.advice.conditions.registry import Arg
from bot.advice.conditions.search import EMPLOYED_FACTOR
from bot.advice.facts import Facts, History, Outcome, PastAction
from bot.advice.occupation import Channel, Constraint, JobFamily, Licence, Occupation
from bot.advice.profile import (
    DIPLOMA_RANK,
    AgeBand,
    Barrier,
    Contract,
    Diploma,
    Hours,
    JobChoice,
    Liking,
    Mobility,
    Network,
    Profile,
    Situation,
)

E = TypeVar("E", bound=StrEnum)

MOST_TRIED = 20_000
_CLIMBS, _PASSES = 40, 4
_YES_NO = (True, False)
_NUMBERS = ("months", "experience_years", "leads", "applications", "interviews", "offers", "minutes_per_day")
_COUNTS = ("population", "done", "unanswered", "days_since_refusal", "days_to_interview")
_FIXED: Mapping[str, Sequence[Any]] = {
    "job": (None, "agent de service"),
    "place": (None, "Lyon"),
    "has_first_name": (None, "Camille"),
    "job_choice": tuple(JobChoice),
    "other_jobs": ((), ("aide à domicile",)),
    "diploma": tuple(Diploma),
    "situation": tuple(Situation),
    "mobility": tuple(Mobility),
    "age": tuple(AgeBand),
    "network": tuple(Network),
    "liking": tuple(Liking),
    "hours_wanted": tuple(Hours),
    "search_started": _YES_NO,
    "driving_licence": _YES_NO,
    "has_cv": _YES_NO,
    "has_computer": _YES_NO,
    "country": ("FR", "BE"),
}
_A_DAY = date(2026, 11, 26)
_NOBODY = Profile()


def reachable(when: Sequence[Line]) -> bool:
    """True when some plausible person and day make every line true."""
    literals = [literal for line in when for literal in line.literals]
    choices = {read: _values(read, literals) for read in dict.fromkeys(_reads(literals))}
    return any(plausible(facts) and all_true(when, facts) for facts in _people(when, choices))


def plausible(facts: Facts) -> bool:
    """False for answers that no person gives together."""
    profile = facts.profile
    if profile.job_choice is JobChoice.UNDECIDED and (profile.job or facts.occupation or profile.other_jobs):
        return False
    if profile.situation is Situation.FIRST_JOB and (profile.experience_years or 0) > 1:
        return False
    searched = (profile.months or 0, profile.applications or 0, profile.interviews or 0)
    if profile.search_started is False and any(searched):
        return False
    if profile.age is AgeBand.MINOR:
        high = profile.diploma is not None and DIPLOMA_RANK[profile.diploma] > DIPLOMA_RANK[Diploma.BAC]
        return not high and (profile.experience_years or 0) <= 2
    return True


def _reads(literals: Sequence[Literal]) -> Iterator[str]:
    for literal in literals:
        yield from literal.condition.reads


def _values(read: str, literals: Sequence[Literal]) -> list[Any]:
    """Values of one answer at which these conditions may turn."""
    args = [arg for literal in literals if read in literal.condition.reads for arg in literal.args]
    if read in _FIXED:
        return list(_FIXED[read])
    if read in _NUMBERS or read in _COUNTS:
        numbers = {float(arg) for arg in args if isinstance(arg, int | float)} or {0.0}
        if read == "months":
            numbers |= {number * EMPLOYED_FACTOR for number in numbers}
        around = {value + step for value in numbers for step in (-1, 0, 1)} | {0, 3, 10}
        return sorted(
            value if read in ("months", "experience_years") else int(value) for value in around if value >= 0
        )
    if read == "barriers":
        return _barriers(args)
    if read == "contracts":
        return [frozenset(some) for some in _subsets(tuple(Contract))]
    if read == "occupation":
        return list(_occupations(literals))
    if read == "done_families":
        return [frozenset(some) for some in _subsets(tuple(dict.fromkeys(map(str, args))))]
    if read == "department":
        return [*map(str, args), "69", "974"]
    if read == "region":
        return [*map(str, args), "84", "04"]
    if read == "today":
        return [
            date(2026, month, day)
            for month in range(1, 13)
            for day in (*range(8, 15), 25, 31 if month in (1, 12) else 28)
        ]
    raise KeyError(f"no values are known for {read}")


def _occupations(literals: Sequence[Literal]) -> Iterator[Occupation]:
    """Jobs at which these conditions may turn: with each code named, all that is named of the rest or nothing."""

    def named(condition: str) -> list[str]:
        return [str(arg) for literal in literals if literal.name == condition for arg in literal.args]

    families = dict.fromkeys((*map(JobFamily, named("job_family")), JobFamily.OFFICE, JobFamily.ARTS))
    codes = dict.fromkeys((*(code.ljust(5, "1") for code in named("occupation")), "K2204"))
    channels = [Channel(one) for one in named("hires_through")]
    if any(literal.name == "hires_in_person" for literal in literals):
        channels.append(Channel.WALK_IN)
    licences = [Licence(one) for one in named("job_needs")]
    if any(literal.name == "no_licence_for_job" for literal in literals):
        licences.append(Licence.DRIVING)
    constraints = [Constraint(one) for one in named("job_asks")]
    of_codes = any(literal.name in ("shortage_job", "close_jobs") for literal in literals)
    for code, family, required, hired, held, hard, marked in product(
        codes,
        families,
        (None, *Diploma),
        _all_or_none(channels),
        _all_or_none(licences),
        _all_or_none(constraints),
        (False, True) if of_codes else (False,),
    ):
        close = ("K2202",) if marked else ()
        yield Occupation(code, family, required, hired, held, hard, close, marked)


def _all_or_none(named: Sequence[E]) -> list[frozenset[E]]:
    return list(dict.fromkeys((frozenset[E](), *(frozenset((one,)) for one in named), frozenset(named))))


def _subsets(values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for size in range(len(values) + 1):
        yield from combinations(values, size)


def _barriers(args: Sequence[Arg]) -> list[frozenset[Barrier]]:
    named = tuple(dict.fromkeys(Barrier(arg) for arg in args if isinstance(arg, str)))[:8]
    most = max((arg for arg in args if isinstance(arg, int)), default=0)
    others = [barrier for barrier in Barrier if barrier not in named]
    exact = [frozenset(some) for some in _subsets(named)]
    filled = [some | frozenset(others[: max(0, most - len(some))]) for some in exact]
    return list(dict.fromkeys([*exact, *filled]))


def _people(when: Sequence[Line], choices: Mapping[str, list[Any]]) -> Iterator[Facts]:
    if prod(map(len, choices.values())) <= MOST_TRIED:
        for combination in product(*choices.values()):
            yield _facts(dict(zip(choices, combination, strict=True)))
        return
    rng = random.Random(1)
    for _ in range(_CLIMBS):  # too many to try them all: better one answer at a time, from several starts
        answers = {read: rng.choice(values) for read, values in choices.items()}
        for _ in range(_PASSES):
            for read, values in choices.items():
                answers[read] = _best(when, answers, read, values)
        yield _facts(answers)


def _best(when: Sequence[Line], answers: dict[str, Any], read: str, values: list[Any]) -> Any:
    """The value of one answer with which most lines are true, the others unchanged."""
    return max(values, key=lambda value: _met(when, _facts(answers | {read: value})))


def _met(when: Sequence[Line], facts: Facts) -> int:
    return sum(line.test(facts) is True for line in when) * plausible(facts)


def _facts(answers: Mapping[str, Any]) -> Facts:
    own = dict(answers)
    occupation, today = own.pop("occupation", None), own.pop("today", _A_DAY)
    own["first_name"] = own.pop("has_first_name", None)
    if occupation is not None:
        own.setdefault("job", "agent de service")
    if "job_choice" in own and "job" not in own and own["job_choice"] is not JobChoice.UNDECIDED:
        own["job"] = "agent de service"
    history = _history(own, today)
    return Facts(
        _NOBODY.model_copy(update=own), today, occupation, history
    )  # not checked again: it is tried often


def _history(own: dict[str, Any], today: date) -> History:
    """Takes what it reads out of the answers."""
    silent, done = own.pop("unanswered", 0), own.pop("done", None)
    families = sorted(own.pop("done_families", ()))
    count = len(families) if done is None else done
    if families:
        done_ids = [f"{families[number % len(families)]}-any" for number in range(count)]
    else:
        done_ids = ["network-any"] * count
    refused = own.pop("days_since_refusal", None)
    interview = own.pop("days_to_interview", None)
    return History(
        actions=(
            *(PastAction("network-any", today, Outcome.EXPIRED) for _ in range(silent)),
            *(PastAction(one, today, Outcome.DONE) for one in done_ids),
        ),
        refusals=() if refused is None else (today - timedelta(refused),),
        interviews=() if interview is None else (today + timedelta(interview),),
    )
