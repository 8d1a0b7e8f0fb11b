"""C5: exactly one push for each chosen date, at the wall clock that was chosen, whatever clocks and zones do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.profile import Profile
from bot.dialogs import rhythm
from tests.dialogs.chat import Chat, paris
from tests.dialogs.conftest import NewChat

ZONES = (
    "Europe/Paris",
    "Pacific/Kiritimati",  # UTC+14
    "Pacific/Pago_Pago",  # UTC-11
    "Pacific/Apia",
    "America/Guadeloupe",
    "America/Cayenne",
    "Indian/Reunion",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "America/Miquelon",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "UTC",
)
DEPARTMENTS = (None, "75", "67", "971", "972", "973", "974", "976", "987", "988")
profiles = st.builds(
    lambda zone, hour, days, department, holidays: Profile(
        time_zone=zone, hour=hour, days=days, department=department, public_holidays=holidays
    ),
    st.sampled_from(ZONES),
    st.one_of(
        st.none(), st.builds(lambda minutes: time(8 + minutes // 60, minutes % 60), st.integers(0, 12 * 60))
    ),
    st.one_of(st.none(), st.frozensets(st.integers(1, 7), min_size=1)),
    st.sampled_from(DEPARTMENTS),
    st.booleans(),
)
starts = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


def pushes(profile: Profile, start: datetime, days: int) -> list[datetime]:
    """The instants at which a tick that runs in time would send, over so many days."""
    found: list[datetime] = []
    now, taken = start, None
    while True:
        due = rhythm.next_due(profile, now, taken)
        if due >= start + timedelta(days=days):
            return found
        found.append(due)
        taken = due.astimezone(ZoneInfo(profile.time_zone)).date()
        now = due + timedelta(seconds=5)


def chosen(profile: Profile, day: date) -> bool:
    return not rhythm.is_day_off(profile, day)


@given(profiles, starts)
def test_exactly_one_push_for_each_chosen_date(profile: Profile, start: datetime) -> None:
    zone = ZoneInfo(profile.time_zone)
    dates = [due.astimezone(zone).date() for due in pushes(profile, start, 40)]
    assert dates == sorted(set(dates))
    first = start.astimezone(zone).date() + timedelta(days=1)
    last = (start + timedelta(days=40)).astimezone(zone).date() - timedelta(days=1)
    expected = [
        day for offset in range((last - first).days) if chosen(profile, day := first + timedelta(days=offset))
    ]
    assert [day for day in dates if first <= day < last] == expected


@given(profiles, starts)
def test_every_push_comes_at_the_wall_clock_that_was_chosen(profile: Profile, start: datetime) -> None:
    zone, wanted = ZoneInfo(profile.time_zone), profile.hour or rhythm.DEFAULT_HOUR
    for due in pushes(profile, start, 20)[1:]:  # the first may be due at once
        assert due.astimezone(zone).time() == wanted


@given(profiles, starts)
def test_nothing_is_due_at_night(profile: Profile, start: datetime) -> None:
    for due in pushes(profile, start, 10):
        assert rhythm.within_hours(profile, due)


@given(profiles, starts, st.sampled_from(ZONES))
def test_a_change_of_zone_never_brings_two_on_one_local_date(
    profile: Profile, start: datetime, other: str
) -> None:
    before = rhythm.next_due(profile, start, None)
    taken = before.astimezone(ZoneInfo(profile.time_zone)).date()
    moved = profile.with_answers(time_zone=other)
    late = before.astimezone(ZoneInfo(profile.time_zone)).replace(hour=23, minute=30)
    due = rhythm.next_due(moved, max(before, late.astimezone(UTC)), taken)
    assert due.astimezone(ZoneInfo(other)).date() > taken


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Paris", date(2026, 3, 29)),
        ("Europe/Paris", date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
    ],
)
def test_the_day_on_which_clocks_change_has_its_push_at_the_same_hour(zone: str, change: date) -> None:
    profile = Profile(time_zone=zone, hour=time(8), days=frozenset(range(1, 8)), public_holidays=True)
    start = datetime.combine(change - timedelta(days=2), time(), ZoneInfo(zone)).astimezone(UTC)
    found = [due.astimezone(ZoneInfo(zone)) for due in pushes(profile, start, 5)]
    assert [due.date() for due in found] == [change + timedelta(days=offset) for offset in range(-2, 3)]
    assert {due.time() for due in found} == {time(8)}


def test_eight_in_the_evening_is_still_in_time() -> None:
    profile = Profile(hour=time(20))
    now = paris("2026-11-26 19:00").astimezone(UTC)
    assert rhythm.next_due(profile, now, None) == paris("2026-11-26 20:00")
    assert rhythm.next_due(profile, paris("2026-11-26 20:00:59").astimezone(UTC), None) == paris(
        "2026-11-26 20:00:59"
    )
    assert rhythm.next_due(profile, paris("2026-11-26 20:01").astimezone(UTC), None) == paris(
        "2026-11-27 20:00"
    )


@pytest.mark.parametrize(
    ("department", "day", "off"),
    [
        (None, date(2026, 12, 25), True),
        ("75", date(2026, 7, 14), True),
        ("971", date(2026, 5, 27), True),  # abolition of slavery in Guadeloupe
        ("972", date(2026, 5, 22), True),  # in Martinique
        ("974", date(2026, 12, 20), True),  # in Réunion (a Sunday in 2026)
        ("75", date(2026, 5, 27), False),
        (None, date(2026, 11, 29), True),  # a Sunday
        (None, date(2026, 11, 27), False),
    ],
)
def test_days_off(department: str | None, day: date, off: bool) -> None:
    assert rhythm.is_day_off(Profile(department=department), day) is off


def test_holidays_and_sundays_come_when_asked_for() -> None:
    profile = Profile(days=frozenset(range(1, 8)), public_holidays=True)
    assert not rhythm.is_day_off(profile, date(2026, 12, 25))
    assert not rhythm.is_day_off(profile, date(2026, 11, 29))


# In the chat


def test_a_zone_changed_at_half_past_eleven_still_brings_one_a_day(amina: Chat) -> None:
    amina.tick_to(paris("2026-11-27 23:30"))
    for zone in ("Nouméa", "Tahiti", "Paris"):
        amina.command("/profil")
        amina.tap("questions.zone.short")
        amina.say(zone)
    for day in (30, 31, 32, 33, 34, 35):
        amina.tick_to(paris("2026-11-05 12:00") + timedelta(days=day - 5))
        amina.say("bonjour")
    dates = [str(action.local_date) for action in amina.actions if action.origin == "push"]
    assert len(set(dates)) == len(dates)
    assert dates[-3:] == ["2026-12-03", "2026-12-04", "2026-12-05"]


def test_after_an_outage_of_days_one_action_comes_and_not_a_burst(amina: Chat) -> None:
    amina.sleep_to(paris("2026-12-02 15:00"))
    assert len(amina.said.messages) == 1
    assert [str(action.local_date) for action in amina.actions if action.origin == "push"] == ["2026-12-02"]


def test_after_an_outage_that_ends_at_night_nothing_comes_until_morning(amina: Chat) -> None:
    amina.sleep_to(paris("2026-11-27 21:00"))
    assert not amina.said.messages
    amina.tick_to(paris("2026-11-28 09:00"))
    assert len(amina.said.messages) == 1


def test_people_in_every_zone_get_one_a_day_at_their_own_hour(new_chat: NewChat) -> None:
    for city, zone in (
        ("Nouméa", "Pacific/Noumea"),
        ("Tahiti", "Pacific/Tahiti"),
        ("Kiritimati", "Pacific/Kiritimati"),
    ):
        chat = new_chat()
        chat.onboard()
        chat.command("/profil")
        chat.tap("questions.zone.short")
        chat.say(city)
        for day in range(1, 9):
            chat.tick_to(paris("2026-11-26 12:00") + timedelta(days=day))
            chat.say("bonjour")
        pushed = [message for message in chat.messages if message.bulk]
        local = [message.at.astimezone(ZoneInfo(zone)) for message in pushed]
        assert {at.time() for at in local[1:]} == {time(9)}
        assert len({at.date() for at in local}) == len(local) >= 5


@pytest.mark.parametrize(
    ("zone", "off"), [("Europe/Paris", True), ("Indian/Reunion", True), ("America/Toronto", False)]
)
def test_french_holidays_are_kept_by_french_clocks_only(zone: str, off: bool) -> None:
    easter_monday = date(2027, 3, 29)
    assert rhythm.is_day_off(Profile(time_zone=zone), easter_monday) is off


def test_the_abolition_of_slavery_is_a_holiday_in_reunion_only() -> None:
    day = date(2027, 12, 20)
    assert rhythm.is_day_off(Profile(time_zone="Indian/Reunion"), day)
    assert not rhythm.is_day_off(Profile(time_zone="Europe/Paris"), day)
