"""From a counsellor to the person: under the counsellor's name, as an answer to what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors.messages import to_person
from bot.counsellors.messages.words import ALBUM_WAIT, Call, Words, calls
from bot.dialogs.texts import Voice
from storage import links, people, waiting
from storage.links import LinkRow
from storage.relays import RelayRow
from storage.teams import CounsellorRow


@dataclass(frozen=True, slots=True)
class Reader:
    """The person of a link, as a reader of messages."""

    person_id: str
    chat_id: int
    voice: Voice

    def heading(self, name: str, key: str = "counsellor.from") -> str:
        """What stands over the words of a counsellor: who reads always sees that a human wrote, and which."""
        return self.voice(key, who=name)


def reader_of(conn: Connection, link: LinkRow) -> Reader | None:
    """The person of a link; None when nobody is there any more."""
    record, chat = people.load_person(conn, link.person_id), links.chat_of(conn, link.person_id)
    if record is None or chat is None:
        return None
    return Reader(record.id, chat, Voice(record.language, record.form))


def send(
    conn: Connection,
    link: LinkRow,
    member: CounsellorRow,
    words: Words,
    now: datetime,
    answered: RelayRow | None,
) -> bool:
    """Hand on what a counsellor wrote. `answered`: the pair of the message that it answers. Whether it goes out."""
    reader = reader_of(conn, link)
    if reader is None:
        return False
    reply_to = None
    if answered is not None and answered.from_chat == reader.chat_id:
        reply_to = answered.from_message
    elif answered is not None and answered.to_chat == reader.chat_id:
        reply_to = answered.to_message
    shown = calls(words, reader.heading(member.name), named=True, reply_to=reply_to)
    after = waiting.album_until(conn, reader.chat_id, now)
    for call in shown:
        _add(conn, link, reader, member.id, words, call, now, after)
    return True


def _add(
    conn: Connection,
    link: LinkRow,
    reader: Reader,
    counsellor_id: int,
    words: Words,
    call: Call,
    now: datetime,
    after: datetime | None,
) -> None:
    waits = now + ALBUM_WAIT if call.method == "copy_album" else None
    to_person.add(
        conn,
        link,
        reader.chat_id,
        call,
        now,
        counsellor_id=counsellor_id,
        purpose="relay heading" if call.is_heading else "relay",
        words=words,
        not_before=max(filter(None, (after, waits)), default=None),
    )
