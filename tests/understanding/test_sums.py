"""Lengths told in several pieces are added up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import durations

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("deux fois 3 mois", 6), ("2 contrats de 6 mois", 12), ("twice 6 months", 12), ("2x6 mois", 12),
        ("trois cdd de 4 mois", 12), ("mon 2e cdd de 6 mois", 6), ("plusieurs contrats de 3 mois", None),
        ("3 mois chez l'un et 9 mois chez l'autre", 12), ("2 years at tesco, 3 at aldi", 60),
        ("2 ans chez Leclerc puis 1 an chez Lidl", 36), ("6 mois ici et 3 mois là", 9),
        ("2 ans chez Lidl, au chômage depuis 6 mois", 6), ("2 mois ici, 3 mois là, 5 mois au total", 5),
    ],
)  # fmt: skip
def test_what_was_told_in_pieces_is_one_length(text: str, months: float | None) -> None:
    assert durations.duration(text, TODAY).months == months


@given(
    st.integers(2, 9), st.integers(2, 9), st.sampled_from(("{} fois {} mois", "{} contracts of {} months"))
)
def test_so_many_times_so_many_months(times: int, months: int, form: str) -> None:
    assert durations.duration(form.format(times, months), TODAY).months == times * months


@given(st.integers(1, 30), st.integers(1, 30))
def test_two_employers_are_both_counted(first: int, second: int) -> None:
    told = f"{first} mois chez Lidl et {second} mois chez Aldi"
    assert durations.duration(told, TODAY).months == first + second
