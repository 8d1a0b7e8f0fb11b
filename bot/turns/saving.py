"""From the dialogues to the database: what a turn changed, did and said, in the transaction that it is part of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.advice.applications import with_told_dates
from bot.advice.facts import Outcome
from bot.advice.progress import first_monday
from bot.counsellors import linking
from bot.counsellors.workshops import seat_answers
from bot.dialogs import progress
from bot.dialogs.effects import (
    AnswerProposal,
    AnswerSeat,
    AnswerStrategy,
    AskHelp,
    CloseAction,
    CountAnswer,
    CountForResearch,
    DeletePerson,
    DropMessages,
    DropPlan,
    Effect,
    EndJob,
    ExportData,
    GiveConsent,
    KeepApplication,
    KeepAppointment,
    KeepReview,
    MarkAction,
    NoteJob,
    NoteRefusal,
    OpenAction,
    RefuseSeveral,
    RemoveApplication,
    ReopenAction,
    RestorePlan,
    RevokeConsent,
    SavePlan,
    ShowAccess,
    ShowProgress,
    TakeDay,
)
from bot.dialogs.incoming import Incoming
from bot.dialogs.replies import Reply
from bot.dialogs.turn import OpenDialogue, Turn
from bot.dialogs.welcome import CONSENT_VERSION
from bot.turns import following, looking, research, telling
from bot.turns.outgoing import add_replies
from bot.turns.planning import next_due_of, rhythm_changed
from bot.turns.reminding import keep_appointment, remind_anew
from storage import (
    applications,
    assignments,
    audit,
    consents,
    days,
    events,
    jobs,
    links,
    outbox,
    people,
    privacy,
)
from storage.outbox import OutboxRow
from storage.people import PersonChanges, PersonRecord
from storage.progress import past
from storage.words import Audited, ConsentKind, Lane, StrategyState

SEEN_PRECISION = timedelta(hours=1)
"""How precisely Bob remembers when the person was last there."""
CARD_AFTER = timedelta(seconds=5)
"""What happens within this time is one edit of the card in the team's group."""
EXPORT_NAME = "bob-mes-donnees.json"


@dataclass(frozen=True, slots=True)
class Saved:
    """What is left to do after the commit: rows to send now, and the digest of a deletion."""

    rows: tuple[OutboxRow, ...] = ()
    deletion: str | None = None
    told_team: bool = False
    """Something goes to a team, or to one of its counsellors: the courier has it."""


def save(
    conn: Connection,
    record: PersonRecord,
    turn: Turn,
    *,
    now: datetime,
    lane: Lane = "interactive",
    purpose: str = "",
    leased: bool = True,
    pressed_message: int | None = None,
    dedupe_key: str | None = None,
    expires_at: datetime | None = None,
    seen: bool | None = None,
    incoming: Incoming | None = None,
) -> Saved:
    """Carry out a turn's effects, save what it changed, and add what it said to the outbox.

    `incoming`: the event, where it is one of the person's.
    `seen`: the person was there (else: whether the rows are the caller's to send, which an answer's are).
    `expires_at`: what is not sent by then is not sent.
    """
    new_action, deletion = _carry_out(conn, record, turn, incoming, now)
    if deletion is None:
        telling.tell_team(conn, record, turn, now)
        research.count(conn, record.id, turn)
        if record.profile.time_zone != turn.profile.time_zone:
            remind_anew(conn, record.id, turn.profile.time_zone, now)
        _save_dialogues(conn, record, turn, now)
        if turn.followed_by or incoming is None:  # a turn of the scheduler's does not load who follows
            links.want_cards_of(conn, record.id, now + CARD_AFTER)
        _save_person(conn, record, turn, now, seen=leased if seen is None else seen)
    rows = add_replies(
        conn,
        turn,
        person_id=None if deletion else record.id,
        chat_id=record.chat_id,
        now=now,
        lane=lane,
        purpose=purpose,
        leased=leased,
        pressed_message=pressed_message,
        dedupe_key=dedupe_key,
        expires_at=expires_at,
        new_action=new_action,
        sent_message=incoming.sent_id if incoming is not None else None,
    )
    return Saved(rows, deletion, told_team=deletion is not None or bool(turn.followed_by))


def _carry_out(
    conn: Connection, record: PersonRecord, turn: Turn, incoming: Incoming | None, now: datetime
) -> tuple[int | None, str | None]:
    """Effects in order. Returns (id of the action opened, digest of the deletion)."""
    person_id = record.id
    new_action: int | None = None
    deletion: str | None = None
    for effect in turn.effects:
        if isinstance(effect, OpenAction):
            new_action = days.open_action(
                conn,
                person_id,
                local_date=turn.today,
                catalogue_id=effect.catalogue_id,
                family=effect.family,
                effort=effect.effort,
                minutes=effect.minutes,
                origin=cast(Any, effect.origin),
                now=now,
                reasons=effect.reasons,
                former=effect.closing,
                decision=effect.decision,
                own_words=effect.own_words,
                author=effect.author,
            )
            if effect.assignment is not None:
                assignments.save(conn, effect.assignment, state="given", action_id=new_action)
        elif isinstance(effect, DeletePerson):
            deletion = privacy.delete_person(conn, person_id, now, linking.leave_all)
        elif isinstance(effect, following.TO_TEAM):
            following.carry_out(conn, record, turn, effect, incoming, now)
        elif isinstance(effect, ExportData):
            _export(conn, person_id, turn, effect, now)
        elif isinstance(effect, ShowAccess):
            turn.say(looking.access(conn, person_id, turn, effect.page))
        elif isinstance(effect, ShowProgress):
            turn.say(progress.reply(turn, past(conn, person_id, first_monday(turn.today), turn.today)))
        else:
            _carry_out_one(conn, person_id, turn, effect, now)
    return new_action, deletion


def _carry_out_one(conn: Connection, person_id: str, turn: Turn, effect: Effect, now: datetime) -> None:
    match effect:
        case CloseAction(action, Outcome.DONE, late=True):
            days.tick_expired(conn, person_id, action, now=now)
        case CloseAction(action, outcome, refusal):
            days.close_action(conn, action, outcome, now=now, refusal=refusal)
        case ReopenAction(action):
            days.reopen_action(conn, action, now=now)
        case MarkAction(action):
            marks: dict[str, Any] = {"easier": effect.easier, "stuck": effect.stuck, "felt": effect.felt}
            days.set_action(conn, action, **cast(Any, {k: v for k, v in marks.items() if v is not None}))
        case SavePlan():
            _save_plan(conn, turn, effect)
        case DropPlan(action):
            days.set_recall(conn, action, "dropped")
        case RestorePlan(action):
            days.restore_recall(conn, action, now=now)
        case DropMessages():
            outbox.drop_waiting(conn, person_id, "unreachable", now)
        case TakeDay(day, origin):
            days.record_day(conn, person_id, day, cast(Any, origin), None, now=now)
        case AnswerStrategy(strategy, state, reason, until):
            days.save_strategy_answer(
                conn, person_id, strategy, cast(StrategyState, state), now=now, reason=reason, until=until
            )
        case NoteRefusal(day):
            days.note_refusal(conn, person_id, day)
        case KeepApplication(application):
            applications.save(conn, person_id, application, today=turn.today)
        case RemoveApplication(number):
            applications.remove(conn, person_id, number)
        case KeepReview(review):
            applications.save_review(conn, person_id, review)
        case NoteJob(day):
            jobs.note_found(conn, person_id, day)
        case EndJob(_, mistaken=True):
            jobs.forget_mistaken(conn, person_id)
        case EndJob(day):
            jobs.note_over(conn, person_id, day)
        case CountAnswer(question, answer, year):
            jobs.count_answer(conn, question, answer, year)
        case KeepAppointment(one):
            keep_appointment(conn, person_id, one, turn.profile.time_zone, now)
            seat_answers.appointment_changed(conn, person_id, turn, one, now)
        case AnswerSeat(seat, going):
            seat_answers.answer(conn, person_id, turn, seat, now, going=going)
        case RefuseSeveral(link, off):
            seat_answers.refuse_several(conn, person_id, turn, link, now, off=off)
        case CountForResearch():
            pass  # `research.count` does, once for the whole turn
        case AnswerProposal() | AskHelp():
            pass  # `telling.tell_team` does
        case GiveConsent(kind, version):
            consents.give(
                conn,
                person_id,
                cast(ConsentKind, kind),
                text_version=version or CONSENT_VERSION,
                language=turn.person.language,
                now=now,
            )
            audit.note(conn, person_id, cast(Audited, f"consent given: {kind}"), now)
        case RevokeConsent(kind):
            if kind == "research":
                events.forget(conn, person_id)
            consents.revoke(conn, person_id, cast(ConsentKind, kind), now=now)
            audit.note(conn, person_id, cast(Audited, f"consent withdrawn: {kind}"), now)
        case _:
            raise TypeError(f"{type(effect).__name__} is not for somebody with a profile")


def _save_plan(conn: Connection, turn: Turn, plan: SavePlan) -> None:
    """The plan keeps the person's wall clock and zone; the instant of its recall is derived from them."""
    zone = turn.profile.time_zone
    recall = plan.local_when.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if plan.recall else None
    days.save_plan(
        conn,
        plan.action,
        local_when=plan.local_when,
        time_zone=zone,
        place=plan.place,
        obstacle=plan.obstacle,
        fallback=plan.fallback,
        recall_at=recall,
    )


def _export(conn: Connection, person_id: str, turn: Turn, effect: ExportData, now: datetime) -> None:
    audit.note(conn, person_id, "export", now)
    kept = privacy.export(conn, person_id)
    for message in kept.get("messages", ()):
        message.pop("dedupe_key", None)  # holds the internal id, which the export leaves out
    content = json.dumps(kept, ensure_ascii=False, indent=2)
    turn.say(Reply(effect.caption, document_name=EXPORT_NAME, document=content))


def _save_dialogues(conn: Connection, record: PersonRecord, turn: Turn, now: datetime) -> None:
    for name, place in turn.person.dialogues.items():
        if _moved(record, name, place):
            people.save_dialogue(
                conn, record.id, name, version=place.version, state=place.state, data=place.data, now=now
            )
    for name in record.dialogues:
        if name not in turn.person.dialogues:
            people.delete_dialogue(conn, record.id, name)


def _moved(record: PersonRecord, name: str, place: OpenDialogue) -> bool:
    former = record.dialogues.get(name)
    return (
        former is None
        or (former.state, former.version, former.data) != (place.state, place.version, place.data)
        or former.updated_at != place.updated_at
    )


def _save_person(conn: Connection, record: PersonRecord, turn: Turn, now: datetime, *, seen: bool) -> None:
    person = turn.person
    person.profile = with_told_dates(record.profile, person.profile, turn.today)
    changes: dict[str, Any] = {"last_seen_at": now} if seen else {}
    present = {
        "language": person.language,
        "form": person.form,
        "profile": person.profile,
        "focus": person.focus,
        "status": person.status,
        "paused_until": person.paused_until,
        "pause_reason": person.pause_reason,
        "last_push_date": person.last_push,
        "unanswered": person.unanswered,
    }
    changes |= {name: value for name, value in present.items() if value != getattr(record, name)}
    if rhythm_changed(record, turn):
        changes["next_due_at"] = next_due_of(turn, now)
    if changes.keys() == {"last_seen_at"} and now - record.last_seen_at < SEEN_PRECISION:
        return
    if changes:
        people.save_person(conn, record.id, **cast(PersonChanges, changes))
