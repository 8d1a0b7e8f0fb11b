"""A8: how long, since when; and "unclear" for the rest."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import durations
from bot.understanding.durations import DurationKind

TODAY = date(2026, 11, 26)  # a Thursday
PIECES = "2 18 un an ans mois 1/2 et depuis mars le 12/03 99/99 fin mi last"
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES.split())).map(" ".join)
DAYS = st.dates(date(1999, 1, 1), date(2090, 1, 1))


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
        ("entre 2020 et 2024", 48),
    ],
)
def test_since_when(text: str, months: float | None) -> None:
    assert durations.duration(text, TODAY).months == months


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("j'ai pas encore commencé", DurationKind.NOT_STARTED),
        ("je commence lundi", DurationKind.NOT_STARTED),
        ("not yet", DurationKind.NOT_STARTED),
        ("depuis mars", DurationKind.SINCE_DATE),
        ("depuis 3 mois", DurationKind.DURATION),
        ("je viens de commencer", DurationKind.DURATION),
        ("since I left school", DurationKind.UNCLEAR),
        ("depuis mon licenciement", DurationKind.UNCLEAR),
        ("depuis mon licenciement en juin", DurationKind.SINCE_DATE),
        ("pas longtemps", DurationKind.UNCLEAR),
        ("jsp", DurationKind.UNCLEAR),
        ("j'ai 45 ans", DurationKind.UNCLEAR),
        ("bac+3", DurationKind.UNCLEAR),
        ("dans 3 mois", DurationKind.UNCLEAR),
    ],
)
def test_how_a_duration_was_said(text: str, kind: DurationKind) -> None:
    assert durations.duration(text, TODAY).kind is kind


def test_a_moment_of_life_is_answered_with_the_one_question_that_helps() -> None:
    assert durations.asks_for_a_date("since I left school")
    assert durations.asks_for_a_date("depuis mon licenciement")
    assert not durations.asks_for_a_date("longtemps")


@pytest.mark.parametrize(
    "text",
    [
        "né en 1985", "je suis né le 12/03/1990", "born in 1990", "24/7", "40 hours a week", "3 fois par semaine",
        "un mois sur deux", "tous les 2 mois", "il me reste 3 mois de chômage", "j'ai droit à 18 mois",
        "2 mois de préavis",
        "I have 2 months left", "je suis encore en poste jusqu'à fin décembre", "my contract ends in december",
        "500 ans", "9" * 400 + " mois", "1e400 mois", "depuis 1900", "06/07/1985",
    ],
)  # fmt: skip
def test_numbers_that_are_no_length_of_a_search(text: str) -> None:
    assert durations.duration(text, TODAY) == durations.UNCLEAR


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("de 2003 à 2009", 72), ("2010-2014", 48), ("03/2018 - 09/2019", 18.5),
        ("from sept 2018 til march 2020", 18.5),
        ("de juin à septembre", 3.5), ("d'octobre à mars", 5.5), ("de mars à juin 2022", 3.5), ("2015 et 2019", None),
        ("de 2019 à 2031", None), ("de 2018 à aujourd'hui", 106.9),
    ],
)  # fmt: skip
def test_from_one_date_to_another(text: str, months: float | None) -> None:
    assert durations.duration(text, TODAY).months == pytest.approx(months, abs=0.1)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("ça va faire 2 ans en mars", 20.9), ("it'll be a year in february", 9.8), ("un an moins deux mois", 10),
        ("la moitié d'une année", 6), ("4½ years", 54), ("1a2m", 14), ("since the summer before last", 16.9),
        ("since summer last year", 16.9), ("depuis 09/25", 14.8), ("depuis mes 20 ans, j'en ai 35", 180),
        ("depuis la naissance de ma fille, elle a 3 ans", 36), ("j'ai commencé à chercher le 26 septembre", 2),
    ],
)  # fmt: skip
def test_lengths_that_are_reckoned(text: str, months: float) -> None:
    assert durations.duration(text, TODAY).months == months


@pytest.mark.parametrize(
    ("text", "search", "trade"),
    [
        ("ça fait 2 ans que j'ai arrêté l'école et 3 mois que je cherche", 3, 24),
        ("j'ai travaillé 10 ans et je cherche depuis mars", 8.9, 120),
        ("2 mois ici, 3 mois là, 5 mois au total", 5, 5),
    ],
)
def test_of_several_lengths_the_one_that_was_asked_for_counts(text: str, search: float, trade: float) -> None:
    assert durations.duration(text, TODAY).months == search
    assert durations.duration(text, TODAY, default_unit="year").months == trade


@pytest.mark.parametrize(
    "text",
    [
        "à partir du 5 janvier", "starting monday", "je commence en janvier", "dès décembre",
        "à compter du 5 janvier", "from january", "from next monday", "je cherche à partir de janvier", "jamais fait",
    ],
)  # fmt: skip
def test_what_begins_later_is_not_started(text: str) -> None:
    assert durations.duration(text, TODAY) == durations.NOT_STARTED


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("à partir de mars 2025", 20.9), ("from 2020 to 2023", 36), ("j'ai commencé en janvier", 10.8),
        ("commencé en mars", 8.9), ("à partir de septembre", None), ("3 months from now", None),
    ],
)  # fmt: skip
def test_what_began_in_the_past_counts_from_then(text: str, months: float | None) -> None:
    assert durations.duration(text, TODAY).months == months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("six months, no wait, more like nine", 9), ("a year, no sorry two years", 24),
        ("6 mois, non attends, plutôt 9", 9), ("3 mois, non je plaisante", 3),
        ("since my kid was born in feb 2025", 21.8), ("depuis que ma fille est née en 2020", 82.9),
    ],
)  # fmt: skip
def test_corrections_in_several_words_and_births_of_children(text: str, months: float) -> None:
    assert durations.duration(text, TODAY).months == months


@pytest.mark.parametrize(
    "text", ["-3 mois", "moins 3 mois", "1e9 mois", "born in feb 2025", "5 jobs in 2 years"]
)
def test_signs_exponents_and_ones_own_birth_are_no_length(text: str) -> None:
    assert durations.duration(text, TODAY) == durations.UNCLEAR


FORMS = ("{} {}", "{}{}", "depuis {} {}", "{} {} !")
UNITS = {"mois": 1.0, "months": 1.0, "ans": 12.0, "years": 12.0, "semaines": 7 / 30.4, "weeks": 7 / 30.4}


@given(
    st.integers(2, 60),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(FORMS),
)
def test_a_number_and_a_unit_always_give_the_same_months(number: int, unit: str, form: str) -> None:
    found = durations.duration(form.format(number, unit), TODAY)
    assert found == durations.Duration(round(number * UNITS[unit], 1), DurationKind.DURATION)


@given(st.dates(date(2001, 1, 1), TODAY))
def test_a_date_gives_the_same_months_however_it_is_written(day: date) -> None:
    french = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
              "novembre", "décembre")  # fmt: skip
    written = (
        f"depuis le {day:%d/%m/%Y}", f"since {day:%Y-%m-%d}", f"depuis le {day.day} {french[day.month - 1]} {day.year}",
        f"since {day:%B} {day.day}, {day.year}", f"{day:%d.%m.%Y}",
    )  # fmt: skip
    expected = round((TODAY - day).days / 30.4, 1)
    assert {durations.duration(text, TODAY).months for text in written} == {expected}


@given(TEXTS, DAYS)
def test_any_words_give_a_length_or_none(text: str, today: date) -> None:
    found = durations.duration(text, today)
    measured = found.kind in (DurationKind.DURATION, DurationKind.SINCE_DATE)
    assert (found.months is not None) == measured
    assert found.months is None or 0 <= found.months <= 840
