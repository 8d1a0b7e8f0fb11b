"""Sentences about appointments as tired people write them: what is an interview, what cannot be, what is called off."""

import pytest

from bot.advice.applications import Application
from storage import applications, appointments
from tests.dialogs.chat import Chat, paris


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


# Called off


@pytest.mark.parametrize(
    "said",
    [
        "je ne peux pas aller à mon rdv de mardi",
        "je veux annuler mon rdv",
        "pas de rdv finalement",
        "I can't go to my appointment on Tuesday",
    ],
)
def test_who_cannot_go_is_shown_the_appointment_with_its_buttons(amina: Chat, said: str) -> None:
    amina.say("rdv mission locale mardi 10h")
    amina.say(said)
    assert amina.said.messages[0].reply.title == "Rendez-vous de suivi, mission locale"
    amina.tap("appointments.button.cancel")
    assert planned(amina) == []


def test_who_cannot_go_chooses_among_several(amina: Chat) -> None:
    amina.say("rdv mission locale mardi 10h")
    amina.say("rdv France Travail vendredi 4 décembre à 9h")
    amina.say("je veux annuler mon rdv")
    assert amina.hears("appointments.ask.which")
    assert len(planned(amina)) == 2
    amina.say("je ne pourrai pas venir à mon rdv de mardi")
    assert "10 h" in amina.text


@pytest.mark.parametrize("said", ["pas de rdv finalement", "je veux annuler mon rdv"])
def test_where_none_is_noted_that_is_said(amina: Chat, said: str) -> None:
    amina.say(said)
    assert amina.hears("appointments.none_noted")


def test_calling_one_off_while_another_is_asked_about_books_nothing(amina: Chat) -> None:
    amina.say("rdv mission locale le 3 décembre à 10h")
    amina.say("rdv lundi")
    amina.say("mon rdv du 3 décembre est annulé")
    assert "C'est retiré" in amina.said.messages[0].text
    assert planned(amina) == []
    amina.say("10h")
    assert planned(amina) == ["other 11-30 10:00"]


def test_calling_off_the_one_that_is_asked_about_drops_the_question(amina: Chat) -> None:
    amina.say("rdv le 3 décembre")
    amina.say("mon rdv du 3 décembre est annulé")
    assert amina.hears("appointments.dropped")
    amina.say("rdv lundi")
    amina.say("pas de rdv finalement")
    assert amina.hears("appointments.dropped")
    assert planned(amina) == []


# While a question about one waits


def test_another_sentence_wins_over_the_question(amina: Chat) -> None:
    amina.say("rdv lundi")
    amina.say("postulé chez Lidl")
    assert [one.company for one in board(amina)] == ["Lidl"]
    assert not amina.hears("appointments.unclear")


def test_an_application_with_a_day_is_no_day_of_the_appointment(amina: Chat) -> None:
    amina.say("j'ai rdv à 15h avec ma conseillère")
    amina.say("j'ai postulé chez Lidl mardi")
    assert [one.company for one in board(amina)] == ["Lidl"]
    assert planned(amina) == []


def test_what_was_yesterday_is_said_to_be_past_and_nothing_is_asked(amina: Chat) -> None:
    amina.say("rdv mission locale hier à 15h")
    assert amina.hears("appointments.gone")
    amina.say("rendez-vous le 31/12 à minuit")
    assert planned(amina) == ["other 12-31 00:00"]


def test_another_appointment_is_not_merged_with_the_one_asked_about(amina: Chat) -> None:
    amina.say("rdv mission locale à 15h")
    assert amina.hears("appointments.ask.day")
    amina.say("rdv dentiste mardi")
    assert amina.hears("appointments.ask.hour")
    amina.say("9h")
    assert planned(amina) == ["private 12-01 09:00"]


# Several on one day


def test_each_of_five_on_a_day_is_said_and_only_what_comes_is_promised(amina: Chat) -> None:
    amina.say("rdv mission locale demain 9h")
    promised = [amina.text]
    for hour in (11, 13, 15, 17):
        amina.say(f"rdv demain {hour}h")
        promised.append(amina.text)
    assert [("2 heures avant" in text) for text in promised] == [True, True, False, False, False]
    assert all("la veille" in text for text in promised)
    amina.tick_to(paris("2026-11-27 20:00"))
    reminders = [message.text for message in amina.messages if message.purpose == "reminder"]
    assert len(reminders) == 3
    for text in reminders[:2]:
        assert all(f"{hour} h" in text for hour in (9, 11, 13, 15, 17))
    assert "9 h " not in reminders[2]


def test_the_last_reminders_leave_room_for_the_eve(amina: Chat) -> None:
    amina.say("rdv samedi 9h")
    for hour in (11, 13):
        amina.say(f"rdv demain {hour}h")
    assert "2 heures avant" not in amina.text
    amina.tick_to(paris("2026-11-28 07:30"))
    reminders = [message.text for message in amina.messages if message.purpose == "reminder"]
    assert ["demain à 9 h" in text.lower() for text in reminders] == [False, False, True, False]


# Words


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("rdv pole emploi lundi 9h", "Rdv France Travail"),
        ("entretien téléphonique lundi 9h", "Entretien par téléphone"),
        ("entretien visio lundi 9h", "Entretien en visio"),
    ],
)
def test_its_name_says_nothing_twice(amina: Chat, said: str, title: str) -> None:
    amina.say(said)
    assert amina.said.messages[0].reply.title == title


def test_pressed_twice_it_says_what_is(amina: Chat) -> None:
    amina.say("rdv mission locale mardi 10h")
    noted = amina.said.messages[0]
    amina.tap("appointments.button.cancel")
    gone = amina.said.messages[0]
    amina.press("Annuler", on=noted)
    assert amina.hears("appointments.already_out")
    amina.press("Le remettre", on=gone)
    amina.press("Le remettre", on=gone)
    assert "C'est déjà noté : rendez-vous de suivi, mission locale, mardi à 10 h." in amina.text


def test_after_a_move_to_another_zone_both_hours_are_said(amina: Chat) -> None:
    amina.say("rdv mission locale mardi 14h")
    amina.command("/profil")
    amina.tap("questions.zone.short")
    amina.say("Montréal")
    amina.command("/rdv")
    assert "mardi à 8 h (14 h à Paris)" in amina.text


def test_a_stop_says_that_reminders_stop_and_a_pause_that_they_go_on(amina: Chat) -> None:
    amina.say("rdv mission locale le 10 décembre à 14h")
    amina.say("pause 1 semaine")
    assert amina.words("appointments.while_paused") in amina.said.messages[0].text
    amina.command("/stop")
    assert amina.words("appointments.while_stopped") in amina.said.messages[0].text
