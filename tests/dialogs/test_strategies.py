"""B4: three to five directions with reasons; accepted, kept for later, refused with a reason; all refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.advice.facts import StrategyAnswer
from bot.dialogs.strategies import REFUSALS
from storage import days
from tests.dialogs.chat import Chat


def kept(chat: Chat) -> dict[str, StrategyAnswer]:
    return chat.store.run_sync(days.strategy_answers, chat.record.id)


def families(chat: Chat) -> list[str]:
    """Families of the directions on the last list."""
    titles = {one.fr.title: one.family for one in chat.world.catalogue.strategies}
    return [titles[label] for label in chat.last.labels]


def test_three_to_five_directions_of_distinct_families_each_with_a_reason(amina: Chat) -> None:
    amina.command("/strategies")
    assert 3 <= len(amina.last.labels) <= 5
    assert len(set(families(amina))) == len(amina.last.labels)
    assert amina.text.count("Parce que ") == len(amina.last.labels)


def test_the_list_is_short_enough_for_a_phone(amina: Chat) -> None:
    amina.command("/strategies")
    assert len(amina.text.split()) <= 120


def test_a_direction_is_accepted_in_two_taps_in_place(amina: Chat) -> None:
    amina.command("/strategies")
    before, title = len(amina.messages), amina.last.labels[0]
    amina.press(title)
    assert amina.last.reply.title == title
    amina.tap("strategies.button.accept")
    assert amina.hears("strategies.said.accepted")
    assert amina.words("strategies.mark.accepted") in amina.text
    assert len(amina.messages) == before
    [answer] = kept(amina).values()
    assert answer.state == "accepted"


def test_a_direction_kept_for_later_is_marked_the_next_time(amina: Chat) -> None:
    amina.command("/strategies")
    amina.press(amina.last.labels[1])
    amina.tap("strategies.button.later")
    amina.command("/strategies")
    assert amina.words("strategies.mark.later") in amina.text


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_refusal_has_a_reason_and_keeps_the_family_away_for_four_weeks(amina: Chat, reason: str) -> None:
    amina.command("/strategies")
    refused = families(amina)[0]
    amina.press(amina.last.labels[0])
    amina.tap("strategies.button.refuse")
    amina.tap(f"strategies.refusal.{reason}")
    assert amina.hears("strategies.said.refused")
    [answer] = kept(amina).values()
    assert (answer.state, answer.until) == ("refused", date(2026, 12, 24))
    amina.command("/strategies")
    assert refused not in families(amina)
    amina.command("/stop")  # no action in between
    amina.wait(timedelta(days=29))
    amina.command("/strategies")
    assert refused in families(amina)


def test_every_step_leads_back(amina: Chat) -> None:
    amina.command("/strategies")
    listed = amina.text
    amina.press(amina.last.labels[0])
    amina.tap("strategies.button.refuse")
    amina.tap("questions.back")
    amina.tap("questions.back")
    assert amina.text == listed
    assert kept(amina) == {}


def test_everything_refused_is_an_honest_word_and_a_human(amina: Chat) -> None:
    amina.command("/strategies")
    for title in list(amina.last.labels):
        amina.press(title)
        amina.tap("strategies.button.refuse")
        amina.tap("strategies.refusal.not_me")
    assert amina.hears("strategies.all_refused")
    assert "Association Cap Emploi" in amina.text


def test_when_no_direction_is_left_bob_says_so(amina: Chat) -> None:
    for _ in range(30):
        amina.command("/strategies")
        if not amina.last.labels:
            break
        amina.press(amina.last.labels[0])
        amina.tap("strategies.button.refuse")
        amina.tap("strategies.refusal.not_me")
    assert amina.hears("strategies.none_left")
    assert "bonjour@exemple.org" in amina.text


def test_an_accepted_direction_is_a_reason_of_the_actions_that_follow(amina: Chat) -> None:
    amina.tap("diagnosis.agree")
    title = next(label for label in amina.last.labels if "gens" in label)
    amina.press(title)
    amina.tap("strategies.button.accept")
    amina.command("/action")
    amina.command("/pourquoi")
    assert title in amina.text


def test_an_older_list_still_works(amina: Chat) -> None:
    amina.command("/strategies")
    older = amina.last
    titles = list(older.labels)
    amina.command("/strategies")
    amina.press(titles[0])
    amina.press(titles[1], on=older)
    assert older.reply.title == titles[1]
    amina.tap("strategies.button.accept", on=older)
    assert len(kept(amina)) == 1
