"""The questions about a person, each defined once: onboarding asks them in order, all others ask one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

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
    Situation,
)
from bot.dialogs import reading, showing, zones
from bot.dialogs.question import Question
from bot.understanding.durations import asks_for_a_date

Options = dict[str, dict[str, Any]]


def _enum(field_name: str, values: Iterable[Any]) -> Options:
    return {str(value): {field_name: value} for value in values}


def _several(field_name: str, values: Iterable[Any]) -> Options:
    return {str(value): {field_name: frozenset({value})} for value in values}


def _counted(name: str, counts: Mapping[str, int], *, ranges: Iterable[str] = ()) -> Question:
    """How many: each option with the number that it fills in, the middle of a range for those among `ranges`."""
    return Question(
        name,
        (name,),
        {code: {name: count} for code, count in counts.items()},
        understand=reading.count(name),
        show=showing.count(name),
        ranges=frozenset(ranges),
        per_row=3,
    )


def _yes_no(field_name: str) -> Options:
    return {"yes": {field_name: True}, "no": {field_name: False}}


_NO_JOB = {"job": None, "job_code": None, "other_jobs": ()}

_MANY = {"0": 0, "1": 1, "2": 2, "5": 7, "10": 14, "20": 20}

_ALL = (
    Question("first_name", ("first_name",), understand=reading.first_name),
    Question(
        "job",
        ("job", "job_choice"),
        {
            "undecided": {"job_choice": JobChoice.UNDECIDED, **_NO_JOB},
            "several": {"job_choice": JobChoice.SEVERAL},
        },
        show=showing.job,
    ),
    Question("place", ("place",), show=showing.place),
    Question("distance", ("mobility",), _enum("mobility", Mobility)),
    Question("situation", ("situation",), _enum("situation", Situation)),
    Question(
        "months",
        ("months", "search_started"),
        {
            "not_started": {"search_started": False, "months": None},
            "m0": {"search_started": True, "months": 0.6},
            "m2": {"search_started": True, "months": 2.1},
            "m4": {"search_started": True, "months": 4.6},
            "m9": {"search_started": True, "months": 9.1},
            "m18": {"search_started": True, "months": 18.1},
        },
        understand=reading.months,
        needs_date=asks_for_a_date,
        show=showing.months,
        ranges=frozenset(("m0", "m2", "m4", "m9", "m18")),
    ),
    Question(
        "experience",
        ("experience_years",),
        {
            "y0": {"experience_years": 0.0},
            "y05": {"experience_years": 0.55},
            "y1": {"experience_years": 1.55},
            "y3": {"experience_years": 3.55},
            "y7": {"experience_years": 7.55},
            "y12": {"experience_years": 12.55},
        },
        understand=reading.years,
        needs_date=asks_for_a_date,
        show=showing.years,
        ranges=frozenset(("y05", "y1", "y3", "y7", "y12")),
    ),
    Question("diploma", ("diploma",), _enum("diploma", Diploma)),
    Question("barriers", ("barriers",), _several("barriers", Barrier), several=True),
    _counted("applications", _MANY, ranges=("2", "5", "10")),
    _counted("interviews", {"0": 0, "1": 1, "2": 2, "3": 3, "5": 5}, ranges=("3",)),
    Question(
        "hour",
        ("hour",),
        {f"h{hour:02d}": {"hour": time(hour)} for hour in (8, 9, 10, 12, 14, 18)},
        understand=reading.hour,
        show=showing.hour,
        per_row=3,
    ),
    Question(
        "days",
        ("days",),
        {str(day): {"days": frozenset({day})} for day in range(1, 8)},
        show=showing.days,
        several=True,
        always_shown=True,
        per_row=3,
    ),
    Question(
        "zone",
        ("time_zone",),
        {code: {"time_zone": zone} for code, zone in zones.OFFERED.items()},
        understand=reading.zone,
        show=showing.zone,
        always_shown=True,
    ),
    _counted("leads", _MANY, ranges=("2", "5", "10")),
    _counted("offers", {"0": 0, "1": 1, "2": 2}),
    Question("liking", ("liking",), _enum("liking", Liking), per_row=1),
    Question("network", ("network",), _enum("network", Network), per_row=3),
    Question("contracts", ("contracts",), _several("contracts", Contract), several=True),
    Question("hours_wanted", ("hours_wanted",), _enum("hours_wanted", Hours)),
    Question(
        "minutes",
        ("minutes_per_day",),
        {f"t{minutes:02d}": {"minutes_per_day": minutes} for minutes in (5, 10, 20, 30, 60)},
        understand=reading.minutes,
        show=showing.minutes,
        per_row=3,
    ),
    Question(
        "age",
        ("age",),
        _enum("age", (band for band in AgeBand if band is not AgeBand.MINOR)),
        show=showing.age,
        per_row=3,
    ),
    Question(
        "licence",
        ("driving_licence",),
        _yes_no("driving_licence"),
        understand=reading.yes_no("driving_licence"),
    ),
    Question("has_cv", ("has_cv",), _yes_no("has_cv"), understand=reading.yes_no("has_cv")),
    Question(
        "computer", ("has_computer",), _yes_no("has_computer"), understand=reading.yes_no("has_computer")
    ),
)

# Of a range, the middle is filled in, a little off the round number that somebody would type, so that the two are told
# apart when the answer is said back.
QUESTIONS: dict[str, Question] = {question.name: question for question in _ALL}

BY_FIELD = {name: question for question in _ALL for name in question.fields}
"""The question that fills a field (what the diagnosis misses -> what to ask)."""
