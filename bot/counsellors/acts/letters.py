"""The letter of a handover: facts that the team sees on the card anyway, and the counsellor's words.

The person gets it first. It is read by nobody else before they say yes, and without a yes by nobody at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors import card
from bot.counsellors.group_text import ByCounsellor, GroupText, said
from storage.links import LinkRow
from storage.teams import TeamRow


def lines_of(conn: Connection, link: LinkRow, team: TeamRow, now: datetime) -> list[dict[str, Any]]:
    """The lines of a letter, as plain values: only what the person left on their card."""
    zone = ZoneInfo(team.time_zone)
    found: list[dict[str, Any]] = [
        {"what": "since", "day": link.linked_at.astimezone(zone).date().isoformat()}
    ]
    facts = card.facts_of(conn, link, team, now)
    if facts is not None and facts.done is not None:
        found.append({"what": "done", "n": facts.done})
    if facts is not None and facts.appointment is not None:
        found.append({"what": "appointment", "when": facts.appointment.isoformat()})
    return found


def shown(found: Sequence[dict[str, Any]], left_out: Sequence[int] = ()) -> list[GroupText]:
    """The lines as the team reads them, without those that the person left out."""
    return [_line(one) for place, one in enumerate(found) if place not in left_out]


def _line(one: dict[str, Any]) -> GroupText:
    match one["what"]:
        case "since":
            return said("acting.letter.since", day=date.fromisoformat(one["day"]))
        case "done":
            return said("acting.letter.done", n=int(one["n"]))
        case "appointment":
            return said("acting.letter.appointment", moment=datetime.fromisoformat(one["when"]))
        case _:
            return said("acting.letter.words", words=ByCounsellor(one["words"]))
