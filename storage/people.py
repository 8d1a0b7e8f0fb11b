"""People, visitors and their conversations: what a turn reads and writes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import Connection, Select, and_, bindparam, delete, insert, select, update

from bot.advice.profile import Profile
from storage.agenda import next_due
from storage.statements import Statement, word
from storage.tables.core import account, consent, dialogue, person, visitor
from storage.words import Status

__all__ = [
    "DialogueRow",
    "PersonChanges",
    "PersonRecord",
    "VisitorChanges",
    "VisitorRecord",
    "create_person",
    "create_visitor",
    "delete_dialogue",
    "delete_visitor",
    "due_people",
    "expired_visitors",
    "idle_people",
    "load_by_telegram",
    "load_person",
    "new_person_id",
    "next_due",
    "resuming_people",
    "save_dialogue",
    "save_person",
    "update_visitor",
]


@dataclass(frozen=True, slots=True)
class DialogueRow:
    """An open conversation: `state` is its step, `data` what it holds meanwhile."""

    name: str
    version: int
    state: str
    data: dict[str, Any]
    opened_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person with a profile and their open conversations by name.

    Instants are UTC, `last_push_date` is local.
    """

    id: str
    telegram_id: int
    chat_id: int
    language: str
    form: str
    profile: Profile
    focus: str | None
    status: Status
    paused_until: datetime | None
    pause_reason: str | None
    next_due_at: datetime | None
    last_push_date: date | None
    created_at: datetime
    last_seen_at: datetime
    revision: int
    use_consent: str | None  # version of the text that they agreed to; None when they took it back
    dialogues: Mapping[str, DialogueRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisitorRecord:
    """Somebody who has not consented yet."""

    telegram_id: int
    chat_id: int
    language: str
    form: str
    step: str
    invitation: str | None
    expires_at: datetime


class PersonChanges(TypedDict, total=False):
    """The columns that `save_person` can set."""

    language: str
    form: str
    profile: Profile
    focus: str | None
    status: Status
    paused_until: datetime | None
    pause_reason: str | None
    next_due_at: datetime | None
    last_push_date: date | None
    last_seen_at: datetime


class VisitorChanges(TypedDict, total=False):
    """The columns that `update_visitor` can set."""

    chat_id: int
    language: str
    form: str
    step: str
    invitation: str | None
    expires_at: datetime


_PERSON_COLUMNS = (
    person.c.id,
    account.c.telegram_id,
    account.c.chat_id,
    person.c.language,
    person.c.form,
    person.c.profile,
    person.c.focus,
    person.c.status,
    person.c.paused_until,
    person.c.pause_reason,
    person.c.next_due_at,
    person.c.last_push_date,
    person.c.created_at,
    person.c.last_seen_at,
    person.c.revision,
    consent.c.text_version,
)
_DIALOGUE_COLUMNS = (
    dialogue.c.name,
    dialogue.c.version,
    dialogue.c.state,
    dialogue.c.data,
    dialogue.c.opened_at,
    dialogue.c.updated_at,
)
_WIDTH = len(_PERSON_COLUMNS)
_PROFILE = _PERSON_COLUMNS.index(person.c.profile)


def _with_dialogues() -> Select[Any]:
    agreed = and_(
        consent.c.person_id == person.c.id, consent.c.kind == word("use"), consent.c.revoked_at.is_(None)
    )
    joined = (
        account.join(person, account.c.person_id == person.c.id)
        .outerjoin(consent, agreed)
        .outerjoin(dialogue, dialogue.c.person_id == person.c.id)
    )
    # NO KEY UPDATE: keeps other turns of the person away, but not the rows that merely refer to the person.
    return (
        select(*_PERSON_COLUMNS, *_DIALOGUE_COLUMNS)
        .select_from(joined)
        .with_for_update(of=person, key_share=True)
    )


_BY_TELEGRAM = Statement(_with_dialogues().where(account.c.telegram_id == bindparam("telegram_id")))
_BY_ID = Statement(_with_dialogues().where(person.c.id == bindparam("person_id")))
_VISITOR = Statement(select(*visitor.c).where(visitor.c.telegram_id == bindparam("telegram_id")))
_EXPIRED = Statement(
    select(*visitor.c)
    .where(visitor.c.expires_at <= bindparam("now"))
    .order_by(visitor.c.expires_at)
    .limit(bindparam("at_most"))
)
_DROP_VISITOR = Statement(delete(visitor).where(visitor.c.telegram_id == bindparam("of")))
_ADD_VISITOR = Statement(lambda insert_into: insert_into(visitor).on_conflict_do_nothing())
_ADD_ACCOUNT = Statement(lambda insert_into: insert_into(account).on_conflict_do_nothing())
_OWNER = Statement(select(account.c.person_id).where(account.c.telegram_id == bindparam("telegram_id")))
_ADD_PERSON = Statement(insert(person))
_DROP_PERSON = Statement(delete(person).where(person.c.id == bindparam("of")))


def _set_dialogue(insert_into: Any) -> Any:
    new = insert_into(dialogue)
    return new.on_conflict_do_update(
        index_elements=["person_id", "name"],
        set_={
            "version": new.excluded.version,
            "state": new.excluded.state,
            "data": new.excluded.data,
            "updated_at": new.excluded.updated_at,
        },
    )


_SET_DIALOGUE = Statement(_set_dialogue)
_DROP_DIALOGUE = Statement(
    delete(dialogue).where(dialogue.c.person_id == bindparam("of"), dialogue.c.name == bindparam("called"))
)
_DUE = Statement(
    select(person.c.id)
    .where(person.c.next_due_at <= bindparam("now"))
    .order_by(person.c.next_due_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, key_share=True)
)
_IDLE = Statement(
    select(person.c.id)
    .where(person.c.last_seen_at <= bindparam("before"))
    .order_by(person.c.last_seen_at)
    .limit(bindparam("at_most"))
)
_RESUMING = Statement(
    select(person.c.id)
    .where(person.c.paused_until <= bindparam("now"))
    .order_by(person.c.paused_until)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, key_share=True)
)


def load_by_telegram(conn: Connection, telegram_id: int) -> PersonRecord | VisitorRecord | None:
    """Who this Telegram id is: a person with their open conversations, a visitor, or nobody known.

    On PostgreSQL the person is locked until the end of the transaction, against turns in other processes.
    """
    found = _record(_BY_TELEGRAM.rows(conn, telegram_id=telegram_id))
    if found is not None:
        return found
    row = _VISITOR.row(conn, telegram_id=telegram_id)
    return None if row is None else VisitorRecord(*row)


def load_person(conn: Connection, person_id: str) -> PersonRecord | None:
    """The person of this internal id, locked in the same way; None when deleted."""
    return _record(_BY_ID.rows(conn, person_id=person_id))


def _record(rows: list[list[Any]]) -> PersonRecord | None:
    if not rows:
        return None
    dialogues = {row[_WIDTH]: DialogueRow(*row[_WIDTH:]) for row in rows if row[_WIDTH] is not None}
    values = [*rows[0][:_WIDTH], dialogues]
    values[_PROFILE] = Profile.model_validate_json(values[_PROFILE])
    return PersonRecord(*values)


def create_visitor(
    conn: Connection,
    *,
    telegram_id: int,
    chat_id: int,
    language: str,
    form: str,
    step: str,
    expires_at: datetime,
    invitation: str | None = None,
) -> bool:
    """Keep a visitor until `expires_at`. False when there was one already (who stays as they were)."""
    return (
        _ADD_VISITOR.count(
            conn,
            telegram_id=telegram_id,
            chat_id=chat_id,
            language=language,
            form=form,
            step=step,
            invitation=invitation,
            expires_at=expires_at,
        )
        == 1
    )


def update_visitor(conn: Connection, telegram_id: int, **changes: Unpack[VisitorChanges]) -> bool:
    """Change a visitor; False when there is none."""
    if not changes:
        return _VISITOR.row(conn, telegram_id=telegram_id) is not None
    return _visitor_update(tuple(changes)).count(conn, **changes, of=telegram_id) == 1


@lru_cache(maxsize=64)
def _visitor_update(columns: tuple[str, ...]) -> Statement:
    values = {name: bindparam(name, type_=visitor.c[name].type) for name in columns}
    return Statement(update(visitor).where(visitor.c.telegram_id == bindparam("of")).values(values))


def delete_visitor(conn: Connection, telegram_id: int) -> bool:
    """Forget a visitor; False when there was none."""
    return _DROP_VISITOR.count(conn, of=telegram_id) == 1


def expired_visitors(conn: Connection, now: datetime, limit: int = 500) -> list[VisitorRecord]:
    """Visitors whose time is over, oldest first; the caller deletes them."""
    return [VisitorRecord(*row) for row in _EXPIRED.rows(conn, now=now, at_most=limit)]


def new_person_id() -> str:
    """A random 128-bit id in hexadecimal."""
    return secrets.token_hex(16)


def create_person(
    conn: Connection,
    now: datetime,
    *,
    telegram_id: int,
    chat_id: int,
    language: str,
    form: str,
    profile: Profile | None = None,
    status: Status = "active",
    focus: str | None = None,
    next_due_at: datetime | None = None,
) -> tuple[str, bool]:
    """Open a profile for a Telegram id, whose visitor row goes. Returns (person id, whether it is new).

    However many transactions try at once, an id gets one profile: the others are given that one's id,
    unchanged.
    """
    person_id = new_person_id()
    _ADD_PERSON.count(
        conn,
        id=person_id,
        language=language,
        form=form,
        profile=(profile or Profile()).model_dump_json(exclude_unset=True),
        focus=focus,
        status=status,
        paused_until=None,
        pause_reason=None,
        next_due_at=next_due_at,
        last_push_date=None,
        created_at=now,
        last_seen_at=now,
        revision=1,
    )
    opened = _ADD_ACCOUNT.count(conn, telegram_id=telegram_id, chat_id=chat_id, person_id=person_id)
    delete_visitor(conn, telegram_id)
    if opened == 1:
        return person_id, True
    _DROP_PERSON.count(conn, of=person_id)
    return str(_OWNER.value(conn, telegram_id=telegram_id)), False


def save_person(conn: Connection, person_id: str, **changes: Unpack[PersonChanges]) -> bool:
    """Set these columns and raise the revision by one; False when the person is gone."""
    values = cast(dict[str, Any], dict(changes))
    profile = values.get("profile")
    if profile is not None:
        values["profile"] = profile.model_dump_json(exclude_unset=True)
    return _person_update(tuple(values)).count(conn, **values, of=person_id) == 1


@lru_cache(maxsize=256)
def _person_update(columns: tuple[str, ...]) -> Statement:
    unknown = set(columns) - set(PersonChanges.__annotations__)
    if unknown:
        raise TypeError(f"save_person cannot set {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {name: bindparam(name, type_=person.c[name].type) for name in columns}
    values["revision"] = person.c.revision + 1
    return Statement(update(person).where(person.c.id == bindparam("of")).values(values))


def save_dialogue(
    conn: Connection,
    person_id: str,
    name: str,
    *,
    version: int,
    state: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    """Open or update a conversation. `data` holds plain JSON values."""
    _SET_DIALOGUE.count(
        conn,
        person_id=person_id,
        name=name,
        version=version,
        state=state,
        data=dict(data),
        opened_at=now,
        updated_at=now,
    )


def delete_dialogue(conn: Connection, person_id: str, name: str) -> bool:
    """End a conversation; False when it was not open."""
    return _DROP_DIALOGUE.count(conn, of=person_id, called=name) == 1


def due_people(conn: Connection, now: datetime, limit: int) -> list[str]:
    """Ids of people whose `next_due_at` has come, longest due first.

    On PostgreSQL they are locked until the end of the transaction and those locked elsewhere are left out, so
    any number of processes may ask at once. The caller moves `next_due_at` in the same transaction.
    """
    return [row[0] for row in _DUE.rows(conn, now=now, at_most=limit)]


def idle_people(conn: Connection, before: datetime, limit: int) -> list[str]:
    """Ids of people who have not been there since that instant, longest ago first."""
    return [row[0] for row in _IDLE.rows(conn, before=before, at_most=limit)]


def resuming_people(conn: Connection, now: datetime, limit: int) -> list[str]:
    """Ids of people whose pause is over, locked in the same way. The caller clears `paused_until`."""
    return [row[0] for row in _RESUMING.rows(conn, now=now, at_most=limit)]
