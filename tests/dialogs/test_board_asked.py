"""Words about the board that note nothing new: no news of an employer, one to take off the list, an undo."""

from __future__ import annotations

import pytest

from bot.advice.applications import Application, State
from storage import applications
from tests.dialogs.chat import Chat


def board(chat: Chat) -> tuple[Application, ...]:
    return tuple(chat.store.run_sync(applications.board, chat.record.id))


@pytest.mark.parametrize(
    "words",
    [
        "pas de nouvelles de Lidl",
        "Lidl ne m'a toujours pas répondu",
        "toujours pas de réponse de Lidl",
        "Lidl ne répond pas",
        "I haven't heard back from Lidl",
        "pas de réponse",
    ],
)
def test_no_news_changes_nothing_and_the_follow_up_is_there_at_once(amina: Chat, words: str) -> None:
    amina.say("postulé chez Lidl le 10 novembre")
    amina.say(words)
    (one,) = board(amina)
    assert (one.state, one.day.isoformat()) == (State.SENT, "2026-11-10")
    assert amina.said.messages[0].reply.payload is not None
    assert "10 novembre" in amina.text


@pytest.mark.parametrize(
    "words",
    [
        "pas de nouvelles de Lidl",
        "no news from Tesco",
        "le CHU ne répond pas",
        "toujours rien, pas de réponse",
    ],
)
def test_no_news_of_one_that_is_not_known_notes_nothing(amina: Chat, words: str) -> None:
    amina.say(words)
    assert board(amina) == ()


@pytest.mark.parametrize(
    "words",
    [
        "enlève la candidature chez Paul",
        "retire la candidature chez Paul",
        "remove the application at Paul",
        "enlève Paul",
        "j'ai pas postulé chez Paul finalement",
        "enlève Paul de la liste stp",
    ],
)
def test_asked_to_take_one_off_it_asks_back_and_does(amina: Chat, words: str) -> None:
    amina.say("postulé chez Paul hier")
    amina.say(words)
    assert "« Paul »" in amina.text
    assert len(board(amina)) == 1
    amina.tap("board.button.removed")
    assert board(amina) == ()


def test_one_that_is_not_there_is_not_added_by_taking_it_off(amina: Chat) -> None:
    amina.say("retire la candidature chez Lidl")
    assert amina.text == amina.words("board.remove_unknown", name="Lidl")
    assert board(amina) == ()


@pytest.mark.parametrize("words", ["annule", "annuler", "undo"])
def test_the_word_of_the_button_is_the_button(amina: Chat, words: str) -> None:
    amina.say("postulé chez Paul hier")
    amina.say(words)
    assert amina.hears("board.undone_added")
    assert board(amina) == ()


def test_a_slip_of_the_pen_is_no_other_employer(amina: Chat) -> None:
    amina.say("postulé chez Carrefour hier")
    amina.say("entretien chez carefour mardi 10h")
    (one,) = board(amina)
    assert (one.company, one.state) == ("Carrefour", State.INTERVIEW)


@pytest.mark.parametrize(
    "words",
    [
        "je n'ai rien fait",
        "12 fois",
        "à 3 offres",
        "5 candidatures",
        "j'ai envoyé 5 candidatures aujourd'hui",
    ],
)
def test_what_is_no_name_names_no_employer(amina: Chat, words: str) -> None:
    amina.say("j'ai postulé")
    amina.say(words)
    (one,) = board(amina)
    assert one.company is None


@pytest.mark.parametrize(
    "words", ["j'ai envoyé 5 candidatures aujourd'hui", "j'ai postulé ce matin à 3 offres"]
)
def test_a_number_of_applications_asks_for_no_one_name(amina: Chat, words: str) -> None:
    amina.say(words)
    assert board(amina) == ()
    assert amina.text == amina.words("board.several")


def test_a_bare_link_then_told_as_sent_is_sent(amina: Chat) -> None:
    amina.say("https://exemple.fr/offre")
    amina.say("je viens de candidater à l'EHPAD")
    (one,) = board(amina)
    assert (one.state, one.company) == (State.SENT, "EHPAD")


def test_a_day_to_come_is_to_be_done(amina: Chat) -> None:
    amina.say("postulé le 3 décembre chez Ikea")
    (one,) = board(amina)
    assert (one.state, one.days[State.TODO].isoformat()) == (State.TODO, "2026-12-03")
    assert "à faire le 3 décembre" in amina.text


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("j'ai postulé chez Lidl, Aldi, Carrefour et Auchan", ["Lidl", "Aldi", "Carrefour", "Auchan"]),
        ("postulé chez Lidl et Aldi", ["Lidl", "Aldi"]),
        ("applied at Tesco and Asda", ["Tesco", "Asda"]),
        ("postulé chez Marks and Spencer", ["Marks and Spencer"]),
        ("postulé chez Bouygues et fils", ["Bouygues et fils"]),
        ("postulé chez H&M", ["H&M"]),
        ("postulé chez Dupont et Martin", ["Dupont et Martin"]),
    ],
)
def test_several_employers_are_a_line_each(amina: Chat, words: str, names: list[str]) -> None:
    amina.say(words)
    assert sorted(one.company or "" for one in board(amina)) == sorted(names)
    assert len(amina.said.messages) == 1


def test_several_refusals_are_noted_of_those_that_are_known(amina: Chat) -> None:
    amina.say("postulé chez Aldi, Ikea et Lidl")
    amina.say("refus d'Aldi, Ikea et Lidl")
    assert {one.state for one in board(amina)} == {State.REFUSED}
