"""A courier with everything around it, and a Telegram that says what a test scripted."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.advice.profile import Profile
from scheduler.clock import ManualClock
from scheduler.courier import LEASE, Courier
from scheduler.messenger import Delivered, NotDelivered
from scheduler.outcomes import OnSettled
from scheduler.pacing import Pacing
from storage import counters, outbox, people
from storage.engine import Store
from storage.outbox import OutboxRow
from storage.people import PersonRecord

START = datetime(2026, 12, 1, 8, tzinfo=UTC)
Outcome = Delivered | NotDelivered


class FakeMessenger:
    """Telegram for these tests: says what a test scripted, by chat, and writes down what was asked of it."""

    def __init__(self) -> None:
        self.script: dict[int, list[Outcome]] = {}
        self.sent: list[tuple[int, Any]] = []
        self.rows: list[OutboxRow] = []
        self.at_once: dict[int, int] = {}
        self.most_at_once = 0
        self.pause: Callable[[OutboxRow], Any] | None = None

    async def perform(self, row: OutboxRow) -> Outcome:
        now = self.at_once[row.chat_id] = self.at_once.get(row.chat_id, 0) + 1
        assert now == 1, "one call at a time per chat"
        self.most_at_once = max(self.most_at_once, sum(self.at_once.values()))
        try:
            await (self.pause(row) if self.pause else asyncio.sleep(0))
            self.sent.append((row.chat_id, row.body.get("text")))
            self.rows.append(row)
            script = self.script.get(row.chat_id)
            return script.pop(0) if script else Delivered(message_id=len(self.sent))
        finally:
            self.at_once[row.chat_id] -= 1

    def texts(self, chat_id: int) -> list[Any]:
        return [text for chat, text in self.sent if chat == chat_id]


class Post:
    """A courier with everything around it."""

    def __init__(
        self, store: Store, pacing: Pacing | None = None, on_settled: OnSettled | None = None
    ) -> None:
        self.store = store
        self.clock = ManualClock(START)
        self.telegram = FakeMessenger()
        self.pacing = pacing or Pacing.unlimited()
        self.on_settled = on_settled
        self.chance = random.Random(1).random
        self.courier = self.another()

    def another(self) -> Courier:
        """A second courier on the same outbox, as another process would have."""
        return Courier(
            self.store, self.telegram, self.clock, self.pacing, random=self.chance, on_settled=self.on_settled
        )

    async def add(self, chat_id: int, *texts: str, **values: Any) -> list[int]:
        def work(conn: Connection) -> list[int]:
            added = []
            for text in texts:
                given = {"person_id": None, "lane": "bulk", "method": "send", "body": {"text": text}} | values
                added.append(outbox.add(conn, self.clock.now(), chat_id=chat_id, **given))
            return [row_id for row_id in added if row_id is not None]

        return await self.store.run(work)

    async def leased(self, chat_id: int, *texts: str, **values: Any) -> list[OutboxRow]:
        """Rows as a turn leaves them to its handler: none when they have to wait for others."""
        must_wait = await self.store.run(outbox.must_wait, chat_id, self.clock.now())
        leased_for = None if must_wait else LEASE
        ids = await self.add(chat_id, *texts, leased_for=leased_for, lane="interactive", **values)
        rows = [await self.store.run(outbox.row, row_id) for row_id in ids]
        return [] if must_wait else [row for row in rows if row is not None]

    async def settle_everything(self, within: timedelta = timedelta(hours=2)) -> None:
        """Let time pass, from one attempt to the next, until nothing waits."""
        end = self.clock.now() + within
        while (at := await self.courier.next_attempt()) is not None and at <= end:
            self.clock.move_to(max(at, self.clock.now()))
            await self.courier.run_once()

    async def waiting(self) -> int:
        depth = await self.store.run(outbox.depth)
        return depth.interactive + depth.bulk

    async def count(self, name: str) -> int:
        return (await self.store.run(counters.counters)).get(name, 0)


async def person(post: Post, telegram_id: int) -> PersonRecord:
    def work(conn: Connection) -> PersonRecord:
        people.create_person(
            conn,
            START,
            telegram_id=telegram_id,
            chat_id=telegram_id,
            language="fr",
            form="vous",
            profile=Profile(),
        )
        found = people.load_by_telegram(conn, telegram_id)
        assert isinstance(found, PersonRecord)
        people.save_person(conn, found.id, next_due_at=START + timedelta(days=1))
        return found

    return await post.store.run(work)
