"""Invitations: the links and QR codes by which a counsellor invites people, each kept as a digest only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.statements import Statement
from storage.tables.core import counsellor, invitation
from storage.teams import digest, new_code
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that still holds, and whose it is."""

    code_digest: str
    counsellor_id: int
    team_id: str
    expires_at: datetime
    uses_left: int


_ADD = Statement(insert(invitation))
_OF_CODE = Statement(
    select(
        invitation.c.code_digest,
        invitation.c.counsellor_id,
        counsellor.c.team_id,
        invitation.c.expires_at,
        invitation.c.uses_left,
    )
    .select_from(invitation.join(counsellor, counsellor.c.id == invitation.c.counsellor_id))
    .where(
        invitation.c.code_digest == bindparam("code"),
        counsellor.c.joined_at.is_not(None),
        counsellor.c.left_at.is_(None),
    )
)
_USE = Statement(
    update(invitation)
    .where(
        invitation.c.code_digest == bindparam("code"),
        invitation.c.uses_left > 0,
        invitation.c.expires_at > bindparam("now", type_=Instant),
    )
    .values(uses_left=invitation.c.uses_left - 1)
)
_FORGET = Statement(delete(invitation).where(invitation.c.expires_at <= bindparam("before", type_=Instant)))


def make(conn: Connection, counsellor_id: int, now: datetime, expires_at: datetime, uses: int = 1) -> str:
    """A fresh invitation of this counsellor; its code."""
    code = new_code()
    _ADD.count(
        conn,
        code_digest=digest(code),
        counsellor_id=counsellor_id,
        created_at=now,
        expires_at=expires_at,
        uses_left=uses,
    )
    return code


def of_code(conn: Connection, code_digest: str) -> InvitationRow | None:
    """The invitation of this digest, expired and used ones too; None once its counsellor has left."""
    found = _OF_CODE.row(conn, code=code_digest)
    return None if found is None else InvitationRow(*found)


def use(conn: Connection, code_digest: str, now: datetime) -> bool:
    """Use it once; False when it is expired or used up."""
    return _USE.count(conn, code=code_digest, now=now) == 1


def forget(conn: Connection, before: datetime) -> int:
    """Delete those that expired before this instant."""
    return _FORGET.count(conn, before=before)
