"""Names by which the buttons of this room are told apart, and those of the card."""

from __future__ import annotations

from typing import Final

from bot.counsellors.turn import VERSION
from bot.dialogs.replies import Button, Rows
from bot.dialogs.texts import Voice

ASSIGN: Final = "assign"
RDV: Final = "rdv"
MORE: Final = "more"


def rows_of_card(voice: Voice, link_id: int) -> Rows:
    """What a counsellor needs most: write, action, appointment; and the way to the rest."""

    def button(key: str, room: str) -> Button:
        return Button(voice(key), room, VERSION, str(link_id), "ask")

    return (
        (button("group.button.write", "writing"), button("acting.button.action", ASSIGN)),
        (button("acting.button.rdv", RDV), button("acting.button.more", MORE)),
    )
