"""Made-up people, varied and plausible, for coverage reports, checks and measures. Always the
same for one seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from bot.advice.facts import Facts, Family, History, Outcome, PastAction
from bot.advice.made_up_jobs import some_jobs
from bot.advice.occupation import Occupation
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

_PLACES = (
    ("Paris", "75056", "75", "11", 2_104_000),
    ("Saint-Denis", "93066", "93", "11", 149_000),
    ("Lille", "59350", "59", "32", 238_000),
    ("Charleville-Mézières", "08105", "08", "44", 45_600),
    ("Metz", "57463", "57", "44", 123_000),
    ("Le Havre", "76351", "76", "28", 167_000),
    ("Rennes", "35238", "35", "53", 231_000),
    ("Nantes", "44109", "44", "52", 328_000),
    ("Orléans", "45234", "45", "24", 116_000),
    ("Nevers", "58194", "58", "27", 33_100),
    ("Lyon", "69123", "69", "84", 519_000),
    ("Riom-ès-Montagnes", "15162", "15", "84", 2_400),
    ("Le Puy-en-Velay", "43157", "43", "84", 18_500),
    ("Guéret", "23096", "23", "75", 13_000),
    ("Bordeaux", "33063", "33", "75", 268_000),
    ("Toulouse", "31555", "31", "76", 515_000),
    ("Marseille", "13055", "13", "93", 886_000),
    ("Hyères", "83069", "83", "93", 55_900),
    ("Ajaccio", "2A004", "2A", "94", 76_300),
    ("Basse-Terre", "97105", "971", "01", 9_400),
    ("Fort-de-France", "97209", "972", "02", 75_500),
    ("Cayenne", "97302", "973", "03", 62_700),
    ("Saint-Denis", "97411", "974", "04", 156_000),
    ("Mamoudzou", "97611", "976", "06", 71_400),
)
"""One town of every region at least, large and small."""

_ABROAD = (("Bruxelles", "BE", "Europe/Brussels"), ("Genève", "CH", "Europe/Zurich"))
_FEELINGS = ("easy", "fine", "hard")


def made_up(count: int, seed: int = 1, *, today: date = date(2026, 11, 26)) -> list[Facts]:
    """That many people, some with a history. Usual answers are mostly there, rare ones mostly missing."""
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
        answers |= _place(rng)
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
    if Barrier.MOTIVATION in (answers["barriers"] or ()) and rng.random() < 0.6:
        answers["liking"] = rng.choice(tuple(Liking))  # Bob asks, since it decides
    known = {name: value for name, value in answers.items() if value is not None}
    return Facts(Profile.model_validate(known), today, occupation, _history(rng, today), seed)


def _job(rng: random.Random, answers: dict[str, Any]) -> Occupation | None:
    """Fill in the job; the occupation when Bob knows its code."""
    choice = rng.choices(tuple(JobChoice), (80, 10, 10))[0]
    answers["job_choice"] = choice
    if choice is JobChoice.UNDECIDED:
        return None
    name, occupation = rng.choice(some_jobs())
    answers["job"] = name
    if choice is JobChoice.SEVERAL:
        others = [other for other, _ in some_jobs() if other != name]
        answers["other_jobs"] = tuple(rng.sample(others, rng.choice((1, 1, 2))))
    if rng.random() < 0.1:
        return None
    answers["job_code"] = occupation.code
    return occupation


def _place(rng: random.Random) -> dict[str, Any]:
    if rng.random() < 0.04:
        place, country, zone = rng.choice(_ABROAD)
        return {"place": place, "place_code": f"country:{country}", "country": country, "time_zone": zone}
    place, code, department, region, population = rng.choice(_PLACES)
    return {
        "place": place,
        "place_code": code,
        "department": department,
        "region": region,
        "population": population,
    }


def _history(rng: random.Random, today: date) -> History:
    """Three in ten have received actions, one a day; some of them told of a refusal."""
    if rng.random() < 0.7:
        return History()
    received = tuple(
        PastAction(
            f"{rng.choice(tuple(Family))}-before",
            today - timedelta(days),
            (outcome := rng.choice((Outcome.DONE, Outcome.DONE, Outcome.EXPIRED, Outcome.EXPIRED))),
            felt=rng.choice(_FEELINGS) if outcome is Outcome.DONE and rng.random() < 0.3 else None,
        )
        for days in range(1, rng.choice((2, 4, 8, 15, 30)))
    )
    told = (today - timedelta(rng.choice((0, 2, 5, 20))),) if rng.random() < 0.3 else ()
    return History(received, refusals=told)


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
