"""The statements of `storage.days`: days, actions, plans, refusals, strategies."""

from typing import Any

from sqlalchemy import bindparam, exists, func, insert, select, update

from bot.advice.facts import Outcome
from storage.statements import Statement, word
from storage.tables.core import account, action, day, employer_refusal, person, plan, strategy_answer


def _record_day(insert_into: Any) -> Any:
    new = insert_into(day)
    changed = {name: new.excluded[name] for name in ("origin", "cause", "created_at")}
    made_good = (day.c.origin == word("missed")) & (new.excluded.origin != word("missed"))
    return new.on_conflict_do_update(
        index_elements=["person_id", "local_date"], set_=changed, where=made_good
    )


RECORD_DAY = Statement(_record_day)
ADD_ACTION = Statement(insert(action).returning(action.c.id))
_action_of_person = select(*action.c).where(action.c.person_id == bindparam("of"))
ACTION_BY_ID = Statement(_action_of_person.where(action.c.id == bindparam("the_action")))
OPEN_ACTION = Statement(_action_of_person.where(action.c.outcome == word(Outcome.OPEN.value)))
CLOSE = Statement(
    update(action)
    .where(action.c.id == bindparam("of"), action.c.outcome == word(Outcome.OPEN.value))
    .values(
        outcome=bindparam("as_outcome"),
        refusal=bindparam("because"),
        felt=func.coalesce(bindparam("as_felt"), action.c.felt),
        closed_at=bindparam("now"),
    )
)
CLOSE_FORMER = Statement(
    update(action)
    .where(action.c.person_id == bindparam("of"), action.c.outcome == word(Outcome.OPEN.value))
    .values(outcome=bindparam("as_outcome"), closed_at=bindparam("now"))
)
_other = action.alias("other")
REOPEN = Statement(
    update(action)
    .where(
        action.c.id == bindparam("of"),
        ~exists().where(
            _other.c.person_id == action.c.person_id, _other.c.outcome == word(Outcome.OPEN.value)
        ),
    )
    .values(outcome=Outcome.OPEN.value, refusal=None, felt=None, closed_at=None)
)
MISS_DAY = Statement(
    update(day)
    .where(
        day.c.person_id == bindparam("of"), day.c.local_date == bindparam("on"), day.c.origin == word("push")
    )
    .values(origin="missed", cause=bindparam("because"))
)
WITHDRAW_UNSENT = Statement(
    update(action)
    .where(
        action.c.person_id == bindparam("of"),
        action.c.local_date == bindparam("on"),
        action.c.origin == word("push"),
        action.c.outcome == word(Outcome.OPEN.value),
    )
    .values(outcome=Outcome.WITHDRAWN.value, closed_at=bindparam("now"))
)
DROP_RECALL = Statement(
    update(plan)
    .where(plan.c.action_id == bindparam("of"), plan.c.recall_state == word("waiting"))
    .values(recall_state="dropped")
)
DROP_RECALL_OF_OPEN = Statement(
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
RESTORE_RECALL = Statement(
    update(plan)
    .where(
        plan.c.action_id == bindparam("of"),
        plan.c.recall_state == "dropped",
        plan.c.recall_at > bindparam("now"),
    )
    .values(recall_state="waiting")
)
HISTORY = Statement(
    select(
        action.c.catalogue_id,
        action.c.local_date,
        action.c.outcome,
        action.c.refusal,
        action.c.easier,
        action.c.stuck,
        action.c.felt,
    )
    .where(
        action.c.person_id == bindparam("of"),
        action.c.local_date >= bindparam("since"),
        action.c.own_words.is_(None),
    )
    .order_by(action.c.local_date.desc(), action.c.id.desc())
)
DAYS = Statement(
    select(day.c.local_date, day.c.origin)
    .where(day.c.person_id == bindparam("of"), day.c.local_date >= bindparam("since"))
    .order_by(day.c.local_date.desc())
)
PLAN = Statement(select(*plan.c).where(plan.c.action_id == bindparam("of")))
DUE_RECALLS = Statement(
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
RECALLED = Statement(
    update(plan)
    .where(plan.c.action_id == bindparam("of"))
    .values(
        recall_state=bindparam("as_state"),
        recalled_on=func.coalesce(bindparam("on", type_=plan.c.recalled_on.type), plan.c.recalled_on),
    )
)
TICK_EXPIRED = Statement(
    update(action)
    .where(
        action.c.id == bindparam("of"),
        action.c.person_id == bindparam("whose"),
        action.c.outcome == word(Outcome.EXPIRED.value),
    )
    .values(outcome=Outcome.DONE.value, closed_at=bindparam("now"))
)
STRATEGIES = Statement(
    select(strategy_answer.c.strategy_id, strategy_answer.c.state, strategy_answer.c.until).where(
        strategy_answer.c.person_id == bindparam("of")
    )
)

NOTE_REFUSAL = Statement(lambda insert_into: insert_into(employer_refusal).on_conflict_do_nothing())
REFUSALS = Statement(
    select(employer_refusal.c.local_date)
    .where(
        employer_refusal.c.person_id == bindparam("of"), employer_refusal.c.local_date >= bindparam("since")
    )
    .order_by(employer_refusal.c.local_date.desc())
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


SAVE_PLAN = Statement(_upsert_plan)
SAVE_STRATEGY = Statement(_upsert_strategy)
