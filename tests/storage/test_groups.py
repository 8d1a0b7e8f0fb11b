"""Messages to groups: said in the topic where it is now, answers before cards, moved and given up as a whole."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import counters, groups, links, outbox, relays, teams
from storage.links import LinkRow
from storage.outbox import OutboxRow
from storage.tables import core
from tests.storage.making import LEASE, NOW, SECOND, Room

GROUP = -100
CARD: dict[str, Any] = {"lane": "bulk", "purpose": "group card"}


def linked(room: Room, *, is_forum: bool = True, telegram_id: int = 1001) -> LinkRow:
    """A person followed by a team in GROUP; their topic is still to be made."""

    def work(conn: Connection, person_id: str) -> LinkRow:
        team_id, code = teams.create_team(conn, "Équipe", NOW, language="fr", time_zone="Europe/Paris")
        teams.activate(conn, code, GROUP, NOW, is_forum=is_forum)
        counsellor_id, _ = teams.add_counsellor(conn, team_id, "Nadia")
        link = links.create(
            conn, person_id, team_id, counsellor_id, NOW, shown=[], initial="D", words_to="topic"
        )
        links.open_topic(conn, link.id, GROUP, "Ana D.")
        return link

    return room(work, room.person(telegram_id))


def held(room: Room, row_id: int) -> OutboxRow:
    found = room(outbox.row, row_id)
    assert found is not None
    return found


def rows_of(room: Room) -> list[dict[str, Any]]:
    return room(lambda conn: [dict(row) for row in conn.execute(select(core.outbox)).mappings()])


def test_a_message_written_before_its_topic_exists_is_said_in_it(room: Room) -> None:
    link = linked(room)
    row_id = room.message(GROUP, topic_id=link.id)
    assert (held(room, row_id).thread_id, held(room, row_id).is_homeless) == (None, True)
    room(links.save_topic, link.id, thread_id=7, state="open")
    (claimed,) = room.claim()
    assert (claimed.id, claimed.thread_id, claimed.is_homeless) == (row_id, 7, False)
    room(links.save_topic, link.id, chat_id=-200, thread_id=9)
    moved = room(outbox.placed, claimed)
    assert (moved.chat_id, moved.thread_id) == (-200, 9)


def test_a_plain_group_and_the_general_topic_have_no_thread(room: Room) -> None:
    link = linked(room, is_forum=False)
    for row_id in (room.message(GROUP, topic_id=link.id), room.message(GROUP)):
        assert (held(room, row_id).thread_id, held(room, row_id).is_homeless) == (None, False)


def test_nothing_is_said_for_somebody_who_left_but_what_deletes(room: Room) -> None:
    link = linked(room)
    said = room.message(GROUP, topic_id=link.id)
    gone = room.message(GROUP, topic_id=link.id, method="topic", body={"do": "delete", "thread_id": 7})
    erased = room.message(GROUP, topic_id=link.id, method="delete", body={"message_ids": [1]})
    room(links.drop, link.id)
    assert [held(room, row_id).is_homeless for row_id in (said, gone, erased)] == [True, False, False]


def test_opening_a_topic_needs_no_topic(room: Room) -> None:
    link = linked(room)
    opening = room.message(GROUP, topic_id=link.id, method="topic", body={"do": "open", "name": "Ana D."})
    assert not held(room, opening).is_homeless


def test_in_a_group_answers_pass_cards_and_keep_their_order(room: Room) -> None:
    cards = [room.message(GROUP, **CARD) for _ in range(2)]
    answers = [room.message(GROUP) for _ in range(2)]
    went = []
    for _ in range(4):
        (claimed,) = room.claim()
        went.append(claimed.id)
        room(outbox.settle, claimed.id, 1)
    assert went == [*answers, *cards]


def test_a_card_waits_while_an_answer_is_to_be_tried_again(room: Room) -> None:
    answer, card = room.message(GROUP), room.message(GROUP, **CARD)
    room.claim()
    room(outbox.start, answer)
    room(outbox.retry_later, answer, NOW + 5 * SECOND, unknown=False)
    assert room.claim() == []
    assert [row.id for row in room.claim(NOW + 5 * SECOND)] == [answer]
    room(outbox.settle, answer, 1)
    assert [row.id for row in room.claim(NOW + 5 * SECOND)] == [card]


def test_an_answer_for_later_holds_up_no_card(room: Room) -> None:
    room.message(GROUP, not_before=NOW + timedelta(hours=1))
    card = room.message(GROUP, **CARD)
    assert [row.id for row in room.claim()] == [card]


def test_an_answer_waits_for_the_card_in_somebodys_hands(room: Room) -> None:
    card = room.message(GROUP, **CARD)
    room.claim()
    answer = room.message(GROUP)
    assert room.claim() == []
    assert room(outbox.must_wait, GROUP, NOW)
    room(outbox.settle, card, 1)
    assert [row.id for row in room.claim()] == [answer]


def test_in_a_private_chat_nothing_overtakes(room: Room) -> None:
    push, answer = room.message(1, lane="bulk"), room.message(1)
    assert [row.id for row in room.claim()] == [push]
    room(outbox.settle, push, 1)
    assert [row.id for row in room.claim()] == [answer]


def test_a_handler_need_not_wait_for_cards_of_its_group(room: Room) -> None:
    room.message(GROUP, **CARD)
    assert not room(outbox.must_wait, GROUP, NOW)
    room.message(GROUP)
    assert room(outbox.must_wait, GROUP, NOW)


def test_a_row_can_be_put_before_another(room: Room) -> None:
    first, second = room.message(GROUP), room.message(GROUP)
    opening = room.message(GROUP, before=first)
    later = room.message(GROUP, before=12345)
    went = []
    for _ in range(4):
        (claimed,) = room.claim()
        went.append(claimed.id)
        room(outbox.settle, claimed.id, 1)
    assert went == [opening, first, second, later]


def test_a_row_whose_topic_is_lost_is_tried_again_once(room: Room) -> None:
    row_id = room.message(GROUP, topic_id=linked(room).id)
    room.claim()
    room(outbox.start, row_id)
    assert room(outbox.try_elsewhere, row_id, NOW)
    assert [row.id for row in room.claim()] == [row_id]
    room(outbox.start, row_id)
    assert not room(outbox.try_elsewhere, row_id, NOW)


def test_a_group_that_moved_takes_along_what_is_known_of_it(room: Room) -> None:
    link = linked(room, is_forum=False)
    room(links.save_topic, link.id, state="open", card_message=5, card_digest="x")
    assert room(groups.migrate_chat, GROUP, -1000, NOW, is_forum=True) == 0
    moved = room(links.topic_of, link.id)
    assert moved is not None
    assert (moved.chat_id, moved.card_message, moved.card_digest, moved.card_due_at) == (
        -1000,
        None,
        None,
        NOW,
    )
    group = room(teams.group, -1000)
    assert group is not None
    assert group.is_forum
    assert room(teams.group, GROUP) is None
    assert room(groups.migrate_chat, GROUP, -1000, NOW) == 0


def test_whether_a_moved_group_has_topics_stays_as_it_was_when_it_is_not_known(room: Room) -> None:
    linked(room, is_forum=False)
    room(groups.migrate_chat, GROUP, -1000, NOW)
    group = room(teams.group, -1000)
    assert group is not None
    assert not group.is_forum


def test_a_group_that_is_there_under_both_ids_stays_once(room: Room) -> None:
    link = linked(room)
    code = room(teams.renew_team_code, link.team_id)
    room(teams.activate, code, -1000, NOW, is_forum=True)
    room(groups.migrate_chat, GROUP, -1000, NOW)
    assert [group.chat_id for group in room(teams.groups, link.team_id)] == [-1000]


def test_nothing_points_to_messages_of_the_group_as_it_was(room: Room) -> None:
    edit = room.message(GROUP, method="edit", target_message_id=5, body={"text": "x"})
    reply = room.message(GROUP, body={"text": "x", "reply_to": 5})
    for method in ("pin", "react", "delete"):
        room.message(GROUP, method=method, target_message_id=5, body={})
    assert room(groups.migrate_chat, GROUP, -1000, NOW) == 2
    found = {row["id"]: row for row in rows_of(room)}
    assert set(found) == {edit, reply}
    assert (found[edit]["target_message_id"], found[edit]["chat_id"]) == (None, -1000)
    assert found[reply]["body"] == {"text": "x"}


def test_a_message_of_the_new_group_is_never_taken_for_one_of_the_old(room: Room) -> None:
    link = linked(room, is_forum=False)
    pair = room(
        relays.add, link.id, "to_team", NOW, source=(1001, 3), to_chat=GROUP, kind="text", outbox_id=None
    )
    assert pair is not None
    room(relays.delivered, pair, 15)
    room(groups.migrate_chat, GROUP, -1000, NOW)
    assert room(relays.by_target, -1000, 15) is None


def test_a_lost_group_fails_all_that_waits_for_it_and_nothing_else(room: Room) -> None:
    person_id = room.person(1)
    mine = [room.message(GROUP, person_id), room.message(GROUP)]
    other = room.message(-200)
    assert [row.id for row in room(groups.give_up_chat, GROUP, "chat_lost", NOW)] == mine
    assert [row.id for row in room.claim()] == [other]
    found = {row["id"]: row["state"] for row in rows_of(room)}
    assert found == {mine[0]: "failed", other: "leased"}


@pytest.mark.parametrize("values", [{"purpose": "relay"}, {"purpose": "group digest"}, {"topic_id": 1}])
def test_what_counsellors_are_told_of_is_given_up_with_its_reason(room: Room, values: dict[str, Any]) -> None:
    person_id = room.person(1)
    late = room.message(1, person_id, expires_at=NOW + SECOND, **values)
    private = room.message(2, person_id, expires_at=NOW + SECOND, purpose="daily")
    assert room(groups.given_up, NOW) == []
    assert room(outbox.expired, NOW + SECOND) == [(person_id, "daily")]
    ((row, why),) = room(groups.given_up, NOW + SECOND)
    assert (row.id, why, row.body) == (late, "expired", {"text": "Bonjour"})
    assert room(groups.given_up, NOW + SECOND) == []
    assert {each["id"]: each["error"] for each in rows_of(room)} == {late: "expired", private: "expired"}


def test_a_message_of_unknown_fate_is_told_as_lost(room: Room) -> None:
    row_id = room.message(GROUP, leased_for=LEASE, purpose="relay")
    room.claim(NOW + LEASE)
    room(outbox.start, row_id)
    assert room(groups.given_up, NOW + LEASE) == []
    ((row, why),) = room(groups.given_up, NOW + 2 * LEASE)
    assert (row.id, why) == (row_id, "lost")
    assert room(counters.counters)["lost"] == 1
    assert rows_of(room) == []


def test_somebody_who_blocks_bob_takes_no_message_from_their_counsellors(room: Room) -> None:
    person_id = room.person(1)
    told = room.message(GROUP, person_id, topic_id=5)
    relayed = room.message(1, person_id, purpose="relay")
    room.message(1, person_id)
    assert room(outbox.drop_waiting, person_id, "unreachable", NOW) == 1
    assert {row.id for row in room.claim()} == {told, relayed}
