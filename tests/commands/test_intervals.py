"""The intervals that the reports and the evaluations share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.intervals import Z95, student, wilson


@pytest.mark.parametrize(
    ("freedom", "expected"), [(4, 2.776), (9, 2.262), (19, 2.093), (29, 2.045), (60, 2.000), (1000, 1.962)]
)
def test_students_quantiles_are_those_of_the_tables(freedom: int, expected: float) -> None:
    assert student(freedom) == pytest.approx(expected, abs=0.01)


def test_with_many_draws_students_quantile_is_the_normal_one() -> None:
    assert student(1_000_000) == pytest.approx(Z95, abs=1e-5)


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)])
def test_wilsons_interval_is_that_of_the_tables(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-3)


@given(whole=st.integers(1, 10_000), share=st.floats(0, 1))
def test_wilsons_interval_lies_around_the_share_and_within_one(whole: int, share: float) -> None:
    part = round(share * whole)
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-9
    assert part / whole - 1e-9 <= high <= 1
