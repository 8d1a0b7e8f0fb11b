"""What counsellors assign, propose, note and put off: kept, due once, exported, and gone with the link."""

import json
from datetime import date, timedelta

import pytest

from bot.advice.facts import Outcome
from storage import agenda, assignments, days, links, privacy, proposals, team_words, teams
from tests.storage.making import NOW, SECOND, TODAY, Room

SECRET = "quelque chose de très personnel"
CHAT = -100


@pytest.fixture
def linked(room: Room) -> tuple[str, int, int]:
    """(person, link, counsellor)."""
    person = room.person()
    team, _ = room(teams.create_team, "Élan", NOW, language="fr", time_zone="Europe/Paris")
    counsellor, code = room(teams.add_counsellor, team, "Nadia")
    room(teams.join, code, 5, NOW)
    link = room(links.create, person, team, counsellor, NOW, shown=["action"], initial="M", words_to="topic")
    return person, link.id, counsellor


def assigned(room: Room, linked: tuple[str, int, int], day: date = TODAY, **known: str | None) -> int:
    _, link, counsellor = linked
    number = room(assignments.draft, link, counsellor, "Nadia", NOW, words="Appelez", **known)
    room(assignments.save, number, due_on=day, state="waiting")
    return number


def test_what_waits_comes_by_its_day(room: Room, linked: tuple[str, int, int]) -> None:
    later = assigned(room, linked, TODAY + timedelta(days=2))
    first = assigned(room, linked, TODAY)
    room(assignments.draft, linked[1], linked[2], "Nadia", NOW, words="Sans date")
    assert [row.id for row in room(assignments.waiting, linked[0])] == [first, later]


def test_what_was_given_is_taken_back_no_more(room: Room, linked: tuple[str, int, int]) -> None:
    number = assigned(room, linked)
    action = room.action(linked[0])
    room(assignments.save, number, state="given", action_id=action)
    assert not room(assignments.withdraw, number)
    found = room(assignments.by_action, action)
    assert found is not None
    assert found.id == number


def test_one_that_was_never_sent_waits_again(room: Room, linked: tuple[str, int, int]) -> None:
    number = assigned(room, linked)
    action = room.action(linked[0])
    room(assignments.save, number, state="given", action_id=action)
    assert room(assignments.unsent, linked[0], TODAY) == 0
    room(days.close_action, action, Outcome.WITHDRAWN, now=NOW)
    assert room(assignments.unsent, linked[0], TODAY) == 1
    assert [row.id for row in room(assignments.waiting, linked[0])] == [number]


def test_topics_are_told_when_it_is_time(room: Room, linked: tuple[str, int, int]) -> None:
    number = assigned(room, linked)
    room(assignments.save, number, tell_at=NOW + SECOND)
    assert room(assignments.to_tell, NOW, 10) == []
    assert [row.id for row in room(assignments.to_tell, NOW + SECOND, 10)] == [number]


def test_what_is_over_is_forgotten_and_what_waits_is_not(room: Room, linked: tuple[str, int, int]) -> None:
    kept, gone = assigned(room, linked), assigned(room, linked)
    room(assignments.save, gone, state="over")
    assert room(assignments.forget, NOW) == 1
    assert [row.id for row in room(assignments.of_link, linked[1])] == [kept]


def test_a_proposal_is_due_once_for_its_person(room: Room, linked: tuple[str, int, int]) -> None:
    person, link, counsellor = linked
    number = room(
        proposals.add,
        link,
        counsellor,
        "pause",
        NOW,
        state="waiting",
        data={"until": "2026-03-09"},
        due_at=NOW,
    )
    assert room(proposals.due, NOW, 10) == [(number, person)]
    room(proposals.save, number, state="over", due_at=None)
    assert room(proposals.due, NOW, 10) == []
    assert room(proposals.of_person, person) == []
    assert room(proposals.forget, NOW) == 1


def test_a_proposal_is_found_by_its_appointment(room: Room, linked: tuple[str, int, int]) -> None:
    _, link, counsellor = linked
    number = room(
        proposals.add, link, counsellor, "appointment", NOW, state="said", data={"when": "x"}, uid="abc"
    )
    found = room(proposals.by_uid, "abc")
    assert found is not None
    assert (found.id, found.data) == (number, {"when": "x"})


def test_a_message_for_later_is_put_off_or_cancelled_until_it_was_sent(
    room: Room, linked: tuple[str, int, int]
) -> None:
    _, link, counsellor = linked
    number = room(team_words.schedule, link, counsellor, (CHAT, 7), NOW)
    assert room(team_words.schedule, link, counsellor, (CHAT, 7), NOW + SECOND) == number
    assert room(team_words.later_due, NOW, 10) == []
    assert [row.id for row in room(team_words.later_due, NOW + SECOND, 10)] == [number]
    assert room(team_words.settle_later, number, "sent")
    assert not room(team_words.settle_later, number, "cancelled")
    assert room(team_words.schedule, link, counsellor, (CHAT, 7), NOW + 2 * SECOND) is None
    assert room(team_words.later_due, NOW + 2 * SECOND, 10) == []


def test_a_question_is_found_by_the_message_that_it_became(room: Room, linked: tuple[str, int, int]) -> None:
    _, link, counsellor = linked
    room(
        team_words.ask, NOW, chat_id=CHAT, outbox_id=3, counsellor_id=counsellor, link_id=link, kind="note",
        data={},
    )  # fmt: skip
    assert room(team_words.prompt, CHAT, 9) is None
    room(team_words.placed, 3, 9)
    found = room(team_words.prompt, CHAT, 9)
    assert found is not None
    assert (found.kind, found.link_id) == ("note", link)
    assert room(team_words.prompt, CHAT + 1, 9) is None
    room(team_words.forget, NOW)
    assert room(team_words.prompt, CHAT, 9) is None


def test_favourites_and_ready_words_are_a_counsellors_own(room: Room, linked: tuple[str, int, int]) -> None:
    _, link, counsellor = linked
    room(team_words.star, counsellor, link, on=True)
    room(team_words.star, counsellor, link, on=True)
    assert room(team_words.starred, counsellor) == [link]
    room(team_words.star, counsellor, link, on=False)
    assert room(team_words.starred, counsellor) == []
    number = room(team_words.add_quick, counsellor, "Bonjour {prenom}")
    assert not room(team_words.drop_quick, counsellor + 1, number)
    assert room(team_words.drop_quick, counsellor, number)


def test_what_falls_due_moves_the_sandboxs_clock_and_can_be_put_off(
    room: Room, linked: tuple[str, int, int]
) -> None:
    _, link, counsellor = linked
    number = assigned(room, linked)
    room(assignments.save, number, tell_at=NOW + 3 * SECOND)
    room(proposals.add, link, counsellor, "pause", NOW, state="waiting", data={}, due_at=NOW + 2 * SECOND)
    room(team_words.schedule, link, counsellor, (CHAT, 7), NOW + SECOND)
    seen = [NOW]
    while (due := room(agenda.next_due, after=seen[-1])) is not None:
        seen.append(due)
    assert seen == [NOW + number * SECOND for number in range(4)]
    for work in ("send_due", "propose_due", "tell_due"):
        assert room(agenda.postpone_first, work, NOW + 9 * SECOND, NOW + 60 * SECOND)
        assert not room(agenda.postpone_first, work, NOW + 9 * SECOND, NOW + 60 * SECOND)


def test_a_card_that_cannot_be_written_holds_up_no_other(room: Room, linked: tuple[str, int, int]) -> None:
    room(links.open_topic, linked[1], CHAT, "Sofia M.")
    room(links.want_card, linked[1], NOW)
    assert room(agenda.postpone_first, "refresh_due", NOW, NOW + SECOND)
    assert room(links.cards_due, NOW, 10) == []


def everything(room: Room, linked: tuple[str, int, int]) -> None:
    """Each table of this kind knows something of the person."""
    _, link, counsellor = linked
    assigned(room, linked)
    (row,) = room(assignments.of_link, link)
    room(assignments.save, row.id, reason=SECRET)
    room(proposals.add, link, counsellor, "transfer", NOW, state="said", data={"lines": [SECRET]})
    room(team_words.add_note, link, counsellor, "Nadia", SECRET, NOW)
    room(team_words.star, counsellor, link, on=True)
    room(team_words.schedule, link, counsellor, (CHAT, 7), NOW)
    room(
        team_words.ask, NOW, chat_id=CHAT, outbox_id=3, counsellor_id=counsellor, link_id=link, kind="note",
        data={"words": SECRET},
    )  # fmt: skip


def test_the_person_can_read_all_of_it(room: Room, linked: tuple[str, int, int]) -> None:
    everything(room, linked)
    exported = room(privacy.export, linked[0])
    assert json.loads(json.dumps(exported)) == exported
    assert exported["notes"] == [{"author": "Nadia", "words": SECRET, "at": NOW.isoformat()}]
    assert exported["assignments"][0]["reason"] == SECRET
    assert exported["proposals"][0]["data"] == {"lines": [SECRET]}
    assert exported["messages_for_later"]
    assert exported["questions_to_counsellors"][0]["data"] == {"words": SECRET}
    assert exported["links"][0]["starred"]


@pytest.mark.parametrize("how", ["leaving", "deletion"])
def test_all_of_it_goes_with_the_link(room: Room, linked: tuple[str, int, int], how: str) -> None:
    everything(room, linked)
    assert room(privacy.scan, [SECRET])
    if how == "leaving":
        room(links.drop, linked[1])
    else:
        room(privacy.delete_person, linked[0], NOW, lambda conn, person, now: None)
    assert room(privacy.scan, [SECRET]) == []
