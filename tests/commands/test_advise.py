"""`bob advise`: the engine of the chat, for a profile file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.advice.conditions.registry import CONDITIONS
from bot.advice.loading import load_catalogue
from tests.commands.running import EXAMPLE, Bob

ROOT = Path(__file__).resolve().parents[2]
Write = Callable[..., Path]


def test_the_json_has_the_diagnosis_conditions_strategies_action_and_ranking(bob: Bob) -> None:
    ran = bob("advise", "--profile", EXAMPLE, "--json", "--date", "2026-12-01")
    advice = ran.json
    assert (ran.code, ran.err) == (0, "")
    assert set(advice) == {"date", "diagnosis", "conditions", "strategies", "action", "ranking"}
    assert set(advice["diagnosis"]) == {"main", "because", "others", "missing", "thin", "text"}
    assert all(set(other) == {"id", "state"} for other in advice["diagnosis"]["others"])
    assert all({"id", "score", "reasons"} <= set(strategy) for strategy in advice["strategies"])
    assert set(advice["action"]) == {"id", "minutes", "family", "reasons", "text"}
    assert all(set(ranked) == {"id", "score"} for ranked in advice["ranking"])


def test_many_applications_without_an_interview_are_named_as_the_obstacle_with_two_answers(bob: Bob) -> None:
    diagnosis = bob("advise", "--profile", EXAMPLE, "--json").json["diagnosis"]
    assert diagnosis["main"] == "enhance-methods-to-interview"
    assert len(diagnosis["because"]) >= 2
    assert "12" in diagnosis["text"]


def test_conditions_are_true_false_or_null_and_named_as_in_the_catalogue(bob: Bob) -> None:
    conditions = bob("advise", "--profile", EXAMPLE, "--json").json["conditions"]
    assert conditions["no_interview"] is True
    assert conditions["employed"] is False
    assert conditions["has_cv"] is None
    assert {name.partition("(")[0] for name in conditions} <= set(CONDITIONS)
    used = {
        str(literal.positive)
        for action in load_catalogue().actions
        for line in action.when
        for literal in line.literals
    }
    assert used <= set(conditions)


def test_the_action_is_the_first_of_the_ranking_and_the_ranking_is_in_order(bob: Bob) -> None:
    advice = bob("advise", "--profile", EXAMPLE, "--json").json
    scores = [ranked["score"] for ranked in advice["ranking"]]
    assert advice["action"]["id"] == advice["ranking"][0]["id"]
    assert scores == sorted(scores, reverse=True)
    assert advice["action"]["minutes"] == load_catalogue().action(advice["action"]["id"]).minutes


def test_three_to_five_strategies_of_distinct_families_come_with_reasons(bob: Bob) -> None:
    strategies = bob("advise", "--profile", EXAMPLE, "--json").json["strategies"]
    families = [load_catalogue().strategy(strategy["id"]).family for strategy in strategies]
    assert 3 <= len(strategies) <= 5
    assert len(set(families)) == len(families)
    assert all(strategy["reasons"] for strategy in strategies)


def test_the_same_person_and_date_give_the_same_advice_to_the_byte(bob: Bob) -> None:
    arguments = ("advise", "--profile", EXAMPLE, "--json", "--date", "2026-12-01", "--person", "nina")
    assert bob(*arguments).out == bob(*arguments).out


def test_another_process_with_another_hash_seed_gives_the_same_advice(bob: Bob) -> None:
    arguments = ["advise", "--profile", str(EXAMPLE), "--json", "--date", "2026-12-01", "--person", "nina"]
    elsewhere = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert elsewhere.returncode == 0, elsewhere.stderr
    assert json.loads(elsewhere.stdout) == bob(*arguments).json


def test_days_and_people_differ(bob: Bob) -> None:
    def first(person: str, day: str) -> str:
        arguments = ("advise", "--profile", EXAMPLE, "--json", "--date", day, "--person", person)
        return str(bob(*arguments).json["action"]["id"])

    assert len({first("nina", f"2026-12-{day:02d}") for day in range(1, 9)}) > 1
    assert len({first(f"person {number}", "2026-12-01") for number in range(8)}) > 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Vous avez envoyé environ 12 candidatures"),
        (("--form", "tu"), "Tu as envoyé environ 12 candidatures"),
        (("--lang", "en"), "You sent about 12 applications"),
    ],
)
def test_language_and_form_are_chosen(bob: Bob, options: tuple[str, ...], words: str) -> None:
    ran = bob("advise", "--profile", EXAMPLE, *options)
    assert ran.code == 0
    assert words in ran.out


def test_the_first_name_changes_nothing_but_the_text(bob: Bob, profile_file: Write) -> None:
    answers = json.loads(EXAMPLE.read_text("utf-8"))
    rankings = [
        bob(
            "advise",
            "--profile",
            profile_file(**answers | {"first_name": name}),
            "--json",
            "--date",
            "2026-12-01",
        ).json["ranking"]
        for name in ("Mohamed", "Camille")
    ]
    assert rankings[0] == rankings[1]


def test_nothing_known_gives_an_action_for_everybody_and_the_deciding_question(
    bob: Bob, profile_file: Write
) -> None:
    advice = bob("advise", "--profile", profile_file(), "--json").json
    assert advice["diagnosis"]["main"] is None
    assert advice["diagnosis"]["missing"]
    assert load_catalogue().action(advice["action"]["id"]).when == ()


def test_an_unknown_field_is_refused_by_name_with_the_nearest_one(bob: Bob, profile_file: Write) -> None:
    ran = bob("advise", "--profile", profile_file(aplications=3))
    assert ran.code == 1
    assert ran.sentence.endswith("unknown field 'aplications'; did you mean 'applications'?")


def test_a_field_like_nothing_known_is_refused_with_where_to_look(bob: Bob, profile_file: Write) -> None:
    ran = bob("advise", "--profile", profile_file(zodiac="leo"))
    assert ran.code == 1
    assert "'zodiac'" in ran.sentence
    assert "bob schema profile" in ran.sentence


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"situation": "bored"}, "situation"),
        ({"months": -1}, "months"),
        ({"months": "five"}, "months"),
        ({"job_code": "rome"}, "job_code"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"hour": "23:00"}, "hour"),
        ({"barriers": ["rain"]}, "barriers"),
        ({"skipped": ["nothing"]}, "nothing"),
    ],
)
def test_a_wrong_value_is_refused_by_the_field_it_is_in(
    bob: Bob, profile_file: Write, fields: dict[str, object], said: str
) -> None:
    ran = bob("advise", "--profile", profile_file(**fields))
    assert ran.code == 1
    assert said in ran.sentence
    assert "me.json" in ran.sentence


def test_all_faults_are_told_at_once(bob: Bob, profile_file: Write) -> None:
    ran = bob("advise", "--profile", profile_file(months=-1, applications="many", colour="red"))
    assert ran.code == 1
    assert [
        any(name in line for line in ran.err.splitlines()) for name in ("months", "applications", "colour")
    ] == [
        True,
        True,
        True,
    ]
