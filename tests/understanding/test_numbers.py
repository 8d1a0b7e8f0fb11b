"""Counts in figures and in words."""

from __future__ import annotations

import pytest

from bot.understanding import numbers


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        ("une dizaine", 10),
        ("aucun", 0),
        ("zéro", 0),
        ("a dozen", 12),
        ("environ 15 je crois", 15),
        ("2,5", 2.5),
        ("entre 5 et 10", None),
        ("beaucoup", None),
    ],
)
def test_counts(text: str, count: float | None) -> None:
    assert numbers.number(text) == count
