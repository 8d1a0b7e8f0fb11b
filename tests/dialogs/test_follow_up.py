"""C11: a follow-up that is due becomes the action of the day, with its script; answers to it reach the board."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.advice.applications import Application
from bot.dialogs.follow_up_scripts import PREFIX
from storage import applications, learning
from tests.dialogs.chat import Chat, Message, no_blank_left, paris
from tests.dialogs.conftest import NewChat


def only(chat: Chat) -> Application:
    (one,) = chat.store.run_sync(applications.board, chat.record.id)
    return one


def follow_ups(chat: Chat) -> list[Message]:
    news = chat.words("follow_up.button.news")
    return [message for message in chat.messages if news in message.labels]


def live_on(chat: Chat, until: datetime) -> None:
    """Play the time until then; every evening they say a word, so that no silence changes the rhythm."""
    while (evening := chat.local_now.replace(hour=21, minute=0) + timedelta(days=1)) < until:
        chat.tick_to(evening)
        chat.say("merci")
    chat.tick_to(until)


@pytest.fixture
def due(amina: Chat) -> Chat:
    """Applied on Wednesday 25 November: the follow-up is the action of Thursday 3 December."""
    amina.checks.append(no_blank_left)
    amina.say("postulé chez Leroy Merlin comme vendeuse hier")
    live_on(amina, paris("2026-12-03 09:01"))
    return amina


def test_it_is_the_days_one_message_with_a_script_of_their_own(due: Chat) -> None:
    assert [message.at.date() for message in follow_ups(due)] == [due.now.date()]
    assert len([message for message in due.messages if message.at.date() == due.now.date()]) == 1
    text = follow_ups(due)[0].text
    for words in ("Leroy Merlin", "vendeuse", "25 novembre", "Amina", "il y a 8 jours"):
        assert words in text
    action = due.open_action
    assert action is not None
    assert action.catalogue_id == f"{PREFIX}advert"
    assert action.origin == "push"


def test_done_is_noted_on_the_board_and_undone_with_it(due: Chat) -> None:
    due.tap("day.button.done")
    assert due.hears("day.done")
    assert only(due).followed == due.local_now.date()
    due.tap("day.button.undo")
    assert "Leroy Merlin" in due.text
    assert only(due).followed is None


def test_every_other_answer_works_on_it(due: Chat) -> None:
    due.tap("day.button.easier")
    assert due.hears("day.easier_lead")
    assert "Leroy Merlin" in due.text
    due.tap("day.button.stuck")
    assert due.hears("day.stuck")
    due.command("/pourquoi")
    assert due.hears("follow_up.because.application")
    due.say("je le fais")
    due.tap("plan.when.hour")
    due.tap("plan.enough")
    due.tick_to(paris("2026-12-03 10:10"))
    assert due.hears("plan.recall")
    assert "Leroy Merlin" in due.text


def test_not_for_me_ends_the_following_up(due: Chat) -> None:
    due.tap("day.button.refuse")
    due.tap("day.refusal.dislike")
    assert not only(due).wanted
    live_on(due, paris("2026-12-20 12:00"))
    assert len(follow_ups(due)) == 1


def test_news_lead_to_the_state_of_that_application(due: Chat) -> None:
    due.tap("follow_up.button.news")
    assert "Leroy Merlin" in due.text
    due.tap("board.button.interview")
    assert only(due).state == "interview"


def test_it_comes_twice_at_most_a_week_apart_the_last_time_by_phone(due: Chat) -> None:
    live_on(due, paris("2027-01-20 12:00"))
    first, second = follow_ups(due)
    assert (second.at - first.at).days >= 7
    assert due.words("follow_up.text.again", employer="Leroy Merlin") in second.text


def test_the_day_after_an_interview_brings_the_thanks(amina: Chat) -> None:
    amina.say("entretien chez Carrefour mardi")
    live_on(amina, paris("2026-12-02 09:01"))
    assert due_text(amina, "follow_up.text.thanks", "Carrefour")
    assert amina.hears("follow_up.because.interview")


def due_text(chat: Chat, key: str, employer: str) -> bool:
    return chat.words(key, employer=employer) in chat.text


def test_an_application_that_is_removed_takes_its_action_along(due: Chat) -> None:
    due.command("/candidatures")
    due.press("1")
    due.tap("board.button.remove")
    due.tap("board.button.removed")
    due.command("/action")
    assert "Leroy Merlin" not in due.text
    assert due.open_action is not None
    assert not due.open_action.catalogue_id.startswith(PREFIX)


def test_a_hard_day_comes_first(amina: Chat) -> None:
    amina.say("postulé chez Leroy Merlin comme vendeuse hier")
    live_on(amina, paris("2026-12-02 12:00"))
    amina.say("je veux mourir")
    amina.tick_to(paris("2026-12-03 20:00"))
    assert amina.hears("day.softly")
    assert follow_ups(amina) == []


def test_what_is_counted_over_everybody_names_no_employer(due: Chat) -> None:
    due.tap("day.button.done")
    page = due.store.run_sync(learning.page, "", due.local_now.date())
    assert page is not None
    assert "Leroy" not in repr(page)
    assert "Leroy" not in repr([action.catalogue_id for action in due.actions])
    assert "Leroy" not in repr([action.reasons for action in due.actions])


@pytest.mark.parametrize(("language", "form"), [("fr", "tu"), ("en", "vous")])
def test_in_the_other_registers(new_chat: NewChat, language: str, form: str) -> None:
    chat = new_chat(client_language=language)
    chat.onboard()
    if form == "tu":
        chat.command("/langue")
        chat.press("Français, tu")
    chat.checks.append(no_blank_left)
    chat.say("postulé chez Darty hier" if language == "fr" else "applied at Tesco yesterday")
    live_on(chat, paris("2026-12-03 09:01"))
    (message,) = follow_ups(chat)
    expected = (
        "Relance Darty par un court message."
        if language == "fr"
        else "Follow up with Tesco in a short message."
    )
    assert expected in message.text


def test_a_name_with_braces_comes_out_as_it_was_typed(new_chat: NewChat) -> None:
    chat = new_chat()
    chat.checks.clear()  # braces are typed here
    chat.onboard(first_name="{x|y}")
    chat.say("postulé chez Darty hier")
    live_on(chat, paris("2026-12-03 09:01"))
    assert "{X|Y}, [numéro]" in follow_ups(chat)[0].text


@pytest.mark.parametrize("state", ["refused", "offer"])
def test_the_open_follow_up_of_one_that_is_over_is_withdrawn(due: Chat, state: str) -> None:
    due.tap("follow_up.button.news")
    due.tap(f"board.button.{state}")
    said = len(due.messages)
    assert due.open_action is None
    due.command("/action")
    assert due.open_action is not None
    assert not due.open_action.catalogue_id.startswith(PREFIX)
    assert all("Leroy Merlin" not in message.text for message in due.messages[said:])
