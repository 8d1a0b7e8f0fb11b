"""Updates: seen once; those that failed wait, are tried again, and are set aside."""

from typing import Any

import pytest

from storage import counters, inbox, meta
from tests.storage.making import NOW, SECOND, Room


def kept(room: Room, update_id: int, **values: Any) -> bool:
    given: dict[str, Any] = {
        "telegram_id": 7,
        "payload": '{"text":"Zoé"}',
        "update_type": "message",
        "next_try_at": NOW,
    }
    return room(inbox.keep, NOW, update_id=update_id, **(given | values))


def test_an_update_is_new_once(room: Room) -> None:
    assert not room(inbox.seen, 5, NOW)
    assert room(inbox.seen, 5, NOW)
    assert not room(inbox.seen, 6, NOW)


def test_an_update_whose_work_failed_is_still_new(room: Room) -> None:
    def work(conn: Any) -> None:
        assert not inbox.seen(conn, 5, NOW)
        raise RuntimeError("the work failed")

    with pytest.raises(RuntimeError, match="the work failed"):
        room(work)
    assert not room(inbox.seen, 5, NOW)


def test_a_failed_update_waits_and_counts_its_tries(room: Room) -> None:
    assert not room(inbox.held, 5)
    assert kept(room, 5)
    assert not kept(room, 5, payload="{}")
    assert room(inbox.held, 5)
    (row,) = room(inbox.due, NOW)
    assert row == inbox.InboxRow(5, 7, '{"text":"Zoé"}', 1, NOW, "message", NOW)
    room(inbox.tried, 5, NOW + SECOND)
    assert room(inbox.due, NOW) == []
    (again,) = room(inbox.due, NOW + SECOND)
    assert again.tries == 2
    room(inbox.finished, 5)
    assert room(inbox.due, NOW + SECOND) == []
    assert not room(inbox.held, 5)


def test_updates_of_a_sender_wait_in_their_order(room: Room) -> None:
    for update_id in (9, 5, 7):
        kept(room, update_id)
    kept(room, 6, telegram_id=8)
    assert [row.update_id for row in room(inbox.waiting_for, 7)] == [5, 7, 9]
    assert room(inbox.waiting_for, 99) == []


def test_an_update_set_aside_keeps_its_id_and_type_only(room: Room) -> None:
    kept(room, 5)
    assert room(inbox.set_aside, 5)
    assert not room(inbox.set_aside, 5)
    assert room(inbox.waiting_for, 7) == []
    assert room(inbox.due, NOW) == []
    assert room(inbox.held, 5)
    row = room(lambda conn: conn.exec_driver_sql("SELECT * FROM inbox").mappings().one())
    assert (row["update_type"], row["payload"], row["telegram_id"]) == ("message", "", None)
    assert room(counters.counters) == {"set_aside": 1}


def test_what_was_seen_long_ago_is_forgotten(room: Room) -> None:
    room(inbox.seen, 1, NOW)
    room(inbox.seen, 2, NOW + SECOND)
    kept(room, 3)
    kept(room, 4)
    room(inbox.set_aside, 4)
    assert room(inbox.prune, NOW + SECOND) == 2
    assert not room(inbox.seen, 1, NOW)
    assert room(inbox.seen, 2, NOW)
    assert room(inbox.held, 3)


def test_values_of_the_installation_are_kept(room: Room) -> None:
    assert room(meta.get, "bot_id") is None
    room(meta.put, "bot_id", "42")
    room(meta.put, "bot_id", "43")
    assert room(meta.get, "bot_id") == "43"


def test_counters_add_up(room: Room) -> None:
    assert room(counters.counters) == {}
    room(counters.bump, "lost")
    room(counters.bump, "lost", 2)
    room(counters.bump, "repeats", 0)
    assert room(counters.counters) == {"lost": 3}
