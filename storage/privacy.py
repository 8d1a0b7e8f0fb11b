"""A person's rights: everything that is kept about them, and its deletion."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, exists, select

from storage import audit, events
from storage.statements import Statement, is_in
from storage.tables.core import (
    account,
    action,
    alert,
    answered,
    application,
    appointment,
    assignment,
    attention,
    bulk_off,
    bulk_recipient,
    consent,
    counsellor,
    day,
    deletion,
    dialogue,
    employer_refusal,
    favourite,
    inbox,
    job,
    later_message,
    link,
    list_member,
    metadata,
    outbox,
    person,
    plan,
    proposal,
    relay,
    review,
    seat,
    strategy_answer,
    team,
    team_note,
    team_prompt,
    topic,
    visitor,
)
from storage.words import UNSETTLED

_OWNED: dict[str, Table] = {
    "account": account,
    "consents": consent,
    "conversations": dialogue,
    "days": day,
    "actions": action,
    "employer_refusals": employer_refusal,
    "jobs": job,
    "appointments": appointment,
    "strategies": strategy_answer,
    "applications": application,
    "reviews": review,
    "messages_to_several": bulk_recipient,
    "no_messages_to_several": bulk_off,
    "lists_of_counsellors": list_member,
    "seats": seat,
    "messages": outbox,
}
"""What refers to the person, by its name in the export: every column is shown but ids of people and of links."""
_IDS_OF_OTHERS = frozenset(("person_id", "link_id", "counsellor_id", "team_id"))
_ON_LINK: dict[str, tuple[Column[Any], ...]] = {
    "topics": (topic.c.name, topic.c.state),
    "alerts": (alert.c.kind, alert.c.raised_on, alert.c.useful),
    "answer_times": (answered.c.asked_at, answered.c.answered_at),
    "assignments": tuple(
        assignment.c[name]
        for name in (
            "author",
            "catalogue_id",
            "words",
            "reason",
            "due_on",
            "state",
            "created_at",
            "told",
            "help_at",
        )
    ),
    "proposals": tuple(proposal.c[name] for name in ("kind", "state", "data", "created_at", "due_at")),
    "notes": (team_note.c.author, team_note.c.words, team_note.c.at),
    "messages_for_later": (later_message.c.send_at, later_message.c.state),
    "questions_to_counsellors": (team_prompt.c.kind, team_prompt.c.data, team_prompt.c.at),
    "attention": (attention.c.handled_at, attention.c.raised_on),
    "team_messages": (relay.c.direction, relay.c.kind, relay.c.at, relay.c.failed),
}
"""What hangs on a link, by its name in the export, and what is shown of it: no id of the other side."""
EXPORTED_OTHERWISE = {
    "link": "under `links`, with the names of the team and of the counsellor in the place of their ids",
    "favourite": "under `links`, as `starred`",
    "plan": "under `plans`, by its action",
    "mention": "which messages of Bob in a group name the person: their numbers there, deleted with the link",
    "subject": "its key leads to the entries under `audit`",
    "event_subject": "its key leads to the entries under `events`",
}
"""Tables about people that are neither of the two above, and why nothing of them is missing in the export."""
_cover = counsellor.alias("cover")
_LINKS = (
    select(
        team.c.name.label("team"),
        counsellor.c.name.label("counsellor"),
        _cover.c.name.label("cover"),
        exists().where(favourite.c.link_id == link.c.id).label("starred"),
        *(column for column in link.c if not column.name.endswith("_id") and column is not link.c.id),
    )
    .join(team, team.c.id == link.c.team_id)
    .join(counsellor, counsellor.c.id == link.c.counsellor_id)
    .outerjoin(_cover, _cover.c.id == link.c.cover_id)
    .where(link.c.person_id == bindparam("of"))
    .order_by(link.c.id)
)
_ROWS_ON_LINK = {
    name: select(*columns)
    .join(link, link.c.id == columns[0].table.c.link_id)
    .where(link.c.person_id == bindparam("of"))
    .order_by(link.c.id, *columns[0].table.primary_key)
    for name, columns in _ON_LINK.items()
}
_PERSON = select(*person.c).where(person.c.id == bindparam("of"))
_ROWS = {name: select(*table.c).where(table.c.person_id == bindparam("of")) for name, table in _OWNED.items()}
_PLANS = (
    select(*plan.c)
    .join(action, action.c.id == plan.c.action_id)
    .where(action.c.person_id == bindparam("of"))
    .order_by(plan.c.action_id)
)
_INBOX = select(inbox.c.update_type, inbox.c.payload, inbox.c.received_at).where(
    inbox.c.telegram_id == bindparam("telegram")
)
_IDS = select(account.c.telegram_id, account.c.chat_id).where(account.c.person_id == bindparam("of"))
_LOCK = select(person.c.id).where(person.c.id == bindparam("of")).with_for_update()
_DROP_PERSON = delete(person).where(person.c.id == bindparam("of"))
_DROP_INBOX = delete(inbox).where(inbox.c.telegram_id == bindparam("telegram"))
_DROP_VISITOR = delete(visitor).where(visitor.c.telegram_id == bindparam("telegram"))
_DROP_MESSAGES = delete(outbox).where(outbox.c.chat_id == bindparam("chat"), is_in(outbox.c.state, UNSETTLED))
_NOTE_DELETION = Statement(lambda insert_into: insert_into(deletion).on_conflict_do_nothing())
_PEOPLE = select(person.c.id)
_DIGESTS = select(deletion.c.digest).order_by(deletion.c.deleted_at)

Leave = Callable[[Connection, str, datetime], None]
"""Ends every link of a person, so that what their teams hold goes too: `bot.counsellors.linking.leave_all`."""


def digest(person_id: str) -> str:
    """How a deleted person is remembered: the SHA-256 of their internal id, in hexadecimal."""
    return hashlib.sha256(person_id.encode()).hexdigest()


def export(conn: Connection, person_id: str) -> dict[str, Any]:
    """Everything kept about a person, as plain JSON values; {} when there is nobody of this id.

    The internal id itself is left out: it tells the person nothing and would name them to whoever finds the
    file.
    """
    found = conn.execute(_PERSON, {"of": person_id}).first()
    if found is None:
        return {}
    about = _readable(found._asdict())
    about["profile"] = json.loads(about["profile"])
    exported: dict[str, Any] = {"person": about}
    for name, statement in _ROWS.items():
        exported[name] = [_readable(row._asdict()) for row in conn.execute(statement, {"of": person_id})]
    for name, statement in {"links": _LINKS, **_ROWS_ON_LINK}.items():
        exported[name] = [_readable(row._asdict()) for row in conn.execute(statement, {"of": person_id})]
    for told in exported["proposals"]:
        told["data"] = {name: value for name, value in told["data"].items() if name != "to"}  # an id of ours
    exported["plans"] = [_readable(row._asdict()) for row in conn.execute(_PLANS, {"of": person_id})]
    exported["events"] = [_readable(asdict(row)) for row in events.of_person(conn, person_id)]
    exported["audit"] = [
        {"what": entry.what, "at": entry.at.isoformat(), "by": entry.actor}
        for entry in audit.entries(conn, person_id)
    ]
    exported["waiting_updates"] = [
        _readable(row._asdict())
        for ids in conn.execute(_IDS, {"of": person_id}).all()
        for row in conn.execute(_INBOX, {"telegram": ids.telegram_id})
    ]
    for record in (about, *exported["account"]):
        record.pop("id", None)
    return exported


def _readable(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in values.items()
        if name not in _IDS_OF_OTHERS
    }


def delete_person(conn: Connection, person_id: str, now: datetime, leave: Leave) -> str:
    """Delete a person and every row about them; returns the digest to add to the list beside the database.

    `leave` is called first: a topic in a group can only be deleted while it is known whose it is.

    Messages to their chat go too, sent or not: add the farewell afterwards, as to somebody without a profile.
    What remains are audit entries and events whose subject nobody can name any more, counts, and the digest. Call
    `Store.scrub` after the commit. A person who is not there (any more) is noted as deleted all the same.
    """
    conn.execute(_LOCK, {"of": person_id}).all()
    leave(conn, person_id, now)
    for ids in conn.execute(_IDS, {"of": person_id}).all():
        conn.execute(_DROP_INBOX, {"telegram": ids.telegram_id})
        conn.execute(_DROP_VISITOR, {"telegram": ids.telegram_id})
        conn.execute(_DROP_MESSAGES, {"chat": ids.chat_id})
    conn.execute(_DROP_PERSON, {"of": person_id})  # the rest refers to the person and goes with them
    remembered = digest(person_id)
    _NOTE_DELETION.count(conn, digest=remembered, deleted_at=now)
    return remembered


def deletions(conn: Connection) -> list[str]:
    """The digests of everybody deleted, oldest first."""
    return list(conn.execute(_DIGESTS).scalars())


def replay_deletions(conn: Connection, digests: Iterable[str], now: datetime, leave: Leave) -> int:
    """Delete again whoever a restored backup brought back; returns how many people that were.

    `leave`: as for `delete_person`. A topic that is gone already is deleted once more, which does no harm.
    """
    wanted = frozenset(digests) | frozenset(deletions(conn))
    if not wanted:
        return 0
    returned = [person_id for person_id in conn.execute(_PEOPLE).scalars() if digest(person_id) in wanted]
    for person_id in returned:
        delete_person(conn, person_id, now, leave)
    return len(returned)


def scan(conn: Connection, needles: Sequence[str | int]) -> list[str]:
    """The columns, as "table.column", that hold one of the needles anywhere in a value.

    Reads everything: for tests.
    """
    wanted = [str(needle) for needle in needles]
    found = set()
    for table in metadata.sorted_tables:
        for row in conn.exec_driver_sql(f'SELECT * FROM "{table.name}"').mappings():  # noqa: S608  (our own names)
            found |= {f"{table.name}.{column}" for column, value in row.items() if _holds(value, wanted)}
    return sorted(found)


def _holds(value: Any, wanted: Sequence[str]) -> bool:
    text = str(value)
    return any(needle in text or json.dumps(needle)[1:-1] in text for needle in wanted)
