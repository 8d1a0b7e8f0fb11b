"""What the courier does for groups: answers first, topics made again, the room told of what became of its messages."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from scheduler.courier import LEASE
from scheduler.messenger import Delivered, Failure, NotDelivered, Outcome
from scheduler.outcomes import GIVE_UP_AFTER, messages_of
from scheduler.pacing import Pacing
from storage import groups, links, outbox, teams
from storage.engine import Store
from storage.outbox import OutboxRow
from tests.databases import *  # noqa: F403
from tests.scheduler.post import START, Post, person

GROUP = -100


class Ears:
    """What the counsellors' room was told, and what it does about it."""

    def __init__(self) -> None:
        self.told: list[tuple[int, Outcome]] = []
        self.breaks = False

    def __call__(self, conn: Connection, row: OutboxRow, outcome: Outcome, now: datetime) -> None:
        if self.breaks:
            raise ZeroDivisionError
        self.told.append((row.id, outcome))
        if isinstance(outcome, Delivered) and row.method == "topic":
            assert row.topic_id is not None
            links.save_topic(conn, row.topic_id, thread_id=outcome.message_id, state="open")
        elif isinstance(outcome, NotDelivered) and outcome.failure is Failure.TOPIC_LOST and outcome.again:
            assert row.topic_id is not None
            links.save_topic(conn, row.topic_id, thread_id=None, state="opening")
            outbox.add(
                conn,
                now,
                person_id=None,
                chat_id=row.chat_id,
                lane="interactive",
                method="topic",
                body={"do": "open", "name": "Ana D.", "text": "opening"},
                topic_id=row.topic_id,
                before=row.id,
            )

    def failures(self) -> list[Failure]:
        return [outcome.failure for _, outcome in self.told if isinstance(outcome, NotDelivered)]


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def post(store: Store, ears: Ears) -> Post:
    return Post(store, on_settled=ears)


async def linked(post: Post, thread_id: int | None = 7) -> int:
    """A person followed in a forum; the id of the link."""
    ana = await person(post, 1)

    def work(conn: Connection) -> int:
        team_id, code = teams.create_team(conn, "Équipe", START, language="fr", time_zone="Europe/Paris")
        teams.activate(conn, code, GROUP, START, is_forum=True)
        counsellor_id, _ = teams.add_counsellor(conn, team_id, "Nadia")
        link = links.create(
            conn, ana.id, team_id, counsellor_id, START, shown=[], initial="D", words_to="topic"
        )
        links.open_topic(conn, link.id, GROUP, "Ana D.")
        links.save_topic(conn, link.id, thread_id=thread_id)
        return link.id

    return await post.store.run(work)


async def test_in_a_group_an_answer_passes_the_cards(post: Post) -> None:
    await post.add(GROUP, "carte 1", "carte 2")
    await post.add(GROUP, "mot", lane="interactive")
    await post.settle_everything()
    assert post.telegram.texts(GROUP) == ["mot", "carte 1", "carte 2"]


async def test_a_deleted_topic_is_made_again_before_what_was_to_be_said_in_it(post: Post, ears: Ears) -> None:
    link_id = await linked(post)
    post.telegram.script[GROUP] = [NotDelivered(Failure.TOPIC_LOST), Delivered(8)]
    await post.add(GROUP, "a", "b", lane="interactive", topic_id=link_id)
    await post.settle_everything()
    assert post.telegram.texts(GROUP) == ["a", "opening", "a", "b"]
    assert [row.thread_id for row in post.telegram.rows] == [7, None, 8, 8]
    assert await post.waiting() == 0


async def test_a_topic_lost_twice_fails_its_message_and_the_next_one_goes_on(post: Post, ears: Ears) -> None:
    link_id = await linked(post)
    lost = NotDelivered(Failure.TOPIC_LOST)
    post.telegram.script[GROUP] = [lost, Delivered(8), lost]
    await post.add(GROUP, "a", "b", lane="interactive", topic_id=link_id)
    await post.settle_everything()
    assert post.telegram.texts(GROUP) == ["a", "opening", "a", "b"]
    assert [outcome.again for _, outcome in ears.told if isinstance(outcome, NotDelivered)] == [True, False]


async def test_what_has_no_topic_is_never_said_in_the_general_one(post: Post, ears: Ears) -> None:
    link_id = await linked(post, thread_id=None)
    post.telegram.script[GROUP] = [NotDelivered(Failure.NO_RIGHT)]
    await post.add(GROUP, "secret", lane="interactive", topic_id=link_id)
    await post.settle_everything()
    assert post.telegram.texts(GROUP) == ["opening"]
    assert ears.failures() == [Failure.TOPIC_LOST, Failure.NO_RIGHT, Failure.TOPIC_LOST]
    assert await post.waiting() == 0


async def test_the_handlers_second_row_finds_the_topic_that_its_first_made(post: Post) -> None:
    link_id = await linked(post, thread_id=None)
    post.telegram.script[GROUP] = [Delivered(8)]
    opening = await post.leased(
        GROUP, "opening", method="topic", body={"do": "open", "text": "opening"}, topic_id=link_id
    )
    (row_id,) = await post.add(GROUP, "a", lane="interactive", topic_id=link_id, leased_for=LEASE)
    row = await post.store.run(outbox.row, row_id)
    assert row is not None
    await post.courier.deliver([*opening, row])
    assert [row.thread_id for row in post.telegram.rows] == [None, 8]


async def test_the_room_is_told_of_its_messages_only(post: Post, ears: Ears) -> None:
    (relayed,) = await post.add(1, "mot", purpose="relay")
    (card,) = await post.add(GROUP, "carte", topic_id=await linked(post))
    await post.add(1, "poussée", purpose="daily")
    await post.settle_everything()
    assert sorted(row_id for row_id, _ in ears.told) == sorted([relayed, card])
    assert all(isinstance(outcome, Delivered) for _, outcome in ears.told)


async def test_a_lost_group_is_told_and_all_that_waits_for_it_fails_at_once(post: Post, ears: Ears) -> None:
    post.telegram.script[GROUP] = [NotDelivered(Failure.CHAT_LOST)]
    ids = await post.add(GROUP, "a", "b", "c", purpose="group")
    await post.add(-200, "ailleurs")
    await post.settle_everything()
    assert post.telegram.texts(GROUP) == ["a"]
    assert post.telegram.texts(-200) == ["ailleurs"]
    assert [row_id for row_id, _ in ears.told] == ids
    assert ears.failures() == [Failure.CHAT_LOST] * 3


async def test_a_group_that_moved_gets_its_message_once_and_the_room_is_told(post: Post, ears: Ears) -> None:
    link_id = await linked(post)
    post.telegram.script[GROUP] = [NotDelivered(Failure.MIGRATED, new_chat_id=-1000)]
    await post.add(GROUP, "a", purpose="group")
    await post.settle_everything()
    assert (post.telegram.texts(GROUP), post.telegram.texts(-1000)) == (["a"], ["a"])
    (_, moved), (_, sent) = ears.told
    assert isinstance(moved, NotDelivered)
    assert (moved.failure, moved.again) == (Failure.MIGRATED, True)
    assert isinstance(sent, Delivered)
    topic = await post.store.run(links.topic_of, link_id)
    assert topic is not None
    assert topic.chat_id == -1000


async def test_an_update_that_tells_of_the_move_first_changes_nothing(post: Post) -> None:
    async def move(row: OutboxRow) -> None:
        if row.chat_id == GROUP:
            await post.store.run(groups.migrate_chat, GROUP, -1000, START)

    post.telegram.pause = move
    post.telegram.script[GROUP] = [NotDelivered(Failure.MIGRATED, new_chat_id=-1000)]
    await post.add(GROUP, "a", "b")
    await post.settle_everything()
    assert (post.telegram.texts(GROUP), post.telegram.texts(-1000)) == (["a"], ["a", "b"])


async def test_what_came_too_late_or_got_lost_is_told(post: Post, ears: Ears) -> None:
    await post.add(GROUP, "tard", purpose="group", not_before=START + timedelta(hours=1))
    post.telegram.script[1] = [NotDelivered(Failure.UNKNOWN)] * 2
    await post.add(1, "mot", purpose="relay")
    await post.add(2, "périmé", purpose="relay", expires_at=START)
    await post.settle_everything(within=timedelta(minutes=5))
    assert sorted(ears.failures()) == [Failure.EXPIRED, Failure.UNKNOWN]
    post.telegram.script[GROUP] = [NotDelivered(Failure.TEMPORARY)] * 10_000
    await post.settle_everything(within=GIVE_UP_AFTER + timedelta(hours=2))
    assert ears.failures()[-1] is Failure.TEMPORARY
    assert len(ears.told) == 3


async def test_somebody_who_blocked_bob_is_told_of_once(post: Post, ears: Ears) -> None:
    post.telegram.script[1] = [NotDelivered(Failure.UNREACHABLE)]
    await post.add(1, "mot", purpose="relay")
    await post.settle_everything()
    assert ears.failures() == [Failure.UNREACHABLE]


async def test_a_room_that_fails_doubles_no_message_and_stops_nobody(post: Post, ears: Ears) -> None:
    ears.breaks = True
    await post.add(GROUP, "a", "b", purpose="group")
    await post.add(1, "périmé", purpose="relay", expires_at=START)
    await post.settle_everything()
    assert post.telegram.sent == [(GROUP, "a"), (GROUP, "b")]
    assert await post.waiting() == 0


async def test_a_429_of_a_group_makes_this_group_wait_and_nobody_else(post: Post) -> None:
    post.telegram.script[GROUP] = [NotDelivered(Failure.RATE_LIMITED, retry_after=40)]
    await post.add(GROUP, "carte")
    await post.courier.run_once()
    await post.add(GROUP, "mot", lane="interactive")
    await post.add(1, "poussée")
    await post.add(-200, "ailleurs")
    assert await post.courier.run_once() == 2
    at = await post.courier.next_attempt()
    assert at is not None
    assert timedelta(seconds=40) < at - START <= timedelta(seconds=41)
    await post.settle_everything()
    assert post.telegram.texts(GROUP) == ["carte", "mot", "carte"]


async def test_cards_leave_room_for_people_within_a_groups_minute(store: Store) -> None:
    now = [1000.0]
    post = Post(store, Pacing(seconds=lambda: now[0]))
    await post.add(GROUP, *(f"carte {n}" for n in range(30)))
    for _ in range(300):  # the first half minute
        now[0] += 0.1
        post.clock.advance(timedelta(seconds=0.1))
        await post.courier.run_once()
    assert len(post.telegram.sent) == 12
    await post.add(GROUP, *(f"mot {n}" for n in range(8)), lane="interactive")
    for _ in range(120):
        now[0] += 0.1
        post.clock.advance(timedelta(seconds=0.1))
        await post.courier.run_once()
    assert post.telegram.texts(GROUP)[12:] == [f"mot {n}" for n in range(8)]


@pytest.mark.parametrize(
    ("method", "body", "messages"),
    [
        ("send", {}, 1),
        ("edit", {}, 1),
        ("copy", {}, 1),
        ("copy_album", {"message_ids": [1, 2, 3]}, 3),
        ("edit_copy", {}, 1),
        ("topic", {"do": "open"}, 1),
        ("topic", {"do": "rename"}, 1),
        ("topic", {"do": "close"}, 1),
        ("topic", {"do": "delete"}, 0),
        ("react", {}, 0),
        ("delete", {}, 0),
        ("pin", {}, 0),
    ],
)
def test_what_counts_in_a_groups_minute(method: Any, body: dict[str, Any], messages: int) -> None:
    row = OutboxRow(1, None, GROUP, "bulk", method, None, body, "", 0, 0, START)
    assert messages_of(row) == messages


async def test_two_couriers_never_say_a_thing_twice_in_a_group(post: Post) -> None:
    other = post.another()
    for chat in range(1, 11):
        await post.add(-chat, "carte")
        await post.add(-chat, "un", "deux", lane="interactive")
    while await post.waiting():
        await asyncio.gather(post.courier.run_once(), other.run_once())
    assert len(post.telegram.sent) == 30
    assert all(
        [text for text in post.telegram.texts(-chat) if text != "carte"] == ["un", "deux"]
        for chat in range(1, 11)
    )
