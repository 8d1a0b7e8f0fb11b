"""What is told in passing, whatever Bob had asked: a pause anywhere; a setback where the first questions are over.

An answer to the question comes first: "malade" may be what gets in the way of a plan, or of a search.
"""

from __future__ import annotations

from bot.dialogs import asking, board_told, later, onboarding, plan, setbacks, settings, waiting
from bot.dialogs.turn import Turn
from bot.understanding import hours
from bot.understanding.moods import discouraged
from bot.understanding.refusals import refusal_told

NEVER_SUCH_WORDS = ("first_name",)
"""Questions to which such words are no answer, whatever can be read into them."""
ALWAYS_SUCH_WORDS = ("barriers", "situation")
"""Questions of which illness may be an answer, understood or not."""


def typed(turn: Turn, text: str) -> bool:
    """Hear a pause or a setback that answers nothing; False when there is none."""
    is_pause = settings.hears_pause(turn, text)
    is_setback = onboarding.is_done(turn) and (refusal_told(text, turn.today) or discouraged(text))
    if not (is_pause or is_setback) or _is_an_answer(turn, text):
        return False
    if is_pause and settings.pause_told(turn, text):
        return True
    # An application that is on the board is noted as refused; a sentence may tell more of it than of a setback.
    return is_setback and (board_told.heard(turn, text) or setbacks.typed(turn, text))


def _is_an_answer(turn: Turn, text: str) -> bool:
    """Whether the words answer the question that waits."""
    asked, focus = waiting.question(turn), turn.person.focus
    if asked is not None:
        if asked.name in NEVER_SUCH_WORDS:
            return False
        if asked.name in ALWAYS_SUCH_WORDS:
            return True
        read = asking.read(turn, asked.name, asked.data, text, picking=asked.picking)
        return read is not None
    if focus == later.DIALOGUE.name:
        return later.is_answer(turn, text)
    if focus == plan.DIALOGUE.name:
        return not plan.waits_for_moment(turn) or hours.moment(text, turn.local_now) is not None
    return False
