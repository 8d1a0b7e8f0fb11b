"""C11, C10: the board and the reviews as they are kept, on each database."""

from __future__ import annotations

from datetime import timedelta

from bot.advice.applications import Channel, State
from bot.advice.weeks import Goal, Review
from storage import applications, people
from tests.advice.making_applications import an_application
from tests.storage.making import TODAY, Room


def test_an_application_comes_back_as_it_was_kept(room: Room) -> None:
    person_id = room.person()
    kept = an_application(
        3,
        channel=Channel.AGENCY,
        place="https://exemple.fr/annonce",
        prompted=TODAY,
        prompts=1,
        followed=TODAY,
        wanted=False,
    )
    room(applications.save, person_id, kept, today=TODAY)
    assert room(applications.board, person_id) == (kept,)


def test_keeping_it_again_replaces_it(room: Room) -> None:
    person_id = room.person()
    kept = an_application(1)
    room(applications.save, person_id, kept, today=TODAY)
    moved = kept.moved(State.INTERVIEW, TODAY)
    room(applications.save, person_id, moved, today=TODAY)
    assert room(applications.board, person_id) == (moved,)


def test_everybody_has_their_own_board(room: Room) -> None:
    one, other = room.person(1), room.person(2)
    room(applications.save, one, an_application(1, company="Darty"), today=TODAY)
    room(applications.save, other, an_application(1, company="Fnac"), today=TODAY)
    assert [kept.company for kept in room(applications.board, one)] == ["Darty"]
    assert room(applications.remove, one, 1)
    assert not room(applications.remove, one, 1)
    assert [kept.company for kept in room(applications.board, other)] == ["Fnac"]


def test_a_channel_of_another_version_is_no_channel(room: Room) -> None:
    person_id = room.person()
    room(applications.save, person_id, an_application(1, channel=Channel.PERSON), today=TODAY)
    room(lambda conn: conn.exec_driver_sql("UPDATE application SET channel = 'pigeon'"))
    (kept,) = room(applications.board, person_id)
    assert kept.channel is None


def test_what_nobody_touched_for_a_year_is_forgotten(room: Room) -> None:
    person_id = room.person()
    room(applications.save, person_id, an_application(1), today=TODAY - timedelta(days=366))
    room(applications.save, person_id, an_application(2), today=TODAY - timedelta(days=364))
    assert room(applications.forget, TODAY - applications.UNTOUCHED) == 1
    assert [kept.number for kept in room(applications.board, person_id)] == [2]


def test_reviews_come_back_newest_first_and_are_replaced_by_date(room: Room) -> None:
    person_id = room.person()
    former = Review(TODAY - timedelta(days=7), "applications", 2, Goal(TODAY - timedelta(days=7), 3, 2))
    room(applications.save_review, person_id, former)
    room(applications.save_review, person_id, Review(TODAY, "contacts"))
    answered = Review(TODAY, "contacts", 0)
    room(applications.save_review, person_id, answered)
    assert room(applications.reviews, person_id, TODAY - timedelta(days=30)) == (answered, former)
    assert room(applications.reviews, person_id, TODAY) == (answered,)


def test_the_date_of_a_told_count_is_kept_in_the_profile(room: Room) -> None:
    person_id = room.person()
    record = room(people.load_person, person_id)
    assert record is not None
    told = record.profile.with_answers(applications=4, told_on={"applications": TODAY}, review_day=0)
    room(people.save_person, person_id, profile=told)
    again = room(people.load_person, person_id)
    assert again is not None
    assert again.profile == told
