"""Which question gets what the person sends next, whichever conversation asked it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.dialogs import diagnosis, onboarding, profile, proposals
from bot.dialogs.machine import Dialogue
from bot.dialogs.onboarding_steps import PICKS, question_of
from bot.dialogs.turn import Turn

_ASKING: Final = {"editing": profile.DIALOGUE, "asking": diagnosis.DIALOGUE}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question by its name, the dialogue that asks it, what that keeps meanwhile, and whether proposals are shown."""

    name: str
    dialogue: Dialogue
    data: Mapping[str, Any]
    picking: bool


def question(turn: Turn) -> Waiting | None:
    """The question that waits for typed words; None where none does."""
    focus = turn.person.focus
    if focus == onboarding.DIALOGUE.name and not onboarding.is_old(turn):
        place = onboarding.DIALOGUE.open(turn)
        name = question_of(place.state)
        return Waiting(name, onboarding.DIALOGUE, place.data, place.state in PICKS) if name else None
    for state, dialogue in _ASKING.items():
        if focus == dialogue.name and dialogue.open(turn).state == state:
            data = dialogue.open(turn).data
            name = data.get("question")
            return Waiting(name, dialogue, data, proposals.is_picking(data)) if name else None
    return None
