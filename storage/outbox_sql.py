"""The statements of `storage.outbox`: what is claimed and in which order is decided here."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
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
from storage.tables.core import mention, outbox, relay, sender_pause, team_group, topic
from storage.types import Instant
from storage.words import UNSETTLED, Lane

HELD = ("leased", "started")
TOLD = ("relay", "group")
"""What begins the purposes whose outcome the counsellors' room is told, beside all that is said in a topic."""
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
ROW = (*COLUMNS, outbox.c.due_at, outbox.c.topic_id)
LEASE_UNTIL = len(COLUMNS)  # where `due_at` is in a row
BY_ID = Statement(select(*ROW).where(outbox.c.id == bindparam("of")))
PLACE = Statement(
    select(topic.c.chat_id, topic.c.thread_id, team_group.c.is_forum)
    .select_from(topic.outerjoin(team_group, team_group.c.chat_id == topic.c.chat_id))
    .where(topic.c.link_id == bindparam("of"))
)
NOT_BEFORE = Statement(select(outbox.c.not_before).where(outbox.c.id == bindparam("of")))
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


_earlier_answer = outbox.alias("earlier_answer")
_answer = outbox.alias("answer")
_ZERO: ColumnElement[int] = literal_column("0")  # as in the index, which knows no parameters


def is_group(chat_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Telegram gives groups negative ids."""
    return chat_id < _ZERO


def _is_waiting_answer(row: Any) -> tuple[ColumnElement[bool], ...]:
    """An unsettled interactive row of the same group, as the index on these knows it."""
    return (
        row.c.chat_id == outbox.c.chat_id,
        is_group(row.c.chat_id),
        row.c.lane == word("interactive"),
        is_in(row.c.state, UNSETTLED),
    )


def first_of_chat(now: ColumnElement[Any]) -> dict[Lane, ColumnElement[bool]]:
    """Whether no other row of its chat goes before a row of this lane.

    In a private chat, rows go out in the order of (not_before, id). In a group, the interactive ones do so among
    themselves and pass the bulk; a bulk row waits while any of them may go out, and for the earlier bulk rows.
    """
    mine = tuple_(outbox.c.not_before, outbox.c.id)
    is_first = ~exists().where(
        _earlier.c.chat_id == outbox.c.chat_id,
        is_in(_earlier.c.state, UNSETTLED),
        tuple_(_earlier.c.not_before, _earlier.c.id) < mine,
    )
    is_first_answer = ~exists().where(
        *_is_waiting_answer(_earlier_answer),
        tuple_(_earlier_answer.c.not_before, _earlier_answer.c.id) < mine,
    )
    no_answer_waits = ~exists().where(*_is_waiting_answer(_answer), _answer.c.not_before <= now)
    in_group = is_group(outbox.c.chat_id)
    return {
        "interactive": or_(and_(~in_group, is_first), and_(in_group, is_first_answer)),
        "bulk": and_(is_first, or_(~in_group, no_answer_waits)),
    }


MUST_WAIT = Statement(
    select(
        or_(
            exists().where(
                _earlier.c.chat_id == bindparam("chat"),
                is_in(_earlier.c.state, UNSETTLED),
                or_(
                    ~is_group(_earlier.c.chat_id),
                    _earlier.c.lane == word("interactive"),
                    _earlier.c.state != word("waiting"),
                ),
            ),
            exists().where(
                or_(sender_pause.c.scope == word("all"), sender_pause.c.scope == bindparam("scope")),
                sender_pause.c.until > bindparam("now", type_=Instant),
            ),
        )
    )
)


def _claimable(lane: Lane) -> Select[Any]:
    now = bindparam("now", type_=Instant)
    return (
        select(*ROW, outbox.c.state)
        .where(
            outbox.c.lane == word(lane),
            is_in(outbox.c.state, UNSETTLED),
            outbox.c.due_at <= now,
            or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now, outbox.c.state == word("started")),
            first_of_chat(now)[lane],
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


CLAIMABLE: dict[Lane, Statement] = {
    "interactive": Statement(_claimable("interactive")),
    "bulk": Statement(_claimable("bulk")),
}
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
IS_TOLD = or_(
    outbox.c.topic_id.is_not(None),
    *(func.substr(outbox.c.purpose, 1, len(each)) == word(each) for each in TOLD),
)
_is_past_its_time = (
    outbox.c.expires_at <= bindparam("now", type_=Instant),
    is_in(outbox.c.state, UNSETTLED),
    outbox.c.state != word("started"),
)
_past_their_time = (*_is_past_its_time, ~IS_TOLD)
TOLD_EXPIRED = Statement(
    select(*ROW).where(*_is_past_its_time, IS_TOLD).with_for_update(of=outbox, skip_locked=True)
)
TOLD_LOST = Statement(
    select(*ROW)
    .where(
        outbox.c.state == word("started"),
        outbox.c.due_at <= bindparam("now", type_=Instant),
        _REPEATED,
        IS_TOLD,
    )
    .with_for_update(of=outbox, skip_locked=True)
)
WAITING_IN = Statement(
    select(*ROW)
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.state == word("waiting"))
    .order_by(outbox.c.not_before, outbox.c.id)
    .with_for_update(of=outbox, skip_locked=True)
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
_KEPT = or_(outbox.c.person_id.is_not(None), outbox.c.dedupe_key.is_not(None))
"""What is kept without its words once it is settled: a person's, and what may be said once only (in a group)."""
SENT = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), _KEPT)
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
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, UNSETTLED), _KEPT)
    .values(state="failed", body=NO_BODY, settled_at=bindparam("now"), error=bindparam("because"))
)
FAIL_WAITING = Statement(
    update(outbox)
    .where(outbox.c.person_id == bindparam("of"), outbox.c.state == word("waiting"), ~IS_TOLD)
    .values(state="failed", body=NO_BODY, settled_at=bindparam("now"), error=bindparam("because"))
)
DROP_ABOUT = Statement(
    delete(outbox).where(
        outbox.c.state == word("waiting"),
        or_(
            outbox.c.topic_id == bindparam("of"),
            outbox.c.id.in_(select(relay.c.outbox_id).where(relay.c.link_id == bindparam("of"))),
            outbox.c.id.in_(select(mention.c.outbox_id).where(mention.c.link_id == bindparam("of"))),
        ),
    )
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
AGAIN_ELSEWHERE = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("of"), is_in(outbox.c.state, HELD), outbox.c.error.is_(None))
    .values(state="waiting", due_at=bindparam("at"), error="topic_lost")
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
