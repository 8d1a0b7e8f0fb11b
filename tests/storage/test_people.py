"""People, visitors, conversations, and who is due."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.advice.profile import Barrier, Profile
from storage import people
from storage.people import PersonRecord, VisitorRecord
from tests.storage.making import NOW, SECOND, Room


def a_visitor(room: Room, telegram_id: int = 7, **values: object) -> bool:
    given = {
        "chat_id": telegram_id,
        "language": "fr",
        "form": "vous",
        "step": "hello",
        "expires_at": NOW + timedelta(hours=24),
    }
    return room(people.create_visitor, telegram_id=telegram_id, **(given | values))  # type: ignore[arg-type]


def test_nobody_is_known_at_first(room: Room) -> None:
    assert room(people.load_by_telegram, 7) is None
    assert room(people.load_person, "nobody") is None


def test_a_visitor_comes_back_as_they_were_kept(room: Room) -> None:
    assert a_visitor(room, invitation="CODE-1")
    assert room(people.load_by_telegram, 7) == VisitorRecord(
        7, 7, "fr", "vous", "hello", "CODE-1", NOW + timedelta(hours=24)
    )


def test_a_second_visitor_row_of_the_same_id_changes_nothing(room: Room) -> None:
    a_visitor(room, step="hello")
    assert not a_visitor(room, step="another")
    visitor = room(people.load_by_telegram, 7)
    assert isinstance(visitor, VisitorRecord)
    assert visitor.step == "hello"


def test_a_visitor_is_changed_and_forgotten(room: Room) -> None:
    a_visitor(room)
    assert room(people.update_visitor, 7, step="age", language="en")
    visitor = room(people.load_by_telegram, 7)
    assert isinstance(visitor, VisitorRecord)
    assert (visitor.step, visitor.language, visitor.form) == ("age", "en", "vous")
    assert room(people.delete_visitor, 7)
    assert room(people.load_by_telegram, 7) is None
    assert not room(people.delete_visitor, 7)
    assert not room(people.update_visitor, 7, step="age")


def test_visitors_expire_at_their_instant_and_not_before(room: Room) -> None:
    a_visitor(room, 7, expires_at=NOW)
    a_visitor(room, 8, expires_at=NOW + SECOND)
    assert [visitor.telegram_id for visitor in room(people.expired_visitors, NOW)] == [7]
    assert [visitor.telegram_id for visitor in room(people.expired_visitors, NOW + SECOND)] == [7, 8]


def test_a_profile_replaces_the_visitor(room: Room) -> None:
    a_visitor(room)
    profile = Profile(first_name="Zoé", barriers=frozenset({Barrier.CV}))
    person_id = room.person(7, profile=profile)
    found = room(people.load_by_telegram, 7)
    assert isinstance(found, PersonRecord)
    assert (found.id, found.telegram_id, found.chat_id, found.profile) == (person_id, 7, 7, profile)
    assert (found.status, found.revision, found.created_at, found.dialogues) == ("active", 1, NOW, {})
    room(people.delete_visitor, 7)
    assert room(people.load_person, person_id) == found


def test_person_ids_are_random_and_of_128_bits(room: Room) -> None:
    ids = {people.new_person_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(bytes.fromhex(person_id)) == 16 for person_id in ids)


def test_a_second_start_never_opens_a_second_profile(room: Room) -> None:
    first = room.person(7, profile=Profile(first_name="Zoé"))
    again = room(people.create_person, NOW, telegram_id=7, chat_id=7, language="en", form="tu")
    assert again == (first, False)
    kept = room(people.load_person, first)
    assert kept is not None
    assert (kept.language, kept.profile.first_name) == ("fr", "Zoé")


def test_starts_at_the_same_time_open_one_profile(room: Room) -> None:
    def start(_: int) -> tuple[str, bool]:
        return room(people.create_person, NOW, telegram_id=7, chat_id=7, language="fr", form="vous")

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(start, range(24)))
    assert len({person_id for person_id, _ in results}) == 1
    assert [new for _, new in results].count(True) == 1
    assert room(people.due_people, NOW, 10) == []
    people_rows = room(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM person").scalar())
    assert people_rows == 1


def test_saved_columns_come_back_and_the_others_stay(room: Room) -> None:
    person_id = room.person(7, profile=Profile(first_name="Zoé"))
    changes: people.PersonChanges = {
        "language": "en",
        "form": "tu",
        "profile": Profile(first_name="Zoé", months=3),
        "focus": "onboarding",
        "status": "paused",
        "paused_until": NOW + timedelta(days=3),
        "pause_reason": "holidays",
        "next_due_at": NOW + SECOND,
        "last_push_date": date(2026, 3, 1),
        "last_seen_at": NOW + 2 * SECOND,
    }
    assert room(people.save_person, person_id, **changes)
    saved = room(people.load_person, person_id)
    assert saved is not None
    assert {name: getattr(saved, name) for name in changes} == changes
    assert saved.revision == 2
    assert room(people.save_person, person_id, focus=None)
    later = room(people.load_person, person_id)
    assert later is not None
    assert (later.focus, later.pause_reason, later.revision) == (None, "holidays", 3)


def test_saving_somebody_who_is_gone_says_so(room: Room) -> None:
    assert not room(people.save_person, "gone", focus="x")


def test_a_column_that_does_not_exist_is_refused(room: Room) -> None:
    person_id = room.person()
    with pytest.raises(TypeError, match="telegram_id"):
        room(people.save_person, person_id, telegram_id=3)  # type: ignore[call-arg]


def test_an_answer_that_was_never_given_stays_ungiven(room: Room) -> None:
    person_id = room.person(profile=Profile(first_name="Zoé"))
    found = room(people.load_person, person_id)
    assert found is not None
    assert found.profile.model_fields_set == {"first_name"}


def test_conversations_are_kept_by_name(room: Room) -> None:
    person_id = room.person(7)
    data = {"answers": ["é", 1, None], "deep": {"a": True}}
    room(people.save_dialogue, person_id, "onboarding", version=1, state="job", data=data, now=NOW)
    room(people.save_dialogue, person_id, "daily", version=2, state="open", data={}, now=NOW)
    room(people.save_dialogue, person_id, "onboarding", version=3, state="place", data={}, now=NOW + SECOND)
    found = room(people.load_by_telegram, 7)
    assert isinstance(found, PersonRecord)
    assert set(found.dialogues) == {"onboarding", "daily"}
    onboarding = found.dialogues["onboarding"]
    assert (onboarding.version, onboarding.state, onboarding.data) == (3, "place", {})
    assert (onboarding.opened_at, onboarding.updated_at) == (NOW, NOW + SECOND)
    assert room(people.delete_dialogue, person_id, "daily")
    assert not room(people.delete_dialogue, person_id, "daily")
    left = room(people.load_person, person_id)
    assert left is not None
    assert set(left.dialogues) == {"onboarding"}


def test_a_conversation_keeps_what_it_held(room: Room) -> None:
    person_id = room.person(7)
    data = {"answers": ["é", 1, None, 2.5], "deep": {"a": True}}
    room(people.save_dialogue, person_id, "onboarding", version=1, state="job", data=data, now=NOW)
    found = room(people.load_person, person_id)
    assert found is not None
    assert found.dialogues["onboarding"].data == data


def test_due_people_come_in_the_order_of_their_instants(room: Room) -> None:
    late = room.person(1, next_due_at=NOW - 2 * SECOND)
    later = room.person(2, next_due_at=NOW - 3 * SECOND)
    now = room.person(3, next_due_at=NOW)
    room.person(4, next_due_at=NOW + SECOND)
    room.person(5)
    assert room(people.due_people, NOW, 10) == [later, late, now]
    assert room(people.due_people, NOW, 1) == [later]


def test_people_whose_pause_is_over_are_found(room: Room) -> None:
    person_id = room.person(1)
    room(people.save_person, person_id, status="paused", paused_until=NOW)
    assert room(people.resuming_people, NOW - SECOND, 10) == []
    assert room(people.resuming_people, NOW, 10) == [person_id]
    room(people.save_person, person_id, status="active", paused_until=None)
    assert room(people.resuming_people, NOW, 10) == []


def test_people_who_have_not_been_there_for_long_are_found(room: Room) -> None:
    first, second, recent = room.person(1), room.person(2), room.person(3)
    room(people.save_person, first, last_seen_at=NOW - SECOND)
    room(people.save_person, second, last_seen_at=NOW - 2 * SECOND)
    room(people.save_person, recent, last_seen_at=NOW + SECOND)
    assert room(people.idle_people, NOW, 10) == [second, first]
    assert room(people.idle_people, NOW, 1) == [second]
