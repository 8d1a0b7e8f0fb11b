"""What goes into a column comes out of it, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from storage import days, meta, outbox_sql, people
from storage.types import clean
from tests.storage.making import NOW, Room

ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates and null characters included
PER_DATABASE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(ANY_TEXT)
def test_cleaned_text_is_what_both_databases_hold(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",))))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


def test_a_pair_of_surrogates_is_one_character_and_a_lone_one_is_replaced() -> None:
    assert clean("\ud83d\ude00") == "😀"
    assert clean("a\ud83db\x00c") == "a\ufffdbc"


@PER_DATABASE
@given(text=ANY_TEXT)
def test_hostile_text_is_kept_cleaned(room: Room, text: str) -> None:
    room(meta.put, "hostile", text)
    assert room(meta.get, "hostile") == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "<b>Zoé</b>",
        "\x00",
        "a\x00b",
        "\ud800",
        "\u202eevil",
        "'; DROP TABLE person; --",
        "{x} %s %(y)s",
        "\\",
        "😀" * 3000,
    ],
)
def test_hostile_text_breaks_neither_messages_nor_conversations(room: Room, text: str) -> None:
    person_id = room.person(1)
    room(people.save_dialogue, person_id, "onboarding", version=1, state=text, data={"said": text}, now=NOW)
    found = room(people.load_person, person_id)
    assert found is not None
    assert found.dialogues["onboarding"].state == clean(text)
    assert found.dialogues["onboarding"].data["said"].replace("\x00", "") == clean(text)
    room.message(1, person_id, body={"text": text}, purpose=text)
    (row,) = room.claim()
    assert row.body["text"].replace("\x00", "") == clean(text)


@PER_DATABASE
@given(
    data=st.dictionaries(
        st.text("abcé'\"\\", max_size=5),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text("aé\"'\\\n\x00😀"),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xy"), inner, max_size=3),
        ),
        max_size=4,
    )
)
def test_what_a_conversation_holds_comes_back_unchanged(room: Room, data: dict[str, Any]) -> None:
    person_id = room.person(1)
    room(people.save_dialogue, person_id, "onboarding", version=1, state="x", data=data, now=NOW)
    found = room(people.load_person, person_id)
    assert found is not None
    assert found.dialogues["onboarding"].data == data


@PER_DATABASE
@given(
    instant=st.datetimes(
        datetime(1970, 1, 1),
        datetime(2200, 1, 1),
        timezones=st.timezones() | st.just(UTC),
        allow_imaginary=False,
    )
)
def test_an_instant_comes_back_in_utc_to_the_microsecond(room: Room, instant: datetime) -> None:
    person_id = room.person(1)
    room(people.save_person, person_id, next_due_at=instant)
    found = room(people.load_person, person_id)
    assert found is not None
    assert found.next_due_at is not None
    assert found.next_due_at == instant.astimezone(UTC)  # in an hour that comes twice, only this compares
    assert found.next_due_at.utcoffset() == timedelta(0)


def test_instants_are_ordered_whatever_zone_they_were_given_in(room: Room) -> None:
    far = timezone(timedelta(hours=14))
    first = room.person(1, next_due_at=datetime(2026, 3, 3, 0, 30, tzinfo=far))
    second = room.person(2, next_due_at=datetime(2026, 3, 2, 11, 0, tzinfo=UTC))
    assert room(people.due_people, datetime(2026, 3, 2, 12, 0, tzinfo=UTC), 9) == [first, second]


def test_an_instant_without_zone_is_refused(room: Room) -> None:
    person_id = room.person(1)
    naive = NOW.replace(tzinfo=None)
    with pytest.raises((ValueError, StatementError), match="time zone"):
        room(people.save_person, person_id, next_due_at=naive)


def test_a_local_time_with_a_zone_is_refused(room: Room) -> None:
    action_id = room.action(room.person(1))
    with pytest.raises((ValueError, StatementError), match="local time"):
        room(days.save_plan, action_id, local_when=NOW, time_zone="Europe/Paris")


def test_a_parameter_that_is_missing_is_an_error(room: Room) -> None:
    with pytest.raises(KeyError, match="of"):
        room(outbox_sql.BY_ID.rows)
