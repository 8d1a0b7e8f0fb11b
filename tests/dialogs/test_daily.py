"""C1, C2, C4: one open action a local day, its message, and each answer with its consequence."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.advice.facts import Outcome, Refusal
from bot.dialogs import reasons
from tests.dialogs.chat import Chat, paris


def test_the_push_comes_at_the_chosen_hour_with_the_whole_action(amina: Chat) -> None:
    amina.tick_to(paris("2026-11-27 08:59"))
    assert amina.open_action is None
    amina.tick_to(paris("2026-11-27 09:00"))
    [message] = amina.said.messages
    action = amina.open_action
    assert action is not None
    assert action.origin == "push"
    assert message.bulk
    assert message.reply.title
    assert f"{action.minutes} minutes" in message.text
    for key in ("done", "plan", "later", "easier", "refuse", "stuck"):
        assert amina.has(f"day.button.{key}")


def test_the_message_has_sixty_words_or_fewer_before_its_payload(amina: Chat) -> None:
    for day in ("27", "28", "30"):
        amina.tick_to(paris(f"2026-11-{day} 09:01"))
        reply = amina.last.reply
        assert len(f"{reply.title} {reply.text}".split()) <= 60


def test_the_reason_is_theirs(with_action: Chat) -> None:
    assert with_action.last.text.split("\n")[1].startswith("Parce que ")


def test_nothing_comes_on_sundays(amina: Chat) -> None:
    amina.tick_to(paris("2026-11-30 08:00"))
    assert [str(action.local_date) for action in amina.actions] == ["2026-11-26", "2026-11-27", "2026-11-28"]


def test_a_new_days_action_takes_the_place_of_an_unanswered_one(with_action: Chat) -> None:
    with_action.tick_to(paris("2026-11-28 09:01"))
    former, today = with_action.actions[-2:]
    assert (former.outcome, today.outcome) == (Outcome.EXPIRED, Outcome.OPEN)


# Done


def test_done_asks_how_it_was_in_one_tap(with_action: Chat) -> None:
    with_action.tap("day.button.done")
    assert with_action.open_action is None
    assert with_action.actions[-1].outcome is Outcome.DONE
    assert with_action.hears("day.done")
    with_action.tap("day.felt.easy")
    assert with_action.actions[-1].felt == "easy"
    assert with_action.hears("day.thanks.easy")
    assert with_action.has("day.button.another")


@pytest.mark.parametrize(("typed", "felt"), [("facile", "easy"), ("ça va", "fine"), ("c'était dur", "hard")])
def test_how_it_was_can_be_typed(with_action: Chat, typed: str, felt: str) -> None:
    with_action.say("c'est fait")
    with_action.say(typed)
    assert with_action.actions[-1].felt == felt


def test_the_answered_message_loses_its_buttons_and_keeps_its_text(with_action: Chat) -> None:
    pushed = with_action.last
    with_action.tap("day.button.done")
    assert pushed.reply.buttons == ()
    assert pushed.reply.title
    assert with_action.words("day.note.done") in pushed.text


def test_done_can_be_undone(with_action: Chat) -> None:
    with_action.tap("day.button.done")
    with_action.tap("day.button.undo")
    assert with_action.open_action is not None
    assert with_action.hears("day.undone")
    with_action.tap("day.button.done")
    assert with_action.open_action is None


def test_undo_can_be_typed(with_action: Chat) -> None:
    former = with_action.open_action
    with_action.say("c'est fait")
    with_action.say("annuler")
    assert with_action.hears("day.undone_typed")
    assert former is not None
    assert with_action.open_action is not None
    assert with_action.open_action.id == former.id


def test_done_cannot_be_undone_once_another_one_is_open(with_action: Chat) -> None:
    with_action.tap("day.button.done")
    asked = with_action.last
    with_action.command("/action")
    opened = with_action.open_action
    with_action.tap("day.button.undo", on=asked)
    assert with_action.hears("help.stale")
    assert with_action.open_action == opened


def test_a_hard_action_makes_the_next_ones_smaller(with_action: Chat) -> None:
    with_action.tap("day.button.done")
    with_action.tap("day.felt.hard")
    assert with_action.hears("day.thanks.hard")
    assert not with_action.hears("later.intro")


def test_yesterdays_action_can_be_ticked_until_noon(with_action: Chat) -> None:
    yesterday = with_action.last
    with_action.tick_to(paris("2026-11-28 11:59"))
    today = with_action.open_action
    with_action.tap("day.button.done", on=yesterday)
    assert [action.outcome for action in with_action.actions[-2:]] == [Outcome.DONE, Outcome.OPEN]
    assert with_action.open_action == today
    assert with_action.hears("day.done")
    assert not with_action.has("day.button.undo")
    with_action.tap("day.felt.fine")
    assert with_action.actions[-2].felt == "fine"


def test_saturdays_action_can_be_ticked_on_monday_until_noon(with_action: Chat) -> None:
    with_action.say("bonjour")
    with_action.tick_to(paris("2026-11-28 09:01"))
    saturdays = with_action.last
    with_action.tick_to(paris("2026-11-30 11:59"))
    with_action.tap("day.button.done", on=saturdays)
    assert with_action.hears("day.done")
    assert with_action.actions[-2].outcome is Outcome.DONE


def test_after_noon_yesterdays_action_is_over(with_action: Chat) -> None:
    yesterday = with_action.last
    with_action.tick_to(paris("2026-11-28 12:01"))
    with_action.tap("day.button.done", on=yesterday)
    assert with_action.hears("help.stale")
    assert with_action.actions[-2].outcome is Outcome.EXPIRED


def test_an_action_that_nothing_replaced_can_be_done_days_later(with_action: Chat) -> None:
    with_action.command("/moins")
    with_action.tap("settings.weekly")
    with_action.tick_to(paris("2026-11-29 20:00"))
    with_action.say("c'est fait")
    assert with_action.actions[-1].outcome is Outcome.DONE


# Easier, stuck


def test_easier_is_a_shorter_action_in_the_same_message(with_action: Chat) -> None:
    pushed, before = with_action.last, len(with_action.messages)
    action = with_action.open_action
    assert action is not None
    with_action.tap("day.button.easier")
    assert len(with_action.messages) == before
    item = with_action.world.catalogue.action(action.catalogue_id)
    assert f"{item.easier_minutes} minute" in pushed.text
    assert not with_action.has("day.button.easier")
    assert with_action.actions[-1].easier


def test_easier_typed_again_says_the_short_version_again(with_action: Chat) -> None:
    with_action.say("plus simple")
    first = with_action.last.reply.title
    with_action.say("plus simple")
    assert with_action.last.reply.title == first


def test_stuck_helps_with_a_first_step_and_a_person_to_talk_to(with_action: Chat) -> None:
    with_action.tap("day.button.stuck")
    assert with_action.hears("day.stuck")
    assert "Association Cap Emploi" in with_action.text
    assert with_action.actions[-1].stuck
    assert with_action.open_action is not None


# Not for me


@pytest.mark.parametrize("reason", list(Refusal))
def test_each_reason_is_kept_and_answered(with_action: Chat, reason: Refusal) -> None:
    with_action.tap("day.button.refuse")
    assert with_action.hears("day.why_not")
    with_action.tap(f"day.refusal.{reason.value}")
    action = with_action.actions[-1]
    assert (action.outcome, action.refusal) == (Outcome.REFUSED, reason)
    assert with_action.hears(f"day.refused.{reason.value}")
    assert with_action.has("day.button.another")


def refuse(chat: Chat, reason: Refusal) -> str:
    """Refuse the open action; returns its id in the catalogue."""
    action = chat.open_action
    assert action is not None
    chat.tap("day.button.refuse")
    chat.tap(f"day.refusal.{reason.value}")
    return action.catalogue_id


def _next_days(chat: Chat, days: int) -> list[str]:
    """Catalogue ids of the actions pushed on the following days, each one done."""
    found = []
    for _ in range(days):
        before = len(chat.actions)
        chat.wait(timedelta(days=1))
        found += [action.catalogue_id for action in chat.actions[before:]]
        if chat.open_action is not None:
            chat.say("c'est fait")
    return found


def test_too_long_means_ten_minutes_at_most_for_a_week(with_action: Chat) -> None:
    refuse(with_action, Refusal.TOO_LONG)
    items = [with_action.world.catalogue.action(name) for name in _next_days(with_action, 6)]
    assert items
    assert all(item.minutes <= 10 for item in items)


def test_too_hard_means_small_efforts_for_the_next_days(with_action: Chat) -> None:
    refuse(with_action, Refusal.TOO_HARD)
    items = [with_action.world.catalogue.action(name) for name in _next_days(with_action, 2)]
    assert [item.effort for item in items] == ["small"] * len(items)
    assert items


def test_already_done_and_not_my_situation_keep_the_action_away(with_action: Chat) -> None:
    first = refuse(with_action, Refusal.ALREADY_DONE)
    with_action.tap("day.button.another")
    second = refuse(with_action, Refusal.NOT_MY_SITUATION)
    assert not {first, second} & set(_next_days(with_action, 21))


def test_dislike_keeps_that_family_away(with_action: Chat) -> None:
    refused = refuse(with_action, Refusal.DISLIKE)
    family = with_action.world.catalogue.action(refused).family
    came = [with_action.world.catalogue.action(name).family for name in _next_days(with_action, 12)]
    assert came
    assert family not in came


def test_keeping_it_after_all_keeps_it(with_action: Chat) -> None:
    with_action.tap("day.button.refuse")
    with_action.tap("day.button.keep")
    assert with_action.hears("day.kept")
    assert with_action.open_action is not None


@pytest.mark.parametrize(
    ("typed", "reason"), [("trop long", "too_long"), ("déjà fait", "already_done"), ("trop dur", "too_hard")]
)
def test_the_reason_can_be_typed(with_action: Chat, typed: str, reason: str) -> None:
    with_action.say("pas pour moi")
    with_action.say(typed)
    assert with_action.actions[-1].refusal == reason


def test_an_unclear_reason_brings_the_reasons_again(with_action: Chat) -> None:
    with_action.tap("day.button.refuse")
    with_action.say("mon chat dort")
    assert with_action.hears("questions.unclear")
    assert with_action.hears("day.why_not")


def test_an_unclear_reason_of_yesterday_is_not_about_todays_action(with_action: Chat) -> None:
    with_action.tap("day.button.refuse")
    with_action.tick_to(paris("2026-11-28 09:01"))
    with_action.say("trop long")
    assert with_action.open_action is not None
    assert with_action.actions[-1].refusal is None


# Later, another


@pytest.mark.parametrize(
    ("code", "expected"),
    [("in2h", "2026-11-27 11:01"), ("evening", "2026-11-27 18:00"), ("tomorrow", "2026-11-28 09:00")],
)
def test_later_says_the_action_again_at_the_moment_chosen(
    with_action: Chat, code: str, expected: str
) -> None:
    with_action.tap("day.button.later")
    with_action.tap(f"day.later.{code}")
    assert with_action.hears("day.later_said.when")
    with_action.tick_to(paris(expected) - timedelta(minutes=1))
    assert not with_action.said.messages
    with_action.tick_to(paris(expected))
    [message] = with_action.said.messages
    assert message.purpose == "recall"
    assert with_action.has("day.button.not_yet")


def test_later_tomorrow_is_tomorrows_message_and_not_one_more(with_action: Chat) -> None:
    with_action.tap("day.button.later")
    with_action.tap("day.later.tomorrow")
    with_action.tick_to(paris("2026-11-28 20:00"))
    assert len(with_action.said.messages) == 1
    assert with_action.actions[-1].outcome is Outcome.OPEN


def test_later_without_a_reminder_is_just_kept(with_action: Chat) -> None:
    with_action.tap("day.button.later")
    with_action.tap("day.later.nothing")
    assert with_action.hears("day.later_said.nothing")
    with_action.tick_to(paris("2026-11-27 23:00"))
    assert not with_action.said.messages


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("demain 14h", "2026-11-28 14:00"),
        ("ce soir", "2026-11-27 18:00"),
        ("demain", "2026-11-28 09:00"),
        ("à 17h30", "2026-11-27 17:30"),
    ],
)
def test_a_moment_can_just_be_typed(with_action: Chat, typed: str, expected: str) -> None:
    with_action.say(typed)
    assert with_action.hears("day.later_said.when")
    with_action.tick_to(paris(expected))
    assert with_action.said.messages[-1].purpose == "recall"


@pytest.mark.parametrize("typed", ["5", "il y a un train demain à 10h", "12"])
def test_a_number_or_a_story_is_no_moment(with_action: Chat, typed: str) -> None:
    with_action.say(typed)
    assert with_action.hears("help.not_understood")


def test_now_keeps_the_action(with_action: Chat) -> None:
    with_action.say("maintenant")
    assert with_action.hears("day.kept")


def test_another_one_replaces_the_open_one_when_asked_in_words(with_action: Chat) -> None:
    former = with_action.open_action
    with_action.say("une autre")
    assert former is not None
    assert with_action.open_action is not None
    assert with_action.open_action.catalogue_id != former.catalogue_id
    assert with_action.actions[-2].outcome is Outcome.REPLACED


def test_yes_and_no_after_the_push_keep_it_or_ask_what_to_do(with_action: Chat) -> None:
    with_action.say("ok")
    assert with_action.hears("day.kept")
    assert with_action.open_action is not None
    with_action.say("non")
    assert with_action.hears("day.not_yet")
    with_action.tap("day.button.change")
    assert with_action.actions[-2].outcome is Outcome.REPLACED


@pytest.mark.parametrize(
    "typed",
    ["Je n'ai pas eu le temps, mon mari est souffrant.", "sorry i forgot, it was my sister's birthday"],
)
def test_a_reason_for_not_having_done_it_is_met_with_the_same_kindness(with_action: Chat, typed: str) -> None:
    with_action.say(typed)
    assert with_action.hears("day.not_yet")


def test_words_about_an_action_when_none_is_open_say_so(with_action: Chat) -> None:
    with_action.say("c'est fait")
    with_action.tap("day.felt.fine")
    with_action.say("je bloque")
    assert with_action.hears("day.nothing_open")


# /action


def test_action_says_the_open_one_again(with_action: Chat) -> None:
    with_action.command("/action")
    assert with_action.last.reply.title == with_action.messages[-2].reply.title
    assert len(with_action.actions) == 2


def test_action_after_it_is_done_gives_another_one(with_action: Chat) -> None:
    with_action.say("c'est fait")
    with_action.command("/action")
    assert with_action.open_action is not None
    assert with_action.open_action.origin == "asked"


def test_action_before_the_push_is_the_days_action(amina: Chat) -> None:
    amina.tick_to(paris("2026-11-27 07:30"))
    amina.command("/action")
    amina.tick_to(paris("2026-11-27 20:00"))
    assert not amina.said.messages
    assert [action.origin for action in amina.actions] == ["micro", "asked"]


def test_action_when_everything_was_refused_says_so_honestly(amina: Chat) -> None:
    for _ in range(40):
        amina.command("/action")
        if amina.open_action is None:
            break
        refuse(amina, Refusal.DISLIKE)
    assert amina.hears("day.nothing_fits")
    assert "Association Cap Emploi" in amina.text


def test_a_push_that_has_nothing_to_offer_says_so_once_a_week_at_most(amina: Chat) -> None:
    for _ in range(40):
        amina.command("/action")
        if amina.open_action is None:
            break
        refuse(amina, Refusal.DISLIKE)
    amina.tick_to(paris("2026-12-02 20:00"))
    assert [message.text for message in amina.said.messages] == [
        amina.words("day.nothing_fits", operator="Association Cap Emploi", contact="bonjour@exemple.org")
    ]


def test_counts_told_months_ago_are_not_said_any_more(amina: Chat) -> None:
    view = SimpleNamespace(told_on={"applications": amina.now.date()}, applications=12)
    turn = SimpleNamespace(profile=view, facts=SimpleNamespace(profile=view), today=amina.now.date())
    assert not reasons._is_stale(turn, "applications")  # type: ignore[arg-type]
    turn.today += timedelta(days=43)
    assert reasons._is_stale(turn, "applications")  # type: ignore[arg-type]
