"""Applications for tests: dates are told as days before the day of the test."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.advice.applications import Application, State

TODAY = date(2026, 11, 26)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def an_application(number: int = 1, state: State = State.SENT, days: int = 0, **values: Any) -> Application:
    """One in that state since so many days."""
    given: dict[str, Any] = {
        "company": "Leroy Merlin",
        "job": "vendeuse",
        "days": {state: ago(days)},
    } | values
    return Application(number, ago(days), state, **given)
