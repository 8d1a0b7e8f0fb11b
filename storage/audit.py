"""The audit log: what happened to whose data. Append-only; it names nobody once the person is deleted."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.statements import InsertOnce
from storage.tables.core import audit, subject


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry."""

    what: str
    at: datetime


_KEY = select(subject.c.subject_key).where(subject.c.person_id == bindparam("of"))
_NEW_KEY = InsertOnce(lambda insert_into: insert_into(subject).on_conflict_do_nothing())
_ADD = insert(audit)
_OF_PERSON = (
    select(audit.c.what, audit.c.at)
    .join(subject, subject.c.subject_key == audit.c.subject_key)
    .where(subject.c.person_id == bindparam("of"))
    .order_by(audit.c.id)
)


def note(conn: Connection, person_id: str, what: str, now: datetime) -> None:
    """Add an entry about a person. `what` holds no personal data: it outlives the person's deletion."""
    key = conn.execute(_KEY, {"of": person_id}).scalar()
    if key is None:
        _NEW_KEY.execute(conn, {"person_id": person_id, "subject_key": secrets.token_hex(16)})
        key = conn.execute(_KEY, {"of": person_id}).scalar_one()
    conn.execute(_ADD, {"subject_key": key, "what": what, "at": now})


def entries(conn: Connection, person_id: str) -> list[AuditRow]:
    """The entries about a person, oldest first."""
    return [AuditRow(*row) for row in conn.execute(_OF_PERSON, {"of": person_id})]
