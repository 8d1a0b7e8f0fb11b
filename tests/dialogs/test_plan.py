"""C3, C3b: when, where, "if ... then": four taps at most, quoted back at the moment that was chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dialogs.plan import CHOICES
from storage import days
from storage.days import PlanRow
from tests.dialogs.chat import Chat, Message, paris


def plan_of(chat: Chat) -> PlanRow | None:
    return chat.store.run_sync(days.plan_of, chat.actions[-1].id)


def recalls(chat: Chat) -> list[Message]:
    return [message for message in chat.messages if message.purpose == "recall"]


def make_plan(chat: Chat) -> None:
    chat.tap("day.button.plan")
    chat.tap("plan.when.hour")
    chat.tap("plan.where.library")
    chat.tap("plan.obstacle.tired")
    chat.tap("plan.fallback.short")


def test_four_taps_make_a_plan_which_is_said_back(with_action: Chat) -> None:
    make_plan(with_action)
    assert with_action.hears("plan.noted")
    for key in ("plan.where.library_clause", "plan.obstacle.tired_clause", "plan.fallback.short_clause"):
        assert with_action.words(key) in with_action.last.text
    plan = plan_of(with_action)
    assert plan is not None
    assert (plan.place, plan.obstacle, plan.fallback) == ("library", "tired", "short")


def test_the_plan_is_quoted_back_at_its_moment_with_a_done_prompt(with_action: Chat) -> None:
    make_plan(with_action)
    with_action.tick_to(paris("2026-11-27 10:04"))
    assert not with_action.said.messages
    with_action.tick_to(paris("2026-11-27 10:06"))
    assert with_action.hears("plan.recall")
    assert with_action.words("plan.where.library_clause") in with_action.text
    assert "10 h 05" in with_action.text
    for key in ("done", "not_yet", "easier"):
        assert with_action.has(f"day.button.{key}")
    with_action.tap("day.button.done")
    assert with_action.hears("day.done")


@pytest.mark.parametrize(
    ("typed", "heard"), [("oui", "day.done"), ("pas encore", "day.not_yet"), ("non", "day.not_yet")]
)
def test_the_prompt_takes_a_typed_yes_or_no(with_action: Chat, typed: str, heard: str) -> None:
    make_plan(with_action)
    with_action.tick_to(paris("2026-11-27 10:06"))
    with_action.say(typed)
    assert with_action.hears(heard)


def test_not_yet_keeps_lightens_or_changes(with_action: Chat) -> None:
    make_plan(with_action)
    with_action.tick_to(paris("2026-11-27 10:06"))
    with_action.tap("day.button.not_yet")
    for key in ("keep", "easier", "change"):
        assert with_action.has(f"day.button.{key}")
    with_action.tap("day.button.easier")
    assert with_action.actions[-1].easier


@pytest.mark.parametrize("skipped_at", ["when", "where", "obstacle", "fallback"])
def test_a_plan_can_be_cut_short_anywhere(with_action: Chat, skipped_at: str) -> None:
    with_action.tap("day.button.plan")
    taps = {"when": "plan.when.hour", "where": "plan.where.home", "obstacle": "plan.obstacle.forget"}
    for step, key in taps.items():
        if step == skipped_at:
            break
        with_action.tap(key)
    with_action.tap("plan.no_plan" if skipped_at == "when" else "plan.enough")
    assert with_action.hears("plan.without" if skipped_at == "when" else "plan.noted")
    assert (plan_of(with_action) is None) == (skipped_at == "when")
    assert with_action.open_action is not None
    assert with_action.state("plan") is None


def test_each_step_of_a_plan_leads_back(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.tap("plan.when.hour")
    with_action.tap("plan.where.home")
    with_action.tap("questions.back")
    assert with_action.hears("plan.where.ask")
    with_action.say("retour")
    assert with_action.hears("plan.when.ask")


def test_a_plan_can_be_typed_in_ones_own_words(with_action: Chat) -> None:
    with_action.say("je planifie")
    with_action.say("demain 10h")
    with_action.say("au café de la gare")
    with_action.say("il pleut")
    with_action.say("j'appelle ma sœur")
    assert "au café de la gare" in with_action.text
    assert "demain à 10 h" in with_action.text
    with_action.tick_to(paris("2026-11-28 10:00"))
    assert "il pleut" in recalls(with_action)[-1].text
    assert len(recalls(with_action)) == 1


def test_a_typed_choice_counts_as_its_button(with_action: Chat) -> None:
    with_action.say("je planifie")
    with_action.say("ce soir")
    with_action.say(with_action.words("plan.where.home").lower())
    with_action.tap("plan.enough")
    plan = plan_of(with_action)
    assert plan is not None
    assert plan.place == "home"


def test_an_unclear_moment_is_asked_again(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.say("un de ces jours")
    assert with_action.hears("plan.when.unclear")
    assert with_action.hears("plan.when.ask")


def test_now_needs_no_recall(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.tap("plan.when.now")
    with_action.tap("plan.enough")
    assert with_action.hears("plan.noted_now")
    with_action.tick_to(paris("2026-11-27 23:59"))
    assert not recalls(with_action)


@pytest.mark.parametrize("typed", ["demain 6h30", "demain 22h"])
def test_a_recall_comes_at_the_hour_named_even_early_or_late(with_action: Chat, typed: str) -> None:
    with_action.tap("day.button.plan")
    with_action.say(typed)
    with_action.tap("plan.enough")
    at = paris("2026-11-28 06:30" if "6h30" in typed else "2026-11-28 22:00")
    with_action.tick_to(at - timedelta(minutes=1))
    assert not recalls(with_action)
    with_action.tick_to(at)
    assert len(recalls(with_action)) == 1


def test_a_planned_action_is_the_next_days_and_no_push_comes_besides(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.say("demain 15h")
    with_action.tap("plan.enough")
    with_action.tick_to(paris("2026-11-28 20:00"))
    assert [message.purpose for message in with_action.said.messages] == ["recall"]


def test_no_recall_comes_once_it_is_done(with_action: Chat) -> None:
    make_plan(with_action)
    with_action.say("c'est fait")
    with_action.tick_to(paris("2026-11-27 12:00"))
    assert not recalls(with_action)


def test_undoing_brings_the_recall_back(with_action: Chat) -> None:
    make_plan(with_action)
    with_action.say("c'est fait")
    with_action.tap("day.button.undo")
    with_action.tick_to(paris("2026-11-27 12:00"))
    assert len(recalls(with_action)) == 1


def test_two_recalls_a_day_at_most(with_action: Chat) -> None:
    for hour in ("11h", "12h", "13h"):
        with_action.command("/action")
        with_action.say(hour)
        with_action.tick_to(paris(f"2026-11-27 {hour[:2]}:01"))
    assert len(recalls(with_action)) == 2


def test_done_while_planning_ends_the_planning(with_action: Chat) -> None:
    pushed = with_action.last
    with_action.tap("day.button.plan")
    with_action.tap("day.button.done", on=pushed)
    assert with_action.state("plan") is None
    with_action.say("à la maison")
    assert plan_of(with_action) is None
    assert with_action.hears("help.not_understood")


@pytest.mark.parametrize("typed", ["c'est fait", "une autre", "je bloque", "plus simple"])
def test_an_answer_to_the_action_itself_is_heard_while_planning(with_action: Chat, typed: str) -> None:
    with_action.tap("day.button.plan")
    with_action.say(typed)
    assert with_action.state("plan") is None
    assert not with_action.hears("plan.when.unclear")


def test_a_plan_of_an_action_that_a_new_day_closed_is_not_kept(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.tap("plan.when.hour")
    with_action.tick_to(paris("2026-11-28 09:01"))
    with_action.tap("plan.where.home")
    assert with_action.hears("help.stale")
    assert plan_of(with_action) is None


def test_a_moment_offered_yesterday_means_what_it_said(with_action: Chat) -> None:
    """ "Demain à 10 h", pressed after midnight, is still that morning."""
    with_action.tap("day.button.plan")
    label = next(label for label in with_action.buttons if "10 h" in label)
    with_action.tick_to(paris("2026-11-28 00:30"))
    with_action.press(label)
    with_action.tap("plan.enough")
    plan = plan_of(with_action)
    assert plan is not None
    assert str(plan.local_when) == "2026-11-28 10:00:00"


def test_a_moment_that_has_passed_is_stale(with_action: Chat) -> None:
    with_action.command("/moins")
    with_action.tap("settings.weekly")
    with_action.tap("day.button.plan")
    label = next(label for label in with_action.buttons if "18 h" in label)
    with_action.tick_to(paris("2026-11-27 19:00"))
    with_action.press(label)
    assert with_action.hears("help.stale")


def test_every_choice_has_its_words_in_every_register(with_action: Chat) -> None:
    for step, codes in CHOICES.items():
        for code in codes:
            assert with_action.words(f"plan.{step}.{code}")
            assert with_action.words(f"plan.{step}.{code}_clause")


def test_a_plan_that_was_only_begun_is_recalled_at_its_moment_all_the_same(with_action: Chat) -> None:
    with_action.tap("day.button.plan")
    with_action.say("ce soir 19h")
    with_action.tap("plan.where.home")  # and then nothing more
    with_action.tick_to(paris("2026-11-27 19:00"))
    assert with_action.last.purpose == "recall"
    assert with_action.words("plan.where.home_clause") in with_action.text
    assert with_action.state("plan") is None
    with_action.tap("day.button.done")
    assert with_action.hears("day.done")
