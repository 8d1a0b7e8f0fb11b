"""Made-up people, varied and plausible, for coverage reports, checks and measures. Always the
same for one seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from bot.advice.conditions.job import JOB_FAMILIES
from bot.advice.facts import Facts
from bot.advice.occupation import Channel, Occupation
from bot.advice.profile import (
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

T = TypeVar("T")

HIRED_ON_SIGHT = ("food", "retail", "cleaning", "building", "hotel", "beauty", "farming")
_PLACES = (
    ("Lyon", "69123", "69", "84", 520_000),
    ("Le Havre", "76351", "76", "28", 165_000),
    ("Guéret", "23096", "23", "75", 12_800),
    ("Hyères", "83069", "83", "93", 55_000),
    ("Saint-Denis", "97411", "974", "04", 154_000),
    ("Riom-ès-Montagnes", "15162", "15", "84", 2_400),
)
_REQUIRED = (None, None, None, Diploma.CAP, Diploma.BAC, Diploma.BAC3)


def made_up(count: int, seed: int = 1, *, today: date = date(2026, 11, 26)) -> list[Facts]:
    """That many people without a history. Usual answers are mostly there, rare ones mostly missing."""
    rng = random.Random(seed)
    return [_person(rng, today, f"made-up-{seed}-{number}") for number in range(count)]


def _person(rng: random.Random, today: date, seed: str) -> Facts:
    def usual(pick: Callable[[], T]) -> T | None:
        return pick() if rng.random() < 0.93 else None

    def rare(values: Sequence[T]) -> T | None:
        return rng.choice(values) if rng.random() < 0.25 else None

    answers: dict[str, Any] = {"first_name": usual(lambda: "Camille")}
    occupation = _job(rng, answers)
    if rng.random() < 0.93:
        place, code, department, region, population = rng.choice(_PLACES)
        answers |= {"place": place, "place_code": code, "department": department, "region": region}
        answers["population"] = population
    situation = usual(lambda: rng.choice(tuple(Situation)))
    answers["situation"] = situation
    answers["mobility"] = usual(lambda: rng.choice(tuple(Mobility)))
    _search(rng, answers)
    if occupation or answers.get("job"):
        years = 0 if situation is Situation.FIRST_JOB else rng.choice((0, 0, 0.5, 1, 3, 7, 15))
        answers["experience_years"] = usual(lambda: years)
    answers["diploma"] = usual(lambda: rng.choice(tuple(Diploma)))
    answers["barriers"] = usual(lambda: frozenset(rng.sample(tuple(Barrier), rng.choice((0, 1, 2, 2, 3, 5)))))
    answers |= {
        "age": rare((AgeBand.YOUNG, AgeBand.ADULT, AgeBand.SENIOR)),
        "driving_licence": rare((True, False)),
        "has_cv": rare((True, False)),
        "has_computer": rare((True, False)),
        "network": rare(tuple(Network)),
        "liking": rare(tuple(Liking)),
        "hours_wanted": rare(tuple(Hours)),
        "minutes_per_day": rare((5, 10, 15, 30, 60)),
        "contracts": rare(tuple(frozenset((contract,)) for contract in Contract)),
    }
    known = {name: value for name, value in answers.items() if value is not None}
    return Facts(Profile.model_validate(known), today, occupation, seed=seed)


def _job(rng: random.Random, answers: dict[str, Any]) -> Occupation | None:
    """Fill in the job; the occupation when Bob knows its code."""
    choice = rng.choices(tuple(JobChoice), (80, 10, 10))[0]
    answers["job_choice"] = choice
    if choice is JobChoice.UNDECIDED:
        return None
    answers["job"] = "agent de service"
    if choice is JobChoice.SEVERAL:
        answers["other_jobs"] = ("aide à domicile",)
    if rng.random() < 0.1:
        return None
    family = rng.choice(JOB_FAMILIES)
    answers["job_code"] = "K2204"
    channels = frozenset((Channel.WALK_IN,)) if family in HIRED_ON_SIGHT else frozenset[Channel]()
    return Occupation("K2204", family, rng.choice(_REQUIRED), channels)


def _search(rng: random.Random, answers: dict[str, Any]) -> None:
    """Fill in how long and how much; counts go down along the funnel."""
    if rng.random() < 0.15:
        answers["search_started"] = False
        return
    answers["search_started"] = True
    answers["months"] = rng.choice((0.5, 1, 2, 4, 6, 9, 14, 26))
    if rng.random() < 0.1:
        return
    sent = rng.choice((0, 0, 1, 2, 4, 6, 10, 25))
    answers["applications"] = sent
    answers["interviews"] = rng.choice((0, 0, 0, 1, 2, 4)) if sent else 0
    if rng.random() < 0.3:
        answers["leads"] = rng.choice((0, 1, 2, 5, 12))
    if answers["interviews"] and rng.random() < 0.3:
        answers["offers"] = rng.choice((0, 0, 1))
