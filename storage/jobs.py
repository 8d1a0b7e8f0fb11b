"""Jobs found, and the answers to the surveys: counted, and kept apart from whoever gave them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.statements import Statement
from storage.tables.core import job, survey_count

_FOUND = Statement(lambda insert_into: insert_into(job).on_conflict_do_nothing())
_OVER = Statement(
    update(job)
    .where(job.c.person_id == bindparam("of"), job.c.over_on.is_(None))
    .values(over_on=bindparam("on"))
)
_MISTAKEN = Statement(delete(job).where(job.c.person_id == bindparam("of"), job.c.over_on.is_(None)))
_OF_PERSON = Statement(
    select(job.c.found_on, job.c.over_on).where(job.c.person_id == bindparam("of")).order_by(job.c.found_on)
)


def _one_more(insert_into: Any) -> Any:
    new = insert_into(survey_count)
    return new.on_conflict_do_update(
        index_elements=["question", "answer", "year"],
        set_={"answers": survey_count.c.answers + new.excluded.answers},
    )


_COUNT = Statement(_one_more)
_COUNTS = Statement(
    select(*survey_count.c).order_by(
        survey_count.c.question, survey_count.c.year, survey_count.c.answers.desc(), survey_count.c.answer
    )
)


@dataclass(frozen=True, slots=True)
class SurveyAnswers:
    """How often a question was answered so in a calendar year."""

    question: str
    answer: str
    year: int
    answers: int


def note_found(conn: Connection, person_id: str, day: date) -> None:
    """The person told of a job on that local date; twice on one date is once."""
    _FOUND.count(conn, person_id=person_id, found_on=day, over_on=None)


def note_over(conn: Connection, person_id: str, day: date) -> None:
    """The job ended, as the person said on that local date."""
    _OVER.count(conn, of=person_id, on=day)


def forget_mistaken(conn: Connection, person_id: str) -> None:
    """There was no job after all."""
    _MISTAKEN.count(conn, of=person_id)


def jobs_of(conn: Connection, person_id: str) -> list[tuple[date, date | None]]:
    """The local dates on which the person told of a job, and of its end, oldest first."""
    return [(found, over) for found, over in _OF_PERSON.rows(conn, of=person_id)]


def count_answer(conn: Connection, question: str, answer: str, year: int) -> None:
    """One more answer of this kind; whose it was is not written anywhere."""
    _COUNT.count(conn, question=question, answer=answer, year=year, answers=1)


def survey_answers(conn: Connection) -> list[SurveyAnswers]:
    """All counts, question by question. Hide cells under five before showing them to anybody."""
    return [SurveyAnswers(*row) for row in _COUNTS.rows(conn)]
