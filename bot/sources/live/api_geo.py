"""API Géo: the communes of France by name, postcode or position. Coordinates are [longitude, latitude]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field, TypeAdapter

from bot.sources.live.adapter import Adapter
from bot.sources.live.gate import Time
from bot.sources.live.suggestions import LEAST_SCORE, PlaceSuggestion, department_of
from bot.sources.live.web import Web, body_of, parse

MOST_RESULTS: Final = 5
FIELDS: Final = "nom,code,codesPostaux,codeDepartement,codeRegion,population,centre"
ROUNDED: Final = 2
"""Decimals of a position that is sent: about a kilometre, which tells the commune and not the house."""
_POSTCODE = re.compile(r"\b\d{5}\b")


class _Centre(BaseModel):
    coordinates: tuple[float, float]  # longitude, latitude


class _Commune(BaseModel):
    name: str = Field(alias="nom")
    code: str
    department: str = Field("", alias="codeDepartement")
    score: float = Field(1.0, alias="_score")
    centre: _Centre | None = None


_COMMUNES = TypeAdapter(list[_Commune])


class ApiGeo(Adapter[PlaceSuggestion]):
    """Searches communes, the populous ones first."""

    name = "geo"
    credit = "API Géo (Etalab, INSEE)"
    per_second = 20.0  # 50 are allowed

    def __init__(self, web: Web, url: str, time: Time) -> None:
        self._web = web
        self._url = f"{url}/communes"
        self._time = time

    async def ask(self, words: Sequence[str]) -> tuple[PlaceSuggestion, ...]:
        """Suggestions for a name, or for a postcode where one is typed. SourceError."""
        postcode = _POSTCODE.search(words[0])
        asked = {"codePostal": postcode.group()} if postcode else {"nom": words[0]}
        communes = await self._communes(asked | {"boost": "population", "limit": str(MOST_RESULTS)})
        found = map(_suggestion, communes)
        return tuple(one for one in found if one.score >= LEAST_SCORE)

    async def at(self, latitude: float, longitude: float) -> PlaceSuggestion | None:
        """The commune of a position, in degrees, that is rounded before it is sent; None at sea. SourceError."""
        position = {"lat": f"{latitude:.{ROUNDED}f}", "lon": f"{longitude:.{ROUNDED}f}"}
        for one in await self._communes(position):
            return _suggestion(one)
        return None

    async def _communes(self, asked: dict[str, str]) -> list[_Commune]:
        reply = await self._web.send(
            "GET", self._url, params={**asked, "fields": FIELDS}, headers={"Accept": "application/json"}
        )
        body = body_of(reply, self._time())
        return [] if body is None else parse(_COMMUNES, body)


def _suggestion(commune: _Commune) -> PlaceSuggestion:
    department = commune.department or department_of(commune.code)
    score = min(max(commune.score, 0.0), 1.0)
    longitude, latitude = commune.centre.coordinates if commune.centre else (None, None)
    return PlaceSuggestion(commune.code, commune.name, department, score, latitude, longitude)
