"""What messages to several people, lists and workshops keep of somebody can be shown to them, and goes with them."""

from sqlalchemy import Connection, func, select

from bot.counsellors import linking
from storage import answers, bulks, links, person_lists, privacy, workshops
from storage.tables.core import metadata
from tests.storage.following import Following, follow
from tests.storage.making import NOW, SECOND, TODAY, Room

OWNED = ("messages_to_several", "no_messages_to_several", "lists_of_counsellors", "seats")


def somebody(room: Room) -> Following:
    """Somebody of whom each of these tables knows something."""
    team = follow(room, telegram_id=987654321)
    bulk = room(bulks.create, team.id, team.counsellor_id, NOW, chat_id=-1, words="Bonjour")
    row = bulks.RecipientRow(bulk, team.link.id, team.person_id, TODAY, NOW, "waiting", None, None)
    assert room(bulks.add_recipient, row)
    room(person_lists.set_off, team.link.id, team.person_id, NOW + SECOND)
    room(person_lists.put_on_list, team.link.id, team.counsellor_id, "vendredi", team.person_id)
    workshop = room(workshops.create, team.id, team.counsellor_id, NOW, chat_id=-1, time_zone="Europe/Paris")
    assert room(workshops.pick, workshop, team.link.id, team.person_id)
    return team


def rows_about(conn: Connection, person_id: str) -> int:
    tables = [table for table in metadata.sorted_tables if "person_id" in table.c]
    return sum(
        conn.execute(select(func.count()).where(table.c.person_id == person_id)).scalar_one()
        for table in tables
    )


def test_the_person_can_read_all_of_it(room: Room) -> None:
    team = somebody(room)
    exported = room(privacy.export, team.person_id)
    assert all(len(exported[name]) == 1 for name in OWNED)
    assert exported["lists_of_counsellors"][0]["name"] == "vendredi"
    assert exported["seats"][0]["state"] == "picked"


def test_it_goes_with_the_person(room: Room) -> None:
    team = somebody(room)
    room(privacy.delete_person, team.person_id, NOW, linking.leave_all)
    assert room(rows_about, team.person_id) == 0
    assert room(bulks.recipients, 1) == []
    assert room(workshops.seats_of, 1) == []
    assert "deletion.digest" not in room(privacy.scan, [team.person_id])


def test_it_goes_with_the_link(room: Room) -> None:
    team = somebody(room)
    room(links.drop, team.link.id)
    assert all(room(privacy.export, team.person_id)[name] == [] for name in OWNED)
    assert room(answers.of_team, team.id, NOW - SECOND, NOW + SECOND) == []


def test_another_message_of_the_same_day_cannot_be_added(room: Room) -> None:
    """The database itself refuses it, whoever asks at the same moment."""
    team = somebody(room)
    other = room(bulks.create, team.id, team.counsellor_id, NOW, chat_id=-1, words="Encore")
    row = bulks.RecipientRow(other, team.link.id, team.person_id, TODAY, NOW, "waiting", None, None)
    assert not room(bulks.add_recipient, row)
    assert room(bulks.undo, 1) == 1  # called back: the day is free again
    assert room(bulks.add_recipient, row)


def test_a_message_is_confirmed_once(room: Room) -> None:
    somebody(room)
    assert room(bulks.move, 1, "draft", "sending")
    assert not room(bulks.move, 1, "draft", "sending")


def test_nobody_is_on_a_workshops_list_twice(room: Room) -> None:
    team = somebody(room)
    assert not room(workshops.pick, 1, team.link.id, team.person_id)
    (seat,) = room(workshops.seats_of, 1)
    room(workshops.save_seat, seat.id, state="kept")
    assert not room(workshops.unpick, 1, team.link.id)  # invited already
