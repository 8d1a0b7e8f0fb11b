"""The groups in which an action may help more or less: the main obstacle, and whether the search is a long one.

These two are everything that learning looks at. A first name, a form of address, an age, a place: none of them is
here, nor anything that stands for gender or origin.
"""

from __future__ import annotations

from typing import Final

from bot.advice.compiled import OBSTACLE_INDEX, OBSTACLES
from bot.advice.diagnosis import Diagnosis
from bot.advice.facts import Facts

LONG_MONTHS: Final = 6
"""From so many months on, a search is a long one: what helps at the start has mostly been tried."""

UNDIAGNOSED: Final = "none"
_LONG: Final = ":long"

SITUATIONS: Final = tuple(
    f"{obstacle}{length}" for obstacle in (*OBSTACLES, UNDIAGNOSED) for length in ("", _LONG)
)
"""The names of the groups: "missing-diploma", "missing-diploma:long"... and "none" for no diagnosis."""

SITUATION_INDEX: Final = {name: index for index, name in enumerate(SITUATIONS)}


def situation(facts: Facts, diagnosis: Diagnosis) -> int:
    """The number of a person's group in `SITUATIONS`."""
    obstacle = len(OBSTACLES) if diagnosis.main is None else OBSTACLE_INDEX[diagnosis.main]
    months = facts.profile.months
    return 2 * obstacle + (months is not None and months >= LONG_MONTHS)
