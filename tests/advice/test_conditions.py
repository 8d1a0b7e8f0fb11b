from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.conditions import (
    CONDITIONS,
    ConditionError,
    all_true,
    conditions_reference,
    parse_line,
    parse_literal,
)
from bot.advice.conditions.registry import Choice, Code, Number
from bot.advice.facts import Facts
from bot.advice.profile import Diploma, Profile
from tests.advice.making import facts, occupation, past, with_history

NEVER_UNKNOWN = {
    "job_known",
    "place_known",
    "first_name_known",
    "done_actions",
    "done_in",
    "unanswered",
    "refusal_within",
    "interview_ahead",
    "weekday",
    "month",
    "season",
    "abroad",
}


def test(line: str, who: Facts) -> bool | None:
    return parse_line(line).test(who)


test.__test__ = False  # type: ignore[attr-defined]


def some_argument(name: str) -> str:
    """Any argument that this condition takes, in brackets."""
    parameter = CONDITIONS[name].parameter
    if isinstance(parameter, Number):
        return f"({parameter.high:g})"
    if isinstance(parameter, Choice):
        return f"({parameter.values[0]})"
    if isinstance(parameter, Code):
        return "(G16)" if name == "occupation" else "(84)"
    return ""


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_a_missing_answer_makes_a_condition_unknown_and_is_named(name: str) -> None:
    line = parse_line(name + some_argument(name))
    nobody = facts()
    if name in NEVER_UNKNOWN:
        assert line.test(nobody) is not None
        assert line.missing(nobody) == ()
    else:
        assert line.test(nobody) is None
        assert line.missing(nobody)
        assert set(line.missing(nobody)) <= set(Profile.model_fields)


CASES: list[tuple[str, dict[str, Any], bool]] = [
    ("job_undecided", {"job_choice": "undecided"}, True),
    ("job_undecided", {"job": "serveuse"}, False),
    ("several_jobs", {"job": "serveuse", "other_jobs": ["cuisinière"]}, True),
    ("several_jobs", {"job_choice": "one"}, False),
    ("qualified(bac)", {"diploma": "bac2"}, True),
    ("qualified(bac)", {"diploma": "cap"}, False),
    ("no_diploma", {"diploma": "none"}, True),
    ("no_diploma", {"diploma": "cap"}, False),
    ("first_job", {"situation": "first_job"}, True),
    ("employed", {"situation": "returning"}, False),
    ("returning", {"situation": "returning"}, True),
    ("search_started", {"search_started": False}, False),
    ("search_started", {"months": 3}, True),
    ("search_started", {"applications": 4}, True),
    ("long_search(6)", {"months": 6}, True),
    ("long_search(6)", {"months": 5.9}, False),
    ("long_search(6)", {"search_started": False}, False),
    ("short_search(1)", {"months": 1}, True),
    ("short_search(1)", {"search_started": False}, False),  # not started is no short search
    ("experienced(2)", {"experience_years": 2}, True),
    ("experienced(2)", {"situation": "first_job"}, False),
    ("new_to_job", {"situation": "first_job"}, True),
    ("new_to_job", {"experience_years": 0.5}, False),
    ("frustrated(network)", {"barriers": ["network", "time"]}, True),
    ("frustrated(network)", {"barriers": []}, False),
    ("very_frustrated(2)", {"barriers": ["network", "time"]}, True),
    ("very_frustrated(3)", {"barriers": ["network", "time"]}, False),
    ("few_leads(2)", {"leads": 2}, True),
    ("few_applications(3)", {"applications": 4}, False),
    ("many_applications(4)", {"applications": 4}, True),
    ("no_interview", {"interviews": 0}, True),
    ("interviews(2)", {"interviews": 1}, False),
    ("stage(leads)", {"leads": 1, "applications": 1, "interviews": 0}, True),
    ("stage(applications)", {"leads": 9, "applications": 1, "interviews": 0}, True),
    ("stage(answers)", {"applications": 9, "interviews": 0}, True),
    ("stage(answers)", {"applications": 20, "interviews": 2}, True),
    ("stage(offers)", {"applications": 9, "interviews": 3}, True),
    ("stage(offers)", {"applications": 9, "interviews": 3, "offers": 1}, False),
    ("mobility(department)", {"mobility": "region"}, True),
    ("mobility(department)", {"mobility": "nearby"}, False),
    ("stays_close", {"mobility": "nearby"}, True),
    ("commune_under(20000)", {"population": 2400}, True),
    ("commune_over(100000)", {"population": 2400}, False),
    ("overseas", {"department": "974"}, True),
    ("overseas", {"region": "02"}, True),
    ("overseas", {"country": "BE"}, False),
    ("region(01, 84)", {"region": "01"}, True),
    ("region(84)", {"country": "CH"}, False),
    ("department(2A)", {"department": "2B"}, False),
    ("minor", {"age": "15-17"}, True),
    ("young", {"age": "26-49"}, False),
    ("senior", {"age": "50+"}, True),
    ("driver", {"driving_licence": True}, True),
    ("no_licence", {"driving_licence": True}, False),
    ("has_cv", {"has_cv": False}, False),
    ("no_cv", {"has_cv": False}, True),
    ("phone_only", {"has_computer": True}, False),
    ("network(large)", {"network": "large"}, True),
    ("liking(passion)", {"liking": "likeable"}, False),
    ("part_time", {"hours_wanted": "part"}, True),
    ("full_time", {"hours_wanted": "part"}, False),
    ("wants(permanent, temp)", {"contracts": ["temp"]}, True),
    ("wants(permanent)", {"contracts": []}, False),
    ("minutes_available(15)", {"minutes_per_day": 15}, True),
    ("not minor", {"age": "50+"}, True),
]


@pytest.mark.parametrize(("line", "answers", "expected"), CASES)
def test_a_condition_says_what_the_reference_says(line: str, answers: dict[str, Any], expected: bool) -> None:
    assert test(line, facts(**answers)) is expected


def test_conditions_on_the_job_look_at_the_occupation() -> None:
    carer = facts(job="aide-soignante", diploma="none", occupation=occupation(required=Diploma.CAP))
    cook = facts(job="cuisinier", diploma="none", occupation=occupation("food", hires_in_person=True))
    assert test("job_family(food, care)", carer) is True
    assert test("job_family(food)", carer) is False
    assert test("diploma_required", carer) is True
    assert test("unqualified_for_job", carer) is True
    assert test("hires_in_person", cook) is True
    assert test("unqualified_for_job", cook) is False
    assert test("unqualified_for_job", facts(occupation=occupation(required=Diploma.CAP))) is None


def test_conditions_on_the_day_look_at_the_day_it_is_sent() -> None:
    thursday = facts(today=date(2026, 11, 26))
    assert test("weekday(4)", thursday) is True
    assert test("weekday(1, 2)", thursday) is False
    assert test("month(11)", thursday) is True


def test_actions_done_are_counted_and_others_are_not() -> None:
    who = with_history(
        facts(), past("a"), past("b"), replace(past("c"), outcome=past("c").outcome.__class__.EXPIRED)
    )
    assert test("done_actions(2)", who) is True
    assert test("done_actions(3)", who) is False


def test_unknown_follows_three_valued_logic() -> None:
    someone = facts(barriers=[])
    assert test("frustrated(network) or network(large)", someone) is None
    assert test("not frustrated(network) or network(large)", someone) is True
    assert test("not network(large)", someone) is None
    lines = [parse_line("frustrated(network)"), parse_line("network(large)")]
    assert all_true(lines, someone) is False
    assert all_true([parse_line("not frustrated(network)"), parse_line("network(large)")], someone) is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("long_serch(6)", "did you mean long_search"),
        ("long_search", "long_search needs an argument: a number from 0 to 120"),
        ("long_search(six)", "long_search got 'six'; expected a number from 0 to 120"),
        ("long_search(6, 7)", "takes one argument only"),
        ("few_applications(2.5)", "expected a whole number"),
        ("driver(yes)", "driver takes no argument"),
        ("driver()", "driver takes no argument"),
        ("frustrated(boredom)", "expected one of motivation"),
        ("region(1)", "an INSEE region code of two digits"),
        ("network(large) and driver", "is not a condition"),
        ("", "is not a condition"),
        ("driver or ", "is not a condition"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_is_expected(line: str, message: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_line(line)
    assert message in str(caught.value)


@given(st.sampled_from(sorted(CONDITIONS)), st.booleans())
def test_a_literal_reads_back_as_it_is_written(name: str, negated: bool) -> None:
    text = f"{'not ' if negated else ''}{name}{some_argument(name)}"
    assert parse_literal(str(parse_literal(text))) == parse_literal(text)


@pytest.mark.parametrize("name", sorted(name for name, known in CONDITIONS.items() if known.change))
def test_what_can_be_changed_becomes_true_by_the_change(name: str) -> None:
    literal = parse_literal(name + some_argument(name))
    change = literal.condition.change
    assert change is not None
    changed = replace(facts(), profile=change(Profile(), *literal.args))
    assert literal.test(changed) is True


def test_nobody_is_asked_to_change_age_health_or_family() -> None:
    for name in ("minor", "young", "senior", "frustrated", "overseas", "first_job", "returning"):
        assert CONDITIONS[name].change is None


def test_the_reference_page_has_every_condition_and_what_it_needs() -> None:
    page = conditions_reference()
    for known in CONDITIONS.values():
        assert f"| `{known.signature}` | {known.doc} |" in page
        assert known.doc
    assert "never unknown" in page
