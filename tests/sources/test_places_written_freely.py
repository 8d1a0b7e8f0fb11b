"""Places as people write them in haste: an area with its number, glued and cut short names, long messages."""

from __future__ import annotations

import pytest

from bot.sources.found import Decision
from bot.sources.places import Kind, places
from bot.sources.places.table import FOLDER, Table

ONE_COMMUNE = {"75", "977", "978"}
"""Departments that are one commune, which is taken."""
DEPARTMENTS = {
    row["code"]: row["name"]
    for row in Table(FOLDER).areas.values()
    if row["kind"] == Kind.DEPARTMENT and row["code"] not in ONE_COMMUNE
}


def taken(typed: str) -> str | None:
    found = places().search(typed).taken
    return found.code if found else None


def codes(typed: str) -> list[str]:
    return [place.code for place in places().search(typed).asked]


@pytest.mark.parametrize(
    "form",
    ["{name} {number}", "{number} {name}", "{name} ({number})", "{number} - {name}", "{name}, {number}"],
)
def test_a_department_with_its_number_is_asked_about_and_no_town_in_it_is_taken(form: str) -> None:
    assert len(DEPARTMENTS) >= 101
    wrong = {}
    for number, name in DEPARTMENTS.items():
        typed = form.format(name=name, number=number)
        if codes(typed)[:1] != [f"department:{number}"]:
            wrong[typed] = codes(typed)
    assert wrong == {}


def test_the_number_of_paris_means_the_city() -> None:
    assert taken("Paris 75") == "75056"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Bailleul (nord)", "59043"), ("st louis alsace", "68297"), ("saint denis la réunion", "97411")],
)
def test_the_name_of_an_area_narrows_a_town_as_its_number_does(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Saint-Nazaire", "44184"), ("vernon", "27681"), ("Moulins", "03190"), ("chateaurenard", "13027")],
)
def test_a_town_whose_namesakes_are_villages_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize("typed", ["Saint-Denis", "Boulogne", "Saint-Pierre", "Saint-Paul", "château renard"])
def test_a_town_with_known_namesakes_is_still_asked(typed: str) -> None:
    assert len(codes(typed)) > 1


def test_a_name_given_up_is_not_offered_beside_towns_known_by_it() -> None:
    assert not {"79066"} & set(codes("saint denis"))


@pytest.mark.parametrize("typed", ["Lille, Roubaix, Tourcoing", "Lille / Roubaix / Tourcoing"])
def test_towns_that_share_a_metropolis_are_each_asked_about(typed: str) -> None:
    assert codes(typed) == ["59350", "59512", "59599"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("stmalo", "35288"),
        ("stetienne", "42218"),
        ("stjean de luz", "64483"),
        ("j'habite à stbrieuc", "22278"),
        ("sait etienne", "42218"),
        ("saint seb sur loire", "44190"),
        ("le man", "72181"),
        ("for de france", "97209"),
        ("salon de pce", "13103"),
        ("vlle d'ascq", "59009"),
        ("Mt de Marsan", "40192"),
        ("Aix-en-P", "13001"),
    ],
)
def test_names_that_are_glued_mistyped_or_cut_short_are_written_out(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("Sain-Bel", "69171"), ("Stains", "93072"), ("Strasbourg", "67482")]
)
def test_names_that_only_look_so_stay_what_they_are(typed: str, code: str) -> None:
    assert taken(typed) == code


def test_the_beginning_of_a_large_french_town_is_no_far_city() -> None:
    assert codes("basti") == ["2B033"]


@pytest.mark.parametrize(
    ("typed", "code"), [("cariste cdi Amiens", "80021"), ("développeur web paris", "75056")]
)
def test_a_large_town_behind_a_job_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code


def test_a_job_that_only_its_accent_tells_from_a_town_is_not_taken_for_it() -> None:
    assert taken("aide maçon") is None


def test_the_town_of_a_long_message_is_found_behind_its_preposition() -> None:
    message = (
        "Bonjour, voilà je m'appelle Sandrine, j'ai 42 ans, deux enfants, j'ai travaillé longtemps dans une cantine "
        "puis dans un magasin et maintenant je cherche quelque chose de stable, si possible en journée, pas le "
        "week-end, et pour la ville ce serait à Tours parce que j'ai pas de voiture"
    )
    assert taken(message) == "37261"
    assert taken(message.replace("Tours", "pied")) is None


@pytest.mark.parametrize("typed", ["Saint-Barthélemy", "Luxembourg", "Grenade", "Mexique"])
def test_no_place_is_shown_twice(typed: str) -> None:
    found = places().search(typed)
    shown = [(one.entry.name, one.entry.department, one.entry.country) for one in found.candidates]
    assert len(set(shown)) == len(shown)


def test_an_island_that_is_one_commune_is_taken() -> None:
    assert taken("st barth") == "97701"


@pytest.mark.parametrize(
    ("typed", "decision"),
    [("y", Decision.REPHRASE), ("null", Decision.REPHRASE), ("nimporte", Decision.UNKNOWN)],
)
def test_a_letter_and_what_programs_write_name_no_place(typed: str, decision: Decision) -> None:
    assert places().search(typed).decision is decision


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("je cherche dans la Gironde 33", ["department:33"]),
        ("girode 33", ["department:33"]),
        ("bretagne 35", ["department:35", "region:53"]),
        ("garonne 31", ["department:31"]),
        ("gironde 34", ["department:34", "department:33"]),
    ],
)
def test_an_area_whose_name_is_long_wrong_or_that_of_another_is_asked_about(
    typed: str, first: list[str]
) -> None:
    assert codes(typed)[: len(first)] == first


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Vienne 38", "38544"), ("Belfort 90", "90010"), ("Calais 62", "62193"), ("Mayenne 53100", "53147")],
)
def test_a_town_that_shares_words_with_its_area_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code
