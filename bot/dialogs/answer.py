"""An answer to a question, understood."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogs.question import Values


@dataclass(frozen=True, slots=True)
class Answer:
    """An understood answer. `values` fill the profile; `label` shows it back.

    `proposals`: codes of jobs or towns to choose from, none when nothing was found for the `words`; None where there is
    nothing to choose.
    """

    values: Values
    label: str = ""
    proposals: tuple[str, ...] | None = None
    words: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be picked."""
        return self.proposals is not None
