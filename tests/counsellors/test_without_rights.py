"""A group in which Bob lacks rights: nothing is lost, and who leaves is gone from it in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.counsellors import linking, topics
from bot.counsellors.handling import one_event
from bot.counsellors.incoming import GroupEvent, GroupKind
from scheduler.messenger import Failure
from storage import links
from storage.outbox import OutboxRow
from tests.counsellors.office import GROUP, NADIA, WORLD, Office
from tests.counsellors.relay_room import RelayRoom


@pytest.fixture
def room(office: Office) -> RelayRoom:
    return RelayRoom(office)


def rights(room: RelayRoom, *names: str) -> None:
    """Bob's rights in the group changed."""
    room.office.updates += 1
    event = GroupEvent(GroupKind.BOT, GROUP, NADIA, is_forum=True, rights=frozenset(names))
    room.office(one_event, WORLD, event, room.office.updates, room.now)


def deletion(room: RelayRoom) -> list[OutboxRow]:
    return [row for row in room.waiting("topic") if row.body["do"] == "delete"]


def open_topic(conn: Connection, room: RelayRoom) -> None:
    link = links.by_id(conn, room.link_id)
    desk = topics.desk_of_link(conn, link, room.now) if link is not None else None
    assert desk is not None
    desk.topic("open", room.link_id, name="Sofia M.")


@pytest.mark.parametrize(("failure", "hours"), [(Failure.NO_RIGHT, 1), (Failure.CHAT_LOST, 24)])
def test_the_topic_of_who_left_is_deleted_as_soon_as_bob_may(
    room: RelayRoom, failure: Failure, hours: int
) -> None:
    room.office(linking.leave, room.link, room.now)
    for _ in range(3):
        (row,) = deletion(room)
        room.fail(row, failure)
        (again,) = deletion(room)
        assert again.body["thread_id"] == row.body["thread_id"]
        room.office.now += timedelta(hours=hours)
    room.deliver(deletion(room)[0])
    assert deletion(room) == []


def test_the_team_is_told_which_right_is_missing_once_a_day(room: RelayRoom) -> None:
    room.office(linking.leave, room.link, room.now)
    room.office.told()
    for _ in range(2):
        room.fail(deletion(room)[0], Failure.NO_RIGHT)
    missing = [each.text for each in room.office.told() if "Il me manque des droits" in each.text]
    assert len(missing) == 1
    assert "Gérer les sujets" in missing[0]


def test_it_is_not_tried_for_ever(room: RelayRoom) -> None:
    room.office(linking.leave, room.link, room.now)
    room.office.now += timedelta(days=1)
    room.fail(deletion(room)[0], Failure.NO_RIGHT)
    room.office.now += timedelta(days=61)
    room.fail(deletion(room)[0], Failure.NO_RIGHT)
    assert deletion(room) == []


def test_what_somebody_wrote_while_their_topic_could_not_be_made_arrives_with_the_right(
    room: RelayRoom,
) -> None:
    room.office(links.save_topic, room.link_id, thread_id=None, state="opening")
    room.office(open_topic, room)
    room.person_writes("Vous me lisez ?")
    (opening,) = [row for row in room.waiting("topic") if row.body["do"] == "open"]
    room.fail(opening, Failure.NO_RIGHT)
    room.fail(room.relayed()[0], Failure.TOPIC_LOST)
    assert "effacé deux fois" not in "".join(each.text for each in room.office.told())
    rights(room, "can_pin_messages")
    assert not [row for row in room.waiting("topic") if row.body["do"] == "open"]
    rights(room, "can_pin_messages", "can_manage_topics", "can_delete_messages")
    assert len([row for row in room.waiting("topic") if row.body["do"] == "open"]) == 1
    (copy,) = room.relayed()
    assert copy.topic_id == room.link_id
