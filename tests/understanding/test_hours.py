"""A8: hours and moments."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import hours

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9h", time(9)),
        ("9 h 30", time(9, 30)),
        ("18:15", time(18, 15)),
        ("6 pm", time(18)),
        ("12 am", time(0)),
        ("midi", time(12)),
        ("à 14h", time(14)),
        ("vers 8 heures", time(8)),
        ("9", time(9)),
        ("25h", None),
        ("9h75", None),
        ("tard", None),
    ],
)
def test_hours(text: str, at: time | None) -> None:
    assert hours.hour(text) == at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("demain 10h", "2026-11-27 10:00"),
        ("demain à 10 h", "2026-11-27 10:00"),
        ("tomorrow at 9", "2026-11-27 09:00"),
        ("après-demain matin", "2026-11-28 09:00"),
        ("ce soir", "2026-11-26 18:00"),
        ("14h30", "2026-11-26 14:30"),
        ("8h", "2026-11-27 08:00"),  # has passed today
        ("dans 2 heures", "2026-11-26 12:00"),
        ("in 20 minutes", "2026-11-26 10:20"),
        ("lundi 14h", "2026-11-30 14:00"),
        ("Monday 2 pm", "2026-11-30 14:00"),
        ("jeudi 9h", "2026-12-03 09:00"),
        ("maintenant", "2026-11-26 10:00"),
        ("un de ces jours", None),
        ("hier", None),
    ],
)
def test_moments(text: str, expected: str | None) -> None:
    found = hours.moment(text, NOW)
    assert (found.strftime("%Y-%m-%d %H:%M") if found else None) == expected


@given(st.text(max_size=300), st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2030, 1, 1)))
def test_a_moment_is_never_in_the_past(text: str, now: datetime) -> None:
    local = now.replace(second=0, microsecond=0, tzinfo=ZoneInfo("Europe/Paris"))
    found = hours.moment(text, local)
    assert (
        found is None or found >= local.replace(tzinfo=local.tzinfo) or (local - found).total_seconds() <= 60
    )
