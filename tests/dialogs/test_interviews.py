"""C11 and C14 meet: an interview told in a sentence is an appointment, and stands on the board of applications."""

from datetime import date

import pytest

from bot.advice.applications import Application, State, fed
from bot.advice.profile import Profile
from storage import applications, appointments
from tests.dialogs.chat import Chat, paris


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


def test_moving_takes_the_board_along_and_cancelling_takes_the_interview_off(amina: Chat) -> None:
    amina.say("entretien jeudi 14h chez Lidl")
    amina.say("mon entretien chez Lidl est déplacé à vendredi 10h")
    assert interviews(amina) == [("Lidl", "2026-11-27")]
    amina.say("l'entretien chez Lidl est annulé")
    assert planned(amina) == []
    assert board(amina) == ()


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


def test_a_cancelled_interview_leaves_the_application_as_it_was(amina: Chat) -> None:
    amina.say("postulé chez Lidl le 20 novembre")
    before = board(amina)
    amina.say("entretien lundi 10h chez Lidl")
    amina.say("mon entretien de lundi est annulé")
    assert board(amina) == before
    amina.tap("appointments.button.restore")
    assert interviews(amina) == [("Lidl", "2026-11-30")]


def test_put_back_an_interview_that_made_its_application_is_on_the_board_again(amina: Chat) -> None:
    amina.say("entretien lundi 10h chez Lidl")
    amina.say("mon entretien de lundi est annulé")
    assert board(amina) == ()
    amina.tap("appointments.button.restore")
    assert interviews(amina) == [("Lidl", "2026-11-30")]


def test_nobody_is_thanked_for_an_interview_that_was_called_off(amina: Chat) -> None:
    amina.say("entretien lundi 10h chez Lidl")
    amina.say("mon entretien de lundi est annulé")
    said = len(amina.messages)
    amina.tick_to(paris("2026-12-03 20:00"))
    assert not [one for one in amina.messages[said:] if "Lidl" in str(one.reply.text)]


def test_an_interview_ahead_is_none_that_took_place() -> None:
    ahead = Application(1, date(2026, 11, 26), State.INTERVIEW, {State.INTERVIEW: date(2026, 11, 30)}, "Lidl")
    assert not fed(Profile(), (ahead,), date(2026, 11, 26)).interviews
    assert fed(Profile(), (ahead,), date(2026, 11, 30)).interviews == 1
