"""Sentences about appointments as tired people write them: what is an interview, what cannot be, what is called off."""

import pytest

from bot.advice.applications import Application
from storage import applications, appointments
from tests.dialogs.chat import Chat


def board(chat: Chat) -> tuple[Application, ...]:
    return tuple(chat.store.run_sync(applications.board, chat.record.id))


def planned(chat: Chat) -> list[str]:
    """Kind and wall clock of the appointments ahead."""
    rows = chat.store.run_sync(appointments.of_person, chat.record.id, after=chat.now)
    return [f"{row.kind} {row.local_when:%m-%d %H:%M}" for row in rows if row.state == "planned"]


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("rdv demain 9h à la mairie", "other 11-27 09:00"),
        ("rdv demain 10h au salon de l'emploi", "group 11-27 10:00"),
        ("rdv FT dans 3 jours à 9 heures et demie", "job_centre 11-29 09:30"),
        ("rdv chez le coiffeur samedi 10h", "other 11-28 10:00"),
        ("rdv chez ma mère samedi 10h", "other 11-28 10:00"),
    ],
)
def test_an_ordinary_appointment_is_no_interview_and_not_on_the_board(
    amina: Chat, said: str, noted: str
) -> None:
    amina.say(said)
    assert planned(amina) == [noted]
    assert board(amina) == ()


@pytest.mark.parametrize("said", ["rdv chez Lidl demain 9h", "rdv avec le recruteur de Lidl demain 9h"])
def test_one_at_an_employer_is_an_interview(amina: Chat, said: str) -> None:
    amina.say(said)
    assert planned(amina) == ["interview 11-27 09:00"]
    assert [one.company for one in board(amina)] == ["Lidl"]


def test_one_where_one_has_applied_is_an_interview(amina: Chat) -> None:
    amina.say("postulé à la mairie de Nantes")
    amina.say("rdv demain 9h à la mairie de Nantes")
    assert planned(amina) == ["interview 11-27 09:00"]


def test_a_day_that_does_not_exist_is_said(amina: Chat) -> None:
    amina.say("rdv le 30 février à 10h")
    assert "Le 30 février n'existe pas." in amina.text
    assert amina.hears("appointments.ask.day")
    assert (planned(amina), board(amina)) == ([], ())
    amina.say("le 31 février")
    assert "Le 31 février n'existe pas." in amina.text
    amina.say("le 4 décembre")
    assert planned(amina) == ["other 12-04 10:00"]
