"""Everything about a person can be shown to them, and deleted without a trace."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, make_url

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.advice.weeks import Goal, Review
from bot.counsellors.linking import leave_all
from storage import (
    alerts,
    applications,
    appointments,
    attention,
    audit,
    consents,
    days,
    events,
    inbox,
    jobs,
    mentions,
    outbox,
    people,
    privacy,
    relays,
    stats,
    teams,
)
from storage.appointments import AppointmentRow
from storage.engine import Store
from storage.events import EventRow
from storage.links import LinkRow
from storage.tables import core
from storage.tables.core import answered, metadata
from tests.advice.making_applications import an_application
from tests.counsellors.making import follow, make_team, relayed, rows_of
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
    room(audit.note, person_id, "export", NOW)
    return person_id


GROUP = -1009000000001
COUNSELLOR_CHAT = 5550001


def _invited_and_written_to(conn: Connection, link: LinkRow) -> None:
    """A workshop with a seat, a message to several, a list, and none for a while."""
    of_team = {
        "team_id": link.team_id,
        "counsellor_id": link.counsellor_id,
        "chat_id": GROUP,
        "created_at": NOW,
    }
    about = {"link_id": link.id, "person_id": link.person_id}
    conn.execute(insert(core.bulk).values(id=1, **of_team, state="done", choice="", planned=1))
    conn.execute(
        insert(core.workshop).values(
            id=1, **of_team, title="CV", place="Salle 2", time_zone="Europe/Paris", seats=5, state="open",
            sequence=0, page=0,
        )
    )  # fmt: skip
    conn.execute(
        insert(core.bulk_recipient).values(
            bulk_id=1, **about, local_date=TODAY, not_before=NOW, state="delivered"
        )
    )
    conn.execute(insert(core.bulk_off).values(**about, until=NOW))
    conn.execute(insert(core.list_member).values(**about, counsellor_id=link.counsellor_id, name="atelier"))
    by = {"link_id": link.id, "counsellor_id": link.counsellor_id}
    conn.execute(
        insert(core.assignment).values(**by, author="Nadia", words=SECRET, state="given", created_at=NOW)
    )
    conn.execute(insert(core.proposal).values(**by, kind="pause", state="waiting", data={}, created_at=NOW))
    conn.execute(insert(core.team_note).values(**by, author="Nadia", words=SECRET, at=NOW))
    conn.execute(insert(core.favourite).values(**by))
    conn.execute(
        insert(core.later_message).values(**by, from_chat=GROUP, from_message=3, send_at=NOW, state="waiting")
    )
    conn.execute(
        insert(core.team_prompt).values(**by, chat_id=GROUP, outbox_id=1, kind="note", data={}, at=NOW)
    )
    conn.execute(insert(core.seat).values(workshop_id=1, **about, state="kept"))


def followed(room: Room, person_id: str) -> LinkRow:
    """The same person followed by a team: a topic, a message relayed, one that names them in General, one waiting."""

    def work(conn: Connection) -> LinkRow:
        team = make_team(conn, "Mission locale", GROUP, {"Nadia": COUNSELLOR_CHAT})
        link = follow(conn, person_id, team, "Nadia", thread_id=31, card_message=32)
        relayed(conn, link, (TELEGRAM_ID, 7), (GROUP, 33))
        relayed(conn, link, (TELEGRAM_ID, 8), (COUNSELLOR_CHAT, 12))
        mentions.add(conn, [link.id], GROUP, message_id=34)
        _invited_and_written_to(conn, link)
        attention.handled(conn, link.id, NOW)
        conn.execute(insert(answered).values(link_id=link.id, asked_at=NOW, answered_at=NOW + SECOND))
        assert alerts.add(conn, link.id, "stuck:1", "stuck", link.counsellor_id, TODAY)
        copied = {"from_chat_id": TELEGRAM_ID, "message_id": 9}
        call = outbox.add(
            conn, NOW, person_id=None, chat_id=COUNSELLOR_CHAT, lane="interactive", method="copy", body=copied
        )
        relays.add(
            conn,
            link.id,
            "to_team",
            NOW,
            source=(TELEGRAM_ID, 9),
            to_chat=COUNSELLOR_CHAT,
            kind="text",
            outbox_id=call,
        )
        actor = teams.members(conn, team.id)[0].audit_key
        audit.note(conn, person_id, "card opened", NOW, actor=actor)
        return link

    return room(work)


NEEDLES = (TELEGRAM_ID, NAME, SECRET)


def test_the_export_holds_everything_under_readable_names(room: Room) -> None:
    person_id = a_full_life(room)
    link = followed(room, person_id)
    exported = room(privacy.export, person_id)
    assert json.loads(json.dumps(exported)) == exported
    assert exported["person"]["profile"] == {"first_name": NAME, "job": SECRET}
    assert exported["account"] == [{"telegram_id": TELEGRAM_ID, "chat_id": TELEGRAM_ID}]
    assert [row["kind"] for row in exported["consents"]] == ["use", "sharing"]
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
    assert [(entry["what"], entry["by"]) for entry in exported["audit"]] == [
        ("export", None),
        ("linked with a team", None),
        ("card opened", "Nadia"),
    ]
    (shown,) = exported["links"]
    assert (shown["team"], shown["counsellor"], shown["cover"]) == ("Mission locale", "Nadia", None)
    assert (shown["receipt"], shown["shown"]) == (link.receipt, link.shown)
    assert exported["topics"] == [{"name": f"{NAME} M.", "state": "open"}]
    assert [set(row) for row in exported["team_messages"]] == 3 * [{"direction", "kind", "at", "failed"}]
    assert SECRET in json.loads(exported["waiting_updates"][0]["payload"])["text"]
    assert exported["person"]["next_due_at"] == NOW.isoformat()


def test_the_export_names_nobody_of_the_other_side_by_an_id(room: Room) -> None:
    person_id = a_full_life(room)
    followed(room, person_id)
    written = json.dumps(room(privacy.export, person_id))
    ids = room(lambda conn: conn.exec_driver_sql("SELECT id, audit_key FROM counsellor").one())
    team_id = room(lambda conn: conn.exec_driver_sql("SELECT id FROM team").scalar_one())
    for secret in (GROUP, COUNSELLOR_CHAT, team_id, ids.audit_key):
        assert str(secret) not in written


def test_the_export_does_not_give_the_internal_id_away(room: Room) -> None:
    person_id = a_full_life(room)
    followed(room, person_id)
    exported = room(privacy.export, person_id)
    for message in exported["messages"]:
        message.pop("dedupe_key")  # a key that the caller chose
    assert person_id not in json.dumps(exported)


ABOUT_OTHERS = {
    "counsellor": "members of teams, who follow",
    "invitation": "codes that a counsellor hands out, used by nobody yet",
    "team_group": "groups of teams",
    "bulk": "words of counsellors; whom they go to is in bulk_recipient",
    "workshop": "a date and a place; who comes is in seat",
    "days_off": "holidays of counsellors",
    "hint": "what counsellors were told once of how Bob works",
    "quick_reply": "ready words of counsellors",
    "report_wish": "counsellors who want a report",
    "watch": "when the work of a team is due",
}
"""Tables that refer to a team, and hold nothing of a person."""


def about_people() -> set[str]:
    """The tables whose rows go with a person: by their keys, those of keys of these, and so on."""
    found = {"person"}
    for _ in metadata.sorted_tables:
        found |= {
            table.name
            for table in metadata.sorted_tables
            if any(key.column.table.name in found for key in table.foreign_keys)
        }
    return found - {"person"}


def test_every_table_about_people_is_exported(room: Room) -> None:
    person_id = a_full_life(room)
    followed(room, person_id)
    on_link = {name: columns[0].table.name for name, columns in privacy._ON_LINK.items()}
    shown = {table.name for table in privacy._OWNED.values()} | set(on_link.values())
    assert not shown & privacy.EXPORTED_OTHERWISE.keys()
    assert about_people() == shown | privacy.EXPORTED_OTHERWISE.keys()
    exported = room(privacy.export, person_id)
    assert all(exported[name] for name in (*privacy._OWNED, *on_link, "links", "audit", "events", "plans"))


def test_no_table_names_a_person_or_a_link_without_a_key_that_ends_with_them() -> None:
    """A column that says whose row it is is a foreign key, so that the row goes with the person; but one."""
    names = ("person_id", "link_id", "topic_id")
    loose = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in names and not column.foreign_keys
    }
    assert loose == {"outbox.topic_id"}  # calls outlive the link: its topic is deleted by one


def test_every_other_table_that_refers_to_a_team_is_known_to_hold_nothing_of_people() -> None:
    referring = {
        table.name
        for table in metadata.sorted_tables
        if any(key.column.table.name in ("team", "counsellor", "team_group") for key in table.foreign_keys)
    }
    assert referring - about_people() == ABOUT_OTHERS.keys()


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
    followed(room, person_id)
    digest = room(privacy.delete_person, person_id, NOW, leave_all)
    assert digest == privacy.digest(person_id)
    assert room(privacy.scan, [*NEEDLES, person_id]) == []
    assert room(people.load_by_telegram, TELEGRAM_ID) is None
    assert room(privacy.deletions) == [digest]
    assert [row.id for row in room.claim() if row.chat_id == 55] == [kept]
    still_there = room(people.load_by_telegram, 55)
    assert isinstance(still_there, people.PersonRecord)
    assert still_there.profile.first_name == "Adam"


def test_with_a_person_goes_what_their_team_holds(room: Room) -> None:
    person_id = a_full_life(room)
    followed(room, person_id)
    room(privacy.delete_person, person_id, NOW, leave_all)
    rows = room(lambda conn: rows_of(conn, "outbox"))
    calls = sorted((row["chat_id"], row["method"], json.dumps(json.loads(row["body"]))) for row in rows)
    assert calls == [
        (GROUP, "delete", '{"message_ids": [34]}'),
        (GROUP, "topic", '{"do": "delete", "thread_id": 31}'),
        (COUNSELLOR_CHAT, "delete", '{"message_ids": [12]}'),
    ]
    for table in ("link", "topic", "relay", "mention"):
        assert room(lambda conn, table=table: rows_of(conn, table)) == []


def test_what_names_a_person_and_is_on_its_way_goes_as_soon_as_it_is_there(room: Room) -> None:
    person_id = a_full_life(room)
    link = followed(room, person_id)
    held = room.message(GROUP, None, body={"text": f"{NAME} M. attend"}, leased_for=LEASE)
    room(mentions.add, [link.id], GROUP, outbox_id=held)
    room(privacy.delete_person, person_id, NOW, leave_all)
    assert room(outbox.settle, held, 77, NOW)
    assert not room(mentions.settled, held, 77)
    assert room(privacy.scan, [*NEEDLES, person_id]) == []
    assert room(lambda conn: rows_of(conn, "mention")) == []


def test_a_message_that_is_there_is_known_by_its_number(room: Room) -> None:
    link = followed(room, a_full_life(room))
    held = room.message(GROUP, None, leased_for=LEASE)
    failed = room.message(GROUP, None, leased_for=LEASE)
    for call in (held, failed):
        room(mentions.add, [link.id], GROUP, outbox_id=call)
    assert room(mentions.settled, held, 78)
    assert room(mentions.settled, failed, None)
    assert {place.message_id for place in room(mentions.leave, link.id)} == {34, 78}
    assert room(mentions.leave, link.id) == []


def test_the_audit_outlives_the_person_without_naming_them(room: Room) -> None:
    person_id = a_full_life(room)
    followed(room, person_id)
    room(privacy.delete_person, person_id, NOW, leave_all)
    rows = room(lambda conn: conn.exec_driver_sql("SELECT what FROM audit ORDER BY id").scalars().all())
    assert rows == ["export", "linked with a team", "card opened", "left a team"]
    assert room(audit.entries, person_id) == []
    (act,) = room(audit.acts, NOW)
    assert (act.counsellor, act.team, act.what) == ("Nadia", "Mission locale", "card opened")
    assert act.subject_key not in (person_id, privacy.digest(person_id))


def test_the_name_of_a_counsellor_stays_in_old_entries_after_they_left(room: Room) -> None:
    person_id = a_full_life(room)
    link = followed(room, person_id)
    assert room(teams.leave, link.counsellor_id, NOW)
    assert [entry.actor for entry in room(audit.entries, person_id)] == [None, None, "Nadia"]
    assert [act.counsellor for act in room(audit.acts, NOW, "Nadia")] == ["Nadia"]
    assert room(audit.acts, NOW, "Paul") == []
    assert room(audit.acts, NOW + SECOND) == []


def test_an_entry_says_one_of_a_few_things_and_nothing_of_anybody(room: Room) -> None:
    person_id = room.person(1)
    for what in (f"wrote: {SECRET}", "", "card opened "):
        with pytest.raises(ValueError, match="audit log"):
            room(audit.note, person_id, what, NOW)
    assert room(lambda conn: rows_of(conn, "audit")) == []


def test_the_newest_entries_come_first_and_by_pages(room: Room) -> None:
    person_id = room.person(1)
    for minute in range(5):
        room(audit.note, person_id, "export", NOW + minute * SECOND)
    pages = [room(audit.newest, person_id, 2, after) for after in (0, 2, 4)]
    assert [[entry.at - NOW for entry in page] for page in pages] == [
        [4 * SECOND, 3 * SECOND],
        [2 * SECOND, SECOND],
        [0 * SECOND],
    ]


def test_events_outlive_the_person_under_a_key_that_leads_to_nobody(room: Room) -> None:
    person_id = a_full_life(room)
    room(privacy.delete_person, person_id, NOW, leave_all)
    (left,) = room(lambda conn: list(events.sums(conn, TODAY)))
    assert left.kind == "done"
    assert room(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM event_subject").scalar_one()) == 0


def test_deleting_twice_is_deleting_once(room: Room) -> None:
    person_id = a_full_life(room)
    first = room(privacy.delete_person, person_id, NOW, leave_all)
    assert room(privacy.delete_person, person_id, NOW + SECOND, leave_all) == first
    assert room(privacy.deletions) == [first]


def test_a_farewell_added_after_the_deletion_leaves_no_trace(room: Room) -> None:
    person_id = a_full_life(room)

    def leave(conn: Connection) -> int | None:
        privacy.delete_person(conn, person_id, NOW, leave_all)
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
    gone, stays = room.person(TELEGRAM_ID), room.person(2)
    followed(room, gone)
    assert room(privacy.replay_deletions, [], NOW, leave_all) == 0
    assert room(privacy.replay_deletions, [privacy.digest(gone), "f" * 64], NOW, leave_all) == 1
    assert room(people.load_person, gone) is None
    assert room(people.load_person, stays) is not None
    assert room(privacy.scan, [TELEGRAM_ID, gone]) == []
    calls = [row["method"] for row in room(lambda conn: rows_of(conn, "outbox"))]
    assert calls.count("topic") == 1  # deleted once more, which does no harm


def test_the_file_itself_forgets_a_deleted_person(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    room = Room(store)
    for telegram_id in range(200):  # so that pages split, fill and empty
        room.person(telegram_id, profile=Profile(first_name="Adam", job="x" * 120))
    ids = [a_full_life(room)]
    followed(room, ids[0])
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
    room(privacy.delete_person, ids[0], NOW, leave_all)
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
    room(privacy.delete_person, person_id, NOW, leave_all)
    assert room(stats.stats, since=NOW).people == {}
