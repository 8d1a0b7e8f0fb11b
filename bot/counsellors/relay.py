"""Messages to and fro between a person and their counsellors, as copies: nobody's account is shown to anybody.

From the team, only an answer to a message of that person, or to the prompt of the Write button, is ever sent.
"""

from __future__ import annotations

from bot.counsellors.turn import GroupTurn


def heard(turn: GroupTurn) -> None:
    """Something that a member of the team wrote or sent."""


def edited(turn: GroupTurn) -> None:
    """Something that a member of the team wrote was edited."""
