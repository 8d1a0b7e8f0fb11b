"""What a text takes back does not count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.corrections import corrected
from bot.understanding.durations import UNCLEAR, duration
from bot.understanding.text import typed

TODAY = date(2026, 11, 26)
UNITS = st.sampled_from(["mois", "semaines", "ans"])
NUMBERS = st.integers(2, 20)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("pas 3 mois mais 6", "mais 6 mois"),
        ("un an, non deux ans", "deux ans"),
        ("not 2 months, 2 years", "2 years"),
        ("6 mois pas 3", "6 mois"),
        ("3 mois enfin 4", "4 mois"),
        ("pas 6 mois", None),
        ("not two weeks", None),
    ],
)
def test_what_is_denied_or_put_right_is_left_out(text: str, left: str | None) -> None:
    assert corrected(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "même pas 1 mois",
        "not even 2 months",
        "pas plus de 3 mois",
        "une semaine pas plus",
        "non, 4 mois",
        "2 ans",
    ],
)
def test_what_denies_no_number_is_kept_as_it_is(text: str) -> None:
    assert corrected(text) == text


@given(
    NUMBERS,
    NUMBERS,
    UNITS,
    UNITS,
    st.sampled_from(["pas {} {}, {} {}", "{} {}, non {} {}", "{} {} pardon {} {}"]),
)
def test_the_second_of_two_lengths_counts(first: int, second: int, one: str, other: str, form: str) -> None:
    said = duration(form.format(first, one, second, other), TODAY)
    assert said == duration(f"{second} {other}", TODAY)


@given(NUMBERS, UNITS, st.sampled_from(["pas {} {}", "non pas {} {}", "ça fait pas {} {}"]))
def test_a_denied_length_alone_says_nothing(number: int, unit: str, form: str) -> None:
    assert duration(form.format(number, unit), TODAY) == UNCLEAR


@given(st.text(max_size=200))
def test_any_text_is_put_right_or_kept(text: str) -> None:
    left = corrected(text)
    assert left is None or left == text or set(typed(left).said.split()) <= set(typed(text).said.split())
