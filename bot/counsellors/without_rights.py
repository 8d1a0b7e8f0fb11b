"""What Bob could not do for want of a right in a group: told once a day there, and done when the right is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import said
from bot.counsellors.messages import relay_to_team
from bot.counsellors.messages.words import Words
from storage import links, outbox, relays, teams
from storage.links import LinkRow
from storage.outbox import OutboxRow

AN_HOUR: Final = timedelta(hours=1)
A_DAY: Final = timedelta(days=1)
GIVEN_UP_AFTER: Final = timedelta(days=60)


def chat_lost(conn: Connection, row: OutboxRow, now: datetime) -> None:
    """Bob is not in the group any more. What is to be deleted is, once he is put back."""
    if row.chat_id < 0 and _deletes(row):
        _try_later(conn, row, now, A_DAY)


def refused(conn: Connection, row: OutboxRow, now: datetime) -> None:
    """Telegram did not let Bob do it. What is to be deleted stays to be deleted: its person was promised that."""
    group = teams.group(conn, row.chat_id)
    team = teams.team_of(conn, group.team_id) if group is not None else None
    if team is None:
        return
    is_topic = row.method == "topic"
    if _deletes(row):
        _try_later(conn, row, now, AN_HOUR)
        right = "can_manage_topics" if is_topic else "can_delete_messages"
    elif is_topic and row.body.get("do") == "open" and row.topic_id is not None:
        topics.gone(conn, row.topic_id)
        right = "can_manage_topics"
    else:
        return
    desk = topics.desk_of(conn, team, row.chat_id, now)
    key = f"right missing:{row.chat_id}:{right}:{now.date()}"
    desk.say(said("team.rights_missing", rights=said(f"team.right.{right}")), key=key)


def _deletes(row: OutboxRow) -> bool:
    return row.method == "delete" or (row.method == "topic" and row.body.get("do") == "delete")


def _try_later(conn: Connection, row: OutboxRow, now: datetime, wait: timedelta) -> None:
    since = row.body.get("since", now.isoformat())
    if now - datetime.fromisoformat(since) > GIVEN_UP_AFTER:
        return
    outbox.add(
        conn,
        now,
        person_id=None,
        chat_id=row.chat_id,
        lane="bulk",
        method=row.method,
        body={**row.body, "since": since},
        purpose=row.purpose,
        not_before=now + wait,
    )


def granted(conn: Connection, chat_id: int, now: datetime) -> None:
    """Topics can be managed (again): those that could not be made are, with what was to be said there.

    One that the team deleted again and again stays away, unless something waits to be read in it.
    """
    for link_id in links.links_in(conn, chat_id):
        link, topic = links.by_id(conn, link_id), links.topic_of(conn, link_id)
        if link is None or topic is None or not topics.is_gone(topic):
            continue
        if topic.recreated == 0 or relays.not_delivered(conn, link_id, topics.LOST):
            make_topic(conn, link, now)


def make_topic(conn: Connection, link: LinkRow, now: datetime) -> bool:
    """A topic that is not there is made, and what the person wrote meanwhile goes there. False where it is there."""
    if not topics.make_again(conn, link, now):
        return False
    for pair in relays.not_delivered(conn, link.id, topics.LOST):
        words = Words(pair.from_chat, pair.from_message, pair.kind)
        relay_to_team.send(conn, link, words, now, in_topic=True)
    return True
