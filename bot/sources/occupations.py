"""Occupations that Bob recognises in the words people type: a small list, and an honest "not in it"."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.advice.facts import Occupation
from bot.advice.profile import Diploma
from bot.sources.matching import Match, Names

FILE = Path(__file__).parent / "data" / "occupations.toml"


@dataclass(frozen=True, slots=True)
class KnownOccupation:
    """One occupation: ROME code (third edition) and labels; French gives both genders."""

    code: str
    fr: str
    en: str
    facts: Occupation

    def label(self, language: str) -> str:
        return self.en if language == "en" else self.fr


class Occupations:
    """The list, searchable by everyday names, in French and English."""

    def __init__(self, file: Path = FILE) -> None:
        self._by_code: dict[str, KnownOccupation] = {}
        names: list[tuple[str, KnownOccupation]] = []
        for item in tomllib.loads(file.read_text("utf-8"))["occupation"]:
            required = Diploma(item["required"]) if "required" in item else None
            facts = Occupation(item["code"], item["family"], item.get("in_person", False), required)
            known = KnownOccupation(item["code"], item["fr"], item["en"], facts)
            self._by_code[known.code] = known
            labels = [*_both_genders(item["fr"]), *item["en"].split(" / "), *item["names"]]
            names += [(name, known) for name in labels]
        self._names = Names(names)

    def search(self, text: str) -> Match[KnownOccupation]:
        """Match a typed job title."""
        return self._names.search(text)

    def by_code(self, code: str | None) -> KnownOccupation | None:
        """The occupation of a ROME code, None when it is empty or not in the list."""
        return self._by_code.get(code or "")

    def __len__(self) -> int:
        return len(self._by_code)


def _both_genders(label: str) -> list[str]:
    """ "agent / agente d'entretien" gives "agent d'entretien" and "agente d'entretien"."""
    first, _, second = label.partition(" / ")
    if not second:
        return [first]
    shared = second.split()[len(first.split()) :]
    return [" ".join([first, *shared]), second]


@cache
def occupations() -> Occupations:
    """The embedded list, loaded once."""
    return Occupations()
