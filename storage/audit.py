"""The audit log: what happened to whose data. Append-only; it names nobody once the person is deleted."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.statements import Statement
from storage.tables.core import audit, counsellor, subject


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry. `actor`: name of the counsellor who did it; None for the person and for Bob."""

    what: str
    at: datetime
    actor: str | None = None


_KEY = Statement(select(subject.c.subject_key).where(subject.c.person_id == bindparam("of")))
_NEW_KEY = Statement(lambda insert_into: insert_into(subject).on_conflict_do_nothing())
_ADD = Statement(insert(audit))
_OF_PERSON = Statement(
    select(audit.c.what, audit.c.at, counsellor.c.name)
    .join(subject, subject.c.subject_key == audit.c.subject_key)
    .outerjoin(counsellor, counsellor.c.audit_key == audit.c.actor)
    .where(subject.c.person_id == bindparam("of"))
    .order_by(audit.c.id)
)


def note(conn: Connection, person_id: str, what: str, now: datetime, actor: str | None = None) -> None:
    """Add an entry about a person. `what` holds no personal data: it outlives the person's deletion.

    `actor`: the `audit_key` of the counsellor who did it.
    """
    key = _KEY.value(conn, of=person_id)
    if key is None:
        _NEW_KEY.count(conn, person_id=person_id, subject_key=secrets.token_hex(16))
        key = _KEY.value(conn, of=person_id)
    _ADD.count(conn, subject_key=key, what=what, actor=actor, at=now)


def entries(conn: Connection, person_id: str) -> list[AuditRow]:
    """The entries about a person, oldest first."""
    return [AuditRow(*row) for row in _OF_PERSON.rows(conn, of=person_id)]
