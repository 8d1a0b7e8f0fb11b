"""`bob team ...`: teams, their codes, and who is in them. Codes are shown once; only their digests are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import available_timezones

from sqlalchemy import Connection

from bot.commands.database import open_present
from bot.settings import Settings
from storage import links, teams
from storage.teams import TeamRow
from storage.words import DigestPlace

LONGEST_NAME = 60
T = TypeVar("T")


class TeamError(Exception):
    """What was asked for a team cannot be done; the text says why, and what to do."""


def create(settings: Settings, name: str, *, language: str, time_zone: str) -> int:
    """Make a team; prints the code that activates its Telegram group."""
    name = _name(name)
    if time_zone not in available_timezones():
        raise TeamError(f"{time_zone} is no time zone: give one like Europe/Paris.")

    def work(conn: Connection) -> str:
        if any(one.name == name for one in teams.teams(conn)):
            raise TeamError(f"There is a team of the name {name} already: `bob team list` shows it.")
        _, code = teams.create_team(conn, name, datetime.now(UTC), language=language, time_zone=time_zone)
        return code

    code = _run(settings, work)
    print(
        f"Team {name} is made. Make a Telegram group with topics, add the bot as an administrator (manage topics,"
    )
    print("delete messages, pin messages), and write there:")
    print(f"  /activer {code}")
    print(f'Then give each counsellor a code of their own: bob team counsellor "{name}" NAME')
    return 0


def renew(settings: Settings, name: str) -> int:
    """A fresh activation code, for one more group of the team, or because the first was lost."""
    code = _run(settings, lambda conn: teams.renew_team_code(conn, _team(conn, name).id))
    print(f"  /activer {code}")
    return 0


def add_counsellor(settings: Settings, name: str, counsellor: str) -> int:
    """Add a counsellor to a team; prints their personal code."""
    counsellor = _name(counsellor)

    def work(conn: Connection) -> str:
        team = _team(conn, name)
        if any(one.name == counsellor for one in teams.members(conn, team.id)):
            raise TeamError(f"{counsellor} is in the team already: give a name that tells the two apart.")
        return teams.add_counsellor(conn, team.id, counsellor)[1]

    code = _run(settings, work)
    print(f"{counsellor} opens a private chat with the bot and sends, once:")
    print(f"  /start {code}")
    return 0


def remove_counsellor(settings: Settings, name: str, counsellor: str) -> int:
    """Take a counsellor out of a team: their access ends at once. Whoever they followed is told of below."""

    def work(conn: Connection) -> int:
        team = _team(conn, name)
        found = [one for one in teams.members(conn, team.id) if one.name == counsellor]
        if not found:
            raise TeamError(f"Nobody of the name {counsellor} is in the team: `bob team list` shows who is.")
        teams.leave(conn, found[0].id, datetime.now(UTC))
        return len(
            [link for link in links.of_counsellor(conn, found[0].id) if link.counsellor_id == found[0].id]
        )

    followed = _run(settings, work)
    print(
        f"{counsellor} is no longer in the team. Remove them from the Telegram group too: Bob cannot hide it from them."
    )
    if followed:
        print(f"People to hand over to a colleague: {followed}.")
    return 0


def put_digest(settings: Settings, name: str, place: DigestPlace) -> int:
    """Where the morning's digest goes: in the group, to each counsellor in private, or nowhere."""
    _run(settings, lambda conn: teams.set_digest_place(conn, _team(conn, name).id, place))
    print(f"The digest of {name}, Monday to Friday at 8:00 where somebody needs something: {place}.")
    return 0


def show(settings: Settings) -> int:
    """The teams, their groups and who is in them."""

    def work(conn: Connection) -> list[str]:
        return [line for team in teams.teams(conn) for line in _lines(conn, team)]

    found = _run(settings, work)
    print("\n".join(found) if found else "There is no team yet: bob team create NAME")
    return 0


def _lines(conn: Connection, team: TeamRow) -> list[str]:
    groups = teams.groups(conn, team.id)
    people = len(links.of_team(conn, team.id))
    states = [
        f"{group.chat_id} ({'topics' if group.is_forum else 'no topics'}, {group.state})" for group in groups
    ]
    return [
        f"{team.name}: {people} people followed, language {team.language}, {team.time_zone}",
        f"  groups: {', '.join(states) if states else 'none yet: /activer with the code of `bob team code`'}",
        f"  counsellors: {', '.join(one.name for one in teams.members(conn, team.id)) or 'none has joined yet'}",
    ]


def _team(conn: Connection, name: str) -> TeamRow:
    found = [team for team in teams.teams(conn) if team.name == name]
    if not found:
        known = ", ".join(team.name for team in teams.teams(conn))
        raise TeamError(
            f"There is no team {name}. " + (f"Known: {known}." if known else "bob team create NAME")
        )
    return found[0]


def _name(text: str) -> str:
    """A name on one line."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME:
        raise TeamError(f"A name has 1 to {LONGEST_NAME} characters.")
    return name


def _run(settings: Settings, work: Callable[[Connection], T]) -> T:
    store = open_present(settings)
    try:
        return store.run_sync(work)
    finally:
        store.close()
