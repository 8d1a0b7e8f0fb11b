"""The made-up people of reports and checks: varied enough for every condition, always the same."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.conditions import CONDITIONS, Literal
from bot.advice.conditions.registry import Choice
from bot.advice.facts import Facts
from bot.advice.made_up_jobs import some_jobs
from bot.advice.occupation import JobFamily
from bot.advice.people import made_up
from bot.sources.occupations import occupations

RARE = {"minor", "season"}
"""Nobody made up is a minor (they are few), and the day is one and the same."""


@pytest.fixture(scope="module")
def crowd() -> list[Facts]:
    return made_up(1_500)


def test_the_jobs_are_those_of_the_lexicon_in_every_family() -> None:
    for _, job in some_jobs():
        known = occupations().by_code(job.code)
        assert known is not None
        real = known.facts
        assert set(job.close) < set(real.close)
        assert (job.family, job.required, job.shortage) == (real.family, real.required, real.shortage)
        assert (job.channels, job.licences, job.constraints) == (
            real.channels,
            real.licences,
            real.constraints,
        )
    assert {job.family for _, job in some_jobs()} == set(JobFamily)


@pytest.mark.parametrize(
    "name", sorted(name for name, known in CONDITIONS.items() if known.parameter is None and name not in RARE)
)
def test_a_condition_is_true_of_somebody_and_false_of_somebody(name: str, crowd: list[Facts]) -> None:
    found = {Literal(name).test(who) for who in crowd}
    assert found >= {True, False} or name == "close_jobs"
    assert True in found


@pytest.mark.parametrize(
    "name",
    sorted(
        name for name, known in CONDITIONS.items() if isinstance(known.parameter, Choice) and name not in RARE
    ),
)
def test_most_values_of_a_condition_are_met(name: str, crowd: list[Facts]) -> None:
    parameter = CONDITIONS[name].parameter
    assert isinstance(parameter, Choice)
    met = {value for value in parameter.values if any(Literal(name, (value,)).test(who) for who in crowd)}
    assert len(met) >= 0.6 * len(parameter.values), set(parameter.values) - met


def test_people_live_in_every_region_and_a_few_per_cent_abroad(crowd: list[Facts]) -> None:
    assert len({who.profile.region for who in crowd if who.profile.region}) == 18
    abroad = sum(who.profile.country != "FR" for who in crowd)
    assert 0.01 * len(crowd) < abroad < 0.08 * len(crowd)


def test_some_have_a_past_with_bob_and_the_same_seed_gives_the_same_people(crowd: list[Facts]) -> None:
    assert 0.2 < sum(bool(who.history.actions) for who in crowd) / len(crowd) < 0.4
    assert any(who.history.refusals for who in crowd)
    assert made_up(50) == crowd[:50]
    assert made_up(5, today=date(2027, 6, 1))[0].today == date(2027, 6, 1)
