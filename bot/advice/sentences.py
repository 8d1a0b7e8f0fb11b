"""The sentences that go with conditions, obstacles and answers, as read from the catalogue's
files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.advice.wording import is_one


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence in both languages. `one` forms are for a singular count, `none` forms for zero."""

    fr: str
    en: str
    fr_one: str | None = None
    en_one: str | None = None
    fr_none: str | None = None
    en_none: str | None = None

    def of(self, language: str, count: float | None = None) -> str:
        """The words for that count, French with its `{vous|tu}` places still in."""
        plural, one, none = (
            (self.en, self.en_one, self.en_none) if language == "en" else (self.fr, self.fr_one, self.fr_none)
        )
        if count == 0 and none is not None:
            return none
        return one if count is not None and one is not None and is_one(count, language) else plural


@dataclass(frozen=True, slots=True)
class ConditionText:
    """What follows "Parce que " / "Because " when a condition holds.

    negated: the same for "not ..."; instead: the counterfactual that follows a place such as "Avec ..."
    ("avec le permis de conduire"). count: the variable that decides between singular and plural. silent: it
    makes no sense as a reason (its negation may). variants: other words for some values of the argument.
    """

    phrase: Phrase | None = None
    negated: Phrase | None = None
    instead: Phrase | None = None
    count: str | None = None
    silent: bool = False
    variants: Mapping[str, ConditionText] = field(default_factory=dict)

    def for_variant(self, key: str | None) -> ConditionText:
        """The words for that value of the argument, or the general ones."""
        return self.variants.get(key, self) if key is not None else self


@dataclass(frozen=True, slots=True)
class ObstacleTexts:
    """How an obstacle is named and spoken of. `cases` hold other words for some cases of it ("convert")."""

    name: Phrase
    headline: Phrase
    first: Phrase
    cases: Mapping[str, ObstacleTexts] = field(default_factory=dict)

    def for_case(self, case: str | None) -> ObstacleTexts:
        """The words for that case, or the general ones."""
        return self.cases.get(case, self) if case is not None else self


@dataclass(frozen=True, slots=True)
class Citation:
    """One of the person's own answers, said back to them; `count` decides between singular and plural."""

    phrase: Phrase
    count: str | None = None


@dataclass(frozen=True, slots=True)
class DiagnosisTexts:
    """The words of a diagnosis. `general` holds "undetermined", "thin" and the like, by name."""

    obstacles: Mapping[str, ObstacleTexts] = field(default_factory=dict)
    states: Mapping[str, Phrase] = field(default_factory=dict)
    general: Mapping[str, Phrase] = field(default_factory=dict)
    citations: Mapping[str, Citation] = field(default_factory=dict)
