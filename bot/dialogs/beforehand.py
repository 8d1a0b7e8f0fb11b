"""What is worth looking up before a turn: whether typed words are about to answer "which job?" or "which town?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from bot.dialogs import asking, distress, looked_up, waiting, welcome
from bot.dialogs.incoming import Incoming, Kind
from bot.dialogs.turn import Turn
from bot.sources.plain import plain
from bot.understanding import intents, topics

Subject = Literal["job", "place"]
MOST_WORDS: Final = 8
_PERSONAL: Final = re.compile(
    r"\b(?:je|j|ai|suis|moi|mon|ma|mes|mari|femme|enfant|i|im|am|my|me|mme|mlle|m|mr|mrs|madame|monsieur)\b"
    r"|\d+ (?:bis |ter )?(?:rue|avenue|av|bd|boulevard|chemin|impasse|place|allee|route|street|road)\b"
)
"""What speaks of somebody, or of where they live."""
_SUBJECTS: Final[Mapping[str, Subject]] = {"job": "job", "place": "place"}


def subject(turn: Turn, incoming: Incoming) -> Subject | None:
    """What these words name for all that is known before they are read: a job, a town, or nothing to look up.

    Words that mean something else (a command, a pick, distress, a subject of its own) and words of somebody whose
    consent does not hold are not to be looked up. `turn` is one to throw away: it may change.
    """
    if incoming.kind is not Kind.TEXT or turn.person.consent_version != welcome.CONSENT_VERSION:
        return None
    if topics.subject(incoming.text) is not None:
        return None
    if distress.heard(incoming.text) or intents.intent(incoming.text) is not None:
        return None
    asked = waiting.question(turn)
    named = _SUBJECTS.get(asked.name) if asked else None
    if asked is None or named is None:
        return None
    if not _may_leave(incoming.text):
        return None
    answer = asking.read(turn, named, asked.data, incoming.text, picking=asked.picking)
    is_searched_for = answer is not None and answer.words != ""  # unlike a pick or an option
    return named if is_searched_for else None


def _may_leave(text: str) -> bool:
    """Whether the words are a bare name of a job or a town: nobody's sentence, name or street is asked of others."""
    said = plain(text)
    return len(said.split()) <= MOST_WORDS and not looked_up.is_sentence(text) and not _PERSONAL.search(said)
