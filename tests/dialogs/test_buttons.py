"""F5, C4: stale, forged, other people's and twice-pressed buttons: an answer each time, and one effect exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.replies import Button
from bot.turns.handling import one_turn
from storage.engine import Store
from tests.dialogs.chat import Chat, Message, paris
from tests.dialogs.conftest import NewChat

TABLES = ("person", "dialogue", "action", "plan", "day", "strategy_answer", "consent")


def everything(conn: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: [tuple(row) for row in conn.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2")]
        for table in TABLES
    }


FACTS = ("action", "plan", "day", "strategy_answer", "consent")


def facts(chat: Chat) -> dict[str, list[tuple[object, ...]]]:
    """What counts: all but the places in conversations and the times of the last visit."""
    found = chat.store.run_sync(everything)
    return {table: found[table] for table in FACTS}


def grab(chat: Chat, key: str) -> tuple[Message, Button]:
    return chat.button(chat.words(key))


@pytest.mark.parametrize(
    "key",
    [
        "day.button.done",
        "day.button.easier",
        "day.button.stuck",
        "day.button.refuse",
        "day.button.later",
        "day.button.plan",
    ],
)
@pytest.mark.parametrize("pause", [timedelta(), timedelta(minutes=5)])
def test_each_answer_pressed_twice_has_one_effect(with_action: Chat, key: str, pause: timedelta) -> None:
    message, button = grab(with_action, key)
    with_action.press_button(button, message)
    before, count = facts(with_action), len(with_action.messages)
    with_action.wait(pause)
    with_action.press_button(button, message)
    assert facts(with_action) == before
    assert with_action.said
    if not pause:
        assert len(with_action.messages) == count
        assert with_action.said.toast is not None


@pytest.mark.parametrize(
    "taps",
    [
        ("day.button.done", "day.felt.easy"),
        ("day.button.done", "day.button.undo"),
        ("day.button.refuse", "day.refusal.too_hard"),
        ("day.button.refuse", "day.button.keep"),
        ("day.button.later", "day.later.tomorrow"),
        ("day.button.later", "day.later.nothing"),
        ("day.button.refuse", "day.refusal.dislike", "day.button.another"),
        ("day.button.plan", "plan.when.now"),
        ("day.button.plan", "plan.when.now", "plan.enough"),
        ("day.button.plan", "plan.no_plan"),
    ],
    ids="-".join,
)
def test_each_following_answer_pressed_twice_has_one_effect(with_action: Chat, taps: tuple[str, ...]) -> None:
    *first, last = taps
    for key in first:
        with_action.tap(key)
    message, button = grab(with_action, last)
    with_action.press_button(button, message)
    before, count = facts(with_action), len(with_action.messages)
    with_action.press_button(button, message)
    assert facts(with_action) == before
    assert len(with_action.messages) == count
    assert with_action.said.toast is not None


def test_a_double_tap_on_a_question_answers_one_question(chat: Chat) -> None:
    chat.agree()
    message, button = grab(chat, "questions.skip")
    chat.press_button(button, message)
    count = len(chat.messages)
    chat.press_button(button, message)
    assert chat.state("onboarding") == "job"
    assert len(chat.messages) == count
    assert chat.hears("help.stale")


def test_a_stale_question_says_so_and_puts_the_current_one_again(chat: Chat) -> None:
    chat.agree()
    message, button = grab(chat, "questions.skip")
    chat.press_button(button, message)
    chat.wait(timedelta(minutes=10))
    before = chat.record.profile
    chat.press_button(button, message)
    assert chat.hears("help.stale")
    assert chat.hears("questions.job.ask")
    assert chat.record.profile == before


def test_an_old_actions_button_says_so_and_shows_the_open_one(with_action: Chat) -> None:
    old = with_action.last
    with_action.tick_to(paris("2026-11-30 13:00"))
    current = with_action.messages[-1].reply.title
    before = facts(with_action)
    with_action.tap("day.button.done", on=old)
    assert with_action.hears("help.stale")
    assert with_action.last.reply.title == current
    assert facts(with_action) == before


def test_somebody_elses_button_has_no_effect(new_chat: NewChat) -> None:
    one, other = new_chat(), new_chat()
    for chat in (one, other):
        chat.onboard()
        chat.tick_to(paris("2026-11-27 09:01"))
    before = facts(one)
    message, button = grab(one, "day.button.done")
    other.press_button(button)
    assert other.hears("help.stale")
    assert facts(one) == before
    one.press_button(button, message)
    assert one.open_action is None


FORGED = [
    "day1|999999999999|done",
    "day1|1|done",
    "day1||done",
    "day1|-1|done",
    "day1|1.5|done",
    "day1|1e3|done",
    "day99|1|done",
    "day1|1|delete_everything",
    "onboarding1|first_name|../../etc",
    "onboarding1|hour|h09",
    "onboarding1|done|skip",
    "profile1|editing|skip",
    "profile1|menu|own_view",
    "plan1|when|now",
    "plan1|when|99999999T9999",
    "settings1|stopped|resume",
    "mydata1|confirming|yes",
    "welcome1|first|agree",
    "welcome1|again|decline",
    "later1|asking|yes",
    "strategies1|detail|accept",
    "diagnosis1|differing|bravo",
    "nothing1|nothing|nothing",
    "",
    "|||",
    "d" * 64,
    "é" * 20,
]


@pytest.mark.parametrize("data", FORGED)
def test_forged_data_gets_one_line_and_changes_nothing(with_action: Chat, data: str) -> None:
    before, profile, status = facts(with_action), with_action.record.profile, with_action.record.status
    with_action.press_data(data)
    assert with_action.said.toast is not None
    assert facts(with_action) == before
    assert (with_action.record.profile, with_action.record.status) == (profile, status)


@pytest.mark.parametrize("data", FORGED)
def test_forged_data_of_a_stranger_leaves_no_trace(chat: Chat, database: Store, data: str) -> None:
    chat.press_data(data)
    assert chat.said.toast is not None
    before = database.run_sync(everything)
    assert not any(before[table] for table in TABLES)


def test_a_huge_action_number_is_no_error(with_action: Chat) -> None:
    with_action.press_as(Press("day", 1, "9" * 40, "done"))
    assert with_action.hears("help.stale")


def test_a_redelivered_update_has_no_second_effect(with_action: Chat) -> None:
    incoming = Incoming(Kind.COMMAND, with_action.telegram_id, with_action.telegram_id, command="profil")
    first, _ = with_action.store.run_sync(one_turn, with_action.world, incoming, 77, with_action.now)
    again, toast = with_action.store.run_sync(one_turn, with_action.world, incoming, 77, with_action.now)
    assert first.rows
    assert not again.rows
    assert toast is None


def test_buttons_say_what_they_do_in_24_characters(with_action: Chat) -> None:
    for message in with_action.messages:
        for row in message.reply.buttons:
            if len(row) > 1:
                assert all(len(button.label) <= 24 for button in row), row
