"""Those whom a team follows, as the lists see them: from the rows of storage to values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection

from bot.advice.opening import FRENCH_ZONES
from bot.counsellors.group_text import label
from bot.counsellors.needs.followed import LOOKS_BACK, Followed, Standing
from bot.counsellors.working_time import Hours
from storage import days_off, following, teams
from storage.days_off import DaysOff
from storage.following import FollowedRow
from storage.teams import CounsellorRow, TeamRow


@dataclass(frozen=True, slots=True)
class Team:
    """A team at a moment: its days, its present members with their hours, and everybody it follows."""

    row: TeamRow
    days: Hours
    members: dict[int, CounsellorRow]
    hours: dict[int, Hours]
    everybody: tuple[Followed, ...]

    @property
    def acting(self) -> list[int]:
        """Whoever acts for somebody, the present members first, by name."""
        acting = {person.counsellor for person in self.everybody}
        return [*(one for one in self.members if one in acting), *sorted(acting - self.members.keys())]

    def hours_of(self, counsellor_id: int) -> Hours:
        """Their hours; the team's days for somebody who has left it."""
        return self.hours.get(counsellor_id, self.days)

    def of(self, counsellor_id: int) -> list[Followed]:
        """Those for whom this counsellor acts today."""
        return [person for person in self.everybody if person.counsellor == counsellor_id]


def team_days(team: TeamRow) -> Hours:
    """The days on which a team works: Monday to Friday, without the public holidays of its clock."""
    return hours_on(team.time_zone)


def hours_on(
    zone: str, opens: int = 9, closes: int = 18, days: str = "12345", away: tuple[tuple[date, date], ...] = ()
) -> Hours:
    """Hours of a wall clock; public holidays are known of France's clocks alone."""
    last = time(closes) if closes < 24 else time.max
    french = zone in FRENCH_ZONES
    return Hours(
        zone,
        time(opens),
        last,
        frozenset(int(day) for day in days),
        away,
        country="FR" if french else None,
        part=FRENCH_ZONES.get(zone),
    )


def all_hours(conn: Connection, team: TeamRow, now: datetime) -> dict[int, Hours]:
    """When each present member of a team works, without their days off."""
    away = _days_off(conn, team, now)
    return {one.id: _hours(team, one, away) for one in teams.members(conn, team.id)}


def hours_of(conn: Connection, team: TeamRow, counsellor: CounsellorRow, now: datetime) -> Hours:
    """The same of one of them."""
    return _hours(team, counsellor, _days_off(conn, team, now))


def _days_off(conn: Connection, team: TeamRow, now: datetime) -> DaysOff:
    # Waiting is measured in working time, so days off of the last weeks count too.
    return days_off.of_team(conn, team.id, team_days(team).today(now) - LOOKS_BACK)


def _hours(team: TeamRow, one: CounsellorRow, away: DaysOff) -> Hours:
    return hours_on(team.time_zone, one.hours_from, one.hours_until, one.work_days, away.get(one.id, ()))


def load(conn: Connection, team: TeamRow, now: datetime) -> Team:
    """Everything that the team's lists, alerts and digest are made of: seven statements."""
    days = team_days(team)
    members = {member.id: member for member in teams.members(conn, team.id)}
    rows = following.of_team(conn, team.id, now, today=days.today(now), looks_back=LOOKS_BACK)
    return Team(
        team,
        days,
        members,
        all_hours(conn, team, now),
        tuple(_followed(rows, days)),
    )


def _followed(rows: Iterable[FollowedRow], days: Hours) -> Iterable[Followed]:
    """What the person left out of their card is not known here either."""
    for row in rows:
        linked, shown = days.today(row.linked_at), set(row.shown)
        steps = row if "rhythm" in shown else None
        yield Followed(
            link=row.link_id,
            label=label(row.first_name, row.initial, row.link_id),
            counsellor=row.acting,
            linked_on=linked,
            standing=_standing(row),
            waiting_since=row.waiting_since,
            human_asked_at=row.human_asked_at,
            call_asked_at=row.call_asked_at,
            contacted_at=row.last_contact_at,
            met_on=None if row.met_at is None else max(days.today(row.met_at), linked),
            next_appointment_at=row.meets_at if "appointment" in shown else None,
            stuck_in_a_row=steps.stuck if steps else 0,
            stuck_from=steps.stuck_from if steps else None,
            stuck_at=steps.stuck_at if steps else None,
            done_on=steps.done_on if steps else None,
            given_from=steps.given_from if steps else None,
            handled_at=row.handled_at,
            raised_on=row.raised_on,
        )


def _standing(row: FollowedRow) -> Standing:
    if row.status == "unreachable":
        return Standing.UNREACHABLE
    if row.status == "stopped":
        return Standing.STOPPED
    if row.in_work:
        return Standing.IN_WORK
    return Standing.PAUSED if row.status == "paused" else Standing.SEARCHING
