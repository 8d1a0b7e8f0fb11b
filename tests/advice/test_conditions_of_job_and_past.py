"""Conditions on the job in the lexicon, on the season and on what happened with Bob."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.advice.conditions import ConditionError, parse_line
from bot.advice.facts import Facts, History, Outcome
from bot.advice.profile import Diploma
from tests.advice.making import TODAY, facts, occupation, past, with_history


def holds(line: str, who: Facts) -> bool | None:
    return parse_line(line).test(who)


WAITER = occupation(
    "food",
    code="G1803",
    hires_in_person=True,
    channels=["walk_in", "seasonal"],
    constraints=["standing", "weekends"],
    close=("G1801",),
)
DRIVER = occupation(
    "transport",
    code="N4101",
    required=Diploma.CAP,
    licences=["heavy_goods"],
    shortage=True,
    channels=["agency"],
)

OF_THE_JOB: list[tuple[str, dict[str, Any], bool | None]] = [
    ("hires_through(walk_in)", {"occupation": WAITER}, True),
    ("hires_through(exam, seasonal)", {"occupation": WAITER}, True),
    ("hires_through(exam)", {"occupation": WAITER}, False),
    ("hires_through(exam)", {}, None),
    ("job_asks(nights, weekends)", {"occupation": WAITER}, True),
    ("job_asks(nights)", {"occupation": WAITER}, False),
    ("job_asks(nights)", {"job": "serveuse"}, None),
    ("job_needs(heavy_goods)", {"occupation": DRIVER}, True),
    ("job_needs(driving)", {"occupation": DRIVER}, False),
    ("job_needs(driving)", {}, None),
    ("no_licence_for_job", {"occupation": DRIVER, "driving_licence": False}, True),
    ("no_licence_for_job", {"occupation": DRIVER, "driving_licence": True}, False),
    ("no_licence_for_job", {"occupation": DRIVER}, None),
    ("no_licence_for_job", {"occupation": WAITER}, False),
    ("no_licence_for_job", {"driving_licence": True}, False),
    ("no_licence_for_job", {"driving_licence": False}, None),
    ("occupation(G18)", {"occupation": WAITER}, True),
    ("occupation(N, G1803)", {"occupation": WAITER}, True),
    ("occupation(G16)", {"occupation": WAITER}, False),
    ("occupation(G16)", {}, None),
    ("diploma_fits", {"occupation": DRIVER, "diploma": "bac"}, True),
    ("diploma_fits", {"occupation": DRIVER, "diploma": "none"}, False),
    ("diploma_fits", {"occupation": DRIVER}, None),
    ("diploma_fits", {"occupation": WAITER}, False),  # nothing to fit
    ("diploma_fits", {"diploma": "bac"}, None),
    ("shortage_job", {"occupation": DRIVER}, True),
    ("shortage_job", {"occupation": WAITER}, False),
    ("shortage_job", {"occupation": DRIVER, "country": "BE"}, False),  # the surveys are French
    ("shortage_job", {}, None),
    ("close_jobs", {"occupation": WAITER}, True),
    ("close_jobs", {"occupation": DRIVER}, False),
    ("close_jobs", {}, None),
]


@pytest.mark.parametrize(("line", "who", "expected"), OF_THE_JOB)
def test_the_lexicon_answers_for_the_job(line: str, who: dict[str, Any], expected: bool | None) -> None:
    assert holds(line, facts(**who)) is expected


OF_THE_PERSON: list[tuple[str, dict[str, Any], bool | None]] = [
    ("career_change", {"situation": "out_of_work", "experience_years": 0}, True),
    ("career_change", {"situation": "employed", "experience_years": 2}, False),
    ("career_change", {"situation": "first_job"}, False),
    ("career_change", {"situation": "returning"}, None),
    ("career_change", {"experience_years": 0}, None),
    ("career_change", {"experience_years": 4}, False),
    ("long_accumulated(2)", {"months": 2, "situation": "out_of_work"}, True),
    ("long_accumulated(2)", {"months": 5.9, "situation": "employed"}, False),
    ("long_accumulated(2)", {"months": 6, "situation": "employed"}, True),
    ("long_accumulated(2)", {"months": 6}, True),  # long for anybody
    ("long_accumulated(2)", {"months": 1}, False),
    ("long_accumulated(2)", {"months": 4}, None),
    ("long_accumulated(2)", {"search_started": False}, False),
    ("minutes_under(15)", {"minutes_per_day": 10}, True),
    ("minutes_under(15)", {"minutes_per_day": 15}, False),
    ("minutes_under(15)", {}, None),
    ("abroad", {"country": "BE"}, True),
    ("abroad", {}, False),
]


@pytest.mark.parametrize(("line", "who", "expected"), OF_THE_PERSON)
def test_the_answers_tell_change_length_time_and_country(
    line: str, who: dict[str, Any], expected: bool | None
) -> None:
    assert holds(line, facts(**who)) is expected


SEASONS = {
    "new_year": ((1, 2), (1, 31)),
    "spring_hiring": ((3, 1), (5, 31)),
    "may_holidays": ((4, 25), (5, 31)),
    "summer": ((6, 15), (8, 31)),
    "back_to_school": ((8, 25), (9, 30)),
    "year_end_hiring": ((10, 1), (12, 15)),
    "holidays": ((12, 15), (1, 1)),
}


@pytest.mark.parametrize("name", SEASONS)
def test_a_season_holds_its_first_and_last_day_and_no_other(name: str) -> None:
    (first_month, first_day), (last_month, last_day) = SEASONS[name]
    first, last = date(2027, first_month, first_day), date(2027, last_month, last_day)
    line = f"season({name})"
    assert holds(line, facts(today=first)) is True
    assert holds(line, facts(today=last)) is True
    assert holds(line, facts(today=first - timedelta(1))) is False
    assert holds(line, facts(today=last + timedelta(1))) is False


def test_one_of_several_seasons_is_enough() -> None:
    assert holds("season(summer, back_to_school)", facts(today=date(2027, 9, 10))) is True
    assert holds("season(summer, new_year)", facts(today=date(2027, 9, 10))) is False


def test_families_done_are_told_by_the_actions_done_only() -> None:
    who = with_history(facts(), past("network-a"), past("rights-b", outcome=Outcome.EXPIRED))
    assert holds("done_in(network)", who) is True
    assert holds("done_in(rights, skill)", who) is False
    assert holds("done_in(network)", facts()) is False


def test_the_last_actions_in_a_row_without_an_answer_are_counted() -> None:
    silent = [past("a-1", 1, Outcome.OPEN), past("a-2", 2, Outcome.EXPIRED)]
    who = with_history(facts(), *silent, past("a-3", 3), past("a-4", 4, Outcome.EXPIRED))
    assert holds("unanswered(2)", who) is True
    assert holds("unanswered(3)", who) is False
    assert holds("unanswered(2)", with_history(facts(), *silent)) is True
    assert holds("unanswered(1)", with_history(facts(), past("a-1", 1, Outcome.REPLACED))) is False
    assert holds("unanswered(1)", facts()) is False


def test_a_refusal_counts_for_as_many_days_as_asked() -> None:
    told = replace(facts(), history=History(refusals=(TODAY - timedelta(3), TODAY - timedelta(40))))
    assert holds("refusal_within(3)", told) is True
    assert holds("refusal_within(2)", told) is False
    assert holds("refusal_within(365)", facts()) is False
    ahead = replace(facts(), history=History(refusals=(TODAY + timedelta(1),)))  # from another time zone
    assert holds("refusal_within(0)", ahead) is True


def test_an_interview_counts_for_as_many_days_before_it_as_asked() -> None:
    noted = replace(facts(), history=History(interviews=(TODAY + timedelta(3), TODAY + timedelta(40))))
    assert holds("interview_ahead(3)", noted) is True
    assert holds("interview_ahead(2)", noted) is False
    assert holds("interview_ahead(365)", facts()) is False
    over = replace(facts(), history=History(interviews=(TODAY - timedelta(1),)))
    assert holds("interview_ahead(365)", over) is False


@pytest.mark.parametrize("code", ["G160211", "Z", "16", "g16"])
def test_what_is_no_beginning_of_a_code_is_refused(code: str) -> None:
    with pytest.raises(ConditionError, match="third edition of ROME"):
        parse_line(f"occupation({code})")
