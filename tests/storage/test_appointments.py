"""Appointments in the database: kept, due, reminded of, forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage import agenda, appointments, events
from storage.appointments import AppointmentRow
from storage.events import EventRow
from tests.storage.making import NOW, TODAY, Room

HOUR = timedelta(hours=1)


def row(person_id: str, uid: str = "a", **values: object) -> AppointmentRow:
    whole = AppointmentRow(
        uid, person_id, "interview", "chez Lidl", datetime(2026, 3, 3, 14, 30), "Europe/Paris", "planned", 0, None,
        NOW + 24 * HOUR, NOW + 2 * HOUR, NOW + 22 * HOUR, NOW,
    )  # fmt: skip
    return replace(whole, **values)  # type: ignore[arg-type]


def test_one_is_kept_as_it_was_and_changed_under_its_id(room: Room) -> None:
    person_id = room.person()
    room(appointments.save, row(person_id))
    assert room(appointments.of_person, person_id, after=NOW) == [row(person_id)]
    moved = row(person_id, sequence=1, local_when=datetime(2026, 3, 4, 9), starts_at=NOW + 48 * HOUR)
    room(appointments.save, moved)
    assert room(appointments.of_person, person_id, after=NOW) == [moved]


def test_one_of_somebody_else_stays_as_it_is(room: Room) -> None:
    mine, other = room.person(1), room.person(2)
    room(appointments.save, row(mine))
    room(appointments.save, row(other, place="ailleurs"))
    assert room(appointments.of_person, mine, after=NOW) == [row(mine)]
    assert room(appointments.of_person, other, after=NOW) == []


def test_a_person_is_due_once_however_many_reminders_have_come(room: Room) -> None:
    person_id = room.person()
    room(appointments.save, row(person_id))
    room(appointments.save, row(person_id, "b"))
    assert room(appointments.due_people, NOW, 10) == []
    assert room(appointments.due_people, NOW + 2 * HOUR, 10) == [person_id]
    assert [one.uid for one in room(appointments.due_of, person_id, NOW + 2 * HOUR)] == ["a", "b"]


def test_a_reminder_that_has_gone_out_is_not_due_any_more(room: Room) -> None:
    person_id = room.person()
    room(appointments.save, row(person_id))
    room(appointments.reminded, "a", "eve")
    assert room(appointments.due_people, NOW + 3 * HOUR, 10) == []
    assert room(appointments.due_people, NOW + 22 * HOUR, 10) == [person_id]


def test_the_agenda_knows_the_reminders_and_can_put_one_off(room: Room) -> None:
    person_id = room.person()
    room(appointments.save, row(person_id))
    assert room(agenda.next_due) == NOW + 2 * HOUR
    assert room(agenda.postpone_first, "remind_due", NOW + 2 * HOUR, NOW + 3 * HOUR)
    assert room(agenda.next_due) == NOW + 3 * HOUR
    assert not room(agenda.postpone_first, "remind_due", NOW + 2 * HOUR, NOW + 4 * HOUR)


def test_a_question_goes_when_it_is_over_and_the_rest_after_a_month(room: Room) -> None:
    person_id = room.person()
    room(appointments.save, row(person_id, question="Et mes droits ?"))
    room(appointments.save, row(person_id, "b", state="cancelled", starts_at=NOW + 400 * HOUR))
    assert room(appointments.forget, NOW + 25 * HOUR) == 0
    (first, _) = room(appointments.of_person, person_id, after=NOW)
    assert first.question is None
    assert room(appointments.forget, NOW + appointments.KEPT_AFTER) == 1
    assert room(appointments.forget, NOW + 25 * HOUR + appointments.KEPT_AFTER) == 1


# Events


def done(**values: object) -> EventRow:
    return replace(EventRow("done", TODAY, "network-call", "none", "prompt"), **values)  # type: ignore[arg-type]


def test_events_of_a_person_are_under_one_key_that_is_not_their_id(room: Room) -> None:
    person_id, other = room.person(1), room.person(2)
    room(events.add, person_id, done())
    room(events.add, person_id, done(kind="applications", action=None, amount=3))
    room(events.add, other, done())
    assert [one.kind for one in room(events.of_person, person_id)] == ["done", "applications"]
    keys = {one.subject for one in room(lambda conn: list(events.sums(conn, TODAY)))}
    assert len(keys) == 2
    assert not keys & {person_id, other}


def test_the_last_one_can_be_taken_back(room: Room) -> None:
    person_id = room.person()
    room(events.add, person_id, done(day=TODAY - timedelta(1)))
    room(events.add, person_id, done())
    assert room(events.take_back, person_id, "done", "network-call")
    assert [one.day for one in room(events.of_person, person_id)] == [TODAY - timedelta(1)]
    assert not room(events.take_back, person_id, "helped", "network-call")
    room(events.add, person_id, done(kind="interviews", action=None))
    assert room(events.take_back, person_id, "interviews", None)


def test_who_takes_the_consent_back_has_no_events_any_more(room: Room) -> None:
    person_id = room.person()
    room(events.add, person_id, done())
    assert room(events.forget, person_id) == 1
    assert room(events.of_person, person_id) == []
    assert room(events.forget, person_id) == 0
