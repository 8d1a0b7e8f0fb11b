"""What needs an open office or shop, and what belongs to a topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.explain import why
from bot.advice.factors import Factor
from bot.advice.facts import Facts
from bot.advice.items import Opening, Topic
from bot.advice.loading import load_catalogue
from bot.advice.opening import is_closed
from bot.advice.people import made_up
from bot.advice.questions import decidable
from bot.advice.selection import choose, choose_many, rank_actions
from bot.advice.stats import stats
from tests.advice.making import action, facts, past, small_catalogue, with_history
from tests.advice.test_loading import ACTION, catalogue_folder, faults_of

UNDIAGNOSED = Diagnosis(None)
THURSDAY, SATURDAY, SUNDAY = date(2026, 11, 26), date(2026, 11, 28), date(2026, 11, 29)
ARMISTICE = date(2026, 11, 11)  # a Wednesday
ABOLITION_IN_REUNION = date(2027, 12, 20)  # a Monday

CALL = action("network-call", opening=Opening.OFFICE, minutes=5)
SHOP = action("network-shop", opening=Opening.SHOP, minutes=5)
WRITE = action("network-write", minutes=5)
CATALOGUE = small_catalogue([CALL, SHOP, WRITE])


def ranking(who: Facts) -> tuple[str, ...]:
    return choose(who, UNDIAGNOSED, CATALOGUE).ranking


seeds = st.text("abcdef", min_size=1, max_size=6)


@given(seeds)
def test_on_a_sunday_what_needs_an_open_door_comes_after_all_others(seed: str) -> None:
    assert ranking(facts(today=SUNDAY, seed=seed))[0] == "network-write"


@given(seeds)
def test_on_a_saturday_shops_are_open_and_offices_are_not(seed: str) -> None:
    assert ranking(facts(today=SATURDAY, seed=seed))[-1] == "network-call"


def test_on_a_working_day_each_comes_first_for_somebody() -> None:
    first = {ranking(facts(today=THURSDAY, seed=str(seed)))[0] for seed in range(60)}
    assert first == {"network-call", "network-shop", "network-write"}


@given(seeds)
def test_a_closed_door_gives_way_even_to_what_was_received_yesterday(seed: str) -> None:
    who = with_history(facts(today=date(2026, 11, 22), seed=seed), past("network-write", 5))  # a Sunday
    assert ranking(who)[0] == "network-write"


@pytest.mark.parametrize("opening", Opening)
@pytest.mark.parametrize(
    ("answers", "day", "closed"),
    [
        ({}, ARMISTICE, True),
        ({"public_holidays": True}, ARMISTICE, True),  # the person works that day, offices do not
        ({"time_zone": "Europe/Brussels", "country": "BE"}, date(2026, 7, 14), False),
        ({"time_zone": "Europe/Brussels", "country": "BE"}, date(2026, 7, 21), True),
        ({"department": "974", "time_zone": "Indian/Reunion"}, ABOLITION_IN_REUNION, True),
        ({"department": "69"}, ABOLITION_IN_REUNION, False),
        ({}, THURSDAY, False),
    ],
)
def test_public_holidays_are_those_of_the_persons_place(
    opening: Opening, answers: dict[str, object], day: date, closed: bool
) -> None:
    assert is_closed(opening, facts(**answers).profile, day) is closed


def test_late_in_the_afternoon_what_needs_an_office_loses_some_chance_and_stays_possible() -> None:
    scores = {}
    for hour in (time(9), time(17), time(19, 30)):
        who = facts(today=THURSDAY, hour=hour)
        scores[hour] = {one.id: one.score for one in rank_actions(who, UNDIAGNOSED, CATALOGUE)}
        assert set(scores[hour]) == {"network-call", "network-shop", "network-write"}
    assert scores[time(17)]["network-call"] < scores[time(9)]["network-call"]
    assert scores[time(17)] == scores[time(19, 30)]
    assert scores[time(17)]["network-write"] == scores[time(9)]["network-write"]
    late = [ranking(facts(today=THURSDAY, hour=time(17), seed=str(seed)))[0] for seed in range(60)]
    assert set(late) == {"network-write"}


def test_the_reason_for_the_second_place_is_the_closed_door() -> None:
    explained = why(facts(today=SUNDAY), UNDIAGNOSED, small_catalogue([CALL, WRITE]), "network-write")
    assert explained.second is not None
    assert explained.second.cause == Factor.OPENING


def test_of_two_closed_doors_the_usual_causes_are_named() -> None:
    other = replace(CALL, id="network-phone")
    catalogue = small_catalogue([CALL, other])
    first = choose(facts(today=SUNDAY), UNDIAGNOSED, catalogue).action
    assert first is not None
    explained = why(facts(today=SUNDAY), UNDIAGNOSED, catalogue, first)
    assert explained.second is not None
    assert explained.second.cause == Factor.TIE


def test_there_are_words_for_the_closed_door() -> None:
    assert f"second_{Factor.OPENING}" in load_catalogue().diagnosis.general


# Topics.

OF_TOPIC = action("rights-prison", topic=Topic.PRISON, when=("experienced(1)",))
WITH_TOPIC = small_catalogue([OF_TOPIC, WRITE])


def test_an_action_of_a_topic_is_never_the_action_of_a_day() -> None:
    people = made_up(50)
    for choice in choose_many(people, [diagnose(who) for who in people], WITH_TOPIC, depth=None):
        assert choice.ranking == ("network-write",)
    assert choose(facts(), UNDIAGNOSED, small_catalogue([OF_TOPIC])).action is None


def test_it_is_found_by_its_id_and_by_its_topic_only() -> None:
    assert WITH_TOPIC.action("rights-prison") is OF_TOPIC
    assert WITH_TOPIC.about(Topic.PRISON) == (OF_TOPIC,)
    assert WITH_TOPIC.about(Topic.EXILE) == ()
    assert WITH_TOPIC.daily == (WRITE,)


def test_it_neither_comes_second_nor_asks_for_an_answer() -> None:
    assert why(facts(), UNDIAGNOSED, WITH_TOPIC, "network-write").second is None
    assert decidable(facts(), WITH_TOPIC) == {}


def test_one_received_before_it_became_of_a_topic_is_history_like_any_other() -> None:
    who = with_history(facts(experience_years=3), past("rights-prison", 1))
    assert choose(who, UNDIAGNOSED, WITH_TOPIC).action == "network-write"
    assert why(who, UNDIAGNOSED, WITH_TOPIC, "rights-prison").second is None


def test_it_does_not_count_as_fitting_anybody() -> None:
    counted = stats(WITH_TOPIC, made_up(20))
    assert counted["by_topic"] == {"daily": 1, "prison": 1}
    assert counted["coverage"]["min"] == 1
    assert counted["coverage"]["median"] == 1


def test_open_and_topic_are_read_and_may_be_left_out(tmp_path: Path) -> None:
    plain = load_catalogue(catalogue_folder(tmp_path, a=ACTION)).action("network-say-hello")
    assert (plain.opening, plain.topic) == (None, None)
    more = ACTION.replace("minutes = 5", 'minutes = 5\nopen = "office"\ntopic = "exile"', 1)
    read = load_catalogue(catalogue_folder(tmp_path, a=more)).action("network-say-hello")
    assert (read.opening, read.topic) == (Opening.OFFICE, Topic.EXILE)


@pytest.mark.parametrize(
    ("field", "expected"), [("open", "office, shop"), ("topic", "prison, exile, health")]
)
def test_another_value_is_named_as_a_fault(tmp_path: Path, field: str, expected: str) -> None:
    wrong = ACTION.replace("minutes = 5", f'minutes = 5\n{field} = "church"', 1)
    [fault] = faults_of(catalogue_folder(tmp_path, a=wrong))
    assert f"{field}: expected one of {expected}, found 'church'" in fault
