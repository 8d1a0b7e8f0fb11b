"""A team and somebody whom it follows, where messages go to and fro; what Telegram answers is said by the test."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.counsellors import settled
from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.messages import relay_to_team
from bot.counsellors.messages.words import Words
from bot.dialogs.incoming import Incoming, Kind
from bot.turns.handling import one_turn
from scheduler.messenger import Delivered, Failure, NotDelivered
from storage import links, outbox, relays
from storage.outbox import OutboxRow
from storage.tables.core import outbox as rows
from tests.counsellors.office import GROUP, NADIA, WORLD, Office


class RelayRoom:
    """Nadia's office, and Sofia."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.link_id = office.follow()
        self.chat = int(office(links.chat_of, office.person_of(self.link_id)))
        self.last = 100
        self.office.told()

    @property
    def now(self) -> datetime:
        return self.office.now

    @property
    def link(self) -> links.LinkRow:
        return self.office.link(self.link_id)

    def number(self) -> int:
        self.last += 1
        return self.last

    # What is written

    def person_writes(self, text: str = "Bonjour", *, album: str | None = None, kind: str = "text") -> int:
        """Handed on to the team; the message's number in the person's chat."""
        message = self.number()
        words = Words(self.chat, message, kind, text, album=album)
        assert self.office(relay_to_team.send, self.link, words, self.now)
        return message

    def person_sends(self, **values: Any) -> int:
        """An event of their chat."""
        message = self.number()
        incoming = Incoming(Kind.PHOTO, self.chat, self.chat, sent_id=message, media="photo", **values)
        self.office(one_turn, WORLD, incoming, 10_000 + message, self.now)
        return message

    def member_writes(
        self, text: str = "Bonjour", *, reply_to: int | None, who: int = NADIA, **values: Any
    ) -> int:
        """In the person's topic."""
        message = int(values.pop("message", 0)) or self.number()
        kind = values.pop("kind", GroupKind.TEXT)
        event = GroupEvent(
            kind,
            GROUP,
            who,
            thread_id=7000 + self.link_id,
            message_id=message,
            reply_to=reply_to,
            text=text,
            **values,
        )
        self.office._event(event)
        return message

    # What becomes of it

    def waiting(self, method: str | None = None) -> list[OutboxRow]:
        """What is to be sent, in the order in which it goes out."""
        query = select(rows.c.id).where(rows.c.state == "waiting").order_by(rows.c.not_before, rows.c.id)
        ids = self.office(lambda conn: [row_id for (row_id,) in conn.execute(query)])
        found = [self.office(outbox.row, row_id) for row_id in ids]
        return [row for row in found if method is None or row.method == method]

    def deliver(self, row: OutboxRow) -> int:
        """Telegram takes it; the number that it gets there."""
        message = self.number()
        ids = tuple(self.number() for _ in row.body.get("message_ids", ()))
        outcome = Delivered(ids[0] if ids else message, ids)
        self.settle(row, outcome)
        return ids[0] if ids else message

    def fail(self, row: OutboxRow, failure: Failure) -> None:
        self.settle(row, NotDelivered(failure))

    def settle(self, row: OutboxRow, outcome: Delivered | NotDelivered) -> None:
        if isinstance(outcome, Delivered):
            self.office(outbox.settle, row.id, outcome.message_id, self.now)
        else:
            self.office(outbox.fail, row.id, outcome.failure.value, self.now)
        self.office(settled.on_settled, row, outcome, self.now)

    def take_in_hand(self, row: OutboxRow) -> None:
        """Somebody is about to send it."""

        def lease(conn: Any) -> None:
            conn.execute(rows.update().where(rows.c.id == row.id).values(state="leased"))

        self.office(lease)

    def relayed(self) -> list[OutboxRow]:
        """Of what waits, the messages of people."""
        return [row for row in self.waiting() if row.purpose == "relay"]

    def exchange(self) -> int:
        """Sofia wrote, and the team has her message; its number in the topic."""
        self.person_writes()
        (row,) = self.relayed()
        return self.deliver(row)

    def pairs(self) -> list[relays.RelayRow]:
        found: list[relays.RelayRow] = self.office(relays.of_link, self.link_id)
        return found
