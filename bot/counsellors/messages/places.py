"""Where the words of a person go, as they chose: their topic, or the private chat of who acts for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.needs.asking import who_acts
from storage import links, teams
from storage.links import LinkRow, TopicRow
from storage.teams import CounsellorRow

Obstacle = Literal["no_private", "no_group"]
"""Why words can go nowhere: the counsellor has no private chat with Bob, or the team has no group."""


@dataclass(frozen=True, slots=True)
class Place:
    """`link_id`: the topic, None elsewhere. `named`: the place does not tell whose words they are."""

    chat_id: int
    link_id: int | None
    named: bool

    @property
    def is_private(self) -> bool:
        return self.chat_id > 0


def obstacle(conn: Connection, link: LinkRow, now: datetime) -> Obstacle | None:
    """What stands in the way of the person's words now, as far as is known before they are sent."""
    if link.words_to == "private":
        acting = who_acts(conn, link, now)
        return None if acting is not None and acting.telegram_id is not None else "no_private"
    topic = links.topic_of(conn, link.id)
    if topic is not None and _is_reachable(conn, topic):
        return None
    return None if teams.roomiest_group(conn, link.team_id) is not None else "no_group"


def place_of(conn: Connection, link: LinkRow, now: datetime, *, in_topic: bool = False) -> Place | None:
    """Where they go now. `in_topic`: into the topic this once, whatever they chose. None: nowhere (`obstacle`)."""
    if link.words_to == "private" and not in_topic:
        acting = who_acts(conn, link, now)
        return _private(acting)
    topic = topics.ensure(conn, link, now)
    if topic is not None and not _is_reachable(conn, topic):
        topic = topics.move_to_another_group(conn, link, topic, now)
    if topic is None:
        return None
    topics.open_again(conn, link, topic, now)
    return Place(topic.chat_id, link.id, named=topic.thread_id is None and topic.state != "opening")


def _private(acting: CounsellorRow | None) -> Place | None:
    if acting is None or acting.telegram_id is None:
        return None
    return Place(acting.telegram_id, None, named=True)


def _is_reachable(conn: Connection, topic: TopicRow) -> bool:
    group = teams.group(conn, topic.chat_id)
    return group is not None and group.state == "active"
