"""A workshop in front of the team: who is picked, who comes, who waits; and its buttons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.counsellors import topics
from bot.counsellors.group_text import ByCounsellor, GroupText, lines, naming, said
from bot.counsellors.turn import VERSION
from bot.counsellors.workshops import seating
from bot.counsellors.workshops.seating import Event
from bot.counsellors.workshops.seats import State
from bot.dialogs.replies import Button, Rows
from bot.dialogs.texts import Voice
from storage import teams
from storage.links import LinkRow
from storage.workshops import SeatRow, WorkshopRow

ROOM: Final = "events"
PAGE: Final = 10
MOST_NAMED: Final = 60
ORDER: Final = (State.ACCEPTED, State.KEPT, State.OFFERED, State.WAITING, State.DECLINED, State.MISSED)


def button(voice: Voice, label: str, workshop_id: int, value: str) -> Button:
    """A button about a workshop."""
    return Button(label, ROOM, VERSION, f"w{workshop_id}", value)


def head(row: WorkshopRow) -> GroupText:
    """Title, moment and place."""
    assert row.local_when is not None
    place, title = ByCounsellor(row.place), ByCounsellor(row.title)
    return said("bulk.event.head", title=title, when=row.local_when, place=place, n=row.seats)


# Picking


def picking(
    conn: Connection, voice: Voice, row: WorkshopRow, people: list[LinkRow], seats: list[SeatRow]
) -> tuple[GroupText, Rows]:
    """Whom to invite: a button for each person who is not invited yet."""
    picked = {seat.link_id for seat in seats if seat.state == "picked"}
    invited = {seat.person_id for seat in seats if seat.state != "picked"}
    open_to = [link for link in people if link.person_id not in invited]
    page = min(row.page, max(0, (len(open_to) - 1) // PAGE))
    shown = [
        button(
            voice,
            f"{'✓ ' if link.id in picked else ''}{topics.label_of(conn, link).text}",
            row.id,
            f"p-{link.id}",
        )
        for link in open_to[page * PAGE : (page + 1) * PAGE]
    ]
    rows: list[tuple[Button, ...]] = [tuple(shown[at : at + 2]) for at in range(0, len(shown), 2)]
    turning = [
        *([button(voice, voice("bulk.event.before"), row.id, f"g-{page - 1}")] if page else []),
        *(
            [button(voice, voice("bulk.event.after"), row.id, f"g-{page + 1}")]
            if (page + 1) * PAGE < len(open_to)
            else []
        ),
    ]
    if turning:
        rows.append(tuple(turning))
    if picked:
        rows.append((button(voice, voice("bulk.event.invite", n=len(picked)), row.id, "go"),))
    if row.state == "draft":
        rows.append((button(voice, voice("bulk.event.drop"), row.id, "drop"),))
    else:
        rows.append((button(voice, voice("bulk.event.back"), row.id, "back"),))
    text = lines(
        head(row),
        said("bulk.event.pick") if open_to else said("bulk.event.nobody"),
        said("bulk.event.more_than_seats") if len(picked) > row.seats and row.state == "draft" else None,
    )
    named = (link.id for link in open_to[page * PAGE : (page + 1) * PAGE])
    return naming(text, named), tuple(rows)


# Announced


def announced(
    conn: Connection, voice: Voice, row: WorkshopRow, event: Event | None
) -> tuple[GroupText, Rows]:
    """Who comes. `event` None: cancelled."""
    if event is None:
        return lines(head(row), said("bulk.event.is_cancelled")), ()
    named = list(_named(conn, event))
    more = len(named) - MOST_NAMED
    coming = sum(one.state is State.ACCEPTED for one in event.seating.people)
    text = lines(
        head(row),
        said("bulk.event.coming", n=coming),
        *named[:MOST_NAMED],
        said("bulk.preview.more", n=more) if more > 0 else None,
    )
    rows: Rows = (
        (
            button(voice, voice("bulk.event.more"), row.id, "more"),
            button(voice, voice("bulk.event.seats"), row.id, "seats"),
        ),
        (
            button(voice, voice("bulk.event.move"), row.id, "move"),
            button(voice, voice("bulk.event.cancel"), row.id, "cancel"),
        ),
    )
    return text, rows


def _named(conn: Connection, event: Event) -> Iterable[GroupText]:
    for state in ORDER:
        people = event.seating.line if state is State.WAITING else event.seating.people
        for seat in people:
            if seat.state is state:
                person = topics.label_of(conn, event.places[seat.id].link)
                yield said(f"bulk.event.state.{state.value}", person=person)


def rewrite(conn: Connection, row: WorkshopRow, now: datetime) -> None:
    """The list as it is now, in its own message."""
    team = teams.team_of(conn, row.team_id)
    if team is None or row.message_id is None or row.state == "draft":
        return
    desk = topics.desk_of(conn, team, row.chat_id, now)
    text, rows = announced(conn, desk.voice, row, seating.load(conn, row.id))
    desk.rewrite(row.message_id, text, buttons=rows, quiet=True)
