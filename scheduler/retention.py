"""What is forgotten, and when. Profiles unused for 24 months are deleted, after a warning a month ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.counsellors import linking
from bot.dialogs.turn import OpenDialogue, World
from bot.turns.loading import turn_of
from bot.turns.saving import save
from storage import (
    agenda,
    answers,
    applications,
    appointments,
    assignments,
    bulks,
    inbox,
    invitations,
    outbox,
    people,
    privacy,
    proposals,
    relays,
    team_words,
    workshops,
)

UPDATES = timedelta(hours=48)
ANSWERS = timedelta(days=400)
"""How long it is kept how long people waited for an answer: a year can be compared with the one before."""
MESSAGES = timedelta(days=30)
PAIRS = timedelta(days=90)
"""How long a message exchanged with a counsellor can be answered, edited and taken back."""
TEAM_WORDS = timedelta(days=180)
"""How long what counsellors assigned and proposed is kept once it is over."""
INVITATIONS = timedelta(days=30)
"""How long an invitation is kept that nobody can use any more."""
PROFILE = timedelta(days=730)
WARNING = timedelta(days=30)
"""How long before its deletion an unused profile is warned about."""
POSTPONED = timedelta(minutes=10)
MOST = 200
"""People warned or deleted in one go."""


def tidy(conn: Connection, world: World, now: datetime) -> list[str]:
    """Forget what is over; returns the digests of the profiles deleted."""
    for visitor in people.expired_visitors(conn, now):
        people.delete_visitor(conn, visitor.telegram_id)
    inbox.prune(conn, now - UPDATES)
    outbox.prune(conn, now - MESSAGES)
    relays.forget(conn, now - PAIRS)
    applications.forget(conn, (now - applications.UNTOUCHED).date())
    appointments.forget(conn, now)
    bulks.forget(conn, now)
    workshops.forget(conn, now)
    answers.forget(conn, now - ANSWERS)
    invitations.forget(conn, now - INVITATIONS)
    assignments.forget(conn, now - TEAM_WORDS)
    proposals.forget(conn, now - TEAM_WORDS)
    team_words.forget(conn, now - MESSAGES)
    digests = [
        privacy.delete_person(conn, person_id, now, linking.leave_all) for person_id in _forgotten(conn, now)
    ]
    for person_id in people.idle_people(conn, now - PROFILE + WARNING, MOST):
        _warn(conn, world, person_id, now)
    return digests


def _forgotten(conn: Connection, now: datetime) -> list[str]:
    """People unused for 24 months who were warned a month ago."""
    ids = []
    for person_id in people.idle_people(conn, now - PROFILE, MOST):
        record = people.load_person(conn, person_id)
        warned = record.dialogues.get("retention") if record else None
        if warned is not None and now - warned.updated_at >= WARNING:
            ids.append(person_id)
    return ids


def _warn(conn: Connection, world: World, person_id: str, now: datetime) -> None:
    """Say once that the profile will be deleted; it takes the day's message."""
    record = people.load_person(conn, person_id)
    if record is None or (
        (warned := record.dialogues.get("retention")) and warned.updated_at > record.last_seen_at
    ):
        return
    turn = turn_of(conn, record, world, now, with_history=False)
    turn.person.dialogues["retention"] = OpenDialogue("warned", 1, {}, now)
    turn.person.last_push = max(turn.today, turn.person.last_push or turn.today)
    turn.tell("help.retention", day=turn.voice.date((now + WARNING).date()))
    save(conn, record, turn, now=now, lane="bulk", purpose="retention", leased=False)


def postpone_first(conn: Connection, work: str, now: datetime) -> bool:
    """Put off the first due row that a tick cannot handle, so that the others go on; False when there is none."""
    return agenda.postpone_first(conn, work, now, now + POSTPONED)
