"""One occupation as the rest of Bob sees it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.occupation import Occupation
from bot.sources.occupations.lexicon import GroupEntry
from bot.sources.occupations.shortage import shortage_codes


@dataclass(frozen=True, slots=True, eq=False)
class KnownOccupation:
    """An occupation of ROME 4.0 with its third-edition group. `fr` gives both genders; `common`: 1 (rare) to 5."""

    code: str
    code_v3: str
    fr: str
    en: str
    common: int
    group: GroupEntry

    def label(self, language: str) -> str:
        return self.en if language == "en" else self.fr

    @property
    def facts(self) -> Occupation:
        """What the advice looks at."""
        group = self.group
        return Occupation(
            code=self.code_v3,
            family=group.family,
            required=group.required,
            channels=frozenset(group.channels),
            licences=frozenset(group.licences),
            constraints=frozenset(group.constraints),
            close=tuple(group.near),
            shortage=self.code_v3 in shortage_codes(),
        )


def lower_first(label: str) -> str:
    """A label as it reads inside a sentence: "Serveur / Serveuse de bar" becomes "serveur / serveuse de bar"."""
    return " / ".join(
        part if part[:2].isupper() else part[:1].lower() + part[1:] for part in label.split(" / ")
    )
