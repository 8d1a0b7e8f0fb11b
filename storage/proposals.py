"""What counsellors propose to the people they follow: appointments, pauses, somebody else to follow them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.statements import Changes, Statement, word
from storage.tables.core import account, link, person, proposal
from storage.types import Instant
from storage.words import ProposalKind, ProposalState


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal. `data`: plain JSON values, by kind; see who writes them in `bot.counsellors.acts`."""

    id: int
    link_id: int
    counsellor_id: int | None
    kind: ProposalKind
    state: ProposalState
    uid: str | None
    data: dict[str, Any]
    created_at: datetime
    due_at: datetime | None


class ProposalChanges(TypedDict, total=False):
    """The columns that can be set."""

    counsellor_id: int | None
    state: ProposalState
    data: Mapping[str, Any]
    due_at: datetime | None


_CHANGES = Changes(proposal.c.id, ProposalChanges)
_ADD = Statement(insert(proposal).returning(proposal.c.id))
_BY_ID = Statement(select(*proposal.c).where(proposal.c.id == bindparam("of")))
_BY_UID = Statement(select(*proposal.c).where(proposal.c.uid == bindparam("of")))
_OF_LINK = Statement(select(*proposal.c).where(proposal.c.link_id == bindparam("of")).order_by(proposal.c.id))
_OF_PERSON = Statement(
    select(*proposal.c)
    .join(link, link.c.id == proposal.c.link_id)
    .where(
        link.c.person_id == bindparam("of"),
        proposal.c.state.in_([word(state) for state in ("waiting", "said", "accepted", "declined")]),
    )
    .order_by(proposal.c.id)
)
_DUE = Statement(
    select(proposal.c.id, link.c.person_id)
    .select_from(
        proposal.join(link, link.c.id == proposal.c.link_id)
        .join(person, person.c.id == link.c.person_id)
        .join(account, account.c.person_id == person.c.id)
    )
    .where(proposal.c.due_at <= bindparam("now", type_=Instant))
    .order_by(proposal.c.due_at, proposal.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(of=person, skip_locked=True, key_share=True)
)
_FORGET = Statement(
    delete(proposal).where(
        proposal.c.due_at.is_(None),
        proposal.c.state.in_([word(state) for state in ("draft", "declined", "over")]),
        proposal.c.created_at <= bindparam("before", type_=Instant),
    )
)


def add(
    conn: Connection,
    link_id: int,
    counsellor_id: int,
    kind: ProposalKind,
    now: datetime,
    *,
    state: ProposalState,
    data: Mapping[str, Any],
    uid: str | None = None,
    due_at: datetime | None = None,
) -> int:
    """Note a proposal; returns its id."""
    values = {
        "link_id": link_id,
        "counsellor_id": counsellor_id,
        "kind": kind,
        "state": state,
        "uid": uid,
        "data": dict(data),
        "created_at": now,
        "due_at": due_at,
    }
    return int(_ADD.value(conn, **values))


def by_id(conn: Connection, proposal_id: int) -> ProposalRow | None:
    """The proposal of this id."""
    found = _BY_ID.row(conn, of=proposal_id)
    return None if found is None else ProposalRow(*found)


def by_uid(conn: Connection, uid: str) -> ProposalRow | None:
    """The proposal behind an appointment."""
    found = _BY_UID.row(conn, of=uid)
    return None if found is None else ProposalRow(*found)


def of_link(conn: Connection, link_id: int) -> list[ProposalRow]:
    """All proposals to somebody by a team, oldest first."""
    return [ProposalRow(*row) for row in _OF_LINK.rows(conn, of=link_id)]


def of_person(conn: Connection, person_id: str) -> list[ProposalRow]:
    """The proposals that a person may still answer, of every team."""
    return [ProposalRow(*row) for row in _OF_PERSON.rows(conn, of=person_id)]


def save(conn: Connection, proposal_id: int, **changes: Unpack[ProposalChanges]) -> None:
    """Set columns of a proposal."""
    _CHANGES.count(conn, proposal_id, changes)


def due(conn: Connection, now: datetime, limit: int) -> list[tuple[int, str]]:
    """(proposal, person) whose next step has come, at most `limit`; people locked as by `people.due_people`."""
    return [(number, person_id) for number, person_id in _DUE.rows(conn, now=now, at_most=limit)]


def forget(conn: Connection, before: datetime) -> int:
    """Delete what is over or was never made, from before this instant."""
    return _FORGET.count(conn, before=before)
