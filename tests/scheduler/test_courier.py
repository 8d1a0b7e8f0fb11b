"""What the outbox holds goes out once, in order, at the permitted pace; every outcome has its consequence once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from scheduler.courier import LEASE, Courier
from scheduler.messenger import Failure, NotDelivered
from scheduler.outcomes import GIVE_UP_AFTER, backoff
from scheduler.pacing import Pacing, Rate
from storage import outbox, people
from storage.engine import Store
from storage.outbox import OutboxRow
from tests.databases import *  # noqa: F403
from tests.scheduler.post import START, Post, person


@pytest.fixture
def post(store: Store) -> Post:
    return Post(store)


# What every sender does


async def test_messages_of_a_chat_go_out_in_order(post: Post) -> None:
    await post.add(1, "a", "b", "c")
    await post.add(2, "x")
    await post.settle_everything()
    assert post.telegram.texts(1) == ["a", "b", "c"]
    assert post.telegram.texts(2) == ["x"]
    assert await post.waiting() == 0


async def test_an_answer_overtakes_the_bulk(post: Post) -> None:
    one_at_a_time = Courier(
        post.store, post.telegram, post.clock, post.pacing, random=post.chance, concurrency=1
    )
    for chat in range(1, 11):
        await post.add(chat, "poussée")
    await post.add(99, "réponse", lane="interactive")
    await one_at_a_time.run_once()
    assert post.telegram.sent == [(99, "réponse")]


async def test_nothing_goes_out_before_its_time(post: Post) -> None:
    await post.add(1, "plus tard", not_before=START + timedelta(minutes=5))
    assert await post.courier.run_once() == 0
    assert await post.courier.next_attempt() == START + timedelta(minutes=5)
    post.clock.advance(timedelta(minutes=5))
    assert await post.courier.run_once() == 1
    assert await post.courier.next_attempt() is None


async def test_two_couriers_never_send_a_message_twice(post: Post) -> None:
    other = post.another()
    for chat in range(1, 21):
        await post.add(chat, "un", "deux")
    while await post.waiting():
        await asyncio.gather(post.courier.run_once(), other.run_once())
    assert len(post.telegram.sent) == 40
    assert all(post.telegram.texts(chat) == ["un", "deux"] for chat in range(1, 21))


# The handler's try


async def test_the_handler_sends_its_rows_at_once(post: Post) -> None:
    await post.courier.deliver(await post.leased(1, "a", "b"))
    assert post.telegram.texts(1) == ["a", "b"]
    assert await post.waiting() == 0


async def test_the_handler_never_overtakes_an_older_message(post: Post) -> None:
    await post.add(1, "ancien")
    post.clock.advance(timedelta(seconds=1))
    await post.courier.deliver(await post.leased(1, "nouveau"))
    assert post.telegram.sent == []
    await post.settle_everything()
    assert post.telegram.texts(1) == ["ancien", "nouveau"]
    assert await post.count("repeats") == 0


async def test_what_the_handler_cannot_send_is_left_to_the_courier_in_order(post: Post) -> None:
    post.telegram.script[1] = [NotDelivered(Failure.TEMPORARY)]
    await post.courier.deliver(await post.leased(1, "a", "b", "c"))
    assert post.telegram.texts(1) == ["a"]
    await post.settle_everything()
    assert post.telegram.texts(1) == ["a", "a", "b", "c"]


async def test_a_pause_holds_the_handler_back_too(post: Post) -> None:
    await post.store.run(outbox.pause, "all", START + timedelta(seconds=20))
    await post.courier.deliver(await post.leased(1, "a"))
    assert post.telegram.sent == []
    assert await post.courier.next_attempt() == START + timedelta(seconds=20)
    await post.settle_everything()
    assert post.telegram.texts(1) == ["a"]


async def test_a_full_pace_leaves_the_row_to_the_courier(store: Store) -> None:
    post = Post(store, Pacing(chat=Rate(per_second=0.1, burst=1)))
    await post.courier.deliver(await post.leased(1, "a", "b"))
    assert post.telegram.texts(1) == ["a"]
    assert await post.waiting() == 1


async def test_a_cut_handler_gives_the_untried_rows_back(post: Post) -> None:
    begun = asyncio.Event()

    async def hang(_: OutboxRow) -> None:
        begun.set()
        await asyncio.sleep(60)

    post.telegram.pause = hang
    handler = asyncio.create_task(post.courier.deliver(await post.leased(1, "a", "b")))
    await begun.wait()
    handler.cancel()
    with pytest.raises(asyncio.CancelledError):
        await handler
    post.telegram.pause = None
    post.clock.advance(LEASE)
    await post.settle_everything()
    assert post.telegram.texts(1) == ["a", "b"]
    assert await post.count("repeats") == 1, "only the one whose call had begun may be a repeat"


async def test_a_clock_that_jumps_over_a_lease_does_not_double_what_is_in_hand(post: Post) -> None:
    async def jump(_: OutboxRow) -> None:
        post.telegram.pause = None
        post.clock.advance(timedelta(days=1))
        looking.append(asyncio.create_task(post.courier.run_once()))
        await asyncio.sleep(0.05)

    looking: list[asyncio.Task[int]] = []
    post.telegram.pause = jump
    await post.courier.deliver(await post.leased(1, "a", "b"))
    assert await looking[0] == 2
    await post.settle_everything()
    assert post.telegram.texts(1) == ["a", "b"]
    assert await post.waiting() == 0


# Outcomes


async def test_a_temporary_fault_is_tried_again_with_growing_pauses(post: Post) -> None:
    post.telegram.script[1] = [NotDelivered(Failure.TEMPORARY)] * 4
    await post.add(1, "a")
    pauses = []
    while await post.waiting():
        at = await post.courier.next_attempt()
        assert at is not None
        pauses.append((at - post.clock.now()).total_seconds())
        post.clock.move_to(at)
        await post.courier.run_once()
    assert len(post.telegram.sent) == 5
    assert pauses[0] == 0
    assert [0.5 * 2**n <= pause <= 2**n for n, pause in enumerate(pauses[1:])] == [True] * 4


async def test_a_message_is_given_up_after_a_day_of_faults_and_the_next_one_goes_out(post: Post) -> None:
    await post.add(1, "a", "b")
    post.telegram.script[1] = [NotDelivered(Failure.TEMPORARY)] * 10_000
    await post.settle_everything(within=GIVE_UP_AFTER)
    post.telegram.script[1] = [NotDelivered(Failure.TEMPORARY)]
    await post.settle_everything()
    assert post.telegram.texts(1)[-1] == "b"
    assert await post.waiting() == 0


async def test_an_unknown_fate_is_tried_again_once_only(post: Post) -> None:
    post.telegram.script[1] = [NotDelivered(Failure.UNKNOWN)] * 2
    await post.add(1, "a", "b")
    await post.settle_everything()
    assert post.telegram.texts(1) == ["a", "a", "b"]
    assert (await post.count("repeats"), await post.count("lost")) == (1, 1)


async def test_a_429_makes_everybody_wait(post: Post) -> None:
    post.telegram.script[1] = [NotDelivered(Failure.RATE_LIMITED, retry_after=30)]
    await post.add(1, "a", lane="interactive")
    await post.courier.run_once()
    await post.add(2, "b")
    assert await post.courier.run_once() == 0
    assert await post.another().run_once() == 0
    at = await post.courier.next_attempt()
    assert at is not None
    assert timedelta(seconds=30) < at - START <= timedelta(seconds=31)
    await post.settle_everything()
    first, *others = post.telegram.sent
    assert first == (1, "a")
    assert sorted(others) == [(1, "a"), (2, "b")]  # two chats: either may come first


async def test_somebody_out_of_reach_gets_no_more_pushes(post: Post) -> None:
    ana = await person(post, 1)
    post.telegram.script[1] = [NotDelivered(Failure.UNREACHABLE)]
    (row_id,) = await post.add(1, "a", person_id=ana.id)
    await post.settle_everything()
    found = await post.store.run(people.load_person, ana.id)
    assert found is not None
    assert (found.status, found.next_due_at) == ("unreachable", None)
    assert post.telegram.sent == [(1, "a")]
    settled = await post.store.run(outbox.row, row_id)
    assert settled is not None
    assert settled.body == {}


async def test_somebody_who_stopped_stays_so(post: Post) -> None:
    ana = await person(post, 1)
    await post.store.run(people.save_person, ana.id, status="stopped")
    post.telegram.script[1] = [NotDelivered(Failure.UNREACHABLE)]
    await post.add(1, "a", person_id=ana.id)
    await post.settle_everything()
    found = await post.store.run(people.load_person, ana.id)
    assert found is not None
    assert found.status == "stopped"


async def test_a_migrated_group_gets_its_messages_at_its_new_place(post: Post) -> None:
    post.telegram.script[-1] = [NotDelivered(Failure.MIGRATED, new_chat_id=-100)]
    await post.add(-1, "a", "b")
    await post.settle_everything()
    assert post.telegram.texts(-1) == ["a"]
    assert post.telegram.texts(-100) == ["a", "b"]


@pytest.mark.parametrize(
    "outcome",
    [
        NotDelivered(Failure.OUR_BUG, detail="400"),
        NotDelivered(Failure.CHAT_LOST),
        NotDelivered(Failure.TOPIC_LOST),
        NotDelivered(Failure.HARMLESS),
        NotDelivered(Failure.MIGRATED),
        NotDelivered(Failure.UNREACHABLE),
    ],
)
async def test_what_no_retry_can_help_is_settled_and_counted(post: Post, outcome: NotDelivered) -> None:
    post.telegram.script[1] = [outcome]
    await post.add(1, "a", "b")
    await post.settle_everything()
    assert post.telegram.texts(1) == ["a", "b"]
    assert await post.count(outcome.failure.value) == 1
    assert await post.waiting() == 0


async def test_a_messenger_that_breaks_its_promise_stops_nobody(post: Post) -> None:
    async def break_down(row: OutboxRow) -> None:
        if row.chat_id == 1:
            raise ZeroDivisionError

    post.telegram.pause = break_down
    await post.add(1, "a")
    await post.add(2, "b")
    assert await post.courier.run_once() == 2
    assert post.telegram.sent == [(2, "b")]


# The loop


async def test_the_loop_sends_what_comes_and_ends_when_told(post: Post) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(post.courier.run(stop))
    await asyncio.sleep(0.05)
    await post.add(1, "a")
    post.courier.wake()
    await until(lambda: post.telegram.texts(1) == ["a"])
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_the_loop_finishes_what_is_in_flight(post: Post) -> None:
    begun = asyncio.Event()

    async def dawdle(_: OutboxRow) -> None:
        begun.set()
        await asyncio.sleep(0.2)

    post.telegram.pause = dawdle
    await post.add(1, "a", "b")
    stop = asyncio.Event()
    running = asyncio.create_task(post.courier.run(stop))
    await begun.wait()
    stop.set()
    await asyncio.wait_for(running, 5)
    assert post.telegram.texts(1) == ["a"]
    assert await post.waiting() == 1


async def test_the_loop_serves_many_chats_at_once_but_not_too_many(store: Store) -> None:
    post = Post(store)
    post.courier = Courier(store, post.telegram, post.clock, post.pacing, random=post.chance, concurrency=4)

    async def dawdle(_: OutboxRow) -> None:
        await asyncio.sleep(0.02)

    post.telegram.pause = dawdle
    for chat in range(1, 21):
        await post.add(chat, "a")
    stop = asyncio.Event()
    running = asyncio.create_task(post.courier.run(stop))
    await until(lambda: len(post.telegram.sent) == 20)
    stop.set()
    await asyncio.wait_for(running, 5)
    assert post.telegram.most_at_once == 4


async def test_the_loop_keeps_the_pace_and_answers_go_first(store: Store) -> None:
    post = Post(store, Pacing())
    for chat in range(1, 61):
        await post.add(chat, "poussée")
    stop = asyncio.Event()
    began = asyncio.get_running_loop().time()
    running = asyncio.create_task(post.courier.run(stop))
    await until(lambda: len(post.telegram.sent) >= 5)
    await post.add(99, "réponse", lane="interactive")
    asked_after = len(post.telegram.sent)
    await until(lambda: (99, "réponse") in post.telegram.sent)
    assert post.telegram.sent.index((99, "réponse")) <= asked_after + 6
    await asyncio.sleep(max(0.0, 2 - (asyncio.get_running_loop().time() - began)))
    sent, lasted = len(post.telegram.sent), asyncio.get_running_loop().time() - began
    stop.set()
    await asyncio.wait_for(running, 5)
    assert 8 * lasted < sent <= 20 * (lasted + 1) + 1


async def test_the_loop_outlives_a_database_that_is_away(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage.errors import StoreBusy

    original, faults = outbox.claim, [StoreBusy("busy")]

    def claim(*args: Any, **kwargs: Any) -> Sequence[OutboxRow]:
        if faults:
            raise faults.pop()
        return original(*args, **kwargs)

    monkeypatch.setattr(outbox, "claim", claim)
    await post.add(1, "a")
    stop = asyncio.Event()
    running = asyncio.create_task(post.courier.run(stop))
    await until(lambda: post.telegram.texts(1) == ["a"])
    stop.set()
    await asyncio.wait_for(running, 5)


def test_back_off_doubles_up_to_five_minutes_and_is_spread() -> None:
    assert [backoff(tries, lambda: 0.999999).total_seconds() for tries in (1, 2, 3)] == pytest.approx(
        [1, 2, 4], rel=1e-3
    )
    assert backoff(1, lambda: 0.0) == timedelta(seconds=0.5)
    assert backoff(10_000, lambda: 0.999999).total_seconds() == pytest.approx(300)


async def until(true: Callable[[], bool], within: float = 10) -> None:
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.01)
