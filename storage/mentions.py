"""Which messages of Bob name whom, outside of the topic of that person: they go when the person leaves.

A message in a person's topic goes with the topic. Those elsewhere (in General, in a group without topics, in a
counsellor's private chat) are noted here by their call; once that is delivered, by their number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from storage.statements import Statement, is_in
from storage.tables.core import mention, outbox
from storage.words import UNSETTLED

_UNDER_WAY = tuple(state for state in UNSETTLED if state != "waiting")
_ADD = Statement(insert(mention))
_OF_LINK = Statement(
    select(mention.c.chat_id, mention.c.message_id)
    .where(mention.c.link_id == bindparam("of"), mention.c.message_id.is_not(None))
    .distinct()
    .order_by(mention.c.chat_id, mention.c.message_id)
)
_DROP_MESSAGE = Statement(
    delete(mention).where(
        mention.c.chat_id == bindparam("chat"), mention.c.message_id == bindparam("message")
    )
)
_DROP_REST = Statement(
    delete(mention).where(
        mention.c.link_id == bindparam("of"),
        ~exists().where(outbox.c.id == mention.c.outbox_id, is_in(outbox.c.state, _UNDER_WAY)),
    )
)
_BY_CALL = Statement(select(mention.c.link_id).where(mention.c.outbox_id == bindparam("outbox")))
_PLACED = Statement(
    update(mention)
    .where(mention.c.outbox_id == bindparam("outbox"))
    .values(outbox_id=None, message_id=bindparam("as_message"))
)
_DROP_CALL = Statement(delete(mention).where(mention.c.outbox_id == bindparam("outbox")))


@dataclass(frozen=True, slots=True)
class Place:
    """A message in a chat."""

    chat_id: int
    message_id: int


def add(
    conn: Connection,
    link_ids: Iterable[int],
    chat_id: int,
    *,
    message_id: int | None = None,
    outbox_id: int | None = None,
) -> None:
    """A message names these people: one that is there already (`message_id`), or the one that a call will make.

    Of one that is there, whoever it named before is forgotten: it was written anew.
    """
    if message_id is not None:
        _DROP_MESSAGE.count(conn, chat=chat_id, message=message_id)
    for link_id in sorted(link_ids):
        _ADD.count(conn, link_id=link_id, chat_id=chat_id, message_id=message_id, outbox_id=outbox_id)


def settled(conn: Connection, outbox_id: int, message_id: int | None) -> bool:
    """A call came to its end, with a message or without. False when somebody whom it names has left meanwhile.

    Then the message has to go at once.
    """
    named = [link_id for (link_id,) in _BY_CALL.rows(conn, outbox=outbox_id)]
    if message_id is None or None in named:
        _DROP_CALL.count(conn, outbox=outbox_id)
    else:
        _PLACED.count(conn, outbox=outbox_id, as_message=message_id)
    return None not in named


def leave(conn: Connection, link_id: int) -> list[Place]:
    """The messages that name a person who leaves, to be deleted; nothing is kept of them.

    Give up what waits to be sent first (`storage.outbox.drop_about`). What names the person and is under way stays
    noted, without saying whom it names: `settled` tells.
    """
    places = [Place(*row) for row in _OF_LINK.rows(conn, of=link_id)]
    for place in places:
        _DROP_MESSAGE.count(conn, chat=place.chat_id, message=place.message_id)
    _DROP_REST.count(conn, of=link_id)
    return places
