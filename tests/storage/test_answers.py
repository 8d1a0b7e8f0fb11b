"""Waits that ended in an answer: kept for answer times, and gone with the link."""

from dataclasses import replace
from datetime import timedelta

from storage import answers, links
from tests.storage.following import follow
from tests.storage.making import NOW, Room

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_an_answer_to_somebody_who_waited_is_kept(room: Room) -> None:
    team = follow(room)
    waiting = replace(team.link, waiting_since=NOW - 3 * HOUR)
    room(answers.answered, waiting, team.counsellor_id, NOW)
    (row,) = room(answers.of_team, team.id, NOW - DAY, NOW + DAY)
    assert (row.link_id, row.counsellor_id) == (team.link.id, team.counsellor_id)
    assert row.answered_at - row.asked_at == 3 * HOUR


def test_nothing_is_kept_where_nobody_waited(room: Room) -> None:
    team = follow(room)
    room(answers.answered, team.link, team.counsellor_id, NOW)
    assert room(answers.of_team, team.id, NOW - DAY, NOW + DAY) == []


def test_only_the_waits_of_the_team_that_ended_in_the_time_are_told(room: Room) -> None:
    mine, other = follow(room), follow(room, telegram_id=2, name="Autre")
    for team, at in ((mine, NOW), (mine, NOW + DAY), (other, NOW)):
        room(answers.answered, replace(team.link, waiting_since=at - HOUR), team.counsellor_id, at)
    assert len(room(answers.of_team, mine.id, NOW, NOW + DAY)) == 1
    assert room(answers.forget, NOW) == 2
    assert len(room(answers.of_team, mine.id, NOW, NOW + 2 * DAY)) == 1


def test_a_wait_goes_with_the_link(room: Room) -> None:
    team = follow(room)
    room(answers.answered, replace(team.link, waiting_since=NOW - HOUR), team.counsellor_id, NOW)
    room(links.drop, team.link.id)
    assert room(answers.of_team, team.id, NOW - DAY, NOW + DAY) == []
