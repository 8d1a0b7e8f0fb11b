"""What became of an assigned action, told in the topic: one line, once things have settled, without any reason."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.advice.facts import Outcome
from bot.counsellors import topics
from bot.counsellors.group_text import CounsellorName, GroupText, lines, said
from storage import assignments, days, links
from storage.assignments import AssignmentRow
from storage.links import LinkRow

SETTLED_AFTER: Final = timedelta(minutes=2)
"""How long an answer may still be undone before the topic hears of it; what happens meanwhile is one message."""
_TOLD: Final = {
    Outcome.DONE: "done",
    Outcome.REFUSED: "other",
    Outcome.REPLACED: "other",
    Outcome.OPEN: "open",
}
"""A refusal and another action in its place are told alike: why is the person's business."""


def changed(conn: Connection, action_id: int, now: datetime) -> None:
    """An action was answered, or its answer taken back."""
    row = assignments.by_action(conn, action_id)
    if row is None:
        return
    links.want_card(conn, row.link_id, now)
    if row.tell_at is None:
        assignments.save(conn, row.id, tell_at=now + SETTLED_AFTER)


def help_asked(conn: Connection, action_id: int, now: datetime) -> None:
    """The person asks the counsellor for a hand: the topic hears it at once."""
    row = assignments.by_action(conn, action_id)
    if row is not None and row.help_at is None:
        assignments.save(conn, row.id, help_at=now, tell_at=now)


def tell_due(conn: Connection, world: object, now: datetime, limit: int) -> int:
    """Tell the topics what is due; returns how many assignments there were."""
    rows = assignments.to_tell(conn, now, limit)
    of_link: dict[int, list[AssignmentRow]] = defaultdict(list)
    for row in rows:
        of_link[row.link_id].append(row)
    for link_id, some in of_link.items():
        link = links.by_id(conn, link_id)
        if link is not None:
            _tell(conn, link, some, now)
    return len(rows)


def _tell(conn: Connection, link: LinkRow, rows: list[AssignmentRow], now: datetime) -> None:
    parts = []
    for row in rows:
        parts += _lines(conn, link, row, now)
    desk = topics.desk_of_link(conn, link, now)
    if desk is not None and parts:
        desk.say(lines(*parts), link_id=link.id, quiet=True)


def _lines(conn: Connection, link: LinkRow, row: AssignmentRow, now: datetime) -> list[GroupText]:
    """What is new of one; nothing where the person left their actions out of what the team sees."""
    person, who = topics.label_of(conn, link), CounsellorName(row.author)
    found: list[GroupText] = []
    asked = row.help_at is not None and (row.told or "") != "help" and row.help_at == row.tell_at
    action = days.action_by_id(conn, link.person_id, row.action_id) if row.action_id is not None else None
    what = _TOLD.get(action.outcome) if action is not None else None
    told = row.told
    if asked:
        found.append(said("acting.told.help", person=person, who=who))
    if what is not None and what != (told or "open"):
        if "action" in link.shown:
            found.append(said(f"acting.told.{what}", person=person, who=who))
        told = what
    state = "over" if what in ("done", "other") else "given"
    assignments.save(conn, row.id, tell_at=None, told=told, state=state)  # type: ignore[arg-type]
    return found
