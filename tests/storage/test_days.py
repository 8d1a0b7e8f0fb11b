"""Days, actions, plans, recalls and strategies."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table

from bot.advice.facts import Outcome, PastAction, Refusal, StrategyAnswer
from storage import consents, days, people
from storage.errors import StoreError
from storage.tables import core
from tests.storage.making import NOW, SECOND, TODAY, Room

YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("record", "table"),
    [
        (days.ActionRow, core.action),
        (days.PlanRow, core.plan),
        (consents.ConsentRow, core.consent),
        (people.VisitorRecord, core.visitor),
    ],
)
def test_rows_read_whole_have_the_columns_of_their_table_in_order(record: Any, table: Table) -> None:
    assert [field.name for field in fields(record)] == [column.name for column in table.c]


def test_a_local_date_is_recorded_once(room: Room) -> None:
    person_id, other = room.person(1), room.person(2)
    assert room(days.record_day, person_id, TODAY, "push", None, now=NOW)
    assert not room(days.record_day, person_id, TODAY, "missed", "late", now=NOW)
    assert room(days.record_day, other, TODAY, "missed", "late", now=NOW)
    assert room(days.record_day, person_id, YESTERDAY, "micro", None, now=NOW)
    assert room(days.days_since, person_id, YESTERDAY) == {TODAY: "push", YESTERDAY: "micro"}
    assert room(days.days_since, person_id, TODAY) == {TODAY: "push"}


def test_an_action_comes_back_as_it_was_opened(room: Room) -> None:
    person_id = room.person(1)
    reasons = [["long_search", 6], ["in_region", "84"]]
    action_id = room.action(person_id, reasons=reasons, easier=True, origin="asked")
    assert room(days.open_action_of, person_id) == days.ActionRow(
        id=action_id,
        person_id=person_id,
        local_date=TODAY,
        catalogue_id="call-a-friend",
        family="network",
        effort="small",
        minutes=10,
        origin="asked",
        easier=True,
        stuck=False,
        outcome=Outcome.OPEN,
        refusal=None,
        felt=None,
        reasons=reasons,
        opened_at=NOW,
        closed_at=None,
    )


def test_an_action_is_shown_to_its_person_only(room: Room) -> None:
    person_id, other = room.person(1), room.person(2)
    action_id = room.action(person_id)
    assert room(days.action_by_id, person_id, action_id) is not None
    assert room(days.action_by_id, other, action_id) is None


@pytest.mark.parametrize("forged", [0, -1, 2**63 - 1, 2**63, -(2**70), 10**30])
def test_a_forged_number_finds_no_action(room: Room, forged: int) -> None:
    person_id = room.person(1)
    room.action(person_id)
    assert room(days.action_by_id, person_id, forged) is None
    assert room(days.plan_of, forged) is None


def test_a_new_action_ends_the_former_one(room: Room) -> None:
    person_id = room.person(1)
    first = room.action(person_id)
    second = room.action(person_id, former=Outcome.REPLACED, now=NOW + SECOND)
    third = room.action(person_id, now=NOW + 2 * SECOND)
    ended = [room(days.action_by_id, person_id, action_id) for action_id in (first, second, third)]
    assert [row.outcome for row in ended if row] == [Outcome.REPLACED, Outcome.EXPIRED, Outcome.OPEN]
    assert [row.closed_at for row in ended if row] == [NOW + SECOND, NOW + 2 * SECOND, None]
    current = room(days.open_action_of, person_id)
    assert current is not None
    assert current.id == third


def test_the_database_itself_refuses_a_second_open_action(room: Room) -> None:
    person_id = room.person(1)
    action_id = room.action(person_id)
    room.action(person_id)
    with pytest.raises(StoreError):
        room(
            lambda conn: conn.execute(
                core.action.update().where(core.action.c.id == action_id).values(outcome="open")
            )
        )


def test_closing_has_one_effect(room: Room) -> None:
    person_id = room.person(1)
    action_id = room.action(person_id)
    assert room(days.close_action, action_id, Outcome.REFUSED, refusal=Refusal.TOO_LONG, now=NOW)
    assert not room(days.close_action, action_id, Outcome.DONE, felt="easy", now=NOW + SECOND)
    closed = room(days.action_by_id, person_id, action_id)
    assert closed is not None
    assert (closed.outcome, closed.refusal, closed.felt) == (Outcome.REFUSED, Refusal.TOO_LONG, None)
    assert closed.closed_at == NOW
    assert room(days.open_action_of, person_id) is None


def test_an_end_is_undone(room: Room) -> None:
    person_id = room.person(1)
    action_id = room.action(person_id)
    assert not room(days.reopen_action, action_id, now=NOW)
    room(days.close_action, action_id, Outcome.DONE, felt="hard", now=NOW)
    assert room(days.reopen_action, action_id, now=NOW)
    again = room(days.open_action_of, person_id)
    assert again is not None
    assert (again.outcome, again.felt, again.closed_at) == (Outcome.OPEN, None, None)


def test_an_end_cannot_be_undone_while_another_action_is_open(room: Room) -> None:
    person_id = room.person(1)
    former = room.action(person_id)
    room.action(person_id)
    assert not room(days.reopen_action, former, now=NOW)


def test_what_was_said_about_an_action_is_kept(room: Room) -> None:
    person_id = room.person(1)
    action_id = room.action(person_id)
    assert room(days.set_action, action_id, easier=True, stuck=True, minutes=5)
    room(days.close_action, action_id, Outcome.DONE, now=NOW)
    assert room(days.set_action, action_id, felt="easy")
    row = room(days.action_by_id, person_id, action_id)
    assert row is not None
    assert (row.easier, row.stuck, row.minutes, row.felt) == (True, True, 5, "easy")
    assert not room(days.set_action, action_id + 1, felt="easy")
    assert not room(days.set_action, action_id)
    with pytest.raises(TypeError, match="outcome"):
        room(days.set_action, action_id, outcome="done")  # type: ignore[call-arg]


def test_the_history_is_what_the_advice_reads(room: Room) -> None:
    person_id = room.person(1)
    room.action(person_id, catalogue_id="old", local_date=YESTERDAY - timedelta(days=1))
    first = room.action(person_id, catalogue_id="first", local_date=YESTERDAY)
    room(days.set_action, first, stuck=True)
    room(days.close_action, first, Outcome.REFUSED, refusal=Refusal.DISLIKE, now=NOW)
    room.action(person_id, catalogue_id="second", easier=True)
    room.action(room.person(2), catalogue_id="somebody else's")
    until = date(2026, 3, 30)
    room(days.save_strategy_answer, person_id, "network", "refused", reason="shy", until=until, now=NOW)
    room(days.save_strategy_answer, person_id, "skill", "later", now=NOW)
    room(days.save_strategy_answer, person_id, "skill", "accepted", now=NOW)
    history = room(days.history, person_id, YESTERDAY)
    assert history.actions == (
        PastAction("second", TODAY, Outcome.OPEN, easier=True),
        PastAction("first", YESTERDAY, Outcome.REFUSED, Refusal.DISLIKE, stuck=True),
    )
    assert history.strategies == {
        "network": StrategyAnswer("refused", until),
        "skill": StrategyAnswer("accepted"),
    }
    assert room(days.strategy_answers, person_id) == history.strategies


def test_a_plan_comes_back_with_its_local_time(room: Room) -> None:
    person_id = room.person(1)
    action_id = room.action(person_id)
    assert room(days.plan_of, action_id) is None
    when = datetime(2026, 10, 25, 2, 30)
    room(
        days.save_plan,
        action_id,
        local_when=when,
        time_zone="Europe/Paris",
        place="à la table",
        obstacle="le bruit",
        fallback="la médiathèque",
        recall_at=NOW,
    )
    assert room(days.plan_of, action_id) == days.PlanRow(
        action_id, when, "Europe/Paris", "à la table", "le bruit", "la médiathèque", NOW, "waiting", None
    )
    room(days.save_plan, action_id, local_when=None, time_zone=None)
    assert room(days.plan_of, action_id) == days.PlanRow(
        action_id, None, None, None, None, None, None, "waiting", None
    )


def a_recall(room: Room, person_id: str, at: datetime = NOW) -> int:
    action_id = room.action(person_id)
    room(
        days.save_plan, action_id, local_when=datetime(2026, 3, 2, 9), time_zone="Europe/Paris", recall_at=at
    )
    return action_id


def test_recalls_come_due_once(room: Room) -> None:
    first, second = room.person(1), room.person(2)
    one, two = a_recall(room, first), a_recall(room, second, NOW - SECOND)
    assert room(days.due_recalls, NOW - 2 * SECOND, 10) == []
    due = room(days.due_recalls, NOW, 10)
    assert [(recall.person_id, recall.chat_id, recall.plan.action_id) for recall in due] == [
        (second, 2, two),
        (first, 1, one),
    ]
    assert due[0].catalogue_id == "call-a-friend"
    room(days.set_recall, one, "sent", on=TODAY)
    room(days.set_recall, two, "dropped")
    assert room(days.due_recalls, NOW, 10) == []
    room(days.set_recall, one, "answered")
    assert room(days.due_recalls, NOW, 10) == []


@pytest.mark.parametrize("end", ["closed", "replaced"])
def test_an_action_that_ended_is_not_recalled(room: Room, end: str) -> None:
    person_id = room.person(1)
    action_id = a_recall(room, person_id)
    if end == "closed":
        room(days.close_action, action_id, Outcome.DONE, now=NOW)
    else:
        room.action(person_id)
    assert room(days.due_recalls, NOW, 10) == []
    assert room(people.next_due) is None


def test_undoing_an_end_brings_back_a_recall_still_to_come(room: Room) -> None:
    person_id = room.person(1)
    action_id = a_recall(room, person_id, NOW + SECOND)
    room(days.close_action, action_id, Outcome.DONE, now=NOW)
    room(days.reopen_action, action_id, now=NOW)
    assert len(room(days.due_recalls, NOW + SECOND, 10)) == 1


def test_undoing_an_end_brings_back_no_recall_of_the_past(room: Room) -> None:
    person_id = room.person(1)
    action_id = a_recall(room, person_id, NOW - SECOND)
    room(days.close_action, action_id, Outcome.DONE, now=NOW)
    room(days.reopen_action, action_id, now=NOW)
    assert room(days.due_recalls, NOW, 10) == []


def test_consents_stay_on_record_when_they_end(room: Room) -> None:
    person_id = room.person(1)
    room(consents.give, person_id, "use", text_version="1", language="fr", now=NOW)
    room(consents.give, person_id, "sharing", text_version="1", language="fr", now=NOW)
    room(consents.give, person_id, "use", text_version="2", language="en", now=NOW + SECOND)
    current = room(consents.current, person_id)
    assert {kind: consent.text_version for kind, consent in current.items()} == {"use": "2", "sharing": "1"}
    assert room(consents.revoke, person_id, "sharing", now=NOW + 2 * SECOND)
    assert not room(consents.revoke, person_id, "sharing", now=NOW + 3 * SECOND)
    assert set(room(consents.current, person_id)) == {"use"}
    kept = room(
        lambda conn: (
            conn.execute(
                core.consent.select().order_by(core.consent.c.id).with_only_columns(core.consent.c.revoked_at)
            )
            .scalars()
            .all()
        )
    )
    assert kept == [NOW + SECOND, NOW + 2 * SECOND, None]


def test_at_most_one_consent_of_a_kind_is_in_force(room: Room) -> None:
    person_id = room.person(1)
    room(consents.give, person_id, "use", text_version="1", language="fr", now=NOW)
    with pytest.raises(StoreError):
        room(
            lambda conn: conn.execute(
                core.consent.insert().values(
                    person_id=person_id, kind="use", text_version="2", language="fr", given_at=NOW
                )
            )
        )


def test_the_person_is_read_with_the_text_that_they_agreed_to(room: Room) -> None:
    person_id = room.person(1)

    def agreed() -> str | None:
        found = room(people.load_person, person_id)
        assert found is not None
        return found.use_consent

    assert agreed() is None
    room(consents.give, person_id, "sharing", text_version="9", language="fr", now=NOW)
    assert agreed() is None
    room(consents.give, person_id, "use", text_version="1", language="fr", now=NOW)
    room(consents.give, person_id, "use", text_version="2", language="fr", now=NOW)
    assert agreed() == "2"
    room(consents.revoke, person_id, "use", now=NOW)
    assert agreed() is None


def test_a_push_that_never_went_out_leaves_a_missed_day_and_no_open_action(room: Room) -> None:
    person_id = room.person(1)
    room(days.record_day, person_id, TODAY, "push", None, now=NOW)
    action_id = room.action(person_id)
    room(days.close_unsent, person_id, TODAY, "too late", now=NOW)
    assert room(days.days_since, person_id, TODAY) == {TODAY: "missed"}
    row = room(days.action_by_id, person_id, action_id)
    assert row is not None
    assert row.outcome is Outcome.WITHDRAWN


def test_an_action_that_was_asked_for_survives_a_push_that_never_went_out(room: Room) -> None:
    person_id = room.person(1)
    room(days.record_day, person_id, TODAY, "covered", None, now=NOW)
    action_id = room.action(person_id, origin="asked")
    room(days.close_unsent, person_id, TODAY, "too late", now=NOW)
    assert room(days.days_since, person_id, TODAY) == {TODAY: "covered"}
    row = room(days.action_by_id, person_id, action_id)
    assert row is not None
    assert row.outcome is Outcome.OPEN


def test_refusals_told_are_kept_by_date_and_once(room: Room) -> None:
    person_id = room.person()
    other = room.person(telegram_id=1002)
    for day in (date(2026, 1, 5), date(2026, 3, 1), date(2026, 3, 1)):
        room(days.note_refusal, person_id, day)
    room(days.note_refusal, other, date(2026, 2, 2))
    assert room(days.refusals, person_id, date(2026, 1, 1)) == (date(2026, 3, 1), date(2026, 1, 5))
    assert room(days.history, person_id, date(2026, 2, 1)).refusals == (date(2026, 3, 1),)
