"""People, visitors and their conversations: what a turn reads and writes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import Connection

from bot.advice.profile import Profile
from storage import people_sql as sql
from storage.agenda import next_due
from storage.statements import Changes
from storage.tables.core import person, visitor
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
    unanswered: int  # unasked messages since their last sign of life
    use_consent: str | None  # version of the text that they agreed to; None when they took it back
    research: int | None  # 1 while they agree to research
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
    unanswered: int


class VisitorChanges(TypedDict, total=False):
    """The columns that `update_visitor` can set."""

    chat_id: int
    language: str
    form: str
    step: str
    invitation: str | None
    expires_at: datetime


_PERSON = Changes(person.c.id, PersonChanges, revision=person.c.revision + 1)
_VISITOR = Changes(visitor.c.telegram_id, VisitorChanges)
_WIDTH = len(sql.PERSON_COLUMNS)
_PROFILE = sql.PERSON_COLUMNS.index(person.c.profile)


def load_by_telegram(conn: Connection, telegram_id: int) -> PersonRecord | VisitorRecord | None:
    """Who this Telegram id is: a person with their open conversations, a visitor, or nobody known.

    On PostgreSQL the person is locked until the end of the transaction, against turns in other processes.
    """
    found = _record(sql.BY_TELEGRAM.rows(conn, telegram_id=telegram_id))
    if found is not None:
        return found
    row = sql.VISITOR.row(conn, telegram_id=telegram_id)
    return None if row is None else VisitorRecord(*row)


def load_person(conn: Connection, person_id: str) -> PersonRecord | None:
    """The person of this internal id, locked in the same way; None when deleted."""
    return _record(sql.BY_ID.rows(conn, person_id=person_id))


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
        sql.ADD_VISITOR.count(
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
        return sql.VISITOR.row(conn, telegram_id=telegram_id) is not None
    return _VISITOR.count(conn, telegram_id, changes) == 1


def delete_visitor(conn: Connection, telegram_id: int) -> bool:
    """Forget a visitor; False when there was none."""
    return sql.DROP_VISITOR.count(conn, of=telegram_id) == 1


def expired_visitors(conn: Connection, now: datetime, limit: int = 500) -> list[VisitorRecord]:
    """Visitors whose time is over, oldest first; the caller deletes them."""
    return [VisitorRecord(*row) for row in sql.EXPIRED.rows(conn, now=now, at_most=limit)]


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
    sql.ADD_PERSON.count(
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
        unanswered=0,
    )
    opened = sql.ADD_ACCOUNT.count(conn, telegram_id=telegram_id, chat_id=chat_id, person_id=person_id)
    delete_visitor(conn, telegram_id)
    if opened == 1:
        return person_id, True
    sql.DROP_PERSON.count(conn, of=person_id)
    return str(sql.OWNER.value(conn, telegram_id=telegram_id)), False


def save_person(conn: Connection, person_id: str, **changes: Unpack[PersonChanges]) -> bool:
    """Set these columns and raise the revision by one; False when the person is gone."""
    values = cast(dict[str, Any], dict(changes))
    profile = values.get("profile")
    if profile is not None:
        values["profile"] = profile.model_dump_json(exclude_unset=True)
    return _PERSON.count(conn, person_id, values) == 1


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
    sql.SET_DIALOGUE.count(
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
    return sql.DROP_DIALOGUE.count(conn, of=person_id, called=name) == 1


def due_people(conn: Connection, now: datetime, limit: int) -> list[str]:
    """Ids of people whose `next_due_at` has come, longest due first.

    On PostgreSQL they are locked until the end of the transaction and those locked elsewhere are left out, so
    any number of processes may ask at once. The caller moves `next_due_at` in the same transaction.
    """
    return [row[0] for row in sql.DUE.rows(conn, now=now, at_most=limit)]


def idle_people(conn: Connection, before: datetime, limit: int) -> list[str]:
    """Ids of people who have not been there since that instant, longest ago first."""
    return [row[0] for row in sql.IDLE.rows(conn, before=before, at_most=limit)]


def resuming_people(conn: Connection, now: datetime, limit: int) -> list[str]:
    """Ids of people whose pause is over, locked in the same way. The caller clears `paused_until`."""
    return [row[0] for row in sql.RESUMING.rows(conn, now=now, at_most=limit)]
