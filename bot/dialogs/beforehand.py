"""What is worth looking up before a turn: whether typed words are about to answer "which job?" or "which town?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from bot.dialogs import asking, distress, waiting, welcome
from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.turn import Turn
from bot.understanding import intents

Subject = Literal["job", "place"]
_SUBJECTS: Final[Mapping[str, Subject]] = {"job": "job", "place": "place"}


def subject(turn: Turn, incoming: Incoming) -> Subject | None:
    """What these words name for all that is known before they are read: a job, a town, or nothing to look up.

    Words that mean something else (a command, a pick, distress) and words of somebody whose consent does not hold are
    not to be looked up. `turn` is one to throw away: it may change.
    """
    if incoming.kind is not Kind.TEXT or turn.person.consent_version != welcome.CONSENT_VERSION:
        return None
    if distress.heard(incoming.text) or intents.intent(incoming.text) is not None:
        return None
    asked = waiting.question(turn)
    named = _SUBJECTS.get(asked.name) if asked else None
    if asked is None or named is None:
        return None
    answer = asking.read(turn, named, asked.data, incoming.text, picking=asked.picking)
    is_searched_for = answer is None or answer.words != ""  # unlike a pick or an option
    return named if is_searched_for else None
