"""Days, actions, plans and strategies: what the person received and what became of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import Connection, bindparam, exists, func, insert, select, update

from bot.advice.facts import History, Outcome, PastAction, Refusal, StrategyAnswer
from storage.statements import Statement, word
from storage.tables.core import account, action, day, person, plan, strategy_answer
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


_RECORD_DAY = Statement(lambda insert_into: insert_into(day).on_conflict_do_nothing())
_ADD_ACTION = Statement(insert(action).returning(action.c.id))
_action_of_person = select(*action.c).where(action.c.person_id == bindparam("of"))
_ACTION_BY_ID = Statement(_action_of_person.where(action.c.id == bindparam("the_action")))
_OPEN_ACTION = Statement(_action_of_person.where(action.c.outcome == word(Outcome.OPEN.value)))
_CLOSE = Statement(
    update(action)
    .where(action.c.id == bindparam("of"), action.c.outcome == word(Outcome.OPEN.value))
    .values(
        outcome=bindparam("as_outcome"),
        refusal=bindparam("because"),
        felt=func.coalesce(bindparam("as_felt"), action.c.felt),
        closed_at=bindparam("now"),
    )
)
_CLOSE_FORMER = Statement(
    update(action)
    .where(action.c.person_id == bindparam("of"), action.c.outcome == word(Outcome.OPEN.value))
    .values(outcome=bindparam("as_outcome"), closed_at=bindparam("now"))
)
_other = action.alias("other")
_REOPEN = Statement(
    update(action)
    .where(
        action.c.id == bindparam("of"),
        ~exists().where(
            _other.c.person_id == action.c.person_id, _other.c.outcome == word(Outcome.OPEN.value)
        ),
    )
    .values(outcome=Outcome.OPEN.value, refusal=None, felt=None, closed_at=None)
)
_MISS_DAY = Statement(
    update(day)
    .where(
        day.c.person_id == bindparam("of"), day.c.local_date == bindparam("on"), day.c.origin == word("push")
    )
    .values(origin="missed", cause=bindparam("because"))
)
_WITHDRAW_UNSENT = Statement(
    update(action)
    .where(
        action.c.person_id == bindparam("of"),
        action.c.local_date == bindparam("on"),
        action.c.origin == word("push"),
        action.c.outcome == word(Outcome.OPEN.value),
    )
    .values(outcome=Outcome.WITHDRAWN.value, closed_at=bindparam("now"))
)
_DROP_RECALL = Statement(
    update(plan)
    .where(plan.c.action_id == bindparam("of"), plan.c.recall_state == word("waiting"))
    .values(recall_state="dropped")
)
_DROP_RECALL_OF_OPEN = Statement(
    update(plan)
    .where(
        plan.c.action_id.in_(
            select(action.c.id).where(
                action.c.person_id == bindparam("of"), action.c.outcome == word(Outcome.OPEN.value)
            )
        ),
        plan.c.recall_state == word("waiting"),
    )
    .values(recall_state="dropped")
)
_RESTORE_RECALL = Statement(
    update(plan)
    .where(
        plan.c.action_id == bindparam("of"),
        plan.c.recall_state == "dropped",
        plan.c.recall_at > bindparam("now"),
    )
    .values(recall_state="waiting")
)
_HISTORY = Statement(
    select(
        action.c.catalogue_id,
        action.c.local_date,
        action.c.outcome,
        action.c.refusal,
        action.c.easier,
        action.c.stuck,
        action.c.felt,
    )
    .where(action.c.person_id == bindparam("of"), action.c.local_date >= bindparam("since"))
    .order_by(action.c.local_date.desc(), action.c.id.desc())
)
_DAYS = Statement(
    select(day.c.local_date, day.c.origin)
    .where(day.c.person_id == bindparam("of"), day.c.local_date >= bindparam("since"))
    .order_by(day.c.local_date.desc())
)
_PLAN = Statement(select(*plan.c).where(plan.c.action_id == bindparam("of")))
_DUE_RECALLS = Statement(
    select(action.c.person_id, account.c.chat_id, action.c.catalogue_id, *plan.c)
    .select_from(
        plan.join(action, plan.c.action_id == action.c.id)
        .join(person, action.c.person_id == person.c.id)
        .join(account, account.c.person_id == person.c.id)
    )
    .where(plan.c.recall_state == word("waiting"), plan.c.recall_at <= bindparam("now"))
    .order_by(plan.c.recall_at)
    .limit(bindparam("at_most"))
    .with_for_update(of=person, skip_locked=True, key_share=True)
)
_RECALLED = Statement(
    update(plan)
    .where(plan.c.action_id == bindparam("of"))
    .values(
        recall_state=bindparam("as_state"),
        recalled_on=func.coalesce(bindparam("on", type_=plan.c.recalled_on.type), plan.c.recalled_on),
    )
)
_RECALLS_ON = Statement(
    select(func.count())
    .select_from(plan.join(action, plan.c.action_id == action.c.id))
    .where(action.c.person_id == bindparam("of"), plan.c.recalled_on == bindparam("on"))
)
_STRATEGIES = Statement(
    select(strategy_answer.c.strategy_id, strategy_answer.c.state, strategy_answer.c.until).where(
        strategy_answer.c.person_id == bindparam("of")
    )
)


def _upsert_plan(insert_into: Any) -> Any:
    new = insert_into(plan)
    columns = [column.name for column in plan.c if column.name != "action_id"]
    return new.on_conflict_do_update(
        index_elements=["action_id"], set_={name: new.excluded[name] for name in columns}
    )


def _upsert_strategy(insert_into: Any) -> Any:
    new = insert_into(strategy_answer)
    return new.on_conflict_do_update(
        index_elements=["person_id", "strategy_id"],
        set_={name: new.excluded[name] for name in ("state", "reason", "decided_at", "until")},
    )


_SAVE_PLAN = Statement(_upsert_plan)
_SAVE_STRATEGY = Statement(_upsert_strategy)


def record_day(
    conn: Connection, person_id: str, local_date: date, origin: DayOrigin, cause: str | None, *, now: datetime
) -> bool:
    """Note that the local date had its push or micro-action, or was missed; False when noted before."""
    values = {
        "person_id": person_id,
        "local_date": local_date,
        "origin": origin,
        "cause": cause,
        "created_at": now,
    }
    return _RECORD_DAY.count(conn, **values) == 1


def close_unsent(conn: Connection, person_id: str, local_date: date, cause: str, *, now: datetime) -> None:
    """A push that never went out: its day is missed, its action withdrawn as if it had not been."""
    _MISS_DAY.count(conn, of=person_id, on=local_date, because=cause)
    _WITHDRAW_UNSENT.count(conn, of=person_id, on=local_date, now=now)


def days_since(conn: Connection, person_id: str, since: date) -> dict[date, DayOrigin]:
    """The recorded local dates from `since` on, newest first, with what each had."""
    return dict(_DAYS.rows(conn, of=person_id, since=since))


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
) -> int:
    """Open an action and return its id.

    The one that was open ends with the outcome `former`; its recall is dropped.
    """
    _DROP_RECALL_OF_OPEN.count(conn, of=person_id)
    _CLOSE_FORMER.count(conn, of=person_id, as_outcome=former.value, now=now)
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
    }
    return int(_ADD_ACTION.value(conn, **values))


def action_by_id(conn: Connection, person_id: str, action_id: int) -> ActionRow | None:
    """The action of this id if it is this person's, else None (a button of somebody else, or forged)."""
    if not fits(action_id):
        return None
    return _action(_ACTION_BY_ID.row(conn, of=person_id, the_action=action_id))


def open_action_of(conn: Connection, person_id: str) -> ActionRow | None:
    """The person's open action, if any."""
    return _action(_OPEN_ACTION.row(conn, of=person_id))


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
    if _CLOSE.count(conn, **values) == 0:
        return False
    _DROP_RECALL.count(conn, of=action_id)
    return True


def reopen_action(conn: Connection, action_id: int, *, now: datetime) -> bool:
    """Undo an action's end; a recall still to come waits again. False when it, or another one, is open."""
    if _REOPEN.count(conn, of=action_id) == 0:
        return False
    _RESTORE_RECALL.count(conn, of=action_id, now=now)
    return True


def set_action(conn: Connection, action_id: int, **changes: Unpack[ActionChanges]) -> bool:
    """Change what the person said about an action; False when it does not exist."""
    if not changes:
        return False
    values = cast(dict[str, Any], dict(changes))
    return _action_update(tuple(values)).count(conn, **values, of=action_id) == 1


@lru_cache(maxsize=64)
def _action_update(columns: tuple[str, ...]) -> Statement:
    unknown = set(columns) - set(ActionChanges.__annotations__)
    if unknown:
        raise TypeError(f"set_action cannot set {', '.join(sorted(unknown))}")
    values = {name: bindparam(name, type_=action.c[name].type) for name in columns}
    return Statement(update(action).where(action.c.id == bindparam("of")).values(values))


def history(conn: Connection, person_id: str, since: date) -> History:
    """The actions received from the local date `since` on, newest first, and every answer to a strategy."""
    rows = _HISTORY.rows(conn, of=person_id, since=since)
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
    _SAVE_PLAN.count(
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
    found = _PLAN.row(conn, of=action_id)
    return None if found is None else PlanRow(*found)


def due_recalls(conn: Connection, now: datetime, limit: int) -> list[DueRecall]:
    """Plans whose recall has come, longest due first; their people are locked as by `due_people`."""
    rows = _DUE_RECALLS.rows(conn, now=now, at_most=limit)
    return [
        DueRecall(person_id, chat_id, catalogue_id, PlanRow(*values))
        for person_id, chat_id, catalogue_id, *values in rows
    ]


def set_recall(conn: Connection, action_id: int, state: RecallState, *, on: date | None = None) -> None:
    """Note what became of a recall; `on` is the local date on which it went out, for "sent"."""
    _RECALLED.count(conn, of=action_id, as_state=state, on=on)


def recalls_sent_on(conn: Connection, person_id: str, local_date: date) -> int:
    """How many recalls went out to the person on that local date."""
    return int(_RECALLS_ON.value(conn, of=person_id, on=local_date))


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
    _SAVE_STRATEGY.count(
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
    rows = _STRATEGIES.rows(conn, of=person_id)
    return {strategy_id: StrategyAnswer(state, until) for strategy_id, state, until in rows}
