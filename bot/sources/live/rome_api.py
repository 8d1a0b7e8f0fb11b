"""ROME 4.0 of France Travail: titles of occupations that hold the words typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field, TypeAdapter
from rapidfuzz import fuzz

from bot.sources.found import in_turn
from bot.sources.live.adapter import Adapter
from bot.sources.live.france_travail import Account, FranceTravailApi
from bot.sources.live.gate import Time
from bot.sources.live.suggestions import JobSuggestion
from bot.sources.live.web import Web, parse
from bot.sources.plain import plain

PATH: Final = "rome-metiers/v1/metiers"
SCOPES: Final = ("api_rome-metiersv1", "nomenclatureRome")


class _Occupation(BaseModel):
    code: str
    label: str = Field("", alias="libelle")


class _Title(BaseModel):
    ogr: str = Field(alias="code")
    label: str = Field(alias="libelle")
    occupation: _Occupation = Field(alias="metier")


class _Found(BaseModel):
    titles: list[_Title] = Field(default_factory=list, alias="resultats")


_FOUND = TypeAdapter(_Found)


class RomeApi(Adapter[JobSuggestion]):
    """Searches the titles of ROME 4.0."""

    name = "rome"
    credit = "France Travail, ROME 4.0"
    per_second = 1.0

    def __init__(self, web: Web, account: Account, time: Time) -> None:
        self._api = FranceTravailApi(web, account, PATH, SCOPES, time)

    async def ask(self, titles: Sequence[str]) -> tuple[JobSuggestion, ...]:
        """Suggestions for the first title (one call serves one), each code once, the nearest first. SourceError."""
        asked = titles[0]
        body = await self._api.call(
            "GET", "appellation/requete", params={"q": asked}, headers={"Accept": "application/json"}
        )
        found = [] if body is None else [_suggestion(one, asked) for one in parse(_FOUND, body).titles]
        nearest_first = sorted(found, key=lambda one: -one.score)
        return tuple(in_turn([nearest_first], lambda one: one.code))

    async def close(self) -> None:
        await self._api.tokens.close()


def _suggestion(title: _Title, asked: str) -> JobSuggestion:
    """The API gives no score: how much of the words the nearer of both genders shares."""
    words = plain(asked)
    score = max(fuzz.token_sort_ratio(words, plain(gender)) for gender in title.label.split(" / ")) / 100
    occupation = title.occupation
    return JobSuggestion(occupation.code, occupation.label, title.label, title.ogr, round(score, 3))
