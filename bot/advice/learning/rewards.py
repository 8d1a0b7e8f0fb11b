"""How much one answer says that the action was the right one, from 0 to 1."""

from __future__ import annotations

from typing import Final

from bot.advice.facts import Outcome, Refusal

DONE: Final = 0.8
"""Done, and nothing said of how it was, or that it was hard: it got done, which is what it is for."""

HELPED: Final = 1.0
"""Done, and felt easy or fine: it will be done again. A quarter more, since few take the trouble to say so."""

EASIER: Final = 0.5
"""What the easier variant is worth of the whole: something was done, but not what was proposed."""

GOOD_FEELINGS: Final = ("easy", "fine")

SAYS_NOTHING: Final = frozenset({Refusal.ALREADY_DONE, Refusal.NOT_MY_SITUATION})
"""Refusals that speak of what Bob did not know of the person, not of the action: left out."""

UNKNOWN: Final = frozenset({Outcome.OPEN, Outcome.WITHDRAWN})
"""Not answered yet, or taken back by Bob himself: left out."""


def reward(outcome: Outcome, refusal: Refusal | None, *, easier: bool, felt: str | None) -> float | None:
    """The reward of one action; None for one that says nothing.

    Refused, stuck, replaced by another or without an answer: 0. Whoever was stuck and did it all the same has done
    it. `storage.learning` says the same in SQL.
    """
    if outcome in UNKNOWN or (outcome is Outcome.REFUSED and refusal in SAYS_NOTHING):
        return None
    if outcome is not Outcome.DONE:
        return 0.0
    return (HELPED if felt in GOOD_FEELINGS else DONE) * (EASIER if easier else 1)
