"""What a person asks of their counsellor from their own chat: a human, or a call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors.needs.following import hours_of, team_days
from storage import alerts, audit, links, teams
from storage.links import LinkRow
from storage.teams import CounsellorRow


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is told, and from when on they may be: an instant, never at night or on a day off; None: not in sight."""

    counsellor: str
    at: datetime | None


def who_acts(conn: Connection, link: LinkRow, now: datetime) -> CounsellorRow | None:
    """The present member of the team who acts for the person of a link now."""
    team = teams.team_of(conn, link.team_id)
    if team is None:
        return None
    for counsellor_id in (link.covering(team_days(team).today(now)), link.counsellor_id):
        found = teams.counsellor_of(conn, counsellor_id) if counsellor_id is not None else None
        if found is not None and found.left_at is None:
            return found
    return None


def for_human(conn: Connection, link: LinkRow, now: datetime) -> Asked | None:
    """The person asks for a human; None when nobody acts for them any more."""
    return _ask(conn, link, now, call=False)


def for_call(conn: Connection, person_id: str, link_id: int, now: datetime) -> Asked | None:
    """The person agrees that their counsellor be asked to call; None when that link is not theirs (any more)."""
    link = links.by_id(conn, link_id)
    return None if link is None or link.person_id != person_id else _ask(conn, link, now, call=True)


def _ask(conn: Connection, link: LinkRow, now: datetime, *, call: bool) -> Asked | None:
    team, counsellor = teams.team_of(conn, link.team_id), who_acts(conn, link, now)
    if team is None or counsellor is None:
        return None
    if not _is_open(link, call=call):
        if call:
            links.save(conn, link.id, call_asked_at=now)
        else:
            links.save(conn, link.id, human_asked_at=now)
        audit.note(conn, link.person_id, "call asked" if call else "human asked", now)
        links.want_card(conn, link.id, now)
    at = hours_of(conn, team, counsellor, now).next_working(now)
    if at is not None:
        alerts.want_look(conn, team.id, at)
    return Asked(counsellor.name, at)


def _is_open(link: LinkRow, *, call: bool) -> bool:
    """Whether they asked already, and nobody saw to it: the same wish, however often it is said."""
    if call:
        return link.call_asked_at is not None
    asked, contacted = link.human_asked_at, link.last_contact_at
    return asked is not None and (contacted is None or contacted <= asked)
