"""What is worth looking up before a turn: whether typed words are about to answer "which job?" or "which town?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from bot.dialogs import asking, diagnosis, distress, onboarding, profile, welcome
from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.onboarding_steps import PICKS, question_of
from bot.dialogs.turn import Turn
from bot.understanding import intents

Subject = Literal["job", "place"]
_SUBJECTS: Final[Mapping[str | None, Subject]] = {"job": "job", "place": "place"}
_ASKING: Final = {"editing": profile.DIALOGUE, "asking": diagnosis.DIALOGUE}


def subject(turn: Turn, incoming: Incoming) -> Subject | None:
    """What these words name for all that is known before they are read: a job, a town, or nothing to look up.

    Words that mean something else (a command, a pick, distress) and words of somebody whose consent does not hold are
    not to be looked up. `turn` is one to throw away: it may change.
    """
    if incoming.kind is not Kind.TEXT or turn.person.consent_version != welcome.CONSENT_VERSION:
        return None
    if distress.heard(incoming.text) or intents.intent(incoming.text) is not None:
        return None
    name, data, picking = _waiting(turn)
    named = _SUBJECTS.get(name)
    if named is None:
        return None
    answer = asking.read(turn, named, data, incoming.text, picking=picking)
    is_searched_for = answer is None or answer.words != ""  # unlike a pick or an option
    return named if is_searched_for else None


def _waiting(turn: Turn) -> tuple[str | None, Mapping[str, Any], bool]:
    """The question that gets the typed words: its name, the data of its dialogue, whether something is being picked."""
    focus = turn.person.focus
    if focus == onboarding.DIALOGUE.name and not onboarding.is_old(turn):
        place = onboarding.DIALOGUE.open(turn)
        return question_of(place.state), place.data, place.state in PICKS
    for state, dialogue in _ASKING.items():
        if focus == dialogue.name and dialogue.open(turn).state == state:
            data = dialogue.open(turn).data
            return data.get("question"), data, "proposals" in data
    return None, {}, False
