"""Whatever happens to the senders: no message is called more than twice, overtaken, or forgotten."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import counters, outbox
from storage.engine import Store
from storage.outbox import OutboxRow
from tests.storage.making import LEASE, NOW, SECOND, Room

CHATS = (1, 2, 3)
FATES = st.sampled_from(["sent", "refused", "later", "unknown", "killed before", "killed after", "released"])


class World:
    """Senders at work on a store, and Telegram as they see it: `calls` lists the messages it was given."""

    def __init__(self) -> None:
        self.store = Store("sqlite://")
        self.room = Room(self.store)
        self.people = {chat: self.room.person(chat) for chat in CHATS}
        self.now: datetime = NOW
        self.calls: list[OutboxRow] = []
        self.added: dict[int, int] = {}  # chat of each message
        self.unknown: dict[int, int] = {}  # calls whose fate the sender never learnt, by message

    def add(self, chat: int) -> None:
        row_id = self.room(
            outbox.add,
            self.now,
            person_id=self.people[chat],
            chat_id=chat,
            lane="interactive",
            method="send",
            body={"text": "x"},
        )
        assert row_id is not None
        self.added[row_id] = chat

    def send(self, fate: str) -> None:
        """A sender claims one message and meets this fate."""
        for row in self.room.claim(self.now, limit=1):
            if fate == "killed before":
                return
            if fate == "released":
                self.room(outbox.release, row.id)
                return
            assert self.room(outbox.start, row.id, lease_until=row.lease_until)
            self.calls.append(row)
            if fate == "sent":
                self.room(outbox.settle, row.id, 1, self.now)
            elif fate == "refused":
                self.room(outbox.fail, row.id, "refused", self.now)
            elif fate == "later":
                self.room(outbox.retry_later, row.id, self.now + SECOND, unknown=False)
            else:
                self.unknown[row.id] = self.unknown.get(row.id, 0) + 1
                if fate == "unknown":
                    self.room(outbox.retry_later, row.id, self.now + SECOND, unknown=True)

    def pass_time(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def finish(self) -> None:
        """Let everything that can still go out go out."""
        for _ in range(4 * len(self.added) + 4):
            self.pass_time(31)
            self.send("sent")
        assert self.room.claim(self.now + LEASE) == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(CHATS)),
        st.tuples(st.just("send"), FATES),
        st.tuples(st.just("wait"), st.sampled_from([0, 1, 29, 31])),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_every_message_is_called_and_at_most_twice_without_an_answer(steps: list[tuple[str, object]]) -> None:
    world = World()
    for kind, value in steps:
        {"add": world.add, "send": world.send, "wait": world.pass_time}[kind](value)  # type: ignore[operator]
    world.finish()
    called = [row.id for row in world.calls]
    assert set(called) == set(world.added)
    assert all(count <= 2 for count in world.unknown.values())
    first_calls = list(dict.fromkeys(called))
    for chat in CHATS:
        in_chat = [row_id for row_id in first_calls if world.added[row_id] == chat]
        assert in_chat == sorted(in_chat)
    counted = world.room(counters.counters)
    assert counted.get("lost", 0) == sum(count == 2 for count in world.unknown.values())
    assert counted.get("repeats", 0) == sum(count >= 1 for count in world.unknown.values())
    assert world.room(outbox.depth) == outbox.Depth(0, 0, None)
    world.store.close()
