"""What the outcome of a call means for the topic, the card or the message that it was about.

Told by the courier inside the transaction that records the outcome (`scheduler.courier`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.counsellors import card, placing, topics, without_rights
from bot.counsellors.messages import relay_outcomes
from bot.counsellors.several import bulk_sending
from scheduler.messenger import Delivered, Failure, NotDelivered
from storage import links, mentions, outbox, team_words, teams
from storage.outbox import OutboxRow
from storage.words import Method

_WRITES = ("send", "copy")


def on_settled(conn: Connection, row: OutboxRow, outcome: Delivered | NotDelivered, now: datetime) -> None:
    """The only thing that the courier tells this room."""
    if isinstance(outcome, NotDelivered) and outcome.again:
        _moved(conn, row, outcome, now)
        return
    if row.purpose == "relay several":
        failure = None if isinstance(outcome, Delivered) else outcome.failure.value
        bulk_sending.settled(conn, row.id, failure, now)
    made = outcome.message_id if isinstance(outcome, Delivered) and row.method in _WRITES else None
    stays = mentions.settled(conn, row.id, made)
    if isinstance(outcome, Delivered):
        if stays:
            placing.placed(conn, row.purpose, outcome.message_id)
            _delivered(conn, row, outcome, now)
        else:
            _take_back(conn, row, outcome, now)
        return
    match outcome.failure:
        case Failure.CHAT_LOST:
            group = teams.group(conn, row.chat_id)
            if group is not None:
                teams.set_group(conn, row.chat_id, state="lost", is_forum=group.is_forum)
            without_rights.chat_lost(conn, row, now)
            _failed(conn, row, outcome, now)
        case _:
            _failed(conn, row, outcome, now)


def _moved(conn: Connection, row: OutboxRow, outcome: NotDelivered, now: datetime) -> None:
    """Nothing is settled: it goes to another topic, or to the group's new id."""
    if outcome.failure is Failure.TOPIC_LOST and row.topic_id is not None:
        topics.lost(conn, row.topic_id, now, before=row.id)


def _take_back(conn: Connection, row: OutboxRow, outcome: Delivered, now: datetime) -> None:
    """The person left while the call was under way: what it made goes too."""
    made = outcome.message_ids or ((outcome.message_id,) if outcome.message_id is not None else ())
    body: dict[str, Any] = {"message_ids": [message_id for message_id in made if message_id]}
    method: Method = "delete"
    if row.method == "topic" and row.body.get("do") == "open":
        method, body = "topic", {"do": "delete", "thread_id": outcome.message_id}
    if row.person_id is None and made and row.method not in ("pin", "react", "delete"):
        outbox.add(
            conn,
            now,
            person_id=None,
            chat_id=row.chat_id,
            lane="interactive",
            method=method,
            body=body,
            purpose="group left",
        )


def _failed(conn: Connection, row: OutboxRow, outcome: NotDelivered, now: datetime) -> None:
    if outcome.failure is Failure.NO_RIGHT:
        without_rights.refused(conn, row, now)
    relay_outcomes.failed(conn, row, outcome.failure, now)


def _delivered(conn: Connection, row: OutboxRow, outcome: Delivered, now: datetime) -> None:
    if row.topic_id is not None and links.topic_of(conn, row.topic_id) is None:
        _take_back(conn, row, outcome, now)
        return
    if outcome.reopened and row.topic_id is not None:
        links.save_topic(conn, row.topic_id, state="open")
    if row.purpose == "group topic open" and row.topic_id is not None and outcome.message_id is not None:
        topics.opened(conn, row.topic_id, outcome.message_id)
        links.want_card(conn, row.topic_id, now)
    elif row.purpose == "group topic close" and row.topic_id is not None:
        links.save_topic(conn, row.topic_id, state="closed")
    elif row.purpose == "group card" and row.topic_id is not None and outcome.message_id is not None:
        card.placed(conn, row.topic_id, outcome.message_id, now)
    elif row.purpose == "group prompt" and outcome.message_id is not None:
        team_words.placed(conn, row.id, outcome.message_id)
    elif row.purpose.startswith("relay"):
        relay_outcomes.delivered(conn, row, outcome, now)
