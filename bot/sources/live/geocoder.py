"""The Géoplateforme's geocoder, for the names of communes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field, TypeAdapter

from bot.sources.live.adapter import Adapter
from bot.sources.live.gate import Time
from bot.sources.live.suggestions import LEAST_SCORE, PlaceSuggestion, department_of
from bot.sources.live.web import Web, body_of, parse

MOST_RESULTS: Final = 5
SHORTEST: Final = 3
LONGEST: Final = 200


class _Properties(BaseModel):
    code: str = Field(alias="citycode")
    name: str
    score: float
    department: str = Field("", alias="depcode")


class _Geometry(BaseModel):
    coordinates: tuple[float, float]  # longitude, latitude


class _Feature(BaseModel):
    properties: _Properties
    geometry: _Geometry | None = None


class _Collection(BaseModel):
    features: list[_Feature]


_COLLECTION = TypeAdapter(_Collection)


class Geocoder(Adapter[PlaceSuggestion]):
    """Searches municipalities."""

    name = "geocoder"
    credit = "Géoplateforme (IGN, Base Adresse Nationale)"
    per_second = 20.0  # 50 are allowed

    def __init__(self, web: Web, url: str, time: Time) -> None:
        self._web = web
        self._url = f"{url}/search"
        self._time = time

    def takes(self, words: Sequence[str]) -> bool:
        """The service wants 3 to 200 characters, a letter or a digit first, and refuses anything else."""
        return SHORTEST <= len(words[0]) <= LONGEST and words[0][0].isalnum()

    async def ask(self, words: Sequence[str]) -> tuple[PlaceSuggestion, ...]:
        """Suggestions for a name, the best first. SourceError."""
        reply = await self._web.send(
            "GET",
            self._url,
            params={"q": words[0], "type": "municipality", "limit": str(MOST_RESULTS)},
            headers={"Accept": "application/json"},
        )
        body = body_of(reply, self._time())
        features = [] if body is None else parse(_COLLECTION, body).features
        found = map(_suggestion, features)
        return tuple(one for one in found if one.score >= LEAST_SCORE)


def _suggestion(feature: _Feature) -> PlaceSuggestion:
    one = feature.properties
    department = one.department or department_of(one.code)
    longitude, latitude = feature.geometry.coordinates if feature.geometry else (None, None)
    return PlaceSuggestion(one.code, one.name, department, min(one.score, 1.0), latitude, longitude)
