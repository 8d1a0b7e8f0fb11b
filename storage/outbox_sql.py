"""The statements of `storage.outbox`: what is claimed and in which order is decided here."""

from typing import Any

from sqlalchemy import (
    Select,
    Text,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from storage.statements import Statement, is_in, word
from storage.tables.core import account, outbox, sender_pause
from storage.types import Instant
from storage.words import UNSETTLED

HELD = ("leased", "started")
NO_BODY: dict[str, Any] = {}  # what a settled row keeps of its message
COLUMNS = (
    outbox.c.id,
    outbox.c.person_id,
    outbox.c.chat_id,
    outbox.c.lane,
    outbox.c.method,
    outbox.c.target_message_id,
    outbox.c.body,
    outbox.c.purpose,
    outbox.c.tries,
    outbox.c.unknowns,
    outbox.c.created_at,
)
BY_ID = Statement(select(*COLUMNS, outbox.c.due_at).where(outbox.c.id == bindparam("of")))
ADD = Statement(insert(outbox).returning(outbox.c.id))
ADD_ONCE = Statement(
    lambda insert_into: (
        insert_into(outbox)
        .on_conflict_do_nothing(index_elements=["dedupe_key"], index_where=outbox.c.dedupe_key.is_not(None))
        .returning(outbox.c.id)
    )
)
_earlier = outbox.alias("earlier")
_held = outbox.alias("held")


MUST_WAIT = Statement(
    select(
        or_(
            exists().where(_earlier.c.chat_id == bindparam("chat"), is_in(_earlier.c.state, UNSETTLED)),
            exists().where(
                or_(sender_pause.c.scope == word("all"), sender_pause.c.scope == bindparam("scope")),
                sender_pause.c.until > bindparam("now", type_=Instant),
            ),
        )
    )
)


def _claimable() -> Select[Any]:
    now = bindparam("now", type_=Instant)
    return (
        select(*COLUMNS, outbox.c.state)
        .where(
            outbox.c.lane == bindparam("in_lane"),
            is_in(outbox.c.state, UNSETTLED),
            outbox.c.due_at <= now,
            or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now, outbox.c.state == word("started")),
            ~exists().where(
                _earlier.c.chat_id == outbox.c.chat_id,
                is_in(_earlier.c.state, UNSETTLED),
                tuple_(_earlier.c.not_before, _earlier.c.id) < tuple_(outbox.c.not_before, outbox.c.id),
            ),
            ~exists().where(
                _held.c.chat_id == outbox.c.chat_id,
                is_in(_held.c.state, UNSETTLED),
                _held.c.state != word("waiting"),
                _held.c.due_at > now,
            ),
            ~exists().where(
                sender_pause.c.scope == "chat:" + cast(outbox.c.chat_id, Text),
                sender_pause.c.until > now,
            ),
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("at_most"))
        .with_for_update(of=outbox, skip_locked=True)
    )


CLAIMABLE = Statement(_claimable())
LEASE = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"))
    .values(
        state="leased",
        due_at=bindparam("until"),
        unknowns=outbox.c.unknowns + case((outbox.c.state == "started", 1), else_=0),
    )
)
_REPEATED = outbox.c.unknowns > literal_column("0")  # as in the index, which knows no parameters
GIVE_UP = Statement(
    update(outbox)
    .where(outbox.c.state == word("started"), outbox.c.due_at <= bindparam("now"), _REPEATED)
    .values(state="lost", body=NO_BODY, settled_at=bindparam("now"))
)
GIVE_UP_NOBODYS = Statement(
    delete(outbox).where(
        outbox.c.state == word("started"),
        outbox.c.due_at <= bindparam("now"),
        _REPEATED,
        outbox.c.person_id.is_(None),
    )
)
_past_their_time = (
    outbox.c.expires_at <= bindparam("now"),
    is_in(outbox.c.state, UNSETTLED),
    outbox.c.state != word("started"),
)
DROP_NOBODYS_EXPIRED = Statement(delete(outbox).where(*_past_their_time, outbox.c.person_id.is_(None)))
LOST_IN_TIME = Statement(
    update(outbox)
    .where(*_past_their_time, outbox.c.unknowns > 0)
    .values(state="lost", body=NO_BODY, settled_at=bindparam("now"))
)
EXPIRED = Statement(
    update(outbox)
    .where(*_past_their_time)
    .values(state="failed", body=NO_BODY, settled_at=bindparam("now"), error="expired")
    .returning(outbox.c.person_id, outbox.c.purpose)
)
RECLAIM = Statement(
    update(outbox)
    .where(is_in(outbox.c.state, HELD), outbox.c.due_at > bindparam("now"))
    .values(due_at=bindparam("now"))
)
START = Statement(
    update(outbox)
    .where(
        outbox.c.id == bindparam("of"),
        outbox.c.state == "leased",
        or_(
            bindparam("until", type_=Instant).is_(None), outbox.c.due_at == bindparam("until", type_=Instant)
        ),
    )
    .values(state="started", tries=outbox.c.tries + 1)
)
SENT = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), outbox.c.person_id.is_not(None))
    .values(
        state="sent",
        body=NO_BODY,
        message_id=bindparam("as_message"),
        settled_at=bindparam("now"),
        error=None,
    )
)
FAILED = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), outbox.c.person_id.is_not(None))
    .values(state="failed", body=NO_BODY, settled_at=bindparam("now"), error=bindparam("because"))
)
FAIL_WAITING = Statement(
    update(outbox)
    .where(outbox.c.person_id == bindparam("of"), outbox.c.state == word("waiting"))
    .values(state="failed", body=NO_BODY, settled_at=bindparam("now"), error=bindparam("because"))
)
FAIL_TOPIC = Statement(
    update(outbox)
    .where(outbox.c.topic_id == bindparam("of"), outbox.c.state == word("waiting"))
    .values(state="failed", body=NO_BODY, settled_at=bindparam("now"), error=bindparam("because"))
)
DROP_NOBODYS = Statement(
    delete(outbox).where(
        outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), outbox.c.person_id.is_(None)
    )
)
AGAIN = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, HELD))
    .values(state="waiting", due_at=bindparam("at"))
)
AGAIN_UNKNOWN = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, HELD), outbox.c.unknowns == 0)
    .values(state="waiting", due_at=bindparam("at"), unknowns=1)
)
LOST_NOBODYS = Statement(
    delete(outbox).where(
        outbox.c.id == bindparam("of"), is_in(outbox.c.state, HELD), outbox.c.person_id.is_(None)
    )
)
LOST = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, HELD))
    .values(state="lost", body=NO_BODY, settled_at=bindparam("at"))
)
RELEASE = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, HELD))
    .values(
        state="waiting",
        due_at=outbox.c.not_before,
        tries=outbox.c.tries - case((outbox.c.state == "started", 1), else_=0),
    )
)
MOVE = Statement(update(outbox).where(outbox.c.chat_id == bindparam("old")).values(chat_id=bindparam("new")))
MOVE_ACCOUNT = Statement(
    update(account).where(account.c.chat_id == bindparam("old")).values(chat_id=bindparam("new"))
)
FIRST_TO_KEEP = Statement(
    select(outbox.c.id).where(outbox.c.created_at >= bindparam("before")).order_by(outbox.c.id).limit(1)
)
PRUNE = Statement(delete(outbox).where(outbox.c.id < bindparam("kept"), ~is_in(outbox.c.state, UNSETTLED)))
PAUSED = Statement(
    select(sender_pause.c.until).where(
        sender_pause.c.scope == bindparam("in_scope"), sender_pause.c.until > bindparam("now")
    )
)
PRUNE_PAUSES = Statement(delete(sender_pause).where(sender_pause.c.until < bindparam("before")))
DEPTH = Statement(
    select(outbox.c.lane, func.count(), func.min(outbox.c.due_at, type_=Instant))
    .where(is_in(outbox.c.state, UNSETTLED))
    .group_by(outbox.c.lane)
)


def _pause(insert_into: Any) -> Any:
    new = insert_into(sender_pause)
    return new.on_conflict_do_update(
        index_elements=["scope"],
        set_={"until": new.excluded.until},
        where=sender_pause.c.until < new.excluded.until,
    )


PAUSE = Statement(_pause)
