"""What a person looks up about themselves: read in the turn's transaction, said by the dialogues."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.dialogs import access as told
from bot.dialogs.access import ENTRIES, Entry, Reader
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from storage import audit, links, teams
from storage.links import LinkRow


def access(conn: Connection, person_id: str, turn: Turn, page: int) -> Reply:
    """Who can read the person's topics now, and a page of what was done with what is kept of them."""
    found = audit.newest(conn, person_id, ENTRIES + 1, page * ENTRIES)
    entries = tuple(Entry(row.what, row.at, row.actor) for row in found[:ENTRIES])
    readers = tuple(
        reader
        for link in links.of_person(conn, person_id)
        if (reader := _reader(conn, link, turn)) is not None
    )
    return told.reply(turn, readers, entries, page, more=len(found) > ENTRIES)


def _reader(conn: Connection, link: LinkRow, turn: Turn) -> Reader | None:
    team, counsellor = teams.team_of(conn, link.team_id), teams.counsellor_of(conn, link.counsellor_id)
    if team is None or counsellor is None:
        return None
    covering = link.covering(turn.now.astimezone(ZoneInfo(team.time_zone)).date())
    cover = teams.counsellor_of(conn, covering) if covering is not None else None
    members = tuple(one.name for one in teams.members(conn, team.id))
    return Reader(
        team.name,
        members,
        counsellor.name if counsellor.left_at is None else None,
        cover.name if cover is not None and cover.left_at is None else None,
    )
