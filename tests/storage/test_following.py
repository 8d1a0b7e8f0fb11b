"""Whom a team follows, and what is known of each in four statements."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.counsellors import linking
from storage import appointments, attention, days, following, jobs, links, people, privacy, teams
from storage.appointments import AppointmentRow
from storage.engine import Store
from storage.following import FollowedRow
from storage.teams import TeamRow
from tests.storage.making import NOW, TODAY, Room

A_DAY = timedelta(days=1)
BACK = timedelta(days=21)


def make_team(room: Room, *counsellors: str) -> tuple[TeamRow, list[int]]:
    """A team with its members; (team, their ids)."""
    team_id, _ = room(teams.create_team, "Mission locale", NOW, language="fr", time_zone="Europe/Paris")
    ids = []
    for number, name in enumerate(counsellors):
        counsellor_id, code = room(teams.add_counsellor, team_id, name)
        room(teams.join, code, 9000 + number, NOW)
        ids.append(counsellor_id)
    team = room(teams.team_of, team_id)
    assert team is not None
    return team, ids


def follow(
    room: Room, team: TeamRow, counsellor: int, telegram_id: int = 1001, **linked: Any
) -> tuple[str, int]:
    """Somebody followed for a hundred days; (person, link)."""
    person_id = room.person(telegram_id, profile=Profile(first_name="Sofia"))
    given: dict[str, Any] = {"shown": ["action"], "initial": "M", "words_to": "topic"}
    made = room(links.create, person_id, team.id, counsellor, NOW - 100 * A_DAY, **(given | linked))
    return person_id, made.id


def seen(room: Room, team: TeamRow, today: date = TODAY) -> list[FollowedRow]:
    return room(following.of_team, team.id, NOW, today=today, looks_back=BACK)


def acted(
    room: Room, person_id: str, days_ago: int, outcome: str = "expired", *, stuck: bool = False
) -> None:
    """An action of so many days ago, and how it ended."""
    then = NOW - days_ago * A_DAY
    made = room.action(person_id, local_date=TODAY - days_ago * A_DAY, now=then)
    if stuck:
        room(days.set_action, made, stuck=True)
    if outcome != "open":
        room(days.close_action, made, Outcome(outcome), now=then)


def test_a_person_about_whom_nothing_is_known(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, link_id = follow(room, team, nadia)
    (row,) = seen(room, team)
    assert (row.link_id, row.person_id, row.first_name, row.initial) == (link_id, person_id, "Sofia", "M")
    assert (row.acting, row.linked_at, row.status, row.in_work) == (nadia, NOW - 100 * A_DAY, "active", False)
    assert (row.done_on, row.given_from, row.stuck, row.stuck_from, row.stuck_at) == (
        None,
        None,
        0,
        None,
        None,
    )
    assert (row.met_at, row.meets_at, row.handled_at, row.raised_on) == (None, None, None, None)


def test_only_the_team_s_people_are_seen(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    other, _ = room(teams.create_team, "Autre", NOW, language="fr", time_zone="Europe/Paris")
    follow(room, team, nadia)
    room.person(1002)
    assert len(seen(room, team)) == 1
    assert room(following.of_team, other, NOW, today=TODAY, looks_back=BACK) == []


def test_whoever_covers_acts_until_the_last_day_of_it(room: Room) -> None:
    team, (nadia, karim) = make_team(room, "Nadia", "Karim")
    _, link_id = follow(room, team, nadia)
    room(links.save, link_id, cover_id=karim, cover_until=TODAY)
    assert seen(room, team)[0].acting == karim
    assert seen(room, team, TODAY + A_DAY)[0].acting == nadia


def test_actions_that_got_stuck_since_the_last_one_done(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, _ = follow(room, team, nadia)
    acted(room, person_id, 12, stuck=True)
    acted(room, person_id, 10, "done", stuck=True)
    acted(room, person_id, 8, stuck=True)
    acted(room, person_id, 6, "refused")
    acted(room, person_id, 4, stuck=True)
    acted(room, person_id, 0, "open", stuck=True)
    (row,) = seen(room, team)
    assert (row.done_on, row.given_from) == (TODAY - 10 * A_DAY, TODAY - 8 * A_DAY)
    assert (row.stuck, row.stuck_from, row.stuck_at) == (3, TODAY - 8 * A_DAY, NOW)


def test_actions_count_as_received_for_three_weeks(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, _ = follow(room, team, nadia)
    for days_ago in (40, 30, 21, 3):
        acted(room, person_id, days_ago)
    assert seen(room, team)[0].given_from == TODAY - 21 * A_DAY


def test_nothing_is_known_of_actions_from_before_they_agreed(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id = room.person()
    acted(room, person_id, 9, "done")
    for days_ago in (8, 7, 6):
        acted(room, person_id, days_ago, stuck=True)
    room(links.create, person_id, team.id, nadia, NOW - 5 * A_DAY, shown=[], initial="M", words_to="topic")
    (row,) = seen(room, team)
    assert (row.done_on, row.given_from, row.stuck) == (None, None, 0)


def test_a_job_and_what_was_seen_to(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, link_id = follow(room, team, nadia)
    room(jobs.note_found, person_id, TODAY)
    room(attention.handled, link_id, NOW)
    room(attention.raised, [link_id], TODAY)
    (row,) = seen(room, team)
    assert (row.in_work, row.handled_at, row.raised_on) == (True, NOW, TODAY)
    room(jobs.note_over, person_id, TODAY)
    room(attention.handled, link_id, NOW + A_DAY)
    (row,) = seen(room, team)
    assert (row.in_work, row.handled_at, row.raised_on) == (False, NOW + A_DAY, TODAY)


def test_meetings_with_the_counsellor_and_no_others(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, _ = follow(room, team, nadia)
    for days_ahead, kind, state in (
        (-9, "counsellor", "planned"),
        (-8, "counsellor", "cancelled"),
        (-7, "interview", "planned"),
        (3, "interview", "planned"),
        (5, "counsellor", "planned"),
        (9, "counsellor", "planned"),
    ):
        at = NOW + days_ahead * A_DAY
        local = at.replace(tzinfo=None)
        uid = f"{kind}{days_ahead}"
        row = AppointmentRow(
            uid,
            person_id,
            kind,
            None,
            local,
            "UTC",
            state,
            0,
            None,
            at,
            None,
            None,
            NOW,  # type: ignore[arg-type]
        )
        room(appointments.save, row)
    (seen_row,) = seen(room, team)
    assert (seen_row.met_at, seen_row.meets_at) == (NOW - 9 * A_DAY, NOW + 5 * A_DAY)


def test_a_blocked_bot_shows(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, _ = follow(room, team, nadia)
    room(people.save_person, person_id, status="unreachable")
    assert seen(room, team)[0].status == "unreachable"


def test_fifty_people_take_as_many_statements_as_one(room: Room, store: Store) -> None:
    team, (nadia,) = make_team(room, "Nadia")

    def statements() -> int:
        count = 0

        def counted(conn: Connection) -> None:
            nonlocal count
            cursor = conn.connection.cursor

            def one_more() -> Any:
                nonlocal count
                count += 1
                return cursor()

            conn.connection.cursor = one_more  # type: ignore[method-assign]
            try:
                following.of_team(conn, team.id, NOW, today=TODAY, looks_back=BACK)
            finally:
                conn.connection.cursor = cursor  # type: ignore[method-assign]

        store.run_sync(counted)
        return count

    follow(room, team, nadia)
    one = statements()
    for number in range(49):
        follow(room, team, nadia, 2000 + number)
    assert (one, statements()) == (4, 4)
    assert len(seen(room, team)) == 50


def test_what_was_seen_to_goes_with_the_link_and_with_the_person(room: Room) -> None:
    team, (nadia,) = make_team(room, "Nadia")
    person_id, link_id = follow(room, team, nadia)
    room(attention.handled, link_id, NOW)
    room(privacy.delete_person, person_id, NOW, linking.leave_all)
    assert room(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM attention").scalar_one()) == 0
