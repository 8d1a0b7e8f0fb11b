"""What a person answers to their counsellor: carried out, and told in the topic; never a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.counsellors import linking, topics
from bot.counsellors.group_text import GroupText, said
from bot.counsellors.messages import to_person
from bot.dialogs.appointment import Appointment
from bot.dialogs.replies import Reply
from bot.dialogs.texts import Voice, voice_of
from storage import links, proposals, teams
from storage.links import LinkRow
from storage.people import PersonRecord
from storage.proposals import ProposalRow


def answered(conn: Connection, record: PersonRecord, proposal_id: int, answer: str, now: datetime) -> None:
    """Carry out an answer of the person. One to a proposal of somebody else's, or that is over, does nothing."""
    row = proposals.by_id(conn, proposal_id)
    link = links.by_id(conn, row.link_id) if row is not None else None
    if row is None or link is None or link.person_id != record.id:
        return
    if answer == "leave":
        linking.leave(conn, link, now)
    elif row.kind == "appointment":
        _appointment(conn, record, link, row, answer, now)
    else:
        _handover(conn, link, row, answer, now)


def _appointment(
    conn: Connection, record: PersonRecord, link: LinkRow, row: ProposalRow, answer: str, now: datetime
) -> None:
    if answer == "yes":
        proposals.save(conn, row.id, state="accepted", due_at=None)
        links.want_card(conn, link.id, now)
    elif answer == "no":
        proposals.save(conn, row.id, state="declined", due_at=None)
    else:
        ask_person(conn, record, link, row.counsellor_id, "proposed.which", "proposed.which_hint", now)
    tell(
        conn,
        link,
        said(
            f"acting.answer.{answer}",
            person=topics.label_of(conn, link),
            moment=_moment(conn, link, row.data),
        ),
        now,
    )


def _handover(conn: Connection, link: LinkRow, row: ProposalRow, answer: str, now: datetime) -> None:
    verb, _, place = answer.partition("-")
    if verb == "letter":
        proposals.save(conn, row.id, data={**row.data, "letter": "ok"})
    elif verb == "drop":
        proposals.save(
            conn, row.id, data={**row.data, "left_out": sorted({*row.data["left_out"], int(place)})}
        )
    elif verb == "no":
        if row.kind == "cover" and row.state == "accepted":
            links.save(conn, link.id, cover_id=None, cover_until=None)
            links.want_card(conn, link.id, now)
        proposals.save(conn, row.id, state="declined", due_at=None)
        tell(conn, link, said("acting.answer.stays", person=topics.label_of(conn, link)), now)


def appointment_kept(conn: Connection, person_id: str, one: Appointment, now: datetime) -> None:
    """An appointment with a counsellor changed in the person's own list: its date is told, nothing else."""
    row = proposals.by_uid(conn, one.uid)
    link = links.by_id(conn, row.link_id) if row is not None else None
    if row is None or link is None or link.person_id != person_id:
        return
    links.want_card(conn, link.id, now)
    if row.state == "accepted" and one.cancelled:
        proposals.save(conn, row.id, state="declined")
        _tell_moment(conn, link, row, "cancelled", now)
    elif row.state == "declined" and not one.cancelled:
        proposals.save(conn, row.id, state="accepted")
        _tell_moment(conn, link, row, "yes", now)
    elif row.state == "accepted" and _is_elsewhere(row.data, one):
        data = {**row.data, "when": one.local_when.isoformat(), "zone": one.time_zone}
        proposals.save(conn, row.id, data=data)
        tell(
            conn,
            link,
            said("acting.answer.moved", person=topics.label_of(conn, link), moment=_moment(conn, link, data)),
            now,
        )


def _is_elsewhere(data: dict[str, Any], one: Appointment) -> bool:
    return datetime.fromisoformat(data["when"]).replace(tzinfo=ZoneInfo(data["zone"])) != one.starts_at


def _tell_moment(conn: Connection, link: LinkRow, row: ProposalRow, what: str, now: datetime) -> None:
    person, moment = topics.label_of(conn, link), _moment(conn, link, row.data)
    tell(conn, link, said(f"acting.answer.{what}", person=person, moment=moment), now)


def _moment(conn: Connection, link: LinkRow, data: dict[str, Any]) -> datetime:
    """On the team's wall clock, naive."""
    team = teams.team_of(conn, link.team_id)
    at = datetime.fromisoformat(data["when"]).replace(tzinfo=ZoneInfo(data["zone"]))
    return at.astimezone(ZoneInfo(team.time_zone if team is not None else "UTC")).replace(tzinfo=None)


def tell(conn: Connection, link: LinkRow, text: GroupText, now: datetime) -> None:
    """Say it in the person's topic."""
    desk = topics.desk_of_link(conn, link, now)
    if desk is not None:
        desk.say(text, link_id=link.id)


def ask_person(
    conn: Connection,
    record: PersonRecord,
    link: LinkRow,
    counsellor_id: int | None,
    key: str,
    hint: str,
    now: datetime,
) -> None:
    """Ask the person for words that their counsellor will read: what answers this message goes to the topic."""
    counsellor = teams.counsellor_of(conn, counsellor_id) if counsellor_id is not None else None
    voice: Voice = voice_of(record.language, record.form)
    text = voice(key, who=counsellor.name if counsellor is not None else "?")
    asked = Reply(text, force_reply=voice(hint))
    to_person.add(conn, link, record.chat_id, asked, now, counsellor_id=counsellor_id)
