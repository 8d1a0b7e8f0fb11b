"""Days, actions, plans, refusals and strategies: what the person received or told, and what became of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection

from bot.advice.facts import History, Outcome, PastAction, Refusal, StrategyAnswer
from bot.advice.learning.exploring import Decision
from storage import days_sql as sql
from storage.statements import Changes
from storage.tables.core import action
from storage.types import fits
from storage.words import ActionOrigin, DayOrigin, RecallState, StrategyState


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action that a person received on their local date. `catalogue_id` names it in the catalogue."""

    id: int
    person_id: str
    local_date: date
    catalogue_id: str
    family: str
    effort: str
    minutes: int
    origin: ActionOrigin
    easier: bool
    stuck: bool
    outcome: Outcome
    refusal: Refusal | None
    felt: str | None
    reasons: list[Any]
    opened_at: datetime
    closed_at: datetime | None
    situation: str | None = None
    propensity: float | None = None
    explored: bool | None = None
    learnt: str | None = None
    own_words: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan of an action.

    `local_when` is wall-clock time in `time_zone`, `recall_at` the instant of the recall.
    """

    action_id: int
    local_when: datetime | None
    time_zone: str | None
    place: str | None
    obstacle: str | None
    fallback: str | None
    recall_at: datetime | None
    recall_state: RecallState
    recalled_on: date | None


@dataclass(frozen=True, slots=True)
class DueRecall:
    """A plan to recall now, and whose it is."""

    person_id: str
    chat_id: int
    catalogue_id: str
    plan: PlanRow


class ActionChanges(TypedDict, total=False):
    """What `set_action` can change of an action, open or closed."""

    easier: bool
    stuck: bool
    minutes: int
    felt: str | None
    reasons: list[Any]


_ACTION = Changes(action.c.id, ActionChanges)


def record_day(
    conn: Connection, person_id: str, local_date: date, origin: DayOrigin, cause: str | None, *, now: datetime
) -> bool:
    """Note that the local date had its push or micro-action, or was missed; False when noted before.

    What was missed may be made good: somebody who travels west lives on in a date that was over.
    """
    values = {
        "person_id": person_id,
        "local_date": local_date,
        "origin": origin,
        "cause": cause,
        "created_at": now,
    }
    return sql.RECORD_DAY.count(conn, **values) == 1


def close_unsent(conn: Connection, person_id: str, local_date: date, cause: str, *, now: datetime) -> None:
    """A push that never went out: its day is missed, its action withdrawn as if it had not been."""
    sql.MISS_DAY.count(conn, of=person_id, on=local_date, because=cause)
    sql.WITHDRAW_UNSENT.count(conn, of=person_id, on=local_date, now=now)


def days_since(conn: Connection, person_id: str, since: date) -> dict[date, DayOrigin]:
    """The recorded local dates from `since` on, newest first, with what each had."""
    return dict(sql.DAYS.rows(conn, of=person_id, since=since))


def open_action(
    conn: Connection,
    person_id: str,
    *,
    local_date: date,
    catalogue_id: str,
    family: str,
    effort: str,
    minutes: int,
    origin: ActionOrigin,
    now: datetime,
    reasons: list[Any] | tuple[Any, ...] = (),
    easier: bool = False,
    former: Outcome = Outcome.EXPIRED,
    decision: Decision | None = None,
    own_words: str | None = None,
    author: str | None = None,
) -> int:
    """Open an action and return its id. `decision`: how it was chosen; `own_words`: it is the person's own,
    or with `author` (a name) the counsellor's.

    The one that was open ends with the outcome `former`; its recall is dropped.
    """
    sql.DROP_RECALL_OF_OPEN.count(conn, of=person_id)
    sql.CLOSE_FORMER.count(conn, of=person_id, as_outcome=former.value, now=now)
    values = {
        "person_id": person_id,
        "local_date": local_date,
        "catalogue_id": catalogue_id,
        "family": family,
        "effort": effort,
        "minutes": minutes,
        "origin": origin,
        "easier": easier,
        "stuck": False,
        "outcome": Outcome.OPEN.value,
        "refusal": None,
        "felt": None,
        "reasons": list(reasons),
        "opened_at": now,
        "closed_at": None,
        "situation": decision and decision.situation,
        "propensity": decision and decision.propensity,
        "explored": decision and decision.explored,
        "learnt": decision and decision.learnt,
        "own_words": own_words,
        "author": author,
    }
    return int(sql.ADD_ACTION.value(conn, **values))


def action_by_id(conn: Connection, person_id: str, action_id: int) -> ActionRow | None:
    """The action of this id if it is this person's, else None (a button of somebody else, or forged)."""
    if not fits(action_id):
        return None
    return _action(sql.ACTION_BY_ID.row(conn, of=person_id, the_action=action_id))


def open_action_of(conn: Connection, person_id: str) -> ActionRow | None:
    """The person's open action, if any."""
    return _action(sql.OPEN_ACTION.row(conn, of=person_id))


def _action(found: list[Any] | None) -> ActionRow | None:
    if found is None:
        return None
    row = ActionRow(*found)
    return replace(
        row, outcome=Outcome(row.outcome), refusal=None if row.refusal is None else Refusal(row.refusal)
    )


def close_action(
    conn: Connection,
    action_id: int,
    outcome: Outcome,
    *,
    now: datetime,
    refusal: Refusal | None = None,
    felt: str | None = None,
) -> bool:
    """End an open action; its recall is dropped.

    False when it had ended already: a second press has no effect.
    """
    values = {
        "of": action_id,
        "as_outcome": outcome.value,
        "because": None if refusal is None else refusal.value,
        "as_felt": felt,
        "now": now,
    }
    if sql.CLOSE.count(conn, **values) == 0:
        return False
    sql.DROP_RECALL.count(conn, of=action_id)
    return True


def tick_expired(conn: Connection, person_id: str, action_id: int, *, now: datetime) -> bool:
    """Yesterday's action, closed by the new day's, was done all the same; False when it was not expired (any more)."""
    return sql.TICK_EXPIRED.count(conn, of=action_id, whose=person_id, now=now) == 1


def reopen_action(conn: Connection, action_id: int, *, now: datetime) -> bool:
    """Undo an action's end; a recall still to come waits again. False when it, or another one, is open."""
    if sql.REOPEN.count(conn, of=action_id) == 0:
        return False
    sql.RESTORE_RECALL.count(conn, of=action_id, now=now)
    return True


def set_action(conn: Connection, action_id: int, **changes: Unpack[ActionChanges]) -> bool:
    """Change what the person said about an action; False when it does not exist."""
    if not changes:
        return False
    return _ACTION.count(conn, action_id, changes) == 1


def history(conn: Connection, person_id: str, since: date) -> History:
    """The actions received and refusals told from the local date `since` on, newest first, and every answer to a
    strategy. People's own actions are left out: the advice looks at what it gave.
    """
    rows = sql.HISTORY.rows(conn, of=person_id, since=since)
    return History(
        actions=tuple(
            PastAction(
                action_id=catalogue_id,
                day=local_date,
                outcome=Outcome(outcome),
                refusal=None if refusal is None else Refusal(refusal),
                easier=easier,
                stuck=stuck,
                felt=felt,
            )
            for catalogue_id, local_date, outcome, refusal, easier, stuck, felt in rows
        ),
        strategies=strategy_answers(conn, person_id),
        refusals=refusals(conn, person_id, since),
    )


def save_plan(
    conn: Connection,
    action_id: int,
    *,
    local_when: datetime | None,
    time_zone: str | None,
    place: str | None = None,
    obstacle: str | None = None,
    fallback: str | None = None,
    recall_at: datetime | None = None,
) -> None:
    """Set the plan of an action, replacing an earlier one; it is recalled at `recall_at` (None: never)."""
    sql.SAVE_PLAN.count(
        conn,
        action_id=action_id,
        local_when=local_when,
        time_zone=time_zone,
        place=place,
        obstacle=obstacle,
        fallback=fallback,
        recall_at=recall_at,
        recall_state="waiting",
        recalled_on=None,
    )


def plan_of(conn: Connection, action_id: int) -> PlanRow | None:
    """The plan of an action, if it has one."""
    if not fits(action_id):
        return None
    found = sql.PLAN.row(conn, of=action_id)
    return None if found is None else PlanRow(*found)


def due_recalls(conn: Connection, now: datetime, limit: int) -> list[DueRecall]:
    """Plans whose recall has come, longest due first; their people are locked as by `due_people`."""
    rows = sql.DUE_RECALLS.rows(conn, now=now, at_most=limit)
    return [
        DueRecall(person_id, chat_id, catalogue_id, PlanRow(*values))
        for person_id, chat_id, catalogue_id, *values in rows
    ]


def restore_recall(conn: Connection, action_id: int, *, now: datetime) -> bool:
    """A recall that was dropped and is still to come waits again; False when there is none."""
    return sql.RESTORE_RECALL.count(conn, of=action_id, now=now) == 1


def set_recall(conn: Connection, action_id: int, state: RecallState, *, on: date | None = None) -> None:
    """Note what became of a recall; `on` is the local date on which it went out, for "sent"."""
    sql.RECALLED.count(conn, of=action_id, as_state=state, on=on)


def save_strategy_answer(
    conn: Connection,
    person_id: str,
    strategy_id: str,
    state: StrategyState,
    *,
    now: datetime,
    reason: str | None = None,
    until: date | None = None,
) -> None:
    """Set the person's answer to a strategy; `until`: its family stays away until that local date."""
    sql.SAVE_STRATEGY.count(
        conn,
        person_id=person_id,
        strategy_id=strategy_id,
        state=state,
        reason=reason,
        decided_at=now,
        until=until,
    )


def strategy_answers(conn: Connection, person_id: str) -> dict[str, StrategyAnswer]:
    """The person's answers by strategy."""
    rows = sql.STRATEGIES.rows(conn, of=person_id)
    return {strategy_id: StrategyAnswer(state, until) for strategy_id, state, until in rows}


def note_refusal(conn: Connection, person_id: str, local_date: date) -> None:
    """The person told of an employer's refusal on that local date; several on one date count once."""
    sql.NOTE_REFUSAL.count(conn, person_id=person_id, local_date=local_date)


def refusals(conn: Connection, person_id: str, since: date) -> tuple[date, ...]:
    """Local dates from `since` on, on which the person told of an employer's refusal, newest first."""
    return tuple(local_date for (local_date,) in sql.REFUSALS.rows(conn, of=person_id, since=since))
