"""C7, C9: a pause, a refusal and a low moment told in passing, in people's own words, in the middle of anything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.dialogs.incoming import Kind
from bot.understanding.moods import discouraged
from bot.understanding.pauses import PauseKind, told
from tests.dialogs.chat import Chat, paris

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("je suis en vacances jusqu'au 12", "2026-12-12"),
        ("pas cette semaine", "2026-11-29"),
        ("je suis absente jusqu'à lundi", "2026-11-30"),
        ("I'm on holiday until the 12th", "2026-12-12"),
        ("not this week", "2026-11-29"),
        ("je reviens dans 10 jours", "2026-12-06"),
    ],
)
def test_a_pause_told_in_passing_ends_when_it_was_said(words: str, until: str) -> None:
    assert told(words, THURSDAY).until == date.fromisoformat(until)


@pytest.mark.parametrize(
    "words", ["j'ai la grippe", "je suis malade", "I've got the flu", "mon père est mort"]
)
def test_a_pause_without_an_end_is_heard_too(words: str) -> None:
    assert told(words, THURSDAY).kind is PauseKind.OPEN


@pytest.mark.parametrize(
    "words",
    [
        "je pars lundi", "demain", "jusqu'au 12", "j'ai un entretien à l'hôpital demain", "ça me rend malade",
        "je n'ai pas eu le temps, mon fils est malade", "I'm sick of this", "c'est mort chez Lidl", "6 mois", "lundi",
        "je cherche un job pendant les vacances", "je suis en vacances ?", "ne m'écrivez plus le dimanche", "busy",
        "aide-soignante à l'hôpital", "pour l'instant rien", "je suis dispo jusqu'au 12", "je ne suis pas malade",
    ],
)  # fmt: skip
def test_what_is_no_pause_pauses_nothing(words: str) -> None:
    assert told(words, THURSDAY).kind is PauseKind.UNCLEAR


def test_a_pause_in_passing_is_confirmed_and_can_be_undone(with_action: Chat) -> None:
    due = with_action.record.next_due_at
    with_action.say("je suis en vacances jusqu'au 12")
    assert with_action.hears("settings.paused")
    assert with_action.record.status == "paused"
    assert with_action.record.next_due_at is None
    with_action.tap("settings.undo_pause")
    assert with_action.hears("settings.pause_undone")
    assert with_action.record.status == "active"
    assert with_action.record.next_due_at == due


def test_an_illness_gets_a_week_without_another_question_and_other_lengths_are_a_tap_away(
    amina: Chat,
) -> None:
    amina.say("j'ai la grippe")
    assert amina.hears("settings.paused_gently")
    assert amina.voice.date(date(2026, 12, 3)) in amina.text
    amina.tap("settings.pause3")
    assert amina.voice.date(date(2026, 11, 30)) in amina.text
    amina.say("jusqu'au 11")
    assert amina.hears("settings.paused_gently")
    assert amina.voice.date(date(2026, 12, 12)) in amina.text
    amina.say("annuler")
    assert amina.record.status == "active"


def test_undoing_a_pause_brings_the_recall_of_the_plan_back(with_action: Chat) -> None:
    with_action.say("demain 10h")
    with_action.say("je suis malade")
    with_action.tap("settings.undo_pause")
    with_action.tick_to(paris("2026-11-28 10:01"))
    assert with_action.hears("plan.recall")


def test_an_undo_that_comes_after_the_pause_undoes_nothing(amina: Chat) -> None:
    amina.say("je suis malade")
    amina.command("/reprendre")
    amina.tap("settings.undo_pause")
    assert amina.record.status == "active"
    assert amina.hears("help.stale")


def test_in_the_middle_of_a_plan_it_is_heard_where_a_moment_was_asked(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.say("pas cette semaine")
    assert with_action.record.status == "paused"


def test_as_what_may_get_in_the_way_it_is_an_answer(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.tap("plan.when.hour")
    with_action.tap("plan.where.home")
    with_action.say("je suis malade")
    assert with_action.record.status == "active"
    assert with_action.state("plan") == "fallback"


def test_in_the_first_questions_it_is_heard_and_no_name(chat: Chat) -> None:
    chat.agree()
    chat.say("je suis malade")
    assert chat.hears("settings.paused_gently")
    assert chat.record.profile.first_name is None
    chat.say("Amina")
    assert chat.record.profile.first_name == "Amina"


def test_health_stays_an_answer_to_what_is_in_the_way(chat: Chat) -> None:
    chat.agree()
    for name in ("first_name", "job", "place", "distance", "situation", "months", "experience", "diploma"):
        if chat.state("onboarding") == name or chat.state("onboarding") == "micro":
            chat.say("passer")
    while chat.state("onboarding") != "barriers":
        chat.say("passer")
    chat.say("je suis malade, ma santé")
    assert chat.record.status == "active"


def test_words_do_not_turn_a_stop_into_a_pause_that_ends(amina: Chat) -> None:
    amina.command("/stop")
    amina.say("je suis en vacances jusqu'au 12")
    assert amina.record.status == "stopped"
    assert amina.hears("day.no_next")


# Low moments


@pytest.mark.parametrize(
    "words",
    ["j'en ai marre", "à quoi bon", "sale journée", "je suis découragée", "personne ne répond", "I'm so fed up",
     "plus le moral", "j'y arriverai jamais", "ça sert à rien", "I'll never find a job"],
)  # fmt: skip
def test_low_moments_are_heard_in_peoples_words(amina: Chat, words: str) -> None:
    assert discouraged(words)
    amina.say(words)
    assert amina.hears("setback.low")
    assert amina.record.status == "active"


@pytest.mark.parametrize(
    "words",
    [
        "je ne suis pas découragée",
        "bonjour",
        "I'm not giving up",
        "c'est fait",
        "ça va mieux",
    ],
)
def test_what_is_no_low_moment(words: str) -> None:
    assert not discouraged(words)


def test_distress_stays_distress(amina: Chat) -> None:
    amina.say("j'en ai marre, je veux en finir")
    assert amina.hears("distress.reply")
    assert not amina.hears("setback.low")


def test_after_a_low_moment_the_next_action_is_a_short_one(amina: Chat) -> None:
    amina.say("sale journée")
    amina.tick_to(paris("2026-11-27 09:01"))
    opened = amina.open_action
    assert opened is not None
    assert opened.minutes <= 5
    assert not amina.hears("day.softly")


def test_a_small_step_is_the_short_version_of_the_open_action(with_action: Chat) -> None:
    with_action.say("j'en ai marre")
    with_action.tap("setback.button.small")
    assert with_action.open_action is not None
    assert with_action.open_action.easier
    assert with_action.hears("day.short_of")
    with_action.say("c'est fait")
    assert with_action.open_action is None


def test_a_small_step_without_an_open_action_is_a_short_one(amina: Chat) -> None:
    amina.say("j'en ai marre")
    amina.tap("setback.button.small")
    assert amina.open_action is not None
    assert amina.open_action.minutes <= 5


@pytest.mark.parametrize("told_first", ["j'en ai marre", "encore un refus"])
def test_a_day_of_rest_skips_one_day_and_can_be_undone(with_action: Chat, told_first: str) -> None:
    with_action.say(told_first)
    with_action.tap("setback.button.rest")
    assert with_action.hears("settings.rest")
    with_action.tick_to(paris("2026-11-28 20:00"))
    assert not with_action.said.messages
    with_action.tick_to(paris("2026-11-30 09:01"))
    assert with_action.open_action is not None


# After a refusal: normal, what it teaches, a script, a rest day


@pytest.mark.parametrize("case", ["before", "after"])
def test_the_routine_after_a_refusal(amina: Chat, case: str) -> None:
    amina.say("j'ai eu un refus")
    amina.tap("setback.button.learn")
    amina.tap(f"setback.button.{case}")
    assert amina.hears(f"setback.lesson.{case}")
    amina.tap("setback.button.write")
    payload = amina.last.reply.payload
    assert payload is not None
    assert "Amina" in payload
    amina.tap("setback.button.rest")
    assert amina.record.status == "paused"


def test_a_refusal_is_heard_in_the_middle_of_a_plan(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.say("encore un refus")
    assert with_action.hears("help.refusal_told")


# Blocked, and back after months


def test_what_waited_is_not_sent_once_the_bot_is_blocked(with_action: Chat) -> None:
    with_action.say("demain 10h")
    with_action.send(Kind.BLOCKED)
    with_action.tick_to(paris("2026-12-20 12:00"))
    assert not with_action.said.messages
    with_action.send(Kind.UNBLOCKED)
    assert with_action.record.profile.first_name == "Amina"
    with_action.tick_to(paris("2026-12-21 09:01"))
    assert with_action.said.messages


@pytest.mark.parametrize("first", ["/start", "bonjour", "unblocked"])
def test_back_after_months_nothing_is_assumed(amina: Chat, first: str) -> None:
    if first == "unblocked":
        amina.send(Kind.BLOCKED)
    amina.wait(timedelta(days=120))
    if first == "unblocked":
        amina.send(Kind.UNBLOCKED)
        first = "/start"
    if first.startswith("/"):
        amina.command(first)
    else:
        amina.say(first)
    assert amina.hears("back.ask")
    assert sum(button.dialogue == "back" for message in amina.said.messages for row in message.reply.buttons
               for button in row) == 2  # fmt: skip
    amina.tap("back.button.answers")
    assert amina.last.reply.title == amina.words("profile.title")


def test_what_they_come_back_for_is_done_first(amina: Chat) -> None:
    amina.wait(timedelta(days=120))
    amina.command("/action")
    assert amina.open_action is not None
    assert amina.hears("back.ask")
    amina.tap("back.button.same")
    assert amina.hears("back.same")
    amina.say("bonjour")
    assert not amina.hears("back.ask")


@pytest.mark.parametrize("words", ["stop", "je suis malade"])
def test_whoever_comes_back_to_leave_is_not_asked_anything(amina: Chat, words: str) -> None:
    amina.wait(timedelta(days=120))
    amina.say(words)
    assert not amina.hears("back.ask")


def test_a_plan_left_half_made_months_ago_does_not_take_the_first_words(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.tap("plan.when.hour")
    with_action.wait(timedelta(days=120))
    with_action.say("bonjour")
    assert with_action.hears("back.ask")
    assert with_action.state("plan") is None
