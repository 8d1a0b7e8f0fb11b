"""Places as people type them, share them, and keep them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.data import indexes
from bot.sources.found import Decision
from bot.sources.places import Kind, places
from bot.sources.places.table import COMMUNE_COLUMNS, FOLDER, SortedLines

COMMUNES = [
    dict(zip(COMMUNE_COLUMNS, line.split(","), strict=True)) for line in SortedLines(FOLDER / "communes.csv")
]


def codes(typed: str) -> list[str]:
    return [place.code for place in places().search(typed).asked]


def taken(typed: str) -> str | None:
    found = places().search(typed).taken
    return found.code if found else None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Nantes", "44109"),
        ("ste foy les lyon", "69202"),
        ("Le Havre", "76351"),
        ("j'habite au Havre", "76351"),
        ("LYON", "69123"),
        ("aixenprovence", "13001"),
        ("Saint-Denis 974", "97411"),
        ("Saint-Denis dans le 93", "93066"),
        ("valence drome", "26362"),
        ("Avion", "62065"),
    ],
)
def test_a_known_town_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code


def test_namesakes_are_told_apart_by_their_department_the_largest_first() -> None:
    found = places().search("saint denis")
    assert found.decision is Decision.ASK
    assert {"Saint-Denis (93)", "Saint-Denis (974)"} <= {place.label for place in found.asked}
    people = [place.population or 0 for place in found.asked]
    assert people == sorted(people, reverse=True)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Boulogne", {"92012", "62160"}),
        ("aix", {"13001", "73008"}),
        ("Clermont", {"63113", "60157"}),
        ("chalon", {"71076", "51108"}),
        ("Vienne", {"38544", "department:86"}),
        ("Nantes ou Rennes", {"44109", "35238"}),
    ],
)
def test_what_may_be_several_towns_is_asked_never_guessed(typed: str, offered: set[str]) -> None:
    assert offered <= set(codes(typed))


def test_a_namesake_with_a_hundredth_of_the_people_is_no_question() -> None:
    assert taken("Castres") == "81065"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("paris dans le 13", "75113"),
        ("paris 13e", "75113"),
        ("13e arrondissement de Marseille", "13213"),
        ("lyon 7", "69387"),
        ("marseille 8eme", "13208"),
        ("Paris XVIIIe", "75118"),
        ("75013", "75113"),
        ("69003 Lyon", "69383"),
    ],
)
def test_arrondissements_are_understood_however_they_are_written(typed: str, code: str) -> None:
    found = places().search(typed).taken
    assert found is not None
    assert (found.code, found.kind) == (code, Kind.ARRONDISSEMENT)


def test_an_arrondissement_without_its_city_is_asked() -> None:
    assert set(codes("3e arrondissement")) == {"75103", "13203", "69383"}


def test_a_number_that_is_both_a_department_and_an_arrondissement_is_asked() -> None:
    assert codes("Marseille 13") == ["13055", "13213"]


@pytest.mark.parametrize(
    ("typed", "code"), [("56100", "56121"), ("nanterre 92000", "92050"), ("44 000", "44109")]
)
def test_a_postcode_of_one_commune_is_taken(typed: str, code: str) -> None:
    assert taken(typed) == code


def test_a_postcode_that_communes_share_is_asked_the_largest_first() -> None:
    found = places().search("01500")
    assert found.decision is Decision.ASK
    assert found.asked[0].name == "Ambérieu-en-Bugey"


def test_a_name_and_a_postcode_that_contradict_each_other_are_asked() -> None:
    assert {"44109", "35238"} <= set(codes("Nantes 35000"))


def test_an_unknown_postcode_is_asked_within_its_department() -> None:
    found = places().search("44999")
    assert found.asked[0].code == "department:44"


@pytest.mark.parametrize(
    ("typed", "code"), [("Châlons-sur-Marne", "51108"), ("Courcouronnes", "91228"), ("lomme", "59350")]
)
def test_a_former_name_leads_to_the_present_commune(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"), [("marseile", "13055"), ("Villeneuve d'asq", "59009"), ("Tuolouse", "31555")]
)
def test_a_misspelt_town_is_taken_where_no_other_is_near(typed: str, code: str) -> None:
    assert taken(typed) == code


@pytest.mark.parametrize(
    ("typed", "code", "kind"),
    [
        ("le 93", "department:93", Kind.DEPARTMENT),
        ("seine saint denis", "department:93", Kind.DEPARTMENT),
        ("la Réunion", "department:974", Kind.DEPARTMENT),
        ("Bretagne", "region:53", Kind.REGION),
        ("idf", "region:11", Kind.REGION),
        ("en Belgique", "country:BE", Kind.COUNTRY),
        ("l'ile maurice", "country:MU", Kind.COUNTRY),
    ],
)
def test_an_area_is_asked_where_in_it(typed: str, code: str, kind: Kind) -> None:
    found = places().search(typed)
    assert found.decision is Decision.ASK
    assert (found.asked[0].code, found.asked[0].kind) == (code, kind)
    assert len(found.asked) > 1


@pytest.mark.parametrize(
    ("typed", "label", "zone"),
    [
        ("londres", "Londres (Royaume-Uni)", "Europe/London"),
        ("genève", "Genève (Suisse)", "Europe/Zurich"),
        ("Bruxelles", "Bruxelles (Belgique)", "Europe/Brussels"),
        ("Monaco", "Monaco (Monaco)", "Europe/Monaco"),
        ("Dakar", "Dakar (Sénégal)", "Africa/Dakar"),
    ],
)
def test_a_city_abroad_has_its_country_and_clock_and_no_department(typed: str, label: str, zone: str) -> None:
    found = places().search(typed).taken
    assert found is not None
    assert (found.label, found.time_zone, found.department, found.insee) == (label, zone, None, "")


@pytest.mark.parametrize(
    "typed",
    ["je sais pas", "n'importe où", "partout", "en télétravail", "partout en France", "France", "en France"],
)
def test_no_place_is_left_open(typed: str) -> None:
    assert places().search(typed).decision is Decision.UNKNOWN


@pytest.mark.parametrize(
    "typed",
    ["Trifouillis-les-Oies", "", "🙂", "<b>", "99999", "0612345678", "serveuse", "azertyuiop"],
)
def test_what_is_no_place_is_asked_again(typed: str) -> None:
    found = places().search(typed)
    assert (found.decision, found.candidates) == (Decision.REPHRASE, ())


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("97411", "Indian/Reunion"),
        ("97209", "America/Martinique"),
        ("97302", "America/Cayenne"),
        ("97502", "America/Miquelon"),
        ("98818", "Pacific/Noumea"),
        ("98735", "Pacific/Tahiti"),
        ("98731", "Pacific/Marquesas"),
        ("75056", "Europe/Paris"),
    ],
)
def test_overseas_towns_have_their_own_clock(code: str, zone: str) -> None:
    place = places().by_code(code)
    assert place is not None
    assert place.time_zone == zone


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (48.8322, 2.3561, "75113"),
        (47.2184, -1.5536, "44109"),
        (-20.88, 55.45, "97411"),
        (46.2022, 6.1457, "geonames:2660646"),
    ],
)
def test_a_shared_location_is_rounded_to_the_nearest_commune_or_city_over_the_border(
    latitude: float, longitude: float, code: str
) -> None:
    place = places().nearest(latitude, longitude)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(-80.0, 0.0), (30.0, -40.0), (0.0, 0.0), (float("nan"), 2.0), (91.0, 0.0), (10.0, float("inf"))],
)
def test_a_location_far_from_everything_is_nowhere(latitude: float, longitude: float) -> None:
    assert places().nearest(latitude, longitude) is None


def test_a_shared_location_in_luxembourg_is_not_said_to_be_french() -> None:
    place = places().nearest(49.6117, 6.13)
    assert place is not None
    assert (place.country, place.time_zone) == ("LU", "Europe/Luxembourg")


def test_distances_are_those_of_the_map() -> None:
    paris, lyon = places().by_code("75056"), places().by_code("69123")
    assert paris is not None
    assert lyon is not None
    assert places().distance(paris, lyon) == pytest.approx(392, abs=5)
    assert places().distance(paris, paris) == 0


@given(st.text(max_size=300))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    found = places().search(typed)
    assert (len(found.candidates) == 1) or found.decision is not Decision.TAKE
    assert len(found.candidates) <= 5
    assert bool(found.candidates) == (found.decision in (Decision.TAKE, Decision.ASK))


WORDS = [
    "saint",
    "le",
    "paris",
    "13",
    "75013",
    "ou",
    "dans",
    "93",
    "e",
    "arrondissement",
    "lyon",
    "denis",
    "à",
    "km",
]


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_any_heap_of_words_of_places_gets_an_answer(typed: str) -> None:
    found = places().search(typed)
    assert all(0 < one.score <= 1 for one in found.candidates)
    assert len({place.code for place in [one.entry for one in found.candidates]}) == len(found.candidates)


@given(st.sampled_from(COMMUNES))
def test_a_commune_finds_itself_by_its_label(row: dict[str, str]) -> None:
    place = places().by_code(row["code"])
    assert place is not None
    found = places().search(place.label)
    assert place.code in [one.entry.code for one in found.candidates]
    assert len(place.code.encode()) <= 40


@given(st.sampled_from(COMMUNES))
def test_a_commune_is_kept_by_its_code_with_a_valid_clock(row: dict[str, str]) -> None:
    place = places().by_code(row["code"])
    assert place is not None
    assert place.time_zone in available_timezones()
    assert (place.name, place.department) == (row["name"], row["department"])


def test_a_code_that_is_none_leads_nowhere() -> None:
    for code in (
        "",
        None,
        "00000",
        "geonames:0",
        "geonames:x",
        "department:99",
        "2a004",
        "75056,Paris",
        "\n",
    ):
        assert places().by_code(code) is None


def test_the_indexes_are_those_of_the_tables(tmp_path: Path) -> None:
    for name in ("communes.csv", "cities.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    indexes.write(tmp_path)
    for name in ("names.csv", "beginnings.csv", "shapes.csv", "postcodes.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), (
            f"{name}: bob data build places"
        )


def test_every_code_of_a_nickname_or_an_area_is_a_place() -> None:
    with (FOLDER / "nicknames.csv").open(encoding="utf-8", newline="") as file:
        listed = [code for row in csv.DictReader(file) for code in row["codes"].split("|")]
    with (FOLDER / "areas.csv").open(encoding="utf-8", newline="") as file:
        listed += [code for row in csv.DictReader(file) for code in row["largest"].split("|") if code]
    assert [code for code in listed if places().by_code(code) is None] == []
