"""What is wrong with a file of the catalogue, said so that a non-programmer can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `file` is relative to the catalogue's folder; `item` and `field` may be empty."""

    file: str
    item: str
    field: str
    message: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.item, self.field) if part)
        return f"{place}: {self.message}"


class CatalogueError(ValueError):
    """The catalogue cannot be used; `faults` lists everything that is wrong at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))
