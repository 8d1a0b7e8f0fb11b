"""People to follow, and a counsellor's hours, for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.counsellors.group_text import PersonLabel
from bot.counsellors.needs.followed import Followed
from bot.counsellors.needs.urgent import Today
from bot.counsellors.working_time import Hours

HOURS = Hours()
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)  # 10:00 in Paris
TODAY = date(2026, 11, 24)


def paris(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> datetime:
    """An instant of 2026 on the wall clock of Paris."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Paris")).astimezone(UTC)


def someone(link: int = 1, **known: Any) -> Followed:
    """Somebody who was spoken to last week, and needs nothing."""
    usual: dict[str, Any] = {
        "label": PersonLabel(f"Sofia {link}"),
        "counsellor": 1,
        "linked_on": TODAY - timedelta(days=100),
        "contacted_at": TUESDAY - timedelta(days=5),
        "met_on": TODAY - timedelta(days=20),
    }
    return Followed(link=link, **(usual | known))


def at(now: datetime = TUESDAY, hours: Hours = HOURS) -> Today:
    return Today.of(hours, now)
