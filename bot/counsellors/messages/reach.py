"""Whether Bob can reach the person at all: told once in their topic, which is closed meanwhile."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import said
from storage import links
from storage.links import LinkRow


def heard_from(conn: Connection, person_id: str, now: datetime, *, blocked: bool) -> None:
    """The person blocked Bob, or shows any sign of life."""
    for link in links.of_person(conn, person_id):
        (lost if blocked else back)(conn, link, now)


def lost(conn: Connection, link: LinkRow, now: datetime) -> None:
    """Nothing reaches them any more: their counsellors see it at once."""
    if link.cut_at is not None:
        return
    links.save(conn, link.id, cut_at=now)
    links.want_card(conn, link.id, now)
    desk, topic = topics.desk_of_link(conn, link, now), links.topic_of(conn, link.id)
    if desk is None or topic is None or topics.is_gone(topic):
        return
    desk.say(said("group.relay.cut", person=topics.label_of(conn, link)), link_id=link.id)
    if topic.thread_id is not None or topic.state == "opening":
        desk.topic("close", link.id)
        links.save_topic(conn, link.id, state="closed" if topic.thread_id is not None else "opening")


def back(conn: Connection, link: LinkRow, now: datetime) -> None:
    """They can be reached again."""
    if link.cut_at is None:
        return
    links.save(conn, link.id, cut_at=None)
    links.want_card(conn, link.id, now)
    desk, topic = topics.desk_of_link(conn, link, now), links.topic_of(conn, link.id)
    if desk is None or topic is None or topics.is_gone(topic):
        return
    topics.open_again(conn, link, topic, now)
    desk.say(said("group.relay.back", person=topics.label_of(conn, link)), link_id=link.id)
