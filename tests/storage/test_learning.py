"""The outcomes of everybody counted in SQL, what was learnt from them, and how each action was chosen."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import Connection, update

from bot.advice.facts import Outcome, Refusal
from bot.advice.learning.estimate import decay
from bot.advice.learning.exploring import Decision
from bot.advice.learning.learnt import Learnt
from bot.advice.learning.rewards import reward
from bot.counsellors.linking import leave_all
from storage import days, learning, privacy
from storage.learning import Declined, Tally
from storage.tables.core import action
from tests.storage.making import NOW, TODAY, Room

HERE = Decision("missing-diploma", 0.97, False, "abc")


def answered(
    room: Room,
    person: str,
    name: str = "call-a-friend",
    *,
    outcome: Outcome = Outcome.DONE,
    days_ago: int = 0,
    decision: Decision | None = HERE,
    refusal: Refusal | None = None,
    easier: bool = False,
    felt: str | None = None,
) -> None:
    """An action of so many days ago that ended so."""
    given = TODAY - timedelta(days=days_ago)
    opened = room.action(person, catalogue_id=name, local_date=given, decision=decision)

    def end(conn: Connection) -> None:
        values = {
            "outcome": outcome.value,
            "refusal": refusal and refusal.value,
            "easier": easier,
            "felt": felt,
        }
        conn.execute(update(action).where(action.c.id == opened).values(**values))

    room(end)


def pages(room: Room) -> list[learning.Page]:
    found, after = [], ""
    while (page := room(learning.page, after, TODAY)) is not None:
        found.append(page)
        after = page.last
    return found


def test_how_an_action_was_chosen_is_kept_with_it(room: Room) -> None:
    person = room.person()
    opened = room.action(person, decision=Decision("none:long", 0.01, True, "f00"))
    row = room(days.action_by_id, person, opened)
    assert row is not None
    assert (row.situation, row.propensity, row.explored, row.learnt) == ("none:long", 0.01, True, "f00")


def test_an_action_of_an_older_bob_has_no_decision(room: Room) -> None:
    person = room.person()
    row = room(days.action_by_id, person, room.action(person))
    assert row is not None
    assert (row.situation, row.propensity, row.explored, row.learnt) == (None, None, None, None)


def test_a_person_gets_the_decisions_in_their_export(room: Room) -> None:
    person = room.person()
    room.action(person, decision=HERE)
    (kept,) = room(privacy.export, person)["actions"]
    assert (kept["situation"], kept["propensity"], kept["explored"]) == ("missing-diploma", 0.97, False)


@pytest.mark.parametrize("outcome", Outcome)
def test_the_database_rewards_as_python_does(room: Room, outcome: Outcome) -> None:
    refusals = [None, *Refusal] if outcome is Outcome.REFUSED else [None]
    person = room.person()
    for number, (refusal, easier, felt) in enumerate(
        product(refusals, (False, True), (None, "easy", "fine", "hard"))
    ):
        answered(room, person, f"skill-{number}", outcome=outcome, refusal=refusal, easier=easier, felt=felt)
        if outcome is Outcome.OPEN:
            break  # one at a time
        expected = reward(outcome, refusal, easier=easier, felt=felt)
        (page,) = pages(room)
        tallies = {tally.catalogue_id: tally for tally in page.here}
        if outcome is Outcome.WITHDRAWN:
            assert tallies == {}
            continue
        mine = tallies[f"skill-{number}"]
        assert mine.delivered == (0 if expected is None else 1)
        assert mine.reward == pytest.approx(expected or 0)
        assert mine.given == 1
        assert mine.done == (outcome is Outcome.DONE)


def test_an_open_action_does_not_count(room: Room) -> None:
    room.action(room.person(), decision=HERE)
    (page,) = pages(room)
    assert (page.here, page.everywhere, page.declined) == ([], [], [])


def test_what_a_counsellor_chose_teaches_nothing_of_all_others(room: Room) -> None:
    chosen = room.action(room.person(), author="Nadia")
    room(days.close_action, chosen, Outcome.DONE, now=NOW)
    (page,) = pages(room)
    assert (page.here, page.everywhere, page.declined) == ([], [], [])


def test_answers_are_summed_by_action_and_situation(room: Room) -> None:
    first, second = room.person(1), room.person(2)
    answered(room, first)
    answered(room, first)
    answered(room, second, outcome=Outcome.EXPIRED)
    answered(room, second, decision=Decision("bravo", 1.0, False, ""))
    (page,) = pages(room)
    assert sorted(page.here, key=lambda one: str(one.situation)) == [
        Tally("call-a-friend", "bravo", 1, 1, 1, 1.0, pytest.approx(0.8)),
        Tally("call-a-friend", "missing-diploma", 2, 3, 2, 3.0, pytest.approx(1.6)),
    ]
    assert page.everywhere == [Tally("call-a-friend", None, 2, 4, 3, 4.0, pytest.approx(2.4))]


def test_answers_lose_weight_with_age_and_end_after_two_years(room: Room) -> None:
    person = room.person()
    answered(room, person, "skill-now")
    answered(room, person, "skill-half-a-year", days_ago=181)
    answered(room, person, "skill-two-years", days_ago=719)
    answered(room, person, "skill-older", days_ago=720)
    (page,) = pages(room)
    weights = {one.catalogue_id: one.delivered for one in page.here}
    assert weights == {
        "skill-now": 1.0,
        "skill-half-a-year": pytest.approx(decay(180)),
        "skill-two-years": pytest.approx(decay(690)),
    }


def test_refusals_are_counted_by_reason(room: Room) -> None:
    first, second = room.person(1), room.person(2)
    for person in (first, first, second):
        answered(room, person, outcome=Outcome.REFUSED, refusal=Refusal.TOO_HARD)
    answered(room, second, outcome=Outcome.REFUSED, refusal=Refusal.ALREADY_DONE)
    (page,) = pages(room)
    assert sorted(page.declined, key=lambda one: one.reason) == [
        Declined("call-a-friend", "already_done", 1, 1),
        Declined("call-a-friend", "too_hard", 2, 3),
    ]


def test_pages_cover_everybody_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import bindparam, select

    from storage.tables.core import person

    small = select(person.c.id).where(person.c.id > bindparam("after")).order_by(person.c.id).limit(3)
    monkeypatch.setattr(learning, "_NEXT_PEOPLE", small)
    for number in range(1, 8):
        answered(room, room.person(number))
    found = pages(room)
    assert [sum(one.people for one in page.here) for page in found] == [3, 3, 1]


def test_what_was_learnt_replaces_what_was_before(room: Room) -> None:
    assert room(learning.version) is None
    assert room(learning.load) is None
    for number in (1.2, 1.4):
        learnt = Learnt.from_json(
            f'{{"everybody": {{"skill-a": {number}}}, "here": {{"bravo": {{"é-b": 0.5}}}}}}'
        )
        room(learning.save, learnt, NOW)
        assert room(learning.version) == (learnt.version, NOW)
        again = room(learning.load)
        assert again is not None
        assert (again.everybody, again.here) == ({"skill-a": number}, {"bravo": {"é-b": 0.5}})


def test_nothing_of_a_deleted_person_is_counted_any_more(room: Room) -> None:
    first, second = room.person(1), room.person(2)
    answered(room, first)
    answered(room, second)
    room(privacy.delete_person, first, NOW, leave_all)
    (page,) = pages(room)
    assert [one.people for one in page.everywhere] == [1]
