"""`/absence`: a counsellor's days off, on which nothing comes to them by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bot.counsellors.group_text import lines, said
from bot.counsellors.turn import GroupTurn
from bot.understanding.pauses import PauseKind, pause
from storage import days_off

NONE_ANY_MORE: Final = frozenset(("non", "fin", "no", "off", "stop"))
BY_THE_END: Final = (" au ", " to ", "jusqu", "until", "till", "retour", "repren", "revien", "back")
"""In words that tell the end of an absence; without them a day alone is that day."""
LONGEST: Final = timedelta(days=366)


def away(turn: GroupTurn, argument: str) -> None:
    """`/absence du 12 au 20 décembre`; `/absence fin` takes all back; alone, it tells what is noted."""
    words = argument.strip().lower()
    if words in NONE_ANY_MORE:
        days_off.forget(turn.conn, turn.member.id)
    elif words:
        found = _days(words, turn.today)
        if found is None:
            turn.answer(said("team.away_unclear"))
            return
        days_off.add(turn.conn, turn.member.id, *found)
    noted = days_off.of_team(turn.conn, turn.team.id, turn.today).get(turn.member.id, ())
    if not noted:
        turn.answer(said("team.away_none"))
        return
    turn.answer(lines(*(said("team.away", first=first, last=last) for first, last in noted)))


def _days(words: str, today: date) -> tuple[date, date] | None:
    """The first and the last day away; None when the words name none, or none ahead."""
    since_yesterday = pause(words, today - timedelta(days=1))
    read = (
        since_yesterday if since_yesterday.first == today else pause(words, today)
    )  # "du 24 au 27", on the 24th
    if read.kind is PauseKind.UNTIL and read.first is None and not any(sign in words for sign in BY_THE_END):
        first, last = read.until, read.until  # one day by its name
    else:
        first, last = read.first or today, None if read.back is None else read.back - timedelta(days=1)
    if first is None or last is None or not today <= first <= last <= today + LONGEST:
        return None
    return first, last
