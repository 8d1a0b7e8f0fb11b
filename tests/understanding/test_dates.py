"""Days as people name them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.dates import named
from bot.understanding.text import typed

TODAY = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("text", "back", "ahead"),
    [
        ("le 12", "2026-11-12", "2026-12-12"),
        ("mars", "2026-03-01", "2027-03-01"),
        ("mars dernier", "2026-03-01", "2026-03-01"),
        ("September last year", "2025-09-01", "2025-09-01"),
        ("mi-juin", "2026-06-15", "2027-06-15"),
        ("fin août", "2026-08-25", "2027-08-25"),
        ("mardi", "2026-11-24", "2026-12-01"),
        ("vendredi prochain", "2026-12-04", "2026-12-04"),
        ("Pâques", "2026-04-05", "2027-03-28"),
        ("Noël", "2025-12-25", "2026-12-25"),
        ("l'été dernier", "2026-07-01", "2026-07-01"),
        ("la semaine prochaine", "2026-11-30", "2026-11-30"),
        ("avant-hier", "2026-11-24", "2026-11-24"),
        ("12/03", "2026-03-12", "2027-03-12"),
        ("March 12th", "2026-03-12", "2027-03-12"),
        ("mars 25", "2025-03-01", "2025-03-01"),
    ],
)
def test_a_name_means_the_latest_or_the_coming_one(text: str, back: str, ahead: str) -> None:
    assert [str(one.first) for one in named(typed(text), TODAY, ahead=False)] == [back]
    assert [str(one.first) for one in named(typed(text), TODAY, ahead=True)] == [ahead]


@pytest.mark.parametrize("text", ["31 février", "32/01/2026", "3 mois", "I may go", "serveuse", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert named(typed(text), TODAY, ahead=True) == []
