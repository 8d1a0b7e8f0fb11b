"""Words of counsellors: notes, ready replies, messages for later, answers to Bob's questions; and their favourites."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.statements import Statement, word
from storage.tables.core import favourite, later_message, quick_reply, team_note, team_prompt
from storage.types import Instant
from storage.words import LaterState


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note about somebody, for colleagues."""

    id: int
    link_id: int
    counsellor_id: int | None
    author: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuickReplyRow:
    """Ready words of a counsellor."""

    id: int
    counsellor_id: int
    words: str


@dataclass(frozen=True, slots=True)
class LaterRow:
    """A message that is to be copied to the person at `send_at`."""

    id: int
    link_id: int
    counsellor_id: int | None
    from_chat: int
    from_message: int
    send_at: datetime
    state: LaterState


@dataclass(frozen=True, slots=True)
class PromptRow:
    """A question of Bob to a counsellor, whose answer is awaited."""

    id: int
    chat_id: int
    message_id: int | None
    outbox_id: int
    counsellor_id: int
    link_id: int | None
    kind: str
    data: dict[str, Any]
    at: datetime


_ADD_NOTE = Statement(insert(team_note).returning(team_note.c.id))
_NOTES = Statement(
    select(*team_note.c).where(team_note.c.link_id == bindparam("of")).order_by(team_note.c.id.desc())
)
_DROP_NOTE = Statement(
    delete(team_note).where(team_note.c.id == bindparam("of"), team_note.c.link_id == bindparam("whose"))
)
_STAR = Statement(lambda insert_into: insert_into(favourite).on_conflict_do_nothing())
_UNSTAR = Statement(
    delete(favourite).where(
        favourite.c.counsellor_id == bindparam("by"), favourite.c.link_id == bindparam("of")
    )
)
_STARRED = Statement(
    select(favourite.c.link_id)
    .where(favourite.c.counsellor_id == bindparam("by"))
    .order_by(favourite.c.link_id)
)
_ADD_QUICK = Statement(insert(quick_reply).returning(quick_reply.c.id))
_QUICK = Statement(
    select(*quick_reply.c).where(quick_reply.c.counsellor_id == bindparam("by")).order_by(quick_reply.c.id)
)
_DROP_QUICK = Statement(
    delete(quick_reply).where(
        quick_reply.c.id == bindparam("of"), quick_reply.c.counsellor_id == bindparam("by")
    )
)
_SCHEDULE = Statement(
    lambda insert_into: (
        (new := insert_into(later_message))
        .on_conflict_do_update(
            index_elements=["link_id", "from_chat", "from_message"],
            set_={name: new.excluded[name] for name in ("send_at", "state", "counsellor_id")},
            where=later_message.c.state != word("sent"),
        )
        .returning(later_message.c.id)
    )
)
_LATER = Statement(select(*later_message.c).where(later_message.c.id == bindparam("of")))
_LATER_OF = Statement(
    select(*later_message.c)
    .where(later_message.c.link_id == bindparam("of"), later_message.c.state == word("waiting"))
    .order_by(later_message.c.send_at, later_message.c.id)
)
_LATER_DUE = Statement(
    select(*later_message.c)
    .where(
        later_message.c.state == word("waiting"),
        later_message.c.send_at <= bindparam("now", type_=Instant),
    )
    .order_by(later_message.c.send_at, later_message.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_SET_LATER = Statement(
    update(later_message)
    .where(later_message.c.id == bindparam("of"), later_message.c.state == word("waiting"))
    .values(state=bindparam("to_state"))
)
_PUT_OFF = Statement(
    update(later_message)
    .where(later_message.c.id == bindparam("of"))
    .values(send_at=bindparam("at", type_=Instant))
)
_FORGET_LATER = Statement(
    delete(later_message).where(
        later_message.c.state != word("waiting"),
        later_message.c.send_at <= bindparam("before", type_=Instant),
    )
)
_ASK = Statement(insert(team_prompt).returning(team_prompt.c.id))
_PROMPT = Statement(
    select(*team_prompt.c).where(
        team_prompt.c.chat_id == bindparam("chat"), team_prompt.c.message_id == bindparam("message")
    )
)
_PLACE = Statement(
    update(team_prompt)
    .where(team_prompt.c.outbox_id == bindparam("call"))
    .values(message_id=bindparam("as_message"))
)
_FORGET_PROMPTS = Statement(delete(team_prompt).where(team_prompt.c.at <= bindparam("before", type_=Instant)))


def add_note(
    conn: Connection, link_id: int, counsellor_id: int, author: str, words: str, now: datetime
) -> int:
    """Keep a note; returns its id."""
    values = {"link_id": link_id, "counsellor_id": counsellor_id, "author": author, "words": words, "at": now}
    return int(_ADD_NOTE.value(conn, **values))


def notes(conn: Connection, link_id: int) -> list[NoteRow]:
    """The notes about somebody, newest first."""
    return [NoteRow(*row) for row in _NOTES.rows(conn, of=link_id)]


def drop_note(conn: Connection, link_id: int, note_id: int) -> bool:
    """Delete a note about somebody."""
    return _DROP_NOTE.count(conn, of=note_id, whose=link_id) == 1


def star(conn: Connection, counsellor_id: int, link_id: int, *, on: bool) -> None:
    """Put somebody at the top of a counsellor's list, or take them from there."""
    if on:
        _STAR.count(conn, counsellor_id=counsellor_id, link_id=link_id)
    else:
        _UNSTAR.count(conn, by=counsellor_id, of=link_id)


def starred(conn: Connection, counsellor_id: int) -> list[int]:
    """The links that a counsellor put at the top."""
    return [link_id for (link_id,) in _STARRED.rows(conn, by=counsellor_id)]


def add_quick(conn: Connection, counsellor_id: int, words: str) -> int:
    """Keep ready words; returns their id."""
    return int(_ADD_QUICK.value(conn, counsellor_id=counsellor_id, words=words))


def quick(conn: Connection, counsellor_id: int) -> list[QuickReplyRow]:
    """A counsellor's ready words, oldest first."""
    return [QuickReplyRow(*row) for row in _QUICK.rows(conn, by=counsellor_id)]


def drop_quick(conn: Connection, counsellor_id: int, quick_id: int) -> bool:
    """Delete ready words of theirs."""
    return _DROP_QUICK.count(conn, of=quick_id, by=counsellor_id) == 1


def schedule(
    conn: Connection, link_id: int, counsellor_id: int, source: tuple[int, int], send_at: datetime
) -> int | None:
    """Copy (chat, message) to the person at `send_at`; another time replaces the former. None: it has gone out."""
    made: int | None = _SCHEDULE.value(
        conn,
        link_id=link_id,
        counsellor_id=counsellor_id,
        from_chat=source[0],
        from_message=source[1],
        send_at=send_at,
        state="waiting",
    )
    return made


def later(conn: Connection, later_id: int) -> LaterRow | None:
    """The message for later of this id."""
    found = _LATER.row(conn, of=later_id)
    return None if found is None else LaterRow(*found)


def later_of(conn: Connection, link_id: int) -> list[LaterRow]:
    """What waits to be sent to somebody, the next first."""
    return [LaterRow(*row) for row in _LATER_OF.rows(conn, of=link_id)]


def later_due(conn: Connection, now: datetime, limit: int) -> list[LaterRow]:
    """What is to be sent now, at most `limit`; locked."""
    return [LaterRow(*row) for row in _LATER_DUE.rows(conn, now=now, at_most=limit)]


def settle_later(conn: Connection, later_id: int, state: LaterState) -> bool:
    """It was sent, or cancelled; False when it no longer waited."""
    return _SET_LATER.count(conn, of=later_id, to_state=state) == 1


def put_off(conn: Connection, later_id: int, at: datetime) -> None:
    """It goes out at another instant."""
    _PUT_OFF.count(conn, of=later_id, at=at)


def ask(
    conn: Connection,
    now: datetime,
    *,
    chat_id: int,
    outbox_id: int,
    counsellor_id: int,
    link_id: int | None,
    kind: str,
    data: Mapping[str, Any],
) -> int:
    """Note that the answer to the message of this call is awaited; returns the prompt's id."""
    values = {
        "chat_id": chat_id,
        "message_id": None,
        "outbox_id": outbox_id,
        "counsellor_id": counsellor_id,
        "link_id": link_id,
        "kind": kind,
        "data": dict(data),
        "at": now,
    }
    return int(_ASK.value(conn, **values))


def prompt(conn: Connection, chat_id: int, message_id: int) -> PromptRow | None:
    """The question that this message is."""
    found = _PROMPT.row(conn, chat=chat_id, message=message_id)
    return None if found is None else PromptRow(*found)


def placed(conn: Connection, outbox_id: int, message_id: int) -> None:
    """The question was delivered as this message."""
    _PLACE.count(conn, call=outbox_id, as_message=message_id)


def forget(conn: Connection, before: datetime) -> None:
    """Delete questions asked, and messages settled, before this instant."""
    _FORGET_PROMPTS.count(conn, before=before)
    _FORGET_LATER.count(conn, before=before)
