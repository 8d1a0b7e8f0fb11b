"""What a person of given habits does with the action of a day."""

from __future__ import annotations

from datetime import date
from random import Random

from bot.advice.facts import Refusal

HABITS = ("always", "never", "refuses", "weekends", "mixed")
WEEKEND = (6, 7)
_REASONS = tuple(reason.value for reason in Refusal)

_MIXED = (
    (38, ("done", "{felt}")),
    (10, ("easier", "done", "{felt}")),
    (10, ("refuse", "{refusal}")),
    (6, ("stuck",)),
    (6, ("later", "nothing")),
    (30, ()),
)
"""Of a hundred days, how many go which way: a person with good weeks and silent ones. An invention, not a finding."""

_FELT = (("easy", 3), ("fine", 5), ("hard", 2))


def presses(habits: str, day: date, person: str, refused: int) -> tuple[str, ...]:
    """Values of the buttons pressed one after the other; the same for the same person and day.

    `refused`: how many actions were refused before, so that the reasons take turns.
    """
    refusal = _REASONS[refused % len(_REASONS)]
    if habits == "always" or (habits == "weekends" and day.isoweekday() in WEEKEND):
        return ("done", "fine")
    if habits == "refuses":
        return ("refuse", refusal)
    if habits != "mixed":
        return ()
    chance = Random(f"{person} {day.isoformat()}")
    [way] = chance.choices([way for _, way in _MIXED], [weight for weight, _ in _MIXED])
    [felt] = chance.choices([felt for felt, _ in _FELT], [weight for _, weight in _FELT])
    return tuple(press.format(felt=felt, refusal=refusal) for press in way)


def reviews(habits: str) -> tuple[str, ...]:
    """Values of the buttons pressed on a weekly review: a count, then a goal."""
    return ("n-2", "g-medium") if habits == "always" else ()
