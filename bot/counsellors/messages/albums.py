"""Photos sent together arrive one by one: each joins the copy that waits for it, or makes one of its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors.messages.words import ALBUM_WAIT, Words
from storage import links, outbox, relays, waiting
from storage.relays import RelayRow
from storage.words import Direction


def more(
    conn: Connection, words: Words, direction: Direction, now: datetime, counsellor_id: int | None = None
) -> bool:
    """A message of an album of which an earlier one was handed on; whether it is one.

    `counsellor_id`: whose it has to be, where a counsellor wrote it.
    """
    if words.together is None or words.album is None:
        return False
    latest: dict[int, RelayRow] = {}
    for pair in relays.of_together(conn, words.together):
        if pair.direction == direction and pair.stands_for_words and pair.counsellor_id == counsellor_id:
            latest[pair.link_id] = pair
    for pair in latest.values():
        _join(conn, pair, words, now)
    return bool(latest)


def _join(conn: Connection, pair: RelayRow, words: Words, now: datetime) -> None:
    link = links.by_id(conn, pair.link_id)
    assert link is not None, "pairs go with their link"
    row_id = pair.outbox_id
    if row_id is None or not waiting.add_to_album(conn, row_id, words.message_id):
        row_id = outbox.add(
            conn,
            now,
            person_id=link.person_id if pair.direction == "to_person" else None,
            chat_id=pair.to_chat,
            lane="interactive",
            method="copy_album",
            body={"from_chat_id": words.chat_id, "message_ids": [words.message_id]},
            purpose="relay",
            not_before=now + ALBUM_WAIT,
            topic_id=link.id if pair.to_chat < 0 else None,
        )
    relays.add(
        conn,
        link.id,
        pair.direction,
        now,
        source=(words.chat_id, words.message_id),
        to_chat=pair.to_chat,
        kind=words.kept_kind,
        outbox_id=row_id,
        counsellor_id=pair.counsellor_id,
        together=words.together,
    )
