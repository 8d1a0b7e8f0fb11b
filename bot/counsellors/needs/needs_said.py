"""The words of the list, of the alerts and of the digest: one line for each person, in the team's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.counsellors.group_text import CounsellorName, GroupText, lines, said
from bot.counsellors.needs.alerts import Alert
from bot.counsellors.needs.digest import Digest
from bot.counsellors.needs.urgent import Kind, Need

A_WEEK = 7


def need(one: Need, today: date, zone: ZoneInfo) -> GroupText:
    """Why somebody is on the list: "Sofia M. attend une réponse depuis lundi 23 novembre."."""
    person = one.person.label
    if one.kind is Kind.APPOINTMENT and one.person.next_appointment_at is not None:
        return said(
            "urgent.reason.appointment", person=person, when=_local(one.person.next_appointment_at, zone)
        )
    if one.kind is Kind.QUIET:
        return said("urgent.reason.quiet", person=person, n=(today - one.since).days // A_WEEK)
    if one.kind is Kind.UNREACHABLE:
        return said("urgent.reason.unreachable", person=person)
    return said(f"urgent.reason.{one.kind}", person=person, since=one.since)


def alert(one: Alert) -> GroupText:
    """Why somebody is worth a message of its own. What a call is asked for is not said, nor known."""
    return said(f"urgent.reason.{one.kind}", person=one.person.label, since=one.since)


def digest(
    one: Digest, names: Mapping[int, CounsellorName], today: date, zone: ZoneInfo, *, named: bool
) -> GroupText:
    """The morning's message; `named`: each line says whose it is."""

    def line(counsellor: int, need_: Need) -> GroupText:
        reason = need(need_, today, zone)
        return said("urgent.digest.line", who=names[counsellor], reason=reason) if named else reason

    summary = (
        said("urgent.digest.summary", waiting=one.waiting, others=one.others)
        if one.others
        else said("urgent.digest.waiting", waiting=one.waiting)
    )
    return lines(
        summary,
        *(line(counsellor, each) for counsellor, each in one.lines),
        said("urgent.digest.more", n=one.more) if one.more else None,
    )


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
