"""Consents: given, taken back, in force."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.statements import Statement
from storage.tables.core import consent
from storage.words import ConsentKind


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One yes, to one version of a text in one language."""

    id: int
    person_id: str
    kind: ConsentKind
    text_version: str
    language: str
    given_at: datetime
    revoked_at: datetime | None


_ADD = Statement(insert(consent))
_REVOKE = Statement(
    update(consent)
    .where(
        consent.c.person_id == bindparam("of"),
        consent.c.kind == bindparam("what"),
        consent.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now"))
)
_CURRENT = Statement(
    select(*consent.c)
    .where(consent.c.person_id == bindparam("of"), consent.c.revoked_at.is_(None))
    .order_by(consent.c.id)
)


def give(
    conn: Connection, person_id: str, kind: ConsentKind, *, text_version: str, language: str, now: datetime
) -> None:
    """Record a yes. One to the same kind that was in force ends at the same instant; both stay on record."""
    revoke(conn, person_id, kind, now=now)
    _ADD.count(
        conn,
        person_id=person_id,
        kind=kind,
        text_version=text_version,
        language=language,
        given_at=now,
        revoked_at=None,
    )


def revoke(conn: Connection, person_id: str, kind: ConsentKind, *, now: datetime) -> bool:
    """Take a yes back; False when none was in force."""
    return _REVOKE.count(conn, of=person_id, what=kind, now=now) > 0


def current(conn: Connection, person_id: str) -> dict[ConsentKind, ConsentRow]:
    """The consents in force, by kind."""
    return {row.kind: row for row in (ConsentRow(*values) for values in _CURRENT.rows(conn, of=person_id))}
