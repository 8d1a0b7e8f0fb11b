"""What is due by itself in front of a team: a look for alerts every hour of work, and the morning's digest.

Each is a row with an instant (`storage.alerts.WatchRow`). After an outage nothing is doubled, since an episode and a
morning have a key each, nothing is lost, since what was not raised is found again, and nothing comes in a burst, since
a counsellor's day holds few alerts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.desk import Desk
from bot.counsellors.group_text import CounsellorName
from bot.counsellors.needs import digest as mornings
from bot.counsellors.needs import following, needs_said
from bot.counsellors.needs.alerts import Alert, AlertKind, Precision, to_raise
from bot.counsellors.needs.following import Team
from bot.counsellors.needs.urgent import Today, shortlist
from bot.counsellors.needs.urgent_list import ROOM
from bot.counsellors.needs.urgent_presses import NOT_USEFUL, SEEN, USEFUL
from bot.counsellors.turn import VERSION
from bot.dialogs.replies import Button, Rows
from bot.dialogs.texts import Voice
from storage import alerts, attention, links, teams
from storage.alerts import WatchRow
from storage.teams import TeamRow

AN_HOUR: Final = timedelta(hours=1)


# Alerts


def look_due(conn: Connection, world: object, now: datetime, limit: int) -> int:
    """Raise what is to be raised in the teams that are due; returns how many there were."""
    alerts.watch_new_teams(conn, now)
    due = alerts.looks_due(conn, now, limit)
    for row in due:
        look(conn, row.team_id, now)
    return len(due)


def look(conn: Connection, team_id: str, now: datetime) -> int:
    """Raise the alerts of one team, and say when to look again; returns how many were raised."""
    row = teams.team_of(conn, team_id)
    if row is None:
        return 0
    team = following.load(conn, row, now)
    raised = 0
    if any(hours.is_working(now) for hours in team.hours.values()):
        raised = _raise(conn, team, now)
    ahead = (hours.next_working(now + AN_HOUR) for hours in team.hours.values())
    alerts.looked(conn, team_id, min((at for at in ahead if at is not None), default=None))
    return raised


def _raise(conn: Connection, team: Team, now: datetime) -> int:
    before = alerts.raised_before(conn, team.row.id)
    sent = alerts.sent_on(conn, team.row.id, team.days.today(now))
    precision = {
        AlertKind(kind): Precision(count.useful, count.useful + count.not_useful)
        for kind, count in alerts.counts(conn).items()
    }
    raised = 0
    for counsellor, hours in team.hours.items():
        today = {AlertKind(kind): count for kind, count in sent.get(counsellor, {}).items()}
        day = Today.of(hours, now)
        for alert in to_raise(team.of(counsellor), day, before, today, precision):
            raised += _say(conn, team, counsellor, alert, now)
    return raised


def _say(conn: Connection, team: Team, counsellor: int, alert: Alert, now: datetime) -> bool:
    """In the person's topic; a wish for a call also in the counsellor's private chat. False: it was raised before."""
    link_id = alert.person.link
    alert_id = alerts.add(conn, link_id, alert.key, alert.kind.value, counsellor, team.days.today(now))
    if alert_id is None:
        return False
    text, rows = needs_said.alert(alert), buttons(Voice(team.row.language), alert, alert_id)
    topic, private = links.topic_of(conn, link_id), team.members[counsellor].telegram_id
    if topic is not None:
        desk: Desk = topics.desk_of(conn, team.row, topic.chat_id, now)
        desk.say(text, link_id=link_id, buttons=rows, key=f"alert:{alert_id}", purpose="group alert")
    if private is not None and (alert.kind is AlertKind.CALL or topic is None):
        desk = topics.desk_of(conn, team.row, private, now)
        desk.say(text, buttons=rows, key=f"alert:{alert_id}:private", purpose="group alert")
    return True


def buttons(voice: Voice, alert: Alert, alert_id: int) -> Rows:
    """What to do about it, and whether it was of use."""

    def button(key: str, value: str) -> Button:
        return Button(voice(f"urgent.button.{key}"), ROOM, VERSION, str(alert.person.link), value)

    suggested = alert.suggested.value
    return (
        (button(suggested, suggested), button("handled", SEEN)),
        (button("useful", f"{USEFUL}{alert_id}"), button("not_useful", f"{NOT_USEFUL}{alert_id}")),
    )


# The digest


def digest_due(conn: Connection, world: object, now: datetime, limit: int) -> int:
    """Say the morning's digest in the teams that are due; returns how many there were."""
    due = alerts.digests_due(conn, now, limit)
    for row in due:
        _morning(conn, row, now)
    return len(due)


def _morning(conn: Connection, row: WatchRow, now: datetime) -> None:
    """A morning that has gone by without it is left out: the next one says it all."""
    team = teams.team_of(conn, row.team_id)
    if team is None:
        return
    days = following.team_days(team)
    said_on = row.digested_on
    if mornings.is_due(days, now, said_on):
        said_on = days.today(now)
        say_digest(conn, following.load(conn, team, now), now)
    alerts.digested(conn, team.id, said_on, mornings.next_at(days, now + timedelta(seconds=1), said_on))


def say_digest(conn: Connection, team: Team, now: datetime) -> None:
    """Once for the team in its General topic, or once for each counsellor at work, as the team chose."""
    lists = {
        counsellor: shortlist(team.of(counsellor), team.hours_of(counsellor), now)
        for counsellor in team.acting
    }
    today, names = team.days.today(now), _names(conn, team)
    zone = team.days.zone_info
    key = f"digest:{team.row.id}:{today.isoformat()}"

    def say(desk: Desk, one: mornings.Digest, *, named: bool, key: str) -> None:
        desk.say(needs_said.digest(one, names, today, zone, named=named), key=key, purpose="group digest")
        raised = {link for each in lists.values() for link in each.raised}
        attention.raised(conn, raised & set(one.people), today)

    if team.row.digest_place == "private":
        for counsellor, member in team.members.items():
            mine = mornings.digest({counsellor: lists[counsellor]}) if counsellor in lists else None
            if mine is None or member.telegram_id is None or not team.hours[counsellor].is_working_day(today):
                continue
            desk = topics.desk_of(conn, team.row, member.telegram_id, now)
            say(desk, mine, named=False, key=f"{key}:{counsellor}")
        return
    group, found = _first_group(conn, team.row), mornings.digest(lists)
    if team.row.digest_place == "group" and group is not None and found is not None:
        say(topics.desk_of(conn, team.row, group, now), found, named=True, key=key)


def _names(conn: Connection, team: Team) -> dict[int, CounsellorName]:
    """Names of whoever acts, those who have left the team included: their people are still somebody's."""
    found = {counsellor: teams.counsellor_of(conn, counsellor) for counsellor in team.acting}
    return {counsellor: CounsellorName(row.name if row else "?") for counsellor, row in found.items()}


def _first_group(conn: Connection, team: TeamRow) -> int | None:
    return next((group.chat_id for group in teams.groups(conn, team.id) if group.state == "active"), None)
