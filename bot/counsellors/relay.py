"""Messages to and fro between a person and their counsellors, as copies: nobody's account is shown to anybody.

From the team, only an answer to a message of that person, or to the prompt of the Write button, is ever sent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.turn import GroupTurn, acting
from bot.dialogs.incoming import Incoming
from storage import links, outbox, people, relays, teams
from storage.links import LinkRow


def heard(turn: GroupTurn) -> None:
    """Something that a member of the team wrote: an answer to the person's message goes to them, all else stays."""
    event = turn.event
    if event.reply_to is None or event.message_id is None:
        return
    pair = relays.by_target(turn.conn, event.chat_id, event.reply_to)
    if pair is None or pair.direction != "to_team" or not acting(turn, turn.link, "message sent"):
        return
    link = turn.link
    assert link is not None
    chat = links.chat_of(turn.conn, link.person_id)
    if chat is None:
        return
    outbox_id = outbox.add(
        turn.conn,
        turn.now,
        person_id=link.person_id,
        chat_id=chat,
        lane="interactive",
        method="copy",
        body={"from_chat_id": event.chat_id, "message_id": event.message_id},
        purpose="relay",
    )
    relays.add(
        turn.conn,
        link.id,
        "to_person",
        turn.now,
        source=(event.chat_id, event.message_id),
        to_chat=chat,
        kind=event.media or "text",
        outbox_id=outbox_id,
        counsellor_id=turn.member.id,
    )
    links.save(turn.conn, link.id, waiting_since=None, reminded_at=None, last_contact_at=turn.now)
    links.want_card(turn.conn, link.id, turn.now)


def edited(turn: GroupTurn) -> None:
    """Something that a member of the team wrote was edited."""


def to_team(conn: Connection, link: LinkRow, incoming: Incoming, now: datetime) -> None:
    """Hand a person's message on: to their topic, or to their counsellor's private chat, as they chose."""
    if incoming.sent_id is None:
        return
    source = (incoming.chat_id, incoming.sent_id)
    topic, team = topics.ensure(conn, link, now), teams.team_of(conn, link.team_id)
    who = teams.counsellor_of(conn, link.counsellor_id)
    if team is None or who is None:
        return
    if link.words_to == "private" and who.telegram_id is not None:
        desk, in_topic = topics.desk_of(conn, team, who.telegram_id, now), None
    elif topic is not None:
        desk, in_topic = topics.desk_of(conn, team, topic.chat_id, now), link.id
    else:
        return
    outbox_id = desk.copy(source, link_id=in_topic)
    kind = incoming.kind.value
    relays.add(
        conn,
        link.id,
        "to_team",
        now,
        source=source,
        to_chat=desk.chat_id,
        kind=kind,
        outbox_id=outbox_id,
    )
    links.save(conn, link.id, waiting_since=link.waiting_since or now, last_word_at=now)
    links.want_card(conn, link.id, now)


def edited_by_person(conn: Connection, incoming: Incoming, now: datetime) -> bool:
    """A message that was handed on was edited: its copies follow. Whether it was one."""
    assert incoming.sent_id is not None
    pairs = [
        pair
        for pair in relays.by_source(conn, incoming.chat_id, incoming.sent_id)
        if pair.direction == "to_team"
    ]
    record = people.load_by_telegram(conn, incoming.telegram_id)
    return bool(pairs) and record is not None
