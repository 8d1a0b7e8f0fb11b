"""A1-A3, F4: from a link to the first useful sentence, with consent; people under age; visitors who leave no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dialogs import welcome
from bot.dialogs.incoming import Kind
from storage.engine import Store
from storage.people import PersonRecord, VisitorRecord
from storage.privacy import scan
from tests.dialogs.chat import Chat
from tests.dialogs.conftest import NewChat


def test_the_first_screen_says_who_runs_bob_and_asks_for_consent(chat: Chat) -> None:
    chat.command("/start")
    assert "Association Cap Emploi" in chat.text
    assert "bonjour@exemple.org" in chat.text
    assert "https://exemple.org/confidentialite" in chat.text
    for key in ("agree", "fifteen", "younger", "decline"):
        assert chat.has(f"welcome.{key}")
    assert len(chat.said.messages) == 1


def test_two_taps_lead_to_the_first_useful_sentence(chat: Chat) -> None:
    chat.command("/start")  # the button "Start" of Telegram
    chat.tap("welcome.agree")
    assert chat.hears("welcome.first_tip")
    assert chat.hears("questions.first_name.ask")


@pytest.mark.parametrize(("client", "expected"), [("fr", "fr"), ("en-GB", "en"), ("de", "fr"), ("", "fr")])
def test_bob_speaks_the_language_of_the_app_and_french_by_default(
    new_chat: NewChat, client: str, expected: str
) -> None:
    chat = new_chat(client_language=client)
    chat.command("/start")
    assert chat.known is not None
    assert chat.known.language == expected


def test_language_and_form_change_on_the_first_screen_in_place(chat: Chat) -> None:
    chat.command("/start")
    chat.press("On se tutoie")
    assert len(chat.messages) == 1
    assert "choisi pour toi" in chat.text
    chat.press("English")
    assert "Hello" in chat.text
    chat.press("Français")
    chat.tap("welcome.agree")
    assert chat.record.language == "fr"


def test_the_consent_is_kept_with_its_version_its_time_and_its_language(chat: Chat, database: Store) -> None:
    chat.agree()
    kept = database.run_sync(
        lambda conn: conn.exec_driver_sql(
            "SELECT kind, text_version, language, revoked_at FROM consent"
        ).all()
    )
    assert [tuple(row) for row in kept] == [("use", welcome.CONSENT_VERSION, "fr", None)]


def test_a_visitor_is_one_row_and_no_profile(chat: Chat, database: Store) -> None:
    chat.command("/start")
    assert isinstance(chat.known, VisitorRecord)
    assert database.run_sync(scan, [chat.telegram_id]) == ["visitor.chat_id", "visitor.telegram_id"]


def test_a_refusal_leaves_no_row(chat: Chat, database: Store) -> None:
    chat.command("/start")
    chat.tap("welcome.decline")
    assert chat.hears("welcome.farewell")
    assert database.run_sync(scan, [chat.telegram_id]) == []


def test_a_refusal_pressed_twice_leaves_no_row_either(chat: Chat, database: Store) -> None:
    chat.command("/start")
    message, button = chat.button(chat.words("welcome.decline"))
    chat.press_button(button, message)
    chat.press_button(button, message)
    assert chat.said.toast is not None
    assert database.run_sync(scan, [chat.telegram_id]) == []


def test_under_fifteen_is_refused_kindly_and_leaves_no_row(chat: Chat, database: Store) -> None:
    chat.command("/start")
    chat.tap("welcome.younger")
    assert chat.hears("welcome.too_young")
    assert database.run_sync(scan, [chat.telegram_id]) == []


def test_fifteen_to_seventeen_get_a_screen_of_their_own_and_may_come_back(chat: Chat) -> None:
    chat.command("/start")
    chat.tap("welcome.fifteen")
    assert chat.hears("welcome.minor")
    assert len(chat.messages) == 1
    chat.tap("questions.back")
    assert chat.hears("welcome.first")
    chat.tap("welcome.fifteen")
    chat.tap("welcome.agree_minor")
    assert chat.record.profile.age == "15-17"


def test_a_minor_cannot_change_their_age(chat: Chat) -> None:
    chat.command("/start")
    chat.tap("welcome.fifteen")
    chat.tap("welcome.agree_minor")
    chat.command("/profil")
    assert chat.words("welcome.fifteen") in chat.text
    assert not chat.has("questions.age.short")


def test_an_unknown_invitation_code_is_said_and_one_can_start_alone(chat: Chat) -> None:
    chat.command("/start abc123")
    assert chat.hears("welcome.unknown_code")
    chat.tap("welcome.agree")
    assert isinstance(chat.known, PersonRecord)


def test_typed_words_before_the_consent_lead_back_to_the_buttons(chat: Chat) -> None:
    chat.command("/start")
    chat.say("bonjour")
    assert chat.hears("welcome.please_choose")
    assert chat.has("welcome.agree")
    assert len(chat.said.messages) == 1


def test_a_first_message_that_is_no_command_starts_too(chat: Chat) -> None:
    chat.say("bonjour")
    assert chat.hears("welcome.first")
    assert not chat.hears("welcome.please_choose")


def test_a_visitor_is_forgotten_after_24_hours(chat: Chat, database: Store) -> None:
    chat.command("/start")
    chat.wait(timedelta(hours=24, minutes=1))
    assert database.run_sync(scan, [chat.telegram_id]) == []


def test_agreeing_on_a_screen_of_the_day_before_shows_a_fresh_one(chat: Chat) -> None:
    chat.command("/start")
    chat.wait(timedelta(days=2))
    chat.tap("welcome.agree")
    assert chat.hears("welcome.first")
    chat.tap("welcome.agree")
    assert isinstance(chat.known, PersonRecord)


def test_agreeing_twice_opens_one_profile(chat: Chat) -> None:
    chat.command("/start")
    message, button = chat.button(chat.words("welcome.agree"))
    chat.press_button(button, message)
    before = chat.record.id
    chat.press_button(button, message)
    assert chat.record.id == before
    assert chat.state("onboarding") == "first_name"


def test_a_second_start_loses_no_answer_and_opens_no_second_profile(chat: Chat) -> None:
    chat.agree()
    chat.say("Amina")
    before = chat.record.id
    chat.command("/start")
    assert chat.hears("onboarding.resumed")
    assert chat.hears("questions.job.ask")
    assert (chat.record.id, chat.record.profile.first_name) == (before, "Amina")
    assert len(chat.said.messages) == 1


def test_start_after_the_questions_greets_by_name(amina: Chat) -> None:
    amina.command("/start")
    assert amina.hears("help.hello_named")
    assert "Amina" in amina.text


def test_blocking_and_coming_back_as_a_visitor_leaves_no_trace(chat: Chat, database: Store) -> None:
    chat.command("/start")
    chat.send(Kind.BLOCKED)
    assert database.run_sync(scan, [chat.telegram_id]) == []
