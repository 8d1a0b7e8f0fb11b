"""The figures of a team and of one counsellor's people: of the last whole week, from what cards may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import PersonLabel
from bot.counsellors.needs import following
from bot.counsellors.reporting.figures import LEAST, Answers, Row, answer_times, protected
from storage import answers, links, team_weeks, teams
from storage.links import LinkRow
from storage.teams import TeamRow

WEEKS: Final = 8
COUNTED: Final = ("acted", "wrote", "written_to", "met", "waiting")
"""Rows of the team's table: how many people did an action, wrote, were written to, had an appointment, wait."""
ANSWER_WEEKS: Final = 4
"""Answer times are of so many weeks: one alone has too few."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the team: Monday, the instants between which it lies."""

    monday: date
    begins: datetime
    ends: datetime

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """One person's week. None: their card does not show it."""

    link: LinkRow
    person: PersonLabel
    received: int | None
    done: int | None
    told: int | None
    wrote: int
    written_to: int
    meetings: int | None
    contact: date | None  # the last message of the team


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """A team's table: a column for each counsellor. `weeks`: sums of the last 8, the oldest first; None: too few."""

    week: Week
    counsellors: tuple[str, ...]
    followed: Row
    rows: dict[str, Row]
    answers: Answers | None
    mondays: tuple[date, ...]
    done: tuple[int | None, ...]
    answered: tuple[int | None, ...]


def week_of(monday: date, zone: ZoneInfo) -> Week:
    """The week that begins on that Monday."""
    begins, ends = (
        datetime.combine(day, time(), zone).astimezone(UTC) for day in (monday, monday + timedelta(days=7))
    )
    return Week(monday, begins, ends)


def last_week(now: datetime, zone: ZoneInfo) -> Week:
    """The last one that is over."""
    today = now.astimezone(zone).date()
    return week_of(today - timedelta(days=today.weekday() + 7), zone)


def people_of(conn: Connection, team: TeamRow, mine: list[LinkRow], week: Week) -> list[PersonWeek]:
    """The week of each of these people, by name."""
    zone = ZoneInfo(team.time_zone)
    acted = team_weeks.actions(conn, team.id, week.monday, week.sunday)
    wrote = team_weeks.messages(conn, team.id, week.begins, week.ends)
    met = team_weeks.meetings(conn, team.id, week.begins, week.ends)
    found = []
    for link in mine:
        received, done, told = acted.get(link.id, (0, 0, 0))
        shows_actions, shows_meetings = "rhythm" in link.shown, "appointment" in link.shown
        from_person, to_person = wrote.get(link.id, (0, 0))
        contact = link.last_contact_at
        found.append(
            PersonWeek(
                link,
                topics.label_of(conn, link),
                received if shows_actions else None,
                done if shows_actions else None,
                told if shows_actions else None,
                from_person,
                to_person,
                met.get(link.id, 0) if shows_meetings else None,
                contact.astimezone(zone).date() if contact is not None else None,
            )
        )
    return sorted(found, key=lambda one: (one.person.text.casefold(), one.link.id))


def team_figures(conn: Connection, team: TeamRow, now: datetime) -> TeamFigures:
    """The table of the last whole week, and sums of the last 8."""
    zone = ZoneInfo(team.time_zone)
    week, everybody = last_week(now, zone), links.of_team(conn, team.id)
    by_link = {one.link.id: one for one in people_of(conn, team, everybody, week)}
    columns = sorted({link.counsellor_id for link in everybody})
    named = [teams.counsellor_of(conn, of) for of in columns]
    wholes = [sum(link.counsellor_id == of for link in everybody) for of in columns]

    def row(name: str) -> Row:
        cells = [
            sum(_counts(name, by_link[link.id]) for link in everybody if link.counsellor_id == of)
            for of in columns
        ]
        return protected(cells, wholes)

    mondays = tuple(week.monday - timedelta(weeks=back) for back in reversed(range(WEEKS)))
    return TeamFigures(
        week,
        tuple(one.name if one is not None else "?" for one in named),
        protected(wholes),
        {name: row(name) for name in COUNTED},
        answer_times(waits(conn, team, week.ends - timedelta(weeks=ANSWER_WEEKS), week.ends)),
        mondays,
        tuple(_done_in(conn, team, everybody, week_of(monday, zone)) for monday in mondays),
        tuple(_answered_in(conn, team, week_of(monday, zone)) for monday in mondays),
    )


def _counts(name: str, one: PersonWeek) -> bool:
    match name:
        case "acted":
            return bool(one.done)
        case "wrote":
            return one.wrote > 0
        case "written_to":
            return one.written_to > 0
        case "met":
            return bool(one.meetings)
        case _:
            return one.link.waiting_since is not None


def waits(conn: Connection, team: TeamRow, since: datetime, until: datetime) -> list[timedelta]:
    """How long people waited for answers, in the working time of who answered."""
    hours, days = following.all_hours(conn, team, until), following.team_days(team)
    return [
        hours.get(wait.counsellor_id or 0, days).worked(wait.asked_at, wait.answered_at)
        for wait in answers.of_team(conn, team.id, since, until)
    ]


def _done_in(conn: Connection, team: TeamRow, everybody: list[LinkRow], week: Week) -> int | None:
    """Actions done in a week, of those whose cards show it; None where fewer than 5 people did any."""
    shows = {link.id for link in everybody if "rhythm" in link.shown}
    found = team_weeks.actions(conn, team.id, week.monday, week.sunday)
    done = [count for link_id, (_, count, _) in found.items() if link_id in shows and count]
    return sum(done) if len(done) >= LEAST else None


def _answered_in(conn: Connection, team: TeamRow, week: Week) -> int | None:
    """Waits that ended in a week; None where they are of fewer than 5 people."""
    found = answers.of_team(conn, team.id, week.begins, week.ends)
    return len(found) if len({one.link_id for one in found}) >= LEAST else None
