"""What live sources suggest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEAST_SCORE: Final = 0.4
"""Below it, a suggestion is noise."""


@dataclass(frozen=True, slots=True)
class JobSuggestion:
    """An occupation. `code`: ROME 4.0; `title`: the name ("appellation", number `ogr`) that led to it; score 0 to 1.

    `sure`: the source predicts it with enough confidence to go without a question.
    """

    code: str
    label: str
    title: str
    ogr: str
    score: float
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSuggestion:
    """A commune by its INSEE code, with its centre in degrees. `score`: 0 to 1."""

    code: str
    label: str
    department: str
    score: float
    latitude: float | None = None
    longitude: float | None = None

    @property
    def sure(self) -> bool:
        """Never: which of several namesakes is meant, only the person knows."""
        return False


def department_of(insee: str) -> str:
    """The department of an INSEE code: "69123" gives "69", "97411" gives "974"."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]
