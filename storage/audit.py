"""The audit log: what happened to whose data. Append-only; it names nobody once the person is deleted."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, select

from storage.statements import Statement
from storage.tables.core import audit, counsellor, subject, team
from storage.types import Instant
from storage.words import Audited, listed

WORDS = frozenset(listed(Audited))
UNNAMED = "?"
"""Who did something, when the team that they were in exists no more."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry. `actor`: name of the counsellor who did it; None for the person and for Bob."""

    what: str
    at: datetime
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class ActRow:
    """Something that a counsellor did, as operators see it: about a subject's key, which names nobody."""

    at: datetime
    counsellor: str
    team: str
    what: str
    subject_key: str


_ACTOR = case((audit.c.actor.is_(None), None), else_=func.coalesce(counsellor.c.name, UNNAMED))
_KEY = Statement(select(subject.c.subject_key).where(subject.c.person_id == bindparam("of")))
_NEW_KEY = Statement(lambda insert_into: insert_into(subject).on_conflict_do_nothing())
_ADD = Statement(insert(audit))
_ENTRIES = (
    select(audit.c.what, audit.c.at, _ACTOR)
    .join(subject, subject.c.subject_key == audit.c.subject_key)
    .outerjoin(counsellor, counsellor.c.audit_key == audit.c.actor)
    .where(subject.c.person_id == bindparam("of"))
)
_OF_PERSON = Statement(_ENTRIES.order_by(audit.c.id))
_NEWEST = Statement(
    _ENTRIES.order_by(audit.c.id.desc()).limit(bindparam("at_most")).offset(bindparam("after"))
)
_ACTS = (
    select(audit.c.at, counsellor.c.name, team.c.name, audit.c.what, audit.c.subject_key)
    .join(counsellor, counsellor.c.audit_key == audit.c.actor)
    .join(team, team.c.id == counsellor.c.team_id)
    .where(audit.c.at >= bindparam("since", type_=Instant))
    .order_by(audit.c.id)
)


def note(conn: Connection, person_id: str, what: Audited, now: datetime, actor: str | None = None) -> None:
    """Add an entry about a person. ValueError for a `what` that is not on the list: the entry outlives the person.

    `actor`: the `audit_key` of the counsellor who did it.
    """
    if what not in WORDS:
        raise ValueError("an entry of the audit log says one of storage.words.Audited, nothing else")
    key = _KEY.value(conn, of=person_id)
    if key is None:
        _NEW_KEY.count(conn, person_id=person_id, subject_key=secrets.token_hex(16))
        key = _KEY.value(conn, of=person_id)
    _ADD.count(conn, subject_key=key, what=what, actor=actor, at=now)


def entries(conn: Connection, person_id: str) -> list[AuditRow]:
    """The entries about a person, oldest first."""
    return [AuditRow(*row) for row in _OF_PERSON.rows(conn, of=person_id)]


def newest(conn: Connection, person_id: str, limit: int, after: int = 0) -> list[AuditRow]:
    """The `limit` newest entries about a person, newest first; `after`: how many newer ones to leave out."""
    return [AuditRow(*row) for row in _NEWEST.rows(conn, of=person_id, at_most=limit, after=after)]


def acts(conn: Connection, since: datetime, counsellor_name: str | None = None) -> list[ActRow]:
    """What counsellors did since then, oldest first; of one name only, if given (gone ones too)."""
    found: list[Any] = list(conn.execute(_ACTS, {"since": since}))
    return [ActRow(*row) for row in found if counsellor_name in (None, row[1])]
