"""Who is in the team: groups are activated by a code, counsellors join by a personal one, strangers are told of."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.desk import Desk
from bot.counsellors.group_text import CounsellorName, TeamName, lines, said
from bot.counsellors.incoming import GroupEvent
from bot.counsellors.turn import GroupTurn
from storage import invitations, links, teams
from storage.teams import CounsellorRow, TeamRow

NEEDED_RIGHTS = frozenset(("can_manage_topics", "can_delete_messages", "can_pin_messages"))
"""What the bot must be permitted in a group with topics; in a plain group, to delete and to pin."""
INVITATION_DAYS = 30


def missing_rights(rights: frozenset[str] | None, *, is_forum: bool) -> list[str]:
    """The rights that the bot lacks in a group, by Telegram's names; all of them where it is no administrator."""
    needed = NEEDED_RIGHTS if is_forum else NEEDED_RIGHTS - {"can_manage_topics"}
    return sorted(needed - (rights or frozenset()))


def activate(conn: Connection, event: GroupEvent, code: str, now: datetime) -> TeamRow | None:
    """`/activer CODE`: this group is the team's from now on; None when the code opens nothing.

    People who were linked while the team had no group get their topics now.
    """
    team = teams.activate(conn, code, event.chat_id, now, is_forum=event.is_forum)
    if team is None:
        return None
    for link in links.of_team(conn, team.id):
        topics.ensure(conn, link, now)
    return team


def tell_rights(desk: Desk, missing: list[str]) -> None:
    """Say in the group which rights to tick, if any."""
    if missing:
        named = lines(*(said(f"team.right.{name}") for name in missing))
        desk.say(said("team.rights_missing", rights=named))


def stranger_came(turn_desk: Desk, event: GroupEvent, now: datetime) -> None:
    """Tell the team that somebody without a code came in: they can read what is written here."""
    turn_desk.say(said("team.stranger"), key=once_a_day("stranger", event, event.member_id, now))


def once_a_day(what: str, event: GroupEvent, who: object, now: datetime) -> str:
    """The key of what is said of somebody once a day in a group; it does not name them."""
    told = hashlib.sha256(f"{event.chat_id} {who} {now.date()}".encode()).hexdigest()[:16]
    return f"{what}:{told}"


def member_left(conn: Connection, desk: Desk, team: TeamRow, member: CounsellorRow, now: datetime) -> None:
    """A counsellor left the team's only group, or was removed: their access ends at once.

    In a team of several groups they may well stay in another one: only an operator takes them out (`bob team remove`).
    """
    if len([one for one in teams.groups(conn, team.id) if one.state == "active"]) > 1:
        desk.say(said("team.member_left_one", who=CounsellorName(member.name)))
        return
    teams.leave(conn, member.id, now)
    followed = [link for link in links.of_counsellor(conn, member.id) if link.counsellor_id == member.id]
    desk.say(said("team.member_left", who=CounsellorName(member.name), n=len(followed)))


def invite(turn: GroupTurn) -> str:
    """A fresh invitation of this counsellor, for one person, within 30 days: its code."""
    return invitations.make(turn.conn, turn.member.id, turn.now, turn.now + timedelta(days=INVITATION_DAYS))


def team_name(team: TeamRow) -> TeamName:
    """The team's name, to be said."""
    return TeamName(team.name)
