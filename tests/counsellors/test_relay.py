"""What is handed on between a person and their counsellors, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.counsellors.incoming import GroupEvent, GroupKind
from bot.counsellors.messages import answering, places, relay_to_team, taking_back
from bot.counsellors.messages.relay_outcomes import ARRIVED, NOT_ARRIVED
from bot.counsellors.messages.words import Words, calls, correction
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.turns import following
from bot.turns.loading import turn_of
from scheduler import outcomes, retention
from scheduler.messenger import Failure, NotDelivered
from storage import links, people, relays, teams
from tests.counsellors.office import GROUP, KARIM, NADIA, WORLD, Office
from tests.counsellors.relay_room import RelayRoom


@pytest.fixture
def room(office: Office) -> RelayRoom:
    return RelayRoom(office)


def reactions(room: RelayRoom) -> list[tuple[int, int | None, str]]:
    return [(row.chat_id, row.target_message_id, row.body["emoji"]) for row in room.waiting("react")]


# Which calls show somebody's words


def test_a_text_bears_the_name_as_its_title_and_a_file_in_its_caption() -> None:
    (text,) = calls(Words(1, 2, "text", "Bonjour"), "Nadia :", named=True, reply_to=9)
    assert text.body == {"text": "Bonjour", "title": "Nadia :", "reply_to": 9}
    (photo,) = calls(Words(1, 2, "photo", "ici"), "Nadia :", named=True)
    assert photo.body == {"from_chat_id": 1, "message_id": 2, "caption": "Nadia :\nici"}


@pytest.mark.parametrize("kind", ["sticker", "video_note", "location"])
def test_what_bears_no_words_has_the_name_before_it(kind: str) -> None:
    over, copy = calls(Words(1, 2, kind), "Nadia :", named=True)
    assert (over.is_heading, over.body["text"], copy.method) == (True, "Nadia :", "copy")


@pytest.mark.parametrize(
    ("former", "now", "possible"),
    [
        ("text", "text", True),
        ("photo", "document", True),
        ("voice", "voice", True),
        ("voice", "photo", False),
        ("text", "photo", False),
        ("long", "text", False),
    ],
)
def test_an_edit_is_made_in_place_where_telegram_can(former: str, now: str, possible: bool) -> None:
    words = Words(1, 2, now, "après", file_id="f")
    assert (correction(words, "Nadia :", "modifié", former) is not None) == possible


# Both ways


def test_only_an_answer_of_who_follows_goes_to_the_person(room: RelayRoom) -> None:
    copy = room.exchange()
    room.office.told()
    room.member_writes("entre nous", reply_to=None)
    room.member_writes("réponse à un collègue", reply_to=999)
    room.member_writes("de Karim", reply_to=copy, who=KARIM)
    room.member_writes("transféré", reply_to=copy, forwarded=True)
    assert not [row for row in room.waiting() if row.chat_id == room.chat and row.method != "react"]
    room.member_writes("pour vous", reply_to=copy)
    (row,) = room.relayed()
    assert (row.chat_id, row.body["title"], row.body["text"]) == (room.chat, "Nadia :", "pour vous")


def test_an_answer_to_ones_own_sent_message_stays_between_colleagues(room: RelayRoom) -> None:
    answer = room.member_writes("pour vous", reply_to=room.exchange())
    room.deliver(room.relayed()[0])
    room.member_writes("et encore", reply_to=answer)
    assert not room.relayed()


def test_it_is_explained_once_to_each_counsellor(room: RelayRoom) -> None:
    for _ in range(3):
        room.member_writes("entre nous", reply_to=None)
    told = [each for each in room.office.told() if "Entre collègues" in each.text]
    assert [each.labels for each in told] == [["Écrire"]]


def test_it_is_explained_again_once_a_day_where_it_may_be_believed_sent(room: RelayRoom) -> None:
    def explained() -> int:
        return len([each for each in room.office.told() if "Entre collègues" in each.text])

    room.member_writes("entre nous", reply_to=None)
    assert explained() == 1
    copy = room.exchange()
    for _ in range(2):
        room.member_writes("je vous réponds", reply_to=None)  # she waits for an answer
    assert explained() == 1
    answer = room.member_writes("pour vous", reply_to=copy)
    room.deliver(room.relayed()[0])
    room.member_writes("entre nous", reply_to=None)
    assert explained() == 0
    room.office.now += timedelta(days=1)
    room.member_writes("et votre CV", reply_to=answer)
    assert explained() == 1
    assert not room.relayed()


def test_whoever_wrote_sees_that_it_arrived(room: RelayRoom) -> None:
    copy = room.exchange()
    own = room.pairs()[0].from_message
    assert reactions(room) == [(room.chat, own, ARRIVED)]
    answer = room.member_writes("oui", reply_to=copy)
    room.deliver(room.relayed()[0])
    assert (GROUP, answer, ARRIVED) in reactions(room)


def test_an_answer_that_does_not_arrive_is_told_under_it_and_the_person_still_waits(room: RelayRoom) -> None:
    answer = room.member_writes("oui", reply_to=room.exchange())
    assert room.link.waiting_since is None
    room.office.told()
    room.fail(room.relayed()[0], Failure.OUR_BUG)
    assert (GROUP, answer, NOT_ARRIVED) in reactions(room)
    assert any("n'est pas arrivé chez Sofia M." in each.text for each in room.office.told())
    assert room.link.waiting_since is not None


def test_a_person_who_blocked_bob_is_told_of_once(room: RelayRoom) -> None:
    copy = room.exchange()
    room.office.told()
    for words in ("un", "deux"):
        room.member_writes(words, reply_to=copy)
    for row in room.relayed():
        room.fail(row, Failure.UNREACHABLE)
    told = [each.text for each in room.office.told()]
    assert sum("la discussion est bloquée" in text for text in told) == 1
    assert room.link.cut_at is not None


def test_any_sign_of_life_opens_the_topic_again_of_who_had_stopped_too(room: RelayRoom) -> None:
    person = room.link.person_id
    room.office(people.save_person, person, status="stopped")
    room.office(people.save_dialogue, person, "counsellor", version=1, state="quiet", data={}, now=room.now)
    room.member_writes("oui", reply_to=room.exchange())
    room.fail(room.relayed()[0], Failure.UNREACHABLE)
    assert room.link.cut_at is not None
    room.office.told()
    room.person_sends()
    assert room.link.cut_at is None
    assert any("est de retour" in each.text for each in room.office.told())


# Albums


def test_the_messages_of_an_album_are_copied_together(room: RelayRoom) -> None:
    room.person_writes(album="a", kind="photo")
    for _ in range(2):
        room.person_sends(album="a", later_of_album=True)
    (row,) = room.waiting("copy_album")
    assert row.body["message_ids"] == [pair.from_message for pair in room.pairs()]
    room.deliver(row)
    assert all(pair.to_message is not None for pair in room.pairs())
    assert len(reactions(room)) == 1


def test_a_late_message_of_an_album_that_is_under_way_makes_a_copy_of_its_own(room: RelayRoom) -> None:
    room.person_writes(album="a", kind="photo")
    (first,) = room.waiting("copy_album")
    room.take_in_hand(first)
    late = room.person_sends(album="a", later_of_album=True)
    (row,) = room.waiting("copy_album")
    assert row.body["message_ids"] == [late]
    room.deliver(first)
    room.deliver(row)
    assert all(pair.to_message is not None for pair in room.pairs())


def test_what_follows_an_album_goes_out_after_it(room: RelayRoom) -> None:
    room.person_writes(album="a", kind="photo")
    room.person_writes("et ceci")
    assert [row.method for row in room.relayed()] == ["copy_album", "send"]


def test_a_counsellors_album_is_theirs_alone(room: RelayRoom) -> None:
    copy = room.exchange()
    photo: dict[str, Any] = {"kind": GroupKind.MEDIA, "media": "photo", "album": "a"}
    room.member_writes("", reply_to=copy, **photo)
    room.member_writes("", reply_to=None, who=KARIM, **photo)
    room.member_writes("", reply_to=None, **photo)
    (row,) = room.waiting("copy_album")
    assert len(row.body["message_ids"]) == 2


# Edits, and what is taken back


def test_an_edit_of_what_still_waits_changes_what_will_be_said(room: RelayRoom) -> None:
    answer = room.member_writes("avant", reply_to=room.exchange())
    room.member_writes("après", reply_to=None, kind=GroupKind.EDITED, message=answer)
    (row,) = room.relayed()
    assert (row.body["title"], row.body["text"]) == ("Nadia :", "après")
    assert not room.waiting("edit_copy")


def test_nobody_elses_edit_and_no_edit_of_who_follows_no_more_changes_anything(room: RelayRoom) -> None:
    answer = room.member_writes("avant", reply_to=room.exchange())
    room.deliver(room.relayed()[0])
    room.member_writes("faux", reply_to=None, kind=GroupKind.EDITED, message=answer, who=KARIM)
    room.office(links.save, room.link_id, counsellor_id=room.office.karim)
    room.member_writes("trop tard", reply_to=None, kind=GroupKind.EDITED, message=answer)
    assert not room.waiting("edit_copy")


def test_what_waits_is_taken_back_unsaid(room: RelayRoom) -> None:
    message = room.person_writes("oups")
    assert room.office(taking_back.by_person, room.link_id, message, room.now) == "taken"
    assert not room.relayed()
    assert room.link.waiting_since is None


def test_what_is_under_way_goes_as_soon_as_it_has_arrived(room: RelayRoom) -> None:
    message = room.person_writes("oups")
    (row,) = room.relayed()
    room.take_in_hand(row)
    assert room.office(taking_back.by_person, room.link_id, message, room.now) == "taken"
    arrived = room.deliver(row)
    (deletion,) = room.waiting("delete")
    assert (deletion.chat_id, deletion.body["message_ids"]) == (GROUP, [arrived])
    assert not reactions(room)


def test_after_two_days_telegram_deletes_nothing_in_a_private_chat(room: RelayRoom) -> None:
    answer = room.member_writes("à reprendre", reply_to=room.exchange())
    room.deliver(room.relayed()[0])
    room.office.told()
    room.office.now += timedelta(hours=49)
    room.member_writes("", reply_to=answer, kind=GroupKind.COMMAND, command="effacer")
    assert any("Trop tard" in each.text for each in room.office.told())
    assert not room.waiting("delete")


def test_nobody_takes_back_what_another_sent(room: RelayRoom) -> None:
    answer = room.member_writes("à garder", reply_to=room.exchange())
    room.deliver(room.relayed()[0])
    room.member_writes("", reply_to=answer, kind=GroupKind.COMMAND, command="effacer", who=KARIM)
    assert not room.waiting("delete")


def test_who_had_only_an_answer_that_was_taken_back_waits_again(room: RelayRoom) -> None:
    wrote_at = room.now
    copy = room.exchange()
    room.office.now += timedelta(minutes=5)
    first, second = (room.member_writes(words, reply_to=copy) for words in ("oui", "à mardi"))
    assert room.link.waiting_since is None
    room.member_writes("", reply_to=first, kind=GroupKind.COMMAND, command="effacer")
    assert room.link.waiting_since is None
    room.member_writes("", reply_to=second, kind=GroupKind.COMMAND, command="effacer")
    assert room.link.waiting_since == wrote_at


# Waiting for an answer


def test_who_waits_is_brought_to_mind_once_after_two_working_days(room: RelayRoom) -> None:
    room.exchange()
    room.office.told()
    due = room.link.remind_at
    assert due is not None
    for at in (due - timedelta(minutes=1), due, due + timedelta(days=5)):
        room.office(answering.remind_waiting, WORLD, at, 10)
    told = [each for each in room.office.told() if "attend une réponse" in each.text]
    assert [each.topic for each in told] == [room.link_id]


def test_an_answer_ends_the_waiting(room: RelayRoom) -> None:
    room.member_writes("oui", reply_to=room.exchange())
    assert (room.link.waiting_since, room.link.remind_at) == (None, None)


def test_a_reminder_that_falls_on_a_night_waits_for_the_morning(room: RelayRoom) -> None:
    room.exchange()
    due = room.link.remind_at
    assert due is not None
    night = due.replace(hour=22)
    room.office.told()
    room.office(answering.remind_waiting, WORLD, night, 10)
    assert not room.office.told()
    later = room.link.remind_at
    assert later is not None
    assert later > night


# What lasts


def test_pairs_are_forgotten_after_ninety_days(room: RelayRoom) -> None:
    room.exchange()
    room.office(retention.tidy, WORLD, room.now + timedelta(days=89))
    assert room.pairs()
    room.office(retention.tidy, WORLD, room.now + timedelta(days=91))
    assert not room.pairs()


def test_a_group_that_moves_never_takes_a_private_chat_along(room: RelayRoom) -> None:
    """A copy out of the former group is refused with the new group's id: the person stays where they are."""
    room.member_writes("oui", reply_to=room.exchange())
    (row,) = room.relayed()
    moved = NotDelivered(Failure.MIGRATED, new_chat_id=-4242)
    room.office(outcomes.record, replace(row), moved, room.now, timedelta(seconds=1), None)
    assert room.office(links.chat_of, room.link.person_id) == room.chat


def test_leaving_ends_the_pairs(room: RelayRoom) -> None:
    copy = room.exchange()
    room.office(links.drop, room.link_id)
    room.member_writes("oui", reply_to=copy)
    assert not [row for row in room.waiting() if row.chat_id == room.chat and row.purpose == "relay"]
    assert room.office(relays.by_target, GROUP, copy) is None


# Where it goes


def test_a_person_of_a_lost_group_is_followed_in_another_one_of_the_team(room: RelayRoom) -> None:
    room.office(teams.set_group, GROUP, state="lost", is_forum=True)
    message = room.number()
    words = Words(room.chat, message, "text", "Bonjour")
    assert room.office(places.obstacle, room.link, room.now) == "no_group"
    assert not room.office(relay_to_team.send, room.link, words, room.now)
    assert not room.relayed()
    code = room.office(teams.renew_team_code, room.office.team_id)
    room.office(teams.activate, code, -2002, room.now, is_forum=True)
    assert room.office(places.obstacle, room.link, room.now) is None
    assert room.office(relay_to_team.send, room.link, words, room.now)
    topic = room.office(links.topic_of, room.link_id)
    assert (topic.chat_id, topic.state) == (-2002, "opening")
    assert [row.method for row in room.waiting() if row.chat_id == -2002] == ["topic", "send"]


def test_a_counsellor_who_has_left_gets_nothing_in_private(room: RelayRoom) -> None:
    room.office(links.save, room.link_id, words_to="private")
    room.office(teams.leave, room.office.nadia, room.now)
    assert room.office(places.obstacle, room.link, room.now) == "no_private"


def test_who_covers_gets_the_words_meant_for_the_counsellor_alone(room: RelayRoom) -> None:
    until = room.now.date() + timedelta(days=3)
    room.office(links.save, room.link_id, words_to="private", cover_id=room.office.karim, cover_until=until)
    room.person_writes("rien que pour vous")
    (row,) = room.relayed()
    assert (row.chat_id, row.body["title"]) == (KARIM, "Sofia M. :")


def test_outside_working_hours_the_team_hears_no_sound(room: RelayRoom) -> None:
    room.person_writes("de jour")
    room.office.now = room.now.replace(hour=22)
    room.person_writes("de nuit")
    assert [row.body.get("silent", False) for row in room.relayed()] == [False, True]


def test_a_topic_deleted_again_is_asked_for_once_and_gets_what_was_written_meanwhile(room: RelayRoom) -> None:
    for words in ("un", "deux"):
        room.person_writes(words)
    room.office.told()
    for row in room.relayed():
        room.fail(row, Failure.TOPIC_LOST)
    (asked,) = [each for each in room.office.told() if "effacé deux fois" in each.text]
    assert asked.topic is None
    pressed = Press("writing", 1, str(room.link_id), "topic")
    for who in (KARIM, NADIA):
        room.office._event(
            GroupEvent(GroupKind.BUTTON, GROUP, who, message_id=5, press=pressed, callback_id="1")
        )
    rows = [row for row in room.waiting() if row.purpose == "relay" or row.method == "topic"]
    assert [row.method for row in rows] == ["topic", "copy", "copy"]


def test_an_answer_goes_to_the_team_whose_message_it_answers(room: RelayRoom) -> None:
    """Also one to an own message that was handed on."""
    other, _ = room.office(teams.create_team, "Plie", room.now, language="fr", time_zone="Europe/Paris")
    counsellor, _ = room.office(teams.add_counsellor, other, "Inès")
    second = room.office(
        links.create, room.link.person_id, other, counsellor, room.now, shown=[], initial="", words_to="topic"
    ).id
    room.office(
        people.save_dialogue,
        room.link.person_id,
        "counsellor",
        version=1,
        state="quiet",
        data={},
        now=room.now,
    )
    pair = room.office(
        relays.add,
        second,
        "to_person",
        room.now,
        source=(-9, 5),
        to_chat=room.chat,
        kind="text",
        outbox_id=None,
    )
    room.office(relays.delivered, pair, 77, room.now)
    own = room.person_writes("à la première équipe")
    for message, link in ((77, second), (own, room.link_id), (12345, None)):
        record = room.office(people.load_person, room.link.person_id)
        turn = room.office(turn_of, record, WORLD, room.now)
        event = Incoming(Kind.TEXT, room.chat, room.chat, text="oui", sent_id=room.number(), reply_to=message)
        room.office(following.load, record, turn, room.now, event)
        assert turn.answered_link == link


def test_in_a_topic_the_persons_words_are_not_taken_for_bobs(room: RelayRoom) -> None:
    room.person_writes("Bonjour Nadia")
    (row,) = room.relayed()
    assert row.body["title"].startswith("Sofia M.")
    assert row.body["text"] == "Bonjour Nadia"


def test_what_bears_no_words_needs_no_line_in_a_topic(room: RelayRoom) -> None:
    room.person_writes(kind="sticker")
    assert [row.method for row in room.relayed()] == ["copy"]
