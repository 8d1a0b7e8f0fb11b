"""A confirmed message to several people: called back, handed to the courier when its time comes, and reported on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import GroupText, lines, said
from bot.counsellors.messages import to_person
from bot.counsellors.several import bulk_words, choosing
from bot.counsellors.several.bulk_preview import MOST_NAMED, which
from bot.counsellors.several.choosing import Choice
from bot.counsellors.turn import VERSION, GroupTurn
from bot.counsellors.workshops.seats import end_of_hours, opening
from bot.dialogs import workshop
from bot.dialogs.replies import Button, Rows
from bot.dialogs.turn import World
from storage import audit, bulks, links, people, teams
from storage.bulks import BulkRow, RecipientRow
from storage.links import LinkRow
from storage.people import PersonRecord
from storage.teams import CounsellorRow, TeamRow

APART: Final = timedelta(seconds=15)
"""Between two edits of a report."""
PURPOSE: Final = "several"


def keep_recipients(conn: Connection, bulk_id: int, found: Choice) -> int:
    """Note whom it goes to, and when; how many. Whoever got another one meanwhile is not among them."""
    return sum(
        bulks.add_recipient(
            conn,
            RecipientRow(bulk_id, one.link.id, one.record.id, one.day, one.at, "waiting", None, None),
        )
        for one in found.people
    )


def undo(turn: GroupTurn, row: BulkRow) -> bool:
    """Whoever does not have it yet will not get it."""
    if row.state != "sending":
        return False
    called_back = bulks.undo(turn.conn, row.id)
    if called_back == 0:
        turn.notice(said("bulk.too_late"))
        return True
    if called_back == row.planned:
        bulks.move(turn.conn, row.id, "sending", "undone")
        bulks.save(turn.conn, row.id, words=None, due_at=None)
        assert turn.event.message_id is not None
        turn.desk.rewrite(turn.event.message_id, said("bulk.undone"))
        return True
    bulks.want_report(turn.conn, row.id, turn.now)
    turn.notice(said("bulk.undone_rest", n=called_back))
    return True


# Handing over


def send_several_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Hand over to the courier what is due, at most `limit`; returns how many there were."""
    due = bulks.due_recipients(conn, now, limit)
    for row in due:
        _send_one(conn, row, now)
    return len(due)


def _send_one(conn: Connection, row: RecipientRow, now: datetime) -> None:
    """One message, if things still stand as they did when it was confirmed."""
    bulk, link = bulks.by_id(conn, row.bulk_id), links.by_id(conn, row.link_id)
    record = people.load_person(conn, row.person_id)
    team = teams.team_of(conn, bulk.team_id) if bulk is not None else None
    who = teams.counsellor_of(conn, bulk.counsellor_id) if bulk is not None else None
    if bulk is None or link is None or record is None or team is None or who is None or bulk.words is None:
        bulks.set_recipient(conn, row, "failed", reason="failed")
        return
    bulks.want_report(conn, bulk.id, now + APART)
    reason = _why_not_now(conn, link, record, who, team, now)
    if reason is not None:
        bulks.set_recipient(conn, row, "failed", reason=reason)
        return
    at, day = choosing.next_day(conn, link, record, now) if _is_late(record, now) else (now, row.local_date)
    if day is None:
        bulks.set_recipient(conn, row, "failed", reason="today")
    elif at > now:
        bulks.put_off(conn, row, at, day)
    else:
        _hand_over(conn, row, bulk.words, link, record, who, team, now)


def _is_late(record: PersonRecord, now: datetime) -> bool:
    """Whether people may not be written to any more today: Bob was away meanwhile."""
    return opening(now, record.profile.time_zone) > now


def _why_not_now(
    conn: Connection, link: LinkRow, record: PersonRecord, who: CounsellorRow, team: TeamRow, now: datetime
) -> str | None:
    today = topics.desk_of(conn, team, 0, now).today
    if who.left_at is not None or not link.followed_by(who.id, today):
        return "handed"
    return choosing.why_not(conn, link, record, now)


def _hand_over(
    conn: Connection,
    row: RecipientRow,
    words: str,
    link: LinkRow,
    record: PersonRecord,
    who: CounsellorRow,
    team: TeamRow,
    now: datetime,
) -> None:
    voice = to_person.voice_of(record)
    text = bulk_words.read_by(words, voice, record.profile.first_name, who.name)
    reply = workshop.several(voice, text, who=who.name, team=team.name, link=link.id)
    outbox_id = to_person.send(
        conn,
        link,
        record,
        reply,
        now,
        counsellor_id=who.id,
        purpose=PURPOSE,
        lane="bulk",
        expires_at=end_of_hours(now, record.profile.time_zone),
    )
    bulks.set_recipient(conn, row, "queued", outbox_id=outbox_id)
    audit.note(conn, record.id, "message to several people", now, actor=who.audit_key)


def settled(conn: Connection, outbox_id: int, failure: str | None, now: datetime) -> None:
    """The courier has sent one of them, or cannot. `failure`: one of `scheduler.messenger.Failure`, None if sent."""
    found = bulks.by_outbox(conn, outbox_id)
    if found is None:
        return
    if failure is None:
        bulks.set_recipient(conn, found, "delivered")
    else:
        bulks.set_recipient(conn, found, "failed", reason="blocked" if failure == "unreachable" else "failed")
    bulks.want_report(conn, found.bulk_id, now + APART)


# The report


def report_several_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Write the reports anew that are due, at most `limit`; returns how many there were."""
    due = bulks.due(conn, now, limit)
    for row in due:
        _report(conn, row, now)
    return len(due)


def _report(conn: Connection, row: BulkRow, now: datetime) -> None:
    rows = bulks.recipients(conn, row.id)
    counts = bulks.counts(rows)
    over = not counts["waiting"] and not counts["queued"]
    waiting = [one.not_before for one in rows if one.state == "waiting"]
    if over:
        bulks.move(conn, row.id, "sending", "done")
        bulks.save(conn, row.id, words=None, due_at=None)
    else:
        # What is in the courier's hands reports itself; the rest is looked at when its time comes.
        bulks.save(conn, row.id, due_at=max(min(waiting), now) + APART if waiting else None)
    team = teams.team_of(conn, row.team_id)
    if team is None or row.message_id is None:
        return
    desk = topics.desk_of(conn, team, row.chat_id, now)
    undo_button = Button(desk.voice("bulk.button.undo"), "bulk", VERSION, f"b{row.id}", "undo")
    buttons: Rows = ((undo_button,),) if counts["waiting"] else ()
    desk.rewrite(row.message_id, report_text(conn, row, rows), buttons=buttons, quiet=True)


def report_text(conn: Connection, row: BulkRow, rows: list[RecipientRow]) -> GroupText:
    """Delivered, still to come, and for each who did not get it, why."""
    counts = bulks.counts(rows)
    failed = [one for one in rows if one.state == "failed"]
    named = []
    for one in failed[:MOST_NAMED]:
        link = links.by_id(conn, one.link_id)
        if link is not None:
            named.append(said(f"bulk.excluded.{one.reason}", person=topics.label_of(conn, link)))
    gone = row.planned - len(rows)
    return lines(
        said("bulk.report.head", which=which(row.choice)),
        said("bulk.report.delivered", n=counts["delivered"], planned=row.planned),
        said("bulk.report.underway", n=counts["queued"]) if counts["queued"] else None,
        said("bulk.report.waiting", n=counts["waiting"]) if counts["waiting"] else None,
        said("bulk.report.undone", n=counts["undone"]) if counts["undone"] else None,
        said("bulk.report.gone", n=gone) if gone else None,
        said("bulk.report.failed", n=len(failed)) if failed else None,
        *named,
    )
