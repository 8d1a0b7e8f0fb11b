"""The morning's digest: when it comes, and what has room in ten lines."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counsellors.needs.digest import LINES, digest, is_due, next_at
from bot.counsellors.needs.followed import Followed
from bot.counsellors.needs.urgent import Shortlist, shortlist
from tests.counsellors.following import HOURS, TODAY, TUESDAY, paris, someone
from tests.counsellors.test_urgent import STUCK, people

MONDAY = paris(23)


def lists(**of: list[Followed]) -> dict[int, Shortlist]:
    return {int(name[1:]): shortlist(crowd, HOURS, TUESDAY) for name, crowd in of.items()}


def waiting(*links: int, since: datetime = MONDAY) -> list[Followed]:
    return [someone(link, waiting_since=since) for link in links]


def test_when_nobody_needs_anything_there_is_none() -> None:
    assert digest(lists(c1=[someone()], c2=[])) is None


def test_it_counts_who_waits_and_names_people_by_counsellor() -> None:
    found = digest(lists(c1=[*waiting(1), someone(2, **STUCK)], c2=waiting(3)))
    assert found is not None
    assert (found.waiting, found.others, found.more) == (2, 1, 0)
    assert [(counsellor, need.person.link) for counsellor, need in found.lines] == [(1, 1), (1, 2), (2, 3)]


def test_each_counsellor_has_a_line_before_anybody_has_two() -> None:
    found = digest(lists(c1=waiting(*range(20), since=paris(12)), c2=[someone(100, **STUCK)]))
    assert found is not None
    assert [counsellor for counsellor, _ in found.lines] == [1] * 7 + [2]
    assert found.more == 13


def test_with_more_counsellors_than_lines_those_whose_people_wait_the_longest_have_one() -> None:
    crowd = {f"c{one}": waiting(one, since=paris(23, 9, 59 - one)) for one in range(20)}
    found = digest(lists(**crowd))
    assert found is not None
    assert [counsellor for counsellor, _ in found.lines] == list(range(12, 20))


def test_nine_people_need_no_line_for_the_rest() -> None:
    nine, ten = digest(lists(c1=waiting(*range(9)))), digest(lists(c1=waiting(*range(10))))
    assert nine is not None
    assert (len(nine.lines), nine.more) == (9, 0)
    assert ten is not None
    assert (len(ten.lines), ten.more) == (8, 2)


@given(st.dictionaries(st.integers(1, 15), people(25), max_size=8))
def test_it_never_has_more_than_ten_lines_and_hides_nobody(teams: dict[int, list[Followed]]) -> None:
    found = digest({one: shortlist(crowd, HOURS, TUESDAY) for one, crowd in teams.items()})
    needing = sum(len(shortlist(crowd, HOURS, TUESDAY)) for crowd in teams.values())
    if found is None:
        assert needing == 0
        return
    assert 1 + len(found.lines) + (found.more > 0) <= LINES
    assert len(found.lines) + found.more == found.waiting + found.others == needing


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (paris(24, 8), True),
        (paris(24, 7, 59), False),
        (paris(24, 11, 59), True),  # Bob was down until then
        (paris(24, 12), False),
        (paris(28, 8), False),
        (paris(11, 8), False),  # a public holiday
    ],
)
def test_it_comes_at_eight_on_working_days_and_not_in_the_afternoon(now: datetime, due: bool) -> None:
    assert is_due(HOURS, now, None) is due


def test_it_comes_once_a_day() -> None:
    assert not is_due(HOURS, TUESDAY, TODAY)
    assert is_due(HOURS, TUESDAY, TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("now", "last_on", "following"),
    [
        (paris(24, 6), None, paris(24, 8)),
        (paris(24, 9), None, paris(24, 9)),
        (paris(24, 9), date(2026, 11, 24), paris(25, 8)),
        (paris(24, 15), None, paris(25, 8)),
        (paris(27, 15), None, paris(30, 8)),
        (paris(10, 15), None, paris(12, 8)),
        (paris(23, 15, month=10), None, paris(26, 8, month=10)),  # summer time ends between
    ],
)
def test_the_next_one(now: datetime, last_on: date | None, following: datetime) -> None:
    assert next_at(HOURS, now, last_on) == following


@given(st.integers(0, 24 * 400))
def test_the_next_one_is_due_when_it_comes(hours: int) -> None:
    now = TUESDAY + timedelta(hours=hours)
    following = next_at(HOURS, now, None)
    assert following is not None
    assert is_due(HOURS, following, None)
    assert timedelta() <= following - now <= timedelta(days=6)
