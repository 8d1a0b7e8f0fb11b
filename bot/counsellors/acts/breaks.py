"""A break of the daily messages that the person asked their counsellor for, by phone: undone in one tap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.counsellors import prompts
from bot.counsellors.acts import standing
from bot.counsellors.group_text import said
from bot.counsellors.turn import VERSION, GroupTurn, acting
from bot.dialogs.incoming import Press
from bot.dialogs.proposed import LONGEST_PAUSE
from bot.dialogs.replies import Button
from bot.understanding.pauses import pause
from storage import people, proposals
from storage.team_words import PromptRow

ROOM: Final = "break"
DAYS: Final = (3, 7, 14)


def command(turn: GroupTurn, argument: str) -> None:
    """`/pause une semaine`; without words, three lengths to choose from."""
    if not acting(turn, turn.link, "break asked"):
        return
    assert turn.link is not None
    if argument.strip():
        _take(turn, argument)
        return
    buttons = tuple(
        Button(turn.voice("acting.button.days", n=days), ROOM, VERSION, str(turn.link.id), f"days-{days}")
        for days in DAYS
    )
    other = Button(turn.voice("acting.button.other_date"), ROOM, VERSION, str(turn.link.id), "other")
    turn.answer(said("acting.break.ask", person=turn.label_of(turn.link)), buttons=(buttons, (other,)))


def answered(turn: GroupTurn, prompt: PromptRow) -> None:
    words = prompts.words_of(turn)
    if words is not None and acting(turn, turn.link, "break asked"):
        _take(turn, words)


def _take(turn: GroupTurn, typed: str) -> None:
    found = pause(typed[:200], turn.today)
    if found.back is None or (found.first is not None and found.first > turn.today):
        prompts.ask(turn, "break", said("acting.break.until"), "acting.hint.until")
        return
    _begin(turn, found.back)


def _begin(turn: GroupTurn, back: date) -> None:
    """Note it; the person is told within moments, with the way back."""
    assert turn.link is not None
    record = people.load_person(turn.conn, turn.link.person_id)
    person = turn.label_of(turn.link)
    if record is None or record.status in ("stopped", "unreachable"):
        turn.answer(said("acting.no_messages", person=person))
        return
    today = turn.now.astimezone(ZoneInfo(record.profile.time_zone)).date()
    if not today < back <= today + LONGEST_PAUSE:
        prompts.ask(turn, "break", said("acting.break.until"), "acting.hint.until")
        return
    proposals.add(
        turn.conn,
        turn.link.id,
        turn.member.id,
        "pause",
        turn.now,
        state="waiting",
        data={"until": back.isoformat()},
        due_at=turn.now,
    )
    standing.mark(turn.conn, record.id, turn.now)
    turn.answer(said("acting.break.noted", person=person, day=back))


def press(turn: GroupTurn, pressed: Press) -> bool:
    """A length, or "Break" of the menu."""
    verb, _, rest = pressed.value.partition("-")
    if verb == "ask":
        command(turn, "")
        return True
    if turn.link is None or not (
        verb == "other" or (verb == "days" and rest in {str(days) for days in DAYS})
    ):
        return False
    if not acting(turn, turn.link, "break asked"):
        return True
    if verb == "other":
        prompts.ask(turn, "break", said("acting.break.until"), "acting.hint.until")
    else:
        _begin(turn, turn.today + timedelta(days=int(rest)))
    return True
