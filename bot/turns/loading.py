"""From the database to the dialogues: a person's record becomes a `Turn`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.dialogs import appointments as book
from bot.dialogs import board, from_team, weekly
from bot.dialogs.appointment import Appointment, ahead
from bot.dialogs.from_team import Assigned, Proposed
from bot.dialogs.turn import ActionView, OpenDialogue, Person, PlanView, Turn, World
from storage import applications, appointments, assignments, days, links, proposals, teams
from storage.appointments import AppointmentRow
from storage.days import ActionRow
from storage.people import PersonRecord
from storage.proposals import ProposalRow

HISTORY_DAYS = 90
"""How far back the advice looks."""


def person_of(record: PersonRecord) -> Person:
    """The working copy of a stored person."""
    return Person(
        language=record.language,
        form=record.form,
        profile=record.profile,
        status=record.status,
        paused_until=record.paused_until,
        pause_reason=record.pause_reason,
        focus=record.focus,
        dialogues={
            name: OpenDialogue(row.state, row.version, dict(row.data), row.updated_at)
            for name, row in record.dialogues.items()
        },
        last_push=record.last_push_date,
        unanswered=record.unanswered,
        last_seen=record.last_seen_at,
        consents=frozenset(
            kind for kind, given in (("use", record.use_consent), ("research", record.research)) if given
        ),
        consent_version=record.use_consent,
    )


def turn_of(
    conn: Connection,
    record: PersonRecord,
    world: World,
    now: datetime,
    *,
    pressed_action: int | None = None,
    with_history: bool = True,
) -> Turn:
    """A turn of that person at `now`. Without history, nothing of past actions is loaded: plain questions need none."""
    turn = Turn(world, person_of(record), now, seed=record.id)
    zone = ZoneInfo(record.profile.time_zone)
    if with_history:
        turn.history = days.history(conn, record.id, turn.today - timedelta(days=HISTORY_DAYS))
        # Who never opened one of these conversations has nothing to look up.
        if board.DIALOGUE.name in record.dialogues:
            turn.board = applications.board(conn, record.id)
        if weekly.DIALOGUE.name in record.dialogues:
            turn.reviews = applications.reviews(conn, record.id, turn.today - timedelta(days=HISTORY_DAYS))
        if book.DIALOGUE.name in record.dialogues:
            turn.appointments = appointments_of(conn, record.id, now)
            interviews = [one for one in ahead(turn.appointments, now) if one.kind == "interview"]
            days_of = tuple(one.seen_in(turn.zone).date() for one in interviews)
            turn.history = replace(turn.history, interviews=days_of)
        if from_team.MARK in record.dialogues:
            turn.assigned = assigned_to(conn, record.id)
            turn.proposed = proposed_to(conn, record.id)
        opened = days.open_action_of(conn, record.id)
        turn.open_action = view_of(conn, opened, zone) if opened else None
    if pressed_action is not None:
        if turn.open_action is not None and turn.open_action.id == pressed_action:
            turn.pressed_action = turn.open_action
        else:
            found = days.action_by_id(conn, record.id, pressed_action)
            turn.pressed_action = view_of(conn, found, zone) if found else None
    return turn


def view_of(conn: Connection, row: ActionRow, zone: ZoneInfo) -> ActionView:
    """An action as a person in that zone sees it, its plan included."""
    plan = days.plan_of(conn, row.id)
    view = None
    if plan is not None and plan.local_when is not None:
        view = PlanView(plan.local_when, plan.place, plan.obstacle, plan.fallback)
    return ActionView(
        id=row.id,
        catalogue_id=row.catalogue_id,
        day=row.local_date,
        outcome=row.outcome,
        easier=row.easier,
        stuck=row.stuck,
        reasons=tuple(row.reasons),
        plan=view,
        felt=row.felt,
        explored=bool(row.explored),
        own_words=row.own_words,
        author=row.author,
        closed_on=row.closed_at.astimezone(zone).date() if row.closed_at else None,
    )


def appointments_of(conn: Connection, person_id: str, now: datetime) -> tuple[Appointment, ...]:
    """The person's appointments that are still to come, cancelled ones too."""
    return tuple(appointment_of(row) for row in appointments.of_person(conn, person_id, after=now))


def appointment_of(row: AppointmentRow) -> Appointment:
    """A stored appointment as the dialogues see it."""
    return Appointment(
        row.uid,
        row.kind,
        row.place,
        row.local_when,
        row.time_zone,
        cancelled=row.state == "cancelled",
        sequence=row.sequence,
        question=row.question,
    )


def assigned_to(conn: Connection, person_id: str) -> tuple[Assigned, ...]:
    """The actions that wait for the person's day, the earliest first."""
    rows = assignments.waiting(conn, person_id)
    shown = {link.id: "action" in link.shown for link in links.of_person(conn, person_id)} if rows else {}
    return tuple(
        Assigned(
            row.id,
            row.author,
            row.due_on,
            row.catalogue_id,
            row.words,
            row.reason,
            shown.get(row.link_id, False),
        )
        for row in rows
        if row.due_on is not None
    )


def proposed_to(conn: Connection, person_id: str) -> tuple[Proposed, ...]:
    """What counsellors propose, and the person may still answer."""
    return tuple(proposal_of(conn, row) for row in proposals.of_person(conn, person_id))


def proposal_of(conn: Connection, row: ProposalRow) -> Proposed:
    """A stored proposal as the dialogues see it."""

    def name(counsellor_id: int | None) -> str:
        found = teams.counsellor_of(conn, counsellor_id) if counsellor_id is not None else None
        return found.name if found is not None else "?"

    data = row.data
    if row.kind == "cover" and row.state == "accepted" and (link := links.by_id(conn, row.link_id)):
        follows = teams.counsellor_of(conn, link.counsellor_id)
        data = {**data, "gone": follows is None or follows.left_at is not None}
    return Proposed(
        row.id, row.kind, row.state, name(row.counsellor_id), name(row.data.get("to")), data, row.uid
    )
