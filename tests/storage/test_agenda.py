"""The next instant at which something is due."""

from datetime import timedelta

from storage import agenda, bulks, days, inbox, outbox, people, team_weeks, workshops
from tests.storage.following import follow
from tests.storage.making import LEASE, NOW, SECOND, TODAY, Room


def test_an_empty_store_foresees_nothing(room: Room) -> None:
    assert room(people.next_due) is None


def test_the_earliest_of_every_kind_is_next(room: Room) -> None:
    person_id = room.person(1, next_due_at=NOW + 7 * SECOND)
    assert room(people.next_due) == NOW + 7 * SECOND
    room(people.save_person, person_id, paused_until=NOW + 6 * SECOND)
    assert room(people.next_due) == NOW + 6 * SECOND
    room(
        people.create_visitor,
        telegram_id=9,
        chat_id=9,
        language="fr",
        form="vous",
        step="hello",
        expires_at=NOW + 5 * SECOND,
    )
    assert room(people.next_due) == NOW + 5 * SECOND
    action_id = room.action(person_id)
    room(days.save_plan, action_id, local_when=None, time_zone=None, recall_at=NOW + 4 * SECOND)
    assert room(people.next_due) == NOW + 4 * SECOND
    room(
        inbox.keep,
        NOW,
        update_id=1,
        telegram_id=1,
        payload="{}",
        update_type="message",
        next_try_at=NOW + 3 * SECOND,
    )
    assert room(people.next_due) == NOW + 3 * SECOND
    room(outbox.pause, "all", NOW + 2 * SECOND)
    assert room(people.next_due) == NOW + 2 * SECOND
    row_id = room.message(not_before=NOW + SECOND, lane="bulk")
    assert room(people.next_due) == NOW + SECOND
    assert room(people.next_due, after=NOW + SECOND) == NOW + 2 * SECOND
    room(outbox.settle, row_id, 1, NOW)
    assert room(people.next_due) == NOW + 2 * SECOND


def test_what_is_settled_or_answered_is_no_longer_due(room: Room) -> None:
    person_id = room.person(1)
    action_id = room.action(person_id)
    room(days.save_plan, action_id, local_when=None, time_zone=None, recall_at=NOW)
    row_id = room.message(1, person_id)
    room(days.set_recall, action_id, "sent")
    room(outbox.fail, row_id, "refused", NOW)
    assert room(people.next_due) is None


def test_a_lease_is_due_when_it_ends(room: Room) -> None:
    room.message()
    room.claim()
    assert room(people.next_due) == NOW + LEASE
    assert room(people.next_due, after=NOW + timedelta(days=1)) is None


def test_the_first_of_each_kind_can_be_put_off(room: Room) -> None:
    later = NOW + timedelta(hours=1)
    first, second = room.person(1, next_due_at=NOW - SECOND), room.person(2, next_due_at=NOW)
    assert not room(agenda.postpone_first, "push_due", NOW - 2 * SECOND, later)
    assert room(agenda.postpone_first, "push_due", NOW, later)
    assert room(people.due_people, NOW, 9) == [second]
    assert room(people.due_people, later, 9) == [second, first]
    room(people.save_person, first, paused_until=NOW)
    assert room(agenda.postpone_first, "resume_due", NOW, later)
    assert room(people.resuming_people, NOW, 9) == []
    action_id = room.action(first)
    room(days.save_plan, action_id, local_when=None, time_zone=None, recall_at=NOW)
    assert room(agenda.postpone_first, "recall_due", NOW, later)
    assert not room(agenda.postpone_first, "recall_due", NOW, later)
    assert len(room(days.due_recalls, later, 9)) == 1


def test_work_of_the_team_that_fails_can_be_put_off(room: Room) -> None:
    """One row that a tick cannot handle holds up no other."""
    team = follow(room)
    bulk = room(bulks.create, team.id, team.counsellor_id, NOW, chat_id=-1, words="Bonjour")
    row = bulks.RecipientRow(bulk, team.link.id, team.person_id, TODAY, NOW, "waiting", None, None)
    room(bulks.add_recipient, row)
    room(bulks.save, bulk, due_at=NOW)
    workshop = room(workshops.create, team.id, team.counsellor_id, NOW, chat_id=-1, time_zone="Europe/Paris")
    room(workshops.save, workshop, due_at=NOW)
    room(team_weeks.wish, team.counsellor_id, NOW)
    assert room(agenda.next_due) == NOW
    later = NOW + timedelta(minutes=10)
    for work in ("send_several_due", "report_several_due", "workshops_due", "send_reports_due"):
        assert room(agenda.postpone_first, work, NOW, later)
        assert not room(agenda.postpone_first, work, NOW, later)
    assert room(agenda.next_due) == later
