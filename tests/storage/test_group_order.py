"""Whatever happens to the senders of a group: answers in their order and before cards, nothing lost or doubled."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import outbox
from storage.engine import Store
from storage.outbox import OutboxRow
from storage.words import Lane
from tests.storage.making import NOW, SECOND, Room

GROUP = -7
FATES = st.sampled_from(["sent", "refused", "later", "homeless", "killed before", "released"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(["interactive", "bulk"])),
        st.tuples(st.just("send"), FATES),
        st.tuples(st.just("wait"), st.sampled_from([0, 1, 31])),
    ),
    max_size=50,
)


class World:
    """One group and its senders."""

    def __init__(self) -> None:
        self.store = Store("sqlite://")
        self.room = Room(self.store)
        self.now: datetime = NOW
        self.lanes: dict[int, Lane] = {}
        self.settled: list[int] = []
        self.first_tries: list[int] = []

    def add(self, lane: Lane) -> None:
        self.lanes[self.room.message(GROUP, lane=lane, topic_id=None)] = lane

    def send(self, fate: str) -> None:
        claimed = self.room.claim(self.now)
        assert len(claimed) <= 1, "one call at a time in a group"
        for row in claimed:
            self._meet(row, fate)

    def _meet(self, row: OutboxRow, fate: str) -> None:
        waiting_answers = [
            each
            for each, lane in self.lanes.items()
            if lane == "interactive" and each not in self.settled and each != row.id
        ]
        assert row.lane == "interactive" or not waiting_answers, "a card passed an answer"
        if row.id not in self.first_tries:
            self.first_tries.append(row.id)
        if fate == "killed before":
            return
        if fate == "released":
            self.room(outbox.release, row.id)
            return
        assert self.room(outbox.start, row.id, lease_until=row.lease_until)
        if fate == "later":
            self.room(outbox.retry_later, row.id, self.now + SECOND, unknown=False)
        elif fate == "homeless" and self.room(outbox.try_elsewhere, row.id, self.now):
            return
        else:
            assert row.id not in self.settled, "sent twice"
            self.settled.append(row.id)
            self.room(outbox.settle, row.id, 1, self.now)

    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_answers_keep_their_order_and_pass_cards_and_nothing_is_lost(steps: list[tuple[str, object]]) -> None:
    world = World()
    for kind, value in steps:
        {"add": world.add, "send": world.send, "wait": world.wait}[kind](value)  # type: ignore[operator]
    for _ in range(3 * len(world.lanes) + 3):
        world.wait(31)
        world.send("sent")
    assert sorted(world.settled) == sorted(world.lanes)
    for lane in ("interactive", "bulk"):
        tried = [row_id for row_id in world.first_tries if world.lanes[row_id] == lane]
        assert tried == sorted(tried)
        ended = [row_id for row_id in world.settled if world.lanes[row_id] == lane]
        assert ended == sorted(ended)
    world.store.close()
