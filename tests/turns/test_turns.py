"""One event, one transaction: loaded, carried out and saved; nothing half done, nothing twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.advice.facts import Outcome
from bot.dialogs import conversation
from bot.dialogs.effects import AnswerStrategy, CloseAction
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.replies import Reply
from bot.dialogs.turn import World
from bot.turns import handling, outgoing, saving
from bot.turns.handling import Turns, one_turn
from bot.turns.loading import turn_of
from scheduler.clock import ManualClock
from storage import days, outbox
from storage.engine import Store
from tests.dialogs.chat import THURSDAY, Chat, paris


def incoming(chat: Chat, kind: Kind = Kind.COMMAND, **values: Any) -> Incoming:
    return Incoming(kind, chat.telegram_id, chat.telegram_id, **values)


async def test_an_event_is_handled_once_and_its_rows_are_leased_to_the_handler(amina: Chat) -> None:
    turns = Turns(amina.store, ManualClock(amina.now), amina.world, lambda digest: None)
    result = await turns.handle(incoming(amina, command="profil"), 501)
    [row] = result.rows
    assert row.lease_until is not None
    assert row.lease_until - amina.now == outgoing.LEASE
    assert (await turns.handle(incoming(amina, command="profil"), 501)).rows == ()


async def test_a_failing_event_leaves_nothing_behind(amina: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(amina.store, ManualClock(amina.now), amina.world, lambda digest: None)
    before = amina.record

    def fail(turn: Any, event: Any) -> None:
        turn.profile = turn.profile.with_answers(first_name="Nobody")
        turn.say("half")
        raise RuntimeError("on purpose")

    with monkeypatch.context() as broken:
        broken.setattr(handling.conversation, "converse", fail)
        with pytest.raises(RuntimeError):
            await turns.handle(incoming(amina, command="profil"), 502)
    assert amina.record == before
    assert amina.store.run_sync(outbox.depth).interactive == 0
    assert (await turns.handle(incoming(amina, command="profil"), 502)).rows  # the update can be tried again


async def test_a_deletion_is_told_to_the_list_beside_the_database(amina: Chat) -> None:
    told: list[str] = []
    turns = Turns(amina.store, ManualClock(amina.now), amina.world, told.append)
    amina.command("/supprimer")
    press = Press("mydata", 1, "confirming", "yes")
    await turns.handle(incoming(amina, Kind.BUTTON, press=press, message_id=1), 503)
    assert len(told) == 1
    assert amina.known is None


def test_a_button_without_its_message_is_answered_by_a_new_message(with_action: Chat) -> None:
    action = with_action.open_action
    assert action is not None
    press = Press("day", 1, str(action.id), "easier")
    saved, _ = with_action.store.run_sync(
        one_turn, with_action.world, incoming(with_action, Kind.BUTTON, press=press), 504, with_action.now
    )
    assert [row.method for row in saved.rows] == ["send"]


def test_the_buttons_of_a_new_action_bear_its_number(amina: Chat) -> None:
    amina.command("/action")
    action = amina.open_action
    assert action is not None
    steps = {button.step for row in amina.last.reply.buttons for button in row if button.url is None}
    assert steps == {str(action.id)}


def test_a_turn_shifts_the_next_push_only_when_the_rhythm_changes(amina: Chat) -> None:
    due = amina.record.next_due_at
    amina.wait(timedelta(hours=3))
    for text in ("bonjour", "merci"):
        amina.say(text)
    amina.command("/profil")
    assert amina.record.next_due_at == due
    amina.command("/moins")
    amina.tap("settings.weekly")
    assert amina.record.next_due_at == paris("2026-11-30 09:00")


def test_plain_questions_look_at_no_past_action(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    chat.agree()
    asked: list[str] = []
    monkeypatch.setattr(days, "history", lambda *_: asked.append("history"))
    chat.say("Amina")
    chat.say("serveuse")
    assert asked == []


@pytest.mark.parametrize("state", sorted(conversation.PLAIN_QUESTIONS))
def test_whatever_may_look_at_actions_loads_them(state: str) -> None:
    def needs(kind: Kind, **values: Any) -> bool:
        return conversation.needs_history("onboarding", state, Incoming(kind, 1, 1, **values))

    assert not needs(Kind.TEXT, text="x")
    assert not needs(Kind.BUTTON, press=Press("onboarding", 1, state, "skip"))
    assert needs(Kind.BUTTON, press=Press("day", 1, "1", "done"))
    assert needs(Kind.BUTTON)
    assert needs(Kind.COMMAND, command="action")


# Yesterday's action


def expire(chat: Chat) -> int:
    action = chat.open_action
    assert action is not None
    chat.tick_to(chat.now + timedelta(days=1))
    assert chat.actions[-2].outcome is Outcome.EXPIRED
    return action.id


def test_a_late_tick_makes_an_expired_action_a_done_one(with_action: Chat) -> None:
    expired = expire(with_action)
    assert with_action.store.run_sync(days.tick_expired, with_action.record.id, expired, now=with_action.now)
    assert with_action.actions[-2].outcome is Outcome.DONE
    assert not with_action.store.run_sync(
        days.tick_expired, with_action.record.id, expired, now=with_action.now
    )


def test_a_late_tick_touches_no_other_action_and_nobody_elses(with_action: Chat) -> None:
    expired = expire(with_action)
    assert not with_action.store.run_sync(days.tick_expired, "somebody else", expired, now=with_action.now)
    today = with_action.open_action
    assert today is not None
    assert not with_action.store.run_sync(
        days.tick_expired, with_action.record.id, today.id, now=with_action.now
    )
    assert with_action.open_action == today


# Saving


def _saved(chat: Chat, change: Any, **values: Any) -> saving.Saved:
    record = chat.record

    def work(conn: Connection) -> saving.Saved:
        turn = turn_of(conn, record, chat.world, chat.now)
        change(turn)
        return saving.save(conn, record, turn, now=chat.now, **values)

    return chat.store.run_sync(work)


def test_closing_a_closed_action_has_no_effect(with_action: Chat) -> None:
    action = with_action.open_action
    assert action is not None
    with_action.say("c'est fait")
    _saved(with_action, lambda turn: turn.do(CloseAction(action.id, Outcome.REFUSED)))
    assert with_action.actions[-1].outcome is Outcome.DONE


def test_what_was_said_before_under_the_same_key_is_not_said_again(amina: Chat) -> None:
    for _ in range(2):
        _saved(amina, lambda turn: turn.say("une fois"), leased=False, dedupe_key="once")
    assert amina.store.run_sync(outbox.depth).interactive == 1


def test_a_strategy_that_is_answered_twice_keeps_the_last_answer(amina: Chat) -> None:
    for state in ("accepted", "refused"):
        _saved(amina, lambda turn, state=state: turn.do(AnswerStrategy("any", state)))
    answers = amina.store.run_sync(days.strategy_answers, amina.record.id)
    assert answers["any"].state == "refused"


@pytest.mark.parametrize(("pressed", "expected"), [(None, ("send", None)), (7, ("edit", 7))])
def test_an_edit_without_a_pressed_message_is_sent(amina: Chat, pressed: int | None, expected: Any) -> None:
    saved = _saved(amina, lambda turn: turn.say(Reply("x", replace=True)), pressed_message=pressed)
    assert [(row.method, row.target_message_id) for row in saved.rows] == [expected]


def test_a_message_waits_behind_an_older_one_of_its_chat(amina: Chat) -> None:
    assert _saved(amina, lambda turn: turn.say("one")).rows
    assert not _saved(amina, lambda turn: turn.say("two")).rows
    assert amina.store.run_sync(outbox.depth).interactive == 2


def test_a_visitors_rows_belong_to_nobody(chat: Chat, world: World, database: Store) -> None:
    saved, _ = database.run_sync(one_turn, world, incoming(chat, command="start"), 505, THURSDAY)
    assert [row.person_id for row in saved.rows] == [None]
