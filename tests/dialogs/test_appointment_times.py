"""When Bob reminds of an appointment: whatever the zone, across summer time, never at night."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.dialogs.appointment import EVE, WAKING, Appointment, reminders
from bot.dialogs.calendar_file import calendar_file

ZONES = (
    "Europe/Paris", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "Asia/Kathmandu",
    "America/St_Johns", "Africa/Casablanca", "America/Cayenne", "Indian/Reunion",
)  # fmt: skip
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def at(local: str, zone: str = "Europe/Paris") -> Appointment:
    return Appointment("a" * 24, "interview", None, datetime.fromisoformat(local), zone)


@given(
    local=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    said_in=st.sampled_from(ZONES),
    lives_in=st.sampled_from(ZONES),
)
def test_the_eve_is_at_six_in_the_evening_of_the_day_before_where_the_person_is(
    local: datetime, said_in: str, lives_in: str
) -> None:
    one = Appointment("a" * 24, "other", None, local.replace(second=0, microsecond=0), said_in)
    zone, due = ZoneInfo(lives_in), reminders(one, lives_in, LONG_AGO)
    assert due.eve is not None
    eve, starts = due.eve.astimezone(zone), one.starts_at.astimezone(zone)
    assert (eve.time(), eve.date()) == (EVE, starts.date() - timedelta(days=1))
    if due.soon is not None:
        assert one.starts_at - due.soon == timedelta(hours=2)
        assert WAKING[0] <= due.soon.astimezone(zone).time() <= WAKING[1]


@pytest.mark.parametrize(
    ("local", "starts", "eve", "soon"),
    [
        (
            "2026-03-29 09:00",
            "07:00",
            "2026-03-28 17:00",
            "2026-03-29 05:00",
        ),  # summer time begins that night
        ("2026-10-25 09:00", "08:00", "2026-10-24 16:00", "2026-10-25 06:00"),  # and ends that night
        ("2026-12-03 14:30", "13:30", "2026-12-02 17:00", "2026-12-03 11:30"),
    ],
)
def test_two_hours_are_two_hours_on_the_days_on_which_clocks_change(
    local: str, starts: str, eve: str, soon: str
) -> None:
    one = at(local)
    due = reminders(one, "Europe/Paris", LONG_AGO)
    assert f"{one.starts_at:%H:%M}" == starts
    assert (f"{due.eve:%Y-%m-%d %H:%M}", f"{due.soon:%Y-%m-%d %H:%M}") == (eve, soon)


def test_an_hour_that_summer_time_skips_is_the_next_one_that_exists() -> None:
    assert at("2026-03-29 02:30").seen_in(ZoneInfo("Europe/Paris")) == datetime(2026, 3, 29, 3, 30)


def test_nobody_is_woken_for_an_appointment_at_seven() -> None:
    due = reminders(at("2026-12-03 07:00"), "Europe/Paris", LONG_AGO)
    assert due.soon is None
    assert due.eve is not None


def test_what_has_passed_does_not_come_any_more_and_nothing_comes_of_a_cancelled_one() -> None:
    one = at("2026-12-03 14:30")
    due = reminders(one, "Europe/Paris", datetime(2026, 12, 2, 20, tzinfo=UTC))
    assert due.eve is None
    assert due.soon is not None
    gone = Appointment(one.uid, one.kind, None, one.local_when, one.time_zone, cancelled=True)
    assert reminders(gone, "Europe/Paris", LONG_AGO) == (None, None)


@given(local=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), zone=st.sampled_from(ZONES))
def test_a_calendar_reads_the_same_instant_whatever_the_zone(local: datetime, zone: str) -> None:
    one = Appointment(
        "b" * 24, "interview", "chez Lidl, à Évry; bât. A", local.replace(second=0, microsecond=0), zone
    )
    (event,) = Calendar.from_ical(calendar_file(one, "Entretien", LONG_AGO)).walk("VEVENT")
    assert event.decoded("dtstart") == one.starts_at
    assert str(event["location"]) == one.place
    assert time(0) <= event.decoded("dtend").time()
