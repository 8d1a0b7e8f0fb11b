"""What "More" on the card opens."""

from __future__ import annotations

from typing import Final

from bot.counsellors.acts import breaks, later, notes, quick, rooms, transferring
from bot.counsellors.group_text import said
from bot.counsellors.turn import VERSION, GroupTurn
from bot.dialogs.incoming import Press
from bot.dialogs.replies import Button

ROOM: Final = rooms.MORE
STAR: Final = "star"


def press(turn: GroupTurn, pressed: Press) -> bool:
    """ "More": the other things that can be done for this person."""
    link = turn.link
    if pressed.value != "ask" or link is None:
        return False

    def button(key: str, room: str, value: str = "ask") -> Button:
        return Button(turn.voice(key), room, VERSION, str(link.id), value)

    rows = (
        (
            button("acting.button.note", notes.ROOM),
            button("acting.button.notes", notes.ROOM, "list"),
            button("acting.button.star", STAR),
        ),
        (
            button("acting.button.quick", quick.ROOM),
            button("acting.button.later", later.ROOM),
            button("acting.button.break", breaks.ROOM),
        ),
        (button("acting.button.transfer", transferring.ROOM),),
    )
    turn.answer(said("acting.menu.head", person=turn.label_of(link)), buttons=rows)
    return True
