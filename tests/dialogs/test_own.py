"""C8: the person's own action, in their words, from the first word to yesterday's tick."""

from __future__ import annotations

import json

import pytest

from bot.advice.facts import Outcome
from bot.understanding.own_actions import own_action
from storage import days, privacy
from tests.dialogs.chat import Chat, paris

CALL = "Appeler la mairie"


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("aujourd'hui je vais appeler la mairie", "appeler la mairie"),
        ("je vais plutôt passer à la boulangerie", "passer à la boulangerie"),
        ("mon action : relire mon CV", "relire mon CV"),
        ("Today I'll call the town hall", "call the town hall"),
        ("I'll call my aunt instead", "call my aunt"),
        ("I'd rather visit the bakery", "visit the bakery"),
        ("à la place je vais refaire mon CV", "refaire mon CV"),
        ("je préfère aller à la mission locale", "aller à la mission locale"),
        ("today I'd rather call the town hall", "call the town hall"),
    ],
)
def test_own_actions_are_heard(words: str, action: str) -> None:
    assert own_action(words) == action


@pytest.mark.parametrize(
    "words", ["je vais bien", "aujourd'hui rien", "je vais plutôt me reposer", "aujourd'hui je vais mieux", "demain",
              "je vais appeler la mairie demain", "I'll do it", "mon action ?", "aujourd'hui je vais la faire"],
)  # fmt: skip
def test_what_is_no_own_action(words: str) -> None:
    assert own_action(words) is None


@pytest.mark.parametrize("way", ["with its words", "asked", "in passing"])
def test_it_takes_the_place_of_the_open_one(with_action: Chat, way: str) -> None:
    former = with_action.open_action
    if way == "with its words":
        with_action.command("/monaction appeler la mairie")
    elif way == "asked":
        with_action.command("/monaction")
        assert with_action.hears("own.ask")
        with_action.say("appeler la mairie")
    else:
        with_action.say("aujourd'hui je vais plutôt appeler la mairie")
    assert with_action.last.reply.title == CALL
    opened = with_action.open_action
    assert opened is not None
    assert former is not None
    assert (opened.own_words, opened.origin) == (CALL, "asked")
    assert with_action.actions[-2].outcome is Outcome.REPLACED


def test_it_is_planned_recalled_done_felt_and_undone(with_action: Chat) -> None:
    with_action.command("/monaction appeler la mairie")
    with_action.tap("day.button.plan")
    for key in ("when.hour", "where.home", "obstacle.phone", "fallback.tomorrow"):
        with_action.tap(f"plan.{key}")
    with_action.tick_to(paris("2026-11-27 10:30"))
    assert with_action.hears("plan.recall")
    assert with_action.last.reply.title == CALL
    with_action.tap("day.button.done")
    assert with_action.hears("day.done")
    with_action.tap("day.button.undo")
    assert with_action.open_action is not None
    with_action.say("c'est fait")
    with_action.tap("day.felt.easy")
    assert with_action.actions[-1].felt == "easy"


def test_stuck_why_and_not_for_me_have_words_of_their_own(with_action: Chat) -> None:
    with_action.command("/monaction appeler la mairie")
    with_action.command("/pourquoi")
    assert with_action.hears("own.why")
    with_action.say("je bloque")
    assert with_action.hears("own.stuck")
    with_action.say("plus simple")
    assert with_action.hears("own.stuck")
    with_action.say("pas pour moi")
    opened = with_action.open_action
    assert opened is not None
    assert opened.own_words is None


def test_the_next_day_brings_its_own_and_yesterdays_is_ticked_until_noon(with_action: Chat) -> None:
    with_action.command("/monaction appeler la mairie")
    message = with_action.last
    with_action.tick_to(paris("2026-11-28 09:01"))
    assert with_action.open_action is not None
    assert with_action.open_action.own_words is None
    with_action.press("C'est fait", on=message)
    assert with_action.actions[-2].outcome is Outcome.DONE


def test_on_the_morning_of_a_day_it_is_the_days_action(amina: Chat) -> None:
    amina.tick_to(paris("2026-11-27 08:00"))
    amina.command("/monaction appeler la mairie")
    amina.tick_to(paris("2026-11-27 20:00"))
    assert [action.origin for action in amina.actions if str(action.local_date) == "2026-11-27"] == ["asked"]


def test_it_is_nobodys_business(with_action: Chat) -> None:
    with_action.command("/monaction appeler la mairie")
    person = with_action.record.id
    past = with_action.store.run_sync(days.history, person, paris("2026-01-01 00:00").date())
    assert "own" not in {action.action_id for action in past.actions}
    kept = with_action.store.run_sync(privacy.export, person)
    assert CALL in json.dumps(kept, ensure_ascii=False)


@pytest.mark.parametrize(
    "words", ["<b>gras</b> & {first_name}", "x" * 5000, "\u202eenvers du texte", "{job} | {a|b}"]
)
def test_hostile_words_stay_words(with_action: Chat, words: str) -> None:
    with_action.checks.pop()  # a variable in their own words is theirs
    with_action.command(f"/monaction {words}")
    opened = with_action.open_action
    assert opened is not None
    assert opened.own_words is not None
    assert len(opened.own_words) <= 200
    assert "\u202e" not in opened.own_words
    with_action.command("/action")
    assert with_action.last.reply.title == opened.own_words


def test_the_question_can_be_left(with_action: Chat) -> None:
    with_action.command("/monaction")
    with_action.tap("own.rather_yours")
    assert with_action.open_action is not None
    assert with_action.open_action.own_words is None
    with_action.command("/monaction")
    with_action.say("non")
    assert with_action.state("own") == "quiet"
    with_action.command("/monaction")
    with_action.say("c'est fait")
    assert with_action.hears("day.done")


def test_a_second_one_says_what_it_replaces(amina: Chat) -> None:
    amina.say("ajoute une action : appeler la mairie")
    assert amina.hears("own.yours")
    amina.say("mon action : passer à la boulangerie")
    assert "Appeler la mairie" in amina.text
    assert amina.hears("own.replaces")
