"""What a turn is counted as, for those who agreed to research, in the transaction that it is part of."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection

from bot.dialogs import research
from bot.dialogs.turn import Turn
from storage import events
from storage.events import EventRow
from storage.words import Arm, EventKind


def count(conn: Connection, person_id: str, turn: Turn) -> None:
    """Write the events of a turn. Nothing of somebody who has not agreed."""
    if research.CONSENT not in turn.person.consents:
        return
    found = research.counted(turn)
    if not found:
        return
    arm, situation = cast(Arm, research.arm_of(turn)), research.situation_of(turn)
    for one in found:
        kind = cast(EventKind, one.kind)
        if one.amount < 0:
            events.take_back(conn, person_id, kind, one.action)
        else:
            events.add(conn, person_id, EventRow(kind, turn.today, one.action, situation, arm, one.amount))
