"""Alerts: an episode once, the most important first, never at night, and fewer of what helps nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counsellors.needs.alerts import (
    ASKED_FOR,
    DAILY,
    FEW,
    Alert,
    AlertKind,
    Precision,
    episodes,
    to_raise,
)
from bot.counsellors.needs.followed import Followed, Standing
from bot.counsellors.needs.urgent import Suggested
from bot.counsellors.working_time import Hours
from tests.counsellors.following import TUESDAY, at, paris, someone
from tests.counsellors.test_urgent import STUCK, UNDONE, people


def raised(
    everybody: list[Followed],
    now: datetime = TUESDAY,
    before: set[tuple[int, str]] | None = None,
    **sent: int,
) -> list[Alert]:
    counts = {AlertKind(kind): count for kind, count in sent.items()}
    return to_raise(everybody, at(now), before or set(), counts, {})


@pytest.mark.parametrize(
    ("known", "kind", "suggested"),
    [
        ({"call_asked_at": paris(23)}, AlertKind.CALL, Suggested.CALL),
        ({"human_asked_at": paris(23)}, AlertKind.HUMAN, Suggested.CALL),
        (STUCK, AlertKind.STUCK, Suggested.EASIER),
        (UNDONE, AlertKind.NOTHING_DONE, Suggested.CALL),
    ],
)
def test_four_things_are_worth_an_alert(known: dict[str, Any], kind: AlertKind, suggested: Suggested) -> None:
    assert [(alert.kind, alert.suggested) for alert in raised([someone(**known)])] == [(kind, suggested)]


@pytest.mark.parametrize("known", [{}, {"waiting_since": paris(2)}, {"stuck_in_a_row": 2}, {"met_on": None}])
def test_nothing_else_is(known: dict[str, Any]) -> None:
    assert raised([someone(**known)]) == []


def test_the_same_episode_is_never_raised_twice_however_long_it_lasts() -> None:
    one, before = someone(**STUCK, **UNDONE), set()
    for later in range(60):
        now = TUESDAY + timedelta(days=later)
        moving = replace(
            one, stuck_in_a_row=3 + later, stuck_at=now, given_from=at(now).today - timedelta(20)
        )
        found = raised([moving], now, before)
        assert not found or later == 0
        before |= {(alert.person.link, alert.key) for alert in found}
    assert len(before) == 2


def test_after_it_has_ended_a_new_one_is() -> None:
    before = {(1, alert.key) for alert in raised([someone(**STUCK, **UNDONE)])}
    later = paris(22, month=12)
    again = someone(
        stuck_in_a_row=3,
        stuck_from=date(2026, 12, 10),
        stuck_at=paris(21, month=12),
        done_on=date(2026, 12, 5),
        given_from=date(2026, 12, 7),
    )
    assert [alert.kind for alert in raised([again], later, before)] == [
        AlertKind.STUCK,
        AlertKind.NOTHING_DONE,
    ]
    assert raised([someone(done_on=date(2026, 12, 5))], later, before) == []


@pytest.mark.parametrize("now", [paris(24, 3), paris(24, 21), paris(28), paris(11)])
def test_nothing_comes_at_night_nor_at_the_weekend_nor_on_a_public_holiday(now: datetime) -> None:
    assert raised([someone(call_asked_at=paris(2), **STUCK)], now) == []


def test_nothing_comes_on_the_counsellors_days_off() -> None:
    away = Hours(away=((date(2026, 11, 23), date(2026, 11, 27)),))
    asked = [someone(call_asked_at=paris(23))]
    assert to_raise(asked, at(TUESDAY, away), set(), {}, {}) == []
    assert to_raise(asked, at(paris(30), away), set(), {}, {}) != []


def test_a_day_holds_few_alerts_and_what_was_left_comes_the_next_working_day() -> None:
    crowd = [someone(link, **UNDONE) for link in range(8)]
    first = raised(crowd)
    assert len(first) == DAILY
    before = {(alert.person.link, alert.key) for alert in first}
    assert raised(crowd, TUESDAY + timedelta(hours=1), before, nothing_done=DAILY) == []
    assert len(raised(crowd, paris(25), before)) == len(crowd) - DAILY


def test_what_people_asked_for_is_never_held_back_by_the_others() -> None:
    crowd = [someone(link, human_asked_at=paris(23, 9, link)) for link in range(7)]
    found = raised([*crowd, someone(100, **STUCK)], stuck=DAILY)
    assert [alert.person.link for alert in found] == list(range(7))


def test_a_kind_that_is_surely_of_little_use_comes_rarely_others_as_before() -> None:
    crowd = [
        *(someone(link, **UNDONE) for link in range(4)),
        *(someone(10 + link, **STUCK) for link in range(2)),
    ]
    useless = {AlertKind.NOTHING_DONE: Precision(useful=4, answered=30)}
    kinds = [alert.kind for alert in to_raise(crowd, at(), set(), {}, useless)]
    assert kinds == [AlertKind.STUCK] * 2 + [AlertKind.NOTHING_DONE]
    few_answers = {AlertKind.NOTHING_DONE: Precision(useful=0, answered=2)}
    assert len(to_raise(crowd, at(), set(), {}, few_answers)) == DAILY


@pytest.mark.parametrize(
    ("useful", "answered", "a_day"), [(0, 0, DAILY), (0, 3, DAILY), (0, 4, FEW), (15, 30, DAILY)]
)
def test_only_answers_enough_to_be_sure_make_a_kind_rare(useful: int, answered: int, a_day: int) -> None:
    assert Precision(useful, answered).a_day == a_day


def test_somebody_who_gets_no_messages_is_to_be_called() -> None:
    gone = someone(human_asked_at=paris(23), standing=Standing.UNREACHABLE)
    assert [alert.suggested for alert in raised([gone])] == [Suggested.CALL]


counts = st.dictionaries(st.sampled_from(AlertKind), st.integers(0, 6))
answers = st.builds(
    lambda useful, more: Precision(useful, useful + more), st.integers(0, 40), st.integers(0, 40)
)


@given(people(), counts, st.dictionaries(st.sampled_from(AlertKind), answers), st.integers(0, 60))
def test_caps_hold_for_anybody_and_each_episode_goes_once(
    everybody: list[Followed],
    sent: dict[AlertKind, int],
    precision: dict[AlertKind, Precision],
    later: int,
) -> None:
    now = TUESDAY + timedelta(hours=later)
    day = at(now)
    going = to_raise(everybody, day, set(), sent, precision)
    assert going == [] or day.hours.is_working(now)
    held = [alert for alert in going if alert.kind not in ASKED_FOR]
    assert len(held) <= max(DAILY - sum(sent.values()), 0)
    for kind in AlertKind:
        if kind not in ASKED_FOR:
            allowed = precision.get(kind, Precision()).a_day - sent.get(kind, 0)
            assert sum(alert.kind is kind for alert in held) <= max(allowed, 0)
    if day.hours.is_working(now):
        asked = {
            (one.link, each.key) for one in everybody for each in episodes(one, day) if each.kind in ASKED_FOR
        }
        assert asked <= {(alert.person.link, alert.key) for alert in going}
    before = {(alert.person.link, alert.key) for alert in going}
    assert not before & {(alert.person.link, alert.key) for alert in to_raise(everybody, day, before, {}, {})}
