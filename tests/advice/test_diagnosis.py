from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.diagnosis import NEEDS_ATTENTION, diagnose
from bot.advice.facts import Facts
from bot.advice.items import Catalogue
from bot.advice.people import made_up
from bot.advice.profile import Barrier, Diploma, JobChoice, Liking, ObstacleId, Profile, Situation
from tests.advice.making import facts, occupation

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"), key=lambda path: path.stem)


def read(path: Path) -> tuple[Facts, dict[str, Any]]:
    content = json.loads(path.read_text("utf-8"))
    job = content["occupation"]
    known = occupation(**{**job, "required": job["required"] and Diploma(job["required"])}) if job else None
    return facts(occupation=known, **content["profile"]), content["expected"]


@pytest.mark.parametrize("path", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_the_obstacle_of_a_known_person_is_found_for_their_own_reasons(path: Path) -> None:
    who, expected = read(path)
    found = diagnose(who)
    assert found.main == expected["main"]
    assert (found.case, found.thin, found.view) == (expected["case"], expected["thin"], expected["view"])
    assert list(found.missing[:1]) == expected["missing"]
    if "because" in expected:
        assert list(found.because) == expected["because"]
    states = {other.id: other.state for other in found.others}
    for obstacle, state in expected.get("states", {}).items():
        assert states[obstacle] == state


def test_there_are_golden_people_for_every_obstacle() -> None:
    found = {read(path)[1]["main"] for path in GOLDEN}
    assert found == {*ObstacleId, None}
    assert len(GOLDEN) >= 25


seeds = st.integers(1, 10_000)


@given(seeds)
@settings(max_examples=60)
def test_a_diagnosis_cites_at_least_two_answers_or_asks_or_says_that_it_is_thin(seed: int) -> None:
    (who,) = made_up(1, seed)
    found = diagnose(who)
    if found.main is None:
        assert found.missing or found.thin
    else:
        assert len(found.because) >= 2
        assert len(set(found.because)) == len(found.because) <= 3
        assert found.missing == ()


@given(seeds)
@settings(max_examples=60)
def test_what_is_asked_is_open_and_skipping_it_never_blocks(seed: int) -> None:
    (who,) = made_up(1, seed)
    for _ in range(20):
        found = diagnose(who)
        if not found.missing:
            break
        assert who.profile.open_question(found.missing[0])
        who = replace(who, profile=who.profile.skipping(found.missing[0]))
    assert found.missing == ()
    assert found.main is not None or found.thin


@given(seeds)
@settings(max_examples=60)
def test_a_first_name_changes_nothing(seed: int) -> None:
    (who,) = made_up(1, seed)
    named = [
        replace(who, profile=who.profile.with_answers(first_name=name)) for name in ("Fatou", "Jean", None)
    ]
    assert len({diagnose(one) for one in named}) == 1


@given(seeds)
@settings(max_examples=60)
def test_the_persons_own_view_wins_unless_their_answers_contradict_it(seed: int) -> None:
    (who,) = made_up(1, seed)
    for view in ObstacleId:
        found = diagnose(replace(who, profile=who.profile.with_answers(own_view=view)))
        assert found.view in ("agreed", "followed", "set_aside")
        assert (found.main == view) == (found.view != "set_aside")
        if found.view == "set_aside":
            assert view in (ObstacleId.BRAVO, ObstacleId.ENHANCE_METHODS_TO_INTERVIEW)
        else:
            assert "own_view" in found.because


def test_the_answers_that_may_decide_are_few_and_known() -> None:
    asked: set[str] = set()
    for who in made_up(400, 3):
        bare = replace(who, profile=Profile(job=who.profile.job, barriers=who.profile.barriers))
        asked.update(diagnose(who).missing, diagnose(bare).missing)
    asked.update(diagnose(facts()).missing)
    assert asked >= {
        "job_choice",
        "barriers",
        "leads",
        "liking",
        "applications",
        "interviews",
        "search_started",
    }
    assert asked <= set(Profile.model_fields)


SEVEN = (
    "undefined-project",
    "stuck-market",
    "find-what-you-like",
    "missing-diploma",
    "start-your-search",
    "enhance-methods-to-interview",
    "bravo",
)


@pytest.mark.parametrize("view", SEVEN)
def test_a_view_kept_when_there_were_seven_obstacles_still_reads(view: str) -> None:
    assert Profile.model_validate_json(f'{{"own_view": "{view}"}}').own_view == view


ANSWERS: dict[str, list[Any]] = {
    "barriers": [frozenset(), *(frozenset((barrier,)) for barrier in Barrier)],
    "applications": [0, 1, 5, 12, 40],
    "interviews": [0, 1, 4],
    "leads": [0, 10],
    "liking": list(Liking),
    "search_started": [True, False],
    "months": [0.5, 2, 4, 12],
    "experience_years": [0, 1, 3, 10],
    "situation": list(Situation),
    "diploma": list(Diploma),
    "job_choice": list(JobChoice),
}


def test_nothing_is_asked_whose_answer_would_change_nothing() -> None:
    asked = 0
    for who in made_up(1_500, 9):
        found = diagnose(who)
        if found.main is not None or not found.missing:
            continue
        field, outcomes = found.missing[0], set()
        for value in ANSWERS[field]:
            answered = diagnose(replace(who, profile=who.profile.with_answers(**{field: value})))
            outcomes.add((answered.main, answered.missing[:1]))
        assert len(outcomes) > 1, (field, who.profile)
        asked += 1
    assert asked > 100


def test_no_obstacle_swallows_the_others() -> None:
    """Isolation is the rarest: it needs months, applications, no interview, and nobody to ask."""
    found = Counter(diagnose(who).main for who in made_up(3_000))
    for obstacle in ObstacleId:
        assert 0.004 * 3_000 < found[obstacle] < 0.3 * 3_000, obstacle


def test_what_is_merely_named_is_looked_at_next() -> None:
    """Named, with interviews that come: it is among the others."""
    works = {"job": "serveuse", "search_started": True, "months": 5, "applications": 6, "interviews": 3}
    for barrier, obstacle in (
        ("language", ObstacleId.FRENCH_LANGUAGE),
        ("digital", ObstacleId.DIGITAL_EASE),
        ("family", ObstacleId.LITTLE_TIME),
        ("confidence", ObstacleId.DISCOURAGEMENT),
        ("network", ObstacleId.ISOLATION),
    ):
        states = {other.id: other.state for other in diagnose(facts(barriers=[barrier], **works)).others}
        assert states[obstacle] == NEEDS_ATTENTION
        others = {"little-time", "digital-ease", "french-language", "discouragement", "isolation"} - {
            obstacle
        }
        assert all(states[ObstacleId(other)] != NEEDS_ATTENTION for other in others)


def test_what_nobody_is_asked_for_at_the_start_is_never_asked_by_the_diagnosis() -> None:
    asked = {field for who in made_up(2_000, 4) for field in diagnose(who).missing}
    assert asked.isdisjoint({"minutes_per_day", "has_computer", "network"})


def test_every_citation_case_and_state_has_words(catalogue: Catalogue) -> None:
    texts = catalogue.diagnosis
    for who in [*made_up(400, 7), *(read(path)[0] for path in GOLDEN)]:
        found = diagnose(who)
        assert set(found.because) <= set(texts.citations)
        assert {other.state for other in found.others} <= set(texts.states)
        if found.main and found.case:
            assert found.case in texts.obstacles[found.main].cases
        if found.view:
            assert f"view_{found.view}" in texts.general


def test_interviews_without_offers_are_not_told_that_all_goes_well(catalogue: Catalogue) -> None:
    bravo = catalogue.diagnosis.obstacles["bravo"]
    words = {bravo.for_case(case).headline.fr for case in (None, "convert", "offer")}
    assert len(words) == 3


def test_another_obstacle_that_holds_as_well_needs_attention() -> None:
    found = diagnose(
        facts(job="vendeuse", situation="out_of_work", diploma="bac", experience_years=1, months=6,
              barriers=["qualifications"], applications=12, interviews=0)
    )  # fmt: skip
    assert found.main is ObstacleId.MISSING_DIPLOMA
    states = {other.id: other.state for other in found.others}
    assert states[ObstacleId.ENHANCE_METHODS_TO_INTERVIEW] == NEEDS_ATTENTION
    assert ObstacleId.BRAVO not in states
