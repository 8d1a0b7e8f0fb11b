"""C6: quieter step by step, said kindly; any sign of life begins again at the top; nothing counts while paused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.advice.profile import Profile
from bot.dialogs import silence
from bot.dialogs.incoming import Kind
from bot.dialogs.silence import Rung
from tests.dialogs.chat import Chat, Message, paris


def pushed(chat: Chat) -> list[Message]:
    return [message for message in chat.messages if message.bulk]


def test_the_ladder_goes_down_to_a_kind_closing_and_then_nothing(amina: Chat) -> None:
    amina.tick_to(paris("2027-04-30 12:00"))
    messages = pushed(amina)
    assert len(messages) == 11
    for place, key in ((2, "smaller"), (4, "every_three"), (7, "weekly"), (10, "closing")):
        assert amina.words(f"silence.{key}") in messages[place].text
    assert amina.record.unanswered == Rung.SILENT
    assert amina.record.next_due_at is None


@pytest.mark.parametrize("silent_until", ["2026-12-05", "2026-12-20", "2027-02-01"])
def test_one_word_brings_the_daily_actions_back_the_next_day_at_their_hour(
    amina: Chat, silent_until: str
) -> None:
    amina.tick_to(paris(f"{silent_until} 15:00"))
    amina.say("bonjour")
    assert amina.record.unanswered == 0
    before = len(pushed(amina))
    amina.tick_to(paris(f"{silent_until} 15:00") + timedelta(days=4))
    assert len(pushed(amina)) >= before + 3
    assert all(message.at.astimezone(paris("2026-12-01 00:00").tzinfo).hour == 9 for message in pushed(amina))


@pytest.mark.parametrize(
    "sign", ["press", "word", "command", "photo"], ids=["a button", "a word", "a command", "a photo"]
)
def test_any_sign_of_life_counts(amina: Chat, sign: str) -> None:
    amina.tick_to(paris("2026-12-02 10:00"))
    assert amina.record.unanswered >= 4
    if sign == "press":
        amina.tap("day.button.stuck")
    elif sign == "word":
        amina.say("?")
    elif sign == "command":
        amina.command("/aide")
    else:
        amina.send(Kind.PHOTO)
    assert amina.record.unanswered == 0


def test_the_closing_can_be_answered_with_a_tap_both_ways(amina: Chat) -> None:
    amina.tick_to(paris("2027-02-01 12:00"))
    amina.tap("settings.resume")
    assert amina.hears("settings.resumed")
    assert amina.record.next_due_at == paris("2027-02-02 09:00")


def test_leaving_it_there_stops_and_keeps_the_profile(amina: Chat) -> None:
    amina.tick_to(paris("2027-01-20 12:00"))
    amina.tap("silence.leave_it")
    assert amina.record.status == "stopped"
    assert amina.hears("settings.stopped_kept")
    amina.wait(timedelta(days=60))
    assert not amina.said.messages


def test_after_two_unanswered_the_action_is_a_small_one(amina: Chat) -> None:
    amina.tick_to(paris("2026-12-01 10:00"))
    pushes = [action for action in amina.actions if action.origin == "push"]
    assert all(action.minutes <= 5 for action in pushes[2:])


def test_nothing_is_counted_during_a_pause(amina: Chat) -> None:
    amina.command("/moins")
    amina.tap("settings.pause30")
    amina.tick_to(paris("2026-12-26 08:00"))
    assert amina.record.unanswered == 0
    amina.tick_to(paris("2026-12-29 10:00"))
    assert amina.record.unanswered == len(pushed(amina)) == 3


def test_a_message_that_could_not_leave_does_not_count(amina: Chat) -> None:
    assert amina.record.unanswered == 0
    amina.send(Kind.BLOCKED)
    amina.tick_to(paris("2026-12-20 10:00"))
    assert amina.record.unanswered == 0


@pytest.mark.parametrize(
    ("unanswered", "days"), [(0, 1), (1, 1), (2, 1), (3, 1), (4, 3), (6, 3), (7, 7), (9, 7), (10, 7)]
)
def test_days_between_two_messages(unanswered: int, days: int) -> None:
    every_day = Profile(days=frozenset(range(1, 8)), public_holidays=True)
    taken, now = date(2026, 11, 27), paris("2026-11-27 10:00")
    due = silence.next_due(every_day, now, taken, unanswered)
    assert due is not None
    assert due.astimezone(now.tzinfo).date() == taken + timedelta(days=days)


def test_weekly_means_the_next_chosen_day(amina: Chat) -> None:
    tuesdays = Profile(days=frozenset({2}))
    due = silence.next_due(tuesdays, paris("2026-12-01 10:00"), date(2026, 12, 1), 8)
    assert due == paris("2026-12-08 09:00")
