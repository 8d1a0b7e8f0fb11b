"""Whom a message to several people goes to: lists by what every card may show, and lists that the counsellor made.

A list never tells more of somebody than their card: who left a line out of it is on no list that is made from that
line, and there is none by town, by job or by anything else of the profile.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors.workshops.seats import opening
from storage import appointments, bulks, links, people, person_lists, team_words
from storage.links import LinkRow
from storage.people import PersonRecord

BY_CARD: Final = {"all": None, "quiet": "activity", "no_appointment": "appointment", "waiting": None}
"""List -> the line of the card that it is made from; None: of what every card shows."""
QUIET: Final = timedelta(days=14)
FAVOURITES: Final = "favourites"
"""Those whom the counsellor put at the top."""
OWN: Final = "list:"
"""What the choice of a list of the counsellor's own begins with."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody whom it goes to, when, and the date that it is for them then."""

    link: LinkRow
    record: PersonRecord
    at: datetime
    day: date


@dataclass(slots=True)
class Choice:
    """Whom it goes to, whom it does not and why (one of our words), and how many the list cannot tell of."""

    people: list[Chosen] = field(default_factory=list)
    excluded: list[tuple[LinkRow, str]] = field(default_factory=list)
    untold: int = 0

    def later(self, first: datetime) -> int:
        """How many get it on another morning."""
        return sum(one.at > first for one in self.people)


def followed(conn: Connection, team_id: str, counsellor_id: int, today: date) -> list[LinkRow]:
    """Those for whom this counsellor acts: their own, and those whom they cover for."""
    mine = links.of_counsellor(conn, counsellor_id)
    return [link for link in mine if link.team_id == team_id and link.followed_by(counsellor_id, today)]


def short(name: str) -> str:
    """A list's name on a button."""
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def choose(
    conn: Connection, team_id: str, counsellor_id: int, choice: str, first: datetime, today: date
) -> Choice:
    """Go through the counsellor's people. `first`: the earliest instant; `today`: the team's date."""
    found = Choice()
    on_list = _on_list(conn, counsellor_id, choice)
    for link in followed(conn, team_id, counsellor_id, today):
        record = people.load_person(conn, link.person_id)
        if record is None or (on_list is not None and link.id not in on_list):
            continue
        line = BY_CARD.get(choice)
        if line is not None and line not in link.shown:
            found.untold += 1
        elif _fits(conn, choice, link, record, first):
            _place(conn, found, link, record, first)
    return found


def _on_list(conn: Connection, counsellor_id: int, choice: str) -> set[int] | None:
    """The links on a list that the counsellor made; None for a list that is made from cards."""
    if choice == FAVOURITES:
        return set(team_words.starred(conn, counsellor_id))
    if choice.startswith(OWN):
        return person_lists.on_list(conn, counsellor_id, choice.removeprefix(OWN))
    return None


def _fits(conn: Connection, choice: str, link: LinkRow, record: PersonRecord, now: datetime) -> bool:
    match choice:
        case "quiet":
            return record.last_seen_at <= now - QUIET
        case "no_appointment":
            ahead = appointments.of_person(conn, record.id, after=now)
            return not any(one.state == "planned" for one in ahead)
        case "waiting":
            return link.waiting_since is not None
        case _:
            return True


def why_not(conn: Connection, link: LinkRow, record: PersonRecord, now: datetime) -> str | None:
    """Why somebody gets no message to several people now; None when they do."""
    if record.status != "active":
        return {"paused": "paused", "stopped": "stopped"}.get(record.status, "blocked")
    return "not_now" if person_lists.is_off(conn, link.id, now) else None


def _place(conn: Connection, found: Choice, link: LinkRow, record: PersonRecord, first: datetime) -> None:
    reason = why_not(conn, link, record, first)
    at, day = next_day(conn, link, record, first)
    if reason is None and day is None:
        reason = "today"
    if reason is not None or day is None:
        found.excluded.append((link, reason or "today"))
    else:
        found.people.append(Chosen(link, record, at, day))


def next_day(
    conn: Connection, link: LinkRow, record: PersonRecord, first: datetime
) -> tuple[datetime, date | None]:
    """When it can go to this person, and on which date of theirs: there is one such message a day.

    No date: their own team writes to them on it already. Another team's message puts it off to the next morning
    without a word: who else follows somebody is not told.
    """
    zone = ZoneInfo(record.profile.time_zone)
    at = opening(first, record.profile.time_zone)
    while True:
        day = at.astimezone(zone).date()
        taken = bulks.teams_on(conn, record.id, day)
        if not taken:
            return at, day
        if link.team_id in taken:
            return at, None
        at = opening(datetime.combine(day + timedelta(days=1), datetime.min.time(), zone), zone.key)
