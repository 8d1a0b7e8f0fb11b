"""C11 and C14 meet: an interview told in a sentence is an appointment, and stands on the board of applications."""

import pytest

from bot.advice.applications import Application, State
from storage import applications, appointments
from tests.dialogs.chat import Chat


def board(chat: Chat) -> tuple[Application, ...]:
    return tuple(chat.store.run_sync(applications.board, chat.record.id))


def planned(chat: Chat) -> list[str]:
    """The wall clocks of the appointments ahead."""
    rows = chat.store.run_sync(appointments.of_person, chat.record.id, after=chat.now)
    return [f"{row.local_when:%Y-%m-%d %H:%M}" for row in rows if row.state == "planned"]


def interviews(chat: Chat) -> list[tuple[str | None, str | None]]:
    """Company and day of each interview on the board."""
    found = [(one, one.days.get(State.INTERVIEW)) for one in board(chat) if one.state is State.INTERVIEW]
    return [(one.company, day.isoformat() if day else None) for one, day in found]


def test_an_interview_with_day_and_hour_is_an_appointment_and_on_the_board(amina: Chat) -> None:
    amina.say("entretien jeudi 14h chez Lidl")
    assert planned(amina) == ["2026-12-03 14:00"]
    assert interviews(amina) == [("Lidl", "2026-12-03")]
    texts = [message.reply.text for message in amina.said.messages if message.reply.document is None]
    assert len(texts) == 1  # and the file for the calendar
    assert amina.said.messages[0].reply.footer == amina.words("board.interview_noted")


def test_the_application_that_was_sent_moves_to_its_interview(amina: Chat) -> None:
    amina.say("postulé chez Lidl comme vendeuse")
    amina.say("entretien jeudi 14h chez Lidl")
    (one,) = board(amina)
    assert (one.state, one.job) == (State.INTERVIEW, "vendeuse")
    assert State.SENT in one.days


def test_told_twice_it_is_one_of_each(amina: Chat) -> None:
    amina.say("entretien jeudi 14h chez Lidl")
    amina.say("j'ai un entretien jeudi à 14h chez Lidl")
    assert len(planned(amina)) == len(board(amina)) == 1
    assert amina.said.messages[0].reply.footer is None


def test_without_an_hour_it_is_on_the_board_at_once_and_the_hour_is_asked(amina: Chat) -> None:
    amina.say("entretien chez Carrefour mardi")
    assert interviews(amina) == [("Carrefour", "2026-12-01")]
    assert planned(amina) == []
    amina.say("9h30")
    assert planned(amina) == ["2026-12-01 09:30"]
    assert interviews(amina) == [("Carrefour", "2026-12-01")]


def test_the_day_that_is_told_afterwards_is_the_one_on_the_board(amina: Chat) -> None:
    amina.say("j'ai un entretien chez Darty")
    assert interviews(amina) == [("Darty", None)]
    amina.say("vendredi 10h")
    assert interviews(amina) == [("Darty", "2026-11-27")]
    assert planned(amina) == ["2026-11-27 10:00"]


def test_an_hour_that_nobody_tells_loses_nothing(amina: Chat) -> None:
    amina.say("entretien chez Carrefour mardi")
    amina.say("https://exemple.fr/offre")
    assert interviews(amina) == [("Carrefour", "2026-12-01")]
    assert len(board(amina)) == 2


def test_cancelling_leaves_the_board_and_moving_takes_it_along(amina: Chat) -> None:
    amina.say("entretien jeudi 14h chez Lidl")
    amina.say("mon entretien chez Lidl est déplacé à vendredi 10h")
    assert interviews(amina) == [("Lidl", "2026-11-27")]
    amina.say("l'entretien chez Lidl est annulé")
    assert planned(amina) == []
    assert interviews(amina) == [("Lidl", "2026-11-27")]


@pytest.mark.parametrize("text", ["rdv chez le dentiste mardi 11h", "rdv mission locale jeudi 10h"])
def test_other_appointments_are_not_on_the_board(amina: Chat, text: str) -> None:
    amina.say(text)
    assert len(planned(amina)) == 1
    assert board(amina) == ()


def test_while_a_question_waits_a_whole_interview_is_heard_and_the_question_comes_again(
    with_action: Chat,
) -> None:
    with_action.tap("day.button.plan")
    with_action.say("entretien jeudi 14h chez Lidl")
    assert planned(with_action) == ["2026-12-03 14:00"]
    assert interviews(with_action) == [("Lidl", "2026-12-03")]
    assert with_action.hears("plan.when.ask")
