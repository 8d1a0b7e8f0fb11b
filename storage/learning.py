"""What became of the actions, counted over everybody, and what was learnt from it.

The counting goes through the people in pages, so that nobody waits for it: of each page come a few sums by action and
situation, never a row of a person. Sums of pages add up, and so do counts of different people: each is in one page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    and_,
    bindparam,
    case,
    distinct,
    func,
    literal,
    or_,
    select,
)

from bot.advice.facts import Outcome
from bot.advice.learning.estimate import decay
from bot.advice.learning.learnt import Learnt
from bot.advice.learning.rewards import DONE, EASIER, GOOD_FEELINGS, HELPED, SAYS_NOTHING, UNKNOWN
from storage.statements import Statement
from storage.tables.core import action, learnt, person

PAGE = 30
"""People counted in one transaction: some 50 ms on SQLite for three months of actions, when nothing else runs."""

MONTHS = 24
"""How far back the answers count, in steps of 30 days; profiles unused for longer are deleted anyway."""

_MONTH_DAYS = 30
_ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Tally:
    """Outcomes of one action, in one situation (None: not noted, or all of them; see `Page`).

    people: how many different ones. given, done: actions. delivered, reward: what learning counts, weighed by age.
    """

    catalogue_id: str
    situation: str | None
    people: int
    given: int
    done: int
    delivered: float
    reward: float


@dataclass(frozen=True, slots=True)
class Declined:
    """How often one action was refused for one reason, and by how many people."""

    catalogue_id: str
    reason: str
    people: int
    given: int


@dataclass(frozen=True, slots=True)
class Page:
    """Sums over some people. last: the id of the last one. here: by action and situation. everywhere: by action."""

    last: str
    here: list[Tally]
    everywhere: list[Tally]
    declined: list[Declined]


_NEXT_PEOPLE = select(person.c.id).where(person.c.id > bindparam("after")).order_by(person.c.id).limit(PAGE)


def page(conn: Connection, after: str, today: date) -> Page | None:
    """The sums over the next people after this id ("" to begin); None when there is nobody left."""
    ids = conn.execute(_NEXT_PEOPLE, {"after": after}).scalars().all()
    if not ids:
        return None
    some = and_(
        action.c.person_id > after,
        action.c.person_id <= ids[-1],
        action.c.local_date > today - timedelta(days=MONTHS * _MONTH_DAYS),
        action.c.outcome.not_in([outcome.value for outcome in UNKNOWN]),
        action.c.own_words.is_(None),  # people's own actions are nobody else's business
        action.c.author.is_(None),  # a counsellor chose it for whom it suits: it tells nothing of all others
    )
    return Page(
        last=ids[-1],
        here=[
            Tally(*row)
            for row in conn.execute(_tallies([action.c.catalogue_id, action.c.situation], some, today))
        ],
        everywhere=[
            Tally(row[0], None, *row[1:])
            for row in conn.execute(_tallies([action.c.catalogue_id], some, today))
        ],
        declined=[Declined(*row) for row in conn.execute(_declined(some))],
    )


def _tallies(by: Sequence[ColumnElement[Any]], some: ColumnElement[bool], today: date) -> Any:
    speaks = or_(
        action.c.outcome != Outcome.REFUSED.value,
        action.c.refusal.is_(None),
        action.c.refusal.not_in(sorted(reason.value for reason in SAYS_NOTHING)),
    )
    done = action.c.outcome == Outcome.DONE.value
    felt = case((action.c.felt.in_(GOOD_FEELINGS), _number(HELPED)), else_=_number(DONE))
    reward = felt * case((action.c.easier, _number(EASIER)), else_=_number(1))
    weight = _weight(today)
    return (
        select(
            *by,
            func.count(distinct(action.c.person_id)),
            func.count(),
            func.sum(case((done, 1), else_=0)),
            func.sum(case((speaks, weight), else_=_number(0))),
            func.sum(case((done, reward * weight), else_=_number(0))),
        )
        .where(some)
        .group_by(*by)
    )


def _weight(today: date) -> ColumnElement[float]:
    """How much an answer counts by its age, in steps of a month: no database needs to know powers for it."""
    steps = [
        (
            action.c.local_date > today - timedelta(days=month * _MONTH_DAYS),
            _number(decay((month - 1) * _MONTH_DAYS)),
        )
        for month in range(1, MONTHS + 1)
    ]
    return case(*steps, else_=_number(0))


def _number(value: float) -> ColumnElement[float]:
    return literal(float(value), Double)


def _declined(some: ColumnElement[bool]) -> Any:
    by = (action.c.catalogue_id, action.c.refusal)
    return (
        select(*by, func.count(distinct(action.c.person_id)), func.count())
        .where(some, action.c.outcome == Outcome.REFUSED.value, action.c.refusal.is_not(None))
        .group_by(*by)
    )


def _save(insert_into: Any) -> Any:
    new = insert_into(learnt)
    changed = {name: new.excluded[name] for name in ("version", "computed_at", "multipliers")}
    return new.on_conflict_do_update(index_elements=["subject"], set_=changed)


_SAVE = Statement(_save)
_VERSION = Statement(
    select(learnt.c.version, learnt.c.computed_at).where(learnt.c.subject == bindparam("of"))
)
_LOAD = Statement(select(learnt.c.multipliers).where(learnt.c.subject == bindparam("of")))


def version(conn: Connection) -> tuple[str, datetime] | None:
    """The version of what was learnt of the actions, and when it was computed; None before the first time."""
    row = _VERSION.row(conn, of=_ACTIONS)
    return None if row is None else (row[0], row[1])


def load(conn: Connection) -> Learnt | None:
    """What was learnt; None before the first time."""
    text = _LOAD.value(conn, of=_ACTIONS)
    return None if text is None else Learnt.from_json(text)


def save(conn: Connection, found: Learnt, now: datetime) -> None:
    """Put this in the place of what was learnt before."""
    _SAVE.count(conn, subject=_ACTIONS, version=found.version, computed_at=now, multipliers=found.to_json())
