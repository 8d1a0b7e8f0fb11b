"""An edited message: what stands for it on the other side is edited too, or followed by its new words."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import said
from bot.counsellors.messages import relay_to_person, relay_to_team
from bot.counsellors.messages.words import CAPTIONED, LONG, Call, Words, calls, correction, without_album
from storage import links, outbox, relays, teams, waiting
from storage.links import LinkRow
from storage.relays import RelayRow
from storage.teams import CounsellorRow

PURPOSE = "relay edit "
"""Begins the purpose of an edit; the number of its pair follows."""


def by_counsellor(conn: Connection, member: CounsellorRow, words: Words, now: datetime, today: date) -> None:
    """A counsellor edited what they sent. Whoever acts for the person no more changes nothing there."""
    for pair in relays.by_source(conn, words.chat_id, words.message_id):
        link = links.by_id(conn, pair.link_id)
        reader = relay_to_person.reader_of(conn, link) if link is not None else None
        if (
            link is None
            or reader is None
            or pair.direction != "to_person"
            or pair.counsellor_id != member.id
            or not link.followed_by(member.id, today)
        ):
            continue
        heading, edited = reader.heading(member.name), reader.heading(member.name, "counsellor.from_edited")
        shown = _follow(conn, pair, words, heading, edited, is_named=pair.together is None)
        for method, body, target in shown:
            outbox.add(
                conn,
                now,
                person_id=reader.person_id,
                chat_id=reader.chat_id,
                lane="interactive",
                method=method.method,
                body=body,
                target_message_id=target,
                purpose=f"{PURPOSE}{pair.id}",
            )


def by_person(conn: Connection, words: Words, now: datetime) -> bool:
    """A person edited what they sent to a team, or to several; whether it was such a message."""
    pairs = [
        pair
        for pair in relays.by_source(conn, words.chat_id, words.message_id)
        if pair.direction == "to_team"
    ]
    for pair in pairs:
        link = links.by_id(conn, pair.link_id)
        team = teams.team_of(conn, link.team_id) if link is not None else None
        if link is None or team is None:
            continue
        desk = topics.desk_of(conn, team, pair.to_chat, now)
        heading = relay_to_team.heading_of(conn, link).render(desk.voice, desk.today)
        edited = said("group.relay.edited", person=topics.label_of(conn, link)).render(desk.voice, desk.today)
        is_named = pair.together is None
        for call, body, target in _follow(conn, pair, words, heading, edited, is_named=is_named):
            _at_desk(conn, link, pair, call, body, target, now)
    return bool(pairs)


def _at_desk(
    conn: Connection,
    link: LinkRow,
    pair: RelayRow,
    call: Call,
    body: dict[str, object],
    target: int | None,
    now: datetime,
) -> None:
    outbox.add(
        conn,
        now,
        person_id=None,
        chat_id=pair.to_chat,
        lane="interactive",
        method=call.method,
        body=body,
        target_message_id=target,
        topic_id=link.id if pair.to_chat < 0 else None,
        purpose=f"{PURPOSE}{pair.id}",
    )


def _follow(
    conn: Connection, pair: RelayRow, words: Words, heading: str, edited: str, *, is_named: bool
) -> list[tuple[Call, dict[str, object], int | None]]:
    """The calls that bring a copy up to date: none where it is not there, or will be made of the new words."""
    if pair.failed is not None or not _bears_words(words):
        return []
    body = correction(words, heading if is_named else None, edited, pair.kind)
    if pair.to_message is None:
        if _still_waits(conn, pair, words, heading, is_named=is_named):
            return []
        body = None
    if body is not None:
        return [(Call("edit_copy", body), body, pair.to_message)]
    return [(call, call.body, None) for call in calls(without_album(words), edited, named=True)]


def _bears_words(words: Words) -> bool:
    return words.kind == "text" or words.kind in CAPTIONED


def _still_waits(conn: Connection, pair: RelayRow, words: Words, heading: str, *, is_named: bool) -> bool:
    """What waits to be copied is copied as it is by then; words that were taken out of it are changed here."""
    if pair.outbox_id is None:
        return False
    if not is_named:
        return waiting.rewrite(conn, pair.outbox_id)
    (call, *others) = calls(without_album(words), heading, named=True)
    if others or pair.kind == LONG or (pair.kind == "text") != (words.kind == "text"):
        return False
    name = "text" if words.kind == "text" else "caption"
    return waiting.rewrite(conn, pair.outbox_id, **{name: call.body[name]})
