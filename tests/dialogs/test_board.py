"""C11: the applications board: told by sentence, link or forwarded message; moved, undone, removed, exported."""

from __future__ import annotations

import csv
import io
import logging
from datetime import date

import pytest

from bot.advice.applications import Application, Channel, State
from bot.dialogs.board_kept import MOST
from bot.dialogs.board_words import kept_name
from bot.dialogs.incoming import Kind
from storage import applications, privacy
from tests.dialogs.chat import Chat
from tests.dialogs.conftest import NewChat


def board(chat: Chat) -> tuple[Application, ...]:
    return chat.store.run_sync(applications.board, chat.record.id)


def only(chat: Chat) -> Application:
    (one,) = board(chat)
    return one


# Told


def test_a_sentence_is_noted_with_its_day_and_said_back(amina: Chat) -> None:
    amina.say("postulé chez Leroy Merlin comme vendeuse hier")
    one = only(amina)
    assert (one.company, one.job, one.state) == ("Leroy Merlin", "vendeuse", State.SENT)
    assert one.days[State.SENT].isoformat() == "2026-11-25"
    assert amina.hears("board.noted")
    assert "dans 7 jours" in amina.text


def test_without_an_employer_bob_asks_which(amina: Chat) -> None:
    amina.say("j'ai postulé")
    assert amina.hears("board.which_employer")
    amina.say("la boulangerie Paul, vendeuse")
    assert (only(amina).company, only(amina).job) == ("boulangerie Paul", "vendeuse")
    assert amina.record.focus is None


def test_the_question_can_be_passed_or_left(amina: Chat) -> None:
    amina.say("j'ai postulé")
    amina.tap("questions.skip")
    assert amina.hears("board.noted")
    amina.say("j'ai postulé")
    amina.command("/profil")
    amina.say("une phrase beaucoup plus longue qui ne répond pas du tout à cette question, vraiment pas")
    assert amina.record.focus is None
    assert [one.company for one in board(amina)] == [None, None]


def test_a_link_is_kept_as_one_to_do(amina: Chat) -> None:
    amina.say("https://fr.indeed.com/viewjob?jk=1")
    amina.tap("questions.skip")
    one = only(amina)
    assert (one.state, one.channel, one.place) == (
        State.TODO,
        Channel.PLATFORM,
        "https://fr.indeed.com/viewjob?jk=1",
    )
    assert "fr.indeed.com" in amina.text


def test_words_beside_a_link_say_more(amina: Chat) -> None:
    amina.say("postulé chez Fnac https://recrute.fnac.com/offre/12")
    one = only(amina)
    assert (one.company, one.state, one.place) == ("Fnac", State.SENT, "https://recrute.fnac.com/offre/12")
    amina.say("entretien pour https://recrute.fnac.com/offre/12")
    assert only(amina).state is State.INTERVIEW


def test_a_forwarded_advert_is_one_tap_away_from_its_state(amina: Chat) -> None:
    amina.send(Kind.FORWARDED, "Agent d'entretien H/F - ONET - Angers https://onet.example.fr/a")
    assert amina.hears("board.forwarded")
    assert (only(amina).company, only(amina).state) == ("ONET", State.TODO)
    amina.tap("board.button.sent")
    assert only(amina).state is State.SENT


def test_a_forwarded_message_of_a_known_employer_leads_to_its_application(amina: Chat) -> None:
    amina.say("postulé chez Carrefour")
    amina.send(Kind.FORWARDED, "Bonjour, suite à votre candidature chez Carrefour, un entretien ?")
    assert amina.hears("board.forwarded_known")
    assert len(board(amina)) == 1


def test_a_forwarded_joke_keeps_its_answer(amina: Chat) -> None:
    amina.send(Kind.FORWARDED, "Coucou regarde ça")
    assert amina.hears("kinds.forwarded")
    assert board(amina) == ()


def test_news_of_a_known_employer_move_the_same_application(amina: Chat) -> None:
    amina.say("postulé chez Carrefour")
    amina.say("entretien chez Carrefour mardi")
    one = only(amina)
    assert one.state is State.INTERVIEW
    assert one.days[State.INTERVIEW].isoformat() == "2026-12-01"
    assert State.SENT in one.days


def test_a_refusal_is_noted_and_answered_by_the_words_for_it(amina: Chat) -> None:
    amina.say("postulé chez Leroy Merlin")
    amina.say("refusée chez Leroy Merlin")
    assert only(amina).state is State.REFUSED
    assert amina.hears("help.refusal_told")
    amina.say("postulé chez Leroy Merlin")
    assert len(board(amina)) == 2  # another try is another application


def test_of_a_refusal_by_an_employer_that_is_not_on_the_board_nothing_is_kept(amina: Chat) -> None:
    amina.say("refusée chez Leroy Merlin")
    assert amina.hears("help.refusal_told")
    assert board(amina) == ()


def test_a_follow_up_that_is_told_is_noted(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    amina.say("j'ai relancé Darty")
    assert amina.hears("board.noted_follow_up")
    assert only(amina).followed is not None


@pytest.mark.parametrize(
    "text", ["mon frère a postulé chez Darty", "comment postuler chez Darty ?", "c'est fait", "bonjour"]
)
def test_what_is_no_application_of_theirs_is_not_noted(amina: Chat, text: str) -> None:
    amina.say(text)
    assert board(amina) == ()


def test_nothing_is_noted_while_the_first_questions_are_asked(chat: Chat) -> None:
    chat.agree()
    chat.send(Kind.FORWARDED, "Agent d'entretien H/F - ONET - Angers")
    assert board(chat) == ()


# The list and its buttons


def test_the_list_is_one_message_with_every_state(amina: Chat) -> None:
    amina.command("/candidatures")
    assert amina.hears("board.empty")
    amina.say("postulé chez Darty")
    amina.say("entretien chez Carrefour mardi")
    amina.say("https://exemple.fr/offre")
    amina.tap("questions.skip")
    amina.command("/candidatures")
    assert len(amina.said.messages) == 1
    for words in ("Darty", "Carrefour", "exemple.fr", "Envoyées (1)", "Entretiens (1)", "À faire (1)"):
        assert words in amina.text


def test_a_long_list_has_pages(amina: Chat) -> None:
    for number in range(11):
        amina.say(f"postulé chez Société{chr(65 + number)}")
    amina.command("/candidatures")
    assert amina.last.labels[:9] == [str(place) for place in range(1, 10)]
    amina.tap("board.button.next")
    assert amina.last.labels[:2] == ["10", "11"]
    amina.tap("board.button.before")
    assert "1" in amina.last.labels


def test_a_state_is_moved_and_undone(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    amina.command("/candidatures")
    amina.press("1")
    sent = amina.last
    amina.tap("board.button.offer")
    assert only(amina).state is State.OFFER
    amina.tap("day.button.undo")
    assert only(amina).state is State.SENT
    assert sent.id == amina.last.id  # all in the same message


def test_adding_can_be_undone(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    amina.tap("day.button.undo")
    assert amina.hears("board.undone_added")
    assert board(amina) == ()


def test_a_double_tap_moves_once(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    amina.command("/candidatures")
    amina.press("1")
    message, button = amina.button(amina.words("board.button.refused"))
    amina.press_button(button, message)
    amina.press_button(button, message)
    assert amina.hears("help.stale")
    assert only(amina).state is State.REFUSED


def test_removing_asks_first_and_leaves_nothing(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    amina.command("/candidatures")
    amina.press("1")
    amina.tap("board.button.remove")
    amina.tap("board.button.keep")
    assert len(board(amina)) == 1
    amina.tap("board.button.remove")
    amina.tap("board.button.removed")
    assert board(amina) == ()
    assert "application.company" not in amina.store.run_sync(privacy.scan, ["Darty"])
    assert "dialogue.data" not in amina.store.run_sync(privacy.scan, ["Darty"])


def test_a_number_is_never_given_twice(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    first = only(amina).number
    amina.tap("day.button.undo")
    amina.say("postulé chez Fnac")
    assert only(amina).number > first


def test_buttons_of_what_is_gone_and_forged_ones_do_nothing(amina: Chat) -> None:
    amina.say("postulé chez Darty")
    amina.command("/candidatures")
    amina.press("1")
    message, button = amina.button(amina.words("board.button.offer"))
    amina.press("Annuler", on=amina.messages[-2])
    assert board(amina) == ()
    amina.press_button(button, message)
    assert amina.hears("help.stale")
    for data in (
        "board1|any|sent-99",
        "board1|any|sent-",
        "board1|any|x-1",
        "board1|any|see--1",
        "board9|any|list",
    ):
        amina.press_data(data)
        assert amina.hears("help.stale"), data


def test_beyond_a_bound_the_oldest_makes_place(amina: Chat) -> None:
    person_id = amina.record.id
    amina.say("postulé chez Darty")
    for number in range(2, MOST + 1):
        kept = Application(number, date(2026, 11, 26), State.SENT, {State.SENT: date(2026, 11, 26)}, "Fnac")
        amina.store.run_sync(applications.save, person_id, kept, today=date(2026, 11, 26))
    amina.say("postulé chez Boulanger")
    assert len(board(amina)) == MOST
    assert "Darty" not in [one.company for one in board(amina)]


# The file


def rows_of(chat: Chat) -> list[list[str]]:
    chat.command("/candidatures")
    chat.tap("board.button.csv")
    reply = chat.last.reply
    assert reply.document_name == "candidatures.csv"
    assert reply.document is not None
    return list(csv.reader(io.StringIO(reply.document.removeprefix("\ufeff")), delimiter=";"))


def test_the_export_holds_every_application_for_a_spreadsheet(amina: Chat) -> None:
    amina.say("postulé chez Darty comme vendeuse hier")
    head, row = rows_of(amina)
    assert head[:3] == ["Employeur", "Métier", "État"]
    assert row[:3] == ["Darty", "vendeuse", "Envoyée"]
    assert "2026-11-25" in row


@pytest.mark.parametrize(
    "name", ["=1+1", "+33612345678", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1"]
)
def test_no_cell_is_a_formula(amina: Chat, name: str) -> None:
    amina.say("j'ai postulé")
    amina.say(name)
    for row in rows_of(amina):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)


def test_names_hold_no_marks_of_our_texts() -> None:
    assert kept_name("{x|y} & Fils") == "(x/y) & Fils"
    assert kept_name("\u202e \n") is None
    assert len(kept_name("a" * 500) or "") == 60


# Nothing leaves


def test_no_employer_is_written_to_the_logs(amina: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    amina.say("postulé chez Zyxwell Automatismes comme vendeuse")
    amina.command("/candidatures")
    amina.press("1")
    amina.tap("board.button.offer")
    assert only(amina).company is not None
    assert "Zyxwell" not in caplog.text


def test_mydata_exports_the_board_and_deletes_it(amina: Chat) -> None:
    amina.say("postulé chez Zyxwell Automatismes")
    person_id = amina.record.id
    exported = amina.store.run_sync(privacy.export, person_id)
    assert [row["company"] for row in exported["applications"]] == ["Zyxwell Automatismes"]
    amina.command("/supprimer")
    amina.tap("mydata.delete_yes")
    assert amina.store.run_sync(privacy.scan, ["Zyxwell", person_id]) == []


def test_in_english(new_chat: NewChat) -> None:
    chat = new_chat(client_language="en")
    chat.onboard()
    chat.say("applied at Tesco as a cashier yesterday")
    assert (only(chat).company, only(chat).job) == ("Tesco", "cashier")
    chat.command("/applications")
    assert "sent on 25 November" in chat.text
