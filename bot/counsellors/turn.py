"""One event in front of a team: who acts, where, for whom, and how Bob answers there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors.desk import Desk
from bot.counsellors.group_text import CounsellorName, GroupText, PersonLabel, label, said
from bot.counsellors.incoming import GroupEvent
from bot.dialogs.replies import Button, Rows, Toast
from bot.dialogs.texts import Voice
from bot.dialogs.turn import World
from storage import audit, people, teams
from storage.links import LinkRow
from storage.teams import CounsellorRow, GroupRow, TeamRow
from storage.words import Audited

VERSION = 1
"""Of the buttons of the group. They name what they are about: `acting1|<link>|<what>`."""


@dataclass
class GroupTurn:
    """An event of a member of the team, in the team's group or in their private chat with Bob (`group` is None)."""

    conn: Connection
    world: World
    now: datetime
    event: GroupEvent
    team: TeamRow
    group: GroupRow | None
    member: CounsellorRow
    desk: Desk
    link: LinkRow | None = None
    """Whose topic it is, whose message is answered, or whom the button names; always of this team."""
    toast: Toast | None = None

    @cached_property
    def voice(self) -> Voice:
        """Bob's voice in this team."""
        return Voice(self.team.language)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The team's time zone."""
        return ZoneInfo(self.team.time_zone)

    @property
    def today(self) -> date:
        """The team's date."""
        return self.now.astimezone(self.zone).date()

    @property
    def in_private(self) -> bool:
        return self.group is None

    def answer(self, text: GroupText, *, buttons: Rows = (), answer_wanted: str | None = None) -> int | None:
        """Say it where the event came from: in the topic, in General, or in the private chat."""
        in_topic = self.link.id if self.link is not None and self.event.thread_id is not None else None
        return self.desk.say(
            text,
            link_id=in_topic,
            buttons=buttons,
            reply_to=None if self.event.callback_id else self.event.message_id,
            answer_wanted=answer_wanted,
        )

    def notice(self, text: GroupText, *, alert: bool = False) -> None:
        """Short words to this member alone: over a pressed button; for anything else, in an answer."""
        if self.event.callback_id is not None:
            self.toast = Toast(text.render(self.voice, self.today), alert=alert)
        else:
            self.answer(text)

    def label_of(self, link: LinkRow) -> PersonLabel:
        """How the person of a link is called in front of the team."""
        record = people.load_person(self.conn, link.person_id)
        return label(record.profile.first_name if record else None, link.initial, link.id)

    def name_of(self, counsellor_id: int | None) -> CounsellorName:
        """The name of a counsellor."""
        found = teams.counsellor_of(self.conn, counsellor_id) if counsellor_id is not None else None
        return CounsellorName(found.name if found else "?")

    def note(self, link: LinkRow, what: Audited) -> None:
        """Put into the audit log what this member did or opened."""
        audit.note(self.conn, link.person_id, what, self.now, actor=self.member.audit_key)

    def button(self, key: str, room: str, step: str | int, value: str) -> Button:
        """A button of the group. `room`: whose presses it belongs to (`bot.counsellors.registry.PRESSES`)."""
        return Button(self.voice(key), room, VERSION, str(step), value)


def acting(turn: GroupTurn, link: LinkRow | None, what: Audited) -> bool:
    """Whether this member may act for that person; if so it is in the audit log as `what`, if not they are told why.

    Reading needs membership of the team, acting needs the link: the person's own counsellor, or who covers for them.
    """
    if link is None or link.team_id != turn.team.id:
        turn.notice(said("group.no_such_person"))
        return False
    if not link.followed_by(turn.member.id, turn.today):
        who = turn.name_of(link.covering(turn.today) or link.counsellor_id)
        if has_nobody(turn, link):
            turn.notice(said("acting.transfer.nobody", who=who, person=turn.label_of(link)), alert=True)
            return False
        turn.notice(said("group.not_yours", who=who, person=turn.label_of(link)), alert=True)
        return False
    turn.note(link, what)
    return True


def has_nobody(turn: GroupTurn, link: LinkRow) -> bool:
    """Whether the person's counsellor has left the team, and nobody who is there covers."""
    known = (link.covering(turn.today), link.counsellor_id)
    there = (teams.counsellor_of(turn.conn, each) for each in known if each is not None)
    return all(each is None or each.left_at is not None for each in there)
