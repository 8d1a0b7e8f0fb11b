"""A message of a counsellor, or of their team, to somebody whom they follow: their answer comes back into the topic."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors.seats import opening
from bot.dialogs.replies import Reply
from bot.dialogs.texts import Voice
from storage import outbox, relays
from storage.links import LinkRow
from storage.people import PersonRecord
from storage.words import Lane

SILENT: Final = frozenset(("stopped", "unreachable"))
"""Status of those who get no messages any more."""


def voice_of(record: PersonRecord) -> Voice:
    """Bob's voice for this person."""
    return Voice(record.language, record.form)


def local(moment: datetime, record: PersonRecord) -> datetime:
    """An instant on the person's wall clock, naive."""
    return moment.astimezone(ZoneInfo(record.profile.time_zone)).replace(tzinfo=None)


def send(
    conn: Connection,
    link: LinkRow,
    record: PersonRecord,
    reply: Reply,
    now: datetime,
    *,
    counsellor_id: int,
    purpose: str,
    lane: Lane = "interactive",
    expires_at: datetime | None = None,
) -> int | None:
    """Say it to the person, not before their next 08:00 if it is later than 20:00 there; the number of the call.

    With `expires_at` it does not go out later than that. A pair of messages is kept, so that what they answer to it is
    taken to their team.
    """
    row_id = outbox.add(
        conn,
        now,
        person_id=record.id,
        chat_id=record.chat_id,
        lane=lane,
        method="send",
        body=reply.to_json(),
        purpose=f"relay {purpose}",
        expires_at=expires_at,
        not_before=opening(now, record.profile.time_zone),
    )
    if row_id is not None:
        relays.add(
            conn,
            link.id,
            "to_person",
            now,
            source=(relays.PROMPT, row_id),
            to_chat=record.chat_id,
            kind="text",
            outbox_id=row_id,
            counsellor_id=counsellor_id,
        )
    return row_id
