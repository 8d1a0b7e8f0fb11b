"""The commands and buttons in front of a team, and whose they are. Each room of this package adds its own."""

from __future__ import annotations

from collections.abc import Callable

from bot.counsellors import inviting, urgent_list, urgent_presses, writing
from bot.counsellors.acts import registry as acts
from bot.counsellors.turn import GroupTurn
from bot.dialogs.incoming import Press

COMMANDS: dict[str, Callable[[GroupTurn, str], None]] = {
    "aide": inviting.help_message,
    "help": inviting.help_message,
    "equipe": inviting.show_team,
    "team": inviting.show_team,
    "inviter": inviting.invite,
    "invite": inviting.invite,
    "fiche": inviting.show_card,
    "card": inviting.show_card,
    "ecrire": writing.ask,
    "write": writing.ask,
    **acts.COMMANDS,
    "urgent": urgent_list.show,
}
"""Every name that is understood in a group of a team or in a counsellor's private chat, and what it does."""

PRESSES: dict[str, Callable[[GroupTurn, Press], bool]] = {
    "writing": writing.press,
    **acts.PRESSES,
    "urgent": urgent_presses.press,
}
"""By the room that a button names: does what it asks; False when it fits nothing (stale or forged)."""
