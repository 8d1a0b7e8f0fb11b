"""Jobs found are the person's; the answers to the surveys are nobody's."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from bot.counsellors.linking import leave_all
from storage import consents, jobs, privacy
from storage.jobs import SurveyAnswers
from storage.tables.core import metadata, survey_count
from tests.storage.making import NOW, TODAY, Room

LATER = TODAY + timedelta(days=40)


def test_a_job_found_and_over_is_remembered(room: Room) -> None:
    person, other = room.person(1), room.person(2)
    room(jobs.note_found, person, TODAY)
    room(jobs.note_found, person, TODAY)
    room(jobs.note_found, other, TODAY)
    room(jobs.note_over, person, LATER)
    room(jobs.note_found, person, LATER)
    assert room(jobs.jobs_of, person) == [(TODAY, LATER), (LATER, None)]
    assert room(jobs.jobs_of, other) == [(TODAY, None)]


def test_a_mistake_leaves_nothing_but_earlier_jobs(room: Room) -> None:
    person = room.person()
    room(jobs.note_found, person, TODAY)
    room(jobs.note_over, person, TODAY)
    room(jobs.note_found, person, LATER)
    room(jobs.forget_mistaken, person)
    assert room(jobs.jobs_of, person) == [(TODAY, TODAY)]


def test_answers_are_counted(room: Room) -> None:
    for answer in ("same", "same", "searching"):
        room(jobs.count_answer, "month1", answer, 2026)
    room(jobs.count_answer, "month1", "same", 2027)
    assert room(jobs.survey_answers) == [
        SurveyAnswers("month1", "same", 2026, 2),
        SurveyAnswers("month1", "searching", 2026, 1),
        SurveyAnswers("month1", "same", 2027, 1),
    ]


def test_nothing_joins_an_answer_to_a_person() -> None:
    """No reference in either direction, no column in common with any table, no instant finer than a year."""
    assert not survey_count.foreign_keys
    others = [table for table in metadata.sorted_tables if table is not survey_count]
    assert not [
        table.name for table in others for key in table.foreign_keys if key.column.table is survey_count
    ]
    assert {column.name for column in survey_count.c} == {"question", "answer", "year", "answers"}
    assert not [column.name for column in survey_count.c if "DATE" in str(column.type).upper()]


def test_counts_outlive_the_person_and_never_name_them(room: Room) -> None:
    person = room.person()
    room(jobs.note_found, person, TODAY)
    room(jobs.count_answer, "month1", "same", 2026)
    room(privacy.delete_person, person, NOW, leave_all)
    assert room(privacy.scan, [person]) == []
    assert room(lambda conn: conn.execute(text("SELECT count(*) FROM job")).scalar_one()) == 0
    assert [one.answers for one in room(jobs.survey_answers)] == [1]


def test_surveys_have_a_consent_of_their_own(room: Room) -> None:
    person = room.person()
    room(consents.give, person, "surveys", text_version="1", language="fr", now=NOW)
    assert set(room(consents.current, person)) == {"surveys"}
    room(consents.revoke, person, "surveys", now=NOW)
    assert room(consents.current, person) == {}
