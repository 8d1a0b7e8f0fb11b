"""What the outcome of a call means for the topic, the card or the message that it was about.

Told by the courier inside the transaction that records the outcome (`scheduler.courier`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.counsellors import card, topics
from scheduler.messenger import Delivered, Failure, NotDelivered
from storage import links, relays, team_words, teams
from storage.outbox import OutboxRow


def on_settled(conn: Connection, row: OutboxRow, outcome: Delivered | NotDelivered, now: datetime) -> None:
    """The only thing that the courier tells this room."""
    if isinstance(outcome, Delivered):
        _delivered(conn, row, outcome, now)
        return
    match outcome.failure:
        case Failure.TOPIC_LOST if row.topic_id is not None:
            topics.lost(conn, row.topic_id, now, before=row.created_at - timedelta(microseconds=1))
        case Failure.CHAT_LOST:
            group = teams.group(conn, row.chat_id)
            if group is not None:
                teams.set_group(conn, row.chat_id, state="lost", is_forum=group.is_forum)
        case _:
            for pair in relays.by_outbox(conn, row.id):
                relays.failed(conn, pair.id, outcome.failure.value)


def _delivered(conn: Connection, row: OutboxRow, outcome: Delivered, now: datetime) -> None:
    if row.purpose == "group topic open" and row.topic_id is not None and outcome.message_id is not None:
        topics.opened(conn, row.topic_id, outcome.message_id)
        links.want_card(conn, row.topic_id, now)
    elif row.purpose == "group card" and row.topic_id is not None and outcome.message_id is not None:
        card.placed(conn, row.topic_id, outcome.message_id, now)
    elif row.purpose == "group prompt" and outcome.message_id is not None:
        team_words.placed(conn, row.id, outcome.message_id)
    elif row.purpose.startswith("relay"):
        ids = outcome.message_ids or ((outcome.message_id,) if outcome.message_id is not None else ())
        pairs = relays.by_outbox(conn, row.id)
        if len(ids) == len(pairs):
            for pair, message_id in zip(pairs, ids, strict=True):
                relays.delivered(conn, pair.id, message_id)
