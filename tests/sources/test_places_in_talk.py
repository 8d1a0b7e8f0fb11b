"""What people also type where a place is asked for: words of every day, what they rule out, several places."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.found import Decision
from bot.sources.places import places
from bot.sources.places.table import FOLDER

EVERYDAY = {
    group: rows["phrases"].split()
    for group, rows in tomllib.loads((FOLDER / "everyday.toml").read_text("utf-8")).items()
}


def codes(typed: str) -> list[str]:
    return [one.entry.code for one in places().search(typed).candidates]


def taken(typed: str) -> str | None:
    found = places().search(typed).taken
    return found.code if found else None


@pytest.mark.parametrize("group", EVERYDAY)
def test_no_first_name_and_no_word_of_every_day_is_taken_for_a_town(group: str) -> None:
    took = {word: places().search(word).taken for word in EVERYDAY[group]}
    assert {word: place.label for word, place in took.items() if place} == {}


@pytest.mark.parametrize(
    "typed",
    ["demain", "Kevin", "Claire", "merci beaucoup", "à pied", "Moussa Diallo", "lundi matin", "le permis b"],
)
def test_words_of_every_day_are_asked_again(typed: str) -> None:
    assert places().search(typed).decision is Decision.REPHRASE


@pytest.mark.parametrize(("typed", "code"), [("crèche", "79048"), ("Mer", "41136"), ("maçon", "71270")])
def test_a_town_named_like_such_a_word_is_asked_about(typed: str, code: str) -> None:
    assert places().search(typed).decision is Decision.ASK
    assert codes(typed) == [code]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("La Madeleine", "59368"), ("Le Robert", "97222"), ("Mâcon", "71270"), ("Bus 62", "62189")],
)
def test_with_its_article_its_accents_or_its_department_it_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["Yulin", "Londre", "Lausane", "Toulou", "Samer", "parns", "erange", "bayrux", "boussca", "biods"],
)
def test_a_misspelt_city_abroad_or_village_is_never_taken(typed: str) -> None:
    found = places().search(typed).taken
    assert found is None or found.name.casefold() == typed.casefold()


@pytest.mark.parametrize(
    "typed", ["pas à Lyon", "loin de Paris", "en dehors de Marseille", "ni Paris ni Lyon", "sauf Paris"]
)
def test_who_only_says_where_not_is_asked_again(typed: str) -> None:
    found = places().search(typed)
    assert (found.decision, found.candidates) == (Decision.REPHRASE, ())


@pytest.mark.parametrize(
    "typed", ["partout sauf Paris", "tout sauf Marseille", "anywhere but Lyon", "partout sauf"]
)
def test_anywhere_but_there_is_left_open(typed: str) -> None:
    found = places().search(typed)
    assert (found.decision, found.candidates) == (Decision.UNKNOWN, ())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Lyon mais pas Villeurbanne", "69123"),
        ("pas Paris, Lyon", "69123"),
        ("je ne suis pas de Lyon mais de Grenoble", "38185"),
        ("je quitte Paris pour Nantes", "44109"),
        ("plutôt Lyon que Paris", "69123"),
        ("pas trop loin de Lyon", "69123"),
        ("j'ai pas de voiture je suis à Lyon", "69123"),
        ("not far from Nice", "06088"),
    ],
)
def test_beside_what_is_ruled_out_a_place_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code


@given(
    st.sampled_from(
        ["pas {}", "sauf {}", "loin de {}", "{other} mais pas {}", "{other} sauf {}", "partout sauf {}"]
    ),
    st.sampled_from(["Lyon", "Paris", "Marseille", "Nantes", "Villeurbanne", "Pau", "Saint-Denis", "Brest"]),
    st.sampled_from(["Rouen", "Grenoble", "la Bretagne", "Île-de-France", "Rhône", "le 93", "34000"]),
)
def test_what_is_ruled_out_is_never_proposed(saying: str, out: str, other: str) -> None:
    offered = [one.entry.name for one in places().search(saying.format(out, other=other)).candidates]
    assert out not in offered


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("paris 5e et 13e", ["75105", "75113"]),
        ("paris 12 ou 20", ["75112", "75120"]),
        ("Paris 15 14 13", ["75115", "75114", "75113"]),
        ("Lyon 3e, 7e, 8e", ["69383", "69387", "69388"]),
        ("69006 et 69003", ["69386", "69383"]),
        ("92, 93, 94", ["department:92", "department:93", "department:94"]),
    ],
)
def test_several_numbers_are_all_asked_about(typed: str, expected: list[str]) -> None:
    assert codes(typed) == expected


def test_a_town_and_a_department_are_both_asked_about() -> None:
    assert {"75056", "department:92"} <= set(codes("Paris + 92"))


@pytest.mark.parametrize(("typed", "code"), [("Nanterre, 92000", "92050"), ("Saint-Denis, 93", "93066")])
def test_a_number_behind_a_comma_only_tells_where_the_town_lies(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lyon3", "69383"),
        ("75013paris", "75113"),
        ("a 15km de Pau", "64445"),
        ("10 min de Gap", "05061"),
        ("à 1h de Nice en train", "06088"),
        ("1 heure autour d'Angers", "49007"),
        ("l havre", "76351"),
        ("ste genevieve des bois", "91549"),
    ],
)
def test_however_it_is_typed_the_town_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("L'Oudon", {"14654", "44115"}),
        ("Villemer", {"89196", "77506"}),
        ("Brion", {"49138", "89056"}),
        ("haute-garone", {"department:31"}),
        ("sene et marne", {"department:77"}),
        ("dans le sud", {"region:93", "region:76"}),
        ("le nord de la france", {"region:32", "department:59"}),
        ("Camargue", {"13004"}),
        ("le Perche", {"28280"}),
        ("6000", {"06088"}),
        ("clermont f", {"63113"}),
        ("je vis à perpi", {"66136"}),
        ("grenade", {"31232", "country:GD"}),
    ],
)
def test_what_may_mean_several_is_asked_with_all_of_them(typed: str, offered: set[str]) -> None:
    assert places().search(typed).decision is Decision.ASK
    assert offered <= set(codes(typed))


def test_a_town_in_france_comes_before_its_namesake_abroad() -> None:
    assert codes("Vienne")[0] == "38544"
