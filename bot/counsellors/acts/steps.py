"""The next step of a proposal whose time has come: what changes for the team."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.acts import answers, letters, standing
from bot.counsellors.group_text import CounsellorName, lines, said
from storage import audit, links, proposals, teams
from storage.links import LinkRow
from storage.proposals import ProposalRow
from storage.teams import CounsellorRow, TeamRow


def is_to_be_said(row: ProposalRow) -> bool:
    """Whether this step is something to say to the person: a proposal, its end."""
    return row.state in ("waiting", "withdrawn") or (row.kind == "cover" and row.state == "accepted")


def said_now(conn: Connection, row: ProposalRow, link: LinkRow, team: TeamRow, now: datetime) -> None:
    """It was said to the person: what comes next, and when."""
    zone = ZoneInfo(team.time_zone)
    data = {**row.data, "said": True}
    if row.state == "withdrawn" or row.kind == "pause":
        proposals.save(conn, row.id, state="over", due_at=None)
    elif row.kind == "appointment":
        proposals.save(conn, row.id, state="said", data=data, due_at=None)
    elif row.state == "accepted":
        _give_back(conn, row, link, now)
    else:
        first = max(date.fromisoformat(row.data["on"]), now.astimezone(zone).date() + timedelta(days=1))
        proposals.save(conn, row.id, state="said", data=data, due_at=standing.morning(first, zone))


def _give_back(conn: Connection, row: ProposalRow, link: LinkRow, now: datetime) -> None:
    proposals.save(conn, row.id, state="over", due_at=None)
    if link.cover_id == row.data["to"]:
        links.save(conn, link.id, cover_id=None, cover_until=None)
    links.want_card(conn, link.id, now)
    audit.note(conn, link.person_id, "handover over", now)
    back, person = _present(conn, link.counsellor_id), topics.label_of(conn, link)
    if back is not None:
        text = said("acting.transfer.back", person=person, who=CounsellorName(back.name))
    else:
        text = said("acting.transfer.back_to_nobody", person=person)
    answers.tell(conn, link, text, now)


def take_effect(conn: Connection, row: ProposalRow, link: LinkRow, team: TeamRow, now: datetime) -> None:
    """A relay begins, or somebody else follows the person for good; unless that colleague has left meanwhile."""
    person = topics.label_of(conn, link)
    to = _present(conn, row.data["to"])
    if to is None or row.kind not in ("cover", "transfer"):
        proposals.save(conn, row.id, state="over", due_at=None)
        if row.kind in ("cover", "transfer"):
            answers.tell(conn, link, said("acting.transfer.not_there", person=person), now)
        return
    who = CounsellorName(to.name)
    for other in proposals.of_link(conn, link.id):  # a relay that this one takes the place of
        if other.kind == "cover" and other.state == "accepted":
            proposals.save(conn, other.id, state="over", due_at=None)
    if row.kind == "cover":
        until = date.fromisoformat(row.data["until"])
        links.save(conn, link.id, cover_id=to.id, cover_until=until)
        after = standing.morning(until + timedelta(days=1), ZoneInfo(team.time_zone))
        proposals.save(conn, row.id, state="accepted", due_at=after)
        answers.tell(conn, link, said("acting.transfer.covers", person=person, who=who, day=until), now)
    else:
        links.save(conn, link.id, counsellor_id=to.id, cover_id=None, cover_until=None)
        proposals.save(conn, row.id, state="over", due_at=None)
        letter = letters.shown(row.data["lines"], row.data["left_out"]) if row.data["letter"] == "ok" else []
        head = said("acting.transfer.follows", person=person, who=who)
        answers.tell(conn, link, lines(head, *letter), now)
    links.want_card(conn, link.id, now)
    audit.note(conn, link.person_id, "handover began", now, actor=to.audit_key)


def _present(conn: Connection, counsellor_id: int) -> CounsellorRow | None:
    found = teams.counsellor_of(conn, counsellor_id)
    return found if found is not None and found.left_at is None else None
