"""A message of a counsellor, or of their team, to somebody whom they follow: their answer comes back into the topic."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors.messages.words import Call, Words
from bot.counsellors.workshops.seats import opening
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
    return add(
        conn,
        link,
        record.chat_id,
        reply,
        now,
        counsellor_id=counsellor_id,
        purpose=f"relay {purpose}",
        lane=lane,
        expires_at=expires_at,
        not_before=opening(now, record.profile.time_zone),
    )


def add(
    conn: Connection,
    link: LinkRow,
    chat_id: int,
    said: Reply | Call,
    now: datetime,
    *,
    counsellor_id: int | None,
    purpose: str = "relay words",
    words: Words | None = None,
    lane: Lane = "interactive",
    expires_at: datetime | None = None,
    not_before: datetime | None = None,
    key: str | None = None,
) -> int | None:
    """A call to the person's chat, with the pair by which their answer finds its way to the team.

    `words`: whose copy it is; None for what Bob says himself, or says over them. With `key`, None when one with it was
    made before.
    """
    call = said if isinstance(said, Call) else Call("send", said.to_json(), is_heading=False)
    row_id = outbox.add(
        conn,
        now,
        person_id=link.person_id,
        chat_id=chat_id,
        lane=lane,
        method=call.method,
        body=call.body,
        purpose=purpose,
        dedupe_key=key,
        expires_at=expires_at,
        not_before=not_before,
    )
    if row_id is None:
        return None
    own = words is None or call.is_heading
    relays.add(
        conn,
        link.id,
        "to_person",
        now,
        source=(relays.PROMPT, row_id) if words is None or own else (words.chat_id, words.message_id),
        to_chat=chat_id,
        kind="heading" if call.is_heading else "text" if words is None else words.kept_kind,
        outbox_id=row_id,
        counsellor_id=counsellor_id,
        together=words.together if words is not None else None,
    )
    return row_id
