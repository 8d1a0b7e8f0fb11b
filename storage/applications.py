"""The applications board and the weekly reviews of a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.advice.applications import Application, Channel, State
from bot.advice.weeks import Goal, Review
from storage.statements import Statement
from storage.tables.core import application, review

_DAYS = tuple(State)
_MOST = 500
"""Applications of one person that are looked at, newest first: a bound against floods, not a limit that is met."""

UNTOUCHED = timedelta(days=365)
"""How long an application is kept after its last change."""

_BOARD = Statement(
    select(*(column for column in application.c if column.name not in ("person_id", "touched_on")))
    .where(application.c.person_id == bindparam("of"))
    .order_by(application.c.number.desc())
    .limit(_MOST)
)
_REMOVE = Statement(
    delete(application).where(
        application.c.person_id == bindparam("of"), application.c.number == bindparam("the_number")
    )
)
_FORGET = Statement(delete(application).where(application.c.touched_on < bindparam("before")))
_REVIEWS = Statement(
    select(*(column for column in review.c if column.name != "person_id"))
    .where(review.c.person_id == bindparam("of"), review.c.local_date >= bindparam("since"))
    .order_by(review.c.local_date.desc())
)


def _upsert(table: Any, *key: str) -> Statement:
    def make(insert_into: Any) -> Any:
        new = insert_into(table)
        others = [column.name for column in table.c if column.name not in key]
        return new.on_conflict_do_update(
            index_elements=list(key), set_={name: new.excluded[name] for name in others}
        )

    return Statement(make)


_SAVE = _upsert(application, "person_id", "number")
_SAVE_REVIEW = _upsert(review, "person_id", "local_date")


def board(conn: Connection, person_id: str) -> tuple[Application, ...]:
    """The person's applications, the one noted last first."""
    return tuple(_application(*row) for row in _BOARD.rows(conn, of=person_id))


def _application(
    number: int,
    created: date,
    state: str,
    company: str | None,
    job: str | None,
    channel: str | None,
    *rest: Any,
) -> Application:
    place, *days, prompted, prompts, followed, wanted = rest
    return Application(
        number=number,
        created=created,
        state=State(state),
        days={one: day for one, day in zip(_DAYS, days, strict=True) if day is not None},
        company=company,
        job=job,
        channel=Channel(channel) if channel in set(Channel) else None,
        place=place,
        prompted=prompted,
        prompts=prompts,
        followed=followed,
        wanted=wanted,
    )


def save(conn: Connection, person_id: str, kept: Application, *, today: date) -> None:
    """Add or replace the application of this number; `today`: the person's local date."""
    days = {f"{state}_on": kept.days.get(state) for state in _DAYS}
    _SAVE.count(
        conn,
        person_id=person_id,
        number=kept.number,
        created_on=kept.created,
        state=kept.state.value,
        company=kept.company,
        job=kept.job,
        channel=kept.channel and kept.channel.value,
        place=kept.place,
        prompted_on=kept.prompted,
        prompts=kept.prompts,
        followed_on=kept.followed,
        wanted=kept.wanted,
        touched_on=today,
        **days,
    )


def remove(conn: Connection, person_id: str, number: int) -> bool:
    """Delete one; False when it is not there."""
    return _REMOVE.count(conn, of=person_id, the_number=number) == 1


def forget(conn: Connection, before: date) -> int:
    """Delete what nobody has touched since that date; how many."""
    return _FORGET.count(conn, before=before)


def reviews(conn: Connection, person_id: str, since: date) -> tuple[Review, ...]:
    """The reviews from that local date on, newest first."""
    return tuple(
        Review(day, asked, told, None if sent is None else Goal(day, sent, contacts or 0))
        for day, asked, told, sent, contacts in _REVIEWS.rows(conn, of=person_id, since=since)
    )


def save_review(conn: Connection, person_id: str, kept: Review) -> None:
    """Add or replace the review of its date."""
    _SAVE_REVIEW.count(
        conn,
        person_id=person_id,
        local_date=kept.day,
        asked=kept.asked,
        told=kept.told,
        goal_applications=kept.goal and kept.goal.applications,
        goal_contacts=kept.goal and kept.goal.contacts,
    )
