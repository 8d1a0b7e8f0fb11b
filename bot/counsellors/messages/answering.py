"""Who waits for an answer of their team, since when, and the one reminder of a counsellor who has not given it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import CounsellorName, said
from bot.counsellors.needs.asking import who_acts
from bot.counsellors.needs.following import hours_of, team_days
from bot.counsellors.turn import VERSION
from bot.counsellors.working_time import Hours
from bot.dialogs.replies import Button
from storage import answers, links, relays, teams
from storage.links import LinkRow
from storage.teams import TeamRow

REMINDER_AFTER: Final = 2
"""Working days without an answer."""


def hours_for(conn: Connection, link: LinkRow, team: TeamRow, now: datetime) -> Hours:
    """When the person's counsellor, or who covers for them, works; the team's days once they are gone."""
    acting = who_acts(conn, link, now)
    return team_days(team) if acting is None else hours_of(conn, team, acting, now)


def wrote(conn: Connection, link: LinkRow, now: datetime) -> None:
    """The person wrote to their team: they wait, from the first message without an answer on."""
    if link.waiting_since is not None:
        links.save(conn, link.id, last_word_at=now)
        return
    team = teams.team_of(conn, link.team_id)
    at = None if team is None else hours_for(conn, link, team, now).after_working_days(now, REMINDER_AFTER)
    links.save(conn, link.id, waiting_since=now, reminded_at=None, remind_at=at, last_word_at=now)


def answered(conn: Connection, link: LinkRow, counsellor_id: int, now: datetime) -> None:
    """A counsellor answers: nobody waits any more."""
    answers.answered(conn, link, counsellor_id, now)
    links.save(conn, link.id, waiting_since=None, reminded_at=None, remind_at=None, last_contact_at=now)


def not_answered(conn: Connection, link: LinkRow, now: datetime) -> None:
    """The answer did not reach the person: they wait still, since their last message."""
    since, team = link.last_word_at, teams.team_of(conn, link.team_id)
    if link.waiting_since is not None or since is None or team is None:
        return
    at = hours_for(conn, link, team, now).after_working_days(since, REMINDER_AFTER)
    links.save(conn, link.id, waiting_since=since, remind_at=at)


def taken_back(conn: Connection, link: LinkRow) -> None:
    """The person took a message back; with the last one that waited for an answer, the waiting ends."""
    since = link.waiting_since
    if since is not None and not relays.any_since(conn, link.id, since):
        links.save(conn, link.id, waiting_since=None, reminded_at=None, remind_at=None)


def remind_waiting(conn: Connection, world: object, now: datetime, limit: int) -> int:
    """Remind the counsellors of those who wait too long, once for each wait; returns how many were due."""
    due = links.reminders_due(conn, now, limit)
    for link in due:
        remind(conn, link, now)
    return len(due)


def remind(conn: Connection, link: LinkRow, now: datetime) -> None:
    """Remind now, or note when to: hours, days off or who covers may have changed since."""
    team = teams.team_of(conn, link.team_id)
    if team is None or link.waiting_since is None or link.reminded_at is not None:
        links.save(conn, link.id, remind_at=None)
        return
    hours = hours_for(conn, link, team, now)
    at = hours.after_working_days(link.waiting_since, REMINDER_AFTER)
    if at is not None and at <= now and not hours.is_working(now):
        at = hours.next_working(now)
    if at is None or at > now:
        links.save(conn, link.id, remind_at=at)
        return
    links.save(conn, link.id, remind_at=None, reminded_at=now)
    _say(conn, link, team, now)


def _say(conn: Connection, link: LinkRow, team: TeamRow, now: datetime) -> None:
    """In the topic, or in the private chat of the counsellor to whom the person writes."""
    acting, topic = who_acts(conn, link, now), links.topic_of(conn, link.id)
    assert link.waiting_since is not None
    private = acting.telegram_id if acting is not None and link.words_to == "private" else None
    chat = private if private is not None else topic.chat_id if topic is not None else None
    if chat is None:
        return
    desk = topics.desk_of(conn, team, chat, now)
    moment = link.waiting_since.astimezone(team_days(team).zone_info).replace(tzinfo=None)
    named = said(
        "group.relay.reminder",
        who=CounsellorName(acting.name if acting is not None else "?"),
        person=topics.label_of(conn, link),
        moment=moment,
    )
    write = Button(desk.voice("group.button.write"), "writing", VERSION, str(link.id), "ask")
    desk.say(
        named, link_id=link.id if private is None else None, buttons=((write,),), purpose="group reminder"
    )
