"""What is known of a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a place is. A city is one abroad."""

    COMMUNE = "commune"
    ARRONDISSEMENT = "arrondissement"
    CITY = "city"
    DEPARTMENT = "department"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    `code`: the INSEE code of a commune or arrondissement; "geonames:2800866" for a city abroad; "department:93",
    "region:53", "country:BE" for areas. At most 40 bytes, so that it fits into a button.
    `department`, `region`: INSEE codes, None abroad and where it has none. `population`: None where not known.
    Degrees of WGS 84. `approximate`: the point is that of its surroundings. `time_zone`: of IANA; "" for a country,
    which may have several.
    """

    code: str
    name: str
    kind: Kind
    department: str | None = None
    department_name: str | None = None
    region: str | None = None
    population: int | None = None
    postcodes: tuple[str, ...] = ()
    latitude: float = 0.0
    longitude: float = 0.0
    approximate: bool = False
    country: str = "FR"
    country_name: str = "France"
    time_zone: str = "Europe/Paris"

    @property
    def label(self) -> str:
        """The name with what tells it apart: "Saint-Denis (93)", "Bruxelles (Belgique)", "Bretagne"."""
        if self.kind is Kind.CITY:
            return f"{self.name} ({self.country_name})"
        return f"{self.name} ({self.department})" if self.department else self.name

    @property
    def insee(self) -> str:
        """The code of INSEE, of whatever kind the place is ("93066", "93", "53"); "" abroad."""
        return "" if self.country != "FR" else self.code.rpartition(":")[2]
