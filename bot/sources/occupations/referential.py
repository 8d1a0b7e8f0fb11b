"""The official referential of occupations, as data: codes, titles, mobility, and what became of former codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OfficialTitle:
    """One of the 13,000 titles ("appellation"). `text` may hold both genders; `rare`: marked as little used."""

    ogr: str
    text: str
    code: str
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Referential:
    """One version of ROME. `occupations`: code -> (label, third-edition parent); `near`: code -> codes, closest first;
    `successors`: code that disappeared -> code that took its place; `digest` tells what was imported from another file.
    """

    version: str
    occupations: Mapping[str, tuple[str, str]]
    titles: tuple[OfficialTitle, ...]
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)
    digest: str = field(default="", compare=False)
