"""`/horaires`: plain words in, plain words out."""

from __future__ import annotations

import pytest

from bot.counsellors.working_hours import Given, understand
from storage import teams
from tests.counsellors.office import Office


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("9-17 lun-ven 2j", Given((9, 17), "12345", 2)),
        ("8h-16h", Given((8, 16))),
        ("de 9h à 17h du lundi au vendredi", Given((9, 17), "12345")),
        ("lundi, mardi et jeudi", Given(days="124")),
        ("3 jours", Given(answer=3)),
        ("9-17 mon-fri 2d", Given((9, 17), "12345", 2)),
        ("9 to 17 monday to thursday", Given((9, 17), "1234")),
    ],
)
def test_hours_are_understood_as_people_write_them(text: str, given: Given) -> None:
    assert understand(text) == given


@pytest.mark.parametrize("text", ["", "bonjour", "17-9", "9-25", "lun-xyz", "40j", "ven-lun", "9 17"])
def test_what_is_not_clear_changes_nothing(text: str) -> None:
    assert understand(text) is None


def test_a_counsellor_sets_their_hours_and_reads_them_back(office: Office) -> None:
    office.told()
    (told,) = office.command("horaires", private=True)
    assert "de 9 h à 18 h" in told.text
    (told,) = office.command("horaires", private=True, argument="9-17 lun-jeu 1j")
    assert "de 9 h à 17 h, lundi, mardi, mercredi et jeudi" in told.text
    assert "1 jour ouvré" in told.text
    nadia = office(teams.counsellor_of, office.nadia)
    assert (nadia.hours_from, nadia.hours_until, nadia.work_days, nadia.answer_days) == (9, 17, "1234", 1)
