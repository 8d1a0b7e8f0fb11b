from __future__ import annotations

import json

from bot.advice.conditions import all_true
from bot.advice.facts import Family
from bot.advice.items import Catalogue
from bot.advice.lint.reach import plausible
from bot.advice.people import made_up
from bot.advice.stats import stats
from tests.advice.making import action, facts, small_catalogue


def test_the_figures_add_up_and_are_plain_json(catalogue: Catalogue) -> None:
    figures = stats(catalogue)
    assert json.loads(json.dumps(figures)) == figures
    total = len(catalogue.actions)
    for counts in ("by_family", "by_grade", "by_minutes", "by_effort", "by_device"):
        assert sum(figures[counts].values()) == total
    assert set(figures["by_family"]) == set(Family)
    assert figures["strategies"] == len(catalogue.strategies)


def test_coverage_counts_what_fits_each_person() -> None:
    catalogue = small_catalogue(
        [action("skill-a"), action("skill-b", when=["driver"]), action("skill-c", when=["senior"])]
    )
    coverage = stats(catalogue, [facts(), facts(driving_licence=True)])["coverage"]
    assert (coverage["people"], coverage["min"], coverage["median"]) == (2, 1, 1)
    assert coverage["conditioned"] == 0.25
    assert coverage["never"] == ["skill-c"]


def test_the_catalogue_covers_everybody_for_weeks_and_not_everybody_alike(catalogue: Catalogue) -> None:
    coverage = stats(catalogue)["coverage"]
    assert coverage["min"] >= 40
    assert coverage["conditioned"] >= 0.4
    assert coverage["likeness"] <= 0.7  # the first Bob gave nine actions in ten to everybody
    people = made_up(400)
    fitting = [sum(all_true(item.when, who) is True for item in catalogue.daily) for who in people]
    assert min(fitting) == coverage["min"]


def test_made_up_people_are_plausible_varied_and_always_the_same() -> None:
    people = made_up(200, 5)
    assert people == made_up(200, 5)
    assert people != made_up(200, 6)
    assert len({who.profile for who in people}) > 190
    assert all(plausible(who) for who in people)


def test_an_empty_catalogue_has_figures_too() -> None:
    assert stats(small_catalogue([]))["coverage"]["median"] == 0


def test_everybody_with_fewer_than_six_weeks_of_actions_is_named() -> None:
    catalogue = small_catalogue(
        [action(f"skill-{n}") for n in range(44)] + [action("skill-x", when=["driver"])]
    )
    walks, drives = facts(seed="walks"), facts(seed="drives", driving_licence=True)
    [short] = stats(catalogue, [drives, walks])["coverage"]["under"]
    assert (short["person"], short["actions"]) == ("walks", 44)
    assert {"situation", "obstacle", "job"} < set(short)


def test_actions_are_counted_by_the_situation_that_they_ask_for() -> None:
    catalogue = small_catalogue(
        [
            action("skill-a"),
            action("skill-b", when=["employed or returning"]),
            action("skill-c", when=["not employed"]),
        ]
    )
    assert stats(catalogue, [])["by_situation"] == {"any": 2, "employed": 1, "returning": 1}
