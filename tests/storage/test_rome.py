"""The official referential in the database: one version as a whole, and the people whose job it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, func, select

from bot.advice.profile import Profile
from bot.sources.occupations.referential import OfficialTitle, Referential
from storage import people, rome
from storage.people import PersonRecord
from storage.tables.core import rome_mobility, rome_occupation, rome_successor, rome_title, rome_version
from tests.sources.occupations.archives import small
from tests.storage.making import NOW, Room

TABLES = (rome_version, rome_occupation, rome_title, rome_mobility, rome_successor)
FIRST = replace(small("461"), successors={"G1899": "G1803", "J1599": "J1501"})
SECOND = Referential(
    "462",
    {"A1101": ("Conducteur / Conductrice d'engins agricoles", "A1101")},
    (
        OfficialTitle("1", "Tractoriste", "A1101", rare=True),
        OfficialTitle("2", "Œuvre « élevée » 🚜", "A1101"),
    ),
)


def sizes(conn: Connection) -> list[int]:
    return [conn.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def test_nothing_was_imported_at_first(room: Room) -> None:
    assert room(rome.version) is None
    assert room(rome.load) is None


def test_what_was_put_in_comes_out_the_same(room: Room) -> None:
    room(rome.replace, FIRST, "abc", NOW)
    assert room(rome.version) == ("461", "abc")
    assert room(rome.load) == FIRST


def test_a_large_referential_comes_out_the_same(room: Room) -> None:
    codes = {f"A{number:04}": (f"Métier {number}", "A1101") for number in range(1, 1202)}
    titles = tuple(
        OfficialTitle(f"{number:05}", f"Titre {number}", f"A{number:04}") for number in range(1, 1202)
    )
    near = {code: tuple(sorted(codes, reverse=True)[:3]) for code in list(codes)[:400]}
    large = Referential("461", codes, titles, near)
    room(rome.replace, large, "abc", NOW)
    assert room(rome.load) == large


def test_the_order_of_close_occupations_is_kept(room: Room) -> None:
    near = {"G1803": ("J1501", "D1505", "G1810")}
    room(rome.replace, replace(FIRST, near=near), "abc", NOW)
    loaded = room(rome.load)
    assert loaded is not None
    assert loaded.near == near


def test_another_version_leaves_nothing_of_the_former(room: Room) -> None:
    room(rome.replace, FIRST, "abc", NOW)
    room(rome.replace, SECOND, "def", NOW + timedelta(days=1))
    assert room(rome.version) == ("462", "def")
    assert room(rome.load) == SECOND
    assert room(sizes) == [1, 1, 2, 0, 0]


def test_a_replacement_that_fails_leaves_the_former_whole(room: Room) -> None:
    def fail(conn: Connection) -> None:
        rome.replace(conn, SECOND, "def", NOW)
        raise ZeroDivisionError

    room(rome.replace, FIRST, "abc", NOW)
    with pytest.raises(ZeroDivisionError):
        room(fail)
    assert room(rome.version) == ("461", "abc")
    assert room(rome.load) == FIRST


# People


def with_job(room: Room, telegram_id: int, code: str | None) -> str:
    profile = Profile(first_name="Zoé 🙂", job="serveuse", job_code=code)
    return room.person(telegram_id, profile=profile)


def record(room: Room, person_id: str) -> PersonRecord:
    found = room(people.load_person, person_id)
    assert found is not None
    return found


def test_people_get_the_code_that_took_the_place_of_theirs_and_the_former_is_remembered(room: Room) -> None:
    person_id = with_job(room, 1, "G1803")
    before = record(room, person_id)
    assert room(rome.move_people, {"G1803": "G1899"}) == 1
    after = record(room, person_id)
    assert (after.profile.job_code, after.profile.job_code_before) == ("G1899", "G1803")
    assert after.revision == before.revision + 1
    untouched = {"job_code": "G1803", "job_code_before": None}
    assert after.profile.model_copy(update=untouched) == before.profile
    assert replace(after, revision=before.revision, profile=before.profile) == before


def test_others_stay_just_as_they_are(room: Room) -> None:
    ids = [with_job(room, 1, "J1501"), with_job(room, 2, None), room.person(3)]
    before = [record(room, person_id) for person_id in ids]
    assert room(rome.move_people, {"G1803": "G1899"}) == 0
    assert [record(room, person_id) for person_id in ids] == before


@pytest.mark.parametrize("moved", [{}, {"G1803": "G1803"}])
def test_a_code_that_stays_moves_nobody(room: Room, moved: dict[str, str]) -> None:
    person_id = with_job(room, 1, "G1803")
    before = record(room, person_id)
    assert room(rome.move_people, moved) == 0
    assert record(room, person_id) == before


def test_codes_that_change_places_do_not_chase_each_other(room: Room) -> None:
    one, other = with_job(room, 1, "G1803"), with_job(room, 2, "G1810")
    assert room(rome.move_people, {"G1803": "G1810", "G1810": "G1803"}) == 2
    assert record(room, one).profile.job_code == "G1810"
    assert record(room, other).profile.job_code == "G1803"


def test_everybody_is_reached_however_many_they_are(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rome, "_PEOPLE", 2)
    ids = [with_job(room, number, "G1803" if number % 3 else "J1501") for number in range(1, 8)]
    assert room(rome.move_people, {"G1803": "G1899"}) == 5
    found = [record(room, person_id).profile.job_code for person_id in ids]
    assert found == ["G1899", "G1899", "J1501", "G1899", "G1899", "J1501", "G1899"]


def test_people_moved_twice_before_they_were_told_remember_the_last_code(room: Room) -> None:
    person_id = with_job(room, 1, "G1803")
    room(rome.move_people, {"G1803": "G1899"})
    room(rome.move_people, {"G1899": "G1810"})
    profile = record(room, person_id).profile
    assert (profile.job_code, profile.job_code_before) == ("G1810", "G1899")
