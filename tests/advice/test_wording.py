from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.wording import (
    choose_form,
    duration,
    fill,
    in_place,
    is_one,
    near_place,
    of_place,
    placeholders,
    years,
)


def test_each_place_takes_the_side_of_the_form() -> None:
    text = "{Envoyez|Envoie} {votre|ton} CV à {job}."
    assert choose_form(text, "vous") == "Envoyez votre CV à {job}."
    assert choose_form(text, "tu") == "Envoie ton CV à {job}."


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="expected vous or tu"):
        choose_form("Bonjour", "ils")


def test_variables_are_named_once_in_their_order() -> None:
    assert placeholders("{job} {a|b} {in_place} {job}") == ("job", "in_place")


def test_a_variable_without_a_value_is_named() -> None:
    with pytest.raises(KeyError, match="job"):
        fill("Un poste : {job}", {})


@given(st.text(max_size=40))
def test_any_name_comes_out_as_it_was_typed(name: str) -> None:
    text = "{Bonjour|Salut} {first_name}, {vous|tu} : {first_name}."
    assert fill(choose_form(text, "tu"), {"first_name": name}) == f"Salut {name}, tu : {name}."


@pytest.mark.parametrize("hostile", ["{x}", "{a|b}", "%s", "{first_name}", "\\1", "{0}", "{{}}"])
def test_a_hostile_value_changes_nothing_else(hostile: str) -> None:
    assert fill("Bonjour {first_name} !", {"first_name": hostile, "x": "no"}) == f"Bonjour {hostile} !"


@pytest.mark.parametrize(
    ("place", "inside", "near"),
    [
        ("Lyon", "à Lyon", "près de Lyon"),
        ("Le Havre", "au Havre", "près du Havre"),
        ("Les Sables-d'Olonne", "aux Sables-d'Olonne", "près des Sables-d'Olonne"),
        ("La Rochelle", "à La Rochelle", "près de La Rochelle"),
        ("L'Haÿ-les-Roses", "à L'Haÿ-les-Roses", "près de L'Haÿ-les-Roses"),
        ("Angers", "à Angers", "près d'Angers"),
        ("Évry-Courcouronnes", "à Évry-Courcouronnes", "près d'Évry-Courcouronnes"),
        ("Hyères", "à Hyères", "près d'Hyères"),
        ("Honfleur", "à Honfleur", "près de Honfleur"),
        ("Yvetot", "à Yvetot", "près d'Yvetot"),
        ("Yutz", "à Yutz", "près de Yutz"),
        ("Lesquin", "à Lesquin", "près de Lesquin"),
        ("Lens", "à Lens", "près de Lens"),
        ("Œting", "à Œting", "près d'Œting"),
    ],
)
def test_french_places_take_their_preposition(place: str, inside: str, near: str) -> None:
    assert in_place(place) == inside
    assert near_place(place) == near
    assert near == f"près {of_place(place)}"


def test_english_places_stay_as_they_are() -> None:
    assert in_place("Le Havre", "en") == "in Le Havre"
    assert near_place("Angers", "en") == "near Angers"


@pytest.mark.parametrize(
    ("months", "french", "english"),
    [
        (0.5, "moins d'un mois", "less than a month"),
        (1, "un mois", "a month"),
        (6, "6 mois", "6 months"),
        (12, "un an", "a year"),
        (18, "un an et demi", "a year and a half"),
        (26, "2 ans", "2 years"),
    ],
)
def test_months_are_said_in_everyday_words(months: float, french: str, english: str) -> None:
    assert duration(months, "fr") == french
    assert duration(months, "en") == english


def test_years_below_one_are_less_than_a_year() -> None:
    assert years(0.5, "fr") == "moins d'un an"
    assert years(3, "en") == "3 years"


def test_french_counts_zero_as_singular_and_english_does_not() -> None:
    assert [is_one(count, "fr") for count in (0, 1, 1.5, 2)] == [True, True, True, False]
    assert [is_one(count, "en") for count in (0, 1, 2)] == [False, True, False]
