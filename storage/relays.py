"""Which message stands for which on the other side, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.statements import Statement, word
from storage.tables.core import relay
from storage.types import Instant
from storage.words import Direction

PROMPT = 0
"""`from_chat` of a prompt of the Write button: it stands for no message, but answers to it go to the person."""


@dataclass(frozen=True, slots=True)
class RelayRow:
    """A pair of messages; `to_message` is None until the copy was delivered."""

    id: int
    link_id: int
    direction: Direction
    counsellor_id: int | None
    from_chat: int
    from_message: int
    to_chat: int
    to_message: int | None
    kind: str
    outbox_id: int | None
    at: datetime
    failed: str | None
    together: str | None = None
    delivered_at: datetime | None = None

    @property
    def stands_for_words(self) -> bool:
        """Whether it is the copy of somebody's own message: no prompt, no line with a name over the next message."""
        return self.from_chat != PROMPT


_ADD = Statement(
    lambda insert_into: (
        insert_into(relay)
        .on_conflict_do_nothing(index_elements=["link_id", "from_chat", "from_message"])
        .returning(relay.c.id)
    )
)
_BY_SOURCE = Statement(
    select(*relay.c)
    .where(relay.c.from_chat == bindparam("chat"), relay.c.from_message == bindparam("message"))
    .order_by(relay.c.id)
)
_BY_TARGET = Statement(
    select(*relay.c).where(relay.c.to_chat == bindparam("chat"), relay.c.to_message == bindparam("message"))
)
_BY_OUTBOX = Statement(
    select(*relay.c).where(relay.c.outbox_id == bindparam("outbox")).order_by(relay.c.from_message)
)
_BY_ID = Statement(select(*relay.c).where(relay.c.id == bindparam("of")))
_OF_LINK = Statement(select(*relay.c).where(relay.c.link_id == bindparam("of")).order_by(relay.c.id))
_TOGETHER = Statement(
    select(*relay.c).where(relay.c.together == bindparam("as_key")).order_by(relay.c.from_message, relay.c.id)
)
_LAST_DELIVERED = Statement(
    select(relay.c.delivered_at)
    .where(
        relay.c.link_id == bindparam("of"),
        relay.c.direction == word("to_person"),
        relay.c.delivered_at.is_not(None),
        relay.c.from_chat != PROMPT,
    )
    .order_by(relay.c.id.desc())
    .limit(1)
)
_UNANSWERED = Statement(
    select(relay.c.id)
    .where(
        relay.c.link_id == bindparam("of"),
        relay.c.direction == word("to_team"),
        relay.c.from_chat != PROMPT,
        relay.c.at >= bindparam("since", type_=Instant),
    )
    .limit(1)
)
_NOT_DELIVERED = Statement(
    select(*relay.c)
    .where(
        relay.c.link_id == bindparam("of"),
        relay.c.direction == word("to_team"),
        relay.c.failed == bindparam("because"),
    )
    .order_by(relay.c.id)
)
_PLACED = Statement(
    update(relay)
    .where(relay.c.id == bindparam("of"))
    .values(to_message=bindparam("as_message"), failed=None, delivered_at=bindparam("now"))
)
_REPLACED = Statement(
    update(relay).where(relay.c.id == bindparam("of")).values(to_message=bindparam("as_message"))
)
_ANEW = Statement(
    update(relay)
    .where(relay.c.id == bindparam("of"))
    .values(
        to_chat=bindparam("chat"),
        outbox_id=bindparam("outbox"),
        to_message=None,
        failed=None,
        delivered_at=None,
    )
)
_DROP = Statement(delete(relay).where(relay.c.id == bindparam("of")))
_FAILED = Statement(update(relay).where(relay.c.id == bindparam("of")).values(failed=bindparam("because")))
_FORGET = Statement(delete(relay).where(relay.c.at <= bindparam("before", type_=Instant)))


def add(
    conn: Connection,
    link_id: int,
    direction: Direction,
    now: datetime,
    *,
    source: tuple[int, int],
    to_chat: int,
    kind: str,
    outbox_id: int | None,
    counsellor_id: int | None = None,
    together: str | None = None,
) -> int | None:
    """Note a pair. `source`: (chat, message). None when this message is relayed for this link already.

    `together`: the same for the messages of an album, and the name over them.
    """
    made: int | None = _ADD.value(
        conn,
        link_id=link_id,
        direction=direction,
        counsellor_id=counsellor_id,
        from_chat=source[0],
        from_message=source[1],
        to_chat=to_chat,
        to_message=None,
        kind=kind,
        outbox_id=outbox_id,
        at=now,
        failed=None,
        together=together,
        delivered_at=None,
    )
    return made


def by_source(conn: Connection, chat_id: int, message_id: int) -> list[RelayRow]:
    """What stands for this message elsewhere: one pair for each team that follows the person."""
    return [RelayRow(*row) for row in _BY_SOURCE.rows(conn, chat=chat_id, message=message_id)]


def by_target(conn: Connection, chat_id: int, message_id: int) -> RelayRow | None:
    """The pair of which this message, written by Bob, is the copy."""
    found = _BY_TARGET.row(conn, chat=chat_id, message=message_id)
    return None if found is None else RelayRow(*found)


def of_message(conn: Connection, chat_id: int, message_id: int) -> RelayRow | None:
    """The pair in which this message takes part, as the copy or as what was copied."""
    pair = by_target(conn, chat_id, message_id)
    if pair is not None:
        return pair
    pairs = by_source(conn, chat_id, message_id)
    return pairs[0] if pairs else None


def by_outbox(conn: Connection, outbox_id: int) -> list[RelayRow]:
    """The pairs that a call makes: several for an album, in the order of their messages."""
    return [RelayRow(*row) for row in _BY_OUTBOX.rows(conn, outbox=outbox_id)]


def of_link(conn: Connection, link_id: int) -> list[RelayRow]:
    """All pairs of a link, oldest first."""
    return [RelayRow(*row) for row in _OF_LINK.rows(conn, of=link_id)]


def by_id(conn: Connection, relay_id: int) -> RelayRow | None:
    """The pair of this id."""
    found = _BY_ID.row(conn, of=relay_id)
    return None if found is None else RelayRow(*found)


def of_together(conn: Connection, together: str) -> list[RelayRow]:
    """The pairs of what was sent together, for every link."""
    return [RelayRow(*row) for row in _TOGETHER.rows(conn, as_key=together)]


def last_delivered(conn: Connection, link_id: int) -> datetime | None:
    """When the last message of a counsellor was delivered to the person."""
    found: datetime | None = _LAST_DELIVERED.value(conn, of=link_id)
    return found


def any_since(conn: Connection, link_id: int, since: datetime) -> bool:
    """Whether the person has written something to the team since then, that they did not take back."""
    return _UNANSWERED.value(conn, of=link_id, since=since) is not None


def not_delivered(conn: Connection, link_id: int, because: str) -> list[RelayRow]:
    """The person's messages that did not reach the team for this reason, oldest first."""
    return [RelayRow(*row) for row in _NOT_DELIVERED.rows(conn, of=link_id, because=because)]


def delivered(conn: Connection, relay_id: int, message_id: int, now: datetime | None = None) -> None:
    """The copy is there, under this id."""
    _PLACED.count(conn, of=relay_id, as_message=message_id, now=now)


def replaced(conn: Connection, relay_id: int, message_id: int) -> None:
    """Another message stands for it now: an edit was impossible."""
    _REPLACED.count(conn, of=relay_id, as_message=message_id)


def anew(conn: Connection, relay_id: int, to_chat: int, outbox_id: int | None) -> None:
    """It is handed on again, by another call."""
    _ANEW.count(conn, of=relay_id, chat=to_chat, outbox=outbox_id)


def drop(conn: Connection, relay_id: int) -> None:
    """It was taken back."""
    _DROP.count(conn, of=relay_id)


def failed(conn: Connection, relay_id: int, because: str) -> None:
    """It could not be delivered. `because`: one of our words."""
    _FAILED.count(conn, of=relay_id, because=because)


def forget(conn: Connection, before: datetime) -> int:
    """Delete pairs older than this: what they stood for can be answered and edited no more."""
    return _FORGET.count(conn, before=before)
