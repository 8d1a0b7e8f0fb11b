"""B1, B7: the main obstacle said with one's own answers, the one question that decides, one's own view; and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.advice.diagnosis import diagnose
from bot.advice.explain import MIX, RECEIVED
from bot.advice.factors import Factor
from bot.advice.people import made_up
from bot.advice.profile import ObstacleId
from bot.dialogs import reasons
from bot.dialogs.questions import BY_FIELD
from bot.dialogs.turn import World
from bot.turns.loading import turn_of
from tests.dialogs.chat import Chat, answers_for, paris
from tests.dialogs.conftest import NewChat

OTHER_BUTTONS = ("diagnosis.more_views", "diagnosis.first_views", "diagnosis.never_mind")


def test_the_diagnosis_cites_two_of_ones_own_answers(amina: Chat) -> None:
    text = amina.last.text
    assert amina.hears("diagnosis.title")
    assert "12 candidatures" in text
    assert "depuis 6 mois" in text
    assert "score" not in text.lower()


def test_the_diagnosis_says_when_the_first_action_comes(amina: Chat) -> None:
    assert amina.hears("diagnosis.next_steps")
    assert "demain à 9 h" in amina.last.text
    assert len(amina.said.messages) == 2  # the last answer, and the diagnosis


def test_a_range_is_said_back_as_it_was_chosen(chat: Chat) -> None:
    chat.onboard(months="@questions.months.options.m4", applications="@questions.applications.options.10")
    assert "depuis 3 à 6 mois" in chat.last.text
    assert "10 à 19 candidatures" in chat.last.text
    chat.command("/profil")
    assert "3 à 6 mois" in chat.text


def test_agreeing_leads_to_the_directions(amina: Chat) -> None:
    amina.tap("diagnosis.agree")
    assert amina.hears("diagnosis.agreed")
    assert amina.hears("strategies.title")


def test_agreeing_twice_says_it_once(amina: Chat) -> None:
    message, button = amina.button(amina.words("diagnosis.agree"))
    amina.press_button(button, message)
    before = len(amina.messages)
    amina.press_button(button, message)
    assert len(amina.messages) == before
    assert amina.said.toast is not None


@pytest.mark.parametrize("how", ["button", "words"])
def test_another_view_is_taken_and_used(amina: Chat, how: str) -> None:
    amina.tap("diagnosis.differ")
    while not any("démarrage" in label for label in amina.last.labels):
        amina.tap("diagnosis.more_views")
    label = next(label for label in amina.last.labels if "démarrage" in label)
    if how == "button":
        amina.press(label)
    else:
        amina.say(label.lower())
    assert amina.record.profile.own_view is ObstacleId.START_YOUR_SEARCH
    assert amina.hears("diagnosis.view_taken")
    assert amina.hears("strategies.title")


def test_all_views_are_offered_a_few_at_a_time_the_likeliest_first(amina: Chat) -> None:
    amina.tap("diagnosis.differ")
    first = amina.last.labels
    amina.tap("diagnosis.more_views")
    second = amina.last.labels
    names = [label for label in (*first, *second) if label not in {*map(amina.words, OTHER_BUTTONS)}]
    assert len(first) <= 8
    assert len(second) <= 8
    assert len(names) == len(set(names)) == len(ObstacleId)
    assert names[-1] == "L'accès aux entretiens"  # what Bob said himself comes last
    amina.tap("diagnosis.first_views")
    assert amina.last.labels == first


def test_a_view_that_is_not_shown_may_still_be_typed(amina: Chat) -> None:
    amina.tap("diagnosis.differ")
    assert "Le diplôme demandé" not in amina.last.labels
    amina.say("le diplôme demandé")
    assert amina.record.profile.own_view is ObstacleId.MISSING_DIPLOMA


def test_an_unclear_view_is_asked_again_and_can_be_dropped(amina: Chat) -> None:
    amina.tap("diagnosis.differ")
    amina.say("la météo")
    assert amina.hears("questions.unclear")
    amina.say("non")
    assert amina.hears("diagnosis.view_kept")
    assert amina.record.profile.own_view is None


def test_one_question_decides_when_an_answer_is_missing(chat: Chat) -> None:
    chat.onboard(barriers="pas d'annonces")  # the number of adverts seen would decide
    assert "leads" in chat.record.profile.skipped  # asked, and skipped on the way
    asked = [message for message in chat.messages if chat.words("diagnosis.one_question") in message.text]
    assert len(asked) == 1


@pytest.mark.parametrize("answer", ["@questions.leads.options.1", "une seule"])
def test_the_deciding_question_takes_buttons_and_words(new_chat: NewChat, answer: str) -> None:
    chat = new_chat()
    chat.agree()
    for name, given in answers_for("fr", barriers="pas d'annonces"):
        if chat.state("onboarding") == name:
            chat.answer(given)
    assert chat.hears("questions.leads.ask")
    chat.say("euh")
    assert chat.hears("questions.unclear")
    chat.answer(answer)
    assert chat.record.profile.leads == 1
    assert chat.hears("diagnosis.title")


# Why


def test_why_tells_the_reasons_and_what_came_second(with_action: Chat) -> None:
    action = with_action.last.reply.title
    with_action.command("/pourquoi")
    assert with_action.last.reply.title == action
    assert "Parce que " in with_action.text
    assert with_action.hears("why.second")
    assert with_action.hears("why.correct")


def test_why_without_an_open_action_says_how_to_get_one(with_action: Chat) -> None:
    with_action.say("c'est fait")
    with_action.command("/pourquoi")
    assert with_action.hears("why.nothing_open")


def test_why_is_understood_in_every_register_for_many_days(amina: Chat) -> None:
    for day, label in ((27, "Français, tu"), (28, "English"), (30, "Français, vous")):
        amina.command("/langue")
        amina.press(label)
        amina.tick_to(paris(f"2026-11-{day} 09:01"))
        amina.command("/pourquoi")
        assert amina.hears("why.correct")


def test_every_second_reason_has_its_words(world: World) -> None:
    for cause in (RECEIVED, MIX, *Factor):
        phrase = world.catalogue.diagnosis.general[f"second_{cause}"]
        assert phrase.of("fr")
        assert phrase.of("en")


def test_a_reason_of_another_time_is_left_out(amina: Chat) -> None:
    record = amina.record
    turn = amina.store.run_sync(lambda conn: turn_of(conn, record, amina.world, amina.now))
    assert reasons.reason(turn, "condition:gone_since(3)") is None
    assert reasons.reason(turn, "strategy:gone-since") is None
    assert reasons.reason(turn, "nonsense") is None
    assert reasons.because(turn, ["condition:gone_since(3)"]) is None


def test_whatever_may_decide_has_a_question_and_any_answer_moves_the_diagnosis_on() -> None:
    for who in made_up(150, 5):
        found = diagnose(who)
        for name in found.missing:
            assert name in BY_FIELD
        if not found.missing:
            continue
        question = BY_FIELD[found.missing[0]]
        for code in question.options:
            values = question.chosen({code}) if question.several else question.options[code]
            after = diagnose(replace(who, profile=who.profile.with_answers(**values)))
            assert found.missing[0] not in after.missing
