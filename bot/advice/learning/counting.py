"""Sums from the database, page by page, as the counts that the estimate takes."""

from __future__ import annotations

from bot.advice.compiled import Compiled
from bot.advice.learning.estimate import Counts
from bot.advice.learning.situations import SITUATION_INDEX, SITUATIONS

_UNKNOWN = len(SITUATIONS)


class Counting:
    """Counts that grow; actions that the catalogue does not have (any more) are passed over."""

    def __init__(self, made: Compiled) -> None:
        self.counts = Counts.none(len(made.actions.ids))
        self._columns = made.action_index

    def add(
        self, action_id: str, situation: str | None, *, people: int, delivered: float, reward: float
    ) -> None:
        """Outcomes of one action in one situation (None, or one of another time: unknown)."""
        column = self._columns.get(action_id)
        if column is None:
            return
        row = _UNKNOWN if situation is None else SITUATION_INDEX.get(situation, _UNKNOWN)
        self.counts.people[row, column] += people
        self.counts.delivered[row, column] += delivered
        self.counts.reward[row, column] += reward

    def add_people(self, action_id: str, people: int) -> None:
        """How many different people one action's outcomes come from."""
        column = self._columns.get(action_id)
        if column is not None:
            self.counts.people_of[column] += people
