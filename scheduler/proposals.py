"""What counsellors propose: said to the person at an hour of theirs, taking effect and ending by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors.acts import standing, steps
from bot.counsellors.messages import to_person
from bot.dialogs import proposed
from bot.dialogs.turn import World
from bot.turns.loading import proposal_of, turn_of
from bot.turns.saving import save
from storage import links, people, proposals, teams

AT_ONCE = ("pause",)
"""What is told without waiting for the morning: the person asked for it a moment ago."""


def propose_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Take the next step of up to `limit` proposals; returns how many there were."""
    due = proposals.due(conn, now, limit)
    for number, person_id in due:
        step(conn, world, number, person_id, now)
    return len(due)


def step(conn: Connection, world: World, number: int, person_id: str, now: datetime) -> None:
    """The next step of one proposal."""
    record, row = people.load_person(conn, person_id), proposals.by_id(conn, number)
    link = links.by_id(conn, row.link_id) if row is not None else None
    team = teams.team_of(conn, link.team_id) if link is not None else None
    if (
        record is None
        or row is None
        or link is None
        or team is None
        or row.due_at is None
        or row.due_at > now
    ):
        return
    if not steps.is_to_be_said(row):
        steps.take_effect(conn, row, link, team, now)
        return
    at = standing.within_hours(record, now)
    if at > now and row.kind not in AT_ONCE and row.state != "withdrawn":
        proposals.save(conn, row.id, due_at=at)
        return
    turn = turn_of(conn, record, world, now)
    if record.status != "unreachable":
        proposed.say(turn, proposal_of(conn, row))
    steps.said_now(conn, row, link, team, now)
    said, turn.replies = turn.replies, []
    save(conn, record, turn, now=now, leased=False)
    for reply in said:
        to_person.add(conn, link, record.chat_id, reply, now, counsellor_id=row.counsellor_id)
