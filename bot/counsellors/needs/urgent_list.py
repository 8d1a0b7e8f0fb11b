"""`/urgent`: whom this counsellor's day is about, one line and one thing to do for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.counsellors.group_text import CounsellorName, GroupText, lines, said
from bot.counsellors.needs import following, needs_said
from bot.counsellors.needs.urgent import SHOWN, Need, shortlist
from bot.counsellors.turn import GroupTurn
from bot.dialogs.replies import Button, Rows
from storage import attention

ROOM: Final = "urgent"
"""Of the buttons of the list and of the alerts."""
DONE: Final = "done"
"""Of the list: it was seen to."""
MORE: Final = "more"


def show(turn: GroupTurn, argument: str) -> None:
    """`/urgent`: who needs this counsellor today."""
    text, rows = page(turn, 0)
    turn.answer(text, buttons=rows)


def page(turn: GroupTurn, number: int) -> tuple[GroupText, Rows]:
    """The list from its start (0), or the next ones; who comes up in turn is noted when the first is shown."""
    team = following.load(turn.conn, turn.team, turn.now)
    found = shortlist(team.of(turn.member.id), team.hours[turn.member.id], turn.now)
    shown, left = found.shown, len(found.more)
    if number == 0:
        attention.raised(turn.conn, found.raised, turn.today)
    else:
        rest = found.more[(number - 1) * SHOWN :]
        shown, left = rest[:SHOWN], len(rest[SHOWN:])
    who = CounsellorName(turn.member.name)
    if not shown:
        return said("urgent.list.none", who=who), ()
    title = said("urgent.list.title" if number == 0 else "urgent.list.page", who=who)
    rows = _rows(turn, shown)
    if left:
        rows = (*rows, (turn.button("urgent.button.more", ROOM, 0, f"{MORE}{number + 1}"),))
    return lines(title, *_numbered(turn, shown)), rows


def _numbered(turn: GroupTurn, needs: Sequence[Need]) -> list[GroupText]:
    return [
        said("urgent.list.line", n=number, reason=needs_said.need(one, turn.today, turn.zone))
        for number, one in enumerate(needs, 1)
    ]


def _rows(turn: GroupTurn, needs: Sequence[Need]) -> Rows:
    """One row each: what is suggested, and that it was seen to; both bear the number of the line."""

    def numbered(number: int, button: Button) -> Button:
        return replace(button, label=f"{number} · {button.label}")

    return tuple(
        tuple(
            numbered(number, turn.button(f"urgent.button.{key}", ROOM, one.person.link, value))
            for key, value in ((one.suggested.value, one.suggested.value), ("handled", DONE))
        )
        for number, one in enumerate(needs, 1)
    )
