"""Messages: added once, claimed in order, sent again at most once, forgotten when settled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import counters, groups, outbox
from storage.outbox import Depth
from storage.tables import core
from tests.storage.making import LEASE, NOW, SECOND, Room


def kept(room: Room, row_id: int) -> dict[str, Any] | None:
    """The row as it stands in the table."""

    def read(conn: Connection) -> dict[str, Any] | None:
        row = conn.execute(select(core.outbox).where(core.outbox.c.id == row_id)).mappings().first()
        return None if row is None else dict(row)

    return room(read)


def counted(room: Room, name: str) -> int:
    return room(counters.counters).get(name, 0)


def test_what_waits_for_somebody_who_blocked_bob_is_given_up_and_nobody_elses(room: Room) -> None:
    blocked, other = room.person(1), room.person(2)
    waiting = [room.message(1, blocked), room.message(1, blocked)]
    others = room.message(2, other)
    assert room(outbox.drop_waiting, blocked, "unreachable", NOW) == 2
    assert [row.id for row in room.claim()] == [others]
    for row_id in waiting:
        row = kept(room, row_id)
        assert row is not None
        assert (row["state"], row["error"]) == ("failed", "unreachable")


def test_a_message_waits_until_the_courier_claims_it(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id, body={"text": "Zoé", "buttons": [[{"label": "Oui"}]]}, purpose="push")
    (claimed,) = room.claim()
    assert claimed == outbox.OutboxRow(
        row_id, person_id, 1, "interactive", "send", None,
        {"text": "Zoé", "buttons": [[{"label": "Oui"}]]}, "push", 0, 0, NOW, NOW + LEASE,
    )  # fmt: skip
    assert room(outbox.row, row_id) == claimed
    assert room.claim() == []


def test_a_dedupe_key_is_taken_once(room: Room) -> None:
    room.message(1, dedupe_key="push:today")
    again = room(
        outbox.add,
        NOW,
        person_id=None,
        chat_id=1,
        lane="bulk",
        method="send",
        body={},
        dedupe_key="push:today",
    )
    assert again is None
    assert room(outbox.depth).bulk == 0


def test_a_dedupe_key_stays_taken_after_the_message_was_sent(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id, dedupe_key="push:today")
    room(outbox.settle, row_id, 5, NOW)
    again = room(
        outbox.add,
        NOW,
        person_id=person_id,
        chat_id=1,
        lane="bulk",
        method="send",
        body={},
        dedupe_key="push:today",
    )
    assert again is None


def test_ids_of_deleted_messages_are_not_used_again(room: Room) -> None:
    first = room.message()
    room(outbox.settle, first, 5)
    assert kept(room, first) is None
    assert room.message() > first


def test_a_sent_message_forgets_what_it_said(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id, body={"text": "secret"})
    (claimed,) = room.claim()
    assert room(outbox.start, row_id, lease_until=claimed.lease_until)
    assert room(outbox.settle, row_id, 77, NOW + SECOND)
    row = kept(room, row_id)
    assert row is not None
    assert (row["state"], row["body"], row["message_id"], row["tries"]) == ("sent", {}, 77, 1)
    assert row["settled_at"] == NOW + SECOND
    assert not room(outbox.settle, row_id, 78, NOW)
    assert not room(outbox.fail, row_id, "late", NOW)


@pytest.mark.parametrize("end", ["settle", "fail", "lose"])
def test_a_message_to_somebody_without_profile_leaves_no_row(room: Room, end: str) -> None:
    row_id = room.message(leased_for=LEASE)
    if end == "settle":
        room(outbox.settle, row_id, 5, NOW)
    elif end == "fail":
        room(outbox.fail, row_id, "refused", NOW)
    else:
        room(outbox.retry_later, row_id, NOW, unknown=True)
        room(outbox.start, room.claim()[0].id)
        room(outbox.retry_later, row_id, NOW, unknown=True)
    assert kept(room, row_id) is None


def test_a_refused_message_is_never_tried_again(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id)
    room.claim()
    assert room(outbox.fail, row_id, "our_bug", NOW)
    row = kept(room, row_id)
    assert row is not None
    assert (row["state"], row["error"], row["body"]) == ("failed", "our_bug", {})
    assert room.claim(NOW + timedelta(days=1)) == []


def test_a_chat_gets_its_messages_one_at_a_time_in_order(room: Room) -> None:
    first, second = room.message(1), room.message(1)
    other = room.message(2)
    assert [row.id for row in room.claim()] == [first, other]
    assert room.claim() == []
    room(outbox.settle, first, 1)
    assert [row.id for row in room.claim()] == [second]


def test_a_message_for_later_does_not_hold_up_the_others(room: Room) -> None:
    later = room.message(1, not_before=NOW + timedelta(hours=1))
    now = room.message(1)
    assert [row.id for row in room.claim()] == [now]
    room(outbox.settle, now, 1)
    assert room.claim(NOW + timedelta(minutes=59)) == []
    assert [row.id for row in room.claim(NOW + timedelta(hours=1))] == [later]


def test_a_message_tried_again_keeps_its_place(room: Room) -> None:
    first, _ = room.message(1), room.message(1)
    room.claim()
    room(outbox.start, first)
    assert room(outbox.retry_later, first, NOW + 10 * SECOND, unknown=False)
    assert room.claim() == []
    assert [row.id for row in room.claim(NOW + 10 * SECOND)] == [first]


def test_a_message_in_the_handlers_hands_keeps_the_courier_away_from_the_chat(room: Room) -> None:
    released = room.message(1, leased_for=LEASE)
    room.message(1, leased_for=LEASE)
    room(outbox.release, released)
    assert room.claim() == []
    assert [row.id for row in room.claim(NOW + LEASE)] == [released]


def test_interactive_messages_go_first_and_lanes_have_their_limits(room: Room) -> None:
    bulk = [room.message(chat, lane="bulk") for chat in range(1, 6)]
    live = [room.message(chat, lane="interactive") for chat in range(11, 16)]
    assert [row.id for row in room.claim(limit=7)] == [*live, *bulk[:2]]
    assert [row.id for row in room.claim(lane_limits={"bulk": 1})] == [bulk[2]]
    assert room.claim(limit=0) == []
    assert [row.id for row in room.claim(lane_limits={"bulk": 9}, limit=1)] == [bulk[3]]
    assert room.claim(lane_limits={"interactive": 9}) == []


def test_a_lease_that_ended_before_the_call_costs_nothing(room: Room) -> None:
    row_id = room.message()
    (first,) = room.claim()
    assert room.claim(NOW + LEASE - SECOND) == []
    (again,) = room.claim(NOW + LEASE)
    assert (again.id, again.unknowns) == (row_id, 0)
    assert not room(outbox.start, row_id, lease_until=first.lease_until)
    assert room(outbox.start, row_id, lease_until=again.lease_until)
    assert counted(room, "repeats") == 0


def test_a_message_whose_call_was_cut_off_is_sent_again_once_and_then_lost(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id)
    room.claim()
    assert room(outbox.start, row_id)
    (again,) = room.claim(NOW + LEASE)
    assert (again.id, again.unknowns) == (row_id, 1)
    assert (counted(room, "repeats"), counted(room, "lost")) == (1, 0)
    assert room(outbox.start, row_id)
    assert room.claim(NOW + 2 * LEASE) == []
    assert (counted(room, "repeats"), counted(room, "lost")) == (1, 1)
    row = kept(room, row_id)
    assert row is not None
    assert (row["state"], row["body"]) == ("lost", {})


def test_a_repeat_that_was_not_begun_may_be_claimed_again(room: Room) -> None:
    row_id = room.message(leased_for=LEASE)
    room.claim(NOW + LEASE)
    (again,) = room.claim(NOW + 2 * LEASE)
    assert (again.id, again.unknowns) == (row_id, 1)
    assert (counted(room, "repeats"), counted(room, "lost")) == (1, 0)


def test_the_handlers_first_try_counts_as_begun(room: Room) -> None:
    row_id = room.message(leased_for=LEASE)
    assert room.claim(NOW + LEASE - SECOND) == []
    assert not room(outbox.start, row_id)
    (again,) = room.claim(NOW + LEASE)
    assert (again.id, again.unknowns, again.tries) == (row_id, 1, 1)
    assert counted(room, "repeats") == 1


def test_an_answer_that_got_lost_allows_one_more_try(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id, leased_for=LEASE)
    assert room(outbox.retry_later, row_id, NOW + SECOND, unknown=True)
    assert counted(room, "repeats") == 1
    (again,) = room.claim(NOW + SECOND)
    assert (again.id, again.unknowns, again.tries) == (row_id, 1, 1)
    assert room(outbox.start, row_id)
    assert room(outbox.retry_later, row_id, NOW + 2 * SECOND, unknown=False)
    room.claim(NOW + 2 * SECOND)
    assert room(outbox.start, row_id)
    assert not room(outbox.retry_later, row_id, NOW + 3 * SECOND, unknown=True)
    assert (counted(room, "repeats"), counted(room, "lost")) == (1, 1)
    assert room.claim(NOW + LEASE) == []


def test_a_message_that_settled_is_not_brought_back(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id, leased_for=LEASE)
    room(outbox.settle, row_id, 4, NOW)
    assert not room(outbox.release, row_id)
    assert not room(outbox.retry_later, row_id, NOW, unknown=False)
    assert not room(outbox.retry_later, row_id, NOW, unknown=True)
    assert not room(outbox.start, row_id)
    assert (counted(room, "repeats"), counted(room, "lost")) == (0, 0)


def test_a_released_message_goes_at_once_and_untried(room: Room) -> None:
    row_id = room.message(leased_for=LEASE)
    assert room(outbox.release, row_id)
    (claimed,) = room.claim()
    assert (claimed.id, claimed.tries, claimed.unknowns) == (row_id, 0, 0)
    assert room(outbox.release, row_id)
    assert room.claim()[0].tries == 0


def test_a_pause_stops_its_chat_or_everybody(room: Room) -> None:
    first, second = room.message(1), room.message(2)
    room(outbox.pause, "chat:1", NOW + 2 * SECOND)
    room(outbox.pause, "chat:1", NOW + SECOND)
    assert room(outbox.paused_until, "chat:1", NOW) == NOW + 2 * SECOND
    assert room(outbox.paused_until, "chat:2", NOW) is None
    assert [row.id for row in room.claim()] == [second]
    room(outbox.pause, "all", NOW + 5 * SECOND)
    assert room.claim(NOW + 4 * SECOND) == []
    assert room(outbox.paused_until, "all", NOW + 5 * SECOND) is None
    assert [row.id for row in room.claim(NOW + 5 * SECOND)] == [first]


def test_a_chat_that_moved_takes_its_messages_along(room: Room) -> None:
    row_id = room.message(-5)
    room.message(6)
    assert room(groups.migrate_chat, -5, -1005, NOW) == 1
    assert {row.chat_id for row in room.claim()} == {-1005, 6}
    row = kept(room, row_id)
    assert row is not None
    assert row["chat_id"] == -1005


def test_old_settled_messages_are_pruned(room: Room) -> None:
    person_id = room.person(1)
    waiting = room.message(1, person_id)
    sent = room.message(2, person_id, dedupe_key="k")
    room(outbox.settle, sent, 5, NOW)
    recent = room(
        outbox.add, NOW + 10 * SECOND, person_id=person_id, chat_id=1, lane="bulk", method="send", body={}
    )
    assert recent is not None
    room(outbox.settle, recent, 6, NOW + 10 * SECOND)
    assert room(outbox.prune, NOW) == 0
    assert room(outbox.prune, NOW + SECOND) == 1
    assert kept(room, sent) is None
    assert kept(room, waiting) is not None
    assert kept(room, recent) is not None
    assert room(outbox.prune, NOW + 11 * SECOND) == 1
    room.message(2, person_id, dedupe_key="k")


def test_the_depth_tells_how_much_waits_and_since_when(room: Room) -> None:
    assert room(outbox.depth) == Depth(0, 0, None)
    room.message(1)
    room.message(1, lane="bulk", not_before=NOW - SECOND)
    room.message(2, lane="bulk", leased_for=LEASE)
    assert room(outbox.depth) == Depth(1, 2, NOW)


def test_workers_who_claim_at_the_same_time_never_get_the_same_message(room: Room) -> None:
    for chat in range(60):
        room.message(chat)
        room.message(chat)

    def work(_: int) -> list[int]:
        mine = []
        for _ in range(12):
            for row in room.claim(limit=5):
                mine.append(row.id)
                assert room(outbox.start, row.id, lease_until=row.lease_until)
                assert room(outbox.settle, row.id, 1)
        return mine

    with ThreadPoolExecutor(6) as threads:
        claimed = [row_id for part in threads.map(work, range(6)) for row_id in part]
    assert len(claimed) == len(set(claimed)) == 120


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_a_number_that_no_database_holds_is_an_error_and_changes_nothing(room: Room, number: int) -> None:
    with pytest.raises(Exception, match=r"large|range|statement"):
        room.message(number)
    assert room(outbox.depth) == Depth(0, 0, None)


def test_a_message_whose_time_passed_is_not_sent(room: Room) -> None:
    person_id = room.person(1)
    row_id = room.message(1, person_id, purpose="push", expires_at=NOW + SECOND)
    behind = room.message(1, person_id)
    assert room(outbox.expired, NOW) == []
    assert room.claim(NOW + SECOND) == []
    assert room(outbox.expired, NOW + SECOND) == [(person_id, "push")]
    assert room(outbox.expired, NOW + SECOND) == []
    row = kept(room, row_id)
    assert row is not None
    assert (row["state"], row["error"], row["body"]) == ("failed", "expired", {})
    assert [message.id for message in room.claim(NOW + SECOND)] == [behind]


def test_a_message_whose_call_began_in_time_is_repeated_even_after_it(room: Room) -> None:
    row_id = room.message(1, room.person(1), expires_at=NOW + SECOND, leased_for=LEASE)
    assert room(outbox.expired, NOW + LEASE) == []
    assert [message.id for message in room.claim(NOW + LEASE)] == [row_id]


def test_an_expired_message_to_somebody_without_profile_leaves_no_row(room: Room) -> None:
    row_id = room.message(expires_at=NOW)
    assert room(outbox.expired, NOW) == []
    assert kept(room, row_id) is None


def test_a_message_that_may_have_arrived_is_not_called_unsent_when_its_time_passed(room: Room) -> None:
    row_id = room.message(1, room.person(1), expires_at=NOW + 2 * SECOND, leased_for=LEASE)
    room(outbox.retry_later, row_id, NOW + SECOND, unknown=True)
    assert room(outbox.expired, NOW + 2 * SECOND) == []
    row = kept(room, row_id)
    assert row is not None
    assert (row["state"], row["body"], counted(room, "lost")) == ("lost", {}, 1)


def test_a_message_that_somebody_else_holds_now_is_not_lost_by_a_late_report(room: Room) -> None:
    row_id = room.message(leased_for=LEASE)
    room(outbox.retry_later, row_id, NOW, unknown=True)  # it waits again
    assert not room(outbox.retry_later, row_id, NOW, unknown=True)
    assert kept(room, row_id) is not None
    assert counted(room, "lost") == 0


def test_a_sender_that_starts_takes_up_at_once_what_a_killed_one_held(room: Room) -> None:
    begun = room.message(1, leased_for=LEASE)
    room.message(2)
    (claimed,) = room.claim()
    assert room(outbox.reclaim, NOW + SECOND) == 2
    assert {row.id for row in room.claim(NOW + SECOND)} == {begun, claimed.id}
    assert counted(room, "repeats") == 1
