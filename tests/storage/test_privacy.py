"""Everything about a person can be shown to them, and deleted without a trace."""

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, make_url

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.advice.weeks import Goal, Review
from storage import (
    applications,
    appointments,
    audit,
    consents,
    days,
    events,
    inbox,
    jobs,
    outbox,
    people,
    privacy,
    stats,
)
from storage.appointments import AppointmentRow
from storage.engine import Store
from storage.events import EventRow
from storage.tables.core import metadata
from tests.advice.making_applications import an_application
from tests.storage.making import LEASE, NOW, SECOND, TODAY, Room

TELEGRAM_ID = 987654321001
NAME = "Zoé-Ximène"
SECRET = "quelque chose de très personnel"


def a_full_life(room: Room) -> str:
    """A person about whom every table that can knows something."""
    person_id = room.person(TELEGRAM_ID, profile=Profile(first_name=NAME, job=SECRET), next_due_at=NOW)
    room(consents.give, person_id, "use", text_version="1", language="fr", now=NOW)
    room(
        people.save_dialogue, person_id, "onboarding", version=1, state="job", data={"said": SECRET}, now=NOW
    )
    room(days.record_day, person_id, TODAY, "missed", SECRET, now=NOW)
    action_id = room.action(person_id, reasons=[SECRET])
    room(
        days.save_plan,
        action_id,
        local_when=datetime(2026, 3, 2, 9),
        time_zone="Europe/Paris",
        place=SECRET,
        recall_at=NOW,
    )
    room(days.close_action, action_id, Outcome.DONE, now=NOW)
    room(days.note_refusal, person_id, TODAY)
    room(applications.save, person_id, an_application(company=SECRET), today=TODAY)
    room(applications.save_review, person_id, Review(TODAY, "contacts", 2, Goal(TODAY, 1, 1)))
    room(jobs.note_found, person_id, TODAY)
    room(
        appointments.save,
        AppointmentRow(
            "a", person_id, "interview", SECRET, datetime(2026, 3, 3, 9), "Europe/Paris", "planned", 0, SECRET,
            NOW + SECOND, NOW, NOW, NOW,
        ),
    )  # fmt: skip
    room(events.add, person_id, EventRow("done", TODAY, "call-a-friend", "none", "prompt"))
    room(days.save_strategy_answer, person_id, "network", "refused", reason=SECRET, now=NOW)
    room.message(TELEGRAM_ID, person_id, body={"text": f"Bonjour {NAME}"}, dedupe_key=f"push:{person_id}")
    room.message(TELEGRAM_ID, None, body={"text": f"Bonjour {NAME}"})
    sent = room.message(TELEGRAM_ID, person_id, leased_for=LEASE)
    room(outbox.settle, sent, 5, NOW)
    room(
        inbox.keep,
        NOW,
        update_id=5,
        telegram_id=TELEGRAM_ID,
        payload=json.dumps({"text": SECRET, "name": NAME}),
        update_type="message",
        next_try_at=NOW,
    )
    room(audit.note, person_id, "opened", NOW)
    return person_id


NEEDLES = (TELEGRAM_ID, NAME, SECRET)


def test_the_export_holds_everything_under_readable_names(room: Room) -> None:
    person_id = a_full_life(room)
    exported = room(privacy.export, person_id)
    assert json.loads(json.dumps(exported)) == exported
    assert exported["person"]["profile"] == {"first_name": NAME, "job": SECRET}
    assert exported["account"] == [{"telegram_id": TELEGRAM_ID, "chat_id": TELEGRAM_ID}]
    assert [row["kind"] for row in exported["consents"]] == ["use"]
    assert exported["conversations"][0]["data"] == {"said": SECRET}
    assert exported["days"][0]["cause"] == SECRET
    assert exported["actions"][0]["outcome"] == "done"
    assert exported["plans"][0]["place"] == SECRET
    assert exported["employer_refusals"] == [{"local_date": TODAY.isoformat()}]
    assert exported["jobs"] == [{"found_on": TODAY.isoformat(), "over_on": None}]
    assert exported["appointments"][0]["place"] == SECRET
    assert exported["events"][0]["kind"] == "done"
    assert exported["strategies"][0]["reason"] == SECRET
    assert exported["applications"][0]["company"] == SECRET
    assert exported["reviews"][0]["goal_contacts"] == 1
    assert [row["state"] for row in exported["messages"]] == ["waiting", "sent"]
    assert exported["audit"] == [{"what": "opened", "at": NOW.isoformat()}]
    assert SECRET in json.loads(exported["waiting_updates"][0]["payload"])["text"]
    assert exported["person"]["next_due_at"] == NOW.isoformat()


def test_the_export_does_not_give_the_internal_id_away(room: Room) -> None:
    person_id = a_full_life(room)
    exported = room(privacy.export, person_id)
    for message in exported["messages"]:
        message.pop("dedupe_key")  # a key that the caller chose
    assert person_id not in json.dumps(exported)


def test_every_table_about_people_is_exported(room: Room) -> None:
    person_id = a_full_life(room)
    about_people = {
        table.name
        for table in metadata.sorted_tables
        if any(key.column.table.name == "person" for key in table.foreign_keys)
    }
    shown = {table.name for table in privacy._OWNED.values()} | {"subject", "event_subject"}
    assert about_people == shown
    exported = room(privacy.export, person_id)
    assert all(exported[name] for name in privacy._OWNED)


def test_nobody_has_an_empty_export(room: Room) -> None:
    assert room(privacy.export, "nobody") == {}


def test_the_scan_finds_what_is_there(room: Room) -> None:
    person_id = a_full_life(room)
    found = room(privacy.scan, [TELEGRAM_ID])
    assert {"account.telegram_id", "inbox.telegram_id", "outbox.chat_id"} <= set(found)
    assert "person.profile" in room(privacy.scan, [NAME])
    assert {
        "application.company",
        "day.cause",
        "plan.place",
        "action.reasons",
        "inbox.payload",
        "strategy_answer.reason",
    } <= set(room(privacy.scan, [SECRET]))
    assert "subject.person_id" in room(privacy.scan, [person_id])
    assert room(privacy.scan, ["nowhere to be found"]) == []


def test_a_deleted_person_is_found_nowhere(room: Room) -> None:
    other = room.person(55, profile=Profile(first_name="Adam"))
    kept = room.message(55, other)
    person_id = a_full_life(room)
    digest = room(privacy.delete_person, person_id, NOW)
    assert digest == privacy.digest(person_id)
    assert room(privacy.scan, [*NEEDLES, person_id]) == []
    assert room(people.load_by_telegram, TELEGRAM_ID) is None
    assert room(privacy.deletions) == [digest]
    assert [row.id for row in room.claim()] == [kept]
    still_there = room(people.load_by_telegram, 55)
    assert isinstance(still_there, people.PersonRecord)
    assert still_there.profile.first_name == "Adam"


def test_the_audit_outlives_the_person_without_naming_them(room: Room) -> None:
    person_id = a_full_life(room)
    room(privacy.delete_person, person_id, NOW)
    rows = room(lambda conn: conn.exec_driver_sql("SELECT what FROM audit").scalars().all())
    assert rows == ["opened"]
    assert room(audit.entries, person_id) == []


def test_events_outlive_the_person_under_a_key_that_leads_to_nobody(room: Room) -> None:
    person_id = a_full_life(room)
    room(privacy.delete_person, person_id, NOW)
    (left,) = room(lambda conn: list(events.sums(conn, TODAY)))
    assert left.kind == "done"
    assert room(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM event_subject").scalar_one()) == 0


def test_deleting_twice_is_deleting_once(room: Room) -> None:
    person_id = a_full_life(room)
    first = room(privacy.delete_person, person_id, NOW)
    assert room(privacy.delete_person, person_id, NOW + SECOND) == first
    assert room(privacy.deletions) == [first]


def test_a_farewell_added_after_the_deletion_leaves_no_trace(room: Room) -> None:
    person_id = a_full_life(room)

    def leave(conn: Connection) -> int | None:
        privacy.delete_person(conn, person_id, NOW)
        return outbox.add(
            conn,
            NOW,
            person_id=None,
            chat_id=TELEGRAM_ID,
            lane="interactive",
            method="send",
            body={"text": "Adieu"},
            leased_for=LEASE,
        )

    row_id = room(leave)
    assert row_id is not None
    room(outbox.settle, row_id, 9)
    assert room(privacy.scan, [*NEEDLES, "Adieu"]) == []


def test_a_restored_person_is_deleted_again(room: Room) -> None:
    gone, stays = room.person(1), room.person(2)
    assert room(privacy.replay_deletions, [], NOW) == 0
    assert room(privacy.replay_deletions, [privacy.digest(gone), "f" * 64], NOW) == 1
    assert room(people.load_person, gone) is None
    assert room(people.load_person, stays) is not None


def test_the_file_itself_forgets_a_deleted_person(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    room = Room(store)
    for telegram_id in range(200):  # so that pages split, fill and empty
        room.person(telegram_id, profile=Profile(first_name="Adam", job="x" * 120))
    ids = [a_full_life(room)]
    for step in range(30):
        room(
            people.save_dialogue,
            ids[0],
            "onboarding",
            version=step,
            state="job",
            data={"said": SECRET, "pad": "y" * 40 * step},
            now=NOW,
        )
    room(privacy.delete_person, ids[0], NOW)
    store.scrub()
    folder = Path(str(make_url(sqlite_url).database)).parent
    everything = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    store.close()
    assert b"Adam" in everything
    for needle in (ids[0], NAME, SECRET, str(TELEGRAM_ID)):
        assert needle.encode() not in everything


def test_the_statistics_are_counts(room: Room) -> None:
    person_id = a_full_life(room)
    counted = room(stats.stats, since=NOW)
    assert counted == stats.Stats(
        people={"active": 1},
        seen_since=1,
        visitors=0,
        consents={"use": 1},
        days={"missed": 1},
        actions={"done": 1},
        messages={"waiting": 2, "sent": 1},
        inbox={"waiting": 1},
        counters={},
    )
    assert room(stats.stats, since=NOW + SECOND).seen_since == 0
    room(privacy.delete_person, person_id, NOW)
    assert room(stats.stats, since=NOW).people == {}
