"""The commands, buttons and awaited answers of this room, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.counsellors.acts import (
    assigning,
    breaks,
    later,
    meeting,
    menu,
    notes,
    quick,
    transferring,
)
from bot.counsellors.turn import GroupTurn
from bot.dialogs.incoming import Press
from storage.team_words import PromptRow

COMMANDS: Final[dict[str, Callable[[GroupTurn, str], None]]] = {
    "action": assigning.command,
    "rdv": meeting.command,
    "appointment": meeting.command,
    "note": notes.write,
    "notes": notes.show,
    "favori": notes.star,
    "star": notes.star,
    "pause": breaks.command,
    "break": breaks.command,
    "reponses": quick.command,
    "replies": quick.command,
    "plus_tard": later.command,
    "later": later.command,
    "transferer": transferring.command,
    "transfer": transferring.command,
}
SEEKERS: Final = frozenset(("action", "rdv", "appointment", "pause", "break", "plus_tard", "later"))
"""Commands that job seekers have too: in a private chat they mean these, unless a followed person is answered."""
PRESSES: Final[dict[str, Callable[[GroupTurn, Press], bool]]] = {
    assigning.ROOM: assigning.press,
    meeting.ROOM: meeting.press,
    notes.ROOM: notes.press,
    menu.STAR: notes.press_star,
    breaks.ROOM: breaks.press,
    quick.ROOM: quick.press,
    later.ROOM: later.press,
    transferring.ROOM: transferring.press,
    menu.ROOM: menu.press,
}
ANSWERS: Final[dict[str, Callable[[GroupTurn, PromptRow], None]]] = {
    "words": assigning.answered_words,
    "reason": assigning.answered_reason,
    "rdv": meeting.answered_moment,
    "note": notes.answered,
    "break": breaks.answered,
    "quick": quick.answered,
    "later": later.answered,
    "transfer": transferring.answered_until,
    "letter": transferring.answered_letter,
}
