"""`/absence`: days off are told in a counsellor's own words, and nothing comes to them then."""

from __future__ import annotations

from datetime import date

import pytest

from bot.counsellors.away import _days
from bot.counsellors.needs import asking, watching
from tests.counsellors.following import TODAY, TUESDAY, paris
from tests.counsellors.office import KARIM, WORLD, Office


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("du 12 au 20 décembre", (date(2026, 12, 12), date(2026, 12, 20))),
        ("from 12 to 20 december", (date(2026, 12, 12), date(2026, 12, 20))),
        ("du 24 au 27 novembre", (TODAY, date(2026, 11, 27))),
        ("demain", (date(2026, 11, 25), date(2026, 11, 25))),
        ("le 3 décembre", (date(2026, 12, 3), date(2026, 12, 3))),
        ("jusqu'au 30 novembre", (TODAY, date(2026, 11, 30))),
        ("du 30/11 au 4/12", (date(2026, 11, 30), date(2026, 12, 4))),
        ("2 semaines", (TODAY, date(2026, 12, 7))),
        ("bonjour", None),
    ],
)
def test_days_are_told_in_plain_words(words: str, days: tuple[date, date] | None) -> None:
    assert _days(words, TODAY) == days


def test_days_off_are_noted_told_and_taken_back(office: Office) -> None:
    (told,) = office.command("absence", argument="du 12 au 20 décembre")
    assert "Premier jour : samedi 12 décembre. Dernier jour : dimanche 20 décembre" in told.text
    assert office.command("absence")[0].text == told.text
    assert "Aucune absence" in office.command("absence", KARIM)[0].text
    assert "Aucune absence" in office.command("absence", argument="fin")[0].text


def test_words_that_name_no_day_note_nothing(office: Office) -> None:
    assert "Quels jours ?" in office.command("absence", argument="bientôt peut-être")[0].text
    assert "Aucune absence" in office.command("absence")[0].text


def test_nothing_comes_by_itself_on_days_off_and_the_person_is_told_when_they_are_read(
    office: Office,
) -> None:
    office.command("absence", argument="du 24 au 27 novembre")
    link = office.follow("Sofia")
    assert office(asking.for_call, office.person_of(link), link, TUESDAY).at == paris(30, 9)
    office.told()
    for now in (TUESDAY, paris(25), paris(27)):
        office(watching.look_due, WORLD, now, 10)
    assert [told for told in office.told() if told.purpose == "group alert"] == []
    office(watching.look_due, WORLD, paris(30, 9), 10)
    assert len([told for told in office.told() if told.purpose == "group alert"]) == 2
