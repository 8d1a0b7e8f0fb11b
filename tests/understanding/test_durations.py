"""A8: how long, since when; and "unclear" for the rest."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding import durations

TODAY = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6 mois", 6),
        ("six mois", 6),
        ("un an", 12),
        ("un an et demi", 18),
        ("depuis un an et quelques", 13.5),
        ("2 ans et 3 mois", 27),
        ("three weeks", 0.7),
        ("vingt-deux ans", 264),
        ("vingt et un mois", 21),
        ("dix-sept ans", 204),
        ("soixante-douze mois", 72),
        ("twenty-two months", 22),
        ("a year and a half", 18),
        ("8", 8),
        ("environ 10 mois", 10),
        ("2 jours", 0.1),
        ("longtemps", None),
        ("", None),
        ("oui", None),
        ("j'ai 45 ans de carrière et 3 enfants en 2 mois", 540),
    ],
)
def test_lengths_of_time(text: str, months: float | None) -> None:
    assert durations.duration(text, TODAY).months == months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("depuis Pâques", 7.7),  # 5 April 2026
        ("since Easter", 7.7),
        ("depuis janvier", 10.8),
        ("depuis décembre", 11.8),  # of last year
        ("since March 2025", 20.9),
        ("depuis la rentrée", 2.8),
        ("depuis Noël", 11.1),
        ("depuis 2024", 34.9),
        ("depuis 2026", None),
        ("depuis janvier 2031", None),
        ("depuis longtemps", None),
        ("entre 2020 et 2024", None),
    ],
)
def test_since_when(text: str, months: float | None) -> None:
    assert durations.duration(text, TODAY).months == months
