"""One occupation as the rest of Bob sees it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.facts import Occupation
from bot.sources.occupations.lexicon import Channel, GroupEntry


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
        return Occupation(self.code_v3, group.family, Channel.WALK_IN in group.channels, group.required)


def lower_first(label: str) -> str:
    """A label as it reads inside a sentence: "Serveur / Serveuse de bar" becomes "serveur / serveuse de bar"."""
    return " / ".join(
        part if part[:2].isupper() else part[:1].lower() + part[1:] for part in label.split(" / ")
    )
